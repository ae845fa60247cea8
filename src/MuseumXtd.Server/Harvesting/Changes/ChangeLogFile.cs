using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using Microsoft.Data.Sqlite;

namespace MuseumXtd.Server.Harvesting.Changes;

/// <summary>Keeps the change log in a SQLite file. It is opened by one server only; what is appended lasts when the call returns.</summary>
internal sealed class ChangeLogFile : IDisposable
{
    public const string FileName = "changes.sqlite";

    private const long Version = 2;

    private const string Schema =
        """
        CREATE TABLE IF NOT EXISTS meta (key TEXT PRIMARY KEY, value BLOB NOT NULL) WITHOUT ROWID;
        CREATE TABLE IF NOT EXISTS changes (
            sequence INTEGER PRIMARY KEY, time INTEGER NOT NULL, kind INTEGER NOT NULL, resource TEXT NOT NULL,
            types TEXT NOT NULL, sets TEXT NOT NULL, hash BLOB NOT NULL, moved TEXT);
        """;

    private readonly SqliteConnection _connection;

    private ChangeLogFile(SqliteConnection connection) => _connection = connection;

    /// <summary>A secret that stays as long as the file.</summary>
    public byte[] Key { get; private set; } = [];

    /// <summary>Opens the log in a folder, which is made when it is not there.</summary>
    /// <exception cref="IOException">The folder cannot be made or written, the file is damaged or in use.</exception>
    public static ChangeLogFile Open(string directory)
    {
        var path = Path.Combine(directory, FileName);
        SqliteConnection? connection = null;
        try
        {
            Directory.CreateDirectory(directory);
            connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Pooling = false }.ConnectionString);
            connection.Open();
            var file = new ChangeLogFile(connection);
            file.Prepare();
            return file;
        }
        catch (Exception e) when (e is SqliteException or UnauthorizedAccessException or IOException or InvalidDataException)
        {
            connection?.Dispose();
            throw new IOException($"'{path}': {e.Message}", e);
        }
    }

    /// <summary>All changes in their order.</summary>
    /// <exception cref="IOException">The file is damaged.</exception>
    public List<ResourceChange> Read()
    {
        var changes = new List<ResourceChange>();
        var traits = new Dictionary<ResourceTraits, ResourceTraits>();
        var resources = new Dictionary<string, string>(StringComparer.Ordinal);
        try
        {
            using var command = Command("SELECT sequence, time, kind, resource, types, sets, hash, moved FROM changes ORDER BY sequence");
            using var rows = command.ExecuteReader();
            while (rows.Read())
            {
                if (rows.GetInt64(0) != changes.Count + 1)
                {
                    throw new IOException($"'{_connection.DataSource}': entry {changes.Count + 1} of the change log is missing.");
                }

                var resource = rows.GetString(3);
                var own = new ResourceTraits(Words(rows.GetString(4)), Words(rows.GetString(5)));
                changes.Add(new ResourceChange(
                    rows.GetInt64(0),
                    DateTime.UnixEpoch.AddMilliseconds(rows.GetInt64(1)),
                    (ChangeKind)rows.GetInt32(2),
                    resources.TryGetValue(resource, out var same) ? same : resources[resource] = resource,
                    traits.TryGetValue(own, out var known) ? known : traits[own] = own,
                    BinaryPrimitives.ReadUInt128BigEndian((byte[])rows[6]))
                {
                    MovedTo = rows.IsDBNull(7) ? null : rows.GetString(7),
                });
            }
        }
        catch (Exception e) when (e is SqliteException or InvalidCastException or ArgumentException)
        {
            throw new IOException($"'{_connection.DataSource}': {e.Message}", e);
        }

        return changes;
    }

    /// <summary>Appends changes in one step.</summary>
    /// <exception cref="IOException">They could not be written; none of them is.</exception>
    public void Append(IReadOnlyList<ResourceChange> changes)
    {
        try
        {
            using var transaction = _connection.BeginTransaction();
            using var command = Command("INSERT INTO changes VALUES ($sequence, $time, $kind, $resource, $types, $sets, $hash, $moved)");
            command.Transaction = transaction;
            string[] names = ["$sequence", "$time", "$kind", "$resource", "$types", "$sets", "$hash", "$moved"];
            var parameters = Array.ConvertAll(names, n => command.Parameters.Add(new SqliteParameter { ParameterName = n }));
            command.Prepare();
            foreach (var change in changes)
            {
                var hash = new byte[16];
                BinaryPrimitives.WriteUInt128BigEndian(hash, change.Hash);
                object[] values =
                [
                    change.Sequence, (change.Time - DateTime.UnixEpoch).Ticks / TimeSpan.TicksPerMillisecond, (long)change.Kind, change.Resource,
                    string.Join(' ', change.Traits.Types), string.Join(' ', change.Traits.Sets), hash,
                    (object?)change.MovedTo ?? DBNull.Value,
                ];
                for (var i = 0; i < values.Length; i++)
                {
                    parameters[i].Value = values[i];
                }

                command.ExecuteNonQuery();
            }

            transaction.Commit();
        }
        catch (SqliteException e)
        {
            throw new IOException($"'{_connection.DataSource}': {e.Message}", e);
        }
    }

    public void Dispose() => _connection.Dispose();

    private static string[] Words(string text) => text.Split(' ', StringSplitOptions.RemoveEmptyEntries);

    private void Prepare()
    {
        // The lock is held as long as the file is open: two servers would give the same numbers to different changes.
        Execute("PRAGMA locking_mode = EXCLUSIVE");
        Execute("PRAGMA journal_mode = WAL");
        Execute("PRAGMA synchronous = FULL");
        Execute("PRAGMA busy_timeout = 200");
        Execute(Schema);
        using var set = Command("INSERT INTO meta VALUES ('version', $version), ('key', $key) ON CONFLICT DO NOTHING");
        set.Parameters.AddWithValue("$version", Version);
        set.Parameters.AddWithValue("$key", RandomNumberGenerator.GetBytes(32));
        set.ExecuteNonQuery();
        var version = Get("version");
        if (version is 1L)
        {
            // Version 1 did not know what had been merged.
            Execute("BEGIN; ALTER TABLE changes ADD COLUMN moved TEXT; UPDATE meta SET value = 2 WHERE key = 'version'; COMMIT");
            version = Get("version");
        }

        Key = Get("key") as byte[] ?? [];
        if (version is not Version || Key.Length == 0)
        {
            throw new InvalidDataException(string.Create(CultureInfo.InvariantCulture, $"the change log has version {version}, this program reads {Version}."));
        }
    }

    private object? Get(string key)
    {
        using var command = Command("SELECT value FROM meta WHERE key = $key");
        command.Parameters.AddWithValue("$key", key);
        return command.ExecuteScalar();
    }

    private void Execute(string text)
    {
        using var command = Command(text);
        command.ExecuteNonQuery();
    }

    private SqliteCommand Command(string text)
    {
        var command = _connection.CreateCommand();
        command.CommandText = text;
        command.CommandTimeout = 1;
        return command;
    }
}
