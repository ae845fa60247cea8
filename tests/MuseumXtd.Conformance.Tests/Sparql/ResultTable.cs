using System.Globalization;
using System.Text;
using MuseumXtd.Rdf;
using MuseumXtd.Rdf.Model;
using MuseumXtd.Rdf.Values;
using MuseumXtd.Sparql;

namespace MuseumXtd.Conformance.Tests.Sparql;

/// <summary>The solutions of a query, or what a test expects them to be.</summary>
internal sealed record ResultTable(IReadOnlyList<string> Variables, IReadOnlyList<IReadOnlyDictionary<string, Term>> Rows)
{
    public static ResultTable Of(SolutionResults results)
    {
        var names = results.Variables.Select(v => v.Name).ToList();
        var rows = new List<IReadOnlyDictionary<string, Term>>();
        while (results.NextBatch())
        {
            for (var row = 0; row < results.RowCount; row++)
            {
                var bindings = new Dictionary<string, Term>();
                for (var i = 0; i < names.Count; i++)
                {
                    if (results.Column(i)[row] is var id and not 0)
                    {
                        bindings.Add(names[i], results.Terms.Decode(new Store.TermId(id)));
                    }
                }

                rows.Add(bindings);
            }
        }

        return new ResultTable(names, rows);
    }

    /// <summary>Whether two tables have the same rows as often, in any order and with any names of blank nodes: as graphs with a node a row.</summary>
    public bool IsSameAs(ResultTable other) =>
        Variables.ToHashSet().SetEquals(other.Variables) && Isomorphism.AreIsomorphic(ToGraph(), other.ToGraph());

    /// <summary>Whether two tables without blank nodes have the same rows in the same order.</summary>
    public bool IsSameInOrder(ResultTable other) => Rows.Select(Key).SequenceEqual(other.Rows.Select(Key));

    /// <summary>The table with each row once.</summary>
    public ResultTable Distinct() => this with { Rows = [.. Rows.DistinctBy(Key)] };

    /// <summary>The table with literals in canonical form, to tell a wrong value from another way to write it.</summary>
    public ResultTable Canonical() => this with
    {
        Rows = [.. Rows.Select(row => (IReadOnlyDictionary<string, Term>)row.ToDictionary(b => b.Key, b => Canonical(b.Value)))],
    };

    public override string ToString() => string.Join(" | ", Rows.Select(Key).Order(StringComparer.Ordinal).Take(12));

    private static string Key(IReadOnlyDictionary<string, Term> row) =>
        string.Join(" ", row.OrderBy(b => b.Key, StringComparer.Ordinal).Select(b => $"{b.Key}={b.Value}"));

    private static Term Canonical(Term term)
    {
        if (term is not Literal literal)
        {
            return term;
        }

        if (literal.Language is not null)
        {
            return new Literal(literal.LexicalForm, literal.Language.ToLowerInvariant(), literal.Direction);
        }

        var text = Encoding.UTF8.GetBytes(literal.LexicalForm);
        Span<byte> output = stackalloc byte[XsdDuration.MaxLength];
        var datatype = XsdDatatypes.Of(Encoding.UTF8.GetBytes(literal.Datatype.Value));
        var length = -1;
        if (datatype.IsInteger() && XsdNumbers.TryParseInteger(text, out var integer))
        {
            length = XsdNumbers.Write(integer, output);
        }
        else if (datatype == XsdDatatype.Decimal && XsdNumbers.TryParseDecimal(text, out var number))
        {
            length = XsdNumbers.Write(number, output);
        }
        else if (datatype == XsdDatatype.Double && XsdNumbers.TryParseDouble(text, out var floating))
        {
            // A sum of doubles depends on the order of the rows, which a group does not have.
            length = XsdNumbers.Write(double.Parse(floating.ToString("G14", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture), output);
        }
        else if (datatype == XsdDatatype.Float && XsdNumbers.TryParseFloat(text, out var single))
        {
            length = XsdNumbers.Write(single, output);
        }
        else if (datatype == XsdDatatype.Boolean && XsdNumbers.TryParseBoolean(text, out var boolean))
        {
            return new Literal(boolean ? "true" : "false", literal.Datatype);
        }

        return length < 0 ? term : new Literal(Encoding.UTF8.GetString(output[..length]), literal.Datatype);
    }

    private List<Quad> ToGraph()
    {
        var quads = new List<Quad>();
        for (var i = 0; i < Rows.Count; i++)
        {
            var row = new BlankNode(string.Create(CultureInfo.InvariantCulture, $"row{i}"));
            quads.Add(new Quad(row, new Iri("urn:row"), new Iri("urn:row"), null));
            quads.AddRange(Rows[i].Select(b => new Quad(row, new Iri("urn:variable:" + b.Key), b.Value, null)));
        }

        return quads;
    }
}
