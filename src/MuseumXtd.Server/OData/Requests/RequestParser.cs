using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.OData;
using Microsoft.OData.UriParser;
using Microsoft.OData.UriParser.Aggregation;
using MuseumXtd.Server.OData.Model;

namespace MuseumXtd.Server.OData.Requests;

/// <summary>Reads the options of a request with the library's parser, and tells where in which option it is wrong.</summary>
internal sealed partial class RequestParser
{
    private const string Unreadable = "This cannot be read.";

    /// <summary>Transformations of the standard (Data Aggregation 4.0, section 3) that the library does not read.</summary>
    private static readonly string[] OtherTransformations =
    [
        "identity", "concat", "join", "outerjoin", "nest", "search", "orderby", "topcount", "topsum", "toppercent", "top", "skip", "bottomcount", "bottomsum",
        "bottompercent", "ancestors", "descendants", "traverse", "addnested",
    ];

    private readonly ODataUriParser _parser;
    private readonly Func<string, ODataUriParser> _parserOf;
    private readonly SystemOptions _options;
    private readonly List<ApplyStep> _steps = [];
    private string _applied = "";
    private readonly Dictionary<string, ExpressionText> _expressions = new(StringComparer.OrdinalIgnoreCase);

    public RequestParser(EntityModel model, ODataCall call, SystemOptions options, ODataLimits limits)
    {
        _options = options;
        if (call.Query.Length > limits.MaxQueryLength)
        {
            throw new ODataRequestException(414, $"The options of a request may have {limits.MaxQueryLength} characters.");
        }

        var query = Told(call.Query);
        _parserOf = text => new ODataUriParser(model.Edm, call.Root, new Uri(call.Root, call.Path + (text.Length == 0 ? "" : "?" + text)))
        {
            Resolver = new LiteralResolver(),
            Settings = { MaximumExpansionDepth = limits.MaxExpandDepth, MaximumExpansionCount = limits.MaxExpansions },
        };
        _parser = Guard(null, () => _parserOf(query));
    }

    /// <summary>The values of parameter aliases.</summary>
    public IReadOnlyDictionary<string, SingleValueNode> Aliases => (IReadOnlyDictionary<string, SingleValueNode>)_parser.ParameterAliasNodes;

    public ODataPath Path() => Guard(null, _parser.ParsePath);

    // The library knows the names that $apply and $compute add only once it has read them.
    public ApplyClause? Apply() => Guard("apply", _parser.ParseApply);

    /// <summary>What sorts and cuts what <c>$apply</c> gives, at its end.</summary>
    public List<(OrderByClause? OrderBy, ApplyStep Step)> Steps() => Guard("apply", () => _steps.ConvertAll(step => (step.OrderBy is null ? null : OrderOf(step.OrderBy), step)));

    public ComputeClause? Compute() => Guard("compute", _parser.ParseCompute);

    public FilterClause? Filter() => Guard("filter", _parser.ParseFilter);

    public OrderByClause? OrderBy() => Guard("orderby", _parser.ParseOrderBy);

    public SearchClause? Search() => Guard("search", _parser.ParseSearch);

    public SelectExpandClause? SelectAndExpand() => Guard(_options["expand"] is null ? "select" : "expand", _parser.ParseSelectAndExpand);

    public long? Top() => Guard("top", _parser.ParseTop);

    public long? Skip() => Guard("skip", _parser.ParseSkip);

    public bool? Count() => Guard("count", _parser.ParseCount);

    private OrderByClause OrderOf(string expression)
    {
        var parser = _parserOf($"{(_applied.Length == 0 ? "" : $"$apply={Uri.EscapeDataString(_applied)}&")}$orderby={Uri.EscapeDataString(expression)}");
        parser.ParseApply();
        return parser.ParseOrderBy();
    }

    [GeneratedRegex(@"at position (\d+)")]
    private static partial Regex Position { get; }

    [GeneratedRegex("'([^']+)'")]
    private static partial Regex Quoted { get; }

    /// <summary>The query with expressions that the library knows.</summary>
    private string Told(string query)
    {
        var isOther = false;
        var parts = query.Split('&');
        for (var i = 0; i < parts.Length; i++)
        {
            var equals = parts[i].IndexOf('=', StringComparison.Ordinal);
            if (equals < 0)
            {
                continue;
            }

            var name = SystemOptions.Decode(parts[i][..equals]);
            var option = name.TrimStart('$').ToLowerInvariant();
            if (!name.StartsWith('@') && option is not ("filter" or "orderby" or "compute" or "apply" or "expand" or "select"))
            {
                continue;
            }

            var sent = SystemOptions.Decode(parts[i][(equals + 1)..]);
            ExpressionText told;
            try
            {
                told = ExpressionText.Of(sent);
            }
            catch (ODataRequestException e)
            {
                throw e.At("$" + option);
            }

            var text = told.Text;
            if (option == "apply")
            {
                (text, var steps) = ApplySteps.Of(text);
                _applied = text;
                _steps.AddRange(steps);
            }

            if (text != sent)
            {
                isOther = true;
                _expressions[option] = told;
                parts[i] = text.Length == 0 ? "" : parts[i][..(equals + 1)] + Uri.EscapeDataString(text);
            }
        }

        return isOther ? string.Join('&', parts.Where(p => p.Length > 0)) : query;
    }

    private T Guard<T>(string? option, Func<T> parse)
    {
        try
        {
            return parse();
        }
        catch (ODataRequestException e) when (option is not null)
        {
            throw e.At("$" + option);
        }
        catch (ODataUnrecognizedPathException e)
        {
            throw new ODataRequestException(404, e.Message);
        }
        catch (ODataException e)
        {
            throw Wrong(option, e.Message);
        }
        catch (Exception e) when (e is FormatException or OverflowException or ArgumentException or InvalidOperationException or KeyNotFoundException or NotSupportedException or NullReferenceException or InvalidCastException or IndexOutOfRangeException)
        {
            // What the library did not foresee is still a request that cannot be read.
            throw Wrong(option, Unreadable);
        }
    }

    private ODataRequestException Wrong(string? option, string message)
    {
        if (message.Contains("internal error", StringComparison.OrdinalIgnoreCase))
        {
            message = Unreadable;
        }

        if (option == "apply" && message.Contains("'aggregate|", StringComparison.Ordinal) && Position.Match(message) is { Success: true } wrong
            && OtherTransformations.FirstOrDefault(t => _options[option]!.AsSpan(Math.Min(int.Parse(wrong.Groups[1].ValueSpan, CultureInfo.InvariantCulture), _options[option]!.Length)).StartsWith(t, StringComparison.Ordinal)) is { } other)
        {
            return new ODataRequestException(501, $"The transformation {other} is not supported here; topcount, bottomcount, orderby, top and skip are at the end of $apply.", "$apply");
        }

        if (message == Unreadable && option is not null && _options[option]?.Contains(" has ", StringComparison.OrdinalIgnoreCase) == true)
        {
            message = "The operator 'has' is for enumerations, and the model has none.";
        }

        if (option == "apply" && message.Contains("is not a single value", StringComparison.Ordinal))
        {
            message = message.TrimEnd('.') + ": a link to several is no key of groupby. Begin at its other end, as Places?$select=name&$expand=placeOf/$count does.";
        }

        if (message.Contains("function with name 'case'", StringComparison.Ordinal))
        {
            message = "The function 'case' takes pairs of a condition and a value, all values of one type, and 12 pairs at most.";
        }

        if (option is null || _options[option] is not { } text)
        {
            return new ODataRequestException(400, message);
        }

        int? column = null;
        var told = _expressions.GetValueOrDefault(option);
        if (Position.Match(message) is { Success: true } position)
        {
            var place = int.Parse(position.Groups[1].ValueSpan, CultureInfo.InvariantCulture);
            column = (told?.Sent(place) ?? place) + 1;
            message = told is null ? message : Position.Replace(message, string.Create(CultureInfo.InvariantCulture, $"at position {column - 1}")).Replace(told.Text, text, StringComparison.Ordinal);
        }
        else
        {
            foreach (Match name in Quoted.Matches(message))
            {
                var place = text.IndexOf(name.Groups[1].Value, StringComparison.Ordinal);
                if (place >= 0)
                {
                    column = place + 1;
                    break;
                }
            }
        }

        return new ODataRequestException(400, message, "$" + option, column);
    }
}
