using System.Collections.Immutable;
using MuseumXtd.Rdf;
using MuseumXtd.Rdf.Vocabulary;
using MuseumXtd.Sparql.Algebra;

namespace MuseumXtd.Sparql.Syntax;

/// <summary>Property paths (SPARQL 1.1 Query, section 19.8, rules 88 to 96).</summary>
internal sealed class PathParser(TokenReader tokens)
{
    private const int MaxDepth = 400;

    private int _depth;

    public bool StartsPath =>
        tokens.IsIri || tokens.Is("^") || tokens.Is("!") || tokens.Is("(") || (tokens.Current.Kind == TokenKind.Word && tokens.Current.Text == "a");

    public PropertyPath Read()
    {
        if (++_depth > MaxDepth)
        {
            throw tokens.Error(tokens.Current, $"Nested more than {MaxDepth} levels deep.");
        }

        var path = tokens.ReadRow<PropertyPath>("|", ReadSequence, (a, b) => new AlternativePath(a, b));
        _depth--;
        return path;
    }

    private PropertyPath ReadSequence() => tokens.ReadRow<PropertyPath>("/", ReadElementOrInverse, (a, b) => new SequencePath(a, b));

    private PropertyPath ReadElementOrInverse() => tokens.TryTake("^") ? new InversePath(ReadElement()) : ReadElement();

    private PropertyPath ReadElement()
    {
        var path = ReadPrimary();
        if (tokens.TryTake("*"))
        {
            return new ZeroOrMorePath(path);
        }

        if (tokens.TryTake("+"))
        {
            return new OneOrMorePath(path);
        }

        return tokens.TryTake("?") ? new ZeroOrOnePath(path) : path;
    }

    private PropertyPath ReadPrimary()
    {
        if (tokens.TryTake("("))
        {
            var path = Read();
            tokens.Expect(")");
            return path;
        }

        return tokens.TryTake("!") ? ReadNegatedSet() : new LinkPath(ReadPredicate());
    }

    private NegatedPropertySet ReadNegatedSet()
    {
        var forward = ImmutableArray.CreateBuilder<Iri>();
        var backward = ImmutableArray.CreateBuilder<Iri>();
        if (tokens.TryTake("("))
        {
            if (!tokens.Is(")"))
            {
                do
                {
                    ReadOne();
                }
                while (tokens.TryTake("|"));
            }

            tokens.Expect(")");
        }
        else
        {
            ReadOne();
        }

        return new NegatedPropertySet(forward.ToImmutable(), backward.ToImmutable());

        void ReadOne() => (tokens.TryTake("^") ? backward : forward).Add(ReadPredicate());
    }

    private Iri ReadPredicate()
    {
        if (tokens.Current.Kind == TokenKind.Word && tokens.Current.Text == "a")
        {
            tokens.Take();
            return RdfNames.Type;
        }

        return tokens.ExpectIri("a property: an IRI, a prefixed name or 'a'");
    }
}
