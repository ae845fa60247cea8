using System.Text;
using MuseumXtd.Garden.Notes;

namespace MuseumXtd.Garden.Resolution;

/// <summary>
/// The table in which identities last from one process to the next. Its first columns are those of the table that authors may keep in the
/// garden, so that a row can be copied from one to the other.
/// </summary>
internal static class IdentityFile
{
    private static readonly string[] Columns = ["type", "id", "name", "path", "replaced-by", "homepage", "hash", "since", "gone", "other-names"];

    /// <summary>Reads a table; rows that name nothing are skipped, and so is a file that is no table.</summary>
    public static List<Identity> Read(byte[] bytes)
    {
        var table = CsvTable.Read(IdentityRegistry.FileName, bytes, "");
        var columns = Array.ConvertAll(Columns, name => table.Header.ToList().IndexOf(name));
        var identities = new List<Identity>(table.Rows.Count);
        foreach (var row in table.Rows)
        {
            string Cell(int column) => columns[column] is >= 0 and var at && at < row.Cells.Count ? row.Cells[at].Text : "";
            if (Cell(0).Length == 0 || Cell(1).Length == 0)
            {
                continue;
            }

            var identity = new Identity
            {
                Type = Cell(0),
                Id = Cell(1),
                Path = Cell(3),
                ReplacedBy = Cell(4),
                Homepage = Cell(5),
                Hash = Cell(6),
                Since = Cell(7),
                Gone = Cell(8),
            };
            foreach (var name in Cell(9).Split('|').Prepend(Cell(2)).Where(n => n.Length > 0))
            {
                identity.AddName(name);
            }

            identities.Add(identity);
        }

        return identities;
    }

    /// <summary>Writes a table whole or not at all, in the order of types and identifiers.</summary>
    public static void Write(string file, IEnumerable<Identity> identities)
    {
        var text = new StringBuilder().AppendJoin(',', Columns).Append('\n');
        foreach (var i in identities.OrderBy(i => i.Type, StringComparer.Ordinal).ThenBy(i => i.Id, StringComparer.Ordinal))
        {
            string[] cells =
            [
                i.Type, i.Id, i.Names.Count > 0 ? i.Names[0] : "", i.Path, i.ReplacedBy, i.Homepage, i.Hash, i.Since, i.Gone,
                string.Join('|', i.Names.Skip(1)),
            ];
            text.AppendJoin(',', cells.Select(Quoted)).Append('\n');
        }

        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(file))!);
        var partial = file + ".part";
        try
        {
            using (var stream = File.Create(partial))
            {
                stream.Write(Encoding.UTF8.GetBytes(text.ToString()));
                stream.Flush(flushToDisk: true);
            }

            File.Move(partial, file, overwrite: true);
        }
        finally
        {
            File.Delete(partial);
        }
    }

    private static string Quoted(string cell) =>
        cell.AsSpan().ContainsAny(",;\"\n\r") ? $"\"{cell.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : cell;
}
