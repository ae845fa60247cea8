namespace MuseumXtd.Rdf.Syntax.JsonLd;

/// <summary>The terms of a context by what they mean (JSON-LD 1.1 API, section 6.2).</summary>
internal sealed class InverseContext
{
    public InverseContext(ActiveContext context)
    {
        _ = context;
    }
}
