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

    /// <summary>Writes a file whole or not at all: under another name first.</summary>
    public static void Write(string output, Action<Stream> write)
    {
        if (output == "-")
        {
            using var standard = Console.OpenStandardOutput();
            using var buffered = new BufferedStream(standard, 1 << 16);
            write(buffered);
            return;
        }

        var partial = output + ".part";
        try
        {
            using (var file = File.Create(partial))
            using (var stream = Compression.BySuffix(output)?.Compress(file) ?? file)
            {
                write(stream);
            }

            File.Move(partial, output, overwrite: true);
        }
        finally
        {
            File.Delete(partial);
        }
    }
}
