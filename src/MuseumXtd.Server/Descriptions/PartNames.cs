using System.Globalization;
using MuseumXtd.Rdf;

namespace MuseumXtd.Server.Descriptions;

/// <summary>Gives the parts of a description names for their IRIs, as short as they can be told apart.</summary>
internal sealed class PartNames
{
    private readonly Dictionary<(string Kind, string Name), string> _taken = [];

    /// <summary>The name of a part: the last word of an IRI or, with an authority, the words of its host, with a number where it is taken.</summary>
    public string Of(string kind, Iri iri, string? authority = null)
    {
        var text = authority is null
            ? iri.Value.TrimEnd('/', '#') is var whole ? whole[(whole.LastIndexOfAny(['/', '#', ':']) + 1)..] : ""
            : iri.Value[(iri.Value.IndexOf("://", StringComparison.Ordinal) is >= 0 and var scheme ? scheme + 3 : 0)..];
        var word = new string([.. text.Select(c => char.IsAsciiLetterOrDigit(c) ? c : '-')]).Trim('-');
        word = word.Length == 0 ? kind : word;
        var name = word;
        for (var number = 2; _taken.TryGetValue((kind, name), out var owner) && owner != iri.Value; number++)
        {
            name = string.Create(CultureInfo.InvariantCulture, $"{word}-{number}");
        }

        _taken[(kind, name)] = iri.Value;
        return name;
    }
}
