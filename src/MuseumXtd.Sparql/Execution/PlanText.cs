using System.Globalization;
using System.Text;

namespace MuseumXtd.Sparql.Execution;

/// <summary>A plan for people: one operator a line, what it takes rows from below it.</summary>
internal static class PlanText
{
    /// <summary>The text of a plan, with the rows expected and seen, and the time with what is below.</summary>
    public static string Of(Operator plan)
    {
        var text = new StringBuilder();
        Write(plan, 0);
        return text.ToString();

        void Write(Operator node, int depth)
        {
            text.Append(' ', depth * 2)
                .Append($"{node.Name} {node.Details}".TrimEnd())
                .Append(CultureInfo.InvariantCulture, $"  [expected {node.Estimate:0.#}, rows {node.Rows}, {node.Time.TotalMilliseconds:0.###} ms]")
                .Append('\n');
            foreach (var child in node.Children)
            {
                Write(child, depth + 1);
            }
        }
    }
}
