using MuseumXtd.Rdf;
using MuseumXtd.Sparql.Algebra;
using MuseumXtd.Sparql.Execution;
using MuseumXtd.Sparql.Expressions;
using MuseumXtd.Sparql.Results;
using MuseumXtd.Store;

namespace MuseumXtd.Sparql.Federation;

/// <summary>
/// The solutions that one endpoint has given so far, and for which keys it was asked: no key is asked for twice in a query. Where an endpoint fails that
/// may fail silently, it is as if it had given one empty solution, and it is asked no more (Federated Query, section 3.1).
/// </summary>
internal sealed class ServiceSolutions : IResultSink
{
    // Requests grow from the first to the last of these sizes: little is lost where the first ones answer all, and many keys take few requests.
    private const int FewKeys = 64;
    private const int ManyKeys = 1024;
    private const int LongestQuery = 1 << 18;

    private readonly Service _service;
    private readonly Iri _endpoint;
    private readonly IServiceClient _client;
    private readonly Operator _operator;
    private readonly IReadOnlyList<Variable> _fields;
    private readonly IReadOnlyList<Variable> _keys;
    private readonly Dictionary<string, int> _columns = new(StringComparer.Ordinal);
    private readonly Dictionary<string, TermId> _nodes = new(StringComparer.Ordinal);
    private readonly DistinctRows _asked;
    private readonly List<Term[]> _waiting = [];
    private readonly uint[] _row;
    private int _size = FewKeys;
    private bool _askedAll;

    /// <summary>Solutions of a service, the columns of which are the fields; the keys come first.</summary>
    public ServiceSolutions(Service service, Iri endpoint, IServiceClient client, Operator by, IReadOnlyList<Variable> fields, int keys)
    {
        (_service, _endpoint, _client, _operator, _fields) = (service, endpoint, client, by, fields);
        _keys = [.. fields.Take(keys)];
        _row = new uint[fields.Count];
        _asked = new DistinctRows(Math.Max(1, keys));
        Table = new RowTable(fields.Count, keys, by);
        for (var i = 0; i < fields.Count; i++)
        {
            _columns.Add(fields[i].Name, i);
        }
    }

    /// <summary>The solutions.</summary>
    public RowTable Table { get; }

    /// <summary>Whether the endpoint failed, silently.</summary>
    public bool HasFailed { get; private set; }

    /// <summary>How many requests were sent.</summary>
    public int Requests { get; private set; }

    /// <summary>Notes that the solutions for a key are wanted.</summary>
    public void Want(ReadOnlySpan<uint> key)
    {
        if (HasFailed || key.Length == 0 || !_asked.TryAdd(key))
        {
            return;
        }

        var terms = new Term[key.Length];
        for (var i = 0; i < key.Length; i++)
        {
            terms[i] = _operator.Context.Terms.Decode(new TermId(key[i]));
            if (!ServiceText.CanBeSent(terms[i]))
            {
                return;
            }
        }

        _waiting.Add(terms);
    }

    /// <summary>Asks for all keys that are wanted, or for everything where there are none to restrict the question.</summary>
    public void Fetch()
    {
        try
        {
            if (_keys.Count == 0)
            {
                if (!_askedAll)
                {
                    _askedAll = true;
                    Send(new ServiceText(_service, _fields, []));
                }

                return;
            }

            for (var next = 0; next < _waiting.Count && !HasFailed; _size = Math.Min(_size * 4, ManyKeys))
            {
                var text = new ServiceText(_service, _fields, _keys);
                var end = Math.Min(_waiting.Count, next + _size);
                for (text.Add(_waiting[next++]); next < end && text.Length < LongestQuery; next++)
                {
                    text.Add(_waiting[next]);
                }

                Send(text);
            }
        }
        catch (ServiceException) when (_service.Silent)
        {
            HasFailed = true;
        }
        finally
        {
            _waiting.Clear();
        }
    }

    /// <inheritdoc/>
    public void Row(IReadOnlyList<KeyValuePair<string, Term>> bindings)
    {
        Array.Clear(_row);
        foreach (var (name, term) in bindings)
        {
            if (_columns.TryGetValue(name, out var column))
            {
                _row[column] = Intern(term).Value;
            }
        }

        for (var i = 0; i < _keys.Count; i++)
        {
            if (_row[i] == 0)
            {
                throw new ServiceException($"SERVICE {_endpoint}: the answer has a solution without {_keys[i]}, which the pattern always binds.");
            }
        }

        Table.Append(_row);
        _operator.Context.Check(_operator, 1);
    }

    private void Send(ServiceText text)
    {
        var context = _operator.Context;
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(context.Cancellation);
        if (context.TimeLeft is { } left)
        {
            ending.CancelAfter(left);
        }

        Requests++;
        _nodes.Clear();
        var before = Table.Bytes + _asked.Bytes;
        try
        {
            using var answer = _client.Ask(_endpoint, text.ToString(), ending.Token);
            ResultReaders.Read(answer.Body, answer.MediaType, this, ending.Token);
        }
        catch (InvalidDataException e)
        {
            throw new ServiceException($"SERVICE {_endpoint}: the answer is no SPARQL result: {e.Message}");
        }
        catch (IOException e)
        {
            throw new ServiceException($"SERVICE {_endpoint}: the answer broke off: {e.Message}");
        }
        catch (OperationCanceledException)
        {
            // Cancelled, or out of time, by a timer that may be early by a moment; else it was a limit of the client's own.
            context.Cancellation.ThrowIfCancellationRequested();
            throw ending.IsCancellationRequested ? context.OutOfTime(_operator) : new ServiceException($"SERVICE {_endpoint}: no answer in time.");
        }

        context.Charge(Table.Bytes + _asked.Bytes - before, _operator);
    }

    /// <summary>A blank node of an answer is one node within that answer, and no other.</summary>
    private TermId Intern(Term term)
    {
        var terms = _operator.Context.Terms;
        switch (term)
        {
            case BlankNode node:
                if (!_nodes.TryGetValue(node.Label, out var fresh))
                {
                    fresh = terms.FreshBlankNode();
                    _nodes.Add(node.Label, fresh);
                }

                return fresh;
            case TripleTerm triple:
                return terms.InternTriple(Intern(triple.Subject), Intern(triple.Predicate), Intern(triple.Object));
            default:
                return terms.Intern(term);
        }
    }
}
