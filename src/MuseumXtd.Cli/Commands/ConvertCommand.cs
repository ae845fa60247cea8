using System.CommandLine;
using MuseumXtd.Rdf.Syntax;

namespace MuseumXtd.Cli.Commands;

/// <summary><c>museumxtd convert IN OUT</c>: between RDF syntaxes, streaming.</summary>
internal static class ConvertCommand
{
    public static Command Create()
    {
        var input = new Argument<string>("in") { Description = "The file to read; - is standard input." };
        var output = new Argument<string>("out") { Description = "The file to write; - is standard output." };
        var from = new Option<string?>("--from") { Description = "The format of the input; by default what its name says." };
        var to = new Option<string?>("--to") { Description = "The format of the output; by default what its name says." };
        var sorted = new Option<bool>("--sorted") { Description = "Collect and sort: the same graph gives the same bytes." };
        var command = new Command("convert", "Converts between RDF syntaxes, as a stream.") { input, output, from, to, sorted };
        command.SetAction((parsed, cancellation) => Task.FromResult(Run(
            parsed.GetValue(input)!, parsed.GetValue(output)!, parsed.GetValue(from), parsed.GetValue(to), parsed.GetValue(sorted), cancellation)));
        return command;
    }

    private static int Run(string input, string output, string? from, string? to, bool sorted, CancellationToken cancellation)
    {
        var source = BuildCommand.OutputFormat(input, from, null);
        var target = BuildCommand.OutputFormat(output, to, null);
        BuildCommand.Write(output, stream =>
        {
            using var writer = sorted ? new SortedWriter(stream, target, WriterOptions.Default) : target.CreateWriter!(stream, WriterOptions.Default);
            Inputs.ReadRdf(input, source, writer, "", cancellation);
            writer.Complete();
        });
        return ExitCode.Fine;
    }
}
