using MuseumXtd.Garden.Notes;

namespace MuseumXtd.Garden.Lexicon;

/// <summary>A place of the gazetteer.</summary>
internal sealed record Place(
    string Slug, string Kind, string Iso, string Parent, string En, string Fr, IReadOnlyList<string> AltEn, IReadOnlyList<string> AltFr,
    IReadOnlyList<string> Adjectives, string Wikidata, string GeoNames, string Nuts, string EuCountry)
{
    /// <summary>The approximate middle in degrees north and east, or null.</summary>
    public (string Latitude, string Longitude)? Coordinates { get; init; }
}

/// <summary>The places that a garden may name: names in French and English, codes, adjectives, parents.</summary>
internal sealed class Gazetteer
{
    // Longer words name no place, and are not looked at in detail.
    private const int LongestName = 200;

    private readonly Dictionary<string, Place> _bySlug = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Place> _byName = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Place> _byAdjective = new(StringComparer.Ordinal);

    private Gazetteer(IReadOnlyList<Place> places)
    {
        Places = places;
        foreach (var place in places)
        {
            _bySlug[place.Slug] = place;
        }

        // A country before a region before a town, where they share a name.
        foreach (var place in places.OrderBy(p => p.Kind switch { "supranational" => 0, "country" => 1, "region" => 2, _ => 3 }))
        {
            foreach (var name in (string[])[place.Fr, place.En, .. place.AltFr, .. place.AltEn])
            {
                _byName.TryAdd(TextFolding.NameKey(name), place);
            }

            foreach (var adjective in place.Adjectives)
            {
                foreach (var form in Forms(TextFolding.Words(adjective)))
                {
                    _byAdjective.TryAdd(form, place);
                }
            }
        }
    }

    public IReadOnlyList<Place> Places { get; }

    public Place? BySlug(string slug) => _bySlug.GetValueOrDefault(slug);

    /// <summary>The place that a name, code or adjective means; or null.</summary>
    public Place? Find(string name)
    {
        if (name.Length > LongestName || TextFolding.NameKey(name) is not { Length: > 0 } key)
        {
            return null;
        }

        if (_byName.TryGetValue(key, out var place) || _byAdjective.TryGetValue(key, out place))
        {
            return place;
        }

        // Codes are upper case; "de" and "la" are words.
        var code = name.Trim();
        return code.Length >= 2 && !code.Any(char.IsLower) ? Places.FirstOrDefault(p => p.Iso == code) : null;
    }

    /// <summary>The place that an adjective means, in any of its forms; or null.</summary>
    public Place? FindAdjective(string word) => _byAdjective.GetValueOrDefault(TextFolding.Words(word));

    /// <summary>The one place whose name is at most two edits away, for names long enough to tell; or null.</summary>
    public Place? FindNear(string name) => Misspelt(name, _ => true, key => key.Length switch { < 6 => 0, < 9 => 1, _ => 2 });

    /// <summary>The country, or part of the world, that a name means which is said to be one's; or null. They are so few that shorter names tell them apart.</summary>
    public Place? FindNearCountry(string name) =>
        Misspelt(name, p => p.Kind is "country" or "supranational", key => key.Length switch { < 4 => 0, < 6 => 1, _ => 2 });

    /// <summary>The one place that is nearest of those within a number of edits. A name that begins with another letter is another name: Bologna is not in Poland.</summary>
    private Place? Misspelt(string name, Func<Place, bool> isMeant, Func<string, int> limitOf)
    {
        if (name.Length > LongestName || TextFolding.NameKey(name) is not { Length: > 0 } key || limitOf(key) is not (> 0 and var limit))
        {
            return null;
        }

        var nearest = _byName.Where(p => p.Key[0] == key[0] && isMeant(p.Value))
            .Select(p => (Distance: TextFolding.Distance(key, p.Key, limit), Place: p.Value)).Where(p => p.Distance <= limit)
            .GroupBy(p => p.Distance, p => p.Place).MinBy(p => p.Key)?.Distinct().Take(2).ToList();
        return nearest is [var one] ? one : null;
    }

    /// <summary>The place that an unknown name may mean, for a person to decide; or null.</summary>
    public Place? Nearest(string name)
    {
        const int Limit = 2;
        var key = name.Length > LongestName ? "" : TextFolding.NameKey(name);
        return key.Length is < 4 or > 100 ? null : _byName.Where(p => p.Key.Length >= 4)
            .Select(p => (Distance: TextFolding.Distance(key, p.Key, Limit), p.Key, p.Value))
            .Where(p => p.Distance <= Limit)
            .OrderBy(p => p.Distance).ThenBy(p => p.Key, StringComparer.Ordinal)
            .Select(p => p.Value).FirstOrDefault();
    }

    /// <summary>Whether the second place lies in the first.</summary>
    public bool Contains(Place outer, Place inner)
    {
        for (var place = inner; place is not null; place = BySlug(place.Parent))
        {
            if (place.Slug == outer.Slug)
            {
                return true;
            }
        }

        return false;
    }

    public static Gazetteer Read(string directory)
    {
        var file = Path.Combine(directory, "places.csv");
        if (!File.Exists(file))
        {
            return new Gazetteer([]);
        }

        var table = CsvTable.Read("places.csv", File.ReadAllBytes(file), "");
        var column = table.Header.Select((h, i) => (h, i)).ToDictionary(p => p.h, p => p.i, StringComparer.Ordinal);
        var coordinates = ReadCoordinates(Path.Combine(directory, "coordinates.csv"));
        var places = new List<Place>();
        foreach (var row in table.Rows)
        {
            string Cell(string name) => row.Cells[column[name]].Text;
            string[] List(string name) => Cell(name).Split('|', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
            places.Add(new Place(
                Cell("slug"), Cell("kind"), Cell("iso"), Cell("parent"), Cell("en"), Cell("fr"), List("alt_en"), List("alt_fr"),
                [.. List("adj_fr"), .. List("adj_en")], Cell("wikidata"), Cell("geonames"), Cell("nuts"), Cell("eu_country"))
            {
                Coordinates = coordinates.TryGetValue(Cell("slug"), out var middle) ? middle : null,
            });
        }

        return new Gazetteer(places);
    }

    /// <summary>A row is a place, its latitude and its longitude.</summary>
    private static Dictionary<string, (string Latitude, string Longitude)> ReadCoordinates(string file) =>
        !File.Exists(file)
            ? []
            : CsvTable.Read(Path.GetFileName(file), File.ReadAllBytes(file), "").Rows.Where(r => r.Cells.Count >= 3)
                .ToDictionary(r => r.Cells[0].Text, r => (r.Cells[1].Text, r.Cells[2].Text), StringComparer.Ordinal);

    /// <summary>Feminine and plural forms of French adjectives, by the ending.</summary>
    private static IEnumerable<string> Forms(string adjective)
    {
        yield return adjective;
        yield return adjective + "s";
        var feminine = adjective switch
        {
            [.., 'i', 'e', 'n'] or [.., 'e', 'e', 'n'] or [.., 'o', 'n'] => adjective + "ne",
            [.., 'e'] => adjective,
            "grec" => "grecque",
            _ => adjective + "e",
        };
        yield return feminine;
        yield return feminine + "s";
    }
}
