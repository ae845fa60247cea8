namespace MuseumXtd.Rdf.Syntax.RdfXml;

/// <summary>What an element hands down to those within it.</summary>
/// <param name="Base">What relative IRIs are resolved against; null where there is nothing.</param>
/// <param name="Language">The language of its text, empty for none.</param>
/// <param name="Direction">The base direction of its text: ltr, rtl or empty.</param>
/// <param name="IsVersion12">Whether <c>rdf:version="1.2"</c> is in force: only then do directions and triple terms mean anything.</param>
internal sealed record XmlScope(IriResolver? Base, string Language, string Direction, bool IsVersion12);
