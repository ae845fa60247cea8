using System.Text;

namespace MuseumXtd.Benchmarks.Garden;

/// <summary>
/// Writes gardens of any size in the shapes of real ones: notes of resources, lists of initiatives, notes with front matter about
/// initiatives and organisations, notes of persons and questions, tables, drafts. The same number gives the same bytes.
/// </summary>
internal sealed class GardenGenerator
{
    private static readonly string[] Syllables =
        ["ba", "cer", "dou", "fi", "gral", "lis", "mon", "nu", "or", "pel", "qui", "rem", "sto", "tan", "ul", "ver", "wen", "xa", "yo", "zel"];

    private static readonly string[] Places =
        ["France", "Québec", "Belgique", "Suisse", "Canada", "Allemagne", "Royaume-Uni", "Autriche & Belgique", "Italie", "Flandre", "Europe"];

    private static readonly string[] Kinds = ["programme", "projet", "fonds", "réseau", "plateforme", "boîte à outils", "rapport", "formation"];

    private static readonly string[] Topics =
    [
        "la médiation", "les données visiteurs", "la numérisation des collections", "le mécénat en ligne", "les compétences numériques",
        "l'expérience hybride", "le marketing culturel", "la mesure d'impact", "le droit d'auteur", "la maturité numérique",
    ];

    private static readonly string[] Filler =
    [
        "Un état de lieux des pratiques dans les musées de petite taille.",
        "Une méthode en plusieurs étapes, de la préparation à l'évaluation.",
        "Des fiches, des exemples et des gabarits à télécharger.",
        "Le document insiste sur la place des équipes dans le changement.",
        "Une attention particulière est portée à l'accessibilité et à la sobriété.",
        "Les auteurs donnent des conseils pour choisir des outils adaptés.",
        "Ces constats viennent d'une enquête menée auprès de professionnels.",
    ];

    private readonly Random _random;
    private readonly int _notes;
    private readonly int _seed;

    private readonly int _rows;

    /// <summary>A garden of so many notes, with so many initiatives in its table.</summary>
    public GardenGenerator(int notes, int seed = 1, int? rows = null)
    {
        _rows = rows ?? Math.Min(200, notes / 10);
        _notes = notes;
        _seed = seed;
        _random = new Random(seed);
    }

    /// <summary>Writes the garden into a new folder and returns the paths of its notes.</summary>
    public IReadOnlyList<string> WriteTo(string folder)
    {
        var paths = new List<string>(_notes);
        Directory.CreateDirectory(Path.Combine(folder, "_data"));
        for (var i = 0; i < _notes; i++)
        {
            var path = PathOf(i);
            Directory.CreateDirectory(Path.GetDirectoryName(Path.Combine(folder, path))!);
            File.WriteAllText(Path.Combine(folder, path), Note(i));
            paths.Add(path);
        }

        File.WriteAllText(Path.Combine(folder, "_data/acteurs.csv"), Table());
        return paths;
    }

    /// <summary>A name of its own for each number.</summary>
    public static string Name(int number)
    {
        var name = new StringBuilder();
        for (var rest = number + 400; rest > 0; rest /= Syllables.Length)
        {
            name.Append(Syllables[rest % Syllables.Length]);
        }

        name[0] = char.ToUpperInvariant(name[0]);
        return name.ToString();
    }

    /// <summary>The note with a number.</summary>
    public string Note(int i) => Shape(i) switch
    {
        0 => List(i),
        1 or 2 => Initiative(i),
        3 => Organisation(i),
        4 => Person(i),
        5 => Question(i),
        _ => Resource(i),
    };

    private static int Shape(int i) => i % 12;

    private static string Title(int i) => Shape(i) switch
    {
        0 => $"Initiatives {Name(i)}",
        1 or 2 => $"Projet {Name(i)}",
        3 => $"Association {Name(i)}",
        4 => $"{Name(i)} {Name(i + 7)}",
        5 => $"Comment penser {Topics[i % Topics.Length]} avec {Name(i)}",
        _ => $"Le guide {Name(i)}",
    };

    private static string PathOf(int i) => $"Notes/{i / 500:000}/{Title(i)}.md";

    private string Pick(string[] words) => words[_random.Next(words.Length)];

    /// <summary>Another note with the same remainder, near enough that names repeat as they do in real gardens.</summary>
    private int Other(int shape)
    {
        var number = (_random.Next(Math.Max(1, _notes / 12)) * 12) + shape;
        return number < _notes ? number : Math.Min(shape, _notes - 1);
    }

    private string Link(int shape) => $"[[{Title(Other(shape))}]]";

    private string Named(int shape)
    {
        var other = Other(shape);
        return $"[{Title(other)}]({Address(other)})";
    }

    // A domain each: what shares one is taken for one organisation.
    private string Address(int i) => $"https://{Name(i).ToLowerInvariant()}.example/{_seed}";

    private static string FrontMatter(string tags, string key, string title, string parent) =>
        $"---\ntitle: Jardin\nlayout: layouts/post.njk\ntags: {tags}\neleventyNavigation:\n  key: {key}\n  title: {title}\n  parent: {parent}\n---\n";

    private string Resource(int i)
    {
        var text = new StringBuilder(FrontMatter("ressource", "r" + i, Title(i), "outils"));
        text.Append($"### [{Title(i)}]({Address(i)})\n");
        text.Append($"Ce guide, réalisé par {Named(3)}, porte sur {Pick(Topics)}. {Pick(Filler)}\n\n## A retenir\n");
        for (var n = _random.Next(3, 9); n > 0; n--)
        {
            text.Append($"- {Pick(Filler)} {Pick(Filler)}\n");
        }

        text.Append($"\n{Pick(Filler)} Voir aussi {Link(1)} et le programme porté par {Link(3)}.\n\nApparaît dans {Link(5)}, {Link(5)}\n");
        return text.ToString();
    }

    private string Question(int i)
    {
        var text = new StringBuilder(FrontMatter("question", "q" + i, Title(i), "UX")).Append($"# **{Title(i)}?**\n{Pick(Filler)}\n\n");
        for (var n = 1; n < _random.Next(5, 12); n++)
        {
            text.Append($"{n}. {Named(7)}\n   {Pick(Filler)} {Pick(Filler)}\n");
        }

        return text.Append($"\nRessources similaires: {Link(5)}, {Link(8)}\n").ToString();
    }

    private string List(int i)
    {
        var text = new StringBuilder($"---\nlang: fr\n---\n# {Title(i)}\n{Pick(Filler)}\n\n## Liste des initiatives\n");
        for (var n = _random.Next(6, 14); n > 0; n--)
        {
            var other = Other(1);
            var year = _random.Next(2012, 2025);
            text.Append($"- [{Title(other)}]({Address(other)}) ({Pick(Places)}, {(n % 3 == 0 ? "depuis " : "")}{year})\n");
            text.Append($"  Ce {Pick(Kinds)} est porté par {Title(Other(3))} et {Title(Other(3))}. {Pick(Filler)}\n");
        }

        return text.ToString();
    }

    private string Initiative(int i)
    {
        var start = _random.Next(2010, 2023);
        return $"""
            ---
            type: {Kinds[i % Kinds.Length]}
            nom: {Title(i)}
            url: {Address(i)}
            pays: [{Places[i % 5]}]
            debut: {start}
            fin: {start + _random.Next(1, 5)}
            porteurs: ["{Link(3)}"]
            partenaires: ["{Link(3)}", "{Link(3)}"]
            ---
            # {Title(i)}
            {Pick(Filler)} {Pick(Filler)}

            Le projet succède à {Link(1)} et figure dans {Link(0)}.

            """;
    }

    private string Organisation(int i) => $"""
        ---
        type: organisation
        nom: {Title(i)}
        sigle: A{i}
        url: {Address(i)}
        pays: {Places[i % 5]}
        ---
        # {Title(i)}
        L'association {Name(i)} accompagne les musées sur {Pick(Topics)}. {Pick(Filler)}

        """;

    private string Person(int i) =>
        FrontMatter("intervention", "p" + i, Title(i), "forum")
        + $"# {Title(i)}\n{Title(i)} travaille chez {Link(3)}. Son intervention du 12 octobre 2022 porte sur {Pick(Topics)}.\n\n{Pick(Filler)} {Pick(Filler)}\n\n> {Pick(Filler)}\n";

    private string Table()
    {
        var text = new StringBuilder("Nom,URL,Descriptif,Porteur de projet 1,Date,Localisation\n");
        for (var n = 0; n < _rows; n++)
        {
            text.Append($"\"Plan {Name(n + 100_000)}\",{Address(n + 100_000)},\"{Pick(Filler)}\",{Title(Other(3))},{_random.Next(2010, 2025)},{Places[n % 5]}\n");
        }

        return text.ToString();
    }
}
