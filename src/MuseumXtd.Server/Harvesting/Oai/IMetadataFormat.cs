using System.Xml;
using MuseumXtd.Server.Harvesting.Changes;
using MuseumXtd.Server.Harvesting.Descriptions;

namespace MuseumXtd.Server.Harvesting.Oai;

/// <summary>A form in which records are given: one crosswalk from descriptions.</summary>
internal interface IMetadataFormat
{
    /// <summary>The metadata prefix.</summary>
    string Prefix { get; }

    /// <summary>The namespace of its root element.</summary>
    string Namespace { get; }

    /// <summary>Where its schema is; a path when this server has it.</summary>
    string Schema { get; }

    /// <summary>Whether resources with these traits have such a record.</summary>
    bool Has(ResourceTraits traits);

    /// <summary>Writes the root element of a record.</summary>
    void Write(XmlWriter xml, RecordFacts facts);
}
