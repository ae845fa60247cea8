using System.Globalization;

namespace MuseumXtd.Sparql.Tests.Reference;

/// <summary>Random queries over the terms of <see cref="DataGenerator"/>, of every operator, nested a few levels deep.</summary>
internal sealed class QueryGenerator(Random random, bool services = false)
{
    private const int Variables = 5;
    private static readonly string[] Literals = ["1", "2", "3", "1.0", "2.5", "true", "\"a\"", "\"b\"", "\"a\"@en", "\"\"", "01"];

    private int _fresh;

    /// <summary>A query.</summary>
    public string Query()
    {
        _fresh = 0;
        // An endpoint has a dataset of its own, whatever the query that asks it says of this one.
        var from = !services && Chance(12) ? $" FROM :g{Below(2)} " + (Chance(2) ? $"FROM :g{Below(2)} " : "") + (Chance(2) ? $"FROM NAMED :g{Below(DataGenerator.Graphs)} " : "") : "";
        return "PREFIX : <http://x/> " + Below(16) switch
        {
            0 => $"ASK {from}{Group(3)}",
            1 => $"CONSTRUCT {{ {Node()} {Verb()} {Object()} . {Variable()} :made {Variable()} }} {from} WHERE {Group(3)}",
            2 or 3 => $"SELECT {Select(from, 3, 2)}",
            4 => $"SELECT (COUNT(*) AS ?rows) {from} {{ SELECT {Variable()} {Variable()} {Group(2)} LIMIT {Below(6)} }}",
            _ => $"SELECT {Select(from, 3, 4)}",
        };
    }

    /// <summary>What follows SELECT: one in <paramref name="grouped"/> is grouped.</summary>
    private string Select(string from, int depth, int grouped)
    {
        if (Chance(grouped))
        {
            return Grouped(from, depth);
        }

        var distinct = Below(4) switch
        {
            0 => "DISTINCT ",
            1 when depth == 3 => "REDUCED ",
            _ => "",
        };
        var first = Variable();
        var names = Enumerable.Range(0, 1 + Below(4)).Select(_ => Variable()).Prepend(first).Distinct().ToList();
        var computed = Chance(5) ? $" ({Expression(2)} AS {Fresh()})" : "";
        var order = depth == 3 && Chance(4)
            ? " ORDER BY " + string.Join(' ', names.Take(2).Select(n => Chance(3) ? $"DESC({n})" : n)) + (Chance(2) ? $" LIMIT {Below(8)}" : "") + (Chance(4) ? $" OFFSET {Below(4)}" : "")
            : "";
        return $"{distinct}{string.Join(' ', names)}{computed} {from} WHERE {Group(depth)}{order}";
    }

    private string Grouped(string from, int depth)
    {
        var keys = Enumerable.Range(0, Below(3)).Select(_ => Variable()).Distinct().ToList();
        var computed = Chance(8) ? Fresh() : null;
        var by = string.Join(' ', computed is null ? keys : keys.Append($"({Expression(1)} AS {computed})"));
        var selected = keys.Concat(computed is null ? [] : [computed]).Concat(Enumerable.Range(0, 1 + Below(2)).Select(_ => $"({Aggregate()} AS {Fresh()})"));
        var having = Chance(6) ? $" HAVING({Aggregate()} > {Below(3)})" : "";
        return $"{string.Join(' ', selected)} {from} WHERE {Group(depth)}" + (by.Length == 0 ? "" : $" GROUP BY {by}") + having;
    }

    private string Aggregate()
    {
        var argument = Chance(5) ? Expression(1) : Variable();
        var distinct = Chance(3) ? "DISTINCT " : "";
        return Below(10) switch
        {
            0 or 1 => "COUNT(*)",
            2 => "COUNT(DISTINCT *)",
            3 or 4 => $"COUNT({distinct}{argument})",
            5 => $"SUM({distinct}{argument})",
            6 => $"AVG({distinct}{argument})",
            7 => $"MIN({argument})",
            8 => $"MAX({argument})",
            _ => Chance(2) ? $"SAMPLE({argument})" : $"GROUP_CONCAT({distinct}{argument})",
        };
    }

    /// <summary>A group in braces; deeper ones are smaller.</summary>
    private string Group(int depth, bool inExists = false)
    {
        var parts = new List<string>();
        if (!Chance(10))
        {
            parts.Add(Triples(1 + Below(depth)));
        }

        for (var i = Below(depth + 1); i > 0; i--)
        {
            parts.Add(depth <= 0 ? Triples(1) : Element(depth - 1, inExists));
        }

        return "{ " + string.Join(" ", parts) + " }";
    }

    private string Element(int depth, bool inExists) => services && Chance(4) ? $"SERVICE <http://x/endpoint> {Group(depth)}" : Below(22) switch
    {
        < 3 => Triples(1 + Below(2)),
        < 6 => Path(),
        < 9 => $"OPTIONAL {Group(depth, inExists)}",
        < 11 => $"{Group(depth, inExists)} UNION {Group(depth, inExists)}",
        < 14 => $"FILTER({Expression(2)})",
        14 => Chance(3) ? $"FILTER({Expression(1)} || {(Chance(2) ? "NOT " : "")}EXISTS {Group(depth, true)})" : $"FILTER {(Chance(2) ? "NOT " : "")}EXISTS {Group(depth, true)}",
        15 => $"FILTER {(Chance(2) ? "NOT " : "")}EXISTS {Group(depth, true)}",
        16 => inExists ? Triples(1) : $"MINUS {Group(depth)}",
        17 => $"BIND({Expression(2)} AS {Fresh()})",
        18 => Values(),
        19 => $"GRAPH {(Chance(2) ? Variable() : $":g{Below(DataGenerator.Graphs)}")} {Group(depth, inExists)}",
        20 => $"{{ SELECT {Select("", depth, 2)} }}",
        _ => Group(depth, inExists),
    };

    private string Triples(int count) => string.Concat(Enumerable.Range(0, count).Select(_ => $"{Node()} {Verb()} {Object()} . "));

    private string Path() => $"{(Chance(4) ? Constant() : Variable())} {PathExpression(2)} {(Chance(3) ? Constant() : Variable())} . ";

    private string PathExpression(int depth) => depth == 0 ? $":p{Below(DataGenerator.Predicates)}" : Below(9) switch
    {
        0 => $"({PathExpression(depth - 1)})*",
        1 => $"({PathExpression(depth - 1)})+",
        2 => $"({PathExpression(depth - 1)})?",
        3 => $"^({PathExpression(depth - 1)})",
        4 => $"({PathExpression(depth - 1)}/{PathExpression(depth - 1)})",
        5 => $"({PathExpression(depth - 1)}|{PathExpression(depth - 1)})",
        6 => $"!(:p{Below(DataGenerator.Predicates)}|^:p{Below(DataGenerator.Predicates)})",
        7 => $"!:p{Below(DataGenerator.Predicates)}",
        _ => PathExpression(depth - 1),
    };

    private string Values()
    {
        string Cell() => Chance(5) ? "UNDEF" : Constant();
        if (Chance(2))
        {
            return $"VALUES {Variable()} {{ {string.Join(' ', Enumerable.Range(0, 1 + Below(3)).Select(_ => Cell()))} }}";
        }

        var first = Below(Variables);
        var names = $"{Name(first)} {Name((first + 1) % Variables)}";
        return $"VALUES ({names}) {{ {string.Join(' ', Enumerable.Range(0, 1 + Below(3)).Select(_ => $"({Cell()} {Cell()})"))} }}";
    }

    private string Expression(int depth) => depth == 0 ? Leaf() : Below(20) switch
    {
        0 => $"({Expression(depth - 1)} || {Expression(depth - 1)})",
        1 => $"({Expression(depth - 1)} && {Expression(depth - 1)})",
        2 => $"!({Expression(depth - 1)})",
        3 or 4 => $"({Leaf()} = {Leaf()})",
        5 => $"({Leaf()} != {Leaf()})",
        6 => $"({Leaf()} < {Leaf()})",
        7 => $"({Leaf()} >= {Leaf()})",
        8 => $"({Expression(depth - 1)} + {Leaf()})",
        9 => $"({Leaf()} * {Leaf()})",
        10 => $"BOUND({Variable()})",
        11 => $"({Leaf()} {(Chance(2) ? "NOT " : "")}IN ({Leaf()}, {Leaf()}))",
        12 => $"IF({Expression(depth - 1)}, {Leaf()}, {Leaf()})",
        13 => $"COALESCE({Leaf()}, {Leaf()})",
        14 => $"{(Chance(2) ? "isIRI" : "isNumeric")}({Leaf()})",
        15 => $"CONTAINS(STR({Leaf()}), \"a\")",
        16 => $"sameTerm({Leaf()}, {Leaf()})",
        17 => $"LANG({Variable()})",
        18 => $"SUBJECT({Variable()})",
        _ => Leaf(),
    };

    private string Leaf() => Chance(3) ? Constant() : Variable();

    private string Node() => Chance(5) ? $":n{Below(DataGenerator.Nodes)}" : Chance(12) ? $"_:b{_fresh++.ToString(CultureInfo.InvariantCulture)}" : Variable();

    private string Verb() => Chance(8) ? Variable() : $":p{Below(DataGenerator.Predicates)}";

    private string Object() => Chance(4) ? Constant() : Chance(14) ? $"<<( {Node()} {Verb()} {Variable()} )>>" : Variable();

    private string Constant() => Chance(3) ? Literals[random.Next(Literals.Length)] : $":n{Below(DataGenerator.Nodes + 1)}";

    private string Variable() => Name(Math.Min(Below(Variables), Below(Variables)));

    private static string Name(int number) => "?" + (char)('a' + number);

    private string Fresh() => $"?x{_fresh++.ToString(CultureInfo.InvariantCulture)}";

    private int Below(int most) => random.Next(most);

    private bool Chance(int oneIn) => random.Next(oneIn) == 0;
}
