using MuseumXtd.Sparql.Algebra;

namespace MuseumXtd.Sparql.Execution;

/// <summary>A pattern in each named graph in turn, with the graph's name in a variable (SPARQL 1.1 Query, section 18.6, eval of Graph).</summary>
internal sealed class EachGraph : Operator
{
    private readonly Variable _name;
    private readonly Func<uint, Operator> _plan;
    private readonly uint[] _names;
    private readonly uint[] _column;
    private readonly uint[] _unbound;
    private readonly Batch _kept;
    private IReadOnlyList<uint[]> _lent = [];
    private int _next;
    private Operator? _current;

    /// <summary>The pattern in each graph.</summary>
    /// <param name="context">The query.</param>
    /// <param name="schema">The columns of the plans, with the name.</param>
    /// <param name="certain">What every plan binds.</param>
    /// <param name="name">The variable of the name.</param>
    /// <param name="plan">Makes the plan for a graph.</param>
    public EachGraph(QueryContext context, Schema schema, VariableSet certain, Variable name, Func<uint, Operator> plan)
        : base(context, schema, new VariableSet(certain.Append(name)))
    {
        _name = name;
        _plan = plan;
        _names = context.Dataset.Names();
        _column = context.NewColumn();
        _unbound = context.NewColumn();
        _kept = context.NewBatch(schema.Width);
    }

    /// <inheritdoc/>
    public override string Details => _name.ToString();

    /// <inheritdoc/>
    public override void End() => _current?.End();

    /// <inheritdoc/>
    public override double WorkFor(double rows) => double.PositiveInfinity;

    /// <inheritdoc/>
    protected override Batch? Pull()
    {
        while (true)
        {
            if (_current is null)
            {
                if (_next == _names.Length)
                {
                    return null;
                }

                // There may be thousands of graphs: each plan's columns go back before the next plan is made.
                Context.Return(_lent);
                (_current, _lent) = Context.Track(() => _plan(_names[_next++]));
            }

            while (_current.Next() is { } batch)
            {
                if (WithName(batch, _names[_next - 1]) is { Count: > 0 } named)
                {
                    return named;
                }
            }

            _current.End();
            _current = null;
        }
    }

    /// <summary>The rows with the graph's name, without those that bind the variable to something else.</summary>
    private Batch WithName(Batch batch, uint name)
    {
        var inner = _current!.Schema;
        var own = inner.SlotOf(_name);
        _column.AsSpan().Fill(name);
        var columns = new uint[Schema.Width][];
        for (var i = 0; i < columns.Length; i++)
        {
            var slot = inner.SlotOf(Schema.Variables[i]);
            columns[i] = Schema.Variables[i] == _name ? _column : slot < 0 ? _unbound : batch.Columns[slot];
        }

        if (own < 0)
        {
            return new Batch(columns, batch.Count);
        }

        _kept.Count = 0;
        for (var row = 0; row < batch.Count; row++)
        {
            if (batch.Columns[own][row] is var value && (value == 0 || value == name))
            {
                for (var i = 0; i < columns.Length; i++)
                {
                    _kept.Columns[i][_kept.Count] = columns[i][row];
                }

                _kept.Count++;
            }
        }

        return _kept;
    }
}
