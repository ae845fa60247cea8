using CsCheck;
using MuseumXtd.Rdf;
using MuseumXtd.Rdf.Buffers;
using MuseumXtd.Store.Text;

namespace MuseumXtd.Store.Tests;

public sealed class TextIndexTests
{
    private static readonly string[] Vocabulary =
        ["Musée", "musées", "numérique", "l’École", "Québec", "QUÉBEC", "œuvre", "oeuvre", "de", "la", "cœur", "Straße", "3D", "a", "ab", "abc", "日本", "e\u0301cole", "x-y"];

    private static readonly Gen<string> Word = Gen.Int[0, Vocabulary.Length - 1].Select(i => Vocabulary[i]);

    private static readonly Gen<string> Text = Word.Array[0, 8].Select(w => string.Join(' ', w));

    private static readonly Gen<TextQuery?> Question = Gen.Recursive<TextQuery?>((depth, inner) =>
    {
        var leaf = Gen.Select(Word.Array[1, 3], Gen.Bool, (w, p) => TextQuery.Phrase(string.Join(' ', w), p));
        return depth > 2 ? leaf : Gen.OneOf(
            leaf,
            inner.Array[1, 3].Select(p => (TextQuery?)new AllOf([.. p.OfType<TextQuery>()])),
            inner.Array[1, 3].Select(p => (TextQuery?)new AnyOf([.. p.OfType<TextQuery>()])),
            inner.Select(p => (TextQuery?)new NoneOf(p!)));
    });

    [Theory]
    [InlineData("L’École des beaux-arts", "l ecole des beaux arts")]
    [InlineData("L'ÉCOLE  (des) beaux_arts!", "l ecole des beaux arts")]
    [InlineData("e\u0301cole", "ecole")]
    [InlineData("Œuvre, œil, Cæsar, Straße, Łódź, Ångström", "oeuvre oeil caesar strasse lodz angstrom")]
    [InlineData("m² ﬁn ＡＢＣ Ⅳ", "m2 fin abc iv")]
    [InlineData("日本語 text", "日 本 語 text")]
    [InlineData("ΣΊΣΥΦΟΣ Сбор İstanbul", "σισυφοσ сбор istanbul")]
    [InlineData("soft\u00ADhyphen", "softhyphen")]
    [InlineData("\u0301\u0302 — ’’", "")]
    public void Words_have_no_case_no_accents_and_no_punctuation(string text, string words) =>
        Assert.Equal(words, string.Join(' ', TextQuery.FoldedWords(text)));

    [Fact]
    public void Characters_that_differ_in_case_only_are_the_same_letter()
    {
        for (var c = 0; c < char.MaxValue; c++)
        {
            if (!char.IsSurrogate((char)c) && char.IsLetterOrDigit((char)c))
            {
                var text = ((char)c).ToString();
                Assert.Equal(TextQuery.FoldedWords(text).AsEnumerable(), TextQuery.FoldedWords(text.ToUpperInvariant()));
                Assert.Equal(TextQuery.FoldedWords(text).AsEnumerable(), TextQuery.FoldedWords(text.ToLowerInvariant()));
            }
        }
    }

    [Theory]
    [InlineData("musees", "Musées|musée des musées")]
    [InlineData("MUSÉE", "un musée|musée des musées")]
    [InlineData("musee musees", "musée des musées")]
    [InlineData("mus*", "Musées|un musée|musée des musées")]
    [InlineData("\"musee des\"", "musée des musées")]
    [InlineData("\"des musee\"", "")]
    [InlineData("\"musee des mus\"*", "musée des musées")]
    [InlineData("un OR l’œuvre", "un musée|l'oeuvre")]
    [InlineData("mus* -un", "Musées|musée des musées")]
    [InlineData("mus* NOT (un OR des)", "Musées")]
    [InlineData("(un | des) musee", "un musée|musée des musées")]
    [InlineData("NOT mus*", "l'oeuvre")]
    [InlineData("absent", "")]
    [InlineData("musees AND absent", "")]
    public void Questions_are_understood(string question, string found)
    {
        var dictionary = Of("Musées", "un musée", "musée des musées", "l'oeuvre");
        Assert.Equal(found.Split('|', StringSplitOptions.RemoveEmptyEntries).Order(StringComparer.Ordinal), Find(dictionary, TextQuery.Parse(question)).Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("")]
    [InlineData("*")]
    [InlineData("\"")]
    [InlineData("\"\"\"")]
    [InlineData("AND OR NOT")]
    [InlineData("- - | ( ) ) ( !")]
    [InlineData("NOT")]
    [InlineData("()()((((")]
    [InlineData("\0\u0001\u001f\ud800")]
    public void A_question_without_words_is_none(string question) => Assert.Null(TextQuery.Parse(question));

    [Fact]
    public void Hostile_questions_are_answered()
    {
        var dictionary = Of("Musées", "un musée", string.Join(' ', Enumerable.Repeat("musée", 10_000)));
        string[] questions =
        [
            string.Join(' ', Enumerable.Repeat("musee", 10_000)),
            string.Join(' ', Enumerable.Range(0, 10_000)),
            string.Join(" OR ", Enumerable.Range(0, 10_000)) + " OR musees",
            '"' + string.Join(' ', Enumerable.Repeat("musee", 10_001)) + '"',
            new string('(', 100_000) + "musee",
            string.Concat(Enumerable.Repeat("NOT ", 10_001)) + "musee",
            new string('-', 100_000) + "musee",
            string.Concat(Enumerable.Repeat("(a OR ", 10_000)) + "musee",
            new string('a', 1_000_000) + "*",
        ];
        foreach (var question in questions)
        {
            var query = TextQuery.Parse(question);
            Assert.NotNull(query);
            Find(dictionary, query);
        }

        Assert.Equal(["Musées"], Find(dictionary, TextQuery.Parse(questions[2])));
        Assert.Single(Find(dictionary, TextQuery.Parse(questions[0])), t => t.Length > 20);
    }

    [Fact]
    public void Rare_words_short_texts_and_whole_texts_come_first()
    {
        var dictionary = Of("Québec", "Québec numérique", "Québec numérique et tout ce qui va avec dans la province", "numérique", "numérique encore", "numérique toujours");
        var ranked = Ranked(dictionary, TextQuery.Parse("quebec")!);
        Assert.Equal(["Québec", "Québec numérique", "Québec numérique et tout ce qui va avec dans la province"], ranked);
        Assert.Equal("Québec numérique", Ranked(dictionary, TextQuery.Parse("quebec numerique")!)[0]);
        Assert.Equal("numérique toujours", Ranked(dictionary, TextQuery.Parse("quebec OR toujours OR rien")!)[0]);
    }

    [Fact]
    public void It_finds_what_a_naive_scan_finds_while_the_dictionary_grows() =>
        Gen.Select(Text.Array[0, 40].Array[1, 6], Question.Array[1, 6]).Sample(
            (batches, questions) =>
            {
                var dictionary = new TermDictionary();
                var all = new HashSet<string>(StringComparer.Ordinal);
                foreach (var batch in batches)
                {
                    foreach (var text in batch)
                    {
                        dictionary.GetOrAdd(new Literal(text, "fr").Encode());
                        dictionary.GetOrAdd(new Iri("http://x/" + Uri.EscapeDataString(text)).Encode());
                        all.Add(text);
                    }

                    foreach (var question in questions.OfType<TextQuery>())
                    {
                        Assert.Equal(all.Where(t => IsMatch(question, t)).Order(StringComparer.Ordinal), Find(dictionary, question).Order(StringComparer.Ordinal));
                    }
                }

                Assert.Equal(all.Count, dictionary.Text.TextCount);
            },
            iter: 100);

    [Fact]
    public void Large_additions_are_merged_in_the_background_and_never_lost()
    {
        var dictionary = new TermDictionary();
        for (var round = 0; round < 8; round++)
        {
            for (var i = 0; i < 10_000; i++)
            {
                dictionary.GetOrAdd(new Literal($"word{i} round{round} and some more to weigh").Encode());
            }

            Assert.Equal((round + 1) * 10_000, Find(dictionary, TextQuery.Parse("weigh")).Count);
            Assert.Equal(round + 1, Find(dictionary, TextQuery.Parse("word77")).Count);
        }
    }

    [Fact]
    public void Readers_search_while_a_writer_adds()
    {
        var dictionary = new TermDictionary();
        var writer = Task.Run(() =>
        {
            for (var i = 0; i < 50_000; i++)
            {
                dictionary.GetOrAdd(new Literal($"text {i} odd{i % 2}").Encode());
            }
        });
        Parallel.For(0, 4, _ =>
        {
            var seen = 0;
            while (!writer.IsCompleted)
            {
                var count = Find(dictionary, TextQuery.Parse("odd1")).Count;
                Assert.True(count >= seen);
                seen = count;
            }
        });
        Assert.Equal(25_000, Find(dictionary, TextQuery.Parse("odd1")).Count);
    }

    [Fact]
    public void A_merge_that_found_no_memory_is_tried_again()
    {
        const int Large = 1 << 16;
        var dictionary = new TermDictionary();
        var (failures, merges) = (0, 0);
        dictionary.Text.Patience = TimeSpan.Zero;
        dictionary.Text.Merge = (first, second) =>
        {
            if (first.Weight + second.Weight <= Large)
            {
                return TextSegmentBuilder.Merge(first, second);
            }

            if (Interlocked.Increment(ref failures) <= 2)
            {
#pragma warning disable CA2201 // As the runtime does.
                throw new OutOfMemoryException();
#pragma warning restore CA2201
            }

            var merged = TextSegmentBuilder.Merge(first, second);
            Interlocked.Increment(ref merges);
            return merged;
        };
        var count = 0;
        for (var segment = 0; segment < 2; segment++)
        {
            Add(10_000);
            Assert.Equal(count, Find(dictionary, TextQuery.Parse("weigh")).Count);
        }

        // From now on little is added, which would not be merged with what is large by itself.
        Assert.True(SpinWait.SpinUntil(
            () =>
            {
                Add(1);
                Assert.Equal(count, Find(dictionary, TextQuery.Parse("weigh")).Count);
                Thread.Sleep(1);
                return Volatile.Read(ref merges) > 0;
            },
            TimeSpan.FromSeconds(60)));

        void Add(int texts)
        {
            for (var i = 0; i < texts; i++)
            {
                dictionary.GetOrAdd(new Literal($"text{count++} and some more to weigh").Encode());
            }
        }
    }

    [Fact]
    public async Task Readers_of_all_kinds_find_what_was_there_while_much_is_added_and_merged()
    {
        const int Texts = 25_000;
        var dictionary = new TermDictionary();
        var written = 0;
        var writer = Task.Run(() =>
        {
            var random = new Random(1);
            for (var i = 0; i < Texts; i++)
            {
                dictionary.GetOrAdd(Text(i).Encode());
                Volatile.Write(ref written, i + 1);
                if (random.Next(1000) == 0)
                {
                    // Let readers take in a little, so that segments of all sizes come together.
                    Thread.Sleep(1);
                }
            }
        });
        var readers = Enumerable.Range(0, 3).Select(seed => Task.Run(() =>
        {
            var random = new Random(seed);
            while (!writer.IsCompleted)
            {
                var before = Volatile.Read(ref written);
                if (before == 0)
                {
                    continue;
                }

                var one = random.Next(before);
                switch (random.Next(5))
                {
                    case 0:
                        Assert.Equal([Text(one).LexicalForm], Find(dictionary, TextQuery.Parse($"\"number{one} of\"")));
                        break;
                    case 1:
                        var family = Find(dictionary, TextQuery.Parse($"family{one % 10} NOT odd"));
                        Assert.All(family, t => Assert.Contains($"family{one % 10} even", t, StringComparison.Ordinal));
                        Assert.True(family.Count >= Enumerable.Range(0, before).Count(i => i % 10 == one % 10 && i % 2 == 0));
                        break;
                    case 2:
                        var candidates = dictionary.Text.Candidates($"MBER{one} O");
                        Assert.True(dictionary.TryGetId(Text(one).Encode(), out var id));
                        Assert.True(candidates is null || candidates.MayContain(id));
                        break;
                    case 3:
                        Assert.Equal($"family{one % 10} number{one}", dictionary.Text.Suggest($"famliy{one % 10} number{one}"));
                        break;
                    default:
                        dictionary.Text.CatchUp();
                        Assert.True(dictionary.Text.TextCount >= before);
                        break;
                }
            }
        })).ToArray();
        await Task.WhenAll([writer, .. readers]);

        Assert.Equal(Texts, Find(dictionary, TextQuery.Parse("of")).Count);
        Assert.Equal(Texts, dictionary.Text.TextCount);

        static Literal Text(int i) => new($"number{i} of family{i % 10} {(i % 2 == 0 ? "even" : "odd")}");
    }

    [Fact]
    public void What_is_suggested_does_not_depend_on_how_texts_came()
    {
        // As many of each together, but not in each part.
        string[] texts = [.. Enumerable.Range(0, 40).Select(i => $"musee {i}"), .. Enumerable.Range(0, 41).Select(i => $"mused {i}"), .. Enumerable.Range(40, 2).Select(i => $"musee {i}")];
        var atOnce = Of(texts);
        var inParts = new TermDictionary();
        foreach (var text in texts)
        {
            inParts.GetOrAdd(new Literal(text, "fr").Encode());
            inParts.Text.CatchUp();
        }

        Assert.Equal("musee", atOnce.Text.Suggest("musex"));
        Assert.Equal("musee", inParts.Text.Suggest("musex"));
    }

    [Fact]
    public void Every_text_that_contains_a_part_in_any_case_is_a_candidate() =>
        Gen.Select(Gen.String[Gen.OneOf(Gen.Char["aAbé’ -ßœŒ日K\u0301ıİſ"], Gen.Char['\0', '\uD7FF']), 0, 12].Array[1, 30], Gen.Int[0, 1000], Gen.Int[1, 6]).Sample(
            (texts, at, length) =>
            {
                var dictionary = Of(texts);
                var source = texts[at % texts.Length];
                var start = at % (source.Length + 1);
                var part = source.Substring(start, Math.Min(length, source.Length - start));
                var candidates = part.Length == 0 ? null : dictionary.Text.Candidates(part);
                foreach (var text in texts)
                {
                    if (candidates is not null && dictionary.TryGetId(new Literal(text, "fr").Encode(), out var id)
                        && (text.Contains(part, StringComparison.Ordinal) || text.Contains(part, StringComparison.OrdinalIgnoreCase)
                            || text.ToLowerInvariant().Contains(part, StringComparison.Ordinal) || text.ToUpperInvariant().Contains(part, StringComparison.Ordinal)))
                    {
                        Assert.True(candidates.MayContain(id), $"'{part}' in '{text}'");
                    }
                }
            },
            iter: 3000);

    [Fact]
    public void Candidates_are_few_where_the_part_is_rare()
    {
        var dictionary = Of([.. Enumerable.Range(0, 1000).Select(i => $"texte {i}"), "le rarissime oiseau"]);
        var candidates = dictionary.Text.Candidates("RISSI");
        Assert.Equal(1, Enumerable.Range(0, dictionary.Count).Count(i => candidates!.MayContain(TermId.Of(TermTag.LangString, (uint)i))));
        Assert.Null(dictionary.Text.Candidates("text"));
        Assert.Null(dictionary.Text.Candidates("--"));
    }

    [Fact]
    public void A_search_can_be_cancelled() =>
        Assert.Throws<OperationCanceledException>(() => Of("a").Text.Find(TextQuery.Parse("a")!, new CancellationToken(canceled: true)));

    private static TermDictionary Of(params string[] texts)
    {
        var dictionary = new TermDictionary();
        foreach (var text in texts)
        {
            dictionary.GetOrAdd(new Literal(text, "fr").Encode());
        }

        return dictionary;
    }

    private static List<string> Find(TermDictionary dictionary, TextQuery? query)
    {
        using var matches = dictionary.Text.Find(query!);
        using var scratch = new ByteBuffer();
        var found = new List<string>();
        foreach (var text in matches.Texts)
        {
            found.Add(((Literal)Term.Decode(dictionary.Encoded(new TermId(text), scratch))).LexicalForm);
        }

        return found;
    }

    private static List<string> Ranked(TermDictionary dictionary, TextQuery query)
    {
        using var matches = dictionary.Text.Find(query);
        using var scratch = new ByteBuffer();
        var found = new List<(string Text, float Score)>();
        for (var i = 0; i < matches.Count; i++)
        {
            found.Add((((Literal)Term.Decode(dictionary.Encoded(new TermId(matches.Texts[i]), scratch))).LexicalForm, matches.Scores[i]));
        }

        return [.. found.OrderByDescending(f => f.Score).Select(f => f.Text)];
    }

    private static bool IsMatch(TextQuery query, string text) => query switch
    {
        WordsInOrder words => HasWords(words, [.. TextQuery.FoldedWords(text)]),
        AllOf all => all.Parts.All(p => IsMatch(p, text)),
        AnyOf any => any.Parts.Any(p => IsMatch(p, text)),
        NoneOf none => !IsMatch(none.Part, text),
        _ => throw new InvalidOperationException(),
    };

    private static bool HasWords(WordsInOrder wanted, string[] words)
    {
        for (var i = 0; i + wanted.Words.Length <= words.Length; i++)
        {
            if (wanted.Words.Select((w, j) => (w, j)).All(p =>
                wanted.IsPrefix && p.j == wanted.Words.Length - 1 ? words[i + p.j].StartsWith(p.w, StringComparison.Ordinal) : words[i + p.j] == p.w))
            {
                return true;
            }
        }

        return false;
    }
}
