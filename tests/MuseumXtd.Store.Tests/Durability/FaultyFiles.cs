using MuseumXtd.Store.Durability;
using MuseumXtd.Store.Memory;

namespace MuseumXtd.Store.Tests.Durability;

/// <summary>
/// Files in memory that forget on a crash what was not flushed, wholly or in part, and can be told to fail: after some number of steps the power
/// goes, or the disk is full, or a flush fails.
/// </summary>
internal sealed class FaultyFiles(Random random) : IJournalFiles
{
    private readonly List<Action<Dictionary<string, Content>>> _unsureNames = [];
    private Dictionary<string, Content> _names = [];
    private Dictionary<string, Content> _lastingNames = [];

    /// <summary>How many more steps there are before the power goes; negative for no end.</summary>
    public int StepsToCrash { get; set; } = -1;

    /// <summary>How many more bytes the disk takes.</summary>
    public long Space { get; set; } = long.MaxValue;

    /// <summary>What happens while a file is being flushed, once; that flush does not make it last.</summary>
    public Action? DuringFlush { get; set; }

    /// <summary>Whether flushing reports an error.</summary>
    public bool FlushFails { get; set; }

    public IReadOnlyList<string> List() => [.. _names.Keys];

    public IJournalFile Open(string name)
    {
        Step();
        if (!_names.TryGetValue(name, out var content))
        {
            content = new Content();
            Name(names => names[name] = content);
        }

        return new OpenFile(this, content);
    }

    public MappedFile Map(string name)
    {
        Step();
        return MappedFile.Copy(_names[name].Bytes.ToArray());
    }

    public void Rename(string from, string to)
    {
        Step();
        var content = _names[from];
        Name(names =>
        {
            names[to] = content;
            names.Remove(from);
        });
    }

    public void Delete(string name)
    {
        Step();
        Name(names => names.Remove(name));
    }

    public void FlushNames()
    {
        Step();
        _lastingNames = new(_names);
        _unsureNames.Clear();
    }

    /// <summary>The process ends at once; what it gave to the system is there, and will be lost all the same when the power goes.</summary>
    public void Kill() => StepsToCrash = -1;

    /// <summary>The power goes and comes back: names and bytes that were not flushed are there, gone, or there in part.</summary>
    public void Crash()
    {
        StepsToCrash = -1;
        if (random.Next(4) > 0)
        {
            // Each change of the folder reaches the disk or not, whatever came before and after it.
            _names = new(_lastingNames);
            _unsureNames.Where(_ => random.Next(2) == 0).ToList().ForEach(change => change(_names));
        }

        foreach (var content in _names.Values)
        {
            content.Tear(random);
        }

        _lastingNames = new(_names);
        _unsureNames.Clear();
    }

    /// <summary>Changes a byte.</summary>
    public void Damage(string name, int position) => _names[name].Bytes[position] ^= 0x40;

    private void Name(Action<Dictionary<string, Content>> change)
    {
        change(_names);
        _unsureNames.Add(change);
    }

    private void Step()
    {
        if (StepsToCrash == 0)
        {
            throw new PowerException();
        }

        StepsToCrash -= StepsToCrash > 0 ? 1 : 0;
    }

    /// <summary>The machine stops here: nothing after it happens.</summary>
    internal sealed class PowerException : Exception;

    private sealed class Content
    {
        public List<byte> Bytes { get; } = [];

        public int Lasting { get; set; }

        public void Tear(Random random)
        {
            var unsure = Bytes.Count - Lasting;
            if (unsure > 0)
            {
                var kept = Lasting + random.Next(unsure + 1);
                Bytes.RemoveRange(kept, Bytes.Count - kept);
                if (kept > Lasting && random.Next(3) == 0)
                {
                    // Pages reach the disk in any order: some of what is there may be what was there before.
                    var from = random.Next(Lasting, kept);
                    for (var i = from; i < Math.Min(kept, from + 16); i++)
                    {
                        Bytes[i] = 0;
                    }
                }
            }

            Lasting = Bytes.Count;
        }
    }

    private sealed class OpenFile(FaultyFiles files, Content content) : IJournalFile
    {
        public long Length => content.Bytes.Count;

        public int Read(long position, Span<byte> output)
        {
            var count = (int)Math.Min(output.Length, Math.Max(0, content.Bytes.Count - position));
            content.Bytes.GetRange((int)position, count).CopyTo(output);
            return count;
        }

        public void Append(ReadOnlySpan<byte> bytes)
        {
            files.Step();
            var fits = (int)Math.Min(bytes.Length, files.Space);
            content.Bytes.AddRange(bytes[..fits]);
            files.Space -= fits;
            if (fits < bytes.Length)
            {
                throw new IOException("No space left on device.");
            }
        }

        public void Truncate(long length)
        {
            files.Step();
            files.Space += content.Bytes.Count - length;
            content.Bytes.RemoveRange((int)length, content.Bytes.Count - (int)length);
            content.Lasting = Math.Min(content.Lasting, (int)length);
        }

        public void Flush()
        {
            files.Step();
            if (files.FlushFails)
            {
                throw new IOException("Input/output error.");
            }

            var lasting = content.Bytes.Count;
            var during = files.DuringFlush;
            files.DuringFlush = null;
            during?.Invoke();
            content.Lasting = lasting;
        }

        public void Dispose()
        {
        }
    }
}
