using System.Collections.Immutable;
using MuseumXtd.Rdf;
using MuseumXtd.Sparql.Algebra;
using MuseumXtd.Store;

namespace MuseumXtd.Sparql.Execution;

/// <summary>Takes a quad as ids of a query's terms; graph 0 is the unnamed one.</summary>
internal delegate void QuadAction(uint subject, uint predicate, uint @object, uint graph);

/// <summary>
/// A template of quads: filled with a solution it gives quads, without those that are none, and with new blank nodes for each solution
/// (SPARQL 1.1 Update, section 3.1.3).
/// </summary>
internal sealed class QuadTemplate
{
    private readonly QueryTerms _terms;
    private readonly (Part Subject, Part Predicate, Part Object, Part Graph)[] _quads;
    private readonly uint[] _nodes;

    public QuadTemplate(QueryTerms terms, Schema schema, ImmutableArray<QuadPattern> quads, Iri? with)
    {
        _terms = terms;
        var labels = new Dictionary<string, int>(StringComparer.Ordinal);
        var defaultGraph = with is null ? default : new Part(terms.Intern(with).Value, -1, -1, null);
        _quads = [.. quads.Select(q => (PartOf(q.Triple.Subject), PartOf(q.Triple.Predicate), PartOf(q.Triple.Object), q.Graph is null ? defaultGraph : PartOf(q.Graph)))];
        _nodes = new uint[labels.Count];

        Part PartOf(PatternTerm term)
        {
            switch (term)
            {
                case ConstantTerm constant:
                    return new Part(terms.Intern(constant.Term).Value, -1, -1, null);
                case Variable variable when variable.Name.StartsWith("_:", StringComparison.Ordinal):
                    if (!labels.TryGetValue(variable.Name, out var label))
                    {
                        label = labels.Count;
                        labels.Add(variable.Name, label);
                    }

                    return new Part(0, -1, label, null);
                case Variable variable:
                    return new Part(0, schema.SlotOf(variable), -1, null);
                case TripleTermPattern triple:
                    return new Part(0, -1, -1, [PartOf(triple.Subject), PartOf(triple.Predicate), PartOf(triple.Object)]);
                default:
                    throw new ArgumentException($"{term} cannot stand in a template.");
            }
        }
    }

    /// <summary>The quads of a solution.</summary>
    public void Fill(Batch batch, int row, QuadAction action)
    {
        for (var i = 0; i < _nodes.Length; i++)
        {
            _nodes[i] = _terms.FreshBlankNode().Value;
        }

        foreach (var (s, p, o, g) in _quads)
        {
            var (subject, predicate, @object) = (Get(s, batch, row), Get(p, batch, row), Get(o, batch, row));
            var graph = g == default ? 0 : Get(g, batch, row);
            if (IsTriple(subject, predicate, @object) && (g == default || (graph != 0 && _terms.KindOf(new TermId(graph)) is TermKind.Iri or TermKind.BlankNode)))
            {
                action(subject, predicate, @object, graph);
            }
        }
    }

    private uint Get(Part part, Batch batch, int row)
    {
        if (part.Constant != 0)
        {
            return part.Constant;
        }

        if (part.Label >= 0)
        {
            return _nodes[part.Label];
        }

        if (part.Triple is null)
        {
            return part.Slot < 0 ? 0 : batch.Columns[part.Slot][row];
        }

        var (subject, predicate, @object) = (Get(part.Triple[0], batch, row), Get(part.Triple[1], batch, row), Get(part.Triple[2], batch, row));
        return IsTriple(subject, predicate, @object)
            ? _terms.Intern(new TripleTerm(_terms.Decode(new TermId(subject)), (Iri)_terms.Decode(new TermId(predicate)), _terms.Decode(new TermId(@object)))).Value
            : 0;
    }

    private bool IsTriple(uint subject, uint predicate, uint @object) =>
        subject != 0 && predicate != 0 && @object != 0
        && _terms.KindOf(new TermId(subject)) is TermKind.Iri or TermKind.BlankNode
        && _terms.KindOf(new TermId(predicate)) == TermKind.Iri;

    /// <summary>Where a position's term comes from: it is fixed, of a column, a new blank node, or a triple term of others.</summary>
    private readonly record struct Part(uint Constant, int Slot, int Label, Part[]? Triple);
}
