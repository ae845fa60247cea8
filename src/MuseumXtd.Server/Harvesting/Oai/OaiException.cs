namespace MuseumXtd.Server.Harvesting.Oai;

/// <summary>A request that the protocol answers with an error (OAI-PMH 2.0, section 3.6).</summary>
internal sealed class OaiException(string code, string message) : Exception(message)
{
    /// <summary>The code, such as <c>badArgument</c>.</summary>
    public string Code => code;

    public static OaiException BadArgument(string message) => new("badArgument", message);

    public static OaiException BadToken(string message) => new("badResumptionToken", message);

    public static OaiException NoRecords() => new("noRecordsMatch", "No record matches from, until, set and metadataPrefix together.");
}
