using System.Globalization;
using System.Text;

namespace MuseumXtd.Rdf.Syntax.JsonLd;

/// <summary>
/// Labels for blank nodes of a document: those that are labels in RDF are kept, others and nodes without one get labels that no document
/// can write.
/// </summary>
internal sealed class BlankNodeLabels(string scope)
{
    private readonly Dictionary<string, string> _given = new(StringComparer.Ordinal);
    private long _next;

    /// <summary>The label of a node, with <c>_:</c>; null for one that has none.</summary>
    public string Of(string? label)
    {
        if (label is null)
        {
            return Fresh();
        }

        if (!_given.TryGetValue(label, out var given))
        {
            given = IsLabel(label.AsSpan(2)) ? "_:" + scope + label[2..] : Fresh();
            _given.Add(label, given);
        }

        return given;
    }

    public string Fresh() => "_:" + scope + "~" + (_next++).ToString(CultureInfo.InvariantCulture);

    private static bool IsLabel(ReadOnlySpan<char> label)
    {
        if (label.IsEmpty || label[^1] == '.' || label[0] is '.' or '-')
        {
            return false;
        }

        var isFirst = true;
        foreach (var rune in label.EnumerateRunes())
        {
            if (isFirst ? !Characters.IsNameStart(rune.Value) && !Characters.IsDigit(rune.Value) : rune.Value != '.' && !Characters.IsName(rune.Value))
            {
                return false;
            }

            isFirst = false;
        }

        return true;
    }
}
