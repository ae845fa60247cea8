namespace MuseumXtd.Server.Harvesting.Oai;

/// <summary>Names of the protocol.</summary>
internal static class OaiNames
{
    public const string Namespace = "http://www.openarchives.org/OAI/2.0/";
    public const string Schema = "http://www.openarchives.org/OAI/2.0/OAI-PMH.xsd";
    public const string Xsi = "http://www.w3.org/2001/XMLSchema-instance";
    public const string DateFormat = "yyyy-MM-dd'T'HH:mm:ss'Z'";
    public const string DayFormat = "yyyy-MM-dd";
}
