using System.Globalization;
using MuseumXtd.Rdf;
using MuseumXtd.Rdf.Syntax;
using MuseumXtd.Rdf.Vocabulary;
using MuseumXtd.Shacl.Vocabulary;
using MuseumXtd.Sparql.Algebra;

namespace MuseumXtd.Shacl.Reports;

/// <summary>A validation report as a graph (SHACL, section 3.6).</summary>
public static class ReportGraph
{
    /// <summary>The prefixes that the graph wants, with those of the shapes.</summary>
    public static IReadOnlyDictionary<string, string> PrefixesOf(ValidationReport report)
    {
        ArgumentNullException.ThrowIfNull(report);
        return new Dictionary<string, string>(report.Prefixes) { ["sh"] = Sh.Namespace, ["rdf"] = RdfNames.Namespace, ["xsd"] = Xsd.Namespace };
    }

    /// <summary>
    /// Writes the graph. Blank nodes of the data and the shapes keep their labels; those of the report are called <c>report</c>,
    /// <c>report.1</c>, and so on.
    /// </summary>
    /// <param name="report">The report.</param>
    /// <param name="sink">Takes the triples.</param>
    /// <param name="cancellation">Ends the writing.</param>
    public static void Write(ValidationReport report, IQuadSink sink, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(report);
        ArgumentNullException.ThrowIfNull(sink);
        new Writer(sink).Write(report, cancellation);
    }

    private sealed class Writer(IQuadSink sink)
    {
        private int _nodes;

        public void Write(ValidationReport report, CancellationToken cancellation)
        {
            var root = new BlankNode("report");
            Add(root, RdfNames.Type, Sh.ValidationReport);
            Add(root, Sh.Conforms, new Literal(report.Conforms ? "true" : "false", Xsd.Boolean));
            foreach (var result in report.Results)
            {
                cancellation.ThrowIfCancellationRequested();
                var node = Fresh();
                Add(root, Sh.Result, node);
                Write(result, node);
            }
        }

        private void Write(ValidationResult result, BlankNode node)
        {
            Add(node, RdfNames.Type, Sh.ValidationResult);
            Add(node, Sh.FocusNode, result.FocusNode);
            if (result.Path is not null)
            {
                Add(node, Sh.ResultPath, Write(result.Path));
            }

            if (result.Value is not null)
            {
                Add(node, Sh.Value, result.Value);
            }

            Add(node, Sh.ResultSeverity, result.Severity);
            Add(node, Sh.SourceShape, result.SourceShape);
            Add(node, Sh.SourceConstraintComponent, result.Component);
            if (result.SourceConstraint is not null)
            {
                Add(node, Sh.SourceConstraint, result.SourceConstraint);
            }

            foreach (var message in result.Messages)
            {
                Add(node, Sh.ResultMessage, message);
            }
        }

        private Term Write(PropertyPath path)
        {
            switch (path)
            {
                case LinkPath link:
                    return link.Predicate;
                case SequencePath:
                    return List(Members(path));
                case AlternativePath:
                    return Around(Sh.AlternativePath, List(Members(path)));
                case InversePath inverse:
                    return Around(Sh.InversePath, Write(inverse.Path));
                case ZeroOrMorePath closure:
                    return Around(Sh.ZeroOrMorePath, Write(closure.Path));
                case OneOrMorePath closure:
                    return Around(Sh.OneOrMorePath, Write(closure.Path));
                case ZeroOrOnePath optional:
                    return Around(Sh.ZeroOrOnePath, Write(optional.Path));
                default:
                    throw new ArgumentException($"No path of SHACL: {path.GetType().Name}.", nameof(path));
            }
        }

        private static IEnumerable<PropertyPath> Members(PropertyPath path) => path switch
        {
            SequencePath { Left: SequencePath left } sequence => Members(left).Append(sequence.Right),
            SequencePath sequence => [sequence.Left, sequence.Right],
            AlternativePath { Left: AlternativePath left } either => Members(left).Append(either.Right),
            AlternativePath either => [either.Left, either.Right],
            _ => [path],
        };

        private BlankNode Around(Iri predicate, Term inner)
        {
            var node = Fresh();
            Add(node, predicate, inner);
            return node;
        }

        private BlankNode List(IEnumerable<PropertyPath> members)
        {
            var head = Fresh();
            var cell = head;
            var items = members.ToList();
            for (var i = 0; i < items.Count; i++)
            {
                Add(cell, RdfNames.First, Write(items[i]));
                var next = i + 1 < items.Count ? Fresh() : null;
                Add(cell, RdfNames.Rest, (Term?)next ?? RdfNames.Nil);
                cell = next ?? cell;
            }

            return head;
        }

        private BlankNode Fresh() => new("report." + (++_nodes).ToString("D4", CultureInfo.InvariantCulture));

        private void Add(Term subject, Iri predicate, Term @object) => sink.Quad(subject.Encode(), predicate.Encode(), @object.Encode(), default);
    }
}
