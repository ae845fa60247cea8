using System.CommandLine;
using System.Reflection;
using System.Text;
using System.Text.Json;
using MuseumXtd.Garden;

namespace MuseumXtd.Commands;

/// <summary><c>museumxtd check GARDEN</c>: what the reader found wrong.</summary>
internal static class CheckCommand
{
    // Of the same kind, in one file: more are not read one by one.
    private const int MostInFull = 10;

    private static readonly JsonWriterOptions Indented = new() { Indented = true, Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static Command Create()
    {
        var gardens = new Argument<string[]>("garden") { Description = "Folders with notes.", Arity = ArgumentArity.OneOrMore };
        var format = new Option<string>("--format") { Description = "text, json, sarif or github.", DefaultValueFactory = _ => "text" };
        format.AcceptOnlyFromAmong("text", "json", "sarif", "github");
        var language = new Option<string>("--lang") { Description = "fr or en.", DefaultValueFactory = _ => "en" };
        language.AcceptOnlyFromAmong("fr", "en");
        var all = new Option<bool>("--all") { Description = $"As text, show all problems of a kind in a file, not the first {MostInFull} only. The other formats always have all." };
        var command = new Command("check", "Shows what is wrong in a garden; exits with 1 when there are errors.") { gardens, format, language, all };
        command.SetAction((parsed, cancellation) =>
            Task.FromResult(Run(parsed.GetValue(gardens)!, parsed.GetValue(format)!, parsed.GetValue(language)!, parsed.GetValue(all), cancellation)));
        return command;
    }

    private static int Run(string[] gardens, string format, string language, bool all, CancellationToken cancellation)
    {
        var graph = Inputs.ReadGardens(gardens, null, cancellation);
        var diagnostics = Inputs.Check(graph, cancellation);
        using var output = Console.OpenStandardOutput();
        switch (format)
        {
            case "json":
                WriteJson(diagnostics, language, output);
                break;
            case "sarif":
                WriteSarif(diagnostics, language, output);
                break;
            case "github":
                foreach (var diagnostic in diagnostics)
                {
                    output.Write(Encoding.UTF8.GetBytes(GitHub(diagnostic, language) + "\n"));
                }

                break;
            default:
                WriteText(diagnostics, new SourceExcerpts(gardens), language, all ? int.MaxValue : MostInFull, output);
                break;
        }

        var errors = diagnostics.Count(d => d.Severity == Severity.Error);
        Console.Error.WriteLine($"{graph.NoteCount} notes ({graph.DraftCount} drafts not published), {errors} errors, {diagnostics.Count - errors} other remarks");
        return errors > 0 ? ExitCode.Problems : ExitCode.Fine;
    }

    /// <summary>For people: file by file, the first problems of a kind in full, then how many more there are.</summary>
    private static void WriteText(IEnumerable<Diagnostic> diagnostics, SourceExcerpts sources, string language, int mostInFull, Stream output)
    {
        foreach (var file in diagnostics.GroupBy(d => d.File, StringComparer.Ordinal))
        {
            var counts = new SortedDictionary<string, int>(StringComparer.Ordinal);
            foreach (var diagnostic in file)
            {
                var count = counts[diagnostic.Code] = counts.GetValueOrDefault(diagnostic.Code) + 1;
                if (count <= mostInFull)
                {
                    output.Write(Encoding.UTF8.GetBytes(Text(diagnostic, sources, language) + "\n"));
                }
            }

            foreach (var (code, count) in counts.Where(c => c.Value > mostInFull))
            {
                var title = DiagnosticCatalogue.Find(code)?.Title(language) ?? "";
                var more = language == "fr" ? $"et {count - mostInFull} autres {code} ({title}) dans ce fichier ; --all les montre" : $"and {count - mostInFull} more of {code} ({title}) in this file; --all shows them";
                output.Write(Encoding.UTF8.GetBytes($"{OneLine.Of(file.Key)}: {more}\n"));
            }
        }
    }

    private static string Level(Diagnostic diagnostic) => diagnostic.Severity switch
    {
        Severity.Error => "error",
        Severity.Warning => "warning",
        _ => "note",
    };

    /// <summary>The problem on a line that programs can read, then the line of the note with a caret under the place.</summary>
    private static string Text(Diagnostic d, SourceExcerpts sources, string language)
    {
        var text = new StringBuilder(OneLine.Of($"{d.File}:{d.Line}:{d.Column} {Level(d)} {d.Code} {d.Message(language)}" + (d.Hint(language) is { } hint ? $" ({hint})" : "")));
        if (d.Column > 0 && sources.Line(d.File, d.Line) is { } line && d.Column <= line.Length + 1)
        {
            // Of a long line, what is around the place.
            var start = Math.Max(0, d.Column - 1 - 60);
            var shown = line.AsSpan(start, Math.Min(line.Length - start, 120));
            var number = d.Line.ToString(System.Globalization.CultureInfo.InvariantCulture);
            var margin = new string(' ', number.Length);
            text.Append($"\n {margin} |\n {number} | {(start > 0 ? "…" : "")}{shown.ToString().Replace('\t', ' ')}{(start + shown.Length < line.Length ? "…" : "")}");
            text.Append($"\n {margin} | {new string(' ', d.Column - 1 - start + (start > 0 ? 1 : 0))}^\n");
        }

        return text.ToString();
    }

    /// <summary>A workflow command of GitHub Actions; its own characters are escaped as it asks.</summary>
    private static string GitHub(Diagnostic d, string language)
    {
        var level = d.Severity switch { Severity.Error => "error", Severity.Warning => "warning", _ => "notice" };
        return $"::{level} file={Escape(d.File, true)},line={Math.Max(1, d.Line)},col={Math.Max(1, d.Column)},title={d.Code}::{Escape(d.Message(language) + (d.Hint(language) is { } hint ? $" ({hint})" : ""), false)}";

        static string Escape(string text, bool isProperty)
        {
            var escaped = OneLine.Of(text.Replace("%", "%25", StringComparison.Ordinal).ReplaceLineEndings("%0A"));
            return isProperty ? escaped.Replace(":", "%3A", StringComparison.Ordinal).Replace(",", "%2C", StringComparison.Ordinal) : escaped;
        }
    }

    private static void WriteJson(IEnumerable<Diagnostic> diagnostics, string language, Stream output)
    {
        using var json = new Utf8JsonWriter(output, Indented);
        json.WriteStartArray();
        foreach (var d in diagnostics)
        {
            json.WriteStartObject();
            json.WriteString("file", d.File);
            json.WriteNumber("line", d.Line);
            json.WriteNumber("column", d.Column);
            json.WriteString("severity", Level(d));
            json.WriteString("code", d.Code);
            json.WriteString("message", d.Message(language));
            json.WriteString("hint", d.Hint(language));
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    /// <summary>The version of the program, without the revision that it was built from.</summary>
    private static string Version() =>
        (typeof(CheckCommand).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "0").Split('+')[0];

    /// <summary>SARIF 2.1.0.</summary>
    private static void WriteSarif(IReadOnlyList<Diagnostic> diagnostics, string language, Stream output)
    {
        using var json = new Utf8JsonWriter(output, Indented);
        json.WriteStartObject();
        json.WriteString("$schema", "https://json.schemastore.org/sarif-2.1.0.json");
        json.WriteString("version", "2.1.0");
        json.WriteStartArray("runs");
        json.WriteStartObject();
        json.WriteStartObject("tool");
        json.WriteStartObject("driver");
        json.WriteString("name", "museumxtd");
        json.WriteString("version", Version());
        json.WriteString("informationUri", GardenOptions.DefaultBaseIri);
        json.WriteStartArray("rules");
        foreach (var code in diagnostics.Select(d => d.Code).Distinct().Order(StringComparer.Ordinal))
        {
            json.WriteStartObject();
            json.WriteString("id", code);
            if (DiagnosticCatalogue.Find(code) is { } article)
            {
                json.WriteStartObject("shortDescription");
                json.WriteString("text", article.Title(language));
                json.WriteEndObject();
                json.WriteStartObject("fullDescription");
                json.WriteString("text", article.Text(language));
                json.WriteEndObject();
                json.WriteStartObject("help");
                json.WriteString("text", article.Fix(language));
                json.WriteEndObject();
            }

            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteString("columnKind", "utf16CodeUnits");
        json.WriteStartArray("results");
        foreach (var d in diagnostics)
        {
            json.WriteStartObject();
            json.WriteString("ruleId", d.Code);
            json.WriteString("level", Level(d));
            json.WriteStartObject("message");
            json.WriteString("text", d.Message(language) + (d.Hint(language) is { } hint ? $" ({hint})" : ""));
            json.WriteEndObject();
            json.WriteStartArray("locations");
            json.WriteStartObject();
            json.WriteStartObject("physicalLocation");
            json.WriteStartObject("artifactLocation");
            json.WriteString("uri", string.Join('/', d.File.Split('/').Select(Uri.EscapeDataString)));
            json.WriteEndObject();

            // What is wrong with a file as a whole stands at its beginning: services that show results pass over those without a place.
            json.WriteStartObject("region");
            json.WriteNumber("startLine", Math.Max(1, d.Line));
            json.WriteNumber("startColumn", Math.Max(1, d.Column));
            json.WriteEndObject();
            json.WriteEndObject();
            json.WriteEndObject();
            json.WriteEndArray();
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteEndObject();
    }
}
