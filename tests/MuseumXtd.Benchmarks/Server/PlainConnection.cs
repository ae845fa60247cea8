using System.Net.Sockets;
using System.Text;

namespace MuseumXtd.Benchmarks.Server;

/// <summary>One connection that is kept, with requests as bytes and answers that are only counted: on a small machine what a client costs is taken from the server.</summary>
internal sealed class PlainConnection : IDisposable
{
    private readonly Socket _socket;
    private readonly byte[] _answer = new byte[1 << 16];

    public PlainConnection(Uri server)
    {
        _socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        _socket.Connect(server.Host, server.Port);
    }

    /// <summary>A request to read, as it is sent.</summary>
    public static byte[] Get(Uri server, string path) => Encoding.ASCII.GetBytes($"GET {path} HTTP/1.1\r\nHost: {server.Authority}\r\n\r\n");

    /// <summary>An update, as it is sent.</summary>
    public static byte[] Update(Uri server, string text) => Encoding.UTF8.GetBytes(
        $"POST /update HTTP/1.1\r\nHost: {server.Authority}\r\nContent-Type: application/sparql-update\r\nContent-Length: {Encoding.UTF8.GetByteCount(text)}\r\n\r\n{text}");

    /// <summary>Sends a request and waits for the whole answer.</summary>
    /// <exception cref="InvalidOperationException">The answer is no success.</exception>
    public void Ask(ReadOnlySpan<byte> request)
    {
        _socket.Send(request);
        var read = 0;
        var head = -1;
        while (head < 0)
        {
            read += Receive(_answer.AsSpan(read));
            head = _answer.AsSpan(0, read).IndexOf("\r\n\r\n"u8);
        }

        var headers = _answer.AsSpan(0, head);
        if (headers[9] != '2')
        {
            throw new InvalidOperationException(Encoding.UTF8.GetString(_answer.AsSpan(0, read)));
        }

        var body = _answer.AsSpan(head + 4, read - head - 4);
        var length = headers.IndexOf("Content-Length: "u8);
        if (length >= 0)
        {
            var digits = headers[(length + "Content-Length: ".Length)..];
            var end = digits.IndexOf((byte)'\r');
            var rest = int.Parse(end < 0 ? digits : digits[..end]) - body.Length;
            while (rest > 0)
            {
                rest -= Receive(_answer.AsSpan(0, Math.Min(rest, _answer.Length)));
            }
        }
        else if (headers.IndexOf("Transfer-Encoding: chunked"u8) >= 0)
        {
            while (!body.EndsWith("0\r\n\r\n"u8))
            {
                // What follows the last part is short: it is whole, or the part before ends with its begin.
                var kept = Math.Min(5, body.Length);
                body[^kept..].CopyTo(_answer);
                body = _answer.AsSpan(0, kept + Receive(_answer.AsSpan(kept)));
            }
        }
    }

    public void Dispose() => _socket.Dispose();

    private int Receive(Span<byte> buffer) => _socket.Receive(buffer) is > 0 and var read ? read : throw new IOException("The server closed the connection.");
}
