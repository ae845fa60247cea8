using Microsoft.AspNetCore.Http;
using MuseumXtd.Server.Descriptions;
using MuseumXtd.Server.Harvesting.Changes;

namespace MuseumXtd.Server.Feeds;

/// <summary>Answers for resources that the change log knows to be gone.</summary>
internal sealed class Tombstones(ChangeLog changes)
{
    /// <summary>Answers, if a resource was here and is deleted.</summary>
    /// <returns>Whether the request is answered.</returns>
    public async Task<bool> AnswerAsync(HttpContext http, string iri, string format)
    {
        var log = await changes.ViewAsync(http.RequestAborted).ConfigureAwait(false);
        if (log.Find(iri) is not { IsDeletion: true } change)
        {
            return false;
        }

        var since = DescriptionGraph.Time(change.Time).LexicalForm;
        await new GoneAnswer(iri, since, $"{iri} was deleted at {since}. Its identifier is not given again.") { FormerTypes = change.Traits.Types }
            .WriteAsync(http, format, new TombstonePage(change)).ConfigureAwait(false);
        return true;
    }
}
