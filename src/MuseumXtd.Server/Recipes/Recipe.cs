namespace MuseumXtd.Server.Recipes;

/// <summary>An example that works as it stands, for one tool: a file beside this one, with this server's address in it.</summary>
/// <param name="Name">The name of the file.</param>
/// <param name="Tool">What it is for.</param>
/// <param name="MediaType">What it is.</param>
internal sealed record Recipe(string Name, string Tool, string MediaType)
{
    /// <summary>The address that the files are written for.</summary>
    private const string Written = "http://127.0.0.1:8080";

    /// <summary>All of them, in the order of the page.</summary>
    public static IReadOnlyList<Recipe> All { get; } =
    [
        new("initiatives.pq", "Excel", "text/plain"),
        new("museumxtd.pbids", "Power BI", "application/json"),
        new("initiatives.py", "Python", "text/x-python"),
        new("initiatives.R", "R", "text/plain"),
        new("initiatives.sh", "curl", "text/x-shellscript"),
    ];

    /// <summary>The text, for a server.</summary>
    /// <param name="address">Where the server is, without a slash at the end.</param>
    public string TextFor(string address)
    {
        using var stream = typeof(Recipe).Assembly.GetManifestResourceStream("MuseumXtd.Server.Recipes." + Name)!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd().Replace(Written, address, StringComparison.Ordinal);
    }
}
