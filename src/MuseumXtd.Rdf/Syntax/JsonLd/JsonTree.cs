using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;

namespace MuseumXtd.Rdf.Syntax.JsonLd;

/// <summary>An object of JSON: its entries in the order in which they stand.</summary>
/// <param name="offset">Where in the document it begins, in bytes; -1 where it was made by an algorithm.</param>
internal sealed class JsonMap(long offset = -1) : OrderedDictionary<string, object?>(StringComparer.Ordinal)
{
    public long Offset { get; } = offset;
}

/// <summary>A number of JSON as it is written.</summary>
internal sealed record JsonNumber(string Raw)
{
    public double Value => double.Parse(Raw, NumberStyles.Float, CultureInfo.InvariantCulture);
}

/// <summary>
/// Values of JSON as the algorithms of JSON-LD change them: <see cref="JsonMap"/>, <see cref="List{T}"/>, <see cref="string"/>,
/// <see cref="JsonNumber"/>, <see cref="bool"/> and null.
/// </summary>
internal static class JsonTree
{
    public static object? Parse(ReadOnlySpan<byte> json, int maxDepth)
    {
        if (json.StartsWith("\uFEFF"u8))
        {
            json = json[3..];
        }

        var reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = maxDepth });
        reader.Read();
        var value = Read(ref reader);
        reader.Read();
        return value;
    }

    /// <summary>Reads the value at which a reader stands, and leaves the reader at its last token.</summary>
    public static object? Read(ref Utf8JsonReader reader)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.StartObject:
                var map = new JsonMap(reader.TokenStartIndex);
                while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
                {
                    var name = reader.GetString()!;
                    reader.Read();
                    map[name] = Read(ref reader);
                }

                return map;
            case JsonTokenType.StartArray:
                var list = new List<object?>();
                while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
                {
                    list.Add(Read(ref reader));
                }

                return list;
            case JsonTokenType.String:
                return reader.GetString();
            case JsonTokenType.Number when reader.TryGetDouble(out var number) && !double.IsFinite(number):
                throw new JsonLdException("invalid value object value", "The number is beyond the range of xsd:double; write it as a string with a type.")
                {
                    Offset = reader.TokenStartIndex,
                };
            case JsonTokenType.Number:
                return new JsonNumber(Encoding.UTF8.GetString(reader.HasValueSequence ? reader.ValueSequence.ToArray() : reader.ValueSpan));
            case JsonTokenType.True:
                return true;
            case JsonTokenType.False:
                return false;
            default:
                return null;
        }
    }

    public static void Write(object? value, Utf8JsonWriter writer)
    {
        switch (value)
        {
            case JsonMap map:
                writer.WriteStartObject();
                foreach (var (name, item) in map)
                {
                    writer.WritePropertyName(name);
                    Write(item, writer);
                }

                writer.WriteEndObject();
                break;
            case List<object?> list:
                writer.WriteStartArray();
                list.ForEach(item => Write(item, writer));
                writer.WriteEndArray();
                break;
            case string text:
                writer.WriteStringValue(text);
                break;
            case JsonNumber number:
                writer.WriteRawValue(number.Raw);
                break;
            case bool flag:
                writer.WriteBooleanValue(flag);
                break;
            default:
                writer.WriteNullValue();
                break;
        }
    }

    /// <summary>A value as an array: itself, or one that holds it.</summary>
    public static List<object?> ToArray(object? value) => value as List<object?> ?? [value];

    public static object? Clone(object? value)
    {
        switch (value)
        {
            case JsonMap map:
                var copy = new JsonMap(map.Offset);
                foreach (var (name, item) in map)
                {
                    copy.Add(name, Clone(item));
                }

                return copy;
            case List<object?> list:
                return list.ConvertAll(Clone);
            default:
                return value;
        }
    }

    /// <summary>Whether two values are the same, whatever the order of entries.</summary>
    public static bool AreEqual(object? left, object? right) => (left, right) switch
    {
        (JsonMap a, JsonMap b) => a.Count == b.Count && a.All(e => b.TryGetValue(e.Key, out var other) && AreEqual(e.Value, other)),
        (List<object?> a, List<object?> b) => a.Count == b.Count && a.Zip(b).All(p => AreEqual(p.First, p.Second)),
        (JsonNumber a, JsonNumber b) => a.Raw == b.Raw || a.Value.Equals(b.Value),
        _ => Equals(left, right),
    };

    /// <summary><see cref="AreEqual"/> for sets of values that do not change any more.</summary>
    public static IEqualityComparer<object?> Equality { get; } = EqualityComparer<object?>.Create(AreEqual, HashOf);

    private static int HashOf(object? value)
    {
        switch (value)
        {
            case JsonMap map:
                // Whatever the order of entries.
                var sum = map.Count;
                foreach (var (key, entry) in map)
                {
                    unchecked
                    {
                        sum += HashCode.Combine(key, HashOf(entry));
                    }
                }

                return sum;
            case List<object?> list:
                return list.Aggregate(list.Count, (hash, item) => HashCode.Combine(hash, HashOf(item)));
            case JsonNumber number:
                return number.Value.GetHashCode();
            default:
                return value?.GetHashCode() ?? 0;
        }
    }

    /// <summary>The JSON Canonicalization Scheme (RFC 8785): the lexical form of an <c>rdf:JSON</c> literal.</summary>
    public static string Canonical(object? value)
    {
        var output = new StringBuilder();
        WriteCanonical(value, output);
        return output.ToString();
    }

    /// <summary>A number as ECMAScript writes it (RFC 8785, section 3.2.2.3).</summary>
    public static string Canonical(double value)
    {
        if (value == 0)
        {
            return "0";
        }

        var text = value.ToString("E16", CultureInfo.InvariantCulture);
        var shortest = value.ToString("R", CultureInfo.InvariantCulture);
        var digits = new string([.. shortest.TakeWhile(c => c is not ('E' or 'e')).Where(char.IsAsciiDigit)]).TrimStart('0').TrimEnd('0');
        var exponent = int.Parse(text.AsSpan(text.IndexOf('E') + 1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);

        // The 17th digit may round up into the next power of ten; the shortest form tells.
        if (shortest.Contains('E', StringComparison.Ordinal))
        {
            exponent = int.Parse(shortest.AsSpan(shortest.IndexOf('E') + 1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
        }
        else
        {
            var plain = shortest.TrimStart('-');
            var dot = plain.IndexOf('.') is var at and >= 0 ? at : plain.Length;
            exponent = plain[0] != '0' ? dot - 1 : -(plain.AsSpan(dot + 1).IndexOfAnyExcept('0') + 1);
        }

        var sign = value < 0 ? "-" : "";
        if (exponent is >= 21 or < -6)
        {
            var mantissa = digits.Length == 1 ? digits : digits[..1] + "." + digits[1..];
            return $"{sign}{mantissa}e{(exponent < 0 ? "-" : "+")}{Math.Abs(exponent).ToString(CultureInfo.InvariantCulture)}";
        }

        if (exponent < 0)
        {
            return sign + "0." + new string('0', -exponent - 1) + digits;
        }

        return digits.Length <= exponent + 1
            ? sign + digits.PadRight(exponent + 1, '0')
            : sign + digits[..(exponent + 1)] + "." + digits[(exponent + 1)..];
    }

    private static void WriteCanonical(object? value, StringBuilder output)
    {
        switch (value)
        {
            case JsonMap map:
                output.Append('{');
                var first = true;
                foreach (var (name, item) in map.OrderBy(e => e.Key, StringComparer.Ordinal))
                {
                    output.Append(first ? "" : ",");
                    WriteCanonical(name, output);
                    output.Append(':');
                    WriteCanonical(item, output);
                    first = false;
                }

                output.Append('}');
                break;
            case List<object?> list:
                output.Append('[');
                for (var i = 0; i < list.Count; i++)
                {
                    output.Append(i == 0 ? "" : ",");
                    WriteCanonical(list[i], output);
                }

                output.Append(']');
                break;
            case string text:
                WriteString(text, output);
                break;
            case JsonNumber number:
                output.Append(Canonical(number.Value));
                break;
            case bool flag:
                output.Append(flag ? "true" : "false");
                break;
            default:
                output.Append("null");
                break;
        }
    }

    private static void WriteString(string text, StringBuilder output)
    {
        output.Append('"');
        foreach (var c in text)
        {
            _ = c switch
            {
                '"' => output.Append("\\\""),
                '\\' => output.Append("\\\\"),
                '\b' => output.Append("\\b"),
                '\t' => output.Append("\\t"),
                '\n' => output.Append("\\n"),
                '\f' => output.Append("\\f"),
                '\r' => output.Append("\\r"),
                < ' ' => output.Append("\\u").Append(((int)c).ToString("x4", CultureInfo.InvariantCulture)),
                _ => output.Append(c),
            };
        }

        output.Append('"');
    }
}
