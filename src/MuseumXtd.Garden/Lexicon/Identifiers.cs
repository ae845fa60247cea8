using System.Text.RegularExpressions;
using MuseumXtd.Garden.Notes;

namespace MuseumXtd.Garden.Lexicon;

/// <summary>How each authority writes its identifiers, bare and as addresses, and the IRI that each stands for.</summary>
internal sealed class Identifiers
{
    /// <summary>The key whose forms hold for all keys that have none of their own.</summary>
    private const string AnyAuthority = "identifier";

    private readonly ILookup<string, Form> _forms;

    private Identifiers(IEnumerable<Form> forms) => _forms = forms.ToLookup(f => f.Key, StringComparer.Ordinal);

    public static Identifiers Read(string directory, List<Diagnostic> diagnostics)
    {
        const string Name = "identifiers.csv";
        var file = Path.Combine(directory, Name);
        var forms = new List<Form>();
        foreach (var row in File.Exists(file) ? CsvTable.Read(Name, File.ReadAllBytes(file), "").Rows : [])
        {
            var pattern = row.Cells[1];
            try
            {
                forms.Add(new Form(
                    GardenLexicon.KeyWords(row.Cells[0].Text), new Regex($@"\A(?:{pattern.Text})\z", RegexOptions.CultureInvariant), row.Cells[2].Text, row.Cells[3].Text));
            }
            catch (RegexParseException e)
            {
                diagnostics.Add(Problems.OntologyUnreadable(Name, pattern.Origin.Line, pattern.Origin.Column, e.Message));
            }
        }

        return new Identifiers(forms);
    }

    /// <summary>The IRI of what an author wrote under a key, or null when the authority writes no identifier so: none is made up.</summary>
    public string? Find(string key, string value) =>
        Forms(key).Select(f => f.Pattern.Match(value) is { Success: true } match ? match.Result(f.Iri) : null).FirstOrDefault(i => i is not null);

    /// <summary>An identifier as it may stand under a key.</summary>
    public string? Example(string key) => Forms(key).FirstOrDefault()?.Example;

    private IEnumerable<Form> Forms(string key) => GardenLexicon.KeyWords(key) is var words && _forms.Contains(words) ? _forms[words] : _forms[AnyAuthority];

    private sealed record Form(string Key, Regex Pattern, string Iri, string Example);
}
