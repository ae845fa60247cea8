namespace MuseumXtd.Server.OData;

/// <summary>A request that OData does not allow, or that this service does not answer.</summary>
/// <param name="status">The status code.</param>
/// <param name="message">What is wrong.</param>
/// <param name="target">The option that is wrong, such as <c>$filter</c>, or null.</param>
/// <param name="column">Where in the option, from 1, or null.</param>
internal sealed class ODataRequestException(int status, string message, string? target = null, int? column = null) : Exception(message)
{
    public int Status { get; } = status;

    public string? Target { get; } = target;

    public int? Column { get; } = column;

    /// <summary>What OData has and this service has not: never an answer that leaves it out.</summary>
    public static ODataRequestException NotImplemented(string what, string? target = null) => new(501, $"{what} is not supported here.", target);

    /// <summary>More than one request may ask for.</summary>
    public static ODataRequestException TooMuch(string message, string? target = null) => new(400, message, target);

    public ODataRequestException At(string target) => Target is null ? new ODataRequestException(Status, Message, target, Column) : this;
}
