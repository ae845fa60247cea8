using MuseumXtd.Garden.Lexicon;
using MuseumXtd.Garden.Notes;

namespace MuseumXtd.Garden.Recognition;

/// <summary>Who made, leads or supports an entity, where the text names them behind what they did: "led by X with Y", "developed by X for Z".</summary>
internal sealed class AgentFinder(NoteFindings findings, RelatedFinder related)
{
    private readonly GardenLexicon _lexicon = findings.Lexicon;
    private readonly Phrases _phrases = findings.Lexicon.Phrases;

    public void Find(Draft draft, PlainText text, int start, int end, List<Told> told)
    {
        foreach (var phrases in _phrases.Under("role."))
        {
            var heading = phrases.Heading;
            foreach (var match in Prose.Matches(phrases, text, start, end))
            {
                var names = CommonBody.Names(text, match.Index + match.Length, Prose.SentenceEnd(text, match.Index, end), _lexicon);

                // "... under a call for the plan X launched by Y": who launched the plan did not launch what came of it.
                var made = SchemeBefore(text, match.Index, start) && draft.Facts.FindLast(f => f.Kind == FactKind.Scheme)?.Other is { } scheme ? scheme : draft;
                made = related.Before(text, match.Index) ?? made;
                if (names.Count == 0 || IsBeside(text, match.Index, start) || (made == draft && related.IsOfAnother(draft, text, match.Index, start)))
                {
                    continue;
                }

                foreach (var name in names)
                {
                    // "developed for museums, for Android": for whom is a body.
                    if (heading is "role.beneficiary" && !IsBody(name))
                    {
                        continue;
                    }

                    if (TextFolding.NameKey(name.Name) != TextFolding.NameKey(made.Name) && !Subjects.IsAt(made, text, name.Start))
                    {
                        made.HasMaker = true;
                        made.Add(
                            FactKind.Agent, heading["role.".Length..], text.Origin(match.Index, name.End - match.Index),
                            Names.DraftOf(findings, text, name, EntityType.Organisation));
                    }
                }

                if (made == draft)
                {
                    told.Add(new Told(names[^1].End, Math.Min(end, names[^1].End + 40), false));
                }

                if (heading is not "role.partner")
                {
                    FindFollowing(made, text, names[^1].End, end);
                }
            }
        }
    }

    /// <summary>"developed by X for Y", "led by X with Y and Z": for whom and with whom, where they have names.</summary>
    private void FindFollowing(Draft made, PlainText text, int at, int end)
    {
        foreach (var (heading, role) in (ReadOnlySpan<(string, string)>)[("for-whom", "beneficiary"), ("together-with", "partner")])
        {
            // "coordinated by X, with Y"
            var start = role == "partner" && at < end && text.Folded[at] == ',' ? at + 1 : at;
            while (start < end && text.Folded[start] == ' ')
            {
                start++;
            }

            if (start == at || _phrases[heading].Match(text, start, Math.Min(end - start, 8)) is not { Success: true } match || match.Index != start)
            {
                continue;
            }

            foreach (var name in NameList.Read(text, match.Index + match.Length, Prose.SentenceEnd(text, start, end), _phrases))
            {
                if (char.IsUpper(text.Text[name.Start]) && Names.IsOrganisation(name, _phrases, _lexicon))
                {
                    made.Add(FactKind.Agent, role, text.Origin(match.Index, name.End - match.Index), Names.DraftOf(findings, text, name, EntityType.Organisation));
                }
            }
        }
    }

    /// <summary>
    /// "..., an agency founded by Y", "X is an agency created in", "partner of the project Z with": what is said of another organisation or project
    /// in the same sentence.
    /// </summary>
    private bool IsBeside(PlainText text, int at, int start)
    {
        var sentence = Prose.SentenceStart(text, at, start);
        return _phrases["beside"].Match(text, sentence, at - sentence).Success;
    }

    private bool IsBody(NameSpan name)
    {
        var words = TextFolding.Words(name.Described ?? name.Name).Split(' ');
        return name.Link is not null || _phrases.Has("institution", words[0]) || _phrases.Has("agent.descriptor", words[0]) || _phrases.Has("body-noun", words[^1]) || _phrases.Has("institution", words[^1]);
    }

    private bool SchemeBefore(PlainText text, int at, int start)
    {
        foreach (var match in Prose.Matches(_phrases["scheme"], text, start, at))
        {
            if (Prose.SentenceEnd(text, match.Index + match.Length, at) == at && !text.Text.AsSpan(match.Index, at - match.Index).Contains(','))
            {
                return true;
            }
        }

        return false;
    }
}
