using System.Collections.Immutable;

namespace MuseumXtd.Store.Text;

/// <summary>A question to a <see cref="TextIndex"/>: which words a text must have. Trees are immutable.</summary>
public abstract record TextQuery
{
    /// <summary>
    /// Reads what a person types: words, all of which are wanted; <c>"words in this order"</c>; <c>begin*</c> for words that begin so; <c>OR</c> or
    /// <c>|</c>, <c>AND</c>, <c>NOT</c> or <c>-</c> before what is not wanted; parentheses. Whatever cannot be understood is left out: there are no
    /// errors. Null when no word is in it.
    /// </summary>
    public static TextQuery? Parse(string text) => new TextQueryParser(text).Read();

    /// <summary>One word or several that follow each other, from any text: it is folded and taken apart; null when there is no word in it.</summary>
    /// <param name="text">The words.</param>
    /// <param name="isPrefix">Whether the last word may go on.</param>
    public static TextQuery? Phrase(string text, bool isPrefix = false)
    {
        var words = FoldedWords(text);
        return words.IsEmpty ? null : new WordsInOrder(words, isPrefix);
    }

    /// <summary>The folded words of a text, as the index has them.</summary>
    public static ImmutableArray<string> FoldedWords(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var words = ImmutableArray.CreateBuilder<string>();
        var reader = new WordReader(System.Text.Encoding.UTF8.GetBytes(text));
        while (reader.Read())
        {
            words.Add(System.Text.Encoding.UTF8.GetString(reader.Word));
        }

        reader.Dispose();
        return words.ToImmutable();
    }

    /// <summary>The words that are wanted, not those that are excluded.</summary>
    public IEnumerable<WordsInOrder> Wanted() => this switch
    {
        WordsInOrder words => [words],
        AllOf all => all.Parts.SelectMany(p => p.Wanted()),
        AnyOf any => any.Parts.SelectMany(p => p.Wanted()),
        _ => [],
    };

    /// <summary>The same question with every word that is wanted taken for the beginning of one.</summary>
    public TextQuery WithPrefixes() => this switch
    {
        WordsInOrder words => words with { IsPrefix = true },
        AllOf all => new AllOf([.. all.Parts.Select(p => p.WithPrefixes())]),
        AnyOf any => new AnyOf([.. any.Parts.Select(p => p.WithPrefixes())]),
        _ => this,
    };
}

/// <summary>One folded word, or several that follow each other.</summary>
/// <param name="Words">The words; at least one.</param>
/// <param name="IsPrefix">Whether the last word may go on.</param>
public sealed record WordsInOrder(ImmutableArray<string> Words, bool IsPrefix) : TextQuery;

/// <summary>Texts that satisfy all parts.</summary>
public sealed record AllOf(ImmutableArray<TextQuery> Parts) : TextQuery;

/// <summary>Texts that satisfy some part.</summary>
public sealed record AnyOf(ImmutableArray<TextQuery> Parts) : TextQuery;

/// <summary>Texts that do not satisfy the part; they have score 1.</summary>
public sealed record NoneOf(TextQuery Part) : TextQuery;
