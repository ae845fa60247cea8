using System.CommandLine;
using MuseumXtd.Commands;
using MuseumXtd.Server.Harvesting.Mirroring;

namespace MuseumXtd.Cli.Commands;

/// <summary><c>museumxtd harvest URL -o DIR</c>: mirrors a provider into a folder of RDF files.</summary>
internal static class HarvestCommand
{
    public static Command Create()
    {
        var url = new Argument<string>("url") { Description = "The address of an OAI-PMH repository, or of a feed of changes." };
        var output = new Option<string>("--output", "-o") { Description = "The folder of the replica: one RDF file a record. The same folder again takes what changed since.", Required = true };
        var prefix = new Option<string?>("--prefix") { Description = "The metadata prefix; by default the richest RDF that there is (mxtd, rdf, edm, oai_dc)." };
        var set = new Option<string?>("--set") { Description = "Only the records of a set." };
        var command = new Command("harvest", "Mirrors a provider by OAI-PMH or by its feed of changes, and goes on where it was.") { url, output, prefix, set };
        command.SetAction(async (parsed, cancellation) =>
        {
            var address = parsed.GetValue(url)!;
            if (!Uri.TryCreate(address, UriKind.Absolute, out var uri) || uri.Scheme is not ("http" or "https"))
            {
                throw new UsageException($"harvest wants an address such as https://data.example.org/oai, not '{address}'.");
            }

            using var mirror = new Mirror(address, parsed.GetValue(output)!)
            {
                Prefix = parsed.GetValue(prefix),
                Set = parsed.GetValue(set),
                Progress = Console.IsErrorRedirected ? null : text => Console.Error.Write($"\r{text} "),
            };
            try
            {
                var result = await mirror.RunAsync(cancellation);
                await Console.Error.WriteLineAsync($"{result.Written} records taken, {result.Deleted} deleted, {result.Total} in {parsed.GetValue(output)}");
                return ExitCode.Fine;
            }
            catch (MirrorException e)
            {
                throw new InputException(e.Message);
            }
        });
        return command;
    }
}
