using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Primitives;

namespace MuseumXtd.Server.Harvesting.Oai;

/// <summary>The arguments of a request, checked as far as the protocol's own rules go (OAI-PMH 2.0, sections 3.1 and 4).</summary>
internal sealed partial class OaiArguments
{
    /// <summary>Per verb the arguments that it may have; those that end in <c>!</c> it must have, unless it goes on with a list.</summary>
    private static readonly Dictionary<string, string[]> Verbs = new(StringComparer.Ordinal)
    {
        ["Identify"] = [],
        ["ListMetadataFormats"] = ["identifier"],
        ["ListSets"] = ["resumptionToken"],
        ["GetRecord"] = ["identifier!", "metadataPrefix!"],
        ["ListIdentifiers"] = ["metadataPrefix!", "from", "until", "set", "resumptionToken"],
        ["ListRecords"] = ["metadataPrefix!", "from", "until", "set", "resumptionToken"],
    };

    private readonly Dictionary<string, string> _values = new(StringComparer.Ordinal);

    private OaiArguments(string verb) => Verb = verb;

    public string Verb { get; }

    /// <summary>What was asked, in the order of names, verb first: what the answer repeats.</summary>
    public IEnumerable<KeyValuePair<string, string>> All => _values.OrderBy(v => v.Key, StringComparer.Ordinal).Prepend(new("verb", Verb));

    public string? Identifier => _values.GetValueOrDefault("identifier");

    public string? MetadataPrefix => _values.GetValueOrDefault("metadataPrefix");

    public string? Set => _values.GetValueOrDefault("set");

    public string? ResumptionToken => _values.GetValueOrDefault("resumptionToken");

    /// <summary>The first second of the range.</summary>
    public DateTime? From { get; private set; }

    /// <summary>The last second of the range.</summary>
    public DateTime? Until { get; private set; }

    /// <exception cref="OaiException">The request is none that the protocol knows.</exception>
    public static OaiArguments Read(IReadOnlyList<KeyValuePair<string, StringValues>> given)
    {
        var verbs = given.Where(g => g.Key == "verb").SelectMany(g => g.Value).ToList();
        if (verbs is not [{ } verb] || !Verbs.TryGetValue(verb, out var allowed))
        {
            throw new OaiException("badVerb", $"Say once what to do: verb= one of {string.Join(", ", Verbs.Keys)}.");
        }

        var arguments = new OaiArguments(verb);
        foreach (var (name, values) in given.Where(g => g.Key != "verb"))
        {
            if (!allowed.Any(a => a.TrimEnd('!') == name))
            {
                throw OaiException.BadArgument($"{verb} has no argument '{name}'.");
            }

            if (values is not [{ Length: > 0 } value] || !arguments._values.TryAdd(name, value))
            {
                throw OaiException.BadArgument($"The argument {name} is given once, with a value.");
            }
        }

        arguments.Check(allowed);
        return arguments;
    }

    private void Check(string[] allowed)
    {
        if (ResumptionToken is not null)
        {
            if (_values.Count > 1)
            {
                throw OaiException.BadArgument("No other argument stands beside resumptionToken.");
            }

            return;
        }

        if (allowed.FirstOrDefault(a => a.EndsWith('!') && !_values.ContainsKey(a.TrimEnd('!'))) is { } missing)
        {
            throw OaiException.BadArgument($"{Verb} needs the argument {missing.TrimEnd('!')}.");
        }

        if (MetadataPrefix is { } prefix && !PrefixPattern().IsMatch(prefix))
        {
            throw OaiException.BadArgument("A metadata prefix has letters, digits and -_.!~*'() only.");
        }

        if (Set is { } set && !SetPattern().IsMatch(set))
        {
            throw OaiException.BadArgument("A set is names with a colon between them, of letters, digits and -_.!~*'() only.");
        }

        var from = _values.GetValueOrDefault("from");
        var until = _values.GetValueOrDefault("until");
        From = from is null ? null : Date("from", from);
        Until = until is null ? null : Date("until", until);
        if (until is { Length: 10 })
        {
            Until = Until!.Value.AddSeconds((24 * 60 * 60) - 1);
        }

        if (from is not null && until is not null && from.Length != until.Length)
        {
            throw OaiException.BadArgument("from and until are both days or both seconds.");
        }

        if (From > Until)
        {
            throw OaiException.BadArgument("from is after until.");
        }
    }

    private static DateTime Date(string name, string text) =>
        DateTime.TryParseExact(
            text, [OaiNames.DayFormat, OaiNames.DateFormat], CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var date)
            ? date
            : throw OaiException.BadArgument($"{name} is a date as YYYY-MM-DD or YYYY-MM-DDThh:mm:ssZ.");

    [GeneratedRegex(@"^[A-Za-z0-9\-_.!~*'()]+\z")]
    private static partial Regex PrefixPattern();

    [GeneratedRegex(@"^[A-Za-z0-9\-_.!~*'()]+(:[A-Za-z0-9\-_.!~*'()]+)*\z")]
    private static partial Regex SetPattern();
}
