using Microsoft.OData.Edm;
using Microsoft.OData.UriParser;
using MuseumXtd.Rdf;
using MuseumXtd.Rdf.Vocabulary;
using MuseumXtd.Sparql;
using MuseumXtd.Sparql.Algebra;

namespace MuseumXtd.Server.OData.Translation;

/// <summary>The canonical functions of OData (Part 2, section 5.1.1.4 to 5.1.1.9) in terms of those of SPARQL.</summary>
internal sealed class FunctionTranslation(ExpressionTranslation expressions)
{
    /// <summary>The times of Edm.DateTimeOffset (Part 2, section 5.1.1.8.3 and 5.1.1.8.4).</summary>
    private static readonly Literal Earliest = new("0001-01-01T00:00:00Z", Xsd.DateTime);
    private static readonly Literal Latest = new("9999-12-31T23:59:59.9999999Z", Xsd.DateTime);

    public Expression Translate(SingleValueFunctionCallNode call)
    {
        var nodes = call.Parameters.ToList();
        var name = call.Name.ToLowerInvariant();
        switch (name)
        {
            case "isof":
                return IsOf(nodes);
            case "cast":
                return Cast(nodes);
            case "matchespattern":
                CheckPattern(nodes[1]);
                break;
        }

        var arguments = nodes.Select(expressions.Translate).ToArray();
        return name switch
        {
            "case" => Case(arguments),
            "totalseconds" => TotalSeconds(arguments[0]),
            "contains" => Patterns.Call(Function.Contains, arguments),
            "startswith" => Patterns.Call(Function.StrStarts, arguments),
            "endswith" => Patterns.Call(Function.StrEnds, arguments),
            "matchespattern" => Patterns.Call(Function.Regex, arguments),
            "length" => Patterns.Call(Function.StrLen, arguments),
            "tolower" => Patterns.Call(Function.LCase, arguments),
            "toupper" => Patterns.Call(Function.UCase, arguments),
            "trim" => Patterns.Call(Function.Replace, arguments[0], Patterns.Text("^\\s+|\\s+$"), Patterns.Text("")),
            "concat" => Patterns.Call(Function.Concat, arguments),
            "indexof" => IndexOf(arguments[0], arguments[1]),
            "substring" => Substring(arguments),
            "year" => Patterns.Call(Function.Year, arguments),
            "month" => Patterns.Call(Function.Month, arguments),
            "day" => Patterns.Call(Function.Day, arguments),
            "hour" => Patterns.Call(Function.Hours, arguments),
            "minute" => Patterns.Call(Function.Minutes, arguments),
            "second" => new IriFunctionCall(Xsd.Integer, [Patterns.Call(Function.Floor, Patterns.Call(Function.Seconds, arguments))]),
            "fractionalseconds" => Patterns.Call(
                Function.Subtract, Patterns.Call(Function.Seconds, arguments), Patterns.Call(Function.Floor, Patterns.Call(Function.Seconds, arguments))),
            "totaloffsetminutes" => OffsetMinutes(arguments[0]),
            "date" => new IriFunctionCall(Xsd.Date, [Patterns.Call(Function.Replace, Patterns.Call(Function.Str, arguments[0]), Patterns.Text("T.*$"), Patterns.Text(""))]),
            "time" => new IriFunctionCall(Xsd.Time, [Patterns.Call(Function.Replace, Patterns.Call(Function.Str, arguments[0]), Patterns.Text("^.*T|(Z|[+-][0-9:]+)$"), Patterns.Text(""))]),
            "now" => Patterns.Call(Function.Now),
            "mindatetime" => new TermExpression(Earliest),
            "maxdatetime" => new TermExpression(Latest),
            "floor" => Patterns.Call(Function.Floor, arguments),
            "ceiling" => Patterns.Call(Function.Ceil, arguments),
            "round" => Round(arguments[0]),
            _ => throw ODataRequestException.NotImplemented($"The function {call.Name}"),
        };
    }

    /// <summary>The datatype of a primitive type.</summary>
    private static Iri? DatatypeOf(string edm) => edm switch
    {
        "Edm.String" => Xsd.String,
        "Edm.Boolean" => Xsd.Boolean,
        "Edm.SByte" => new Iri(Xsd.Namespace + "byte"),
        "Edm.Byte" => new Iri(Xsd.Namespace + "unsignedByte"),
        "Edm.Int16" => new Iri(Xsd.Namespace + "short"),
        "Edm.Int32" => new Iri(Xsd.Namespace + "int"),
        "Edm.Int64" => new Iri(Xsd.Namespace + "long"),
        "Edm.Decimal" => Xsd.Decimal,
        "Edm.Double" => Xsd.Double,
        "Edm.Single" => Xsd.Float,
        "Edm.Date" => Xsd.Date,
        "Edm.DateTimeOffset" => Xsd.DateTime,
        "Edm.TimeOfDay" => Xsd.Time,
        "Edm.Duration" => Xsd.DayTimeDuration,
        _ => null,
    };

    private static string TypeName(QueryNode node) => node switch
    {
        ConvertNode convert => TypeName(convert.Source),
        ConstantNode { Value: string name } => name,
        SingleResourceCastNode cast => cast.TypeReference.FullName(),
        _ => throw ODataRequestException.NotImplemented("A type that is no name"),
    };

    private static FunctionCall IndexOf(Expression text, Expression part) => Patterns.Call(
        Function.If, Patterns.Call(Function.Contains, text, part), Patterns.Call(Function.StrLen, Patterns.Call(Function.StrBefore, text, part)), Patterns.Number(-1));

    /// <summary>A start below zero counts from the end, and stops at the beginning (Part 2, section 5.1.1.5.9).</summary>
    private static FunctionCall Substring(Expression[] arguments)
    {
        Expression start = arguments[1];
        if (start is not TermExpression { Term: Literal { LexicalForm: [>= '0' and <= '9', ..] } })
        {
            var fromEnd = Patterns.Call(Function.Add, Patterns.Call(Function.StrLen, arguments[0]), start);
            start = Patterns.Call(
                Function.If,
                Patterns.Call(Function.Less, start, Patterns.Number(0)),
                Patterns.Call(Function.If, Patterns.Call(Function.Less, fromEnd, Patterns.Number(0)), Patterns.Number(0), fromEnd),
                start);
        }

        var first = Patterns.Call(Function.Add, start, Patterns.Number(1));
        return arguments.Length == 2
            ? Patterns.Call(Function.SubStr, arguments[0], first)
            : Patterns.Call(Function.SubStr, arguments[0], first, Patterns.Call(Function.If, Patterns.Call(Function.Less, arguments[2], Patterns.Number(0)), Patterns.Number(0), arguments[2]));
    }

    /// <summary>Halves are rounded away from zero (Part 2, section 5.1.1.9.1); in XPath they go up.</summary>
    private static FunctionCall Round(Expression number) => Patterns.Call(
        Function.If,
        Patterns.Call(Function.Less, number, Patterns.Number(0)),
        Patterns.Call(Function.UnaryMinus, Patterns.Call(Function.Round, Patterns.Call(Function.UnaryMinus, number))),
        Patterns.Call(Function.Round, number));

    /// <summary>The value behind the first condition that is true; null where none is.</summary>
    private static Expression Case(Expression[] arguments)
    {
        var result = Patterns.Null;
        for (var i = arguments.Length - 2; i >= 0; i -= 2)
        {
            result = Patterns.Call(Function.If, Patterns.Call(Function.Coalesce, arguments[i], Patterns.False), arguments[i + 1], result);
        }

        return result;
    }

    /// <summary>The seconds of a duration, with their fraction: of its days, hours, minutes and seconds, each with the letter behind it.</summary>
    private static FunctionCall TotalSeconds(Expression duration)
    {
        var text = Patterns.Call(Function.Str, duration);
        Expression Part(string letter, bool isTime)
        {
            var pattern = Patterns.Text($"^-?P{(isTime ? "[^T]*T([0-9.]+[A-Z])*" : "()")}([0-9.]+){letter}.*$");
            return Patterns.Call(
                Function.If,
                Patterns.Call(Function.Regex, text, pattern),
                new IriFunctionCall(Xsd.Decimal, [Patterns.Call(Function.Replace, text, pattern, Patterns.Text("$2"))]),
                Patterns.Number(0));
        }

        var total = Part("D", isTime: false);
        foreach (var (letter, times) in (ReadOnlySpan<(string, long)>)[("H", 24), ("M", 60), ("S", 60)])
        {
            total = Patterns.Call(Function.Add, Patterns.Call(Function.Multiply, total, Patterns.Number(times)), Part(letter, isTime: true));
        }

        return Patterns.Call(Function.If, Patterns.Call(Function.StrStarts, text, Patterns.Text("-")), Patterns.Call(Function.UnaryMinus, total), total);
    }

    private static FunctionCall OffsetMinutes(Expression time)
    {
        var zone = Patterns.Call(Function.Tz, time);
        Expression Part(int from) => new IriFunctionCall(Xsd.Integer, [Patterns.Call(Function.SubStr, zone, Patterns.Number(from), Patterns.Number(2))]);
        var minutes = Patterns.Call(Function.Add, Patterns.Call(Function.Multiply, Part(2), Patterns.Number(60)), Part(5));
        return Patterns.Call(
            Function.If,
            Patterns.Call(Function.In, zone, Patterns.Text("Z"), Patterns.Text("")),
            Patterns.Number(0),
            Patterns.Call(Function.If, Patterns.Call(Function.StrStarts, zone, Patterns.Text("-")), Patterns.Call(Function.UnaryMinus, minutes), minutes));
    }

    private static void CheckPattern(QueryNode node)
    {
        if (Constants.Find(node) is not { } constant)
        {
            throw ODataRequestException.NotImplemented("A pattern that is no constant");
        }

        if (constant.Value is string pattern && (TextPattern.Create(pattern, "") is null || HasBackReference(pattern)))
        {
            throw new ODataRequestException(400, $"'{pattern}' is no regular expression that can be matched in linear time.");
        }
    }

    /// <summary>A reference to what a group matched needs trying one way after the other.</summary>
    private static bool HasBackReference(string pattern)
    {
        for (var i = 0; i + 1 < pattern.Length; i++)
        {
            if (pattern[i] == '\\')
            {
                i++;
                if (char.IsAsciiDigit(pattern[i]))
                {
                    return true;
                }
            }
        }

        return false;
    }

    private Expression IsOf(List<QueryNode> nodes)
    {
        var name = TypeName(nodes[^1]);
        var subject = nodes[0] is ConvertNode convert ? convert.Source : nodes[0];
        if (subject is not SingleResourceNode)
        {
            return subject is SingleValueNode { TypeReference: { } type } && type.FullName() == name
                ? Patterns.Not(Patterns.Call(Function.Coalesce, Patterns.Not(Patterns.Call(Function.SameTerm, expressions.Translate(subject), expressions.Translate(subject))), Patterns.True))
                : Patterns.False;
        }

        var @class = expressions.View.Model.FindByName(name) ?? throw new ODataRequestException(400, $"'{name}' is no entity type.");
        var resource = expressions.Resource(subject);
        return new Exists(resource.With(Patterns.Instances(@class, resource.Variable)), Negated: false);
    }

    private IriFunctionCall Cast(List<QueryNode> nodes)
    {
        var name = TypeName(nodes[^1]);
        var datatype = DatatypeOf(name) ?? throw ODataRequestException.NotImplemented($"A cast to {name}");
        return new IriFunctionCall(datatype, [expressions.Translate(nodes[0])]);
    }
}
