using System.Runtime.CompilerServices;

namespace MuseumXtd.Server.Http.Threads;

/// <summary>Awaited, lets the work go on on a thread of the pool, where it may take its time and wait.</summary>
internal readonly struct PoolThread : ICriticalNotifyCompletion
{
    /// <summary>For <c>await</c>.</summary>
    public PoolThread GetAwaiter() => this;

    /// <summary>Whether it is there already.</summary>
    public bool IsCompleted => !SocketThreads.IsThisOne;

    /// <summary>Nothing comes of it.</summary>
    public void GetResult()
    {
    }

    /// <inheritdoc/>
    public void OnCompleted(Action continuation) => ThreadPool.QueueUserWorkItem(static go => go(), continuation, preferLocal: false);

    /// <inheritdoc/>
    public void UnsafeOnCompleted(Action continuation) => ThreadPool.UnsafeQueueUserWorkItem(static go => go(), continuation, preferLocal: false);
}
