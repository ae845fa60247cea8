namespace MuseumXtd.Rdf.Syntax;

/// <summary>A statement cannot be said in the syntax that it is written in; the message tells which and why.</summary>
public sealed class RdfWriteException : Exception
{
    /// <summary>An error.</summary>
    public RdfWriteException(string message)
        : base(message)
    {
    }
}
