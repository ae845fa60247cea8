using System.Xml.Linq;

namespace MuseumXtd.Cli.Tests;

/// <summary>Dependencies run one way: each project refers to those that the architecture allows, and no others.</summary>
public sealed class ArchitectureTests
{
    [Theory]
    [InlineData("Rdf", "")]
    [InlineData("Store", "Rdf")]
    [InlineData("Sparql", "Rdf Store")]
    [InlineData("Shacl", "Rdf Sparql Store")]
    [InlineData("Garden", "Rdf")]
    [InlineData("Checks", "Garden Rdf Shacl Sparql Store")]
    [InlineData("Server", "Checks Garden Rdf Shacl Sparql Store")]
    [InlineData("Commands", "Checks Garden Rdf Shacl Sparql Store")]
    [InlineData("Native", "Commands")]
    [InlineData("Cli", "Commands Native Server")]
    public void A_project_refers_only_to_the_layers_below_it(string project, string allowed)
    {
        var file = Path.Combine(Root(), "src", $"MuseumXtd.{project}", $"MuseumXtd.{project}.csproj");
        var references = XDocument.Load(file).Descendants("ProjectReference")
            .Select(r => Path.GetFileNameWithoutExtension(r.Attribute("Include")!.Value)["MuseumXtd.".Length..])
            .Order(StringComparer.Ordinal);
        Assert.Equal(allowed, string.Join(' ', references));
    }

    private static string Root()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "MuseumXtd.sln")))
            {
                return folder.FullName;
            }
        }

        throw new InvalidOperationException("The tests do not run inside the repository.");
    }
}
