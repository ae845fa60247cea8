using System.Collections.Immutable;
using MuseumXtd.Rdf;
using MuseumXtd.Rdf.Buffers;
using MuseumXtd.Shacl.Constraints;
using MuseumXtd.Shacl.Execution;
using MuseumXtd.Shacl.Reports;
using MuseumXtd.Sparql;
using MuseumXtd.Sparql.Algebra;
using MuseumXtd.Store;

namespace MuseumXtd.Shacl;

/// <summary>Validates a graph of a snapshot against shapes (SHACL, section 3.4).</summary>
public static class Validator
{
    // With the terms of a focus node and a value that nothing else holds.
    private const int BytesOfResult = 512;

    /// <summary>Validates and reports.</summary>
    /// <exception cref="ShapesException">The shapes cannot be evaluated on these data.</exception>
    /// <exception cref="QueryBudgetException">Time, memory or results are used up.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public static ValidationReport Validate(ShapeSet shapes, Snapshot snapshot, ValidationOptions options, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(shapes);
        ArgumentNullException.ThrowIfNull(snapshot);
        ArgumentNullException.ThrowIfNull(options);
        if (shapes.UsesShapesGraph)
        {
            using var store = JoinedStore.Of(shapes, snapshot, DataOf(snapshot, options), cancellation);
            return Validate(shapes, store.Current, options with { DataGraph = null, DefaultGraph = DefaultGraphMode.Own }, JoinedStore.ShapesGraph, cancellation);
        }

        return Validate(shapes, snapshot, options, null, cancellation);
    }

    private static TripleIndex DataOf(Snapshot snapshot, ValidationOptions options)
    {
        if (options.DataGraph is null)
        {
            return options.DefaultGraph == DefaultGraphMode.Union ? snapshot.Union : snapshot.DefaultGraph;
        }

        return snapshot.Dictionary.TryGetId(options.DataGraph.Encode(), out var id) && snapshot.TryGetGraph(id, out var graph) ? graph : TripleIndex.Empty;
    }

    private static ValidationReport Validate(
        ShapeSet shapes, Snapshot snapshot, ValidationOptions options, Iri? shapesGraph, CancellationToken cancellation)
    {
        var validation = new Validation(shapes.Constants.Terms, snapshot, DataOf(snapshot, options), options, cancellation) { ShapesGraph = shapesGraph };
        foreach (var shape in shapes.Shapes)
        {
            cancellation.ThrowIfCancellationRequested();
            validation.ValidateTargets(shape);
        }

        var names = new TermNames(shapes.Graph.Prefixes);
        var explanations = new Dictionary<Constraint, ImmutableArray<Literal>>();
        var results = Sort(validation).Select(f => ResultOf(f, validation, names, explanations)).ToImmutableArray();
        return new ValidationReport(results, shapes.Graph.Prefixes);
    }

    /// <summary>The findings in an order that does not depend on ids: by the bytes of the focus node, then shape, component, path and value.</summary>
    private static List<Finding> Sort(Validation validation)
    {
        using var other = new ByteBuffer();
        validation.Findings.Sort((x, y) =>
        {
            validation.Work(1);
            var order = x.Focus == y.Focus ? 0 : Compare(x.Focus, y.Focus);
            order = order != 0 ? order : x.Constraint.Shape.Number.CompareTo(y.Constraint.Shape.Number);
            order = order != 0 ? order : string.CompareOrdinal(x.Constraint.Component.Value, y.Constraint.Component.Value);
            order = order != 0 ? order : string.CompareOrdinal((x.Path as LinkPath)?.Predicate.Value, (y.Path as LinkPath)?.Predicate.Value);
            return order != 0 || x.Value == y.Value ? order : Compare(x.Value, y.Value);
        });
        return validation.Findings;

        int Compare(uint x, uint y)
        {
            if (x == 0 || y == 0)
            {
                return x.CompareTo(y);
            }

            return validation.Encoded(x).SequenceCompareTo(validation.Terms.Encoded(new TermId(y), other));
        }
    }

    private static ValidationResult ResultOf(Finding finding, Validation validation, TermNames names, Dictionary<Constraint, ImmutableArray<Literal>> explanations)
    {
        validation.Work(1);
        validation.Charge(BytesOfResult);
        var constraint = finding.Constraint;
        var messages = finding.Messages ?? (constraint.Messages.IsEmpty ? constraint.Shape.Messages : constraint.Messages);
        if (messages.IsEmpty && !explanations.TryGetValue(constraint, out messages))
        {
            var (french, english) = constraint.Explain(names);
            messages = [new Literal(english, "en"), new Literal(french, "fr")];
            explanations.Add(constraint, messages);
        }

        return new ValidationResult(
            validation.Terms.Decode(new TermId(finding.Focus)),
            finding.Path ?? constraint.Shape.Path,
            finding.Value == 0 ? null : validation.Terms.Decode(new TermId(finding.Value)),
            constraint.Shape.Node,
            constraint.Component,
            constraint.Shape.Severity,
            messages,
            constraint.Source);
    }
}
