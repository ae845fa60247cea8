using System.Diagnostics;
using System.Globalization;
using MuseumXtd.Store.Loading;

namespace MuseumXtd.Commands;

/// <summary>
/// Tells on standard error how far reading is, on one line that is written over; nothing is told where standard error is not a terminal.
/// </summary>
public sealed class ProgressLine
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(250);

    private readonly bool _isShown = !Console.IsErrorRedirected;
    private readonly long _start = Stopwatch.GetTimestamp();
    private TimeSpan _next = Interval;
    private int _width;

    /// <summary>Shows how far a load is, until it is at its end.</summary>
    public void Show(LoadProgress progress) =>
        Show(progress.Statements, progress.Length > 0 ? (double)progress.Position / progress.Length : null, Path.GetFileName(progress.Path) + ": ");

    /// <summary>Shows a count and, where it is known, which part of the whole was read.</summary>
    public void Show(long count, double? part, string what = "")
    {
        var elapsed = Stopwatch.GetElapsedTime(_start);
        if (!_isShown || elapsed < _next)
        {
            return;
        }

        _next = elapsed + Interval;
        var line = what + string.Create(CultureInfo.InvariantCulture, $"{count:N0} statements, {count / elapsed.TotalSeconds:N0}/s")
            + (part is { } share ? string.Create(CultureInfo.InvariantCulture, $", {share:P0} {Bar(share)}") : "");
        Console.Error.Write('\r' + line.PadRight(_width));
        _width = line.Length;
    }

    /// <summary>Removes the line.</summary>
    public void Clear()
    {
        if (_width > 0)
        {
            Console.Error.Write('\r' + new string(' ', _width) + '\r');
            _width = 0;
        }
    }

    private static string Bar(double part)
    {
        var full = (int)(part * 20);
        return "[" + new string('#', full) + new string('.', 20 - full) + "]";
    }
}
