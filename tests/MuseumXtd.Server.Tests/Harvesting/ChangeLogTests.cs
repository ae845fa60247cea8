using MuseumXtd.Server.Harvesting.Changes;

namespace MuseumXtd.Server.Tests.Harvesting;

/// <summary>When the log tells of what, and what it keeps.</summary>
public sealed class ChangeLogTests
{
    [Fact]
    public async Task What_is_there_at_the_first_start_was_created()
    {
        await using var garden = await HarvestedGarden.StartAsync();
        var view = garden.Server.Changes.Current!;
        Assert.Equal(Enumerable.Range(1, view.History.Count).Select(n => (long)n), view.History.Select(c => c.Sequence));
        Assert.All(view.History, c => Assert.Equal((ChangeKind.Created, garden.Clock.Now.UtcDateTime), (c.Kind, c.Time)));
        Assert.Superset(
            new HashSet<string> { "Created initiative/atelier-ouvert", "Created initiative/fonds-clair", "Created organisation/maison", "Created note/atelier-ouvert" },
            garden.Since(0).ToHashSet());
        var traits = view.Find(HarvestedGarden.Base + "initiative/atelier-ouvert")!.Traits;
        Assert.Equal(["Initiative"], traits.Types);
        Assert.Superset(new HashSet<string> { "kind:programme", "place:CA:CA-QC", "type:initiative" }, traits.Sets.ToHashSet());
    }

    [Fact]
    public async Task A_restart_and_a_rebuild_without_a_change_log_nothing()
    {
        await using var garden = await HarvestedGarden.StartAsync();
        var before = garden.Server.Changes.Current!.History.ToList();
        garden.Clock.Now += TimeSpan.FromDays(1);
        await garden.RestartAsync();
        await garden.SaveAsync();
        var after = garden.Server.Changes.Current!.History;
        Assert.Equal(before.Select(c => (c.Sequence, c.Time, c.Kind, c.Resource, c.Hash, c.Traits)), after.Select(c => (c.Sequence, c.Time, c.Kind, c.Resource, c.Hash, c.Traits)));
        Assert.Empty(garden.Messages);
    }

    [Fact]
    public async Task A_log_of_the_version_before_is_read_and_continued()
    {
        await using var garden = await HarvestedGarden.StartAsync();
        var before = garden.Server.Changes.Current!.History.ToList();
        await garden.RestartAsync(options =>
        {
            using var file = new Microsoft.Data.Sqlite.SqliteConnection($"Data Source={Path.Combine(garden.State, "changes.sqlite")};Pooling=False");
            file.Open();
            using var command = file.CreateCommand();
            command.CommandText = "ALTER TABLE changes DROP COLUMN moved; UPDATE meta SET value = 1 WHERE key = 'version'";
            command.ExecuteNonQuery();
            return options;
        });
        Assert.Equal(before.Select(c => (c.Sequence, c.Kind, c.Resource, c.Hash)), garden.Server.Changes.Current!.History.Select(c => (c.Sequence, c.Kind, c.Resource, c.Hash)));
        garden.Delete("Fonds clair.md");
        await garden.SaveAsync();
        await garden.RestartAsync();
        Assert.Equal(["Deleted initiative/fonds-clair", "Deleted note/fonds-clair"], garden.Since(before.Count));
        Assert.Empty(garden.Messages);
    }

    [Fact]
    public async Task A_saved_note_changes_what_it_tells_of_and_nothing_else()
    {
        await using var garden = await HarvestedGarden.StartAsync();
        var before = garden.Server.Changes.Current!.History.Count;
        garden.Write("Fonds clair.md", "---\ntype: fonds\nnom: Fonds clair\nid: fonds-clair\npays: France\n---\n# Fonds clair\nUn fonds pour les archives.\n");
        var view = await garden.SaveAsync();
        Assert.Equal(["Updated initiative/fonds-clair", "Updated note/fonds-clair"], garden.Since(before));
        Assert.Contains("place:FR", view.Latest[^2].Traits.Sets);
        Assert.Equal(garden.Clock.Now.UtcDateTime, view.LastTime);
    }

    [Fact]
    public async Task A_new_name_changes_whatever_shows_the_name()
    {
        await using var garden = await HarvestedGarden.StartAsync();
        var before = garden.Server.Changes.Current!.History.Count;
        garden.Write("Maison du numérique.md", "---\ntype: organisation\nnom: Maison des données\nid: maison\nregion: [Québec]\n---\n# Maison des données\n");
        await garden.SaveAsync();
        var since = garden.Since(before);
        Assert.Contains("Updated organisation/maison", since);
        Assert.Contains("Updated initiative/atelier-ouvert", since);
        Assert.DoesNotContain(since, c => c.Contains("fonds-clair", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_deleted_stay_as_tombstones_and_may_come_back()
    {
        await using var garden = await HarvestedGarden.StartAsync();
        var text = File.ReadAllText(Path.Combine(garden.Folder, "Fonds clair.md"));
        var fund = HarvestedGarden.Base + "initiative/fonds-clair";
        var before = garden.Server.Changes.Current!;
        garden.Delete("Fonds clair.md");
        await garden.SaveAsync();
        Assert.Equal(["Deleted initiative/fonds-clair", "Deleted note/fonds-clair"], garden.Since(before.History.Count));
        await garden.RestartAsync();
        var gone = garden.Server.Changes.Current!.Find(fund)!;
        Assert.True(gone.IsDeletion);
        Assert.Equal(before.Find(fund)!.Traits.Sets, gone.Traits.Sets);
        garden.Write("Fonds clair.md", text);
        var view = await garden.SaveAsync();
        Assert.Equal("Created initiative/fonds-clair", garden.Since(before.History.Count + 2)[0]);
        Assert.Equal(before.Find(fund)!.Traits.Sets, view.Find(fund)!.Traits.Sets);
        Assert.Single(view.Latest, c => c.Resource == fund);
    }

    [Fact]
    public async Task A_clock_that_jumps_back_does_not_turn_times_round()
    {
        await using var garden = await HarvestedGarden.StartAsync();
        var first = garden.Server.Changes.Current!.LastTime;
        garden.Clock.Now -= TimeSpan.FromDays(400);
        garden.Delete("Fonds clair.md");
        var view = await garden.SaveAsync();
        Assert.Equal(first, view.LastTime);
        Assert.Equal(first, (await garden.Server.Changes.NowAsync(default)).Now);
        garden.Clock.Now = new DateTimeOffset(first) + TimeSpan.FromMinutes(1);
        garden.Delete("Atelier ouvert.md");
        Assert.True((await garden.SaveAsync()).LastTime > first);
    }

    [Fact]
    public async Task A_state_that_cannot_be_kept_is_said_and_kept_in_memory()
    {
        await using var garden = await HarvestedGarden.StartAsync(o => o with { StateDirectory = Path.Combine(o.Gardens[0], "Fonds clair.md") });
        Assert.Contains(garden.Messages, m => m.Contains("change log is kept in memory only", StringComparison.Ordinal));
        Assert.NotEmpty(garden.Server.Changes.Current!.History);
    }

    [Fact]
    public async Task A_damaged_log_is_left_as_it_is()
    {
        await using var garden = await HarvestedGarden.StartAsync(o => o with { StateDirectory = null });
        Assert.False(Directory.Exists(garden.State));
        Directory.CreateDirectory(garden.State);
        var file = Path.Combine(garden.State, "changes.sqlite");
        File.WriteAllText(file, new string('x', 5000));
        await garden.RestartAsync();
        Assert.Contains(garden.Messages, m => m.Contains("changes.sqlite", StringComparison.Ordinal));
        Assert.Equal(5000, new FileInfo(file).Length);
    }

    [Fact]
    public async Task Two_servers_do_not_write_one_log()
    {
        await using var garden = await HarvestedGarden.StartAsync();
        await using var other = await HarvestedGarden.StartAsync(o => o with { StateDirectory = garden.State });
        Assert.Contains(other.Messages, m => m.Contains("change log is kept in memory only", StringComparison.Ordinal));
        Assert.Empty(garden.Messages);
    }
}
