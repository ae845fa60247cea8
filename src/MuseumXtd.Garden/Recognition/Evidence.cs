using MuseumXtd.Garden.Lexicon;
using MuseumXtd.Garden.Notes;

namespace MuseumXtd.Garden.Recognition;

/// <summary>
/// Whether what a note says of a marked name is enough to take it for an initiative. Notes mark whatever they speak of, so the text also has to say who makes or pays
/// it, when or where; tools are such only where the words are of museums and heritage.
/// </summary>
internal sealed class Evidence(Phrases phrases, PlainText? title)
{
    // Works that others write about, and things that anybody makes: these need somebody who has made them, and words of the field.
    private static readonly string[] Works = ["guide", "report", "survey", "standard", "newsletter", "collection", "event"];
    private static readonly string[] Tools = ["app", "platform", "service", "toolkit", "training"];

    // What is held or sent, and what needs an address to be more than a title.
    private static readonly string[] OnlyLinked = ["event", "newsletter", "service", "collection", "policy", "standard"];

    private readonly bool _isOfField = title is not null && phrases["field"].IsMatch(title);
    private readonly string _title = title?.Folded ?? "";

    public static bool IsWork(string kind) => Works.Contains(kind, StringComparer.Ordinal);

    /// <summary>Whether the words for a kind may be those of an initiative at a marked name: exhibitions that can be seen from afar, and nothing in a person's title.</summary>
    public bool MayBeKind(PlainText text, NameSpan name, int sentence, KindNoun kind) =>
        !(name.Link?.Url is null && OnlyLinked.Contains(kind.Slug, StringComparer.Ordinal))
        && !(name.Link is null && kind.Slug == "exhibition" && !phrases["online"].Match(text, kind.Start, Math.Min(text.Text.Length, kind.End + 24) - kind.Start).Success)
        && !(IsTool(kind.Slug) && phrases["used"].Match(text, sentence, Math.Min(name.Start, kind.Start) - sentence).Success);

    public bool IsEnough(Draft draft, PlainText text, NameSpan name, int sentence, int end, KindsOfName kinds) =>
        IsCalledSo(text, sentence, name.Start) || (kinds.Called is { } thing && IsNamed(draft, name, thing.Slug)) || (kinds.Kind is { } kind && (IsTitled(name) || IsFounded(text, name, kind.Slug)))
        || IsStated(draft, text, name.Link?.Url is null ? sentence : 0, name.Link?.Url is null ? end : text.Text.Length, name.Link?.Url is not null);

    /// <summary>Whether it is enough that a thing is called so: works and tools need somebody who makes them.</summary>
    private static bool IsNamed(Draft draft, NameSpan name, string kind) => name.Link is not null
        && (draft.Has(FactKind.Agent) || !(IsWork(kind) || IsTool(kind)));

    /// <summary>"It goes on under the name of [X]".</summary>
    private bool IsCalledSo(PlainText text, int sentence, int name) =>
        phrases["under-the-name"].Match(text, sentence, name - sentence) is { Success: true } called && text.Folded.AsSpan(called.Index + called.Length, name - called.Index - called.Length).Trim("\" ").IsEmpty;

    /// <summary>Whether the title of the note names the thing as well: the note tells of it, and not of a tool.</summary>
    private bool IsTitled(NameSpan name) => name.Length > 5 && _title.Contains(TextFolding.Fold(name.Name), StringComparison.Ordinal);

    /// <summary>"She has founded [X](...), a network": whoever it is that has founded it.</summary>
    private bool IsFounded(PlainText text, NameSpan name, string kind) => name.Link is not null && !IsWork(kind)
        && phrases["has-founded"].Match(text, Math.Max(0, name.Start - 40), Math.Min(40, name.Start)) is { Success: true } verb && Launches.Between().IsMatch(text.Folded.AsSpan(verb.End, name.Start - verb.End));

    /// <summary>Whether the text says of a thing who makes or pays it, when, where or for whom it is, as far as things of its kind need it.</summary>
    private bool IsStated(Draft draft, PlainText text, int start, int end, bool isLinked)
    {
        var kinds = draft.Facts.Where(f => f.Kind == FactKind.Kind).Select(f => f.Value).ToList();
        var isMade = draft.Facts.Exists(f => f.Kind is FactKind.Agent or FactKind.Funder or FactKind.Scheme);
        if (kinds.Exists(k => !IsWork(k) && !IsTool(k)))
        {
            return isMade || draft.Has(FactKind.Period) || (isLinked && draft.Facts.Exists(f => f.Kind is FactKind.Place or FactKind.CoversArea or FactKind.BasedIn or FactKind.Audience));
        }

        return isMade && (kinds.Count == 0 || kinds.Exists(IsWork) || (isLinked && _isOfField) || draft.Facts.Exists(f => f.Kind is FactKind.Agent or FactKind.Funder && IsPublic(f.Other!.Name))
            || phrases["field"].Match(text, start, end - start).Success || draft.Has(FactKind.Audience));
    }

    /// <summary>A university, a foundation or a canton makes nothing to sell it.</summary>
    private bool IsPublic(string name)
    {
        var words = TextFolding.Words(name).Split(' ');
        return (phrases.Has("institution", words[0]) || phrases.Has("body-noun", words[^1]) || phrases.Has("institution", words[^1])) && !phrases.Has("company", words[0]) && !phrases.Has("company", words[^1]);
    }

    private static bool IsTool(string kind) => Tools.Contains(kind, StringComparer.Ordinal);
}
