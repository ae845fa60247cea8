using System.CommandLine;
using System.Text;
using MuseumXtd.Rdf.Model;
using MuseumXtd.Rdf.Syntax;
using MuseumXtd.Shacl;
using MuseumXtd.Shacl.Reports;
using MuseumXtd.Sparql;

namespace MuseumXtd.Commands;

/// <summary><c>museumxtd validate DATA... SHAPES</c>: RDF or a garden against SHACL shapes.</summary>
internal static class ValidateCommand
{
    public static Command Create()
    {
        var inputs = new Argument<string[]>("data and shapes")
        {
            Description = "RDF files or gardens, all their graphs together, and last an RDF file with shapes; - is standard input.",
            Arity = new ArgumentArity(2, 1000),
        };
        var format = new Option<string>("--format") { Description = "text, or an RDF format such as turtle.", DefaultValueFactory = _ => "text" };
        var from = new Option<string?>("--shapes-format") { Description = "The format of the shapes; by default what the name says." };
        var language = new Option<string>("--lang") { Description = "fr or en.", DefaultValueFactory = _ => "en" };
        language.AcceptOnlyFromAmong("fr", "en");
        var timeout = new Option<double>("--timeout") { Description = "Seconds that the validation may take.", DefaultValueFactory = _ => 600 };
        var baseIri = new Option<string?>("--base") { Description = "The base of all IRIs of a garden's data." };
        var command = new Command("validate", "Validates data against SHACL shapes; exits with 1 when they do not conform.") { inputs, format, from, language, timeout, baseIri };
        command.SetAction((parsed, cancellation) => Task.FromResult(Run(
            parsed.GetValue(inputs)![..^1],
            parsed.GetValue(inputs)![^1],
            parsed.GetValue(from),
            parsed.GetValue(format)!,
            parsed.GetValue(language)!,
            parsed.GetValue(baseIri),
            TimeSpan.FromSeconds(parsed.GetValue(timeout)),
            cancellation)));
        return command;
    }

    private static int Run(
        string[] data, string shapes, string? from, string formatName, string language, string? baseIri, TimeSpan timeout, CancellationToken cancellation)
    {
        var format = formatName == "text" ? null : Outputs.Format("-", formatName, null, "--format");
        var graph = new Dataset();
        Inputs.ReadRdf(shapes, Inputs.FormatOf(shapes, from), graph, new ReaderOptions { BlankNodeScope = "s." }, null, cancellation);
        try
        {
            var compiled = ShapeSet.Compile(graph);
            using var store = Inputs.Load(data, baseIri, cancellation);
            var report = Validator.Validate(compiled, store.Current, new ValidationOptions { DefaultGraph = DefaultGraphMode.Union, Timeout = timeout }, cancellation);
            Write(report, format, language);
            return report.Conforms ? ExitCode.Fine : ExitCode.Problems;
        }
        catch (ShapesException e)
        {
            throw new UsageException($"{shapes}: {e.Message}");
        }
        catch (QueryBudgetException e)
        {
            throw new InputException(e.Message);
        }
    }

    private static void Write(ValidationReport report, RdfFormat? format, string language)
    {
        using var output = Console.OpenStandardOutput();
        if (format is null)
        {
            using var text = new StreamWriter(output, new UTF8Encoding(false)) { NewLine = "\n" };
            ReportText.Write(report, text, language);
            return;
        }

        using var writer = new SortedWriter(output, format, new WriterOptions { Prefixes = ReportGraph.PrefixesOf(report) });
        ReportGraph.Write(report, writer);
        writer.Complete();
    }
}
