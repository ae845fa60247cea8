using System.Text.Json;

namespace MuseumXtd.Conformance.Tests.Manifests;

/// <summary>Finds the W3C suites: in the folder that MUSEUMXTD_SHARED names, or in <c>shared</c> beside the repository.</summary>
internal static class Suites
{
    public static string? Folder { get; } = Find();

    /// <summary>The tests of the suites whose names begin with a prefix, or null when the suites are not there.</summary>
    public static IReadOnlyList<ManifestTest>? Load(string prefix)
    {
        if (Folder is null)
        {
            return null;
        }

        var tests = new List<ManifestTest>();
        using var document = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(Folder, "dev.json")));
        foreach (var suite in document.RootElement.EnumerateArray())
        {
            if (suite.GetProperty("name").GetString()!.StartsWith(prefix, StringComparison.Ordinal))
            {
                var root = new SuiteRoot(Path.Combine(Folder, suite.GetProperty("root").GetString()!), suite.GetProperty("base").GetString()!);
                foreach (var manifest in suite.GetProperty("manifests").EnumerateArray())
                {
                    // A manifest in JSON-LD has a twin in Turtle where the suite tests something else.
                    var name = manifest.GetString()!;
                    var twin = Path.ChangeExtension(name, ".ttl");
                    tests.AddRange(Manifest.Read(root, root.Base + (File.Exists(root.FileOf(root.Base + twin)) ? twin : name)));
                }
            }
        }

        return tests;
    }

    private static string? Find()
    {
        var shared = Environment.GetEnvironmentVariable("MUSEUMXTD_SHARED");
        if (shared is null && RepositoryFolder() is { } repository)
        {
            shared = Path.Combine(repository, "..", "shared");
        }

        var suites = shared is null ? null : Path.GetFullPath(Path.Combine(shared, "suites"));
        return suites is not null && File.Exists(Path.Combine(suites, "dev.json")) ? suites : null;
    }

    private static string? RepositoryFolder()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "MuseumXtd.sln")))
            {
                return folder.FullName;
            }
        }

        return null;
    }
}

/// <summary>Where the files of a suite lie, and the IRI that stands for that folder.</summary>
internal sealed record SuiteRoot(string Folder, string Base)
{
    public string FileOf(string iri) =>
        Path.Combine(Folder, Uri.UnescapeDataString(iri[Base.Length..].Split('#')[0]).Replace('/', Path.DirectorySeparatorChar));
}
