using MuseumXtd.Rdf.Syntax;

namespace MuseumXtd.Garden;

/// <summary>
/// Graphs in a syntax that has a line for each statement, in the order of sorted documents. What the parts of graphs say of a subject is sorted already,
/// so that only subjects are put in order; parts whose subjects lie one behind the other are written as they are.
/// </summary>
internal sealed class LineDocument(IReadOnlyList<NamedGraph> graphs, RdfFormat format)
{
    // About a megabyte of text.
    private const int StatementsInPart = 4_096;

    /// <summary>What writes each part of the document.</summary>
    public IEnumerable<Action<Stream>> Parts(CancellationToken cancellation)
    {
        var part = new List<Stretch>();
        var count = 0;
        foreach (var stretch in Stretches())
        {
            cancellation.ThrowIfCancellationRequested();
            part.Add(stretch);
            count += stretch.Count;
            if (count >= StatementsInPart)
            {
                var full = part;
                yield return output => Write(full, output);
                (part, count) = ([], 0);
            }
        }

        yield return output => Write(part, output);
    }

    private IEnumerable<Stretch> Stretches()
    {
        if (!format.SupportsDatasets)
        {
            return StretchesOf(null, graphs.Where(g => g.InUnion));
        }

        return graphs.SelectMany(g => g.OrderedParts() is { } parts ? StretchesOf(g, parts) : StretchesOf(g, [g]));
    }

    /// <summary>Stretches of parts that lie one behind the other.</summary>
    private static IEnumerable<Stretch> StretchesOf(NamedGraph graph, IOrderedStatements[] parts)
    {
        var (first, count) = (0, 0);
        for (var i = 0; i < parts.Length; i++)
        {
            count += parts[i].Count;
            if (i + 1 == parts.Length || count >= StatementsInPart)
            {
                var stretch = new ArraySegment<IOrderedStatements>(parts, first, i + 1 - first);
                yield return new Stretch(count, sink => Write(graph, stretch, sink));
                (first, count) = (i + 1, 0);
            }
        }
    }

    /// <summary>Stretches of one graph, or of the union of some. All that is said of a subject lies in one stretch.</summary>
    private static IEnumerable<Stretch> StretchesOf(NamedGraph? graph, IEnumerable<NamedGraph> graphs)
    {
        var found = new List<SubjectRows>();
        foreach (var one in graphs)
        {
            one.AddSubjectsTo(found);
        }

        var subjects = found.ToArray();
        if (!IsSorted(subjects))
        {
            Array.Sort(subjects, (a, b) => a.Subject.SequenceCompareTo(b.Subject));
        }

        var (first, count) = (0, 0);
        for (var i = 0; i < subjects.Length; i++)
        {
            count += subjects[i].Count;
            if (i + 1 == subjects.Length || (count >= StatementsInPart && !subjects[i].Subject.SequenceEqual(subjects[i + 1].Subject)))
            {
                var stretch = new ArraySegment<SubjectRows>(subjects, first, i + 1 - first);
                yield return new Stretch(count, sink => Write(graph, stretch, sink));
                (first, count) = (i + 1, 0);
            }
        }
    }

    private static bool IsSorted(SubjectRows[] subjects)
    {
        for (var i = 1; i < subjects.Length; i++)
        {
            if (subjects[i - 1].Subject.SequenceCompareTo(subjects[i].Subject) > 0)
            {
                return false;
            }
        }

        return true;
    }

    private void Write(List<Stretch> stretches, Stream output)
    {
        using var writer = format.CreateWriter!(output, WriterOptions.Default);
        foreach (var stretch in stretches)
        {
            stretch.Write(writer);
        }

        writer.Complete();
    }

    private static void Write(NamedGraph graph, ArraySegment<IOrderedStatements> parts, IQuadSink sink)
    {
        foreach (var part in parts)
        {
            part.WriteOrderedTo(sink, graph.Name);
        }
    }

    private static void Write(NamedGraph? graph, ArraySegment<SubjectRows> subjects, IQuadSink sink)
    {
        ReadOnlySpan<byte> name = graph is null ? default : graph.Name;
        var rows = new List<(GraphPart Part, int Row)>();
        for (var i = 0; i < subjects.Count; i++)
        {
            if (i + 1 == subjects.Count || !subjects[i].Subject.SequenceEqual(subjects[i + 1].Subject))
            {
                WriteSubject(subjects[i], sink, name);
                continue;
            }

            var first = i;
            while (i + 1 < subjects.Count && subjects[i].Subject.SequenceEqual(subjects[i + 1].Subject))
            {
                i++;
            }

            WriteMerged(subjects.AsSpan(first, i + 1 - first), rows, sink, name);
        }
    }

    /// <summary>The order of sorted documents is that of the rows, but for the types, which come first.</summary>
    private static void WriteSubject(SubjectRows subject, IQuadSink sink, ReadOnlySpan<byte> graph)
    {
        var (part, first, end) = subject;
        for (var row = first; row < end; row++)
        {
            if (IsType(part, row))
            {
                part.WriteRowTo(sink, row, graph);
            }
        }

        for (var row = first; row < end; row++)
        {
            if (!IsType(part, row))
            {
                part.WriteRowTo(sink, row, graph);
            }
        }
    }

    /// <summary>What several parts say of a subject, each statement once.</summary>
    private static void WriteMerged(ReadOnlySpan<SubjectRows> subjects, List<(GraphPart Part, int Row)> rows, IQuadSink sink, ReadOnlySpan<byte> graph)
    {
        rows.Clear();
        foreach (var (part, first, end) in subjects)
        {
            for (var row = first; row < end; row++)
            {
                rows.Add((part, row));
            }
        }

        rows.Sort(Compare);
        for (var i = 0; i < rows.Count; i++)
        {
            if (i == 0 || Compare(rows[i], rows[i - 1]) != 0)
            {
                rows[i].Part.WriteRowTo(sink, rows[i].Row, graph);
            }
        }
    }

    private static bool IsType(GraphPart part, int row) => part.Predicate(row).SequenceEqual(OrderedQuads.Type);

    /// <summary>Orders rows of one subject.</summary>
    private static int Compare((GraphPart Part, int Row) a, (GraphPart Part, int Row) b)
    {
        var order = a.Part.Predicate(a.Row).SequenceCompareTo(b.Part.Predicate(b.Row));
        if (order != 0)
        {
            return IsType(a.Part, a.Row) ? -1 : IsType(b.Part, b.Row) ? 1 : order;
        }

        return a.Part.Object(a.Row).SequenceCompareTo(b.Part.Object(b.Row));
    }

    /// <summary>A number of statements and what writes them in their order.</summary>
    private readonly record struct Stretch(int Count, Action<IQuadSink> Write);
}
