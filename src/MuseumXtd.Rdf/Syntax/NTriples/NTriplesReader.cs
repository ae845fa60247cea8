using System.Runtime.CompilerServices;
using MuseumXtd.Rdf.Buffers;

namespace MuseumXtd.Rdf.Syntax.NTriples;

/// <summary>
/// Reads N-Triples and N-Quads (RDF 1.2 N-Triples, RDF 1.2 N-Quads). A whole line lies in the window before it is read, so the terms of
/// a statement are slices of the input unless they hold escapes.
/// </summary>
internal sealed class NTriplesReader(bool quads) : IRdfReader
{
    public void Read(Stream input, IQuadSink sink, ReaderOptions options, CancellationToken cancellation = default)
    {
        using var window = new Utf8Input(input, options.MaxTokenBytes, quads ? "nquads-" : "ntriples-", options.MaxDocumentBytes);
        using var statement = new Statement(window, new TermLexer(window, options.BlankNodeScope), quads, options.MaxDepth);
        while (true)
        {
            try
            {
                ReadLines(window, statement, sink, cancellation);
                return;
            }
            catch (RdfSyntaxException e) when (options.OnError is not null)
            {
                if (!options.OnError(e))
                {
                    return;
                }

                SkipLine(window);
            }
        }
    }

    // Compiled well at once, like all that a load does for each statement: it is hot from the first second and would be over before it is found to be.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void ReadLines(Utf8Input window, Statement statement, IQuadSink sink, CancellationToken cancellation)
    {
        var count = 0;
        while (NextLine(window))
        {
            statement.Read(sink);
            if ((++count & 0xFFF) == 0)
            {
                cancellation.ThrowIfCancellationRequested();
            }
        }
    }

    /// <summary>Skips the rest of a line that cannot be read, whatever its bytes and its length.</summary>
    private static void SkipLine(Utf8Input input)
    {
        input.IsLenient = true;
        while (input.Peek() >= 0)
        {
            var end = input.Ahead.IndexOfAny((byte)'\n', (byte)'\r');
            input.Position += end < 0 ? input.Ahead.Length : end;
            input.Mark = input.Position;
            if (end >= 0)
            {
                break;
            }
        }

        input.IsLenient = false;
    }

    /// <summary>Brings the next line that is not empty wholly into the window; false at the end.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static bool NextLine(Utf8Input input)
    {
        while (true)
        {
            input.Mark = input.Position;
            var c = input.Peek();
            if (c < 0)
            {
                return false;
            }

            if (Characters.IsWhitespace(c))
            {
                input.Position++;
                continue;
            }

            var searched = 0;
            int end;
            while ((end = input.Ahead[searched..].IndexOfAny((byte)'\n', (byte)'\r')) < 0)
            {
                searched = input.Ahead.Length;
                if (!input.Refill())
                {
                    break;
                }
            }

            if (c != '#')
            {
                return true;
            }

            input.Position += end < 0 ? input.Ahead.Length : searched + end;
        }
    }

    private sealed class Statement(Utf8Input input, TermLexer lexer, bool quads, int maxDepth) : IDisposable
    {
        private readonly ByteBuffer _subject = new();
        private readonly ByteBuffer _predicate = new();
        private readonly ByteBuffer _object = new();
        private readonly ByteBuffer _graph = new();
        private readonly ByteBuffer _part = new();

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public void Read(IQuadSink sink)
        {
            if (input.Peek() == 'V')
            {
                SkipVersion();
                return;
            }

            var subject = ReadNode(_subject, "a subject: an IRI in angle brackets or a blank node");
            SkipSpace();
            if (input.Peek() != '<')
            {
                throw input.Error("expected-predicate", "Expected a predicate: an IRI in angle brackets.");
            }

            var predicate = ReadIri(_predicate);
            SkipSpace();
            var @object = ReadObject(_object, 0);
            SkipSpace();
            ReadOnlySpan<byte> graph = default;
            if (quads && input.Peek() is '<' or '_')
            {
                graph = ReadNode(_graph, "a graph name");
                SkipSpace();
            }

            if (input.Peek() != '.')
            {
                throw input.Error("expected-dot", quads ? "Expected a graph name or '.' at the end of the statement." : "Expected '.' at the end of the statement.");
            }

            input.Position++;
            SkipLineEnd();
            sink.Quad(subject, predicate, @object, graph);
        }

        private void SkipLineEnd()
        {
            SkipSpace();
            var end = input.Peek();
            if (end is not (-1 or '\n' or '\r' or '#'))
            {
                throw input.Error("expected-line-end", "Expected the end of the line.");
            }

            if (end == '#')
            {
                var rest = input.Ahead.IndexOfAny((byte)'\n', (byte)'\r');
                input.Position += rest < 0 ? input.Ahead.Length : rest;
            }
        }

        /// <summary><c>VERSION "1.2"</c> changes nothing here: lines of all versions are read alike.</summary>
        private void SkipVersion()
        {
            input.Peek(7);
            if (!input.Ahead.StartsWith("VERSION"u8))
            {
                throw input.Error("expected-term", "Expected a statement or VERSION.");
            }

            input.Position += 7;
            SkipSpace();
            if (input.Peek() is not ('"' or '\''))
            {
                throw input.Error("expected-version", "Expected the version as a string, such as \"1.2\".");
            }

            lexer.ReadString(_object, longForms: false, out _);
            SkipLineEnd();
        }

        public void Dispose()
        {
            _subject.Dispose();
            _predicate.Dispose();
            _object.Dispose();
            _graph.Dispose();
            _part.Dispose();
        }

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        private ReadOnlySpan<byte> ReadNode(ByteBuffer scratch, string expected) => input.Peek() switch
        {
            '<' => ReadIri(scratch),
            '_' => lexer.ReadBlankNode(scratch),
            _ => throw input.Error("expected-term", $"Expected {expected}."),
        };

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        private ReadOnlySpan<byte> ReadObject(ByteBuffer scratch, int depth)
        {
            switch (input.Peek())
            {
                case '"':
                    return ReadLiteral(scratch);
                case '<' when input.Peek(1) == '<':
                    return ReadTripleTerm(scratch, depth + 1);
                default:
                    return ReadNode(scratch, "an object: an IRI in angle brackets, a blank node, a literal in double quotes or a triple term");
            }
        }

        /// <summary><c>'&lt;&lt;(' subject predicate object ')&gt;&gt;'</c>. These are rare: each has buffers of its own.</summary>
        private ReadOnlySpan<byte> ReadTripleTerm(ByteBuffer scratch, int depth)
        {
            if (depth > maxDepth)
            {
                throw input.Error("too-deep", $"Nested more than {maxDepth} levels deep.");
            }

            if (input.Peek(2) != '(')
            {
                throw input.Error("expected-term", "Expected '(' after '<<': a triple term.");
            }

            input.Position += 3;
            SkipSpace();
            using var parts = new ByteBuffer();
            var subject = ReadNode(parts, "a subject: an IRI in angle brackets or a blank node").ToArray();
            SkipSpace();
            if (input.Peek() != '<')
            {
                throw input.Error("expected-predicate", "Expected a predicate: an IRI in angle brackets.");
            }

            var predicate = ReadIri(parts).ToArray();
            SkipSpace();
            var @object = ReadObject(parts, depth);
            scratch.Clear();
            EncodedTerm.WriteTriple(subject, predicate, @object, scratch);
            SkipSpace();
            input.Peek(2);
            if (!input.Ahead.StartsWith(")>>"u8))
            {
                throw input.Error("expected-closing", "Expected ')>>' at the end of the triple term.");
            }

            input.Position += 3;
            return scratch.Written;
        }

        private ReadOnlySpan<byte> ReadIri(ByteBuffer scratch)
        {
            var start = input.Position;
            var iri = lexer.ReadIriRef(scratch);
            return Characters.HasScheme(iri[1..])
                ? iri
                : throw input.Error("relative-iri", "IRIs are absolute here: expected a scheme such as https: at the start.", start);
        }

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        private ReadOnlySpan<byte> ReadLiteral(ByteBuffer scratch)
        {
            var start = input.Position;
            var text = lexer.ReadString(scratch, longForms: false, out var escaped);
            if (escaped)
            {
                _part.Clear();
                _part.Append(text);
                text = _part.Written;
            }

            var end = input.Position;
            SkipSpace();
            switch (input.Peek())
            {
                case '@':
                    var contiguous = !escaped && input.Position == end;
                    var tag = lexer.ReadLanguageTag();
                    return contiguous ? input.Slice(start, input.Position) : Compose(text, tag, default, scratch);
                case '^':
                    if (input.Peek(1) != '^')
                    {
                        throw input.Error("expected-datatype", "Expected '^^' before the datatype.");
                    }

                    input.Position += 2;
                    SkipSpace();
                    if (input.Peek() != '<')
                    {
                        throw input.Error("expected-datatype", "Expected the IRI of the datatype in angle brackets.");
                    }

                    var typeAt = input.Position;
                    var type = ReadIri(_graph);
                    if (TermLexer.IsOfLanguageStrings(type))
                    {
                        throw input.Error("bad-datatype", TermLexer.LanguageExpected, typeAt);
                    }

                    if (type.SequenceEqual("<http://www.w3.org/2001/XMLSchema#string"u8))
                    {
                        return escaped ? Compose(text, default, default, scratch) : input.Slice(start, end);
                    }

                    return !escaped && typeAt == end + 2 && input.Slice(typeAt, input.Position - 1).Length == type.Length
                        ? input.Slice(start, input.Position - 1)
                        : Compose(text, "^^"u8, type, scratch);
                default:
                    return escaped ? Compose(text, default, default, scratch) : input.Slice(start, end);
            }
        }

        private static ReadOnlySpan<byte> Compose(
            ReadOnlySpan<byte> text, ReadOnlySpan<byte> suffix, ReadOnlySpan<byte> type, ByteBuffer scratch)
        {
            scratch.Clear();
            scratch.Append((byte)'"');
            scratch.Append(text);
            scratch.Append((byte)'"');
            scratch.Append(suffix);
            scratch.Append(type);
            return scratch.Written;
        }

        private void SkipSpace()
        {
            while (input.Peek() is ' ' or '\t')
            {
                input.Position++;
            }
        }
    }
}
