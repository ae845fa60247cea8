using MuseumXtd.Rdf.Buffers;

namespace MuseumXtd.Rdf.Syntax.Turtle;

/// <summary>The directives of Turtle (RDF 1.2 Turtle, section 6.5, rules 3 to 9): prefixes, base and version, in both spellings.</summary>
internal sealed class TurtleDirectives(Utf8Input input, TurtleTokens tokens, IQuadSink sink)
{
    /// <summary>Reads a directive that begins with <c>@</c> and ends with a dot.</summary>
    public void ReadAt()
    {
        var start = input.Position - input.Mark;
        if (tokens.TryKeyword("@prefix"u8, ignoreCase: false))
        {
            tokens.ReadPrefix(sink);
        }
        else if (tokens.TryKeyword("@base"u8, ignoreCase: false))
        {
            tokens.ReadBase();
        }
        else if (tokens.TryKeyword("@version"u8, ignoreCase: false))
        {
            tokens.ReadVersion();
        }
        else
        {
            throw input.Error("unknown-directive", "Expected @prefix, @base or @version.", input.Mark + start);
        }

        tokens.Expect((byte)'.', "expected-dot", "Expected '.' at the end of the directive.");
    }

    /// <summary>Reads a directive in the spelling of SPARQL, without a dot; false where there is none.</summary>
    public bool TryReadSparql()
    {
        if (tokens.TryKeyword("PREFIX"u8, ignoreCase: true))
        {
            tokens.ReadPrefix(sink);
            return true;
        }

        if (tokens.TryKeyword("BASE"u8, ignoreCase: true))
        {
            tokens.ReadBase();
            return true;
        }

        if (tokens.TryKeyword("VERSION"u8, ignoreCase: true))
        {
            tokens.ReadVersion();
            return true;
        }

        return false;
    }
}
