using System.Globalization;
using System.Text;
using MuseumXtd.Rdf;
using MuseumXtd.Server.Descriptions;
using MuseumXtd.Server.Dumps;
using MuseumXtd.Server.Pages;

namespace MuseumXtd.Server.Http;

/// <summary>Typed links for programs that meet a page (RFC 8288, https://signposting.org/FAIR/).</summary>
internal static class Signposting
{
    /// <summary>From the document of a thing to its name, its other forms, its type, its licence and the dataset it is part of.</summary>
    public static string[] OfResource(Describer describer, string iri, string path, ServerOptions options)
    {
        var name = Reference(iri);
        var document = Reference("/doc/" + path);
        return Links(describer, iri, name, document, options);
    }

    /// <summary>An IRI as a URI reference, which headers can hold (RFC 3987, section 3.1).</summary>
    public static string Reference(string iri)
    {
        var text = new StringBuilder(iri.Length);
        foreach (var value in Encoding.UTF8.GetBytes(iri))
        {
            if (value is > 0x20 and < 0x7F and not ((byte)'<' or (byte)'>' or (byte)'"'))
            {
                text.Append((char)value);
            }
            else
            {
                text.Append('%').Append(value.ToString("X2", CultureInfo.InvariantCulture));
            }
        }

        return text.ToString();
    }

    private static string[] Links(Describer describer, string iri, string name, string document, ServerOptions options) =>
    [
        $"<{name}>; rel=\"cite-as\"",
        $"<{name}>; rel=\"describes\"",
        $"<{name}>; rel=\"canonical\"",
        $"<https://schema.org/{SchemaOrg.TypeOf(describer, new Iri(iri))}>; rel=\"type\"",
        .. Representation.Formats.SelectMany(f => new[]
        {
            $"<{document}.{f.Suffixes[0]}>; rel=\"alternate\"; type=\"{f.MediaTypes[0]}\"",
            $"<{document}.{f.Suffixes[0]}>; rel=\"describedby\"; type=\"{f.MediaTypes[0]}\"",
        }),
        $"<{document}.html>; rel=\"alternate\"; type=\"text/html\"",
        $"<{options.BaseIri}dataset>; rel=\"collection\"",
        $"<{options.LicenseOf(DumpProfile.Full)}>; rel=\"license\"",
    ];
}
