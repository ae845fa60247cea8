using System.Globalization;
using MuseumXtd.Rdf;
using MuseumXtd.Rdf.Vocabulary;
using MuseumXtd.Sparql.Algebra;

namespace MuseumXtd.Sparql.Tests.Reference;

/// <summary>
/// Expressions of section 17 on terms, null being an error: the logical connectives, comparisons, arithmetic of integers and decimals, and those functions that
/// generated queries use. Each function has tests of its own elsewhere.
/// </summary>
internal sealed class ReferenceExpressions(ReferenceEvaluator evaluator, IReadOnlyList<(Term, Term, Term)> graph)
{
    private static readonly Literal True = new("true", Xsd.Boolean);
    private static readonly Literal False = new("false", Xsd.Boolean);

    /// <summary>The effective boolean value (section 17.2.2); null for an error.</summary>
    public bool? Test(Expression expression, Solution solution) => Ebv(Value(expression, solution));

    /// <summary>The value; null for an error.</summary>
    public Term? Value(Expression expression, Solution solution)
    {
        switch (expression)
        {
            case VariableExpression variable:
                return solution[variable.Variable];
            case TermExpression term:
                return term.Term;
            case Exists exists:
                return Of(evaluator.Exists(exists.Pattern, solution, graph) != exists.Negated);
            case FunctionCall call:
                return Call(call, solution);
            default:
                throw new ArgumentException($"Unknown expression {expression.GetType().Name}.", nameof(expression));
        }
    }

    /// <summary>The order of two literals by <c>&lt;</c> (section 17.3), null where they have none.</summary>
    public static int? Order(Literal x, Literal y) =>
        Number(x) is { } a && Number(y) is { } b ? a.CompareTo(b)
        : IsString(x) && IsString(y) ? Math.Sign(string.CompareOrdinal(x.LexicalForm, y.LexicalForm))
        : Boolean(x) is { } p && Boolean(y) is { } q ? p.CompareTo(q)
        : null;

    public static Term? Add(Term? x, Term? y) => Arithmetic(x, y, (a, b) => a + b);

    public static Term? Divide(Term? x, Term? y) =>
        Number(x) is { } a && Number(y) is { } b && b != 0 ? Decimal(a / b) : null;

    private static Literal Of(bool value) => value ? True : False;

    private static Literal? Of(bool? value) => value is { } known ? Of(known) : null;

    private static bool IsString(Term? term) => term is Literal { Language: null } literal && literal.Datatype == Xsd.String;

    private static bool? Boolean(Term? term) =>
        term is Literal literal && literal.Datatype == Xsd.Boolean && literal.LexicalForm is "true" or "false" ? literal.LexicalForm == "true" : null;

    private static decimal? Number(Term? term) =>
        term is Literal literal && (literal.Datatype == Xsd.Integer || literal.Datatype == Xsd.Decimal)
        && decimal.TryParse(literal.LexicalForm, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value)
            ? value
            : null;

    private static bool? Ebv(Term? term) => term switch
    {
        Literal literal when literal.Datatype == Xsd.Boolean => Boolean(literal) ?? false,
        Literal literal when IsString(literal) => literal.LexicalForm.Length > 0,
        _ when Number(term) is { } number => number != 0,
        _ => null,
    };

    private static Literal Decimal(decimal value) => new(
        value.ToString("0.############################", CultureInfo.InvariantCulture), Xsd.Decimal);

    private static Literal? Arithmetic(Term? x, Term? y, Func<decimal, decimal, decimal> operation)
    {
        if (Number(x) is not { } a || Number(y) is not { } b)
        {
            return null;
        }

        var result = operation(a, b);
        return ((Literal)x!).Datatype == Xsd.Integer && ((Literal)y!).Datatype == Xsd.Integer
            ? new Literal(result.ToString(CultureInfo.InvariantCulture), Xsd.Integer)
            : Decimal(result);
    }

    /// <summary><c>=</c> (sections 17.3 and 17.4.1.7); null for an error.</summary>
    private static bool? AreEqual(Term? x, Term? y)
    {
        if (x is null || y is null)
        {
            return null;
        }

        if (x == y)
        {
            return true;
        }

        if (x is TripleTerm a && y is TripleTerm b)
        {
            return a.Subject == b.Subject && a.Predicate == b.Predicate ? AreEqual(a.Object, b.Object) : false;
        }

        return x is Literal left && y is Literal right && Order(left, right) is { } order ? order == 0 : false;
    }

    private static bool? IsLess(Term? x, Term? y, Func<int, bool> test) =>
        x is Literal a && y is Literal b && Order(a, b) is { } order ? test(order) : null;

    private Term? Call(FunctionCall call, Solution solution)
    {
        Term? Argument(int i) => Value(call.Arguments[i], solution);
        Literal? Text(int i) => Argument(i) is Literal literal && (IsString(literal) || literal.Language is not null) ? literal : null;
        bool? Both(Func<string, string, bool> test) =>
            Text(0) is { } x && Text(1) is { } y && (IsString(y) || x.Language == y.Language) ? test(x.LexicalForm, y.LexicalForm) : null;
        switch (call.Function)
        {
            case Function.Or:
                return Of(Test(call.Arguments[0], solution) | Test(call.Arguments[1], solution));
            case Function.And:
                return Of(Test(call.Arguments[0], solution) & Test(call.Arguments[1], solution));
            case Function.Not:
                return Of(!Test(call.Arguments[0], solution));
            case Function.Equal:
                return Of(AreEqual(Argument(0), Argument(1)));
            case Function.NotEqual:
                return Of(!AreEqual(Argument(0), Argument(1)));
            case Function.Less:
                return Of(IsLess(Argument(0), Argument(1), order => order < 0));
            case Function.Greater:
                return Of(IsLess(Argument(0), Argument(1), order => order > 0));
            case Function.LessOrEqual:
                return Of(IsLess(Argument(0), Argument(1), order => order <= 0));
            case Function.GreaterOrEqual:
                return Of(IsLess(Argument(0), Argument(1), order => order >= 0));
            case Function.In:
                return Of(IsIn(call, solution));
            case Function.NotIn:
                return Of(!IsIn(call, solution));
            case Function.Add:
                return Add(Argument(0), Argument(1));
            case Function.Subtract:
                return Arithmetic(Argument(0), Argument(1), (a, b) => a - b);
            case Function.Multiply:
                return Arithmetic(Argument(0), Argument(1), (a, b) => a * b);
            case Function.UnaryMinus:
                return Arithmetic(new Literal("0", Xsd.Integer), Argument(0), (a, b) => a - b);
            case Function.If:
                return Test(call.Arguments[0], solution) is { } chosen ? Argument(chosen ? 1 : 2) : null;
            case Function.Coalesce:
                return Enumerable.Range(0, call.Arguments.Length).Select(Argument).FirstOrDefault(a => a is not null);
            case Function.Subject:
                return (Argument(0) as TripleTerm)?.Subject;
            case Function.Object:
                return (Argument(0) as TripleTerm)?.Object;
            case Function.Bound:
                return Of(solution[((VariableExpression)call.Arguments[0]).Variable] is not null);
            case Function.SameTerm:
                return Argument(0) is { } one && Argument(1) is { } other ? Of(one == other) : null;
            case Function.IsIri:
                return Argument(0) is { } iri ? Of(iri is Iri) : null;
            case Function.IsBlank:
                return Argument(0) is { } node ? Of(node is BlankNode) : null;
            case Function.IsLiteral:
                return Argument(0) is { } literal ? Of(literal is Literal) : null;
            case Function.IsNumeric:
                return Argument(0) is { } number ? Of(Number(number) is not null) : null;
            case Function.IsTriple:
                return Argument(0) is { } triple ? Of(triple is TripleTerm) : null;
            case Function.Str:
                return Argument(0) switch
                {
                    Literal value => new Literal(value.LexicalForm),
                    Iri name => new Literal(name.Value),
                    _ => null,
                };
            case Function.Lang:
                return Argument(0) is Literal tagged ? new Literal(tagged.Language ?? "") : null;
            case Function.StrLen:
                return Text(0) is { } counted ? new Literal(counted.LexicalForm.Length.ToString(CultureInfo.InvariantCulture), Xsd.Integer) : null;
            case Function.Contains:
                return Of(Both((x, y) => x.Contains(y, StringComparison.Ordinal)));
            case Function.StrStarts:
                return Of(Both((x, y) => x.StartsWith(y, StringComparison.Ordinal)));
            default:
                throw new ArgumentException($"Unknown function {call.Function}.", nameof(call));
        }
    }

    private bool? IsIn(FunctionCall call, Solution solution)
    {
        var value = Value(call.Arguments[0], solution);
        var tests = call.Arguments.Skip(1).Select(a => AreEqual(value, Value(a, solution))).ToList();
        return tests.Contains(true) ? true : tests.Contains(null) ? null : false;
    }
}
