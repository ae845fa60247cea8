using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace MuseumXtd.Garden.Notes;

/// <summary>Reads front matter as YAML events, which keep positions and cannot be inflated by aliases; bad YAML is read line by line.</summary>
internal static class FrontMatterReader
{
    private const int MaxDepth = 16;

    // Deeper, the parser of YAML takes long; nobody writes so.
    private const int MaxFlowDepth = 256;

    // Each becomes a thing or a statement; a note that states more is none that a person has written.
    private const int MaxValues = 5000;

    // Whoever has made a slip so often sees it from the first ones.
    private const int MostTold = 100;

    public static FrontMatter Read(SourceText source, List<Diagnostic> diagnostics)
    {
        var text = source.Text;
        if (!IsFence(text, 0, out var bodyStart))
        {
            if (FrontMatterAt(text, 0) is > 0 and var late)
            {
                diagnostics.Add(Problems.LateFrontMatter(source.Path, source.Position(late).Line));
            }

            return FrontMatter.None;
        }

        var line = bodyStart;
        while (line < text.Length)
        {
            if (IsFence(text, line, out var after))
            {
                CheckSecond(source, after, diagnostics);
                var fields = Cut(source, ReadFields(source, bodyStart, line, diagnostics), diagnostics);
                return new FrontMatter(Filled(source, CheckedOnce(source, fields, diagnostics), diagnostics), after);
            }

            var next = text.IndexOf('\n', line);
            line = next < 0 ? text.Length : next + 1;
        }

        diagnostics.Add(Problems.FrontMatterUnclosed(source.Path));
        return FrontMatter.None;
    }

    private static bool IsFence(string text, int start, out int after)
    {
        var end = text.IndexOf('\n', start);
        after = end < 0 ? text.Length : end + 1;
        var line = text.AsSpan(start, (end < 0 ? text.Length : end) - start).TrimEnd();
        return line is "---";
    }

    /// <summary>Two front matters come from joining notes; a thematic break alone is none.</summary>
    private static void CheckSecond(SourceText source, int start, List<Diagnostic> diagnostics)
    {
        if (FrontMatterAt(source.Text, start) is >= 0 and var second)
        {
            diagnostics.Add(Problems.SecondFrontMatter(source.Path, source.Position(second).Line));
        }
    }

    /// <summary>Where front matter begins that follows on nothing but spaces and empty lines, or -1.</summary>
    private static int FrontMatterAt(string text, int start)
    {
        while (start < text.Length && char.IsWhiteSpace(text[start]))
        {
            start++;
        }

        if (start >= text.Length || !IsFence(text, start, out var body))
        {
            return -1;
        }

        var end = text.IndexOf('\n', body);
        var first = text.AsSpan(body, (end < 0 ? text.Length : end) - body).TrimStart();
        for (var line = end; KeyLength(first) > 0 && line >= 0; line = text.IndexOf('\n', line + 1))
        {
            if (text.AsSpan(line + 1).TrimStart(" \t").StartsWith("---"))
            {
                return start;
            }
        }

        return -1;
    }

    /// <summary>"key:value" is a word to YAML: alone it makes no key at all, among others it makes the whole block invalid.</summary>
    private static bool FindMissingSpace(SourceText source, int start, int end, List<Diagnostic> diagnostics)
    {
        var found = 0;
        foreach (var range in source.Text.AsSpan(start, end - start).Split('\n'))
        {
            var line = source.Text.AsSpan(start, end - start)[range];
            var length = KeyLength(line);
            if (length > 0 && length + 1 < line.Length && !char.IsWhiteSpace(line[length + 1]) && line[length + 1] is not ('/' or ':'))
            {
                if (++found > MostTold)
                {
                    break;
                }

                var (number, column) = source.Position(start + range.Start.Value + length + 1);
                diagnostics.Add(Problems.NoSpaceAfterKey(source.Path, number, column, line[..length].ToString(), line[(length + 1)..].Trim().ToString()));
            }
        }

        return found > 0;
    }

    /// <summary>The length of a key that begins a line and ends before a colon, or 0.</summary>
    private static int KeyLength(ReadOnlySpan<char> line)
    {
        var colon = line.IndexOf(':');
        if (colon is <= 0 or > 60 || !char.IsLetter(line[0]))
        {
            return 0;
        }

        foreach (var c in line[..colon])
        {
            if (!char.IsLetterOrDigit(c) && c is not (' ' or '_' or '-' or '.'))
            {
                return 0;
            }
        }

        return colon;
    }

    private static List<FrontMatterField> ReadFields(SourceText source, int start, int end, List<Diagnostic> diagnostics)
    {
        if (FindMissingSpace(source, start, end, diagnostics))
        {
            return ReadLines(source, start, end);
        }

        return PlainFrontMatter.Read(source.Text, start, end) ?? ReadYaml(source, start, end, diagnostics);
    }

    /// <summary>Reads fields by the parser of YAML.</summary>
    internal static List<FrontMatterField> ReadYaml(SourceText source, int start, int end, List<Diagnostic> diagnostics)
    {
        var yaml = Placeholders.Masked(source.Text[start..end]);
        var isMasked = !source.Text.AsSpan(start, end - start).SequenceEqual(yaml);
        if (TooDeep(yaml) is { } deep)
        {
            var (line, column) = source.Position(start + deep);
            diagnostics.Add(Problems.YamlUnreadable(source.Path, line, column, $"Brackets nest more than {MaxFlowDepth} levels deep."));
            return ReadLines(source, start, end);
        }

        var fields = new List<FrontMatterField>();
        var hasAlias = false;
        (Mark Start, UnreadPart Part)? unread = null;
        var parser = new Parser(new Scanner(new StringReader(yaml), skipComments: true));
        try
        {
            parser.Consume<StreamStart>();
            if (parser.TryConsume<DocumentStart>(out var document) && parser.Accept<MappingStart>(out _))
            {
                ReadMapping(parser, "", 0);
            }
            else if (document is not null && parser.Current is not Scalar { Value: "" })
            {
                Skip(UnreadPart.NoKeys);
            }

            if (document is not null && parser.TryConsume<DocumentEnd>(out _) && parser.Accept<DocumentStart>(out _))
            {
                unread ??= (parser.Current!.Start, UnreadPart.SecondDocument);
            }
        }
        catch (YamlException e)
        {
            return Failed(e.Start.Index, e.InnerException?.Message ?? e.Message);
        }
        catch (Exception e) when (e is InvalidOperationException or ArgumentException or IndexOutOfRangeException or FormatException or OverflowException)
        {
            // The parser has faults of its own.
            return Failed(parser.Current?.End.Index ?? 0, "Its parser fails behind this place.");
        }

        if (unread is { } some)
        {
            var (line, column) = source.Position(Math.Min(start + (int)some.Start.Index, end));
            diagnostics.Add(Problems.FrontMatterNotRead(source.Path, line, column, some.Part));
        }

        return fields;

        List<FrontMatterField> Failed(long index, string reason)
        {
            var (line, column) = source.Position(Math.Min(start + (int)index, end));
            diagnostics.Add(Problems.YamlUnreadable(source.Path, line, column, reason.ReplaceLineEndings(" ").TrimEnd('.') + "."));
            return ReadLines(source, start, end);
        }

        // One part is told of; there may be thousands.
        void Skip(UnreadPart part)
        {
            unread ??= (parser.Current!.Start, part);
            parser.SkipThisAndNestedEvents();
        }

        void ReadMapping(Parser parser, string prefix, int depth)
        {
            parser.Consume<MappingStart>();
            while (!parser.TryConsume<MappingEnd>(out _))
            {
                if (!parser.TryConsume<Scalar>(out var key))
                {
                    Skip(UnreadPart.Key);
                    parser.SkipThisAndNestedEvents();
                    continue;
                }

                var name = prefix + ControlCharacters.Replaced(key.Value.Trim());
                if (parser.Accept<MappingStart>(out _) && depth < MaxDepth)
                {
                    ReadMapping(parser, name + ".", depth + 1);
                    continue;
                }

                var values = new List<FrontMatterValue>();
                ReadValues(parser, values, 0);
                fields.Add(new FrontMatterField(name, start + (int)key.Start.Index, values));
            }
        }

        void ReadValues(Parser parser, List<FrontMatterValue> values, int depth)
        {
            if (parser.TryConsume<Scalar>(out var scalar))
            {
                var quoted = scalar.Style is ScalarStyle.SingleQuoted or ScalarStyle.DoubleQuoted ? 1 : 0;
                var from = start + (int)scalar.Start.Index + quoted;
                var length = Math.Max(0, (int)(scalar.End.Index - scalar.Start.Index) - (2 * quoted));
                var isNull = quoted == 0 && scalar.Value is "" or "~" or "null";
                if (!isNull && scalar.Value.Trim().Length > 0)
                {
                    var value = ControlCharacters.Replaced(scalar.Value.Trim());
                    values.Add(new FrontMatterValue(isMasked ? Placeholders.Unmasked(value) : value, from, length));
                }
            }
            else if (parser.TryConsume<SequenceStart>(out var sequence))
            {
                if (depth > MaxDepth)
                {
                    throw new YamlException(sequence.Start, sequence.End, $"Lists nest more than {MaxDepth} levels deep.");
                }

                // [[X]] without quotes is a list in a list: an author means a wikilink.
                var wikilink = depth == 1 && sequence.Style == SequenceStyle.Flow;
                var before = values.Count;
                while (!parser.TryConsume<SequenceEnd>(out _))
                {
                    ReadValues(parser, values, depth + 1);
                }

                if (wikilink && values.Count > before)
                {
                    var (line, column) = source.Position(start + (int)sequence.Start.Index);
                    diagnostics.Add(Problems.UnquotedWikilink(source.Path, line, column));
                    var whole = string.Join(", ", values.Skip(before).Select(v => v.Text));
                    var first = values[before];
                    values.RemoveRange(before, values.Count - before);
                    values.Add(new FrontMatterValue($"[[{whole}]]", first.Start, whole.Length));
                }
            }
            else
            {
                if (parser.Accept<AnchorAlias>(out var alias) && !hasAlias)
                {
                    // One is told of; there may be thousands.
                    hasAlias = true;
                    var (line, column) = source.Position(start + (int)alias.Start.Index);
                    diagnostics.Add(Problems.YamlAlias(source.Path, line, column, alias.Value.Value));
                }

                if (alias is null)
                {
                    Skip(depth == 0 ? UnreadPart.Deep : UnreadPart.KeysInList);
                }
                else
                {
                    parser.SkipThisAndNestedEvents();
                }
            }
        }
    }

    /// <summary>Where brackets nest deeper than is read, or null.</summary>
    private static int? TooDeep(string yaml)
    {
        var depth = 0;
        for (var i = 0; i < yaml.Length; i++)
        {
            depth = yaml[i] switch
            {
                '[' or '{' => depth + 1,
                ']' or '}' => Math.Max(0, depth - 1),
                _ => depth,
            };
            if (depth > MaxFlowDepth)
            {
                return i;
            }
        }

        return null;
    }

    /// <summary>What is read of front matter that states more than anybody would.</summary>
    private static List<FrontMatterField> Cut(SourceText source, List<FrontMatterField> fields, List<Diagnostic> diagnostics)
    {
        var left = MaxValues;
        for (var i = 0; i < fields.Count; i++)
        {
            var values = fields[i].Values;
            if (values.Count < left)
            {
                left -= Math.Max(1, values.Count);
                continue;
            }

            var (line, column) = source.Position(values.Count > left ? values[left].Start : fields[i].Start);
            diagnostics.Add(Problems.TooManyValues(source.Path, line, column, MaxValues));
            return [.. fields[..i], fields[i] with { Values = [.. values.Take(left)] }];
        }

        return fields;
    }

    private static List<FrontMatterField> CheckedOnce(SourceText source, List<FrontMatterField> fields, List<Diagnostic> diagnostics)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var told = new HashSet<string>(StringComparer.Ordinal);
        foreach (var field in fields)
        {
            if (!seen.Add(field.Key) && told.Add(field.Key))
            {
                var (line, column) = source.Position(field.Start);
                diagnostics.Add(Problems.DuplicateKey(source.Path, line, column, field.Key));
            }
        }

        return fields;
    }

    /// <summary>The fields without placeholders, of which each is told. The site fills in some itself.</summary>
    private static List<FrontMatterField> Filled(SourceText source, List<FrontMatterField> fields, List<Diagnostic> diagnostics)
    {
        for (var i = 0; i < fields.Count; i++)
        {
            var field = fields[i];
            if (!field.Values.Any(v => Placeholders.AreIn(v.Text)) || field.Key is "permalink" || field.Key.StartsWith("eleventyComputed", StringComparison.Ordinal))
            {
                continue;
            }

            foreach (var value in field.Values.Where(v => Placeholders.AreIn(v.Text)))
            {
                var (line, column) = source.Position(value.Start);
                diagnostics.Add(Problems.UnfilledTemplate(source.Path, line, column, value.Text));
            }

            fields[i] = field with { Values = [.. field.Values.Where(v => !Placeholders.AreIn(v.Text))], IsUnfilled = true };
        }

        return fields;
    }

    private static List<FrontMatterField> ReadLines(SourceText source, int start, int end)
    {
        var fields = new List<FrontMatterField>();
        List<FrontMatterValue>? values = null;
        var parent = "";
        for (var line = start; line < end;)
        {
            var next = source.Text.IndexOf('\n', line, end - line);
            var stop = next < 0 ? end : next;
            var text = source.Text.AsSpan(line, stop - line).TrimEnd();
            var content = text.TrimStart();
            var indent = text.Length - content.Length;
            if (content.StartsWith("- ") && values is not null)
            {
                AddValue(values, line + indent + 2, content[2..]);
            }
            else if (!content.IsEmpty && content[0] != '#')
            {
                var colon = content.IndexOf(':');
                if (colon > 0)
                {
                    var key = content[..colon].Trim().ToString();
                    parent = indent == 0 ? key : parent;
                    values = [];
                    var from = line + indent + colon + 1;
                    var value = content[(colon + 1)..];
                    if (value.Trim() is ['[', .. var inner, ']'] && value.Trim() is not ['[', '[', ..])
                    {
                        var at = from + value.IndexOf('[') + 1;
                        foreach (var range in inner.Split(','))
                        {
                            AddValue(values, at + range.Start.Value, inner[range]);
                        }
                    }
                    else
                    {
                        AddValue(values, from, value);
                    }

                    fields.Add(new FrontMatterField(indent == 0 ? key : $"{parent}.{key}", line + indent, values));
                }
            }

            line = stop + 1;
        }

        return fields;
    }

    private static void AddValue(List<FrontMatterValue> values, int start, ReadOnlySpan<char> text)
    {
        var trimmed = text.TrimStart();
        start += text.Length - trimmed.Length;
        trimmed = trimmed.TrimEnd();
        if (trimmed.Length >= 2 && trimmed[0] == trimmed[^1] && trimmed[0] is '"' or '\'')
        {
            trimmed = trimmed[1..^1];
            start++;
        }

        if (!trimmed.IsEmpty)
        {
            values.Add(new FrontMatterValue(trimmed.ToString(), start, trimmed.Length));
        }
    }
}
