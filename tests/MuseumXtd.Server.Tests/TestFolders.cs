namespace MuseumXtd.Server.Tests;

/// <summary>Where test data is.</summary>
internal static class TestFolders
{
    /// <summary>The folder with shared test data, or null where it is missing.</summary>
    public static string? Shared
    {
        get
        {
            if (Environment.GetEnvironmentVariable("MUSEUMXTD_SHARED") is { Length: > 0 } named && Directory.Exists(named))
            {
                return named;
            }

            var shared = Path.Combine(Repository, "..", "shared");
            return Directory.Exists(shared) ? shared : null;
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
