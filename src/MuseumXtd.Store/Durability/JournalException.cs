namespace MuseumXtd.Store.Durability;

/// <summary>The journal cannot be written, or holds what nobody wrote.</summary>
/// <param name="message">What went wrong and what to do.</param>
/// <param name="inner">The cause.</param>
public sealed class JournalException(string message, Exception? inner = null) : IOException(message, inner)
{
    /// <summary>Whether writing may work again without a new start, as when the disk was full.</summary>
    public bool IsPassing { get; init; }
}
