namespace MuseumXtd.Rdf.Syntax;

/// <summary>
/// Parts of a document that are made on several cores and put behind one another: for syntaxes that have a line for each statement.
/// </summary>
public static class DocumentParts
{
    /// <summary>Writes the parts in their order. Some more of them than there are cores are held in memory at a time.</summary>
    /// <param name="output">Where to.</param>
    /// <param name="parts">What writes each part; any thread may call it. The next one is asked for while earlier ones are made.</param>
    public static void Write(Stream output, IEnumerable<Action<Stream>> parts)
    {
        ArgumentNullException.ThrowIfNull(output);
        ArgumentNullException.ThrowIfNull(parts);
        var made = new Queue<Task<MemoryStream>>();
        var spare = new Stack<MemoryStream>();
        try
        {
            foreach (var part in parts)
            {
                if (made.Count > Environment.ProcessorCount)
                {
                    WriteFirst();
                }

                var memory = spare.TryPop(out var used) ? used : new MemoryStream();
                made.Enqueue(Task.Run(() =>
                {
                    part(memory);
                    return memory;
                }));
            }

            while (made.Count > 0)
            {
                WriteFirst();
            }
        }
        finally
        {
            // What the parts are made of may be gone when this returns, so nobody may read it any more.
            Task.WhenAll(made).ContinueWith(t => t.Exception, TaskScheduler.Default).GetAwaiter().GetResult();
        }

        void WriteFirst()
        {
            var first = made.Dequeue().GetAwaiter().GetResult();
            output.Write(first.GetBuffer(), 0, (int)first.Length);
            first.SetLength(0);
            spare.Push(first);
        }
    }
}
