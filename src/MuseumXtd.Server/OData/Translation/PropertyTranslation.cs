using MuseumXtd.Server.OData.Execution;
using MuseumXtd.Server.OData.Model;
using MuseumXtd.Sparql.Algebra;
using MuseumXtd.Store;

namespace MuseumXtd.Server.OData.Translation;

/// <summary>Binds the values of single properties, once a path and scope.</summary>
internal sealed class PropertyTranslation(GraphView view, LanguageChain languages)
{
    public GraphView View { get; } = view;

    public LanguageChain Languages { get; } = languages;

    /// <summary>The value of a property as an expression; an error where it is null.</summary>
    public Expression Value(ResourceReference of, ValueBinding value)
    {
        var path = of.Path + "/" + value.Name;
        if (of.Scope.Values.TryGetValue(path, out var known))
        {
            return known;
        }

        if (of is { IsInstance: true, Trail: null } && value.Predicate is { } predicate && View.Covers(of.Class, predicate))
        {
            of.Scope.Required.Add(path);
        }

        var bound = value.Form switch
        {
            ValueForm.Id => Key(of),
            ValueForm.Iri => OfBound(of, Patterns.Call(Function.Str, new VariableExpression(of.Variable))),
            ValueForm.Localised => Localised(of, value, path),
            ValueForm.Plain when value.IsSingle => Plain(of, value, path),
            _ => throw ODataRequestException.NotImplemented($"A collection such as '{value.Name}' where one value is needed"),
        };
        of.Scope.Values.Add(path, bound);
        return bound;
    }

    /// <summary>The resource that a single link leads to.</summary>
    public ResourceReference Follow(ResourceReference from, LinkBinding link)
    {
        var path = from.Path + "/" + link.Name;
        if (from.Scope.Resources.TryGetValue(path, out var known))
        {
            return known;
        }

        var target = from.Scope.Names.Next("r");
        var part = from.With(Patterns.SingleLink(View, link, from.Variable, target));
        var isRequired = from.Scope.Required.Contains(path);
        if (isRequired)
        {
            from.Scope.Join(part);
        }
        else
        {
            from.Scope.LeftJoin(part);
        }

        var reached = new ResourceReference(target, link.Target, from.Scope, path, isRequired ? null : part);
        from.Scope.Resources.Add(path, reached);
        return reached;
    }

    /// <summary>A value of a property or a member of a collection, as its type has it: texts without their language.</summary>
    public Expression Content(ValueBinding value, Variable variable) =>
        value.Kind == Microsoft.OData.Edm.EdmPrimitiveTypeKind.String && !View.Facts(value.Predicate!).AreAll(TermTag.String)
            ? Patterns.Call(Function.Str, new VariableExpression(variable))
            : new VariableExpression(variable);

    /// <summary>The key: what <see cref="EntityKeys.KeyOf"/> does, as an expression.</summary>
    private Expression Key(ResourceReference of)
    {
        var iri = Patterns.Call(Function.Str, new VariableExpression(of.Variable));
        var baseIri = Patterns.Text(View.Model.Keys.BaseIri);
        var below = Patterns.Call(Function.StrAfter, iri, baseIri);
        Expression key = Patterns.Call(
            Function.If,
            Patterns.Call(Function.And, Patterns.Call(Function.StrStarts, iri, baseIri), Patterns.Call(Function.And, Patterns.Call(Function.Contains, below, Patterns.Text("/")), Patterns.Not(Patterns.Call(Function.Regex, below, Patterns.Text("[~:]"))))),
            Patterns.Call(Function.Replace, below, Patterns.Text("/"), Patterns.Text("~")),
            iri);
        foreach (var folder in of.Class.WithDerived.Select(c => c.Folder).Where(f => f.Length > 0).Distinct())
        {
            var id = Patterns.Call(Function.StrAfter, iri, Patterns.Text(folder));
            key = Patterns.Call(
                Function.If,
                Patterns.Call(Function.And, Patterns.Call(Function.StrStarts, iri, Patterns.Text(folder)), Patterns.Call(Function.Regex, id, Patterns.Text("^[^/~:]+$"))),
                id,
                key);
        }

        return OfBound(of, key);
    }

    private static Expression OfBound(ResourceReference of, Expression expression) =>
        of.Trail is null ? expression : Patterns.Call(Function.If, Patterns.Call(Function.Bound, new VariableExpression(of.Variable)), expression, Patterns.Null);

    private Expression Plain(ResourceReference of, ValueBinding value, string path)
    {
        var bound = of.Scope.Names.Next("v");
        var part = View.Facts(value.Predicate!).IsOnePerSubject
            ? (GraphPattern)Patterns.Triple(of.Variable, value.Predicate!, bound)
            : Patterns.First(Patterns.Triple(of.Variable, value.Predicate!, new Variable(bound.Name + "each")), of.Variable, new Variable(bound.Name + "each"), bound);
        Add(of, path, part);
        return Content(value, bound);
    }

    private Expression Localised(ResourceReference of, ValueBinding value, string path)
    {
        var facts = View.Facts(value.Predicate!);
        if (facts.IsOnePerSubject)
        {
            return Plain(of, value, path);
        }

        var candidates = new List<Expression>();
        var isCovered = false;
        var isRequired = of.Scope.Required.Contains(path);
        foreach (var language in Languages.Languages.Where(l => facts.SubjectsWith(l) > 0))
        {
            isCovered = facts.SubjectsWith(language) == facts.Subjects;
            var bound = of.Scope.Names.Next("v");
            var each = facts.IsOnePerLanguage ? bound : new Variable(bound.Name + "each");
            Expression tag = Patterns.Call(Function.Lang, new VariableExpression(each));
            GraphPattern part = new Filter(
                Patterns.Call(Function.Equal, facts.HasSmallTags ? tag : Patterns.Call(Function.LCase, tag), Patterns.Text(language)),
                Patterns.Triple(of.Variable, value.Predicate!, each));
            part = facts.IsOnePerLanguage ? part : Patterns.First(part, of.Variable, each, bound);
            if (isCovered && isRequired && candidates.Count == 0)
            {
                of.Scope.Join(of.With(part));
            }
            else
            {
                of.Scope.LeftJoin(of.With(part));
            }

            candidates.Add(Patterns.Call(Function.Str, new VariableExpression(bound)));
            if (isCovered)
            {
                break;
            }
        }

        if (!isCovered)
        {
            var any = of.Scope.Names.Next("v");
            var each = new Variable(any.Name + "each");
            of.Scope.LeftJoin(of.With(Patterns.First(Patterns.Triple(of.Variable, value.Predicate!, each), of.Variable, each, any)));
            candidates.Add(Patterns.Call(Function.Str, new VariableExpression(any)));
        }

        return candidates.Count == 1 ? candidates[0] : new FunctionCall(Function.Coalesce, [.. candidates]);
    }

    private static void Add(ResourceReference of, string path, GraphPattern part)
    {
        if (of.Scope.Required.Contains(path))
        {
            of.Scope.Join(of.With(part));
        }
        else
        {
            of.Scope.LeftJoin(of.With(part));
        }
    }
}
