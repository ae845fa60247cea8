using System.CommandLine;
using MuseumXtd.Commands;
using MuseumXtd.Rdf.Syntax;
using MuseumXtd.Server;
using MuseumXtd.Server.Federation;
using MuseumXtd.Sparql;
using MuseumXtd.Sparql.Results;
using MuseumXtd.Sparql.Syntax;

namespace MuseumXtd.Cli.Commands;

/// <summary><c>museumxtd query [GARDEN or FILE...] 'SPARQL'</c>: one query, without a server.</summary>
internal static class QueryCommand
{
    public static Command Create()
    {
        var inputs = new Argument<string[]>("inputs")
        {
            Description = "Gardens and RDF files, then the query; without -f the last one is the query. Without inputs, the bundled garden.",
            Arity = ArgumentArity.ZeroOrMore,
        };
        var file = new Option<string?>("--file", "-f") { Description = "A file with the query." };
        var format = new Option<string?>("--format") { Description = "table, json, xml, csv, tsv; for CONSTRUCT and DESCRIBE turtle, ntriples, ..." };
        var explain = new Option<bool>("--explain") { Description = "Show the plan on standard error." };
        var timeout = new Option<double>("--timeout") { Description = "Seconds that the query may take.", DefaultValueFactory = _ => 60 };
        var baseIri = new Option<string?>("--base") { Description = "The base of all IRIs of data." };
        var own = new Option<string>("--default-graph") { Description = "union or own.", DefaultValueFactory = _ => "union" };
        var drafts = new Option<bool>("--drafts") { Description = "Read drafts and templates of gardens as well." };
        var origin = new Option<bool>("--origin") { Description = "Show on standard error which words of which notes say the statements behind the results." };
        var serviceAllow = new Option<string[]>("--service-allow") { Description = "The beginning of the IRIs of endpoints that SERVICE may ask; may be repeated. Without it, none." };
        own.AcceptOnlyFromAmong("union", "own");
        var command = new Command("query", "Asks a garden or RDF files one SPARQL query.") { inputs, file, format, explain, timeout, baseIri, own, drafts, origin, serviceAllow };
        command.SetAction((parsed, cancellation) => Task.FromResult(Run(
            parsed.GetValue(inputs)!,
            parsed.GetValue(file),
            parsed.GetValue(format),
            parsed.GetValue(baseIri),
            parsed.GetValue(drafts),
            parsed.GetValue(origin),
            parsed.GetValue(serviceAllow) ?? [],
            new QueryOptions
            {
                Explain = parsed.GetValue(explain),
                Timeout = TimeSpan.FromSeconds(parsed.GetValue(timeout)),
                DefaultGraph = parsed.GetValue(own) == "own" ? DefaultGraphMode.Own : DefaultGraphMode.Union,
            },
            cancellation)));
        return command;
    }

    private static int Run(
        string[] inputs, string? file, string? format, string? baseIri, bool drafts, bool origin, string[] serviceAllow, QueryOptions options, CancellationToken cancellation)
    {
        if (file is null && inputs.Length == 0)
        {
            throw new UsageException("there is no query; give it as the last argument or with -f FILE.");
        }

        if (file is not null && !File.Exists(file))
        {
            throw new UsageException($"there is no file '{file}'.");
        }

        var text = file is null ? inputs[^1] : File.ReadAllText(file);
        var sources = file is null ? inputs[..^1] : inputs;
        try
        {
            var query = SparqlParser.ParseQuery(text);
            using var services = Services(serviceAllow);
            options = options with { Services = services };
            using var store = Inputs.Load(sources.Length == 0 ? [Inputs.BundledGarden] : sources, baseIri, cancellation, out var garden, drafts);
            using var results = new QueryEngine().Execute(query, store.Current, options, cancellation);
            using var output = Console.OpenStandardOutput();
            if (results is GraphResults graph)
            {
                var syntax = Outputs.Format("-", format, "turtle");
                using var writer = new SortedWriter(output, syntax, new WriterOptions { Prefixes = query.Prefixes });
                graph.WriteTo(writer);
                writer.Complete();
            }
            else
            {
                var syntax = ResultFormats.ByName(format ?? "table")
                    ?? throw new UsageException($"'{format}' is no format for solutions; there are {string.Join(", ", ResultFormats.All.Select(f => f.Name))}.");
                using var writer = syntax.CreateWriter();
                writer.Write(results, output);
            }

            if (origin)
            {
                var origins = new ResultOrigins(garden, store.Current, Console.Error);
                using var again = new QueryEngine().Execute(origins.Widened(query), store.Current, options with { Explain = false }, cancellation);
                origins.Write(again);
            }

            if (options.Explain)
            {
                Console.Error.WriteLine(results.Plan);
            }

            return ExitCode.Fine;
        }
        catch (SparqlSyntaxException e)
        {
            throw new InputException($"{file ?? "query"}:{e.Message}");
        }
        catch (Exception e) when (e is QueryBudgetException or ServiceException)
        {
            throw new InputException(e.Message);
        }
    }

    private static HttpServiceClient? Services(string[] allowed)
    {
        try
        {
            return HttpServiceClient.For(new ServerOptions { ServiceAllow = allowed });
        }
        catch (ArgumentException e)
        {
            throw new UsageException(e.Message);
        }
    }
}
