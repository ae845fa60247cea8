using Microsoft.Extensions.ObjectPool;
using MuseumXtd.Rdf.Buffers;

namespace MuseumXtd.Server.OData.Writing;

/// <summary>Buffers that answers are written into, used again and again: making room for a long answer costs more than writing it.</summary>
internal sealed class AnswerBuffers : PooledObjectPolicy<ByteBuffer>
{
    /// <summary>How many are kept: as many as answers are written at a time.</summary>
    private const int MaxKept = 16;

    /// <summary>How many bytes one may have had to be kept.</summary>
    private const int MaxBytes = 1 << 19;

    public static ObjectPool<ByteBuffer> CreatePool() => new DefaultObjectPoolProvider { MaximumRetained = MaxKept }.Create(new AnswerBuffers());

    public override ByteBuffer Create() => new(1 << 16);

    /// <summary>Gives a buffer back that had so many bytes at a time; one that grew too long is let go.</summary>
    public static void Return(ObjectPool<ByteBuffer> buffers, ByteBuffer buffer, int longest)
    {
        if (longest > MaxBytes)
        {
            buffer.Dispose();
        }
        else
        {
            buffers.Return(buffer);
        }
    }

    public override bool Return(ByteBuffer obj)
    {
        obj.Clear();
        return true;
    }
}
