using System.Text.Json;
using MuseumXtd.Rdf.Buffers;

namespace MuseumXtd.Rdf.Syntax.JsonLd;

/// <summary>How terms are written in JSON-LD with a context of prefixes alone.</summary>
internal sealed class JsonLdTerms : IDisposable
{
    private readonly List<(byte[] Prefix, byte[] Iri)> _prefixes = [];
    private readonly ByteBuffer _name = new();

    /// <inheritdoc/>
    public void Dispose() => _name.Dispose();

    /// <summary>Takes a prefix, if it is a name that can be one and is not taken.</summary>
    public void Declare(byte[] prefix, byte[] iri)
    {
        var isName = prefix.Length > 0 && Characters.IsAsciiLetter(prefix[0]) && prefix.AsSpan().IndexOfAny(":/@ "u8) < 0;
        if (isName && iri.Length > 0 && !_prefixes.Exists(p => p.Prefix.AsSpan().SequenceEqual(prefix) || p.Iri.AsSpan().SequenceEqual(iri)))
        {
            _prefixes.Add((prefix, iri));
        }
    }

    /// <summary>Forgets prefixes that none of the terms needs, and such as one of them would be misread by.</summary>
    public void Restrict(OrderedQuads table)
    {
        var used = new HashSet<int>();
        var misread = new HashSet<int>();
        for (var rank = 1; rank < table.RankEnd; rank++)
        {
            var iri = IriOf(table.Term(rank));
            if (PrefixOf(iri) is >= 0 and var prefix)
            {
                used.Add(prefix);
            }

            if (SchemeIsPrefix(iri) is >= 0 and var scheme)
            {
                misread.Add(scheme);
            }
        }

        var number = 0;
        _prefixes.RemoveAll(_ => number++ is var i && (!used.Contains(i) || misread.Contains(i)));
    }

    /// <summary>Writes the context, if there is any prefix.</summary>
    public void WriteContext(Utf8JsonWriter json)
    {
        if (_prefixes.Count == 0)
        {
            return;
        }

        json.WriteStartObject("@context"u8);
        foreach (var (prefix, iri) in _prefixes)
        {
            // A name is a prefix by itself where its IRI ends with a delimiter (JSON-LD 1.1 API, section 4.2, step 14).
            if (":/?#[]@"u8.Contains(iri[^1]))
            {
                json.WriteString(prefix, iri);
            }
            else
            {
                json.WriteStartObject(prefix);
                json.WriteString("@id"u8, iri);
                json.WriteBoolean("@prefix"u8, true);
                json.WriteEndObject();
            }
        }

        json.WriteEndObject();
    }

    /// <summary>Whether a term means the same with the context: an IRI whose scheme is one of the prefixes would be read as a name.</summary>
    public bool CanCompact(ReadOnlySpan<byte> term) => SchemeIsPrefix(IriOf(term)) < 0;

    /// <summary>An IRI or blank node by its shortest name. The span is good until the next call.</summary>
    public ReadOnlySpan<byte> Name(ReadOnlySpan<byte> term, bool compacts)
    {
        _name.Clear();
        if (EncodedTerm.KindOf(term) == TermKind.BlankNode)
        {
            TermWriter.WriteBlankNode(term[2..], _name);
            return _name.Written;
        }

        var iri = term[1..];
        if (!compacts || PrefixOf(iri) is not (>= 0 and var best))
        {
            return iri;
        }

        _name.Append(_prefixes[best].Prefix);
        _name.Append((byte)':');
        _name.Append(iri[_prefixes[best].Iri.Length..]);
        return _name.Written;
    }

    /// <summary>A literal, as JSON says it where that reads back as the same literal.</summary>
    public void WriteLiteral(in EncodedTerm literal, bool compacts, Utf8JsonWriter json)
    {
        var text = literal.LexicalForm;
        var suffix = literal.Suffix;
        if (suffix.IsEmpty)
        {
            json.WriteStringValue(text);
        }
        else if (suffix.SequenceEqual("^^<http://www.w3.org/2001/XMLSchema#integer"u8) && IsCanonicalInteger(text))
        {
            json.WriteRawValue(text, skipInputValidation: true);
        }
        else if (suffix.SequenceEqual("^^<http://www.w3.org/2001/XMLSchema#boolean"u8) && (text.SequenceEqual("true"u8) || text.SequenceEqual("false"u8)))
        {
            json.WriteBooleanValue(text[0] == (byte)'t');
        }
        else
        {
            json.WriteStartObject();
            json.WriteString("@value"u8, text);
            if (literal.Language.IsEmpty)
            {
                json.WriteString("@type"u8, Name(suffix[2..], compacts));
            }
            else
            {
                json.WriteString("@language"u8, literal.Language);
                if (literal.Direction != BaseDirection.None)
                {
                    json.WriteString("@direction"u8, literal.Direction == BaseDirection.LeftToRight ? "ltr"u8 : "rtl"u8);
                }
            }

            json.WriteEndObject();
        }
    }

    /// <summary>Whether digits stand for themselves as a number of JSON that every reader holds exactly.</summary>
    private static bool IsCanonicalInteger(ReadOnlySpan<byte> text)
    {
        const int Exact = 15;
        var digits = text.StartsWith("-"u8) ? text[1..] : text;
        return digits.Length is >= 1 and <= Exact && !digits.ContainsAnyExceptInRange((byte)'0', (byte)'9')
            && (digits[0] != (byte)'0' || text.Length == 1);
    }

    /// <summary>The IRI of a term, or of its datatype; empty where there is none.</summary>
    private static ReadOnlySpan<byte> IriOf(ReadOnlySpan<byte> term)
    {
        switch (EncodedTerm.KindOf(term))
        {
            case TermKind.Iri:
                return term[1..];
            case TermKind.Literal:
                var suffix = new EncodedTerm(term).Suffix;
                return suffix.StartsWith("^^"u8) ? suffix[3..] : default;
            default:
                return default;
        }
    }

    private int PrefixOf(ReadOnlySpan<byte> iri)
    {
        var (best, length) = (-1, 0);
        for (var i = 0; i < _prefixes.Count; i++)
        {
            var space = _prefixes[i].Iri;
            if (space.Length > length && iri.StartsWith(space) && !iri[space.Length..].StartsWith("//"u8))
            {
                (best, length) = (i, space.Length);
            }
        }

        return best;
    }

    private int SchemeIsPrefix(ReadOnlySpan<byte> iri)
    {
        var colon = iri.IndexOf((byte)':');
        if (colon < 0 || iri[(colon + 1)..].StartsWith("//"u8))
        {
            return -1;
        }

        for (var i = 0; i < _prefixes.Count; i++)
        {
            if (iri[..colon].SequenceEqual(_prefixes[i].Prefix))
            {
                return i;
            }
        }

        return -1;
    }
}
