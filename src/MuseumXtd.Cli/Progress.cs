using System.Diagnostics;
using System.Globalization;
using MuseumXtd.Rdf.Syntax;

namespace MuseumXtd.Cli;

/// <summary>
/// Counts statements on their way to a sink, and tells on standard error how far reading is, on one line that is written over; nothing is
/// told where standard error is not a terminal.
/// </summary>
internal sealed class Progress(IQuadSink sink) : IQuadSink
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(250);

    private readonly bool _isShown = !Console.IsErrorRedirected;
    private readonly long _start = Stopwatch.GetTimestamp();
    private Stream? _input;
    private TimeSpan _next = Interval;
    private int _width;

    /// <summary>How many statements.</summary>
    public long Count { get; private set; }

    /// <summary>How many statements in named graphs.</summary>
    public long InNamedGraphs { get; private set; }

    /// <summary>Takes the file that is read, whose length says how much there is.</summary>
    public void Watch(Stream input) => _input = input.CanSeek ? input : null;

    public void Quad(
        ReadOnlySpan<byte> subject, ReadOnlySpan<byte> predicate, ReadOnlySpan<byte> @object, ReadOnlySpan<byte> graph)
    {
        sink.Quad(subject, predicate, @object, graph);
        InNamedGraphs += graph.IsEmpty ? 0 : 1;
        if ((++Count & 0xFFF) == 0 && _isShown)
        {
            Show();
        }
    }

    public void Prefix(ReadOnlySpan<byte> prefix, ReadOnlySpan<byte> iri) => sink.Prefix(prefix, iri);

    /// <summary>Removes the line.</summary>
    public void Clear()
    {
        if (_width > 0)
        {
            Console.Error.Write('\r' + new string(' ', _width) + '\r');
            _width = 0;
        }
    }

    private void Show()
    {
        var elapsed = Stopwatch.GetElapsedTime(_start);
        if (elapsed < _next)
        {
            return;
        }

        _next = elapsed + Interval;
        var rate = Count / elapsed.TotalSeconds;
        var part = _input is { Length: > 0 } ? (double)_input.Position / _input.Length : -1;
        var line = string.Create(CultureInfo.InvariantCulture, $"{Count:N0} statements, {rate:N0}/s")
            + (part < 0 ? "" : string.Create(CultureInfo.InvariantCulture, $", {part:P0} {Bar(part)}"));
        Console.Error.Write('\r' + line.PadRight(_width));
        _width = line.Length;
    }

    private static string Bar(double part)
    {
        var full = (int)(part * 20);
        return "[" + new string('#', full) + new string('.', 20 - full) + "]";
    }
}
