using System.Globalization;
using MuseumXtd.Rdf.Syntax;

namespace MuseumXtd.Garden.Tests;

/// <summary>While notes are served, nobody waits for a large one: it stays as it was until it is read, and then says what it says.</summary>
public sealed class LargeFilesTests : IDisposable
{
    private static readonly TimeSpan Long = TimeSpan.FromSeconds(20);

    private readonly TemporaryGarden _garden = new();
    private readonly ManualResetEventSlim _mayRead = new(true);
    private readonly System.Threading.Channels.Channel<string> _isRead = System.Threading.Channels.Channel.CreateUnbounded<string>();
    private readonly List<string> _recognised = [];
    private readonly GardenReader _reader;

    public LargeFilesTests()
    {
        _garden.Write("large.md", Large("Vague")).Write("small.md", Small("Houle"));
        foreach (var file in Directory.EnumerateFiles(_garden.Root))
        {
            File.SetLastWriteTimeUtc(file, DateTime.UtcNow.AddMinutes(-1));
        }

        _reader = new GardenReader(new GardenOptions { Roots = [_garden.Root], KeepLastGood = true });
        _reader.ReadLargeFilesBeside(path => _isRead.Writer.TryWrite(Path.GetFileName(path)));
        _reader.Recognising = path =>
        {
            if (path is "large.md" or "second.md")
            {
                Assert.True(_mayRead.Wait(Long));
                lock (_recognised)
                {
                    _recognised.Add(path);
                }
            }
        };
        Assert.Equal(["Houle", "Vague"], Names(_reader.Build()));
    }

    public void Dispose()
    {
        _mayRead.Set();
        _garden.Dispose();
        _mayRead.Dispose();
    }

    [Fact]
    public async Task Small_notes_are_seen_while_a_large_one_is_read()
    {
        _mayRead.Reset();
        _garden.Write("large.md", Large("Écume")).Write("small.md", Small("Sel"));
        Assert.Equal(["Sel", "Vague"], Names(Build("large.md", "small.md")));
        _garden.Write("small.md", Small("Sable"));
        Assert.Equal(["Sable", "Vague"], Names(Build("small.md")));
        _garden.Write("new.md", Small("Phare"));
        Assert.Equal(["Phare", "Sable", "Vague"], Names(Build("new.md")));
        await EndAsync("large.md");
        Assert.Equal(["Phare", "Sable", "Écume"], Names(Build("large.md")));
    }

    [Fact]
    public async Task Nothing_is_published_while_only_a_large_note_is_read()
    {
        var before = _reader.Build();
        _mayRead.Reset();
        _garden.Write("large.md", Large("Écume"));
        Assert.Same(before, Build("large.md"));
        Assert.Same(before, _reader.Build());
        await EndAsync("large.md");
        var after = Build("large.md");
        Assert.NotSame(before, after);
        Assert.Same(after, _reader.Build());
        Assert.Single(_recognised.Skip(1));
    }

    [Fact]
    public async Task Note_saved_again_while_it_is_read_says_what_was_saved_last()
    {
        _mayRead.Reset();
        _garden.Write("large.md", Large("Écume"));
        Build("large.md");
        _garden.Write("large.md", Large("Embruns") + "et plus\n");
        Build("large.md");
        await EndAsync("large.md");
        Build("large.md");
        await EndAsync("large.md");
        Assert.Equal(["Embruns", "Houle"], Names(Build("large.md")));
    }

    [Fact]
    public async Task Note_that_is_changed_back_while_it_is_read_says_what_it_said()
    {
        _garden.Write("large.md", Large("Houle"));
        Build("large.md");
        await EndAsync("large.md");
        _garden.Write("large.md", Large("Vague"));
        Assert.Equal(["Houle", "Houle"], Names(Build("large.md")));
        await EndAsync("large.md");
        Assert.Equal(["Houle", "Vague"], Names(Build("large.md")));
    }

    [Fact]
    public async Task Note_that_becomes_small_or_goes_while_it_is_read_is_not_seen_large_again()
    {
        _mayRead.Reset();
        _garden.Write("large.md", Large("Écume"));
        Build("large.md");
        _garden.Write("large.md", Small("Sel"));
        var small = Task.Run(() => Build("large.md"));
        _mayRead.Set();
        Assert.Equal(["Houle", "Sel"], Names(await small));
        await EndAsync("large.md");
        Assert.Equal(["Houle", "Sel"], Names(Build("large.md")));

        _garden.Write("large.md", Large("Vague"));
        Build("large.md");
        File.Delete(Path.Combine(_garden.Root, "large.md"));
        Assert.Equal(["Houle"], Names(Build("large.md")));
        await EndAsync("large.md");
        Assert.Equal(["Houle"], Names(Build("large.md")));
        Assert.Equal(["Houle"], Names(_reader.Build()));
    }

    [Fact]
    public async Task New_large_note_comes_when_it_is_read()
    {
        _mayRead.Reset();
        _garden.Write("second.md", Large("Phare")).Write("small.md", Small("Sel"));
        Assert.Equal(["Sel", "Vague"], Names(Build("second.md", "small.md")));
        await EndAsync("second.md");
        Assert.Equal(["Phare", "Sel", "Vague"], Names(Build("second.md")));
    }

    [Fact]
    public void Renamed_large_note_is_never_away()
    {
        File.Move(Path.Combine(_garden.Root, "large.md"), Path.Combine(_garden.Root, "second.md"));
        Assert.Equal(["Houle", "Vague"], Names(Build("large.md", "second.md")));
    }

    [Fact]
    public async Task Broken_large_note_stays_as_it_was_and_is_told()
    {
        _garden.Write("large.md", Large("Écume").Replace("nom: Écume", "nom: \"Écume", StringComparison.Ordinal));
        Build("large.md");
        await EndAsync("large.md");
        var graph = Build("large.md");
        Assert.Equal(["Houle", "Vague"], Names(graph));
        Assert.Contains(graph.Diagnostics, d => d is { File: "large.md", Code: "MXG0108" });
    }

    [Theory]
    [InlineData(20261126)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Whatever_is_edited_in_any_order_ends_as_a_reader_sees_it_that_begins_then(int seed)
    {
        var random = new Random(seed);
        string[] files = ["large.md", "second.md", "small.md", "new.md"];
        for (var step = 0; step < 60; step++)
        {
            var file = files[random.Next(files.Length)];
            var path = Path.Combine(_garden.Root, file);

            // Another length each time: a file that takes another's place within the tick of the clock, with its length, is not told from it.
            var more = new string('.', step + 1) + "\n";
            var name = $"Chose {random.Next(6).ToString(CultureInfo.InvariantCulture)}";
            switch (random.Next(5))
            {
                case 0 when File.Exists(path):
                    File.Delete(path);
                    break;
                case 1 when File.Exists(path):
                    File.Move(path, Path.Combine(_garden.Root, files[random.Next(files.Length)]), overwrite: true);
                    break;
                case 2:
                    _garden.Write(file, Small(name) + more);
                    break;
                default:
                    _garden.Write(file, Large(name) + more);
                    break;
            }

            Build(random.Next(3) == 0 ? files : [file, .. files.Where(f => !File.Exists(Path.Combine(_garden.Root, f)))]);
        }

        // Each that ends is taken, and nothing else is told: a large file that is said to have changed is read once more, so that two would take turns for ever.
        var graph = Build(files);
        while (files.Any(f => _reader.IsReadingBeside(f)))
        {
            graph = Build(await _isRead.Reader.ReadAsync().AsTask().WaitAsync(Long));
        }

        var anew = new GardenReader(new GardenOptions { Roots = [_garden.Root], KeepLastGood = true }).Build();
        Assert.Equal(Bytes(anew), Bytes(graph));
        Assert.Equal(anew.Diagnostics, graph.Diagnostics);
    }

    private static string Small(string name) => $"---\ntype: projet\nnom: {name}\n---\nUn texte.\n";

    private static string Large(string name) => Small(name) + string.Concat(Enumerable.Repeat("\nUne ligne de plus, qui ne dit rien.\n", 5_000));

    private static string[] Names(GardenGraph graph) =>
        [.. new GraphView(graph).NoteStatements.Where(s => s.P.Value == GraphView.Ns + "name" && s.S.ToString()!.Contains("/initiative/", StringComparison.Ordinal))
            .Select(s => ((MuseumXtd.Rdf.Literal)s.O).LexicalForm).Order(StringComparer.Ordinal)];

    private static byte[] Bytes(GardenGraph graph)
    {
        using var stream = new MemoryStream();
        using (var writer = RdfFormats.NQuads.CreateWriter!(stream, new WriterOptions()))
        {
            graph.WriteTo(writer);
            writer.Complete();
        }

        return stream.ToArray();
    }

    private GardenGraph Build(params string[] changed) => _reader.Build([.. changed.Select(f => Path.Combine(_garden.Root, f))]);

    private async Task EndAsync(string path)
    {
        _mayRead.Set();
        while (await _isRead.Reader.ReadAsync().AsTask().WaitAsync(Long) != path)
        {
            // Another one.
        }
    }
}
