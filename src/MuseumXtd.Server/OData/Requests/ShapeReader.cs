using System.Collections.Immutable;
using System.Globalization;
using Microsoft.OData.UriParser;
using MuseumXtd.Server.OData.Execution;
using MuseumXtd.Server.OData.Model;

namespace MuseumXtd.Server.OData.Requests;

/// <summary>Reads <c>$select</c> and <c>$expand</c> as the library parsed them.</summary>
internal sealed class ShapeReader(EntityModel model, ODataLimits limits)
{
    private int _expansions;

    /// <summary>Reads the clause.</summary>
    /// <param name="clause">As it was parsed; null for all properties and no expansion.</param>
    /// <param name="class">The type of the entities.</param>
    /// <param name="compute">What is computed beside it.</param>
    /// <param name="text">The text of <c>$expand</c>.</param>
    public EntityShape Read(SelectExpandClause? clause, EntityClass @class, ComputeClause? compute, string? text) => Read(clause, @class, compute, text, 0, null);

    private EntityShape Read(
        SelectExpandClause? clause, EntityClass @class, ComputeClause? compute, string? text, int depth, (ExpandedNavigationSelectItem Item, IReadOnlyList<string> Options, long Levels)? again)
    {
        var items = clause?.SelectedItems.ToList() ?? [];
        var isAll = clause is null || clause.AllSelected || items.OfType<WildcardSelectItem>().Any();
        var selected = new HashSet<string>(StringComparer.Ordinal);
        var parts = new Dictionary<string, HashSet<string>>(StringComparer.Ordinal);
        var selections = ImmutableArray.CreateBuilder<CollectionSelection>();
        foreach (var item in items.OfType<PathSelectItem>())
        {
            Select(item, selected, parts);
            if (HasOptions(item))
            {
                selections.Add(CollectionOf(item, @class));
            }
        }

        var expansions = ImmutableArray.CreateBuilder<Expansion>();
        foreach (var item in items.OfType<ExpandedReferenceSelectItem>())
        {
            var levels = (item as ExpandedNavigationSelectItem)?.LevelsOption is { } asked ? asked.IsMaxLevel ? limits.MaxExpandDepth - depth : asked.Level : 1;
            var path = string.Join('/', item.PathToNavigationProperty.Select(s => s.Identifier));
            expansions.Add(Read(item, @class, ExpandText.OptionsOf(text, path), depth + 1, levels));
        }

        if (again is { } repeated && repeated.Levels > 0 && LinkOf(repeated.Item, @class, isOptional: true) is not null)
        {
            expansions.Add(Read(repeated.Item, @class, repeated.Options, depth + 1, repeated.Levels));
        }

        if (expansions.GroupBy(e => (e.Name, e.Source)).FirstOrDefault(g => g.Count() > 1) is { } twice)
        {
            throw new ODataRequestException(400, $"'{twice.Key.Name}' is expanded twice.", "$expand");
        }

        var computed = compute?.ComputedItems.ToList() ?? [];
        var names = items.OfType<PathSelectItem>().Select(i => i.SelectedPath.FirstSegment.Identifier).ToHashSet(StringComparer.Ordinal);
        return new EntityShape
        {
            Class = @class,
            Selected = isAll ? null : selected,
            Parts = parts,
            Computed = [.. computed.Where(c => isAll || names.Contains(c.Alias))],
            Expansions = expansions.ToImmutable(),
            Selections = selections.ToImmutable(),
            Context = ContextOf(isAll, items, expansions),
        };
    }

    private static bool HasOptions(PathSelectItem item) => item.FilterOption is not null || item.OrderByOption is not null || item.TopOption is not null
        || item.SkipOption is not null || item.CountOption is not null || item.SearchOption is not null || item.ComputeOption is not null;

    private CollectionSelection CollectionOf(PathSelectItem item, EntityClass @class)
    {
        if (item.SearchOption is not null || item.ComputeOption is not null)
        {
            throw ODataRequestException.NotImplemented("$search or $compute within $select", "$select");
        }

        var source = @class;
        foreach (var type in item.SelectedPath.OfType<TypeSegment>())
        {
            source = model.Of(type.EdmType);
        }

        var name = item.SelectedPath.First(s => s is not TypeSegment).Identifier;
        return source.ValuesByName.TryGetValue(name, out var value) && !value.IsSingle && item.SelectedPath.Count(s => s is not TypeSegment) == 1
            ? new CollectionSelection(source, value, item.FilterOption, item.OrderByOption, item.SkipOption ?? 0, item.TopOption, item.CountOption == true)
            : throw new ODataRequestException(400, $"'{name}' is no collection: options are for collections.", "$select");
    }

    private static void Select(PathSelectItem item, HashSet<string> selected, Dictionary<string, HashSet<string>> parts)
    {
        var segments = item.SelectedPath.Where(s => s is not TypeSegment).ToList();
        var name = segments[0].Identifier;
        selected.Add(name);
        var nested = item.SelectAndExpand is { AllSelected: false } below
            ? below.SelectedItems.OfType<PathSelectItem>().Select(p => p.SelectedPath.FirstSegment.Identifier).ToList()
            : [];
        if (segments.Count > 1)
        {
            nested.Add(segments[1].Identifier);
        }

        if (nested.Count > 0)
        {
            (parts.TryGetValue(name, out var known) ? known : parts[name] = new(StringComparer.Ordinal)).UnionWith(nested);
        }
    }

    private (LinkBinding Link, EntityClass Source, EntityClass Target)? LinkOf(ExpandedReferenceSelectItem item, EntityClass @class, bool isOptional = false)
    {
        var source = @class;
        LinkBinding? link = null;
        EntityClass? target = null;
        foreach (var segment in item.PathToNavigationProperty)
        {
            switch (segment)
            {
                case TypeSegment type when link is null:
                    source = model.Of(type.EdmType);
                    break;
                case TypeSegment type:
                    target = model.Of(type.EdmType);
                    break;
                case NavigationPropertySegment navigation when source.LinksByName.TryGetValue(navigation.NavigationProperty.Name, out link):
                    break;
                case NavigationPropertySegment when isOptional:
                    return null;
                default:
                    throw ODataRequestException.NotImplemented($"'{segment.Identifier}' in a path of $expand", "$expand");
            }
        }

        return (link!, source, target ?? link!.Target);
    }

    private Expansion Read(ExpandedReferenceSelectItem item, EntityClass @class, IReadOnlyList<string> options, int depth, long levels)
    {
        if (depth > limits.MaxExpandDepth)
        {
            throw ODataRequestException.TooMuch($"Expansions may be nested {limits.MaxExpandDepth} deep.", "$expand");
        }

        if (++_expansions > limits.MaxExpansions)
        {
            throw ODataRequestException.TooMuch($"More than {limits.MaxExpansions} expansions.", "$expand");
        }

        if (item.ApplyOption is not null)
        {
            throw ODataRequestException.NotImplemented("$apply within $expand", "$expand");
        }

        if (levels < 1)
        {
            throw new ODataRequestException(400, "$levels is at least 1.", "$expand");
        }

        var (link, source, target) = LinkOf(item, @class)!.Value;
        var navigation = item as ExpandedNavigationSelectItem;
        return new Expansion
        {
            Link = link,
            Source = source,
            Target = target,
            IsReference = navigation is null && item is not ExpandedCountSelectItem,
            Shape = item is ExpandedCountSelectItem ? null : Read(
                navigation?.SelectAndExpand, target, item.ComputeOption, ExpandText.Value(options, "expand"), depth, navigation is null || levels < 2 ? null : (navigation, options, levels - 1)),
            Filter = item.FilterOption,
            Search = item.SearchOption,
            OrderBy = item.OrderByOption,
            Compute = item.ComputeOption,
            Skip = item.SkipOption ?? 0,
            Top = item.TopOption,
            Counts = item.CountOption == true,
            Options = OptionsOf(item, options, levels),
        };
    }

    /// <summary>The options for a link to the rest: levels that are left become an expansion of their own.</summary>
    private static string OptionsOf(ExpandedReferenceSelectItem item, IReadOnlyList<string> options, long levels)
    {
        var query = ExpandText.Query(options, "skip", "top", "count", "levels", "expand");
        var expand = ExpandText.Value(options, "expand");
        if (levels > 1)
        {
            var path = string.Join('/', item.PathToNavigationProperty.Select(s => s.Identifier));
            var rest = string.Join(';', options.Where(o => !o.TrimStart('$').StartsWith("levels", StringComparison.OrdinalIgnoreCase)).Append(string.Create(CultureInfo.InvariantCulture, $"$levels={levels - 1}")));
            expand = expand is null ? $"{path}({rest})" : $"{expand},{path}({rest})";
        }

        return expand is null ? query : $"{query}$expand={Uri.EscapeDataString(expand)}&";
    }

    /// <summary>What is selected, as context URLs tell it. Plain expansions are left out, as OData 4.0 has it: some tools know no other form.</summary>
    private static string ContextOf(bool isAll, List<SelectItem> items, IEnumerable<Expansion> expansions)
    {
        var parts = new List<string>();
        if (!isAll)
        {
            parts.AddRange(items.OfType<PathSelectItem>().Select(i => string.Join('/', i.SelectedPath.Select(s => s.Identifier))).Distinct());
        }

        foreach (var expansion in expansions.Where(e => e.Shape is not null && !e.IsReference))
        {
            if (expansion.Shape!.Context.Length > 0 || !isAll)
            {
                parts.Add(string.Create(CultureInfo.InvariantCulture, $"{expansion.Name}({expansion.Shape.Context})"));
            }
        }

        if (isAll && parts.Count > 0)
        {
            parts.Insert(0, "*");
        }

        return string.Join(',', parts);
    }
}
