namespace MuseumXtd.Store;

/// <summary>There is no memory for what was to be written or made. Nothing was changed.</summary>
public sealed class StoreFullException : Exception
{
    /// <summary>Without a message.</summary>
    public StoreFullException()
    {
    }

    /// <summary>With a message that says what to do.</summary>
    public StoreFullException(string message)
        : base(message)
    {
    }

    /// <summary>With a cause.</summary>
    public StoreFullException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
