using MuseumXtd.Garden;
using MuseumXtd.Rdf;
using MuseumXtd.Server.Dataset;
using MuseumXtd.Server.Protocol;

namespace MuseumXtd.Server.Pages;

/// <summary>Which words of which notes say what a property of a resource is; without one, a form that asks for it.</summary>
internal sealed class ProvenancePage(DatasetState state, StatementOrigins? statements, string baseIri) : Page
{
    private readonly NotePages _notes = new(state, baseIri);

    /// <summary>The address of the page about a property of a resource. Values are not in it: a description is longer than an address may be.</summary>
    public static string AddressOf(Iri subject, Iri predicate) => $"/provenance?s={Uri.EscapeDataString(subject.Value)}&p={Uri.EscapeDataString(predicate.Value)}";

    /// <inheritdoc/>
    protected override string Title => T("provenance");

    /// <inheritdoc/>
    protected override void WriteMain(Html html)
    {
        if (statements is null)
        {
            WriteForm(html);
            return;
        }

        using var describer = new Describer(state.Snapshot);
        using (html.Open("p", ("class", "lead")))
        {
            WriteTerm(html, describer, statements.Subject);
            html.Text(" · ");
            html.Element("span", PropertyName(describer, statements.Predicate), ("title", statements.Predicate.Value));
        }

        if (statements.Values.All(v => v.Origins.Count == 0))
        {
            html.Element("p", T("noProvenance"));
        }

        foreach (var (value, origins) in statements.Values)
        {
            using (html.Open("h2", ("lang", (value as Literal)?.Language)))
            {
                WriteTerm(html, describer, value);
            }

            WriteOrigins(html, origins);
        }
    }

    private void WriteForm(Html html)
    {
        html.Element("p", T("provenanceIntro"), ("class", "lead"));
        using var form = html.Open("form", ("action", "/provenance"), ("method", "get"), ("class", "fields"));
        foreach (var (name, label, isRequired) in (ReadOnlySpan<(string, string, bool)>)[("s", "subject", true), ("p", "property", true), ("o", "valueIfAny", false)])
        {
            html.Element("label", T(label), ("for", name));
            html.Void("input", ("type", "text"), ("id", name), ("name", name), ("required", isRequired ? "required" : null), ("autocomplete", "off"), ("spellcheck", "false"));
        }

        WriteLanguageField(html);
        html.Element("button", T("show"), ("type", "submit"));
    }

    private void WriteOrigins(Html html, IReadOnlyList<Origin> origins)
    {
        if (origins.Count == 0)
        {
            return;
        }

        using var list = html.Open("ul", ("class", "problems"));
        foreach (var origin in origins)
        {
            using var item = html.Open("li");
            if (_notes.Of(origin.File) is { } note)
            {
                html.Element("a", origin.File, ("href", note));
            }
            else
            {
                html.Text(origin.File);
            }

            html.Text(", " + Format("lineColumnWithin", origin.Line, origin.Column));
            if (!string.IsNullOrEmpty(origin.Words))
            {
                html.Element("blockquote", origin.Words, ("lang", ""));
            }
        }
    }

    private void WriteTerm(Html html, Describer describer, Term term)
    {
        var name = describer.NameOf(term, Language);
        if (term is Iri iri)
        {
            html.Element("a", name, ("href", ResourcePage.LinkOf(iri, baseIri)));
        }
        else
        {
            html.Text(name);
        }
    }

    private string PropertyName(Describer describer, Iri predicate) => describer.NameOf(predicate, Language) is var name && Find("property." + name) is { } known ? known : name;
}
