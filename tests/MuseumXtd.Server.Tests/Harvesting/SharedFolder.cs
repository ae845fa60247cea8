namespace MuseumXtd.Server.Tests.Harvesting;

/// <summary>Test data that lies beside the repository where it is there.</summary>
internal static class SharedFolder
{
    /// <summary>A path in it, or null, with a line that says that something is skipped.</summary>
    public static string? Find(string path)
    {
        var shared = Environment.GetEnvironmentVariable("MUSEUMXTD_SHARED");
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null && string.IsNullOrEmpty(shared); folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "MuseumXtd.sln")))
            {
                shared = Path.Combine(folder.FullName, "..", "shared");
            }
        }

        var found = shared is null ? null : Path.Combine(shared, path);
        if (found is not null && Path.Exists(found))
        {
            return found;
        }

        Console.WriteLine($"skipped: there is no {path} in a folder 'shared' beside the repository");
        return null;
    }

    /// <summary>The repository's own garden.</summary>
    public static string Bundled
    {
        get
        {
            var folder = new DirectoryInfo(AppContext.BaseDirectory);
            while (!File.Exists(Path.Combine(folder!.FullName, "MuseumXtd.sln")))
            {
                folder = folder.Parent;
            }

            return Path.Combine(folder.FullName, "data");
        }
    }
}
