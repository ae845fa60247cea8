using System.Net;
using System.Net.Sockets;
using MuseumXtd.Server.Http.Threads;

namespace MuseumXtd.Server.Federation;

/// <summary>
/// Connects to other sites at public addresses only. The name is resolved here, so that what was tested is what is used.
/// </summary>
internal static class PublicConnection
{
    /// <summary>A connection for <see cref="SocketsHttpHandler.ConnectCallback"/>.</summary>
    /// <exception cref="HttpRequestException">The host has no address that may be connected to.</exception>
    public static async ValueTask<Stream> OpenAsync(SocketsHttpConnectionContext context, CancellationToken cancellation)
    {
        var host = context.DnsEndPoint.Host;
        var addresses = IPAddress.TryParse(host, out var literal) ? [literal] : await Dns.GetHostAddressesAsync(host, cancellation).ConfigureAwait(false);

        // A host that is a private address, or this machine's name, was allowed by that name: whoever allowed it meant it.
        var isMeant = literal is not null || host.Equals("localhost", StringComparison.OrdinalIgnoreCase);
        var usable = Array.FindAll(addresses, a => isMeant || PublicAddress.Is(a));
        if (usable.Length == 0)
        {
            throw new HttpRequestException($"{host} has no public address");
        }

        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(usable, context.DnsEndPoint.Port, cancellation).ConfigureAwait(false);
            await default(PoolThread);
            return new PoolStream(new NetworkStream(socket, ownsSocket: true));
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
