using System.Text;
using CsCheck;
using MuseumXtd.Fuzz;
using MuseumXtd.Rdf.Syntax;

namespace MuseumXtd.Rdf.Tests.Syntax;

/// <summary>Documents made of pieces of the grammars in any order, with damaged bytes: see <see cref="ReaderTarget"/> for what must hold.</summary>
public sealed class FuzzTests
{
    private static readonly string[] Lines =
    [
        "<http://x/s> ", "<http://x/p> ", "_:a ", "_:b.c ", "\"text\" ", "\"\\u00e9\\n\"", "\"x\"", "@fr", "@ar--rtl ", "^^<http://x/t>", " .\n", ".", "\n", "# c\n",
        "<<( ", ")>> ", "<<", ">>", "VERSION \"1.2\"\n", "\\", "\"", "<", ">", "\u00e9", "\ufffe", "<\\u0041:b>", "<rel>", "\r", "^^", "@", "_:", "--ltr",
    ];

    private static readonly string[] Turtle =
    [
        .. Lines, "@prefix p: <http://p/> .\n", "PREFIX : <http://q/>\n", "@base <http://b/c> .\n", "BASE <d/>\n", "p:a ", ":b ", "p:a.b\\~%41 ", "a ", "true ", "1.5e3 ", "-1 ",
        ".5 ", "'x' ", "'''a\n'b''' ", "\"\"\"", "[ ", "] ", "[] ", "( ", ") ", "() ", "; ", ", ", "<< ", ">> ", "~ ", "~ :r ", "{| ", "|} ", "{ ", "} ", "GRAPH ", "<http://x/g> { ",
        "@version \"1.2\" .\n", ":s :p :o .\n", "a.", "p:", "0.e", "..",
    ];

    private static readonly string[] Xml =
    [
        "<rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\" xmlns:x=\"http://x/\">", "</rdf:RDF>", "<rdf:Description rdf:about=\"a\">", "</rdf:Description>", "<x:p>", "</x:p>",
        "<x:p rdf:resource=\"#b\"/>", "<x:p rdf:parseType=\"Collection\">", "<x:p rdf:parseType=\"Literal\">", "<x:p rdf:parseType=\"Resource\">", "<x:p rdf:datatype=\"http://x/t\">", " xml:lang=\"fr\"",
        "<rdf:li>", "</rdf:li>", "text", "&amp;", "&#xFFFE;", "<!-- c -->", "<![CDATA[x]]>", "<?pi?>", "<!DOCTYPE a [<!ENTITY e \"ee\">]>", "&e;", " rdf:ID=\"i\"", " rdf:nodeID=\"n\"", "<", ">", "/", "\"", "\n", "\u0001",
    ];

    private static readonly string[] Json =
    [
        "{", "}", "[", "]", ":", ",", "\"@id\"", "\"@type\"", "\"@context\"", "\"@value\"", "\"@graph\"", "\"@list\"", "\"@set\"", "\"@language\"", "\"@vocab\"", "\"@base\"", "\"@reverse\"", "\"@container\"",
        "\"http://x/p\"", "\"p\"", "\"_:b\"", "\"fr\"", "1", "1.5e400", "true", "null", "\"\\ud800\"", "\"\\u00e9\"", "{\"@id\":\"a\",\"http://x/p\":", "{\"@context\":{\"p\":\"http://x/p\"},\"p\":", "\"@json\"", "\"@nest\"", "\"", "\\", " ",
    ];

    public static TheoryData<string> Formats() => new(RdfFormats.All.Select(f => f.Name));

    [Theory]
    [MemberData(nameof(Formats))]
    public void Whatever_comes_is_read_or_refused_in_good_order(string name)
    {
        var format = RdfFormats.ByName(name)!;
        var pieces = name switch
        {
            "ntriples" or "nquads" => Lines,
            "turtle" or "trig" => Turtle,
            "rdfxml" => Xml,
            _ => Json,
        };
        var piece = Gen.Int[0, pieces.Length - 1].Select(i => pieces[i]);
        var damage = Gen.Select(Gen.Int[0, 10_000], Gen.Byte);
        Gen.Select(piece.Array[0, 30], damage.Array[0, 2]).Sample(
            (chosen, damages) =>
            {
                var bytes = Encoding.UTF8.GetBytes(string.Concat(chosen));
                foreach (var (at, value) in damages)
                {
                    if (bytes.Length > 0)
                    {
                        bytes[at % bytes.Length] = value;
                    }
                }

                ReaderTarget.Check(format, bytes);
            },
            iter: 6_000,
            print: t => string.Concat(t.Item1) + " " + string.Join(' ', t.Item2));
    }
}
