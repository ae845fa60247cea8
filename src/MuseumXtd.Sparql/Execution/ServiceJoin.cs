using MuseumXtd.Rdf;
using MuseumXtd.Sparql.Algebra;
using MuseumXtd.Sparql.Federation;
using MuseumXtd.Sparql.Optimisation;
using MuseumXtd.Store;

namespace MuseumXtd.Sparql.Execution;

/// <summary>
/// SERVICE: joins rows with the solutions of another endpoint. Rows are gathered, and their different values of the variables that both sides always bind are
/// sent along, many in a request; so the endpoint answers what the rows need, not everything.
/// </summary>
internal sealed class ServiceJoin : Operator
{
    private readonly Operator _input;
    private readonly Service _service;
    private readonly IServiceClient _client;
    private readonly Fields _fields;
    private readonly Dictionary<uint, ServiceSolutions> _endpoints = [];
    private readonly uint[] _key;
    private readonly Batch _rows;
    private readonly ServiceSolutions?[] _solutions = new ServiceSolutions?[Batch.Capacity];
    private readonly Batch _output;
    private Batch? _pending;
    private int _pendingRow;
    private bool _ended;
    private int _row;
    private int _match = -1;
    private bool _isAtRow;

    public ServiceJoin(Operator input, Service service, IServiceClient client)
        : base(input.Context, SchemaOf(input, service), input.Certain, input)
    {
        _input = input;
        _service = service;
        _client = client;
        _fields = new Fields(input, service, Schema);
        _key = new uint[_fields.KeySlots.Length];
        _rows = Context.NewBatch(input.Schema.Width);
        _output = Context.NewBatch(Schema.Width);
    }

    /// <inheritdoc/>
    public override string Details => $"{_service.Endpoint}{(_service.Silent ? " silent" : "")}, {_endpoints.Values.Sum(e => e.Requests)} requests";

    /// <inheritdoc/>
    public override double WorkFor(double rows) => double.PositiveInfinity;

    /// <inheritdoc/>
    protected override Batch? Pull()
    {
        _output.Count = 0;
        while (true)
        {
            if (_row == _rows.Count && !Gather())
            {
                return null;
            }

            for (; _row < _rows.Count; _row++)
            {
                if (!Emit())
                {
                    return _output;
                }
            }

            if (_output.Count > 0)
            {
                return _output;
            }
        }
    }

    private static Schema SchemaOf(Operator input, Service service) =>
        new([.. input.Schema.Variables.Concat(InScope.Of(service.Pattern).Where(v => !v.IsHidden)).Distinct()]);

    /// <summary>Collects as many rows as a batch holds and asks for what they need; false at the end of the input.</summary>
    private bool Gather()
    {
        _rows.Count = 0;
        _row = 0;
        while (_rows.Count < Context.BatchRows && !_ended)
        {
            if (_pending is null)
            {
                _pending = _input.Next();
                _pendingRow = 0;
                _ended = _pending is null;
                continue;
            }

            for (; _pendingRow < _pending.Count && _rows.Count < Context.BatchRows; _pendingRow++)
            {
                for (var i = 0; i < _rows.Columns.Length; i++)
                {
                    _rows.Columns[i][_rows.Count] = _pending.Columns[i][_pendingRow];
                }

                _rows.Count++;
            }

            _pending = _pendingRow == _pending.Count ? null : _pending;
        }

        if (_rows.Count == 0)
        {
            // A seed may be filled again: the next call begins anew.
            _ended = false;
            return false;
        }

        for (var row = 0; row < _rows.Count; row++)
        {
            _solutions[row] = SolutionsFor(row);
            ReadKey(row);
            _solutions[row]!.Want(_key);
        }

        foreach (var solutions in _endpoints.Values)
        {
            solutions.Fetch();
        }

        return true;
    }

    private ServiceSolutions SolutionsFor(int row)
    {
        uint id = 0;
        if (_service.Endpoint is Variable variable)
        {
            var slot = _input.Schema.SlotOf(variable);
            id = slot < 0 ? 0 : _rows.Columns[slot][row];
            if (id == 0)
            {
                throw new ServiceException($"SERVICE {variable}: {variable} is not bound. Bind it in the patterns before.");
            }
        }

        if (!_endpoints.TryGetValue(id, out var solutions))
        {
            var endpoint = _service.Endpoint is ConstantTerm constant ? constant.Term : Context.Terms.Decode(new TermId(id));
            if (endpoint is not Iri iri)
            {
                throw new ServiceException($"SERVICE {_service.Endpoint}: {endpoint} is no IRI.");
            }

            solutions = new ServiceSolutions(_service, iri, _client, this, _fields.Variables, _key.Length);
            _endpoints.Add(id, solutions);
        }

        return solutions;
    }

    private void ReadKey(int row)
    {
        for (var i = 0; i < _key.Length; i++)
        {
            _key[i] = _rows.Columns[_fields.KeySlots[i]][row];
        }
    }

    /// <summary>Writes what the current row is joined with; false when the batch is full and there may be more.</summary>
    private bool Emit()
    {
        var solutions = _solutions[_row]!;
        if (solutions.HasFailed)
        {
            if (_output.Count == Context.BatchRows)
            {
                return false;
            }

            Write(null);
            return true;
        }

        if (!_isAtRow)
        {
            ReadKey(_row);
            _match = solutions.Table.First(_key);
            _isAtRow = true;
        }

        for (; _match >= 0; _match = solutions.Table.After(_match, _key))
        {
            if (_output.Count == Context.BatchRows)
            {
                return false;
            }

            Context.Check(this, 1);
            if (Agrees(solutions.Table))
            {
                Write(solutions.Table);
            }
        }

        _isAtRow = false;
        return true;
    }

    private bool Agrees(RowTable table)
    {
        foreach (var (input, column, _) in _fields.Others)
        {
            if (input >= 0 && _rows.Columns[input][_row] is var x && table[column, _match] is var y && x != 0 && y != 0 && x != y)
            {
                return false;
            }
        }

        return true;
    }

    private void Write(RowTable? table)
    {
        var at = _output.Count++;
        for (var i = 0; i < _output.Columns.Length; i++)
        {
            _output.Columns[i][at] = i < _rows.Columns.Length ? _rows.Columns[i][_row] : 0;
        }

        foreach (var (_, column, output) in table is null ? [] : _fields.Others)
        {
            if (_output.Columns[output][at] == 0)
            {
                _output.Columns[output][at] = table![column, _match];
            }
        }
    }

    /// <summary>The variables of the service: first those that are sent along, then the others.</summary>
    private sealed class Fields
    {
        public Fields(Operator input, Service service, Schema output)
        {
            var certain = Certainty.Of(service.Pattern);
            var all = InScope.Of(service.Pattern).Where(v => !v.IsHidden).ToList();
            var keys = all.Where(v => certain.Contains(v) && input.Certain.Contains(v)).ToList();
            Variables = [.. keys, .. all.Except(keys)];
            KeySlots = [.. keys.Select(input.Schema.SlotOf)];
            Others = [.. Variables.Skip(keys.Count).Select((v, i) => (input.Schema.SlotOf(v), keys.Count + i, output.SlotOf(v)))];
        }

        public IReadOnlyList<Variable> Variables { get; }

        /// <summary>Where the input has the keys.</summary>
        public int[] KeySlots { get; }

        /// <summary>Where the others are: in the input or -1, in the table, in the output.</summary>
        public (int Input, int Column, int Output)[] Others { get; }
    }
}
