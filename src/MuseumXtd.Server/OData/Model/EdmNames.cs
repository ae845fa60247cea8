using System.Text;
using MuseumXtd.Rdf;

namespace MuseumXtd.Server.OData.Model;

/// <summary>Names of the ontology as identifiers of CSDL (section 17.2: letters, digits, underscores, at most 128).</summary>
internal static class EdmNames
{
    private const int MaxLength = 128;

    /// <summary>The local name of a class or property as an identifier.</summary>
    public static string Of(Iri iri)
    {
        var result = new StringBuilder();
        foreach (var c in Ontology.LocalName(iri))
        {
            result.Append(char.IsAsciiLetterOrDigit(c) || c == '_' ? c : '_');
        }

        if (result.Length == 0 || char.IsAsciiDigit(result[0]))
        {
            result.Insert(0, '_');
        }

        return result.Length > MaxLength ? result.ToString(0, MaxLength) : result.ToString();
    }

    /// <summary>The name of the set of a type.</summary>
    public static string Plural(string name) => EndsInS(name) ? name + "es" : name.EndsWith('y') && !EndsInVowelY(name) ? name[..^1] + "ies" : name + "s";

    /// <summary>The name of a link to many: a plural where the name is one word; names that are phrases, such as <c>ledBy</c>, stay.</summary>
    public static string PluralOfLink(string name) => name.All(char.IsAsciiLetterLower) && !name.EndsWith('s') ? name + "s" : name;

    /// <summary>The first of a name and its variants that is not taken: two names may not differ by case alone (CSDL, section 17.2).</summary>
    public static string Free(string name, ICollection<string> taken)
    {
        var free = name;
        for (var i = 2; taken.Any(t => t.Equals(free, StringComparison.OrdinalIgnoreCase)); i++)
        {
            free = name + i.ToString(System.Globalization.CultureInfo.InvariantCulture);
        }

        return free;
    }

    private static bool EndsInS(string name) => name.EndsWith('s') || name.EndsWith('x') || name.EndsWith("ch", StringComparison.Ordinal) || name.EndsWith("sh", StringComparison.Ordinal);

    private static bool EndsInVowelY(string name) => name.Length > 1 && name[^2] is 'a' or 'e' or 'i' or 'o' or 'u';
}
