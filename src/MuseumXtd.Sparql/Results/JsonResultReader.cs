using System.Text.Json;
using MuseumXtd.Rdf;

namespace MuseumXtd.Sparql.Results;

/// <summary>Reads SPARQL 1.1 Query Results JSON, token by token.</summary>
internal sealed class JsonResultReader(Stream input, IResultSink sink, CancellationToken cancellation)
{
    private readonly List<KeyValuePair<string, Term>> _row = [];
    private byte[] _buffer = new byte[1 << 15];
    private int _start;
    private int _end;
    private bool _isLast;
    private JsonReaderState _state;
    private JsonTokenType _token;
    private string? _text;

    public void Read()
    {
        try
        {
            Expect(JsonTokenType.StartObject);
            var hasResults = false;
            while (NextProperty() is { } name)
            {
                Advance();
                if (name == "results")
                {
                    ReadResults();
                    hasResults = true;
                }
                else
                {
                    Skip();
                }
            }

            if (!hasResults)
            {
                throw new InvalidDataException("there are no \"results\" in it");
            }
        }
        catch (JsonException e)
        {
            throw new InvalidDataException(e.Message);
        }
    }

    private void ReadResults()
    {
        Require(JsonTokenType.StartObject);
        while (NextProperty() is { } name)
        {
            Advance();
            if (name != "bindings")
            {
                Skip();
                continue;
            }

            Require(JsonTokenType.StartArray);
            for (Advance(); _token != JsonTokenType.EndArray; Advance())
            {
                Require(JsonTokenType.StartObject);
                _row.Clear();
                while (NextProperty() is { } variable)
                {
                    Advance();
                    _row.Add(new(variable, ReadTerm()));
                }

                cancellation.ThrowIfCancellationRequested();
                sink.Row(_row);
            }
        }
    }

    private Term ReadTerm()
    {
        Require(JsonTokenType.StartObject);
        string? type = null, value = null, datatype = null, language = null, direction = null;
        TripleTerm? triple = null;
        while (NextProperty() is { } name)
        {
            Advance();
            switch (name)
            {
                case "type":
                    type = Text();
                    break;
                case "value" when _token == JsonTokenType.StartObject:
                    triple = ReadTriple();
                    break;
                case "value":
                    value = Text();
                    break;
                case "datatype":
                    datatype = Text();
                    break;
                case "xml:lang":
                    language = Text();
                    break;
                case "its:dir":
                    direction = Text();
                    break;
                default:
                    Skip();
                    break;
            }
        }

        return type switch
        {
            "uri" when value is not null => new Iri(value),
            "bnode" when value is not null => new BlankNode(value),
            "literal" or "typed-literal" when value is not null => ResultTerms.Literal(value, datatype, language, direction),
            "triple" when triple is not null => triple,
            _ => throw new InvalidDataException($"a term of type \"{type}\" without a value for it"),
        };
    }

    private TripleTerm ReadTriple()
    {
        Term? subject = null, predicate = null, @object = null;
        while (NextProperty() is { } name)
        {
            Advance();
            switch (name)
            {
                case "subject":
                    subject = ReadTerm();
                    break;
                case "predicate":
                    predicate = ReadTerm();
                    break;
                case "object":
                    @object = ReadTerm();
                    break;
                default:
                    Skip();
                    break;
            }
        }

        return ResultTerms.Triple(subject, predicate, @object);
    }

    private string Text() => _token == JsonTokenType.String ? _text! : throw new InvalidDataException($"a string was expected, not {_token}");

    /// <summary>The name of the next property; null at the end of the object.</summary>
    private string? NextProperty()
    {
        Advance();
        return _token == JsonTokenType.PropertyName ? _text : null;
    }

    private void Expect(JsonTokenType token)
    {
        Advance();
        Require(token);
    }

    private void Require(JsonTokenType token)
    {
        if (_token != token)
        {
            throw new InvalidDataException($"{token} was expected, not {_token}");
        }
    }

    private void Skip()
    {
        var depth = 0;
        while (true)
        {
            depth += _token is JsonTokenType.StartObject or JsonTokenType.StartArray ? 1 : _token is JsonTokenType.EndObject or JsonTokenType.EndArray ? -1 : 0;
            if (depth == 0)
            {
                return;
            }

            Advance();
        }
    }

    private void Advance()
    {
        while (true)
        {
            var reader = new Utf8JsonReader(_buffer.AsSpan(_start, _end - _start), _isLast, _state);
            if (reader.Read())
            {
                _token = reader.TokenType;
                _text = _token is JsonTokenType.String or JsonTokenType.PropertyName ? reader.GetString() : null;
                _state = reader.CurrentState;
                _start += (int)reader.BytesConsumed;
                return;
            }

            if (_isLast)
            {
                throw new InvalidDataException("the document ends too early");
            }

            Fill();
        }
    }

    private void Fill()
    {
        cancellation.ThrowIfCancellationRequested();
        _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
        _end -= _start;
        _start = 0;
        if (_end == _buffer.Length)
        {
            Array.Resize(ref _buffer, _buffer.Length * 2);
        }

        var read = input.Read(_buffer, _end, _buffer.Length - _end);
        _end += read;
        _isLast = read == 0;
    }
}
