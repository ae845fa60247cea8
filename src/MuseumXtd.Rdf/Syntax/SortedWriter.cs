using System.Globalization;
using System.Text;
using MuseumXtd.Rdf.Buffers;
using MuseumXtd.Rdf.Syntax.Turtle;

namespace MuseumXtd.Rdf.Syntax;

/// <summary>
/// Collects a dataset and writes it in one order whatever the order it came in: graphs, subjects, predicates (<c>rdf:type</c> first) and
/// objects by their bytes, each statement once, with only the prefixes that are used. The same statements give the same bytes.
/// </summary>
public sealed class SortedWriter : IRdfWriter
{
    private readonly Stream _output;
    private readonly RdfFormat _format;
    private WriterOptions _options;
    private readonly Dictionary<byte[], int> _numbers = new(new Utf8Comparer());
    private readonly List<byte[]> _terms = [];
    private readonly List<(int Graph, int Subject, int Predicate, int Object)> _quads = [];

    /// <summary>A writer of one of the formats of <see cref="RdfFormats"/> to a stream.</summary>
    public SortedWriter(Stream output, RdfFormat format, WriterOptions options)
    {
        _output = output;
        _format = format;
        _options = options;
        Number(default);
    }

    /// <inheritdoc/>
    public void Quad(
        ReadOnlySpan<byte> subject, ReadOnlySpan<byte> predicate, ReadOnlySpan<byte> @object, ReadOnlySpan<byte> graph) =>
        _quads.Add((_format.SupportsDatasets ? Number(graph) : 0, Number(subject), Number(predicate), Number(@object)));

    /// <summary>Takes a prefix, unless it has a meaning already.</summary>
    public void Prefix(ReadOnlySpan<byte> prefix, ReadOnlySpan<byte> iri)
    {
        var name = Encoding.UTF8.GetString(prefix);
        if (!_options.Prefixes.ContainsKey(name))
        {
            _options = _options with { Prefixes = new Dictionary<string, string>(_options.Prefixes) { [name] = Encoding.UTF8.GetString(iri) } };
        }
    }

    /// <inheritdoc/>
    public void Complete()
    {
        var order = Enumerable.Range(0, _terms.Count).ToArray();
        Array.Sort(order, (x, y) => _terms[x].AsSpan().SequenceCompareTo(_terms[y]));
        var ranks = new int[order.Length];
        for (var i = 0; i < order.Length; i++)
        {
            ranks[order[i]] = i + 1;
        }

        ranks[0] = 0;
        var type = _numbers.GetAlternateLookup<ReadOnlySpan<byte>>()
            .TryGetValue("<http://www.w3.org/1999/02/22-rdf-syntax-ns#type"u8, out var found) ? found : -1;
        var sorted = new (int Graph, int Subject, int Predicate, int Object)[_quads.Count];
        for (var i = 0; i < sorted.Length; i++)
        {
            var (g, s, p, o) = _quads[i];
            sorted[i] = (ranks[g], ranks[s], p == type ? 0 : ranks[p], ranks[o]);
        }

        Array.Sort(sorted);
        var typeRank = type < 0 ? 0 : ranks[type];
        ReadOnlySpan<byte> Bytes(int rank) => rank == 0 ? default : _terms[order[rank - 1]];
        using var writer = CreateWriter(sorted, r => Bytes(r), typeRank);
        var last = (-1, -1, -1, -1);
        foreach (var quad in sorted)
        {
            if (quad != last)
            {
                writer.Quad(Bytes(quad.Subject), Bytes(quad.Predicate == 0 ? typeRank : quad.Predicate), Bytes(quad.Object), Bytes(quad.Graph));
                last = quad;
            }
        }

        writer.Complete();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _numbers.Clear();
        _terms.Clear();
        _quads.Clear();
    }

    private delegate ReadOnlySpan<byte> TermBytes(int rank);

    /// <summary>For Turtle and TriG a first pass over the terms finds which prefixes are used, before the first of them is written.</summary>
    private IRdfWriter CreateWriter(
        (int Graph, int Subject, int Predicate, int Object)[] quads, TermBytes bytes, int type)
    {
        if (_format == RdfFormats.RdfXml)
        {
            return _format.CreateWriter!(_output, _options with { Prefixes = XmlPrefixes(quads, bytes, type) });
        }

        if (_format != RdfFormats.Turtle && _format != RdfFormats.TriG)
        {
            return _format.CreateWriter!(_output, _options);
        }

        var terms = new TurtleTerms(_options.Prefixes);
        using var scratch = new ByteBuffer();
        var seen = new HashSet<int> { 0 };
        foreach (var (g, s, p, o) in quads)
        {
            foreach (var rank in (ReadOnlySpan<int>)[g, s, o])
            {
                if (seen.Add(rank))
                {
                    scratch.Clear();
                    terms.Write(bytes(rank), scratch);
                }
            }

            if (seen.Add(-1 - p))
            {
                scratch.Clear();
                terms.WritePredicate(bytes(p == 0 ? type : p), scratch);
            }
        }

        var writer = new TurtleWriter(_output, terms, _format == RdfFormats.TriG);
        writer.WritePrefixes(terms.Used);
        return writer;
    }

    /// <summary>The namespaces of all predicates and classes, by the prefixes given for them, or ns1, ns2, ...</summary>
    private Dictionary<string, string> XmlPrefixes((int Graph, int Subject, int Predicate, int Object)[] quads, TermBytes bytes, int type)
    {
        var given = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (prefix, iri) in _options.Prefixes.OrderBy(p => p.Key, StringComparer.Ordinal))
        {
            given.TryAdd(iri, prefix);
        }

        var spaces = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var rank in quads.Select(q => q.Predicate == 0 ? type : q.Predicate).Concat(quads.Where(q => q.Predicate == 0).Select(q => q.Object)).Distinct())
        {
            if (EncodedTerm.KindOf(bytes(rank)) == TermKind.Iri)
            {
                var iri = Encoding.UTF8.GetString(bytes(rank)[1..]);
                spaces.Add(iri[..RdfXml.XmlNames.LocalStart(iri)]);
            }
        }

        var prefixes = new Dictionary<string, string>(StringComparer.Ordinal);
        var number = 0;
        foreach (var space in spaces)
        {
            var prefix = given.GetValueOrDefault(space);
            while (prefix is null || (prefixes.ContainsKey(prefix) && prefixes[prefix] != space))
            {
                prefix = "ns" + (++number).ToString(CultureInfo.InvariantCulture);
            }

            prefixes[prefix] = space;
        }

        return prefixes;
    }

    private int Number(ReadOnlySpan<byte> term)
    {
        var numbers = _numbers.GetAlternateLookup<ReadOnlySpan<byte>>();
        if (!numbers.TryGetValue(term, out var number))
        {
            number = _terms.Count;
            var bytes = term.ToArray();
            _terms.Add(bytes);
            _numbers.Add(bytes, number);
        }

        return number;
    }
}
