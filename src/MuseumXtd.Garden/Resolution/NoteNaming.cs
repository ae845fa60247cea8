using System.Globalization;

namespace MuseumXtd.Garden.Resolution;

/// <summary>Gives notes their identifiers: the one that the authors' table freezes, the one that the note had, and else the name of its file.</summary>
internal static class NoteNaming
{
    /// <summary>Names all files, and gives those that are called otherwise than before.</summary>
    public static List<PublishedFile> Name(PublishedFile[] files, IdentityRegistry registry, IdentityMemory? memory)
    {
        var ids = new Dictionary<string, string>(files.Length, StringComparer.Ordinal);
        var taken = new HashSet<string>(StringComparer.Ordinal);
        Give(f => registry.ByPath("note", f.Path));
        if (memory is not null)
        {
            Give(f => memory.ByPath("note", f.Path)?.Id);
            HashSet<string>? paths = null;
            Give(f =>
            {
                // A note that was moved has its words elsewhere, and its old place is empty.
                if (memory.ByHash(f.Hash) is not { } known || (paths ??= files.Select(p => p.File.Path).ToHashSet(StringComparer.Ordinal)).Contains(known.Path))
                {
                    return null;
                }

                memory.Move(known.Path, f.Path);
                return known.Id;
            });
        }

        var renamed = new List<PublishedFile>();
        foreach (var named in files)
        {
            var file = named.File;
            for (var n = 1; !ids.ContainsKey(file.Path); n++)
            {
                var id = n == 1 ? file.Slug : string.Create(CultureInfo.InvariantCulture, $"{file.Slug}-{n}");
                if (memory?.IsTaken("note", id) != true && taken.Add(id))
                {
                    ids.Add(file.Path, id);
                }
            }

            if (named.NoteId != ids[file.Path])
            {
                named.NoteId = ids[file.Path];
                renamed.Add(named);
            }

            Claim(named, memory);
        }

        memory?.EndNotes();
        return renamed;

        void Give(Func<ReadFile, string?> find)
        {
            foreach (var named in files)
            {
                if (!ids.ContainsKey(named.File.Path) && find(named.File) is { } id && taken.Add(id))
                {
                    ids.Add(named.File.Path, id);
                }
            }
        }
    }

    /// <summary>Says that a note has the identifier that it has.</summary>
    public static void Claim(PublishedFile file, IdentityMemory? memory) =>
        memory?.Claim("note", file.NoteId, file.File.Title, file.File.Path, "", file.File.Hash);
}
