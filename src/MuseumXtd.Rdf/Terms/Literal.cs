using MuseumXtd.Rdf.Vocabulary;

namespace MuseumXtd.Rdf;

/// <summary>
/// A literal (RDF 1.2 Concepts, section 3.3). The lexical form is kept exactly as read.
/// </summary>
public sealed record Literal : Term
{
    /// <summary>A literal of type <c>xsd:string</c>.</summary>
    public Literal(string lexicalForm)
    {
        LexicalForm = lexicalForm;
        Datatype = Xsd.String;
    }

    /// <summary>A typed literal.</summary>
    public Literal(string lexicalForm, Iri datatype)
    {
        LexicalForm = lexicalForm;
        Datatype = datatype;
    }

    /// <summary>A language-tagged string, with a base direction where there is one.</summary>
    public Literal(string lexicalForm, string language, BaseDirection direction = BaseDirection.None)
    {
        LexicalForm = lexicalForm;
        Language = language;
        Direction = direction;
        Datatype = direction == BaseDirection.None ? RdfNames.LangString : RdfNames.DirLangString;
    }

    /// <inheritdoc/>
    public override TermKind Kind => TermKind.Literal;

    /// <summary>The characters of the literal, unescaped.</summary>
    public string LexicalForm { get; }

    /// <summary>The datatype; <c>rdf:langString</c> or <c>rdf:dirLangString</c> when there is a language.</summary>
    public Iri Datatype { get; }

    /// <summary>The language tag as written, or null.</summary>
    public string? Language { get; }

    /// <summary>The base direction of a directional language-tagged string.</summary>
    public BaseDirection Direction { get; }

    /// <summary>The literal in the manner of N-Triples, without escapes: for messages, not for data.</summary>
    public override string ToString() =>
        Language is not null
            ? $"\"{LexicalForm}\"@{Language}{DirectionSuffix}"
            : Datatype == Xsd.String ? $"\"{LexicalForm}\"" : $"\"{LexicalForm}\"^^{Datatype}";

    private string DirectionSuffix => Direction switch
    {
        BaseDirection.LeftToRight => "--ltr",
        BaseDirection.RightToLeft => "--rtl",
        _ => "",
    };
}
