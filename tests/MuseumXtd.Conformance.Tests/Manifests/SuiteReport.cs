using System.Text;
using Xunit.Abstractions;

namespace MuseumXtd.Conformance.Tests.Manifests;

/// <summary>Counts what passed, and prints and keeps a table: a line a manifest, then what failed and why.</summary>
internal sealed class SuiteReport(string suite)
{
    private readonly SortedDictionary<string, (int Passed, int Total)> _rows = new(StringComparer.Ordinal);
    private readonly List<string> _failures = [];
    private readonly SortedDictionary<string, int> _notRun = new(StringComparer.Ordinal);

    public int Passed => _rows.Values.Sum(r => r.Passed);

    public int Total => _rows.Values.Sum(r => r.Total);

    public IReadOnlyList<string> Failures => _failures;

    /// <summary>Counts a test that another part of the project will answer for.</summary>
    public void NotRun(ManifestTest test) => _notRun[test.Folder] = _notRun.GetValueOrDefault(test.Folder) + 1;

    /// <summary>Runs one test; an exception is its failure.</summary>
    public void Run(ManifestTest test, Action<ManifestTest> body)
    {
        var row = test.Folder;
        var (passed, total) = _rows.GetValueOrDefault(row);
        try
        {
            body(test);
            passed++;
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            _failures.Add($"{test.ShortName}  {test.Name}: {e.GetType().Name}: {e.Message.ReplaceLineEndings(" | ")}");
        }

        _rows[row] = (passed, total + 1);
    }

    public void Print(ITestOutputHelper output)
    {
        var text = new StringBuilder();
        text.Append(suite).Append("  ").Append(Passed).Append('/').Append(Total).AppendLine();
        foreach (var (row, (passed, total)) in _rows)
        {
            text.Append("  ").Append(row.PadRight(48)).Append(' ').Append(passed).Append('/').Append(total).AppendLine();
        }

        foreach (var (row, count) in _notRun)
        {
            text.Append("  ").Append(row.PadRight(48)).Append(" not run ").Append(count).AppendLine();
        }

        foreach (var failure in _failures)
        {
            text.Append("  FAILED ").AppendLine(failure);
        }

        output.WriteLine(text.ToString());
        var folder = Directory.CreateDirectory(Path.Combine(AppContext.BaseDirectory, "conformance"));
        File.WriteAllText(Path.Combine(folder.FullName, suite.Replace('/', '-') + ".txt"), text.ToString());
    }
}
