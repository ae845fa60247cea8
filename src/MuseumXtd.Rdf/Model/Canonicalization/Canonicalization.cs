using System.Security.Cryptography;
using System.Text;
using MuseumXtd.Rdf.Buffers;
using MuseumXtd.Rdf.Syntax;

namespace MuseumXtd.Rdf.Model;

/// <summary>A dataset in canonical form.</summary>
/// <param name="NQuads">Canonical N-Quads: sorted lines, blank nodes by their canonical labels.</param>
/// <param name="Labels">From the labels of the blank nodes to the canonical ones.</param>
public sealed record CanonicalDataset(string NQuads, IReadOnlyDictionary<string, string> Labels);

/// <summary>
/// RDF Dataset Canonicalization (RDFC-1.0): isomorphic datasets get the same bytes, so that they can be compared, hashed and signed.
/// </summary>
public sealed class Canonicalization
{
    private readonly CanonicalizationOptions _options;
    private readonly CancellationToken _cancellation;
    private readonly List<Quad> _quads;
    private readonly Dictionary<string, List<Quad>> _quadsOf = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _firstDegree = new(StringComparer.Ordinal);
    private readonly IdentifierIssuer _canonical = new("c14n");
    private int _paths;

    private Canonicalization(IEnumerable<Quad> quads, CanonicalizationOptions options, CancellationToken cancellation)
    {
        _options = options;
        _cancellation = cancellation;
        _quads = [.. quads.Distinct()];
        foreach (var quad in _quads)
        {
            foreach (var term in (Term?[])[quad.Subject, quad.Object, quad.Graph])
            {
                if (term is TripleTerm)
                {
                    throw new CanonicalizationException("RDFC-1.0 is defined for RDF 1.1; the dataset holds a triple term.");
                }

                if (term is BlankNode node)
                {
                    var list = _quadsOf.TryGetValue(node.Label, out var known) ? known : _quadsOf[node.Label] = [];
                    if (list.Count == 0 || list[^1] != quad)
                    {
                        list.Add(quad);
                    }
                }
            }
        }
    }

    /// <summary>Makes a dataset canonical.</summary>
    /// <exception cref="CanonicalizationException">Too many paths would have to be tried, or there is a triple term.</exception>
    public static CanonicalDataset Canonicalize(
        IEnumerable<Quad> quads, CanonicalizationOptions? options = null, CancellationToken cancellation = default)
    {
        var run = new Canonicalization(quads, options ?? CanonicalizationOptions.Default, cancellation);
        run.IssueAll();
        var lines = run._quads.ConvertAll(q => Line(q, label => run._canonical.Issue(label)));
        lines.Sort(string.CompareOrdinal);
        return new CanonicalDataset(string.Concat(lines), run._canonical.Issued);
    }

    /// <summary>Section 4.4.3: unique hashes first, then the rest by the hashes of their neighbourhoods.</summary>
    private void IssueAll()
    {
        var byHash = new SortedDictionary<string, List<string>>(StringComparer.Ordinal);
        foreach (var label in _quadsOf.Keys)
        {
            var hash = HashFirstDegree(label);
            (byHash.TryGetValue(hash, out var list) ? list : byHash[hash] = []).Add(label);
        }

        foreach (var (_, labels) in byHash)
        {
            if (labels.Count == 1)
            {
                _canonical.Issue(labels[0]);
            }
        }

        foreach (var (_, labels) in byHash.Where(h => h.Value.Count > 1))
        {
            var results = new List<(string Hash, IdentifierIssuer Issuer)>();
            foreach (var label in labels.Where(l => !_canonical.Issued.ContainsKey(l)))
            {
                var issuer = new IdentifierIssuer("b");
                issuer.Issue(label);
                results.Add(HashNDegree(label, issuer));
            }

            foreach (var (_, issuer) in results.OrderBy(r => r.Hash, StringComparer.Ordinal))
            {
                foreach (var label in issuer.Order)
                {
                    _canonical.Issue(label);
                }
            }
        }
    }

    /// <summary>Section 4.6: what is said of a node, its neighbours all alike.</summary>
    private string HashFirstDegree(string label)
    {
        if (!_firstDegree.TryGetValue(label, out var hash))
        {
            var lines = _quadsOf[label].ConvertAll(q => Line(q, l => l == label ? "a" : "z"));
            lines.Sort(string.CompareOrdinal);
            hash = Hash(string.Concat(lines));
            _firstDegree.Add(label, hash);
        }

        return hash;
    }

    /// <summary>Section 4.7.</summary>
    private string HashRelated(string related, Quad quad, IdentifierIssuer issuer, char position)
    {
        var predicate = position == 'g' ? "" : $"<{quad.Predicate.Value}>";
        var identifier = _canonical.Issued.TryGetValue(related, out var canonical) ? "_:" + canonical
            : issuer.Issued.TryGetValue(related, out var issued) ? "_:" + issued
            : HashFirstDegree(related);
        return Hash(position + predicate + identifier);
    }

    /// <summary>Section 4.8: the hash of the shortest way to name all that is connected to a node.</summary>
    private (string Hash, IdentifierIssuer Issuer) HashNDegree(string label, IdentifierIssuer issuer)
    {
        var related = new SortedDictionary<string, List<string>>(StringComparer.Ordinal);
        foreach (var quad in _quadsOf[label])
        {
            foreach (var (term, position) in ((Term?, char)[])[(quad.Subject, 's'), (quad.Object, 'o'), (quad.Graph, 'g')])
            {
                if (term is BlankNode node && node.Label != label)
                {
                    var hash = HashRelated(node.Label, quad, issuer, position);
                    (related.TryGetValue(hash, out var list) ? list : related[hash] = []).Add(node.Label);
                }
            }
        }

        var data = new StringBuilder();
        foreach (var (hash, nodes) in related)
        {
            data.Append(hash);
            var chosenPath = "";
            IdentifierIssuer? chosen = null;
            foreach (var permutation in Permutations(nodes))
            {
                _cancellation.ThrowIfCancellationRequested();
                if (++_paths > _options.MaxPaths)
                {
                    throw new CanonicalizationException(
                        $"More than {_options.MaxPaths} paths between blank nodes would have to be tried; the dataset may be made to exhaust whoever tries.");
                }

                if (TryPath(permutation, issuer.Clone(), chosenPath) is { } found
                    && (chosenPath.Length == 0 || string.CompareOrdinal(found.Path, chosenPath) < 0))
                {
                    (chosenPath, chosen) = found;
                }
            }

            data.Append(chosenPath);
            issuer = chosen!;
        }

        return (Hash(data.ToString()), issuer);
    }

    /// <summary>The path of one order of related nodes; null as soon as it is longer than the one that is chosen.</summary>
    private (string Path, IdentifierIssuer Issuer)? TryPath(IReadOnlyList<string> permutation, IdentifierIssuer issuer, string chosen)
    {
        bool IsWorse(StringBuilder path) =>
            chosen.Length > 0 && path.Length >= chosen.Length && string.CompareOrdinal(path.ToString(), chosen) > 0;

        var path = new StringBuilder();
        var recursion = new List<string>();
        foreach (var node in permutation)
        {
            if (_canonical.Issued.TryGetValue(node, out var canonical))
            {
                path.Append("_:").Append(canonical);
            }
            else
            {
                if (!issuer.Issued.ContainsKey(node))
                {
                    recursion.Add(node);
                }

                path.Append("_:").Append(issuer.Issue(node));
            }

            if (IsWorse(path))
            {
                return null;
            }
        }

        foreach (var node in recursion)
        {
            var (hash, next) = HashNDegree(node, issuer);
            path.Append("_:").Append(issuer.Issue(node)).Append('<').Append(hash).Append('>');
            issuer = next;
            if (IsWorse(path))
            {
                return null;
            }
        }

        return (path.ToString(), issuer);
    }

    private static IEnumerable<IReadOnlyList<string>> Permutations(List<string> items)
    {
        if (items.Count <= 1)
        {
            yield return items;
            yield break;
        }

        for (var i = 0; i < items.Count; i++)
        {
            var rest = items.ToList();
            rest.RemoveAt(i);
            foreach (var permutation in Permutations(rest))
            {
                yield return [items[i], .. permutation];
            }
        }
    }

    private string Hash(string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        return Convert.ToHexStringLower(CryptographicOperations.HashData(_options.Hash, bytes));
    }

    private static string Line(Quad quad, Func<string, string> label)
    {
        using var output = new ByteBuffer();
        Write(quad.Subject);
        output.Append((byte)' ');
        Write(quad.Predicate);
        output.Append((byte)' ');
        Write(quad.Object);
        if (quad.Graph is not null)
        {
            output.Append((byte)' ');
            Write(quad.Graph);
        }

        output.Append(" .\n"u8);
        return Encoding.UTF8.GetString(output.Written);

        void Write(Term term)
        {
            if (term is BlankNode node)
            {
                output.Append(Encoding.UTF8.GetBytes("_:" + label(node.Label)));
            }
            else
            {
                TermWriter.Write(term.Encode(), output);
            }
        }
    }
}
