namespace MuseumXtd.Server;

/// <summary>What belongs to one server and ends with it, however it ends: those that came last first.</summary>
internal sealed class Parts : IDisposable
{
    private readonly Stack<IDisposable> _parts = new();

    /// <summary>Takes one over.</summary>
    public T Own<T>(T part)
        where T : class, IDisposable
    {
        _parts.Push(part);
        return part;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        while (_parts.TryPop(out var part))
        {
            try
            {
                part.Dispose();
            }
            catch
            {
                // The others all the same.
                Dispose();
                throw;
            }
        }
    }
}
