using System.Text;
using MuseumXtd.Rdf;
using MuseumXtd.Rdf.Model;
using MuseumXtd.Rdf.Syntax;

namespace MuseumXtd.Fuzz;

/// <summary>What must hold of a reader for every input, good or bad; anything else is an exception.</summary>
internal static class ReaderTarget
{
    private static readonly ReaderOptions Limits = new() { BaseIri = "http://example.org/a/b", MaxDepth = 40, MaxTokenBytes = 1 << 20 };

    public static void Check(RdfFormat format, byte[] bytes)
    {
        var (whole, error) = Read(format, new MemoryStream(bytes), Limits);
        CheckError(error, bytes);
        CheckPieces(format, bytes, whole, error);
        CheckRecovery(format, bytes, whole, error);
        CheckRoundTrip(whole, RdfFormats.NQuads);
        CheckRoundTrip(whole, RdfFormats.TriG);
    }

    private static (Dataset Dataset, RdfSyntaxException? Error) Read(RdfFormat format, Stream input, ReaderOptions options)
    {
        var dataset = new Dataset();
        try
        {
            format.CreateReader().Read(input, dataset, options);
            return (dataset, null);
        }
        catch (RdfSyntaxException e)
        {
            return (dataset, e);
        }
    }

    private static void CheckError(RdfSyntaxException? error, byte[] bytes)
    {
        if (error is not null)
        {
            Require(error.Line >= 1 && error.Line <= bytes.Count(b => b is (byte)'\n' or (byte)'\r') + 1, $"line {error.Line}");
            Require(error.Column >= 1 && (error.Column <= bytes.Length + 1 || error.Code.StartsWith("rdfxml", StringComparison.Ordinal)), $"column {error.Column}");
            Require(error.Code.Length > 0 && error.Detail.Length > 0, "an error without code or message");
        }
    }

    /// <summary>It does not matter in what pieces the input comes.</summary>
    private static void CheckPieces(RdfFormat format, byte[] bytes, Dataset whole, RdfSyntaxException? error)
    {
        var (dataset, other) = Read(format, new OneByteStream(bytes), Limits);
        // The platform's XML parser looks as far ahead as it has read, and tells of the errors there first.
        var isExact = format != RdfFormats.RdfXml || error is null;
        Require(
            isExact ? other?.Message == error?.Message && other?.Code == error?.Code : other is not null,
            $"'{error?.Message}' at once, '{other?.Message}' in pieces");
        Require(!isExact || dataset.Count == whole.Count, $"{whole.Count} statements at once, {dataset.Count} in pieces");
    }

    /// <summary>Reading on behind errors ends, finds the same first error, and at least the statements before it.</summary>
    private static void CheckRecovery(RdfFormat format, byte[] bytes, Dataset whole, RdfSyntaxException? error)
    {
        var errors = new List<RdfSyntaxException>();
        var options = Limits with
        {
            OnError = e =>
            {
                errors.Add(e);
                return errors.Count <= bytes.Length + 1;
            },
        };
        var (dataset, thrown) = Read(format, new MemoryStream(bytes), options);
        Require(errors.Count <= bytes.Length + 1, "more errors than bytes");
        Require((thrown ?? errors.FirstOrDefault())?.Message == error?.Message || errors.FirstOrDefault()?.Message == error?.Message, "another first error");
        Require(whole.All(dataset.Contains), "statements before the error are lost");
        Require(error is not null || dataset.Count == whole.Count, "other statements without an error");
        foreach (var e in errors)
        {
            CheckError(e, bytes);
        }
    }

    /// <summary>What was read can be written and read again.</summary>
    private static void CheckRoundTrip(Dataset dataset, RdfFormat format)
    {
        using var output = new MemoryStream();
        using (var writer = new SortedWriter(output, format, new WriterOptions { Prefixes = dataset.Prefixes }))
        {
            foreach (var quad in dataset)
            {
                writer.Quad(quad.Subject.Encode(), quad.Predicate.Encode(), quad.Object.Encode(), quad.Graph?.Encode() ?? []);
            }

            writer.Complete();
        }

        output.Position = 0;
        var (again, error) = Read(format, output, new ReaderOptions());
        Require(error is null, $"written as {format.Label}, it is not read again: {error?.Message}\n{Encoding.UTF8.GetString(output.ToArray())}");
        Require(again.Count == dataset.Count, $"{dataset.Count} statements are {again.Count} as {format.Label}");
        Require(dataset.Count > 12 || Isomorphism.AreIsomorphic(dataset, again), $"another graph as {format.Label}");
    }

    private static void Require(bool condition, string otherwise)
    {
        if (!condition)
        {
            throw new InvalidOperationException(otherwise);
        }
    }

    private sealed class OneByteStream(byte[] bytes) : MemoryStream(bytes)
    {
        public override int Read(byte[] buffer, int offset, int count) => base.Read(buffer, offset, Math.Min(count, 1));

        public override int Read(Span<byte> buffer) => base.Read(buffer[..Math.Min(buffer.Length, 1)]);
    }
}
