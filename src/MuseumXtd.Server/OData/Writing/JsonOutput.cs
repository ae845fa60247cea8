using System.Buffers;
using System.Globalization;
using System.Text;
using MuseumXtd.Rdf.Buffers;

namespace MuseumXtd.Server.OData.Writing;

/// <summary>
/// Writes JSON (RFC 8259) from texts as they are stored, in UTF-8, with names that were encoded before. It trusts its caller to open, name and
/// close in order.
/// </summary>
internal sealed class JsonOutput(ByteBuffer output)
{
    /// <summary>What cannot stand in a string as it is (section 7).</summary>
    private static readonly SearchValues<byte> Stops =
        SearchValues.Create([.. Enumerable.Range(0, 0x20).Select(c => (byte)c), (byte)'"', (byte)'\\']);

    private bool _follows;

    /// <summary>How many bytes are in the buffer.</summary>
    public int Length => output.Length;

    /// <summary>How often the buffer was emptied.</summary>
    public int Part { get; private set; }

    /// <summary>Empties the buffer, after it was sent.</summary>
    public void Clear()
    {
        output.Clear();
        Part++;
    }

    /// <summary>A name of a member as it is written, with a comma before and a colon behind.</summary>
    public static byte[] Named(string name)
    {
        using var buffer = new ByteBuffer(name.Length + 8);
        new JsonOutput(buffer) { _follows = true }.Text(name);
        buffer.Append((byte)':');
        return buffer.Written.ToArray();
    }

    public void OpenObject() => Open((byte)'{');

    public void CloseObject() => Close((byte)'}');

    public void OpenArray() => Open((byte)'[');

    public void CloseArray() => Close((byte)']');

    /// <summary>Begins a member, named by <see cref="Named"/>.</summary>
    public void Name(ReadOnlySpan<byte> named)
    {
        output.Append(_follows ? named : named[1..]);
        _follows = false;
    }

    /// <summary>Begins a member whose name is seldom written.</summary>
    public void Name(string name) => Name(Named(name));

    public void Null() => Raw("null"u8);

    public void Boolean(bool value) => Raw(value ? "true"u8 : "false"u8);

    public void Number(long value)
    {
        Separate();
        value.TryFormat(output.GetSpan(32), out var written, default, CultureInfo.InvariantCulture);
        output.Advance(written);
    }

    public void Number(decimal value)
    {
        Separate();
        value.TryFormat(output.GetSpan(64), out var written, default, CultureInfo.InvariantCulture);
        output.Advance(written);
    }

    /// <summary>Writes a number that is finite.</summary>
    public void Number(double value)
    {
        Separate();
        value.TryFormat(output.GetSpan(64), out var written, default, CultureInfo.InvariantCulture);
        output.Advance(written);
    }

    /// <summary>Writes a text in UTF-8.</summary>
    public void Text(ReadOnlySpan<byte> text)
    {
        var stop = text.IndexOfAny(Stops);
        var span = output.GetSpan(text.Length + 3);
        var at = 0;
        if (_follows)
        {
            span[at++] = (byte)',';
        }

        span[at++] = (byte)'"';
        var plain = stop < 0 ? text : text[..stop];
        plain.CopyTo(span[at..]);
        at += plain.Length;
        if (stop < 0)
        {
            span[at++] = (byte)'"';
            output.Advance(at);
        }
        else
        {
            output.Advance(at);
            Escape(text[stop..]);
            output.Append((byte)'"');
        }

        _follows = true;
    }

    public void Text(string text)
    {
        const int Short = 256;
        var most = Encoding.UTF8.GetMaxByteCount(text.Length);
        if (most <= Short)
        {
            Span<byte> bytes = stackalloc byte[Short];
            Text(bytes[..Encoding.UTF8.GetBytes(text, bytes)]);
        }
        else
        {
            Text(Encoding.UTF8.GetBytes(text));
        }
    }

    /// <summary>Writes a text in parts that need no escapes.</summary>
    public void Text(ReadOnlySpan<byte> first, ReadOnlySpan<byte> second, ReadOnlySpan<byte> third, ReadOnlySpan<byte> fourth)
    {
        Separate();
        output.Append((byte)'"');
        output.Append(first);
        output.Append(second);
        output.Append(third);
        output.Append(fourth);
        output.Append((byte)'"');
    }

    /// <summary>Writes a value that is JSON already.</summary>
    public void Raw(ReadOnlySpan<byte> json)
    {
        Separate();
        output.Append(json);
    }

    /// <summary>Writes a value that stands in the buffer once more.</summary>
    public void Again(int start, int length)
    {
        Separate();
        var room = output.GetSpan(length);
        output.Written.Slice(start, length).CopyTo(room);
        output.Advance(length);
    }

    private void Open(byte bracket)
    {
        Separate();
        output.Append(bracket);
        _follows = false;
    }

    private void Close(byte bracket)
    {
        output.Append(bracket);
        _follows = true;
    }

    private void Separate()
    {
        if (_follows)
        {
            output.Append((byte)',');
        }

        _follows = true;
    }

    private void Escape(ReadOnlySpan<byte> text)
    {
        for (var stop = 0; stop >= 0; stop = text.IndexOfAny(Stops))
        {
            output.Append(text[..stop]);
            var c = text[stop];
            output.Append((byte)'\\');
            switch (c)
            {
                case (byte)'"' or (byte)'\\':
                    output.Append(c);
                    break;
                case (byte)'\n':
                    output.Append((byte)'n');
                    break;
                case (byte)'\r':
                    output.Append((byte)'r');
                    break;
                case (byte)'\t':
                    output.Append((byte)'t');
                    break;
                default:
                    output.Append("u00"u8);
                    output.Append("0123456789abcdef"u8[c >> 4]);
                    output.Append("0123456789abcdef"u8[c & 15]);
                    break;
            }

            text = text[(stop + 1)..];
        }

        output.Append(text);
    }
}
