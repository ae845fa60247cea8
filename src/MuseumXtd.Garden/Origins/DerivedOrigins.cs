using System.Text;
using MuseumXtd.Garden.Projection;
using MuseumXtd.Rdf;

namespace MuseumXtd.Garden;

/// <summary>
/// The words behind statements that no note says in this form, because they are short cuts past what a note says: "led by" past a participation with a
/// role, a first year past a period, a place past the area that is served. What is asked for here is what <see cref="DerivedStatements"/> states.
/// </summary>
internal static class DerivedOrigins
{
    private static readonly Dictionary<string, Way[]> Ways = new(StringComparer.Ordinal)
    {
        [Mxtd.Participant.Value] = [new(Mxtd.HasParticipation, Mxtd.Agent)],
        [Mxtd.LedBy.Value] = [new(Mxtd.HasParticipation, Mxtd.Agent, "lead", "coordinator", "creator", "developer")],
        [Mxtd.Partner.Value] = [new(Mxtd.HasParticipation, Mxtd.Agent, "partner")],
        [Mxtd.FundedBy.Value] = [new(Mxtd.HasParticipation, Mxtd.Agent, "funder", "sponsor"), new(Mxtd.HasFunding, Mxtd.Funder)],
        [Mxtd.StartYear.Value] = [new(Mxtd.Period, Mxtd.StartYear)],
        [Mxtd.EndYear.Value] = [new(Mxtd.Period, Mxtd.EndYear)],
    };

    private static readonly byte[][] Areas = [Mxtd.CoversArea.Encode(), Mxtd.BasedIn.Encode()];
    private static readonly byte[] Role = Mxtd.Role.Encode();
    private static readonly byte[] HasOutput = Mxtd.HasOutput.Encode();

    /// <summary>Whether a predicate turns a statement of the notes round, so that its object is their subject.</summary>
    public static bool IsInverse(ReadOnlySpan<byte> predicate) => predicate.SequenceEqual(Mxtd.OutputOf.Encode());

    /// <summary>Adds the words of one note behind a statement.</summary>
    public static void Add(NoteOrigins note, ReadOnlySpan<byte> subject, ReadOnlySpan<byte> predicate, ReadOnlySpan<byte> @object, List<Origin> origins)
    {
        var part = note.Statements;
        if (IsInverse(predicate))
        {
            AddRow(note, part.Find(@object, HasOutput, subject), origins);
        }
        else if (predicate.SequenceEqual(Mxtd.Place.Encode()))
        {
            foreach (var area in Areas)
            {
                AddRow(note, part.Find(subject, area, @object), origins);
            }
        }
        else if (predicate.Length > 0 && Ways.TryGetValue(Encoding.UTF8.GetString(predicate[1..]), out var ways))
        {
            var (first, end) = part.Rows(subject);
            for (var row = first; row < end; row++)
            {
                foreach (var way in ways)
                {
                    if (part.Predicate(row).SequenceEqual(way.Link) && part.Find(part.Object(row), way.Value, @object) is >= 0 and var said && way.Fits(part, part.Object(row)))
                    {
                        AddRow(note, said, origins);
                    }
                }
            }
        }
    }

    private static void AddRow(NoteOrigins note, int row, List<Origin> origins)
    {
        if (row >= 0)
        {
            origins.AddRange(note.Of(row));
        }
    }

    /// <summary>From a thing to a node about it, and from that to a value; where there are roles, the node has one of them.</summary>
    private sealed class Way(Iri link, Iri value, params string[] roles)
    {
        private readonly byte[][] _roles = Array.ConvertAll(roles, r => Mxtd.Concept("roles", r).Encode());

        public byte[] Link { get; } = link.Encode();

        public byte[] Value { get; } = value.Encode();

        public bool Fits(GraphPart part, ReadOnlySpan<byte> node)
        {
            foreach (var role in _roles)
            {
                if (part.Find(node, Role, role) >= 0)
                {
                    return true;
                }
            }

            return _roles.Length == 0;
        }
    }
}
