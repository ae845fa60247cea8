using MuseumXtd.Rdf.Syntax;

namespace MuseumXtd.Commands;

/// <summary>Formats and files as the commands write them.</summary>
public static class Outputs
{
    /// <summary>The format that an option or else a file's name asks for.</summary>
    public static RdfFormat Format(string output, string? name, string? whenUnknown, string option = "--format")
    {
        var format = name is not null ? RdfFormats.ByName(name)
            : output != "-" ? RdfFormats.ByFileName(output)
            : whenUnknown is null ? null : RdfFormats.ByName(whenUnknown);
        if (format?.CreateWriter is null)
        {
            var names = string.Join(", ", RdfFormats.Writable.Select(f => f.Name));
            throw new UsageException(
                name is not null ? $"'{name}' is no format; there are {names}." : $"the name '{output}' tells no format; use {option} with one of {names}.");
        }

        return format;
    }

    /// <summary>
    /// Writes a file whole or not at all: under another name first. A device or a pipe is written into, since a file in its place would take it away from all others, and
    /// where a link stands, the file that it leads to is the one that is written.
    /// </summary>
    public static void Write(string output, Action<Stream> write)
    {
        if (output == "-")
        {
            using var standard = Console.OpenStandardOutput();
            using var buffered = new BufferedStream(standard, 1 << 16);
            write(buffered);
            return;
        }

        if (FileKind.IsSpecial(output))
        {
            using var there = new FileStream(output, FileMode.Open, FileAccess.Write, FileShare.ReadWrite);
            WriteTo(there);
            return;
        }

        // From a name without folder the class library would go on at the root.
        var full = Path.GetFullPath(output);
        var target = new FileInfo(full).LinkTarget is null ? output : File.ResolveLinkTarget(full, returnFinalTarget: true)!.FullName;
        var partial = target + ".part";
        using var file = Create(partial);
        try
        {
            WriteTo(file);
            file.Dispose();

            File.Move(partial, target, overwrite: true);
        }
        finally
        {
            File.Delete(partial);
        }

        void WriteTo(Stream file)
        {
            using var stream = Compression.BySuffix(output)?.Compress(file) ?? file;
            write(stream);
        }
    }

    /// <summary>Two commands that write the same file would write into each other's: the second is refused, and leaves the first one's alone.</summary>
    private static FileStream Create(string partial)
    {
        try
        {
            return File.Create(partial);
        }
        catch (IOException e) when (File.Exists(partial))
        {
            throw new InputException($"'{partial}' is being written by another command: {e.Message}");
        }
    }
}
