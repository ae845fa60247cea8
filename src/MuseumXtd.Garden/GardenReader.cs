using System.Diagnostics;
using MuseumXtd.Garden.Lexicon;
using MuseumXtd.Garden.Notes;
using MuseumXtd.Garden.Projection;
using MuseumXtd.Garden.Recognition;
using MuseumXtd.Garden.Resolution;

namespace MuseumXtd.Garden;

/// <summary>
/// Reads a garden into a graph. An instance remembers what it read, by path and content: building again after one file was saved reads
/// only that file, and gives the same graph as a new instance would. An instance is used by one thread at a time.
/// </summary>
public sealed class GardenReader
{
    // Clocks of file systems tick this coarsely: a file written so shortly before it was read may be written again with the same time.
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(50);

    // Many programs empty a file and then write it, also across a network; who empties a note sees it after this time.
    private static readonly TimeSpan Emptying = TimeSpan.FromSeconds(2);

    private readonly GardenOptions _options;
    private readonly IdentityMemory? _identities;
    private LargeFiles? _beside;
    private NotesAhead? _ahead;
    private Dictionary<string, KnownFile> _files = new(StringComparer.Ordinal);
    private (string Stamp, GardenLexicon Lexicon, GardenProjection Projection)? _ontology;

    // What the last build that came to its end saw, and what it gave.
    private GardenListing? _listing;
    private KnownFile?[] _read = [];
    private GardenGraph? _last;
    private string _registry = "";

    /// <summary>A reader of the garden that the options describe.</summary>
    /// <exception cref="IOException">The file of identifiers cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The file of identifiers must not be read.</exception>
    public GardenReader(GardenOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        _options = options.BaseIri.EndsWith('/') ? options : options with { BaseIri = options.BaseIri + "/" };
        if (options.RemembersIdentities)
        {
            _identities = new IdentityMemory(options.Clock);
            if (options.IdentityFile is { } file && File.Exists(file))
            {
                _identities.Load(Resolution.IdentityFile.Read(File.ReadAllBytes(file)));
            }
        }
    }

    /// <summary>The names of the graphs that do not belong to the union that is served as the default graph.</summary>
    public IReadOnlyCollection<string> OutsideUnion => [ProjectedGarden.OriginGraphOf(_options.BaseIri)];

    /// <summary>The folders outside the garden to which symbolic links in it led when it was last read.</summary>
    public IReadOnlyCollection<string> LinkedFolders { get; private set; } = [];

    /// <summary>Whether a file is one that gardens are made of, by its name.</summary>
    public static bool Reads(string file) => GardenFiles.IsNoteOrTable(file);

    /// <summary>
    /// After what time to build again though nothing changes any more, or null. While notes are served, one that was emptied stays as it was for a
    /// moment, since most often it is just being saved; then it is empty.
    /// </summary>
    public TimeSpan? Awaits
    {
        get
        {
            TimeSpan? awaits = null;
            foreach (var file in _last is null ? [] : _read)
            {
                if (file?.EmptySince is { } since && Emptying - _options.Clock.GetElapsedTime(since) is var left && !(left >= awaits))
                {
                    awaits = left > TimeSpan.Zero ? left : TimeSpan.Zero;
                }
            }

            return awaits;
        }
    }

    /// <summary>
    /// Makes later builds read large files that changed beside, so that nothing else waits for them: until such a file is read, it stays as it was.
    /// </summary>
    /// <param name="read">Called with the path of a file on the disk when it is read, on another thread: the next build that is told this path takes it.</param>
    public void ReadLargeFilesBeside(Action<string> read)
    {
        ArgumentNullException.ThrowIfNull(read);
        _beside = new LargeFiles(read);
    }

    /// <summary>
    /// Looks at all files, reads what changed since the last time and gives the whole graph: the last one again, when nothing that matters changed.
    /// </summary>
    public GardenGraph Build(CancellationToken cancellation = default) => BuildAll([], cancellation);

    private GardenGraph BuildAll(IReadOnlyCollection<string> changed, CancellationToken cancellation)
    {
        var told = changed.Select(Path.GetFullPath).ToHashSet(StringComparer.Ordinal);
        var (before, last, known) = (_listing, _last, _files);
        (_listing, _last) = (null, null);
        var registry = IdentityRegistry.StampOf(_options);
        using var enough = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        _ahead = _ontology is null ? new NotesAhead() : null;
        var finding = Task.Run(
            () =>
            {
                var found = GardenListing.Find(_options, cancellation);
                _ahead?.Read(found.Files, enough.Token);
                return found;
            },
            cancellation);
        GardenLexicon lexicon;
        GardenProjection projection;
        try
        {
            (lexicon, projection) = Ontology(cancellation);
        }
        finally
        {
            enough.Cancel();
        }

        var listing = finding.GetAwaiter().GetResult();
        LinkedFolders = listing.Linked;
        listing = WithOutOfSight(listing);
        _beside?.Keep(listing.Files);
        var mayLag = ReferenceEquals(known, _files) && MayLag(before, listing);
        var read = new KnownFile?[listing.Files.Count];
        Parallel.For(0, read.Length, new ParallelOptions { CancellationToken = cancellation }, i => read[i] = Read(listing.Files[i], lexicon, mayLag, told.Contains(listing.Files[i].Info.FullName)));
        _ahead = null;
        if (last is not null && ReferenceEquals(known, _files) && listing.Says(before!) && registry == _registry && IsSame(listing, read))
        {
            Keep(listing, read);
            (_listing, _read, _last) = (listing, read, last);
            return last;
        }

        _registry = registry;
        _files = new(read.Length, StringComparer.Ordinal);
        Keep(listing, read);
        return Project(listing, read, lexicon, projection, cancellation);
    }

    /// <summary>
    /// Reads the files that are said to have changed and gives the whole graph, the same as <see cref="Build(CancellationToken)"/> where nothing else
    /// changed. When more than the contents of known files changed, all files are looked at. When nothing that matters did, the answer
    /// is the last graph.
    /// </summary>
    /// <param name="changed">Paths of files and folders; those that are no part of the garden do not matter.</param>
    /// <param name="cancellation">Ends the reading.</param>
    public GardenGraph Build(IReadOnlyCollection<string> changed, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(changed);
        if (_last is not { } last || _listing is not { } before || _ontology?.Stamp != OntologyStamp() || before.After(changed, out var rewritten) is not { } listing)
        {
            return BuildAll(changed, cancellation);
        }

        (_listing, _last) = (null, null);
        var registry = IdentityRegistry.StampOf(_options);
        var (_, lexicon, projection) = _ontology.Value;
        var read = _read.AsSpan().ToArray();
        var isSame = registry == _registry;
        for (var i = 0; i < read.Length; i++)
        {
            if (read[i] is { IsSettled: false } || rewritten.Contains(i))
            {
                cancellation.ThrowIfCancellationRequested();
                var known = read[i];
                read[i] = Read(listing.Files[i], lexicon, mayLag: true, rewritten.Contains(i));
                if (read[i] is null && known is not null)
                {
                    // Gone meanwhile.
                    return BuildAll(changed, cancellation);
                }

                isSame &= IsSame(listing.Files[i], read[i], known);
                if (read[i] is { } file)
                {
                    _files[listing.Files[i].Path] = file;
                }
            }
        }

        if (isSame)
        {
            (_listing, _read, _last) = (listing, read, last);
            return last;
        }

        _registry = registry;
        return Project(listing, read, lexicon, projection, cancellation);
    }

    /// <summary>Called with the path of each file before what it says is recognised; tests let it fail or wait.</summary>
    internal Action<string>? Recognising { get; set; }

    /// <summary>Whether a large file is being read beside, or was and no build has taken it.</summary>
    internal bool IsReadingBeside(string path) => _beside?.IsReading(path) == true;

    /// <summary>Makes the next build find everything in what was read anew, though not the identifiers that were given.</summary>
    internal void Forget()
    {
        _last = null;
        _ontology?.Projection.Forget();
    }

    /// <summary>Writes the identifiers given so far to <see cref="GardenOptions.IdentityFile"/>, if there are new ones.</summary>
    /// <exception cref="IOException">The file cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">The file must not be written.</exception>
    public void SaveIdentities()
    {
        if (_identities is { IsChanged: true } && _options.IdentityFile is { } file)
        {
            _identities.Save(file);
        }
    }

    /// <summary>While notes are served, those in a folder that cannot be looked into stay as they last were; deleted folders are gone.</summary>
    private GardenListing WithOutOfSight(GardenListing listing)
    {
        if (!_options.KeepLastGood || listing.Hidden.Count == 0)
        {
            return listing;
        }

        var seen = listing.Files.Select(f => f.Path).ToHashSet(StringComparer.Ordinal);
        var hidden = _files.Where(f => f.Value.Served.IsRead && !seen.Contains(f.Key) && listing.Hidden.Any(h => f.Key.StartsWith(h, StringComparison.Ordinal)))
            .Select(f => new GardenFile(new FileInfo(f.Value.FullName), f.Key, f.Value.Served.IsDraft, IsOutOfSight: true)).ToList();
        return hidden.Count == 0 ? listing : listing.With(hidden);
    }

    private void Keep(GardenListing listing, KnownFile?[] read)
    {
        for (var i = 0; i < read.Length; i++)
        {
            if (read[i] is { } file)
            {
                _files[listing.Files[i].Path] = file;
            }
        }
    }

    /// <summary>Whether all files are as they were.</summary>
    private bool IsSame(GardenListing listing, KnownFile?[] read)
    {
        for (var i = 0; i < read.Length; i++)
        {
            if (!IsSame(listing.Files[i], read[i], _files.GetValueOrDefault(listing.Files[i].Path)))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Whether a file is as it was; the table of identifiers is none that is read here.</summary>
    private static bool IsSame(GardenFile file, KnownFile? read, KnownFile? known) => read is null
        ? known is null && IdentityRegistry.IsAt(file.Path)
        : known is not null && ReferenceEquals(read.Served, known.Served) && ReferenceEquals(read.Diagnostics, known.Diagnostics);

    private GardenGraph Project(GardenListing listing, KnownFile?[] read, GardenLexicon lexicon, GardenProjection projection, CancellationToken cancellation)
    {
        var files = new List<ReadFile>(read.Length);
        foreach (var file in read)
        {
            if (file is not null)
            {
                files.Add(file.Served);
            }
        }

        var found = lexicon.Diagnostics.Concat(listing.Problems).Concat(
            read.OfType<KnownFile>().Where(f => !f.Served.IsDraft || _options.IncludeDrafts).SelectMany(f => f.Diagnostics));
        var graph = projection.Project(files, _identities, _registry, found, cancellation);
        (_listing, _read, _last) = (listing, read, graph);
        return graph;
    }

    private string OntologyStamp()
    {
        var directory = new DirectoryInfo(_options.OntologyDirectory);
        return directory.Exists
            ? string.Join('|', directory.EnumerateFiles().OrderBy(f => f.Name, StringComparer.Ordinal).Select(f => $"{f.Name}:{f.Length}:{f.LastWriteTimeUtc.Ticks}"))
            : "";
    }

    private (GardenLexicon Lexicon, GardenProjection Projection) Ontology(CancellationToken cancellation)
    {
        var stamp = OntologyStamp();
        if (_ontology is { } same && same.Stamp == stamp)
        {
            return (same.Lexicon, same.Projection);
        }

        // Other words may be found in the same notes: everything is recognised anew.
        _files = new(StringComparer.Ordinal);
        var lexicon = GardenLexicon.Read(_options.OntologyDirectory, cancellation);
        var vocabulary = NamedGraph.Create(_options.BaseIri + "graph/vocabulary", true, lexicon.Vocabulary);
        var places = NamedGraph.Create(_options.BaseIri + "graph/places", true, PlaceStatements.Of(lexicon.Places, _options.BaseIri));
        _ontology = (stamp, lexicon, new GardenProjection(_options, vocabulary, places));
        return (lexicon, _ontology.Value.Projection);
    }

    /// <summary>
    /// Whether a file that was not known before may be told later than the others: not where a file has gone, of which it may be the new name.
    /// </summary>
    private bool MayLag(GardenListing? before, GardenListing now)
    {
        if (_beside is null || before is null)
        {
            return false;
        }

        var paths = now.Files.Select(f => f.Path).ToHashSet(StringComparer.Ordinal);
        return before.Files.All(f => paths.Contains(f.Path));
    }

    /// <summary>Reads a file, unless it is as it was by its time and length. Of one that is said to have changed these tell nothing: another file may have both.</summary>
    private KnownFile? Read(GardenFile file, GardenLexicon lexicon, bool mayLag, bool isTold)
    {
        var known = _files.GetValueOrDefault(file.Path);
        if (known is not null && known.Served.IsDraft != file.IsDraft)
        {
            known = null;
        }

        if (file.IsOutOfSight)
        {
            // Without a hash it is read again as soon as it is seen.
            return known is { Hash: "", IsSettled: true } ? known
                : Next(known, ReadFile.Refused(file, Problems.Unreadable(file.Path, "its folder cannot be looked into.")), file, -1, default, true);
        }

        try
        {
            // What was told when the folder was listed; a file that was written since is read now, and again next time.
            var (length, written, now) = (file.Info.Length, file.Info.LastWriteTimeUtc, DateTime.UtcNow);
            if (!isTold && known is not null && known.Length == length && known.Written == written && known.IsSettled)
            {
                return known;
            }

            var settled = now - written > Tick;
            if (length > _options.MaxFileBytes)
            {
                return Next(known, ReadFile.Refused(file, Problems.FileTooLarge(file.Path, length, _options.MaxFileBytes)), file, length, written, settled);
            }

            if (_beside is not null && length >= LargeFiles.LeastBytes && (known is not null || mayLag) && !IdentityRegistry.IsAt(file.Path))
            {
                return ReadBeside(_beside, file, known, length, written, lexicon);
            }

            _beside?.Forget(file.Path);

            var bytes = FileBytes.Read(file.Info.FullName, length, _options.MaxFileBytes);
            if (bytes.Length > _options.MaxFileBytes)
            {
                return Next(known, ReadFile.Refused(file, Problems.FileTooLarge(file.Path, new FileInfo(file.Info.FullName).Length, _options.MaxFileBytes)), file, -1, default, false);
            }

            var hash = NoteReader.HashOf(bytes);
            if (known is { Served.IsBlank: false } && _options.KeepLastGood && IsBlank(bytes) && known.Served.IsRead)
            {
                var since = known.EmptySince ?? _options.Clock.GetTimestamp();
                if (_options.Clock.GetElapsedTime(since) < Emptying)
                {
                    return known with { Length = length, Written = written, IsSettled = false, EmptySince = since };
                }
            }

            return known is not null && known.Hash == hash
                ? known with { Length = length, Written = written, IsSettled = settled, EmptySince = null }
                : ReadContent(file, bytes, hash, lexicon) is { } content ? Next(known, content, file, length, written, settled) : null;
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            // Gone between listing and reading: as if it had never been listed.
            return null;
        }
        catch (IOException)
        {
            return Next(known, ReadFile.Refused(file, Problems.Unreadable(file.Path, "it is in use by another program, or the disk fails.")), file, -1, default, false);
        }
        catch (UnauthorizedAccessException)
        {
            return Next(known, ReadFile.Refused(file, Problems.Unreadable(file.Path, "permission denied.")), file, -1, default, false);
        }
    }

    /// <summary>A large file as it was, until it is read beside; then as it is.</summary>
    private KnownFile? ReadBeside(LargeFiles beside, GardenFile file, KnownFile? known, long length, DateTime written, GardenLexicon lexicon)
    {
        var reading = beside.Take(file, lexicon, out var isBeingRead);
        var next = known is { EmptySince: not null } ? known with { EmptySince = null } : known;
        var settled = false;
        if (reading is not null && (reading.Content is not null || (reading.Hash is not null && reading.Hash == known?.Hash)))
        {
            // What is read by now is told, though the file may be newer.
            settled = reading.Length == length && reading.Written == written && reading.LookedAt - reading.Written > Tick;
            next = reading.Content is { } content ? Next(known, content, file, reading.Length, reading.Written, settled)
                : next! with { Length = reading.Length, Written = reading.Written, IsSettled = settled };
        }

        if (!settled && !isBeingRead)
        {
            // It was written, or written again, perhaps so soon that its time does not tell.
            var hash = next?.Hash;
            beside.Begin(file, _options.MaxFileBytes, lexicon, (bytes, read) => read == hash ? null : ReadContent(file, bytes, read, lexicon));
        }

        return next;
    }

    /// <summary>Whether a file says nothing at all, as while it is being saved.</summary>
    private static bool IsBlank(ReadOnlySpan<byte> bytes) => !bytes.ContainsAnyExcept(" \t\r\n\uFEFF"u8);

    private ReadFile? ReadContent(GardenFile file, ReadOnlySpan<byte> bytes, string hash, GardenLexicon lexicon)
    {
        if (!file.Path.EndsWith(".csv", StringComparison.OrdinalIgnoreCase))
        {
            var note = _ahead?.Take(file.Path, hash) ?? NoteReader.Read(file.Path, bytes, hash, file.IsDraft);
            var findings = Recognise(note, lexicon, out var failure);
            return ReadFile.Of(file, hash, NoteEntry.Of(note), findings, [.. note.Diagnostics, .. NoteChecks.Check(note, lexicon), .. NoteChecks.CheckNames(findings), .. failure], IsBlank(bytes));
        }

        if (IdentityRegistry.IsAt(file.Path))
        {
            return IdentityRegistry.IsReadAt(file.Path, _options) ? null : ReadFile.Refused(file, Problems.IdentityTableElsewhere(file.Path));
        }

        var table = CsvTable.Read(file.Path, bytes, hash);
        var rows = Recognise(table, lexicon, out var failed);
        return ReadFile.Of(file, hash, null, rows, IsBlank(bytes) ? [Problems.EmptyFile(file.Path)] : [.. table.Diagnostics, .. failed], IsBlank(bytes));
    }

    /// <summary>What a note says.</summary>
    private NoteFindings Recognise(Note note, GardenLexicon lexicon, out Diagnostic[] failure) => Recognise(
        note.Source, lexicon, NoteLanguage.Of(note, lexicon) ?? _options.DefaultLanguage, () => NoteRecogniser.Recognise(note, lexicon, _options.DefaultLanguage), out failure);

    /// <summary>What a table says.</summary>
    private NoteFindings Recognise(CsvTable table, GardenLexicon lexicon, out Diagnostic[] failure) => Recognise(
        table.Source, lexicon, _options.DefaultLanguage, () => NoteRecogniser.Recognise(table, lexicon, _options.DefaultLanguage), out failure);

    /// <summary>What a file says. Should a recogniser fail on it, that is told of this file, and all others are read.</summary>
    private NoteFindings Recognise(SourceText source, GardenLexicon lexicon, string language, Func<NoteFindings> recognise, out Diagnostic[] failure)
    {
        failure = [];
        try
        {
            Recognising?.Invoke(source.Path);
            return recognise();
        }
        catch (Exception e) when (e is ArgumentException or InvalidOperationException or NullReferenceException or IndexOutOfRangeException or KeyNotFoundException)
        {
            failure = [Problems.RecognitionFailed(source.Path, e.GetType().Name, PlaceOf(e))];
            return new NoteFindings(source, lexicon, language);
        }
    }

    /// <summary>The name of the type in which it happened.</summary>
    private static string PlaceOf(Exception e) =>
        new StackTrace(e).GetFrame(0) is { } frame && DiagnosticMethodInfo.Create(frame)?.DeclaringTypeName is { } name ? name[(name.LastIndexOf('.') + 1)..] : "";

    /// <summary>What a file is now; while notes are served, a broken one stays as it was when it last was whole.</summary>
    private KnownFile Next(KnownFile? known, ReadFile content, GardenFile file, long length, DateTime written, bool settled)
    {
        var isBroken = content.Diagnostics.Any(Problems.IsBreaking);
        var served = _options.KeepLastGood && isBroken && (known?.Whole ?? known?.Served) is { IsRead: true } good ? good : content;
        var whole = !_options.KeepLastGood ? null : served.IsBlank || (isBroken && served == content) ? known?.Whole : served;
        var diagnostics = served != content ? [.. content.Diagnostics, Problems.Stale(content.Path)] : content.Diagnostics;
        return new KnownFile(served, whole, file.Info.FullName, content.Hash, length, written, settled, diagnostics);
    }

    /// <summary>A file as it was last seen.</summary>
    /// <param name="Served">What is told of it.</param>
    /// <param name="Whole">What was told of it when it last was whole and said something: that is told again should it come back broken.</param>
    /// <param name="FullName">Where it is on the disk.</param>
    /// <param name="Hash">SHA-256 of its bytes, empty when they were not read.</param>
    /// <param name="Length">How many bytes it has.</param>
    /// <param name="Written">When it was written.</param>
    /// <param name="IsSettled">Whether length and time tell that it did not change.</param>
    /// <param name="Diagnostics">What is wrong with it.</param>
    private sealed record KnownFile(
        ReadFile Served, ReadFile? Whole, string FullName, string Hash, long Length, DateTime Written, bool IsSettled, IReadOnlyList<Diagnostic> Diagnostics)
    {
        /// <summary>Since when it is empty and still told as before, by the clock's counter.</summary>
        public long? EmptySince { get; init; }
    }
}
