using System.Collections.Immutable;
using MuseumXtd.Server.OData.Execution;
using MuseumXtd.Server.OData.Model;
using MuseumXtd.Server.OData.Translation;
using MuseumXtd.Server.OData.Writing;

namespace MuseumXtd.Server.OData.Tables;

/// <summary>
/// Entities as rows of a table. A property is a column; what is linked and expanded is columns as well, its key and its name where
/// <c>$select</c> says nothing else. Several values share a cell.
/// </summary>
internal sealed class TableColumns
{
    private const string Separator = "; ";
    private static readonly HashSet<string> KeyAndName = new(["id", "name"], StringComparer.Ordinal);

    private readonly GraphView _view;
    private readonly LanguageChain _languages;
    private readonly ImmutableArray<Column> _columns;

    /// <summary>The columns of entities in a shape.</summary>
    public TableColumns(EntityShape shape, GraphView view, LanguageChain languages)
    {
        (_view, _languages) = (view, languages);
        var columns = ImmutableArray.CreateBuilder<Column>();
        Add(shape, [], "", isList: false, columns);
        _columns = columns.ToImmutable();
        Names = [.. _columns.Select(c => c.Name)];
    }

    /// <summary>The names of the columns: of what is linked, the path to it.</summary>
    public ImmutableArray<string> Names { get; }

    /// <summary>The cells of an entity.</summary>
    public void Fill(EntityRows rows, int row, object?[] cells)
    {
        for (var i = 0; i < _columns.Length; i++)
        {
            var column = _columns[i];
            if (!column.IsList)
            {
                cells[i] = Values(rows, row, column, 0).FirstOrDefault();
                continue;
            }

            var texts = Values(rows, row, column, 0).Select(v => v is null ? "" : ValueJson.TextOf(v)).ToList();
            cells[i] = texts.Count == 0 ? null : string.Join(Separator, texts);
        }
    }

    private static void Add(EntityShape shape, ImmutableArray<int> path, string prefix, bool isList, ImmutableArray<Column>.Builder columns)
    {
        foreach (var value in shape.Class.Values.Where(v => Tells(shape, v, isRoot: path.IsEmpty)))
        {
            columns.Add(new Column(prefix + value.Name, path, value, -1, isList || !value.IsSingle));
        }

        for (var i = 0; i < shape.Computed.Length; i++)
        {
            columns.Add(new Column(prefix + shape.Computed[i].Alias, path, null, i, isList));
        }

        for (var i = 0; i < shape.Expansions.Length; i++)
        {
            var expansion = shape.Expansions[i];
            if (expansion.Shape is { } below && !expansion.IsReference)
            {
                Add(below, path.Add(i), prefix + expansion.Name + "/", isList || !expansion.Link.IsSingle, columns);
            }
        }
    }

    /// <summary>All languages of a text only where they are asked for: one is in the column beside.</summary>
    private static bool Tells(EntityShape shape, ValueBinding value, bool isRoot) =>
        shape.Selected?.Contains(value.Name) ?? (isRoot ? value.Form != ValueForm.Texts : KeyAndName.Contains(value.Name));

    private IEnumerable<object?> Values(EntityRows rows, int row, Column column, int depth)
    {
        if (depth < column.Path.Length)
        {
            var linked = rows.Expansions[column.Path[depth]];
            for (var i = linked.Starts[row]; i < linked.Starts[row + 1]; i++)
            {
                foreach (var value in Values(linked.Level!, linked.Targets[i], column, depth + 1))
                {
                    yield return value;
                }
            }

            yield break;
        }

        if (column.Value is not { } binding)
        {
            yield return PropertyValues.Of(rows.Computed?[row][column.Computed]);
            yield break;
        }

        foreach (var value in PropertyValues.Of(_view, _languages, _view.ClassOf(rows.Ids[row], rows.Shape.Class), rows.Ids[row], binding))
        {
            yield return value;
        }
    }

    /// <summary>A column.</summary>
    /// <param name="Name">Its name.</param>
    /// <param name="Path">The expansions that lead to it.</param>
    /// <param name="Value">The property; null for a computed one.</param>
    /// <param name="Computed">The place of the computed property.</param>
    /// <param name="IsList">Whether a cell may hold several values.</param>
    private sealed record Column(string Name, ImmutableArray<int> Path, ValueBinding? Value, int Computed, bool IsList);
}
