using MuseumXtd.Store.Text;

namespace MuseumXtd.Sparql.Expressions;

/// <summary>Which texts may contain a part: asked of the index of words once a query, however many threads test texts for it.</summary>
internal sealed class TextPrefilter(string part)
{
    private readonly Lock _asking = new();
    private volatile TextCandidates? _candidates;
    private bool _isAsked;

    /// <summary>The texts; null when the index was not asked, or does not know.</summary>
    public TextCandidates? Candidates => _candidates;

    /// <summary>Asks the index, if nobody has, and if it has all texts.</summary>
    public TextCandidates? Ask(TextIndex? index, CancellationToken cancellation)
    {
        lock (_asking)
        {
            if (!_isAsked && index is { IsComplete: true })
            {
                _isAsked = true;
                _candidates = index.Candidates(part, cancellation);
            }

            return _candidates;
        }
    }
}
