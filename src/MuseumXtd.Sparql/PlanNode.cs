namespace MuseumXtd.Sparql;

/// <summary>A step of the plan of a query and what it has done so far, for people and tools.</summary>
/// <param name="Operator">What kind of step it is.</param>
/// <param name="Details">What it does in particular; may be empty.</param>
/// <param name="Expected">How many rows the planner expected.</param>
/// <param name="Rows">How many rows came out.</param>
/// <param name="Time">The time spent here and below; zero unless the query is explained. Below an exchange the time of all its threads together.</param>
/// <param name="Children">The steps that it takes rows from.</param>
public sealed record PlanNode(string Operator, string Details, double Expected, long Rows, TimeSpan Time, IReadOnlyList<PlanNode> Children)
{
    /// <summary>The time spent here and not below.</summary>
    public TimeSpan OwnTime
    {
        get
        {
            var own = Time - Children.Aggregate(TimeSpan.Zero, (sum, child) => sum + child.Time);
            return own > TimeSpan.Zero ? own : TimeSpan.Zero;
        }
    }

    /// <summary>The plan as a table: rows, expected rows, milliseconds with and without what is below, and the steps as a tree.</summary>
    public override string ToString() => Execution.PlanText.Of(this);
}
