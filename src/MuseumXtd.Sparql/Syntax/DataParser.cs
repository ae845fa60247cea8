using System.Collections.Immutable;
using MuseumXtd.Rdf;
using MuseumXtd.Rdf.Vocabulary;
using MuseumXtd.Sparql.Algebra;

namespace MuseumXtd.Sparql.Syntax;

/// <summary>Literals, and the inline data of VALUES (SPARQL 1.2 Query, section 19.8).</summary>
internal sealed class DataParser(TokenReader tokens)
{
    /// <summary>DataBlock of VALUES.</summary>
    public Values ReadDataBlock()
    {
        var variables = new VariableSet();
        var rows = ImmutableArray.CreateBuilder<ImmutableArray<Term?>>();
        if (tokens.Current.Kind == TokenKind.Variable)
        {
            variables.Add(new Variable(tokens.Take().Text));
            tokens.Expect("{");
            while (!tokens.TryTake("}"))
            {
                rows.Add([ReadDataValue()]);
            }

            return new Values(variables.ToImmutable(), rows.ToImmutable());
        }

        tokens.Expect("(");
        while (!tokens.TryTake(")"))
        {
            if (tokens.Current.Kind != TokenKind.Variable)
            {
                throw tokens.Unexpected("a variable or ')'");
            }

            var variable = new Variable(tokens.Current.Text);
            if (variables.Contains(variable))
            {
                throw tokens.Error(tokens.Current, $"{variable} stands twice in this VALUES.");
            }

            tokens.Take();
            variables.Add(variable);
        }

        tokens.Expect("{");
        while (!tokens.TryTake("}"))
        {
            var start = tokens.Current;
            tokens.Expect("(");
            var row = ImmutableArray.CreateBuilder<Term?>(variables.Count);
            while (!tokens.TryTake(")"))
            {
                row.Add(ReadDataValue());
            }

            if (row.Count != variables.Count)
            {
                throw tokens.Error(start, $"This row has {row.Count} values for {variables.Count} variables.");
            }

            rows.Add(row.ToImmutable());
        }

        return new Values(variables.ToImmutable(), rows.ToImmutable());
    }

    /// <summary>RDFLiteral, NumericLiteral or BooleanLiteral.</summary>
    public Literal ReadLiteral()
    {
        var token = tokens.Current;
        switch (token.Kind)
        {
            case TokenKind.String:
                tokens.Take();
                if (tokens.Current.Kind == TokenKind.LanguageTag)
                {
                    return WithLanguage(token.Text, tokens.Take());
                }

                return tokens.TryTake("^^") ? new Literal(token.Text, tokens.ExpectIri("the datatype, an IRI")) : new Literal(token.Text);
            case TokenKind.Word when token.IsWord("true") || token.IsWord("false"):
                tokens.Take();
                return new Literal(token.Text.ToLowerInvariant(), Xsd.Boolean);
            default:
                return ReadNumber();
        }
    }

    /// <summary>Whether a literal begins here.</summary>
    public bool StartsLiteral =>
        tokens.Current.Kind is TokenKind.String or TokenKind.Integer or TokenKind.Decimal or TokenKind.Double
        || tokens.Is("+") || tokens.Is("-") || tokens.IsWord("true") || tokens.IsWord("false");

    /// <summary>A number with or without a sign that touches it.</summary>
    public Literal ReadNumber()
    {
        var sign = "";
        if (tokens.Is("+") || tokens.Is("-"))
        {
            if (tokens.Next.Start != tokens.Current.End)
            {
                throw tokens.Unexpected("a term");
            }

            sign = tokens.Take().Text;
        }

        var token = tokens.Current;
        var datatype = token.Kind switch
        {
            TokenKind.Integer => Xsd.Integer,
            TokenKind.Decimal => Xsd.Decimal,
            TokenKind.Double => Xsd.Double,
            _ => throw tokens.Unexpected("a number"),
        };
        tokens.Take();
        return new Literal(sign + token.Text, datatype);
    }

    private Term? ReadDataValue()
    {
        if (tokens.TryTakeWord("UNDEF"))
        {
            return null;
        }

        if (tokens.IsIri)
        {
            return tokens.ExpectIri();
        }

        return tokens.Is("<<(") ? ReadTripleTermData()
            : StartsLiteral ? ReadLiteral() : throw tokens.Unexpected("an IRI, a literal, a triple term or UNDEF");
    }

    /// <summary>TripleTermData: no variables and no blank nodes.</summary>
    private TripleTerm ReadTripleTermData()
    {
        tokens.Enter();
        tokens.Expect("<<(");
        var subject = tokens.ExpectIri();
        var predicate = tokens.TryTakeWord("a") ? RdfNames.Type : tokens.ExpectIri();
        var @object = tokens.Is("<<(") ? ReadTripleTermData()
            : tokens.IsIri ? (Term)tokens.ExpectIri()
            : StartsLiteral ? ReadLiteral() : throw tokens.Unexpected("an IRI, a literal or a triple term");
        tokens.Expect(")>>");
        tokens.Leave();
        return new TripleTerm(subject, predicate, @object);
    }

    private Literal WithLanguage(string text, Token tag)
    {
        var at = tag.Text.IndexOf("--", StringComparison.Ordinal);
        return at < 0 ? new Literal(text, tag.Text) : tag.Text[at..] switch
        {
            "--ltr" => new Literal(text, tag.Text[..at], BaseDirection.LeftToRight),
            "--rtl" => new Literal(text, tag.Text[..at], BaseDirection.RightToLeft),
            _ => throw tokens.Error(tag, $"The base direction '{tag.Text[at..]}' is neither --ltr nor --rtl."),
        };
    }
}
