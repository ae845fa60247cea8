using System.Buffers;
using System.Globalization;
using MuseumXtd.Rdf;
using MuseumXtd.Sparql.Algebra;

namespace MuseumXtd.Shacl.Reports;

/// <summary>Writes terms and paths as people read them: IRIs with the prefixes that are known, literals in quotes.</summary>
public sealed class TermNames
{
    private const int MostNamed = 20;

    private static readonly SearchValues<char> NotLocal = SearchValues.Create("/#?:()<>\" ");

    private readonly List<(string Prefix, string Namespace)> _prefixes;

    /// <summary>Names with the given prefixes.</summary>
    public TermNames(IReadOnlyDictionary<string, string> prefixes) =>
        _prefixes = [.. prefixes.Where(p => p.Value.Length > 0).OrderByDescending(p => p.Value.Length).ThenBy(p => p.Key, StringComparer.Ordinal).Select(p => (p.Key, p.Value))];

    /// <summary>A term.</summary>
    public string Of(Term term) => term switch
    {
        Iri iri => Of(iri),
        Literal { Language: null, Datatype: var type } literal when type.Value.StartsWith(Rdf.Vocabulary.Xsd.Namespace, StringComparison.Ordinal) =>
            IsPlain(literal) ? literal.LexicalForm : $"\"{Clip(literal.LexicalForm)}\"" + (type == Rdf.Vocabulary.Xsd.String ? "" : $"^^{Of(type)}"),
        Literal literal => $"\"{Clip(literal.LexicalForm)}\"" + (literal.Language is null ? $"^^{Of(literal.Datatype)}" : "@" + literal.Language),
        _ => term.ToString()!,
    };

    /// <summary>A path, as SPARQL writes it.</summary>
    public string Of(PropertyPath path) => Write(path, false);

    /// <summary>Terms, with commas between: the first ones, and how many there are where they are more than anybody reads.</summary>
    public string Of(IReadOnlyCollection<Term> terms) => terms.Count <= MostNamed
        ? string.Join(", ", terms.Select(Of))
        : string.Create(CultureInfo.InvariantCulture, $"{string.Join(", ", terms.Take(MostNamed).Select(Of))}, … ({terms.Count})");

    private static bool IsPlain(Literal literal) =>
        literal.Datatype == Rdf.Vocabulary.Xsd.Integer || literal.Datatype == Rdf.Vocabulary.Xsd.Decimal || literal.Datatype == Rdf.Vocabulary.Xsd.Boolean;

    private static string Clip(string text)
    {
        const int Long = 120;
        var line = text.ReplaceLineEndings(" ");
        if (line.Length <= Long)
        {
            return line;
        }

        var end = char.IsHighSurrogate(line[Long - 1]) ? Long - 1 : Long;
        return string.Concat(line.AsSpan(0, end), "…");
    }

    private string Of(Iri iri)
    {
        foreach (var (prefix, space) in _prefixes)
        {
            if (iri.Value.Length > space.Length && iri.Value.StartsWith(space, StringComparison.Ordinal)
                && !iri.Value.AsSpan(space.Length).ContainsAny(NotLocal))
            {
                return $"{prefix}:{iri.Value.AsSpan(space.Length)}";
            }
        }

        return iri.ToString();
    }

    private string Write(PropertyPath path, bool isInner) => path switch
    {
        LinkPath link => Of(link.Predicate),
        InversePath inverse => "^" + Write(inverse.Path, true),
        SequencePath sequence => Group($"{Write(sequence.Left, sequence.Left is not SequencePath)}/{Write(sequence.Right, true)}", isInner),
        AlternativePath either => Group($"{Write(either.Left, either.Left is not AlternativePath)}|{Write(either.Right, true)}", isInner),
        ZeroOrMorePath closure => Write(closure.Path, true) + "*",
        OneOrMorePath closure => Write(closure.Path, true) + "+",
        ZeroOrOnePath optional => Write(optional.Path, true) + "?",
        _ => path.ToString(),
    };

    private static string Group(string text, bool isInner) => isInner ? $"({text})" : text;
}
