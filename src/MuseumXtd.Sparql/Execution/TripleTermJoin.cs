using MuseumXtd.Rdf;
using MuseumXtd.Sparql.Algebra;
using MuseumXtd.Store;

namespace MuseumXtd.Sparql.Execution;

/// <summary>Takes the triple terms of a column apart: keeps the rows where they match a pattern, and binds its variables.</summary>
internal sealed class UnpackTriple : Operator
{
    private readonly Operator _input;
    private readonly Variable _variable;
    private readonly TripleTermPattern _pattern;
    private readonly int _slot;
    private readonly Batch _output;
    private readonly Part _parts;

    public UnpackTriple(Operator input, Variable variable, TripleTermPattern pattern)
        : base(
            input.Context,
            new Schema([.. input.Schema.Variables.Concat(VariablesOf(pattern)).Distinct()]),
            new VariableSet(input.Certain.Concat(VariablesOf(pattern))),
            input)
    {
        _input = input;
        _variable = variable;
        _pattern = pattern;
        _slot = input.Schema.SlotOf(variable);
        _parts = PartOf(pattern);
        _output = Context.NewBatch(Schema.Width);
    }

    /// <inheritdoc/>
    public override string Details => $"{_variable} = {_pattern}";

    /// <summary>The variables of a pattern, also those within.</summary>
    public static IEnumerable<Variable> VariablesOf(PatternTerm term) => term switch
    {
        Variable variable => [variable],
        TripleTermPattern triple => VariablesOf(triple.Subject).Concat(VariablesOf(triple.Predicate)).Concat(VariablesOf(triple.Object)).Distinct(),
        _ => [],
    };

    /// <inheritdoc/>
    public override bool IsRowwise => true;

    /// <inheritdoc/>
    protected override Operator MakeCopy(PipelineCopy to) => new UnpackTriple(to.Of(_input), _variable, _pattern);

    /// <inheritdoc/>
    protected override Batch? Pull()
    {
        while (_input.Next() is { } rows)
        {
            _output.Count = 0;
            for (var row = 0; row < rows.Count; row++)
            {
                for (var i = 0; i < _output.Columns.Length; i++)
                {
                    _output.Columns[i][_output.Count] = i < rows.Columns.Length ? rows.Columns[i][row] : 0;
                }

                var id = new TermId(rows.Columns[_slot][row]);
                if (id.IsBound && Context.Terms.KindOf(id) == TermKind.TripleTerm && Matches(Context.Terms.Encoded(id, Context.Terms.Scratch), _parts))
                {
                    _output.Count++;
                }
            }

            if (_output.Count > 0)
            {
                return _output;
            }
        }

        return null;
    }

    private Part PartOf(PatternTerm term) => term switch
    {
        ConstantTerm constant => new Part(Context.Terms.Intern(constant.Term).Value, -1, null),
        Variable variable => new Part(0, Schema.SlotOf(variable), null),
        TripleTermPattern triple => new Part(0, -1, [PartOf(triple.Subject), PartOf(triple.Predicate), PartOf(triple.Object)]),
        _ => throw new ArgumentException($"Unknown term {term}.", nameof(term)),
    };

    /// <summary>Whether a term fits; the row that is being made learns what its variables are.</summary>
    private bool Matches(ReadOnlySpan<byte> encoded, Part part)
    {
        if (part.Parts is { } parts)
        {
            var term = new EncodedTerm(encoded);
            return term.Kind == TermKind.TripleTerm
                && Matches(term.Subject, parts[0]) && Matches(term.Predicate, parts[1]) && Matches(term.Object, parts[2]);
        }

        var id = Context.Terms.Intern(encoded).Value;
        if (part.Constant != 0)
        {
            return part.Constant == id;
        }

        ref var value = ref _output.Columns[part.Slot][_output.Count];
        if (value == 0)
        {
            value = id;
        }

        return value == id;
    }

    /// <summary>What is at a place of the pattern: a term, a column, or a triple.</summary>
    private sealed record Part(uint Constant, int Slot, Part[]? Parts);
}

/// <summary>Puts triple terms together from columns that are all bound, so that they can be looked up.</summary>
internal sealed class PackTriple : Operator
{
    private readonly Operator _input;
    private readonly Variable _variable;
    private readonly TripleTermPattern _pattern;
    private readonly uint[] _ids;

    public PackTriple(Operator input, Variable variable, TripleTermPattern pattern)
        : base(input.Context, new Schema([.. input.Schema.Variables, variable]), new VariableSet(input.Certain.Append(variable)), input)
    {
        _input = input;
        _variable = variable;
        _pattern = pattern;
        _ids = Context.NewColumn();
    }

    /// <inheritdoc/>
    public override string Details => $"{_variable} = {_pattern}";

    /// <inheritdoc/>
    public override bool IsRowwise => true;

    /// <inheritdoc/>
    protected override Operator MakeCopy(PipelineCopy to) => new PackTriple(to.Of(_input), _variable, _pattern);

    /// <inheritdoc/>
    protected override Batch? Pull()
    {
        if (_input.Next() is not { } rows)
        {
            return null;
        }

        for (var row = 0; row < rows.Count; row++)
        {
            _ids[row] = Pack(_pattern, rows, row).Value;
        }

        return new Batch([.. rows.Columns, _ids], rows.Count);
    }

    private TermId Pack(PatternTerm pattern, Batch rows, int row)
    {
        switch (pattern)
        {
            case ConstantTerm constant:
                return Context.Terms.Intern(constant.Term);
            case Variable variable:
                return new TermId(rows.Columns[_input.Schema.SlotOf(variable)][row]);
            default:
                var triple = (TripleTermPattern)pattern;
                return Context.Terms.InternTriple(Pack(triple.Subject, rows, row), Pack(triple.Predicate, rows, row), Pack(triple.Object, rows, row));
        }
    }
}
