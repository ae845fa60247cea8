using System.CommandLine;
using System.Globalization;
using MuseumXtd.Rdf.Syntax;
using MuseumXtd.Store;
using MuseumXtd.Store.Documents;
using MuseumXtd.Store.Files;

namespace MuseumXtd.Commands;

/// <summary><c>museumxtd convert IN OUT</c>: between RDF syntaxes, streaming.</summary>
internal static class ConvertCommand
{
    public static Command Create()
    {
        var input = new Argument<string>("in") { Description = "The file to read; - is standard input. Compressed data is known by its first bytes." };
        var output = new Argument<string?>("out")
        {
            Description = "The file to write; - is standard output. A name that ends in .gz or .zst is written compressed, one that ends in .mxs as a snapshot file. May be left out with --validate.",
            Arity = ArgumentArity.ZeroOrOne,
        };
        var from = new Option<string?>("--from") { Description = "The format of the input; by default what its name says." };
        var to = new Option<string?>("--to") { Description = "The format of the output; by default what its name says." };
        var baseIri = new Option<string?>("--base") { Description = "The IRI against which relative IRIs are resolved; by default the file's." };
        var sorted = new Option<bool>("--sorted", "--pretty") { Description = "Collect and sort: the same graph gives the same bytes, in the form for people." };
        var validate = new Option<bool>("--validate") { Description = "Find all errors, not only the first; nothing is written when there are any." };
        var maxErrors = new Option<int>("--max-errors") { Description = "How many errors --validate tells.", DefaultValueFactory = _ => 100 };
        var command = new Command("convert", "Converts between RDF syntaxes, as a stream.") { input, output, from, to, baseIri, sorted, validate, maxErrors };
        command.SetAction((parsed, cancellation) => Task.FromResult(Run(
            new Conversion(
                parsed.GetValue(input)!,
                parsed.GetValue(output),
                parsed.GetValue(from),
                parsed.GetValue(to),
                parsed.GetValue(baseIri),
                parsed.GetValue(sorted),
                parsed.GetValue(validate) ? Math.Max(1, parsed.GetValue(maxErrors)) : 0),
            cancellation)));
        return command;
    }

    private static int Run(Conversion conversion, CancellationToken cancellation)
    {
        if (conversion.BaseIri is { } iri && !Uri.TryCreate(iri, UriKind.Absolute, out _))
        {
            throw new UsageException($"--base wants an absolute IRI, not '{iri}'.");
        }

        if (conversion.From is null && SnapshotFile.IsNameOf(conversion.Input))
        {
            return FromSnapshot(conversion, cancellation);
        }

        var source = Inputs.FormatOf(conversion.Input, conversion.From);
        if (conversion.Output is null)
        {
            return conversion.MaxErrors > 0
                ? Validate(conversion, source, new Progress(new Nothing()), cancellation)
                : throw new UsageException("there is no output; give a file, - for standard output, or --validate to check the input only.");
        }

        if (conversion.To is null && SnapshotFile.IsNameOf(conversion.Output))
        {
            return ToSnapshot(conversion, source, cancellation);
        }

        var target = Outputs.Format(conversion.Output, conversion.To, null, "--to");
        Outputs.Write(conversion.Output, stream =>
        {
            using var writer = WriterTo(stream, conversion, target);
            var progress = new Progress(writer);
            if (Validate(conversion, source, progress, cancellation) != ExitCode.Fine)
            {
                throw new InputException($"{conversion.Input} has errors; {(conversion.Output == "-" ? "the output is not complete" : "nothing was written")}.");
            }

            writer.Complete();
            TellOfGraphs(progress, target);
        });
        return ExitCode.Fine;
    }

    private static IRdfWriter WriterTo(Stream stream, Conversion conversion, RdfFormat target) =>
        conversion.IsSorted ? new SortedWriter(stream, target, WriterOptions.Default) : target.CreateWriter!(stream, WriterOptions.Default);

    private static void TellOfGraphs(Progress progress, RdfFormat target)
    {
        if (progress.InNamedGraphs > 0 && !target.SupportsDatasets)
        {
            Console.Error.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"museumxtd: {progress.InNamedGraphs} of {progress.Count} statements were in named graphs; {target.Label} does not say in which."));
        }
    }

    private static int ToSnapshot(Conversion conversion, RdfFormat source, CancellationToken cancellation)
    {
        using var store = new QuadStore();
        using (var transaction = store.Begin(cancellation))
        {
            if (conversion.MaxErrors == 0 && conversion.From is null && conversion.Input != "-")
            {
                Inputs.LoadRdf(conversion.Input, transaction, new ReaderOptions { BaseIri = conversion.BaseIri }, cancellation);
            }
            else if (Validate(conversion, source, new Progress(transaction), cancellation) != ExitCode.Fine)
            {
                throw new InputException($"{conversion.Input} has errors; nothing was written.");
            }

            transaction.Commit(cancellation);
        }

        store.Current.MakeAllOrders();
        Outputs.Write(conversion.Output!, stream => SnapshotFile.Write(store.Current, stream, cancellation));
        return ExitCode.Fine;
    }

    private static int FromSnapshot(Conversion conversion, CancellationToken cancellation)
    {
        using var store = new QuadStore();
        Inputs.StartFrom(store, conversion.Input, cancellation);
        if (conversion.Output is null)
        {
            return conversion.MaxErrors > 0
                ? ExitCode.Fine
                : throw new UsageException("there is no output; give a file, - for standard output, or --validate to check the input only.");
        }

        var target = Outputs.Format(conversion.Output, conversion.To, null, "--to");
        Outputs.Write(conversion.Output, stream =>
        {
            using var writer = WriterTo(stream, conversion, target);
            var progress = new Progress(writer);
            SnapshotQuads.WriteAll(store.Current, progress);
            progress.Clear();
            writer.Complete();
            TellOfGraphs(progress, target);
        });
        return ExitCode.Fine;
    }

    /// <summary>Reads the input; in order to validate, tells each error and goes on, else the first one is thrown.</summary>
    private static int Validate(Conversion conversion, RdfFormat source, Progress progress, CancellationToken cancellation)
    {
        var errors = 0;
        var options = new ReaderOptions
        {
            BaseIri = conversion.BaseIri,
            OnError = conversion.MaxErrors == 0 ? null : e =>
            {
                progress.Clear();
                Console.Error.WriteLine($"{conversion.Input}:{e.Line}:{e.Column} error {e.Code} {e.Detail}");
                return ++errors < conversion.MaxErrors;
            },
        };
        try
        {
            Inputs.ReadRdf(conversion.Input, source, progress, options, progress.Watch, cancellation);
        }
        finally
        {
            progress.Clear();
        }

        if (conversion.MaxErrors > 0)
        {
            var more = errors == conversion.MaxErrors ? ", and perhaps more behind them: --max-errors" : "";
            Console.Error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{progress.Count} statements, {errors} errors{more}"));
        }

        return errors > 0 ? ExitCode.Problems : ExitCode.Fine;
    }

    private sealed record Conversion(string Input, string? Output, string? From, string? To, string? BaseIri, bool IsSorted, int MaxErrors);

    /// <summary>Takes statements that only their errors are asked of.</summary>
    private sealed class Nothing : IQuadSink
    {
        public void Quad(
            ReadOnlySpan<byte> subject, ReadOnlySpan<byte> predicate, ReadOnlySpan<byte> @object, ReadOnlySpan<byte> graph)
        {
        }
    }
}
