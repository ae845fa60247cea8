using MuseumXtd.Server.Harvesting.Changes;

namespace MuseumXtd.Server.Tests.Harvesting;

/// <summary>A server over a garden in a folder of its own, whose notes tests change, with a clock that they set.</summary>
internal sealed class HarvestedGarden : IAsyncDisposable
{
    private MuseumXtdServer? _server;

    public const string Base = "https://w3id.org/museumxtd/";

    public string Folder { get; } = Directory.CreateTempSubdirectory("museumxtd-harvest-").FullName;

    public string State => Path.Combine(Folder, ".museumxtd");

    public ManualClock Clock { get; } = new();

    public List<string> Messages { get; } = [];

    public MuseumXtdServer Server => _server!;

    public HttpClient Client { get; private set; } = new();

    public static async Task<HarvestedGarden> StartAsync(Func<ServerOptions, ServerOptions>? change = null, bool withNotes = true)
    {
        var garden = new HarvestedGarden();
        if (withNotes)
        {
            garden.WriteNotes();
        }

        await garden.RestartAsync(change);
        return garden;
    }

    public async Task RestartAsync(Func<ServerOptions, ServerOptions>? change = null)
    {
        await StopAsync();
        var options = new ServerOptions
        {
            Gardens = [Folder],
            Port = 0,
            Watch = false,
            StateDirectory = State,
            Clock = Clock,
            Message = message =>
            {
                lock (Messages)
                {
                    Messages.Add(message);
                }
            },
        };
        _server = await MuseumXtdServer.StartAsync(change?.Invoke(options) ?? options);
        Client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false }) { BaseAddress = new Uri(_server.Url) };
        await Server.Changes.AtLeastAsync(0, default);
    }

    public void Write(string name, string text) => File.WriteAllText(Path.Combine(Folder, name), text);

    public void Delete(string name) => File.Delete(Path.Combine(Folder, name));

    /// <summary>Reads the notes again, one second later, and waits until the log tells of it.</summary>
    public async Task<ChangeLogView> SaveAsync()
    {
        Clock.Now += TimeSpan.FromSeconds(1);
        Server.Dataset.Refresh();
        return await Server.Changes.AtLeastAsync(Server.Dataset.Current.Snapshot.Generation, default);
    }

    /// <summary>What was logged behind a sequence, as <c>Created initiative/x</c>.</summary>
    public List<string> Since(int sequence) =>
        [.. Server.Changes.Current!.History.Skip(sequence).Select(c => $"{c.Kind} {c.Resource[Base.Length..]}")];

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        Directory.Delete(Folder, recursive: true);
    }

    private async Task StopAsync()
    {
        if (_server is not null)
        {
            Client.Dispose();
            await _server.DisposeAsync();
        }
    }

    private void WriteNotes()
    {
        Write("Atelier ouvert.md", """
            ---
            type: programme
            nom: Atelier ouvert
            id: atelier-ouvert
            url: https://example.org/atelier
            region: [Québec]
            debut: 2021
            porteurs: ["[[Maison du numérique]]"]
            ressources: ["Guide de l'atelier"]
            ---
            # Atelier ouvert
            Un programme pour les musées, autour des compétences numériques.
            """);
        Write("Maison du numérique.md", """
            ---
            type: organisation
            nom: Maison du numérique
            id: maison
            region: [Québec]
            ---
            # Maison du numérique
            """);
        Write("Fonds clair.md", """
            ---
            type: fonds
            nom: Fonds clair
            id: fonds-clair
            pays: Belgique
            ---
            # Fonds clair
            Un fonds pour les archives.
            """);
    }
}
