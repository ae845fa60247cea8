using System.Buffers;
using System.Text;
using System.Text.Unicode;

namespace MuseumXtd.Rdf.Syntax;

/// <summary>
/// A window of validated UTF-8 over a stream, on a pooled buffer, for hand-written lexers. Bytes from <see cref="Mark"/> on survive a
/// refill, so a token is always one span. Lines and columns are not counted while reading: they are worked out from the window when
/// an error needs them.
/// </summary>
internal sealed class Utf8Input : IDisposable
{
    private const int InitialSize = 64 * 1024;

    private readonly Stream _stream;
    private readonly int _maxTokenBytes;
    private readonly string _codePrefix;
    private readonly long _maxDocumentBytes;
    private byte[] _buffer = ArrayPool<byte>.Shared.Rent(InitialSize);
    private int _end;
    private int _filled;
    private bool _ended;
    private bool _invalid;
    private long _evictedLines;
    private long _evictedColumns;
    private long _total;
    private bool _isStarted;
    private bool _isTooLong;

    public Utf8Input(Stream stream, int maxTokenBytes, string codePrefix, long maxDocumentBytes = long.MaxValue)
    {
        _stream = stream;
        _maxTokenBytes = maxTokenBytes;
        _codePrefix = codePrefix;
        _maxDocumentBytes = maxDocumentBytes;
    }

    /// <summary>Where reading goes on, in the window.</summary>
    public int Position { get; set; }

    /// <summary>The first byte that must stay in the window.</summary>
    public int Mark { get; set; }

    /// <summary>Whether bytes that are no UTF-8 are passed as question marks: while a reader looks for the end of what it cannot read.</summary>
    public bool IsLenient { get; set; }

    /// <summary>The bytes from the position to the end of the window.</summary>
    public ReadOnlySpan<byte> Ahead => _buffer.AsSpan(Position, _end - Position);

    /// <summary>The bytes between two places of the window.</summary>
    public ReadOnlySpan<byte> Slice(int start, int end) => _buffer.AsSpan(start, end - start);

    /// <summary>The byte at an offset from the position, or -1 at the end of the input.</summary>
    public int Peek(int offset = 0)
    {
        while (Position + offset >= _end)
        {
            if (!Refill())
            {
                return -1;
            }
        }

        return _buffer[Position + offset];
    }

    /// <summary>
    /// Reads more of the stream behind the window. Places change: everything before <see cref="Mark"/> is dropped and the position moves
    /// with it. False at the end of the input.
    /// </summary>
    public bool Refill()
    {
        if (_invalid)
        {
            return PassInvalid();
        }

        if (_ended)
        {
            return _isTooLong && !IsLenient ? throw TooLong() : false;
        }

        Evict();
        if (_filled == _buffer.Length)
        {
            if (_filled >= _maxTokenBytes)
            {
                throw Error("token-too-long", $"A token is longer than the limit of {_maxTokenBytes} bytes.");
            }

            var larger = ArrayPool<byte>.Shared.Rent(_buffer.Length * 2);
            _buffer.AsSpan(0, _filled).CopyTo(larger);
            ArrayPool<byte>.Shared.Return(_buffer);
            _buffer = larger;
        }

        var before = _end;
        var read = _stream.Read(_buffer, _filled, _buffer.Length - _filled);
        if ((_total += read) > _maxDocumentBytes)
        {
            read -= (int)Math.Min(read, _total - _maxDocumentBytes);
            _isTooLong = true;
        }

        if (read == 0)
        {
            _ended = true;
            if (_filled > _end && !_isTooLong)
            {
                _invalid = true;
            }

            return (_invalid || _isTooLong) && Refill();
        }

        _filled += read;
        Validate();
        if (!_isStarted && _end > 0)
        {
            _isStarted = true;
            SkipByteOrderMark();
        }

        return (_end > before && Position < _end) || Refill();
    }

    /// <summary>An error at a place of the window, by default the position.</summary>
    public RdfSyntaxException Error(string code, string message, int at = -1)
    {
        var (line, column) = PositionOf(at < 0 ? Position : at);
        return new RdfSyntaxException(_codePrefix + code, message, line, column);
    }

    public (long Line, long Column) PositionOf(int at)
    {
        var span = _buffer.AsSpan(0, Math.Min(at, _end));
        var (lines, columns) = Measure(span);
        return (1 + _evictedLines + lines, 1 + columns + (lines == 0 ? _evictedColumns : 0));
    }

    public void Dispose()
    {
        var buffer = _buffer;
        _buffer = [];
        if (buffer.Length > 0)
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private void SkipByteOrderMark()
    {
        if (_buffer.AsSpan(0, _end).StartsWith(Encoding.UTF8.Preamble))
        {
            Position = Mark = Encoding.UTF8.Preamble.Length;
            _evictedColumns = -1;
        }
    }

    private bool PassInvalid()
    {
        if (!IsLenient)
        {
            Position = _end;
            throw Error("invalid-utf8", "The input is not valid UTF-8 here; expected text in UTF-8.");
        }

        _buffer[_end] = (byte)'?';
        _invalid = false;
        Validate();
        return true;
    }

    private RdfSyntaxException TooLong()
    {
        _isTooLong = false;
        return Error("document-too-long", $"The document is longer than the limit of {_maxDocumentBytes} bytes.", _end);
    }

    private static (long Lines, long Columns) Measure(ReadOnlySpan<byte> span)
    {
        long lines = span.Count((byte)'\n');
        var rest = span[(span.LastIndexOf((byte)'\n') + 1)..];
        long columns = 0;
        foreach (var value in rest)
        {
            if ((value & 0xC0) != 0x80)
            {
                columns++;
            }
        }

        return (lines, columns);
    }

    private void Evict()
    {
        if (Mark == 0)
        {
            return;
        }

        var (lines, columns) = Measure(_buffer.AsSpan(0, Mark));
        _evictedColumns = lines == 0 ? _evictedColumns + columns : columns;
        _evictedLines += lines;
        _buffer.AsSpan(Mark, _filled - Mark).CopyTo(_buffer);
        _filled -= Mark;
        _end -= Mark;
        Position -= Mark;
        Mark = 0;
    }

    /// <summary>Moves the end of the window to the last whole character, or to the first byte that is none.</summary>
    private void Validate()
    {
        var fresh = _buffer.AsSpan(_end, _filled - _end);
        if (Utf8.IsValid(fresh))
        {
            _end = _filled;
            return;
        }

        while (!fresh.IsEmpty)
        {
            var ascii = System.Text.Ascii.IsValid(fresh[..Math.Min(64, fresh.Length)]);
            if (ascii)
            {
                var step = Math.Min(64, fresh.Length);
                fresh = fresh[step..];
                _end += step;
                continue;
            }

            var status = Rune.DecodeFromUtf8(fresh, out _, out var length);
            if (status == OperationStatus.Done)
            {
                fresh = fresh[length..];
                _end += length;
                continue;
            }

            _invalid = status == OperationStatus.InvalidData;
            return;
        }
    }
}
