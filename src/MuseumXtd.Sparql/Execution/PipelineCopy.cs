namespace MuseumXtd.Sparql.Execution;

/// <summary>Copies of the operators of a pipeline, which work in a context of their own: what a second thread needs to do the same on other rows.</summary>
internal sealed class PipelineCopy(QueryContext context)
{
    private readonly Dictionary<Operator, Operator> _copies = new(ReferenceEqualityComparer.Instance);

    /// <summary>The context of the copies.</summary>
    public QueryContext Context { get; } = context;

    /// <summary>The copy of an operator, made the first time.</summary>
    public Operator Of(Operator original)
    {
        if (!_copies.TryGetValue(original, out var copy))
        {
            copy = original.Copy(this);
            _copies.Add(original, copy);
        }

        return copy;
    }

    /// <summary>The copy of a seed.</summary>
    public Seed Of(Seed original) => (Seed)Of((Operator)original);
}
