using System.CommandLine;
using System.Globalization;
using System.Net;
using MuseumXtd.Commands;
using MuseumXtd.Garden;
using MuseumXtd.Rdf.Syntax;
using MuseumXtd.Server;
using MuseumXtd.Server.Harvesting;
using MuseumXtd.Sparql;

namespace MuseumXtd.Cli.Commands;

/// <summary><c>museumxtd serve [GARDEN...]</c>: everything over HTTP, until the process ends.</summary>
internal static class ServeCommand
{
    public static Command Create()
    {
        var gardens = new Argument<string[]>("garden") { Description = "Folders with notes; by default the bundled garden.", Arity = ArgumentArity.ZeroOrMore };
        var host = new Option<string>("--host") { Description = "The address to listen on; 0.0.0.0 or :: for all of this machine's.", DefaultValueFactory = _ => "127.0.0.1" };
        var port = new Option<int>("--port") { Description = "The port.", DefaultValueFactory = _ => 8080 };
        var baseIri = new Option<string>("--base") { Description = "The base of all IRIs of data.", DefaultValueFactory = _ => GardenOptions.DefaultBaseIri };
        var load = new Option<string[]>("--load") { Description = "An RDF file to serve as well, compressed or not; may be repeated. One may be a snapshot file (.mxs)." };
        var noGarden = new Option<bool>("--no-garden") { Description = "Serve only what --load names." };
        var defaultGraph = new Option<string>("--default-graph") { Description = "union or own.", DefaultValueFactory = _ => "union" };
        defaultGraph.AcceptOnlyFromAmong("union", "own");
        var watch = new Option<bool>("--watch") { Description = "Read saved notes again; --watch false does not.", DefaultValueFactory = _ => true };
        var writable = new Option<bool>("--writable") { Description = "Allow updates: /update and /graphs." };
        var tokenFile = new Option<string?>("--token-file") { Description = "A file with the token that writing needs." };
        var journal = new Option<string?>("--journal") { Description = "A folder that keeps what is written, from one start to the next." };
        var state = new Option<string?>("--state") { Description = $"The folder of what the server keeps from one start to the next; by default {GardenOptions.StateFolder} in the garden." };
        var noState = new Option<bool>("--no-state") { Description = "Keep the server's state in memory only." };
        var publicUrl = new Option<string?>("--public-url") { Description = "The address at which the server is reached from outside, for harvesters and in the links of OData; by default that of each request." };
        var harvest = new HarvestOptions();
        var repository = new Option<string>("--repository") { Description = "The name under which records are harvested.", DefaultValueFactory = _ => harvest.RepositoryName };
        var domain = new Option<string>("--domain") { Description = "The domain name in the identifiers of records; never change it.", DefaultValueFactory = _ => harvest.Domain };
        var email = new Option<string?>("--admin-email") { Description = "Where harvesters write to; by default oai at the domain." };
        var provider = new Option<string?>("--aggregator") { Description = "The name of the aggregator through which EDM records travel; by default that of the repository." };
        var between = new Option<string?>("--intermediate-aggregator") { Description = "The name of an aggregator between the repository and --aggregator." };
        var loadAllow = new Option<string[]>("--load-allow") { Description = "The beginning of the IRIs of documents that LOAD in updates may read, such as https://example.org/data/; may be repeated. Without it LOAD is off." };
        var loadProxy = new Option<string?>("--load-proxy") { Description = "An HTTP proxy for LOAD, which then decides what addresses can be reached." };
        var noteLicence = new Option<string?>("--note-licence") { Description = "The IRI of the licence of the notes' own text; by default what a LICENSE file in the garden names, else CC BY 4.0. Facts are CC0." };
        var timeout = new Option<double>("--timeout") { Description = "Seconds that a query may take.", DefaultValueFactory = _ => 30 };
        var memory = new Option<int?>("--max-memory") { Description = "Megabytes that data and queries may take before more work is refused; by default most of the machine's. Pages of a mapped snapshot file (.mxs) and the program itself, about 50 MB, come on top: the system takes them back when it needs them." };
        var maxRows = new Option<long?>("--max-rows") { Description = "Rows that a query may answer." };
        var serviceAllow = new Option<string[]>("--service-allow") { Description = "The beginning of the IRIs of endpoints that SERVICE may ask; may be repeated. Without it, none." };
        var command = new Command("serve", "Serves a garden: SPARQL, OData, pages and dumps.")
        {
            gardens, port, host, baseIri, load, noGarden, defaultGraph, watch, writable, tokenFile, journal, state, noState, loadAllow, loadProxy, publicUrl, repository, domain, email, provider, between, noteLicence, timeout, memory, maxRows, serviceAllow,
        };
        command.SetAction((parsed, cancellation) =>
        {
            var roots = parsed.GetValue(gardens)!;
            if (parsed.GetValue(noGarden) && roots.Length > 0)
            {
                throw new UsageException($"--no-garden serves no notes, and '{roots[0]}' is named; leave out one of them. RDF files are served with --load.");
            }

            var options = new ServerOptions();
            var served = parsed.GetValue(noGarden) ? [] : roots.Length > 0 ? roots : [Inputs.BundledGarden];
            var ceiling = parsed.GetValue(memory) is { } megabytes ? (long)megabytes << 20 : options.MaxProcessBytes;
            return RunAsync(
                options with
                {
                    MaxProcessBytes = ceiling,

                    // No single query may take it all.
                    MaxMemoryBytes = Math.Min(options.MaxMemoryBytes, ceiling / 4),
                    Gardens = served,
                    Files = parsed.GetValue(load) ?? [],
                    Port = parsed.GetValue(port),
                    Address = CheckHost(parsed.GetValue(host)!),
                    BaseIri = Inputs.CheckBase(parsed.GetValue(baseIri)!),
                    DefaultGraph = parsed.GetValue(defaultGraph) == "own" ? DefaultGraphMode.Own : DefaultGraphMode.Union,
                    Watch = parsed.GetValue(watch),
                    IsWritable = parsed.GetValue(writable),
                    WriteToken = parsed.GetValue(tokenFile) is { } file ? ReadToken(file) : null,
                    JournalDirectory = parsed.GetValue(journal),
                    LoadAllow = [.. (parsed.GetValue(loadAllow) ?? []).Select(CheckPrefix)],
                    LoadProxy = parsed.GetValue(loadProxy) is { } proxy ? CheckProxy(proxy) : null,
                    StateDirectory = parsed.GetValue(noState) ? null : parsed.GetValue(state) ?? (parsed.GetValue(noGarden) ? null : DefaultState(roots.Length > 0 ? roots[0] : Inputs.BundledGarden)),
                    NotesLicense = parsed.GetValue(noteLicence) is { } iri ? CheckLicense(iri) : null,
                    Harvest = CheckHarvest(new HarvestOptions
                    {
                        PublicUrl = parsed.GetValue(publicUrl)?.TrimEnd('/'),
                        RepositoryName = parsed.GetValue(repository)!,
                        Domain = parsed.GetValue(domain)!,
                        AdminEmail = parsed.GetValue(email),
                        Provider = parsed.GetValue(provider),
                        IntermediateProvider = parsed.GetValue(between),
                    }),
                    Message = message => Console.Error.WriteLine($"museumxtd: {message}"),
                    Timeout = TimeSpan.FromSeconds(parsed.GetValue(timeout)),
                    MaxRows = parsed.GetValue(maxRows) ?? options.MaxRows,
                    ServiceAllow = parsed.GetValue(serviceAllow) ?? [],
                },
                cancellation);
        });
        return command;
    }

    private static string CheckLicense(string iri) =>
        Uri.TryCreate(iri, UriKind.Absolute, out var parsed) && parsed.Scheme is "http" or "https"
            ? iri
            : throw new UsageException($"--note-licence wants the IRI of a licence such as http://creativecommons.org/licenses/by/4.0/, not '{iri}'.");

    private static HarvestOptions CheckHarvest(HarvestOptions harvest)
    {
        if (harvest.PublicUrl is { } url && !(Uri.TryCreate(url, UriKind.Absolute, out var parsed) && (parsed.Scheme is "http" or "https")))
        {
            throw new UsageException($"--public-url wants an address such as https://data.example.org, not '{url}'.");
        }

        if (!harvest.Domain.Contains('.', StringComparison.Ordinal) || Uri.CheckHostName(harvest.Domain) != UriHostNameType.Dns)
        {
            throw new UsageException($"--domain wants a domain name with a dot, not '{harvest.Domain}'.");
        }

        if (harvest.AdminEmail is { } email && (email.IndexOf('@', StringComparison.Ordinal) < 1 || email.EndsWith("@localhost", StringComparison.Ordinal)))
        {
            throw new UsageException($"--admin-email wants an address that harvesters can write to, not '{email}'.");
        }

        return harvest;
    }

    private static string DefaultState(string garden) =>
        Path.Combine(File.Exists(garden) ? Path.GetDirectoryName(Path.GetFullPath(garden))! : garden, GardenOptions.StateFolder);

    private static IPAddress CheckHost(string host) =>
        host == "localhost" ? IPAddress.Loopback
        : IPAddress.TryParse(host, out var address) ? address
        : throw new UsageException($"--host wants an address of this machine, such as 127.0.0.1 or 0.0.0.0, not '{host}'.");

    private static string CheckPrefix(string prefix) =>
        Uri.TryCreate(prefix, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https" && uri.UserInfo.Length == 0 && uri.Query.Length == 0 && uri.Fragment.Length == 0
            ? prefix
            : throw new UsageException($"--load-allow wants the beginning of an http or https IRI, such as https://example.org/data/, not '{prefix}'.");

    private static Uri CheckProxy(string proxy) =>
        Uri.TryCreate(proxy, UriKind.Absolute, out var uri) && uri.Scheme == "http" ? uri : throw new UsageException($"--load-proxy wants an http IRI, such as http://127.0.0.1:3128, not '{proxy}'.");

    private static string ReadToken(string file)
    {
        if (!File.Exists(file))
        {
            throw new UsageException($"there is no file '{file}'.");
        }

        const int Shortest = 16;
        var token = File.ReadAllText(file).Trim();
        return token.Length >= Shortest ? token : throw new UsageException($"the token in '{file}' has fewer than {Shortest} characters.");
    }

    private static async Task<int> RunAsync(ServerOptions options, CancellationToken cancellation)
    {
        if (options.Port is < 0 or > 65535)
        {
            throw new UsageException($"--port wants a number from 0 to 65535, not {options.Port}.");
        }

        if (options.IsWritable && options.WriteToken is null && !IPAddress.IsLoopback(options.Address))
        {
            throw new UsageException("--writable listens on this machine only, unless --token-file names a file with the token that writing needs.");
        }

        if (options.LoadAllow.Count > 0 && !options.IsWritable)
        {
            throw new UsageException("--load-allow is for --writable.");
        }

        if (options.JournalDirectory is not null && !options.IsWritable)
        {
            throw new UsageException("--journal is for --writable.");
        }

        foreach (var input in options.Gardens.Concat(options.Files).Where(i => !Directory.Exists(i) && !File.Exists(i)))
        {
            throw new UsageException($"there is no folder or file '{input}'.");
        }

        Inputs.CheckNames(options.Gardens, file => $"RDF files are served with --load {file}.");

        try
        {
            MuseumXtdServer.AnswerOnSocketThreads();
            var line = new ProgressLine();
            await using var server = await MuseumXtdServer.StartAsync(options with { Progress = line.Show }, cancellation);
            line.Clear();
            var state = server.Dataset.Current;
            var problems = state.Diagnostics.Count(d => d.Severity is Severity.Error or Severity.Warning);
            await Console.Error.WriteLineAsync(string.Create(
                CultureInfo.InvariantCulture,
                $"""
                {server.Url}/          home
                {server.Url}/sparql    SPARQL
                {server.Url}/odata     OData
                {server.Url}/dump.ttl  everything as Turtle
                {server.Url}/oai       OAI-PMH
                {state.Garden?.NoteCount ?? 0} notes ({state.Garden?.DraftCount ?? 0} drafts not published), {state.Snapshot.QuadCount} statements, {problems} problems ({server.Url}/diagnostics)
                """));
            if (options.IsWritable)
            {
                await Console.Error.WriteLineAsync($"{server.Url}/update, {server.Url}/graphs    {(options.JournalDirectory is null ? "writable: changes end with this process; --journal DIR keeps them" : $"writable: changes are kept in {options.JournalDirectory}")}");
            }

            await server.WaitAsync(cancellation);
            return ExitCode.Fine;
        }
        catch (ArgumentException e) when (options.ServiceAllow.Count > 0)
        {
            throw new UsageException(e.Message);
        }
        catch (InvalidDataException e)
        {
            throw new InputException(e.Message);
        }
        catch (OperationCanceledException)
        {
            return ExitCode.Fine;
        }
    }
}
