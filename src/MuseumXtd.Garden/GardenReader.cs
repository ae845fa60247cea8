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
    private readonly GardenOptions _options;
    private Dictionary<string, ReadFile> _files = new(StringComparer.Ordinal);
    private (string Stamp, GardenLexicon Lexicon, NamedGraph Vocabulary, NamedGraph Places)? _ontology;

    /// <summary>A reader of the garden that the options describe.</summary>
    public GardenReader(GardenOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        _options = options.BaseIri.EndsWith('/') ? options : options with { BaseIri = options.BaseIri + "/" };
    }

    /// <summary>Reads what changed since the last time and gives the whole graph.</summary>
    public GardenGraph Build(CancellationToken cancellation = default)
    {
        var diagnostics = new List<Diagnostic>();
        var ontology = Ontology(cancellation);
        diagnostics.AddRange(ontology.Lexicon.Diagnostics);
        var found = GardenFiles.Find(_options, diagnostics, cancellation);
        var read = new ReadFile?[found.Count];
        Parallel.For(0, found.Count, new ParallelOptions { CancellationToken = cancellation }, i => read[i] = Read(found[i], ontology.Lexicon));

        var files = read.Where(f => f is not null).Select(f => f!).ToList();
        _files = files.ToDictionary(f => f.Path, StringComparer.Ordinal);
        diagnostics.AddRange(files.Where(f => !f.IsDraft || _options.IncludeDrafts).SelectMany(f => f.Diagnostics));
        return new GardenProjection(_options, files, diagnostics).Project(ontology.Vocabulary, ontology.Places, cancellation);
    }

    private (string Stamp, GardenLexicon Lexicon, NamedGraph Vocabulary, NamedGraph Places) Ontology(CancellationToken cancellation)
    {
        var directory = new DirectoryInfo(_options.OntologyDirectory);
        var stamp = directory.Exists
            ? string.Join('|', directory.EnumerateFiles().OrderBy(f => f.Name, StringComparer.Ordinal).Select(f => $"{f.Name}:{f.Length}:{f.LastWriteTimeUtc.Ticks}"))
            : "";
        if (_ontology is { } known && known.Stamp == stamp)
        {
            return known;
        }

        // Other words may be found in the same notes: everything is recognised anew.
        _files.Clear();
        var lexicon = GardenLexicon.Read(_options.OntologyDirectory, cancellation);
        var vocabulary = NamedGraph.Create(_options.BaseIri + "graph/vocabulary", true, lexicon.Vocabulary);
        var places = NamedGraph.Create(_options.BaseIri + "graph/places", true, PlaceStatements.Of(lexicon.Places, _options.BaseIri));
        _ontology = (stamp, lexicon, vocabulary, places);
        return _ontology.Value;
    }

    private ReadFile? Read(GardenFile file, GardenLexicon lexicon)
    {
        var info = new FileInfo(file.FullPath);
        var known = _files.GetValueOrDefault(file.Path);
        try
        {
            if (known is not null && known.Length == info.Length && known.Written == info.LastWriteTimeUtc)
            {
                return known;
            }

            if (info.Length > _options.MaxFileBytes)
            {
                return ReadFile.Refused(file, info, Problems.FileTooLarge(file.Path, info.Length, _options.MaxFileBytes));
            }

            var bytes = File.ReadAllBytes(file.FullPath);
            var hash = NoteReader.HashOf(bytes);
            if (known is not null && known.Hash == hash)
            {
                return known with { Length = info.Length, Written = info.LastWriteTimeUtc };
            }

            if (file.Path.EndsWith(".csv", StringComparison.OrdinalIgnoreCase))
            {
                if (file.Path.EndsWith(IdentityRegistry.FileName, StringComparison.OrdinalIgnoreCase))
                {
                    return null;
                }

                var table = CsvTable.Read(file.Path, bytes, hash);
                var rows = NoteRecogniser.Recognise(table, lexicon, _options.DefaultLanguage);
                return new ReadFile(file.Path, file.IsDraft, info.Length, info.LastWriteTimeUtc, hash, null, rows, [.. table.Diagnostics, .. rows.Diagnostics]);
            }

            var note = NoteReader.Read(file.Path, bytes, hash, file.IsDraft);
            var findings = NoteRecogniser.Recognise(note, lexicon, _options.DefaultLanguage);
            return new ReadFile(file.Path, file.IsDraft, info.Length, info.LastWriteTimeUtc, hash, note, findings, [.. note.Diagnostics, .. findings.Diagnostics]);
        }
        catch (FileNotFoundException)
        {
            // Gone between listing and reading: as if it had never been listed.
            return null;
        }
        catch (IOException e)
        {
            return ReadFile.Refused(file, info, Problems.Unreadable(file.Path, e.GetType().Name));
        }
        catch (UnauthorizedAccessException)
        {
            return ReadFile.Refused(file, info, Problems.Unreadable(file.Path, "permission denied."));
        }
    }
}
