using System.Globalization;
using MuseumXtd.Rdf;
using MuseumXtd.Server.Dataset;
using MuseumXtd.Server.Descriptions;

namespace MuseumXtd.Server.Pages;

/// <summary>What is said of one resource, where each statement comes from, and what points at it.</summary>
internal sealed class ResourcePage(DatasetState state, string iri, string path, string baseIri) : Page, IDisposable
{
    private const string Type = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type";

    // What people look for first; all else comes by the IRIs of the properties.
    private static readonly string[] First = [Type, Describer.Name, Ns + "altName", Ns + "description"];

    private readonly Describer _describer = new(state.Snapshot);

    private const string Ns = "https://w3id.org/museumxtd/ns#";

    /// <inheritdoc/>
    protected override string Title => _describer.NameOf(new Iri(iri), Language);

    /// <inheritdoc/>
    public void Dispose() => _describer.Dispose();

    /// <summary>Where a resource is on this server, when it is one of ours, else its IRI.</summary>
    public static string LinkOf(Iri target, string baseIri) =>
        target.Value.StartsWith(baseIri, StringComparison.Ordinal) ? "/" + target.Value[baseIri.Length..] : target.Value;

    /// <inheritdoc/>
    protected override void WriteHead(Html html)
    {
        html.Void("link", ("rel", "canonical"), ("href", iri));
        foreach (var format in Http.Representation.Formats)
        {
            html.Void("link", ("rel", "alternate"), ("type", format.MediaTypes[0]), ("href", $"/doc/{path}.{format.Suffixes[0]}"));
        }

        html.Raw($"<script type=\"application/ld+json\">{SchemaOrg.OfResource(_describer, new Iri(iri), baseIri, Language)}</script>\n");
    }

    /// <inheritdoc/>
    protected override void WriteMain(Html html)
    {
        var subject = new Iri(iri);
        html.Element("p", iri, ("class", "iri"));
        WriteTable(html, subject);
        foreach (var part in _describer.Statements(subject).Select(s => s.Object).OfType<Iri>()
            .Where(o => o.Value.StartsWith(iri + "/", StringComparison.Ordinal) && _describer.Knows(o.Value)).Distinct())
        {
            html.Element("h2", PartName(part));
            WriteTable(html, part);
        }

        var incoming = _describer.Incoming(subject).Where(i => i.Subject is Iri s && !s.Value.StartsWith(iri + "/", StringComparison.Ordinal)).ToList();
        var sources = incoming.Select(i => ((Iri)i.Subject).Value).ToHashSet(StringComparer.Ordinal);

        // What takes part points here itself; how it does is told on its page.
        incoming.RemoveAll(i => Owners(((Iri)i.Subject).Value).Any(sources.Contains));
        if (incoming.Count > 0)
        {
            html.Element("h2", T("incoming"));
            using var list = html.Open("ul", ("class", "plain"));
            foreach (var source in incoming.GroupBy(i => ((Iri)i.Subject).Value, i => i.Predicate, StringComparer.Ordinal))
            {
                // A term of a vocabulary is found by the fragment of its IRI.
                using var item = html.Open("li", ("id", source.Key.StartsWith(iri + "#", StringComparison.Ordinal) ? source.Key[(iri.Length + 1)..] : null));
                html.Element("a", _describer.NameOf(new Iri(source.Key), Language), ("href", LinkOf(new Iri(source.Key), baseIri)));
                html.Text(" ");
                html.Element("small", string.Join(", ", source.Select(PropertyName).Distinct()));
            }
        }

        html.Element("h2", T("formats"));
        using (html.Open("p", ("class", "ways")))
        {
            foreach (var format in Http.Representation.Formats)
            {
                html.Element("a", format.Label, ("href", $"/doc/{path}.{format.Suffixes[0]}"));
                html.Text(" ");
            }
        }
    }

    /// <summary>What a resource may be a part of: a participation of the initiative that it belongs to.</summary>
    private IEnumerable<string> Owners(string part)
    {
        for (var cut = part.LastIndexOf('/'); cut > baseIri.Length; cut = part.LastIndexOf('/', cut - 1))
        {
            yield return part[..cut];
        }
    }

    /// <summary>What a part is, and of which resources: "participation: Ars Electronica, leader".</summary>
    private string PartName(Iri part)
    {
        var statements = _describer.Statements(part);
        var types = statements.Where(s => s.Predicate.Value == Type).Select(s => _describer.NameOf(s.Object, Language)).Distinct();
        var values = statements.Where(s => s.Predicate.Value != Type && s.Object is Iri value && value.Value.StartsWith(baseIri, StringComparison.Ordinal))
            .Select(s => _describer.NameOf(s.Object, Language)).Distinct().ToList();
        return Format("part", string.Join(", ", types), values.Count > 0 ? string.Join(", ", values) : _describer.NameOf(part, Language));
    }

    private string PropertyName(Iri predicate)
    {
        var name = _describer.NameOf(predicate, Language);
        return Find("property." + name) ?? name;
    }

    /// <summary>A resource of another site without a name here is its address.</summary>
    private string ValueName(Iri value) =>
        _describer.NameOf(value, Language) is var name && !value.Value.StartsWith(baseIri, StringComparison.Ordinal) && value.Value.EndsWith(name, StringComparison.Ordinal) ? value.Value : name;

    /// <summary>What is said of a resource: a property that has several values is named once; where nothing comes from a note, no sources are shown.</summary>
    private void WriteTable(Html html, Iri subject)
    {
        var properties = _describer.Statements(subject)
            .Select(s => (s.Predicate, Value: s.Object, Sources: SourcesOf(subject, s.Predicate, s.Object)))
            .GroupBy(s => s.Predicate)
            .OrderBy(p => Array.IndexOf(First, p.Key.Value) is >= 0 and var rank ? rank : First.Length).ToList();
        var hasSources = properties.Exists(p => p.Any(s => s.Sources.Count > 0));
        using var table = html.Open("table", ("class", "facts"));
        using (html.Open("thead"))
        using (html.Open("tr"))
        {
            html.Element("th", T("property"), ("scope", "col"));
            html.Element("th", T("value"), ("scope", "col"));
            if (hasSources)
            {
                html.Element("th", T("source"), ("scope", "col"));
            }
        }

        using var body = html.Open("tbody");
        foreach (var property in properties)
        {
            var count = property.Count();
            var isFirst = true;
            foreach (var (predicate, value, sources) in property)
            {
                using var row = html.Open("tr");
                if (isFirst)
                {
                    html.Element("th", PropertyName(predicate), ("scope", count > 1 ? "rowgroup" : "row"), ("rowspan", count > 1 ? count.ToString(CultureInfo.InvariantCulture) : null), ("title", predicate.Value));
                    isFirst = false;
                }

                using (html.Open("td"))
                {
                    WriteValue(html, predicate, value);
                }

                if (hasSources)
                {
                    using var cell = html.Open("td");
                    WriteSources(html, sources, ProvenancePage.AddressOf(subject, predicate));
                }
            }
        }
    }

    private void WriteValue(Html html, Iri predicate, Term value)
    {
        if (value is Iri target)
        {
            // An identifier under our own address that nothing is said of has no page.
            if (target.Value.StartsWith(baseIri, StringComparison.Ordinal) && !_describer.Knows(target.Value))
            {
                html.Text(target.Value);
                return;
            }

            var list = predicate.Value == Type ? HomePage.PathOf(target.Value) : null;
            html.Element("a", ValueName(target), ("href", list is null ? LinkOf(target, baseIri) : "/" + list));
            return;
        }

        var language = (value as Literal)?.Language;
        html.Element("span", _describer.NameOf(value, Language), ("lang", language));
        if (language is not null && language != Language)
        {
            html.Text(" ");
            html.Element("small", language);
        }
    }

    /// <summary>The places that a statement was read from, each once, with the words there.</summary>
    private List<(string File, int Line, string Words)> SourcesOf(Iri subject, Iri predicate, Term value) =>
        [.. (state.Garden?.Origins.Of(subject, predicate, value) ?? []).GroupBy(o => (o.File, o.Line))
            .Select(o => (o.Key.File, o.Key.Line, string.Join(" … ", o.Select(p => p.Words).Where(w => !string.IsNullOrEmpty(w)).Distinct())))];

    /// <summary>The places, each a way to the words there, and from them to the note.</summary>
    private static void WriteSources(Html html, List<(string File, int Line, string Words)> sources, string words)
    {
        foreach (var (file, line, said) in sources)
        {
            using var source = html.Open("small", ("class", "source"));
            html.Element("a", string.Create(CultureInfo.InvariantCulture, $"{file}:{line}"), ("href", words), ("title", said.Length > 0 ? said : null));
        }
    }
}
