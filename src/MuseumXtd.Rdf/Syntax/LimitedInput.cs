using MuseumXtd.Rdf.Buffers;

namespace MuseumXtd.Rdf.Syntax;

/// <summary>Refuses documents beyond <see cref="ReaderOptions.MaxDocumentBytes"/>, for readers that leave their input to a parser of the platform.</summary>
internal sealed class LimitedInput : ReadOnlyStream
{
    private readonly Stream _input;
    private readonly long _limit;
    private readonly string _codePrefix;
    private long _total;
    private long _line = 1;
    private long _column = 1;

    private LimitedInput(Stream input, long limit, string codePrefix)
    {
        _input = input;
        _limit = limit;
        _codePrefix = codePrefix;
    }

    /// <summary>The input, with the limit kept where there is one.</summary>
    public static Stream Of(Stream input, ReaderOptions options, string codePrefix) =>
        options.MaxDocumentBytes == long.MaxValue ? input : new LimitedInput(input, options.MaxDocumentBytes, codePrefix);

    public override int Read(Span<byte> buffer)
    {
        var read = _input.Read(buffer);
        var within = buffer[..(int)Math.Min(read, _limit - _total)];
        var lines = within.Count((byte)'\n');
        (_line, _column) = (_line + lines, lines == 0 ? _column : 1);
        foreach (var value in within[(within.LastIndexOf((byte)'\n') + 1)..])
        {
            _column += (value & 0xC0) != 0x80 ? 1 : 0;
        }

        _total += read;
        return _total <= _limit
            ? read
            : throw new RdfSyntaxException(_codePrefix + "document-too-long", $"The document is longer than the limit of {_limit} bytes.", _line, _column);
    }
}
