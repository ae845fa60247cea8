using System.Collections.Frozen;

namespace MuseumXtd.Garden;

/// <summary>An article for every code that there is. Codes are never given to something else.</summary>
public static class DiagnosticCatalogue
{
    private static readonly FrozenDictionary<string, DiagnosticArticle> Articles = Read();

    /// <summary>All articles, in the order of their codes.</summary>
    public static IReadOnlyList<DiagnosticArticle> All { get; } = [.. Articles.Values.OrderBy(a => a.Code, StringComparer.Ordinal)];

    /// <summary>The article of a code, or null.</summary>
    public static DiagnosticArticle? Find(string code) => Articles.GetValueOrDefault(code);

    private static FrozenDictionary<string, DiagnosticArticle> Read()
    {
        using var stream = typeof(DiagnosticCatalogue).Assembly.GetManifestResourceStream("MuseumXtd.Garden.Diagnostics.catalogue.txt")!;
        using var reader = new StreamReader(stream);
        var articles = new List<Entry>();
        while (reader.ReadLine() is { } line)
        {
            if (line is ['[', .. var code, ']'])
            {
                articles.Add(new Entry(code));
            }
            else if (articles.Count > 0 && line.Length > 0)
            {
                articles[^1].Add(line);
            }
        }

        return articles.ToFrozenDictionary(a => a.Code, a => a.Article, StringComparer.Ordinal);
    }

    /// <summary>An article while its lines are read.</summary>
    private sealed class Entry(string code)
    {
        private readonly Dictionary<string, string> _texts = new(StringComparer.Ordinal);
        private readonly List<SampleFile> _example = [];
        private readonly List<SampleFile> _fixed = [];
        private List<(string Text, bool Matters)>? _lines;

        public string Code => code;

        public DiagnosticArticle Article => new(code, _texts, _texts.GetValueOrDefault("shape"), _example, _fixed);

        public void Add(string line)
        {
            if (line[0] is '|' or '>' && _lines is not null)
            {
                _lines.Add((line.Length > 2 ? line[2..] : "", line[0] == '>'));
                return;
            }

            var colon = line.IndexOf(':', StringComparison.Ordinal);
            var (key, value) = colon > 0 ? (line[..colon], line[(colon + 1)..].Trim()) : throw new FormatException($"{code}: {line}");
            if (key is "example" or "fixed")
            {
                _lines = [];
                (key == "example" ? _example : _fixed).Add(new SampleFile(value, _lines));
            }
            else
            {
                _texts.Add(key, value);
            }
        }
    }
}
