using MuseumXtd.Sparql.Algebra;

namespace MuseumXtd.Sparql.Execution;

/// <summary>Adds a variable that has the value of another, always bound one, or of a constant.</summary>
internal sealed class CopyColumn : Operator
{
    private readonly Operator _input;
    private readonly PatternTerm _source;
    private readonly int _slot;
    private readonly uint[] _constant;

    public CopyColumn(Operator input, Variable variable, PatternTerm source)
        : base(input.Context, new Schema([.. input.Schema.Variables, variable]), new VariableSet(input.Certain.Append(variable)), input)
    {
        _input = input;
        _source = source;
        _slot = source is Variable other ? input.Schema.SlotOf(other) : -1;
        _constant = _slot < 0 ? Context.NewColumn() : [];
        if (source is ConstantTerm constant)
        {
            _constant.AsSpan().Fill(Context.Terms.Intern(constant.Term).Value);
        }
    }

    /// <inheritdoc/>
    public override string Details => $"{Schema.Variables[^1]} = {_source}";

    /// <inheritdoc/>
    public override bool IsRowwise => true;

    /// <inheritdoc/>
    public override double WorkFor(double rows) => WorkInProportion(rows);

    /// <inheritdoc/>
    protected override Operator MakeCopy(PipelineCopy to) => new CopyColumn(to.Of(_input), Schema.Variables[^1], _source);

    /// <inheritdoc/>
    protected override Batch? Pull() =>
        _input.Next() is { } rows ? new Batch([.. rows.Columns, _slot < 0 ? _constant : rows.Columns[_slot]], rows.Count) { Weights = rows.Weights } : null;

    /// <inheritdoc/>
    protected override long CountPulled() => _input.CountRows();
}
