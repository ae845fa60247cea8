using System.Buffers;
using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Text;
using MuseumXtd.Rdf.Vocabulary;

namespace MuseumXtd.Rdf;

/// <summary>
/// A view of a term as one run of UTF-8 bytes: the form in which readers hand terms to sinks, and by which
/// the dictionary knows them. The first byte tells the kind:
/// <list type="table">
/// <item><term><c>&lt;</c></term><description>an IRI: <c>&lt;</c> and the IRI, no closing bracket</description></item>
/// <item><term><c>_</c></term><description>a blank node: <c>_:</c> and the label</description></item>
/// <item><term><c>"</c></term><description>a literal: <c>"</c>, the unescaped lexical form, <c>"</c>, then nothing
/// (<c>xsd:string</c>), or <c>@</c> and a language tag with <c>--ltr</c> or <c>--rtl</c> after it where there is a
/// direction, or <c>^^&lt;</c> and the datatype</description></item>
/// <item><term><c>(</c></term><description>a triple term: subject and predicate, each after its length
/// as four little-endian bytes, then the object</description></item>
/// </list>
/// So a term of N-Triples without escapes is a slice of the input. The last quote of a literal ends its lexical
/// form, because no IRI and no language tag can hold a quote: readers refuse such IRIs, also when escaped.
/// A typed literal never names <c>xsd:string</c>: equal terms have equal bytes.
/// </summary>
public readonly ref struct EncodedTerm
{
    private const string XsdString = Xsd.Namespace + "string";

    /// <summary>A view of encoded bytes; they are trusted to be well formed.</summary>
    public EncodedTerm(ReadOnlySpan<byte> bytes) => Bytes = bytes;

    /// <summary>The encoded form itself.</summary>
    public ReadOnlySpan<byte> Bytes { get; }

    /// <summary>The kind of the term, by its first byte.</summary>
    public TermKind Kind => KindOf(Bytes);

    /// <summary>The IRI without brackets. Only for IRIs.</summary>
    public ReadOnlySpan<byte> Iri => Bytes[1..];

    /// <summary>The label without <c>_:</c>. Only for blank nodes.</summary>
    public ReadOnlySpan<byte> Label => Bytes[2..];

    /// <summary>The lexical form. Only for literals.</summary>
    public ReadOnlySpan<byte> LexicalForm => Bytes[1..Bytes.LastIndexOf((byte)'"')];

    /// <summary>What follows the closing quote: nothing, <c>@...</c> or <c>^^&lt;...</c>. Only for literals.</summary>
    public ReadOnlySpan<byte> Suffix => Bytes[(Bytes.LastIndexOf((byte)'"') + 1)..];

    /// <summary>The datatype IRI without brackets, also where it is implied. Only for literals.</summary>
    public ReadOnlySpan<byte> Datatype
    {
        get
        {
            var suffix = Suffix;
            if (suffix.IsEmpty)
            {
                return "http://www.w3.org/2001/XMLSchema#string"u8;
            }

            if (suffix[0] == (byte)'^')
            {
                return suffix[3..];
            }

            return DirectionLength(suffix) == 0
                ? "http://www.w3.org/1999/02/22-rdf-syntax-ns#langString"u8
                : "http://www.w3.org/1999/02/22-rdf-syntax-ns#dirLangString"u8;
        }
    }

    /// <summary>The language tag, empty when there is none. Only for literals.</summary>
    public ReadOnlySpan<byte> Language
    {
        get
        {
            var suffix = Suffix;
            return suffix.IsEmpty || suffix[0] != (byte)'@' ? default : suffix[1..^DirectionLength(suffix)];
        }
    }

    /// <summary>The base direction. Only for literals.</summary>
    public BaseDirection Direction
    {
        get
        {
            var suffix = Suffix;
            if (suffix.IsEmpty || suffix[0] != (byte)'@' || DirectionLength(suffix) == 0)
            {
                return BaseDirection.None;
            }

            return suffix.EndsWith("ltr"u8) ? BaseDirection.LeftToRight : BaseDirection.RightToLeft;
        }
    }

    /// <summary>The encoded subject. Only for triple terms.</summary>
    public ReadOnlySpan<byte> Subject => Part(1, out _);

    /// <summary>The encoded predicate. Only for triple terms.</summary>
    public ReadOnlySpan<byte> Predicate
    {
        get
        {
            Part(1, out var next);
            return Part(next, out _);
        }
    }

    /// <summary>The encoded object. Only for triple terms.</summary>
    public ReadOnlySpan<byte> Object
    {
        get
        {
            Part(1, out var next);
            Part(next, out next);
            return Bytes[next..];
        }
    }

    /// <summary>The kind of an encoded term, by its first byte.</summary>
    public static TermKind KindOf(ReadOnlySpan<byte> encoded) => encoded[0] switch
    {
        (byte)'<' => TermKind.Iri,
        (byte)'_' => TermKind.BlankNode,
        (byte)'"' => TermKind.Literal,
        _ => TermKind.TripleTerm,
    };

    /// <summary>Writes a triple term from its encoded parts.</summary>
    public static void WriteTriple(
        ReadOnlySpan<byte> subject, ReadOnlySpan<byte> predicate, ReadOnlySpan<byte> @object, IBufferWriter<byte> output)
    {
        output.Write("("u8);
        WriteLength(subject.Length, output);
        output.Write(subject);
        WriteLength(predicate.Length, output);
        output.Write(predicate);
        output.Write(@object);
    }

    internal static void Write(Term term, IBufferWriter<byte> output)
    {
        switch (term)
        {
            case Iri iri:
                WriteText("<"u8, iri.Value, default, output);
                break;
            case BlankNode node:
                WriteText("_:"u8, node.Label, default, output);
                break;
            case Literal literal:
                WriteText("\""u8, literal.LexicalForm, "\""u8, output);
                if (literal.Language is not null)
                {
                    WriteText("@"u8, literal.Language, literal.Direction switch
                    {
                        BaseDirection.LeftToRight => "--ltr"u8,
                        BaseDirection.RightToLeft => "--rtl"u8,
                        _ => default,
                    }, output);
                }
                else if (literal.Datatype.Value != XsdString)
                {
                    WriteText("^^<"u8, literal.Datatype.Value, default, output);
                }

                break;
            case TripleTerm triple:
                WriteTriple(triple.Subject.Encode(), triple.Predicate.Encode(), triple.Object.Encode(), output);
                break;
            default:
                throw new ArgumentException($"Unknown term {term}.", nameof(term));
        }
    }

    internal static Term Read(ReadOnlySpan<byte> encoded)
    {
        if (encoded.IsEmpty)
        {
            throw new ArgumentException("An encoded term has at least one byte.", nameof(encoded));
        }

        var term = new EncodedTerm(encoded);
        switch (term.Kind)
        {
            case TermKind.Iri:
                return new Iri(Encoding.UTF8.GetString(term.Iri));
            case TermKind.BlankNode:
                return new BlankNode(Encoding.UTF8.GetString(term.Label));
            case TermKind.Literal:
                var lexical = Encoding.UTF8.GetString(term.LexicalForm);
                var language = term.Language;
                if (!language.IsEmpty)
                {
                    return new Literal(lexical, Encoding.UTF8.GetString(language), term.Direction);
                }

                return term.Suffix.IsEmpty
                    ? new Literal(lexical)
                    : new Literal(lexical, new Iri(Encoding.UTF8.GetString(term.Datatype)));
            default:
                return new TripleTerm(Read(term.Subject), (Iri)Read(term.Predicate), Read(term.Object));
        }
    }

    private static int DirectionLength(ReadOnlySpan<byte> suffix) =>
        suffix.Length > 5 && suffix[^5] == (byte)'-' && suffix[^4] == (byte)'-' ? 5 : 0;

    /// <summary>Writes a text between signs: short ones, as nearly all are, in one piece, since each call of an output costs as much as a name.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void WriteText(ReadOnlySpan<byte> before, string text, ReadOnlySpan<byte> behind, IBufferWriter<byte> output)
    {
        const int Short = 256;
        if (text.Length > Short)
        {
            output.Write(before);
            Encoding.UTF8.GetBytes(text, output);
            output.Write(behind);
            return;
        }

        var room = output.GetSpan(before.Length + Encoding.UTF8.GetMaxByteCount(text.Length) + behind.Length);
        before.CopyTo(room);
        var end = before.Length + Encoding.UTF8.GetBytes(text, room[before.Length..]);
        behind.CopyTo(room[end..]);
        output.Advance(end + behind.Length);
    }

    private static void WriteLength(int length, IBufferWriter<byte> output)
    {
        BinaryPrimitives.WriteInt32LittleEndian(output.GetSpan(4), length);
        output.Advance(4);
    }

    private ReadOnlySpan<byte> Part(int at, out int next)
    {
        var length = BinaryPrimitives.ReadInt32LittleEndian(Bytes[at..]);
        next = at + 4 + length;
        return Bytes.Slice(at + 4, length);
    }
}
