using System.Text.RegularExpressions;
using MuseumXtd.Garden.Lexicon;
using MuseumXtd.Garden.Notes;

namespace MuseumXtd.Garden.Recognition;

/// <summary>
/// Makers that prose names as the subject of a verb ("The agency X offers ...") or as the owner ("This report of X"). Persons speak and write in
/// the same sentences; they are no organisations and are left out.
/// </summary>
internal sealed partial class MakerFinder(NoteFindings findings)
{
    private static readonly string[] OwnedKindHeadings = ["kind.definite", "kind.demonstrative", "kind.opening"];

    private readonly Phrases _phrases = findings.Lexicon.Phrases;
    private readonly List<Maker> _found = [];
    private readonly List<(int At, int End)> _heads = [];

    /// <param name="draft">The entity.</param>
    /// <param name="text">The text.</param>
    /// <param name="start">Where to begin.</param>
    /// <param name="end">Where to end.</param>
    /// <param name="told">The clauses behind the verbs are added to it.</param>
    public void Find(Draft draft, PlainText text, int start, int end, List<Told> told)
    {
        _found.Clear();
        Gather(text, start, end, _phrases["gives"], "contributor");
        foreach (var phrases in _phrases.Under("subject."))
        {
            Gather(text, start, end, phrases, phrases.Heading["subject.".Length..]);
        }

        AddOwners(draft, text, start, end);
        SortFound();
        foreach (var (role, _, verbEnd, name) in _found)
        {
            if (Names.IsOrganisation(name, _phrases, findings.Lexicon) && !IsSelf(draft, name, _found.Exists(f => f.VerbEnd < 0 && f.Name.Start == name.Start)))
            {
                var agent = Names.DraftOf(findings, text, name, EntityType.Organisation);
                draft.HasMaker |= agent != draft;
                if (agent != draft && !draft.Facts.Exists(f => f.Kind == FactKind.Agent && IsSame(f.Other!, agent)))
                {
                    new NameReader(findings).ReadPlace(draft, name.Described ?? name.Name, text.Origin(name.Start, name.Length));
                    draft.Add(FactKind.Agent, role, text.Origin(name.Start, name.Length), agent);
                }

                if (agent != draft && verbEnd >= 0)
                {
                    told.Add(new Told(verbEnd, ClauseEnd(text, verbEnd, end), true));
                }
            }
        }
    }

    private void Gather(PlainText text, int start, int end, PhraseSet phrases, string role)
    {
        foreach (var match in Prose.Verbs(phrases, text, start, end))
        {
            foreach (var name in Subject(text, Prose.SentenceStart(text, match.Index, start), match.Index))
            {
                _found.Add(new Maker(role, match.Index, match.Index + match.Length, name));
            }
        }
    }

    /// <summary>By where they are told, those told at one place as they were found: a handful at most, mostly in order.</summary>
    private void SortFound()
    {
        for (var i = 1; i < _found.Count; i++)
        {
            var maker = _found[i];
            var place = i;
            for (; place > 0 && _found[place - 1].At > maker.At; place--)
            {
                _found[place] = _found[place - 1];
            }

            _found[place] = maker;
        }
    }

    private static int ClauseEnd(PlainText text, int at, int end)
    {
        var sentence = Prose.SentenceEnd(text, at, end);
        return text.Folded.AsSpan(at, sentence - at).IndexOfAny(",(:") is var length and >= 0 ? at + length : sentence;
    }

    /// <summary>"X participated in the project Y", "in 2019 X set out ...: it participated in Y": who took part in this initiative.</summary>
    public void FindParticipant(Draft draft, PlainText text, int start, int end)
    {
        foreach (var match in Prose.Matches(_phrases["participant"], text, start, end))
        {
            if (!NamesSoon(draft, text, match.Index + match.Length, end))
            {
                continue;
            }

            var sentence = Prose.SentenceStart(text, match.Index, start);
            var names = Subject(text, sentence, match.Index);
            if (names.Count == 0 && Pronoun(text, sentence, match.Index))
            {
                // The pronoun stands for the subject with which the sentence began.
                for (var at = sentence; at < match.Index && names.Count == 0; at++)
                {
                    if ((at == sentence || text.Text[at - 1] == ' ') && NameList.ReadFirst(text, at, match.Index, _phrases) is { } first
                        && Names.IsOrganisation(first, _phrases, findings.Lexicon))
                    {
                        names = [first];
                    }
                }
            }

            foreach (var name in names.Where(n => Names.IsOrganisation(n, _phrases, findings.Lexicon)))
            {
                draft.Add(
                    FactKind.Agent, "contributor", text.Origin(name.Start, match.Index + match.Length - name.Start),
                    Names.DraftOf(findings, text, name, EntityType.Organisation));
            }
        }
    }

    private static bool NamesSoon(Draft draft, PlainText text, int at, int end)
    {
        var name = TextFolding.Fold(draft.Name);
        var found = text.Folded.IndexOf(name, at, Math.Min(end - at, name.Length + 30), StringComparison.Ordinal);
        return found >= 0;
    }

    private bool Pronoun(PlainText text, int start, int verb)
    {
        var word = text.Folded[start..verb].TrimEnd();
        return _phrases.Has("pronoun", word[(word.LastIndexOf(' ') + 1)..]);
    }

    /// <summary>The names right before a verb, past a bracket or an apposition: "X (AB), the agency for Y, offers".</summary>
    public List<NameSpan> Subject(PlainText text, int start, int verb)
    {
        verb = BeforeSmallWord(text, start, verb);
        var starts = new List<int> { start };
        for (var at = start; at + 1 < verb; at++)
        {
            if (text.Text[at] is ',' or ':' && char.IsWhiteSpace(text.Text[at + 1]))
            {
                starts.Add(at + 2);
            }
        }

        foreach (var relative in Prose.Matches(_phrases["relative-object"], text, start, verb))
        {
            starts.Add(relative.Index + relative.Length);
        }

        starts.Sort();
        starts.Reverse();
        foreach (var from in starts)
        {
            if (Marked(text, from, verb) is { } marked)
            {
                return [marked];
            }

            var names = NameList.Read(text, from, verb, _phrases);
            if (names.Count > 0 && Gap().IsMatch(text.Folded[names[^1].End..verb]))
            {
                return names;
            }

            if ((Names.Whole(text, from, verb) ?? LongInstitution(text, from, verb)) is { } whole)
            {
                return [whole];
            }
        }

        return [];
    }

    /// <summary>"The museum X y pilote": a small word between the subject and its verb belongs to the verb.</summary>
    private int BeforeSmallWord(PlainText text, int start, int verb)
    {
        var end = verb;
        while (end > start && text.Text[end - 1] == ' ')
        {
            end--;
        }

        var word = end;
        while (word > start && char.IsLower(text.Text[word - 1]))
        {
            word--;
        }

        return word < end && word > start && text.Text[word - 1] == ' ' && _phrases["small-word"].Has(text.Folded.AsSpan(word, end - word)) ? word : verb;
    }

    /// <summary>"Le Conseil breton des arts vivants": up to the verb, what begins with the capital of an institution is its name.</summary>
    private NameSpan? LongInstitution(PlainText text, int start, int verb)
    {
        var name = LongName().Match(text.Text, start, verb - start);
        return name.Success && _phrases.Has("institution", TextFolding.Fold(name.Groups["noun"].Value)) && !_phrases["relative"].IsMatch(TextFolding.Fold(name.Value))
            ? new NameSpan(name.Groups["name"].Index, name.Groups["name"].Length, name.Groups["name"].Value.ReplaceLineEndings(" "), null, null) : null;
    }

    /// <summary>"Le musée national de X *Name* presents": what is marked as a name is the name.</summary>
    private NameSpan? Marked(PlainText text, int start, int verb)
    {
        foreach (var (open, close) in text.Emphases)
        {
            if (open > start && close <= verb && text.Text.AsSpan(close, verb - close).IsWhiteSpace()
                && DescribedStart().Match(text.Folded, start, open - start) is { Success: true } noun && _phrases.Has("institution", noun.Groups[1].Value))
            {
                return new NameSpan(open, close - open, text.Text[open..close].Trim(), text.Text[noun.Groups[1].Index..open].Trim(), null);
            }
        }

        return null;
    }

    /// <summary>"This report of X", "The toolkit of X" at the head of a sentence.</summary>
    private void AddOwners(Draft draft, PlainText text, int start, int end)
    {
        _heads.Clear();
        foreach (var match in Prose.Matches(_phrases["owned"], text, start, end))
        {
            if (Prose.IsSentenceStart(text, match.Index, start))
            {
                _heads.Add((match.Index, match.Index + match.Length));
            }
        }

        AddOwnedKinds(text, start, end);
        AddOwnedPredicates(draft, text, start, end);
        foreach (var (at, after) in _heads)
        {
            if (OwnerStart(text, after, end) is not var (owner, isNear))
            {
                continue;
            }

            foreach (var name in NameList.Read(text, owner, Prose.SentenceEnd(text, owner, end), _phrases))
            {
                if (IsOfMany(name.Described ?? name.Name))
                {
                    continue;
                }

                // "The network of museums of the Léman": what stands further off and is one word is a region more often.
                if (isNear || name.Link is not null || name.Described is not null || name.Name.Contains(' ', StringComparison.Ordinal) || name.Name.All(char.IsUpper))
                {
                    _found.Add(new Maker("creator", at, -1, name));
                }
            }
        }
    }

    /// <summary>"the network of the museums of Y": those that it is of, not one that owns it.</summary>
    private bool IsOfMany(string name)
    {
        var first = PhraseSet.WordEnd(name, 0, name.Length);
        return first > 1 && char.IsLower(name[0]) && name[first - 1] is 's' && _phrases.Has("institution", TextFolding.Fold(name[..(first - 1)]));
    }

    /// <summary>
    /// Where the owner begins behind a noun: "de l'OCIM", "gratuite de l'OCIM", "de numérisation du Musée X". Before it stand adjectives, or one complement
    /// without a capital.
    /// </summary>
    private (int Start, bool IsNear)? OwnerStart(PlainText text, int at, int end)
    {
        end = Math.Min(end, at + 80);
        if (OfOwner().LengthAt(text.Folded, at, end) is var near and > 0)
        {
            if (IsNameStart(at + near))
            {
                return (at + near, true);
            }

            at += near;
            at += Math.Max(0, LowerWord().LengthAt(text.Text, at, end));
        }

        for (var words = 0; words < 3; words++)
        {
            if (OfOwner().LengthAt(text.Folded, at, end) is var of and > 0)
            {
                return IsNameStart(at + of) ? (at + of, false) : null;
            }

            if (at >= end || text.Text[at] != ' ' || LowerWord().LengthAt(text.Text, at + 1, end) is not (> 0 and var word) || _phrases["noun-end"].Has(text.Folded.AsSpan(at + 1, word)))
            {
                return null;
            }

            at += 1 + word;
        }

        return null;

        bool IsNameStart(int from) => from < end && (!char.IsLower(text.Text[from]) || InstitutionName.Read(text.Text, from, text.Text.Length, _phrases) is not null
            || (_phrases["agent.descriptor"].Match(text, from, Math.Min(40, text.Text.Length - from)) is { Success: true } noun && noun.Index == from));
    }

    /// <summary>"The Impact Playbook", "This fund", "A call": an article or a demonstrative, perhaps a word, and a kind.</summary>
    private void AddOwnedKinds(PlainText text, int start, int end)
    {
        // "Portail commun de ...", "projet du Musée X": an apposition without an article.
        var first = start;
        while (first < end && char.IsWhiteSpace(text.Text[first]))
        {
            first++;
        }

        if (first < end && findings.Lexicon.Concepts.At("kinds", text.Folded, first) is { } bare && first + bare.Length < end && Prose.IsSentenceStart(text, first, start))
        {
            _heads.Add((first, first + bare.Length));
        }

        foreach (var heading in OwnedKindHeadings)
        {
            foreach (var match in Prose.Matches(_phrases[heading], text, start, end))
            {
                if (!Prose.IsSentenceStart(text, match.Index, start))
                {
                    continue;
                }

                var at = match.Index + match.Length;
                for (var words = 0; words < 2 && at < end; words++)
                {
                    while (at < end && text.Folded[at] == ' ')
                    {
                        at++;
                    }

                    if (at < end && !(words == 0 && char.IsUpper(text.Text[at])) && findings.Lexicon.Concepts.At("kinds", text.Folded, at) is { } kind)
                    {
                        _heads.Add((match.Index, at + kind.Length));
                        break;
                    }

                    while (at < end && char.IsLetter(text.Text[at]))
                    {
                        at++;
                    }
                }
            }
        }
    }

    /// <summary>"X is a pilot project of Y", "c'est un programme de Y": what the entity is said to be.</summary>
    private void AddOwnedPredicates(Draft draft, PlainText text, int start, int end)
    {
        foreach (var verb in Prose.Matches(_phrases["kind.predicate"], text, start, end))
        {
            var sentence = Prose.SentenceStart(text, verb.Index, Math.Max(0, start - 120));
            var subject = text.Folded.AsSpan(sentence, verb.Index - sentence).Trim("\" *").ToString();
            subject = subject[(subject.LastIndexOf(", ", StringComparison.Ordinal) is var comma and >= 0 ? comma + 2 : 0)..];
            subject = subject.EndsWith(')') && subject.IndexOf('(', StringComparison.Ordinal) is var bracket and > 0 ? subject[..bracket].TrimEnd('"', ' ') : subject;
            if (verb.Index > start && !_phrases.Has("itself", subject) && !Subjects.IsNamed(draft, subject))
            {
                continue;
            }

            var at = verb.Index + verb.Length + 1;
            for (var words = 0; words < 3 && at < end; words++)
            {
                if (char.IsLower(text.Text[at]) && findings.Lexicon.Concepts.At("kinds", text.Folded, at) is { } kind)
                {
                    var online = _phrases["online"].Match(text, at + kind.Length, Math.Min(12, end - at - kind.Length));
                    _heads.Add((verb.Index, online.Success && online.Index == at + kind.Length + 1 ? online.Index + online.Length : at + kind.Length));
                    break;
                }

                at = PhraseSet.WordEnd(text.Folded, at, end) + 1;
            }
        }
    }

    /// <summary>One organisation, its name misspelt by a letter in five, three at most.</summary>
    private static bool IsSame(Draft one, Draft other) =>
        one == other || (one.Name.Length >= 10 && Distance(one, other) <= Math.Min(3, one.Name.Length / 5));

    private static int Distance(Draft one, Draft other) => TextFolding.Distance(TextFolding.NameKey(one.Name), TextFolding.NameKey(other.Name), 3);

    private static bool IsSelf(Draft draft, NameSpan name, bool owner)
    {
        var key = TextFolding.NameKey(name.Name);
        return key == TextFolding.NameKey(draft.Name) || (!owner && TextFolding.NameKey(draft.Name).StartsWith(key + " ", StringComparison.Ordinal))
            || draft.Facts.Exists(f => f.Kind == FactKind.AltName && TextFolding.NameKey(f.Value) == key);
    }

    [GeneratedRegex(@"^\s*(?:\([^()]*\)\s*)?(?:,[^,]{1,160}(?:,[^,]{1,80})?,)?,?\s*$", RegexOptions.CultureInvariant)]
    private static partial Regex Gap();

    [GeneratedRegex(@"\G\s*(?:[Ll]['’]|(?:[Ll]es?|[Ll]a|[Tt]he)\s)(?<name>(?<noun>\p{Lu}\p{L}*)(?:[\s'’][\p{L}'’-]+){1,9})\s*$", RegexOptions.CultureInvariant)]
    private static partial Regex LongName();

    [GeneratedRegex(@"\G\s*(?:le|la|les|the|l')\s*(\p{L}+)", RegexOptions.CultureInvariant)]
    private static partial Regex DescribedStart();

    [GeneratedRegex(@"\G\p{Ll}[\p{L}·-]*", RegexOptions.CultureInvariant)]
    private static partial Regex LowerWord();

    [GeneratedRegex(@"\G(?:\s\p{Ll}+(?:elle?|ale?|ique|aire|ive?|aise?|oise?))?\s(?:de\s(?:l'|la\s)?|du\s|des\s|d'|of\s(?:the\s)?|by\s(?:the\s)?)", RegexOptions.CultureInvariant)]
    private static partial Regex OfOwner();

    /// <summary>Who made it, as what, where the verb or the noun stands that says so, and where that verb ends; -1 without one.</summary>
    private readonly record struct Maker(string Role, int At, int VerbEnd, NameSpan Name);
}
