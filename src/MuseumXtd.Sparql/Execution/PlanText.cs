using System.Globalization;
using System.Text;

namespace MuseumXtd.Sparql.Execution;

/// <summary>A plan for people: one operator a line with its figures before it, and what it takes rows from below it.</summary>
internal static class PlanText
{
    /// <summary>The text of a plan.</summary>
    public static string Of(PlanNode plan)
    {
        var text = new StringBuilder();
        Line("rows", "expected", "ms", "own ms", "step");
        Write(plan, "", "");
        return text.ToString();

        void Write(PlanNode node, string first, string next)
        {
            Line(
                node.Rows.ToString("N0", CultureInfo.InvariantCulture),
                Rounded(node.Expected),
                Milliseconds(node.Time),
                Milliseconds(node.OwnTime),
                $"{first}{node.Operator} {node.Details}".TrimEnd());
            for (var i = 0; i < node.Children.Count; i++)
            {
                var isLast = i == node.Children.Count - 1;
                Write(node.Children[i], next + (isLast ? "└ " : "├ "), next + (isLast ? "  " : "│ "));
            }
        }

        void Line(string rows, string expected, string all, string own, string step) =>
            text.Append($"{rows,13}{expected,13}{all,11}{own,11}  {step}\n");
    }

    private static string Rounded(double rows) =>
        rows < 1e9 ? Math.Round(rows, rows < 10 ? 1 : 0).ToString("#,0.#", CultureInfo.InvariantCulture) : rows.ToString("0.#E+0", CultureInfo.InvariantCulture);

    private static string Milliseconds(TimeSpan time) => time.TotalMilliseconds.ToString("N2", CultureInfo.InvariantCulture);
}
