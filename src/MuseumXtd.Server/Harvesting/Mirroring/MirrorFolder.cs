using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace MuseumXtd.Server.Harvesting.Mirroring;

/// <summary>How far a harvest has come.</summary>
/// <param name="Url">The provider.</param>
/// <param name="Prefix">The metadata prefix; null for a feed of changes.</param>
/// <param name="Set">The set, or null for everything.</param>
/// <param name="From">From when on the next harvest asks; null for everything.</param>
/// <param name="Token">Where a list that was not read to its end goes on.</param>
/// <param name="Next">From when on the harvest after that list asks.</param>
internal sealed record MirrorState(string Url, string? Prefix, string? Set, string? From, string? Token, string? Next);

/// <summary>The folder of a replica: a file of RDF for each record, and how far the harvest has come. A file is replaced as a whole or not at all.</summary>
internal sealed class MirrorFolder
{
    private const string StateFile = "harvest.json";
    private readonly string _records;
    private readonly string _directory;

    public MirrorFolder(string directory)
    {
        _directory = directory;
        _records = Path.Combine(directory, "records");
        Directory.CreateDirectory(_records);
    }

    public int Count => Directory.EnumerateFiles(_records).Count(f => !f.EndsWith(".new", StringComparison.Ordinal));

    /// <exception cref="MirrorException">What is there is no state of a harvest.</exception>
    public MirrorState? ReadState()
    {
        var file = Path.Combine(_directory, StateFile);
        try
        {
            return File.Exists(file) ? JsonSerializer.Deserialize<MirrorState>(File.ReadAllText(file)) : null;
        }
        catch (JsonException e)
        {
            throw new MirrorException($"'{file}' cannot be read: {e.Message} Take another folder, or delete this one.", e);
        }
    }

    public void WriteState(MirrorState state) => Replace(Path.Combine(_directory, StateFile), JsonSerializer.SerializeToUtf8Bytes(state));

    public void Write(string identifier, string suffix, byte[] content) => Replace(Path.Combine(_records, NameOf(identifier) + suffix), content);

    public bool Delete(string identifier, string suffix)
    {
        var file = Path.Combine(_records, NameOf(identifier) + suffix);
        var isThere = File.Exists(file);
        File.Delete(file);
        return isThere;
    }

    /// <summary>Deletes the records that a whole harvest did not meet.</summary>
    public int DeleteOthers(IReadOnlySet<string> identifiers, string suffix)
    {
        var names = identifiers.Select(i => NameOf(i) + suffix).ToHashSet(StringComparer.Ordinal);
        var others = Directory.EnumerateFiles(_records).Where(f => !names.Contains(Path.GetFileName(f))).ToList();
        others.ForEach(File.Delete);
        return others.Count;
    }

    /// <summary>A name that every file system takes, and that no two identifiers share.</summary>
    private static string NameOf(string identifier)
    {
        const int Longest = 150;
        var name = Uri.EscapeDataString(identifier);
        return name.Length <= Longest && !name.StartsWith('.')
            ? name
            : "-" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(identifier)));
    }

    private static void Replace(string file, byte[] content)
    {
        File.WriteAllBytes(file + ".new", content);
        File.Move(file + ".new", file, overwrite: true);
    }
}
