namespace MuseumXtd.Server.OData.Writing;

/// <summary>How much control information an answer has (OData JSON Format 4.01, section 3.1).</summary>
internal enum MetadataLevel : byte
{
    /// <summary>Only counts and links to further pages.</summary>
    None,

    /// <summary>What a client that knows the model cannot compute.</summary>
    Minimal,

    /// <summary>All.</summary>
    Full,
}

/// <summary>How JSON is written.</summary>
/// <param name="Level">How much control information.</param>
/// <param name="LongsAsText">Whether 64-bit integers and decimals are strings (section 3.2, IEEE754Compatible).</param>
/// <param name="OmitsNulls">Whether members that are null are left out (Protocol, section 8.2.8.6).</param>
internal sealed record JsonFormat(MetadataLevel Level, bool LongsAsText, bool OmitsNulls)
{
    public string MediaType { get; } =
        $"application/json;odata.metadata={Level.ToString().ToLowerInvariant()};odata.streaming=true{(LongsAsText ? ";IEEE754Compatible=true" : "")};charset=utf-8";
}
