using MuseumXtd.Server.Dataset;

namespace MuseumXtd.Server.Tests;

/// <summary>A server on a real port over a small garden in a folder of its own.</summary>
public sealed class ServerFixture : IAsyncLifetime
{
    private MuseumXtdServer? _server;

    public string Garden { get; } = Directory.CreateTempSubdirectory("museumxtd-").FullName;

    public HttpClient Client { get; private set; } = new();

    public string Url => _server!.Url;

    public async Task InitializeAsync()
    {
        await WriteAsync("Atelier ouvert.md", """
            ---
            type: programme
            nom: Atelier ouvert
            id: atelier-ouvert
            url: https://example.org/atelier
            pays: Canada
            debut: 2021
            porteurs: ["[[Maison du numérique]]"]
            ---
            # Atelier ouvert
            Un programme pour les musées.
            """);
        await WriteAsync("Maison du numérique.md", """
            ---
            type: organisation
            nom: Maison du numérique
            id: maison
            region: [Québec]
            ---
            # Maison du numérique
            """);
        _server = await MuseumXtdServer.StartAsync(new ServerOptions { Gardens = [Garden], Port = 0 });
        Client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false }) { BaseAddress = new Uri(_server.Url) };
    }

    public Task WriteAsync(string name, string text) => File.WriteAllTextAsync(Path.Combine(Garden, name), text);

    public LiveDataset Dataset => _server!.Dataset;

    public Task<string> ReadAsync(string name) => File.ReadAllTextAsync(Path.Combine(Garden, name));

    public async Task DisposeAsync()
    {
        Client.Dispose();
        await _server!.DisposeAsync();
        Directory.Delete(Garden, recursive: true);
    }

    public async Task<string> QueryAsync(string query)
    {
        using var response = await SendAsync("/sparql?query=" + Uri.EscapeDataString(query), "text/csv");
        response.EnsureSuccessStatusCode();
        return await response.Content.ReadAsStringAsync();
    }

    public Task<HttpResponseMessage> SendAsync(string path, string? accept = null, HttpMethod? method = null, HttpContent? content = null, string? ifNoneMatch = null)
    {
        var request = new HttpRequestMessage(method ?? HttpMethod.Get, path) { Content = content };
        if (accept is not null)
        {
            request.Headers.TryAddWithoutValidation("Accept", accept);
        }

        if (ifNoneMatch is not null)
        {
            request.Headers.TryAddWithoutValidation("If-None-Match", ifNoneMatch);
        }

        return Client.SendAsync(request);
    }
}
