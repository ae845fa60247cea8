using System.Text;
using MuseumXtd.Rdf.Buffers;

namespace MuseumXtd.Rdf.Syntax.Turtle;

/// <summary>Writes terms as Turtle abbreviates them: prefixed names, <c>a</c>, numbers and booleans as they are.</summary>
internal sealed class TurtleTerms
{
    private readonly Dictionary<byte[], (byte[] Prefix, byte[] Iri)> _byNamespace = new(new Utf8Comparer());
    private readonly HashSet<byte[]> _prefixes = new(new Utf8Comparer());
    private readonly HashSet<byte[]> _used = new(new Utf8Comparer());

    public TurtleTerms(IReadOnlyDictionary<string, string> prefixes)
    {
        foreach (var (prefix, iri) in prefixes.OrderBy(p => p.Key, StringComparer.Ordinal))
        {
            Declare(Encoding.UTF8.GetBytes(prefix), Encoding.UTF8.GetBytes(iri));
        }
    }

    /// <summary>The prefixes that names were written with so far, sorted.</summary>
    public IEnumerable<(byte[] Prefix, byte[] Iri)> Used =>
        _byNamespace.Values.Where(n => _used.Contains(n.Prefix)).OrderBy(n => n.Prefix, ByteOrder.Instance);

    /// <summary>All prefixes, sorted.</summary>
    public IEnumerable<(byte[] Prefix, byte[] Iri)> All => _byNamespace.Values.OrderBy(n => n.Prefix, ByteOrder.Instance);

    /// <summary>Takes a prefix if it and its IRI can be written and neither has a meaning already.</summary>
    public bool Declare(byte[] prefix, byte[] iri) =>
        IsPrefix(prefix) && !iri.AsSpan().ContainsAny(Characters.IriStops) && _prefixes.Add(prefix) && _byNamespace.TryAdd(iri, (prefix, iri));

    public void WritePredicate(ReadOnlySpan<byte> predicate, ByteBuffer output)
    {
        if (predicate.SequenceEqual("<http://www.w3.org/1999/02/22-rdf-syntax-ns#type"u8))
        {
            output.Append((byte)'a');
        }
        else
        {
            Write(predicate, output);
        }
    }

    public void Write(ReadOnlySpan<byte> encoded, ByteBuffer output)
    {
        switch (EncodedTerm.KindOf(encoded))
        {
            case TermKind.Iri when TryWriteName(encoded[1..], output):
                break;
            case TermKind.Literal:
                WriteLiteral(encoded, output);
                break;
            case TermKind.TripleTerm:
                var triple = new EncodedTerm(encoded);
                output.Append("<<( "u8);
                Write(triple.Subject, output);
                output.Append((byte)' ');
                WritePredicate(triple.Predicate, output);
                output.Append((byte)' ');
                Write(triple.Object, output);
                output.Append(" )>>"u8);
                break;
            default:
                TermWriter.Write(encoded, output);
                break;
        }
    }

    private void WriteLiteral(ReadOnlySpan<byte> encoded, ByteBuffer output)
    {
        var end = encoded.LastIndexOf((byte)'"');
        var text = encoded[1..end];
        var suffix = encoded[(end + 1)..];
        if (suffix.IsEmpty || suffix[0] == (byte)'@')
        {
            TermWriter.WriteString(text, output);
            output.Append(suffix);
            return;
        }

        var datatype = suffix[3..];
        if (IsBare(text, datatype))
        {
            output.Append(text);
            return;
        }

        TermWriter.WriteString(text, output);
        output.Append("^^"u8);
        if (!TryWriteName(datatype, output))
        {
            output.Append((byte)'<');
            output.Append(datatype);
            output.Append((byte)'>');
        }
    }

    /// <summary>Whether a reader of the bare text would find the same literal.</summary>
    private static bool IsBare(ReadOnlySpan<byte> text, ReadOnlySpan<byte> datatype)
    {
        if (!datatype.StartsWith("http://www.w3.org/2001/XMLSchema#"u8))
        {
            return false;
        }

        var type = datatype["http://www.w3.org/2001/XMLSchema#"u8.Length..];
        if (type.SequenceEqual("boolean"u8))
        {
            return text.SequenceEqual("true"u8) || text.SequenceEqual("false"u8);
        }

        var digits = !text.IsEmpty && text[0] is (byte)'+' or (byte)'-' ? text[1..] : text;
        if (type.SequenceEqual("integer"u8))
        {
            return !digits.IsEmpty && AreDigits(digits);
        }

        var dot = digits.IndexOf((byte)'.');
        if (type.SequenceEqual("decimal"u8))
        {
            return dot >= 0 && dot < digits.Length - 1 && AreDigits(digits[..dot]) && AreDigits(digits[(dot + 1)..]);
        }

        var exponent = digits.IndexOfAny((byte)'e', (byte)'E');
        if (!type.SequenceEqual("double"u8) || exponent < 1)
        {
            return false;
        }

        var mantissa = digits[..exponent];
        var power = digits[(exponent + 1)..];
        power = !power.IsEmpty && power[0] is (byte)'+' or (byte)'-' ? power[1..] : power;
        dot = mantissa.IndexOf((byte)'.');
        return !power.IsEmpty && AreDigits(power) && (dot < 0 ? AreDigits(mantissa) : mantissa.Length > 1 && AreDigits(mantissa[..dot]) && AreDigits(mantissa[(dot + 1)..]));
    }

    private static bool AreDigits(ReadOnlySpan<byte> text) => !text.ContainsAnyExceptInRange((byte)'0', (byte)'9');

    /// <summary>Writes a prefixed name where a prefix fits and the local name needs no escape.</summary>
    private bool TryWriteName(ReadOnlySpan<byte> iri, ByteBuffer output)
    {
        var cut = iri.LastIndexOfAny((byte)'#', (byte)'/') + 1;
        if (cut == 0 || !_byNamespace.GetAlternateLookup<ReadOnlySpan<byte>>().TryGetValue(iri[..cut], out var found))
        {
            return false;
        }

        var local = iri[cut..];
        if (!IsPlainLocalName(local))
        {
            return false;
        }

        _used.Add(found.Prefix);
        output.Append(found.Prefix);
        output.Append((byte)':');
        output.Append(local);
        return true;
    }

    /// <summary>PN_PREFIX, or nothing: a plain name that begins with a letter.</summary>
    private static bool IsPrefix(ReadOnlySpan<byte> prefix) =>
        prefix.IsEmpty || (Characters.IsNameBase(Characters.Decode(prefix, out _)) && IsPlainLocalName(prefix));

    private static bool IsPlainLocalName(ReadOnlySpan<byte> local)
    {
        if (local.IsEmpty)
        {
            return true;
        }

        var first = Characters.Decode(local, out var length);
        if (!Characters.IsNameStart(first) && !Characters.IsDigit(first))
        {
            return false;
        }

        var rest = local[length..];
        while (!rest.IsEmpty)
        {
            var run = Characters.AsciiNameLength(rest);
            rest = rest[run..];
            if (rest.IsEmpty)
            {
                return true;
            }

            var c = Characters.Decode(rest, out length);
            if (!Characters.IsName(c) && !(c == '.' && rest.Length > 1))
            {
                return false;
            }

            rest = rest[length..];
        }

        return true;
    }
}
