using MuseumXtd.Rdf.Syntax;

namespace MuseumXtd.Garden;

/// <summary>
/// Graphs in a syntax that has a line for each statement, in the order of sorted documents. What the parts of graphs say of a subject is sorted already,
/// so that only subjects are put in order.
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
            return StretchesOf(null, graphs.Where(g => g.InUnion).SelectMany(g => g.Subjects()).ToArray());
        }

        return graphs.SelectMany(g => StretchesOf(g, [.. g.Subjects()]));
    }

    /// <summary>All that is said of a subject lies in one stretch.</summary>
    private static IEnumerable<Stretch> StretchesOf(NamedGraph? graph, SubjectRows[] subjects)
    {
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
                yield return new Stretch(graph, new ArraySegment<SubjectRows>(subjects, first, i + 1 - first), count);
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
        var rows = new List<(GraphPart Part, int Row)>();
        foreach (var (graph, subjects, _) in stretches)
        {
            ReadOnlySpan<byte> name = graph is null ? default : graph.Name;
            for (var i = 0; i < subjects.Count; i++)
            {
                if (i + 1 == subjects.Count || !subjects[i].Subject.SequenceEqual(subjects[i + 1].Subject))
                {
                    WriteSubject(subjects[i], writer, name);
                    continue;
                }

                var first = i;
                while (i + 1 < subjects.Count && subjects[i].Subject.SequenceEqual(subjects[i + 1].Subject))
                {
                    i++;
                }

                WriteMerged(subjects.AsSpan(first, i + 1 - first), rows, writer, name);
            }
        }

        writer.Complete();
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

    /// <summary>Statements of a graph, or of the default one.</summary>
    private readonly record struct Stretch(NamedGraph? Graph, ArraySegment<SubjectRows> Subjects, int Count);
}
