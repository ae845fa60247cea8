namespace MuseumXtd.Rdf.Syntax;

/// <summary>
/// A dataset in the one order that sorted documents have: graphs, subjects, predicates (<c>rdf:type</c> first) and objects by their bytes, each
/// statement once. A term is its rank in the order of bytes, from 1; as a graph, 0 is the default one, and as a predicate, 0 is
/// <c>rdf:type</c>.
/// </summary>
public abstract class OrderedQuads
{
    private const int RowsInPart = 1 << 13;

    /// <summary><c>rdf:type</c>, encoded.</summary>
    public static ReadOnlySpan<byte> Type => "<http://www.w3.org/1999/02/22-rdf-syntax-ns#type"u8;

    /// <summary>The statements in order.</summary>
    public abstract ReadOnlySpan<QuadRow> Rows { get; }

    /// <summary>One more than the last rank.</summary>
    public abstract int RankEnd { get; }

    /// <summary>The encoded term of a rank; nothing for the default graph. Valid as long as this is.</summary>
    public abstract ReadOnlySpan<byte> Term(int rank);

    /// <summary>The rank of a term that is there, also of a blank node within a triple term.</summary>
    public abstract int RankOf(ReadOnlySpan<byte> term);

    /// <summary>The encoded term of a rank in the position of a predicate.</summary>
    public ReadOnlySpan<byte> Predicate(int rank) => rank == 0 ? Type : Term(rank);

    /// <summary>Writes a document, in the form for people where the syntax has one. The same statements give the same bytes.</summary>
    /// <exception cref="RdfWriteException">The syntax cannot say it.</exception>
    public void WriteTo(Stream output, RdfFormat format, WriterOptions options)
    {
        ArgumentNullException.ThrowIfNull(format);
        if (format.WriteSorted is not null)
        {
            format.WriteSorted(this, output, options);
            return;
        }

        if (Rows.Length > 2 * RowsInPart)
        {
            WriteParts(output, format, options);
            return;
        }

        using var writer = format.CreateWriter!(output, options);
        WriteTo(writer);
        writer.Complete();
    }

    /// <summary>Writes the statements in order.</summary>
    public void WriteTo(IQuadSink sink)
    {
        ArgumentNullException.ThrowIfNull(sink);
        WriteTo(sink, Rows);
    }

    private void WriteTo(IQuadSink sink, ReadOnlySpan<QuadRow> rows)
    {
        foreach (var (g, s, p, o) in rows)
        {
            sink.Quad(Term(s), Predicate(p), Term(o), Term(g));
        }
    }

    /// <summary>
    /// Syntaxes without a form for people have a line for each statement, so parts of a document are made on several cores and put behind one
    /// another.
    /// </summary>
    private void WriteParts(Stream output, RdfFormat format, WriterOptions options) => DocumentParts.Write(output, Parts(format, options));

    private IEnumerable<Action<Stream>> Parts(RdfFormat format, WriterOptions options)
    {
        for (var next = 0; next < Rows.Length; next += RowsInPart)
        {
            var (from, to) = (next, Math.Min(Rows.Length, next + RowsInPart));
            yield return part =>
            {
                using var writer = format.CreateWriter!(part, options);
                WriteTo(writer, Rows[from..to]);
                writer.Complete();
            };
        }
    }
}

/// <summary>A statement of ranks.</summary>
/// <param name="Graph">Its graph, or 0.</param>
/// <param name="Subject">Its subject.</param>
/// <param name="Predicate">Its predicate, or 0 for <c>rdf:type</c>.</param>
/// <param name="Object">Its object.</param>
public readonly record struct QuadRow(int Graph, int Subject, int Predicate, int Object) : IComparable<QuadRow>
{
    /// <inheritdoc/>
    public int CompareTo(QuadRow other) =>
        Graph != other.Graph ? Graph.CompareTo(other.Graph)
        : Subject != other.Subject ? Subject.CompareTo(other.Subject)
        : Predicate != other.Predicate ? Predicate.CompareTo(other.Predicate)
        : Object.CompareTo(other.Object);

    /// <summary>Orders as <see cref="CompareTo"/> does.</summary>
    public static bool operator <(QuadRow left, QuadRow right) => left.CompareTo(right) < 0;

    /// <summary>Orders as <see cref="CompareTo"/> does.</summary>
    public static bool operator >(QuadRow left, QuadRow right) => left.CompareTo(right) > 0;

    /// <summary>Orders as <see cref="CompareTo"/> does.</summary>
    public static bool operator <=(QuadRow left, QuadRow right) => left.CompareTo(right) <= 0;

    /// <summary>Orders as <see cref="CompareTo"/> does.</summary>
    public static bool operator >=(QuadRow left, QuadRow right) => left.CompareTo(right) >= 0;
}
