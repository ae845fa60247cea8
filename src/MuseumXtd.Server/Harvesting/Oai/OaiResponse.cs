using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Xml;
using Microsoft.AspNetCore.Http;
using MuseumXtd.Rdf.Buffers;

namespace MuseumXtd.Server.Harvesting.Oai;

/// <summary>An answer while it is written: XML into a buffer, the buffer now and then to the client, packed if he takes that.</summary>
internal sealed class OaiResponse : IAsyncDisposable
{
    private const int PieceLength = 64 * 1024;

    private readonly HttpContext _http;
    private readonly ByteBuffer _buffer = new(PieceLength);
    private readonly ByteBufferStream _stream;
    private readonly Stream _body;

    public OaiResponse(HttpContext http)
    {
        _http = http;
        _stream = new ByteBufferStream(_buffer);
        Xml = XmlWriter.Create(_stream, new XmlWriterSettings { Encoding = new UTF8Encoding(false), CloseOutput = false });
        http.Response.ContentType = "text/xml; charset=utf-8";
        http.Response.Headers.Vary = "Accept-Encoding";
        http.Response.Headers.CacheControl = "no-cache";
        _body = http.Response.Body;
        if (http.Request.Headers.AcceptEncoding.ToString().Contains("gzip", StringComparison.OrdinalIgnoreCase))
        {
            http.Response.Headers.ContentEncoding = "gzip";
            _body = new GZipStream(http.Response.Body, CompressionLevel.Fastest, leaveOpen: true);
        }
    }

    public XmlWriter Xml { get; }

    /// <summary>Opens the envelope.</summary>
    /// <param name="now">The time of the answer.</param>
    /// <param name="baseUrl">The address of the provider.</param>
    /// <param name="arguments">What was asked; null where the request was none that can be repeated.</param>
    public void Begin(DateTime now, string baseUrl, OaiArguments? arguments)
    {
        Xml.WriteStartDocument();
        Xml.WriteStartElement("OAI-PMH", OaiNames.Namespace);
        Xml.WriteAttributeString("xmlns", "xsi", null, OaiNames.Xsi);
        Xml.WriteAttributeString("xsi", "schemaLocation", OaiNames.Xsi, $"{OaiNames.Namespace} {OaiNames.Schema}");
        Element("responseDate", now.ToString(OaiNames.DateFormat, CultureInfo.InvariantCulture));
        Xml.WriteStartElement("request", OaiNames.Namespace);
        foreach (var (name, value) in arguments?.All ?? [])
        {
            if (name != "identifier" || Uri.IsWellFormedUriString(value, UriKind.RelativeOrAbsolute))
            {
                Xml.WriteAttributeString(name, XmlCharacters.Clean(value));
            }
        }

        Xml.WriteString(baseUrl);
        Xml.WriteEndElement();
    }

    public void Element(string name, string text) => Xml.WriteElementString(name, OaiNames.Namespace, XmlCharacters.Clean(text));

    public void Error(OaiException error)
    {
        Xml.WriteStartElement("error", OaiNames.Namespace);
        Xml.WriteAttributeString("code", error.Code);
        Xml.WriteString(XmlCharacters.Clean(error.Message));
        Xml.WriteEndElement();
    }

    /// <summary>Sends what is written if it is enough to be worth it.</summary>
    public async ValueTask SendAsync()
    {
        if (_buffer.Length >= PieceLength / 2)
        {
            Xml.Flush();
            await SendAllAsync().ConfigureAwait(false);
        }
    }

    /// <summary>Closes the envelope and sends the rest.</summary>
    public async Task EndAsync()
    {
        Xml.WriteEndDocument();
        Xml.Flush();
        if (!_http.Response.HasStarted && _body == _http.Response.Body)
        {
            _http.Response.ContentLength = _buffer.Length;
        }

        await SendAllAsync().ConfigureAwait(false);
        if (_body != _http.Response.Body)
        {
            await _body.DisposeAsync().ConfigureAwait(false);
        }
    }

    public ValueTask DisposeAsync()
    {
        Xml.Dispose();
        _buffer.Dispose();
        return _stream.DisposeAsync();
    }

    private async Task SendAllAsync()
    {
        if (!HttpMethods.IsHead(_http.Request.Method))
        {
            await _body.WriteAsync(_buffer.WrittenMemory, _http.RequestAborted).ConfigureAwait(false);
        }

        _buffer.Clear();
    }
}
