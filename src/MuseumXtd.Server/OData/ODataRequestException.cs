namespace MuseumXtd.Server.OData;

/// <summary>A request that OData does not allow, or that this service does not answer.</summary>
internal sealed class ODataRequestException(int status, string message) : Exception(message)
{
    public int Status { get; } = status;

    public static ODataRequestException NotImplemented(string what) => new(501, $"{what} is not supported here.");
}
