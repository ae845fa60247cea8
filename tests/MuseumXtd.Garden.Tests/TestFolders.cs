namespace MuseumXtd.Garden.Tests;

/// <summary>Where the tests' gardens are.</summary>
internal static class TestFolders
{
    public static string Small => Path.Combine(AppContext.BaseDirectory, "Gardens", "small");

    /// <summary>The folder with shared test data, or null where it is missing.</summary>
    public static string? Shared
    {
        get
        {
            if (Environment.GetEnvironmentVariable("MUSEUMXTD_SHARED") is { Length: > 0 } named && Directory.Exists(named))
            {
                return named;
            }

            for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            {
                if (File.Exists(Path.Combine(folder.FullName, "MuseumXtd.sln")))
                {
                    var shared = Path.Combine(folder.FullName, "..", "shared");
                    return Directory.Exists(shared) ? shared : null;
                }
            }

            return null;
        }
    }

    /// <summary>The repository's own garden.</summary>
    public static string Bundled => Path.Combine(Repository, "data");

    /// <summary>The folder with the solution.</summary>
    public static string Repository
    {
        get
        {
            var folder = new DirectoryInfo(AppContext.BaseDirectory);
            while (!File.Exists(Path.Combine(folder!.FullName, "MuseumXtd.sln")))
            {
                folder = folder.Parent;
            }

            return folder.FullName;
        }
    }
}

/// <summary>A garden in a folder of its own, deleted at the end.</summary>
internal sealed class TemporaryGarden : IDisposable
{
    public TemporaryGarden()
    {
        Root = Directory.CreateTempSubdirectory("museumxtd-garden-").FullName;
    }

    public string Root { get; }

    public TemporaryGarden Write(string path, string text) => Write(path, System.Text.Encoding.UTF8.GetBytes(text));

    public TemporaryGarden Write(string path, byte[] bytes)
    {
        var full = Path.Combine(Root, path);
        Directory.CreateDirectory(Path.GetDirectoryName(full)!);
        File.WriteAllBytes(full, bytes);
        return this;
    }

    public GardenGraph Build() => new GardenReader(new GardenOptions { Roots = [Root] }).Build();

    public void Dispose() => Directory.Delete(Root, recursive: true);
}
