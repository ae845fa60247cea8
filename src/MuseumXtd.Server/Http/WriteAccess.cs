using System.Net;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace MuseumXtd.Server.Http;

/// <summary>Who may write: whoever has the token or, where there is none, programs on this machine.</summary>
internal sealed class WriteAccess(string? token)
{
    private const string Scheme = "Bearer ";

    private readonly byte[]? _digest = token is null ? null : SHA256.HashData(Encoding.UTF8.GetBytes(token));

    /// <summary>Whether a request may write; else it is answered.</summary>
    public async Task<bool> AllowsAsync(HttpContext http)
    {
        if (_digest is not null)
        {
            // Digests have one length and are compared in constant time, so that neither tells how near a guess is.
            var header = http.Request.Headers.Authorization.ToString();
            var given = header.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase) ? header[Scheme.Length..].Trim() : "";
            if (CryptographicOperations.FixedTimeEquals(SHA256.HashData(Encoding.UTF8.GetBytes(given)), _digest))
            {
                return true;
            }

            http.Response.Headers.WWWAuthenticate = "Bearer realm=\"museumxtd\"";
            await Problem.WriteAsync(http, 401, "A token is needed to write.", "Send the token of the server as Authorization: Bearer.").ConfigureAwait(false);
            return false;
        }

        if (http.Connection.RemoteIpAddress is { } address && !IPAddress.IsLoopback(address))
        {
            await Problem.WriteAsync(http, 403, "Writing is for this machine only.", "Start the server with --token-file to write from elsewhere.").ConfigureAwait(false);
            return false;
        }

        // A page of another site, in a browser on this machine, comes from this machine as well: its origin or its name for the host tell.
        if (!IsLocalName(http.Request.Host.Host) || !IsOwnOrigin(http.Request))
        {
            await Problem.WriteAsync(http, 403, "Other sites may not write.", "The request names another host or origin than this server.").ConfigureAwait(false);
            return false;
        }

        return true;
    }

    private static bool IsLocalName(string host) =>
        host.Equals("localhost", StringComparison.OrdinalIgnoreCase) || (IPAddress.TryParse(host.Trim('[', ']'), out var address) && IPAddress.IsLoopback(address));

    private static bool IsOwnOrigin(HttpRequest request) =>
        request.Headers.Origin.Count == 0 || request.Headers.Origin.ToString().Equals($"{request.Scheme}://{request.Host}", StringComparison.OrdinalIgnoreCase);
}
