using System.Runtime.InteropServices;
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

    /// <summary>How many bytes are kept free behind what is written, where that is asked for.</summary>
    public int Room { get; set; } = 1000;

    /// <summary>Whether making names last reports an error.</summary>
    public bool NamesFail { get; set; }

    /// <summary>All bytes of a file, with what is kept free.</summary>
    public byte[] BytesOf(string name) => [.. _names[name].Bytes];

    /// <summary>How many bytes were written to a file.</summary>
    public int LengthOf(string name) => _names[name].End;

    public IReadOnlyList<string> List() => [.. _names.Keys];

    public IJournalFile Open(string name)
    {
        Step();
        if (!_names.TryGetValue(name, out var content))
        {
            content = new Content();
            Name(names => names[name] = content);
        }

        // Whoever ended before may have left what it kept free.
        content.End = content.Bytes.Count;
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
        if (NamesFail)
        {
            throw new IOException("Input/output error.");
        }

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

        /// <summary>How much was written; behind it there is what was kept free.</summary>
        public int End { get; set; }

        public void Tear(Random random)
        {
            var unsure = End - Lasting;
            if (unsure > 0)
            {
                var kept = Lasting + random.Next(unsure + 1);
                if (Bytes.Count > End && random.Next(3) > 0)
                {
                    CollectionsMarshal.AsSpan(Bytes)[kept..].Clear();
                }
                else
                {
                    Bytes.RemoveRange(kept, Bytes.Count - kept);
                }

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

            (Lasting, End) = (Bytes.Count, Bytes.Count);
        }
    }

    private sealed class OpenFile(FaultyFiles files, Content content) : IJournalFile
    {
        private int _ahead;

        public long Length => content.End;

        public int Read(long position, Span<byte> output)
        {
            var count = (int)Math.Min(output.Length, Math.Max(0, content.End - position));
            content.Bytes.GetRange((int)position, count).CopyTo(output);
            return count;
        }

        public void KeepAhead(int bytes) => _ahead = Math.Min(bytes, files.Room);

        public void Append(ReadOnlySpan<byte> bytes)
        {
            files.Step();
            if (_ahead > 0 && content.End + bytes.Length > content.Bytes.Count && content.End + bytes.Length + _ahead - content.Bytes.Count <= files.Space)
            {
                Grow(content.End + bytes.Length + _ahead);
            }

            var fits = (int)Math.Min(bytes.Length, files.Space + content.Bytes.Count - content.End);
            Grow(content.End + fits);
            bytes[..fits].CopyTo(CollectionsMarshal.AsSpan(content.Bytes)[content.End..]);
            content.End += fits;
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
            (content.End, content.Lasting) = ((int)length, Math.Min(content.Lasting, (int)length));
        }

        public void Flush()
        {
            files.Step();
            if (files.FlushFails)
            {
                throw new IOException("Input/output error.");
            }

            var lasting = content.End;
            var during = files.DuringFlush;
            files.DuringFlush = null;
            during?.Invoke();
            content.Lasting = lasting;
        }

        public void Dispose()
        {
            if (_ahead > 0 && files.StepsToCrash != 0)
            {
                files.Space += content.Bytes.Count - content.End;
                content.Bytes.RemoveRange(content.End, content.Bytes.Count - content.End);
            }
        }

        private void Grow(int length)
        {
            if (length > content.Bytes.Count)
            {
                files.Space -= length - content.Bytes.Count;
                content.Bytes.AddRange(new byte[length - content.Bytes.Count]);
            }
        }
    }
}
