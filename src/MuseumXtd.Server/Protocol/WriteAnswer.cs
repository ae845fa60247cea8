using Microsoft.AspNetCore.Http;
using MuseumXtd.Rdf.Syntax;
using MuseumXtd.Server.Dataset;
using MuseumXtd.Server.Http;
using MuseumXtd.Sparql;
using MuseumXtd.Sparql.Syntax;
using MuseumXtd.Store;
using MuseumXtd.Store.Durability;

namespace MuseumXtd.Server.Protocol;

/// <summary>What writing answers when it fails, the same for updates and documents.</summary>
internal static class WriteAnswer
{
    /// <summary>Runs a writing request; failures of the caller become problems.</summary>
    public static async Task GuardAsync(HttpContext http, Func<Task> write)
    {
        try
        {
            await write().ConfigureAwait(false);
        }
        catch (SparqlSyntaxException e)
        {
            await Problem.WriteAsync(http, 400, "The update is not well formed.", e.Detail, e.Line, e.Column, e.Hint).ConfigureAwait(false);
        }
        catch (RdfSyntaxException e)
        {
            await Problem.WriteAsync(http, 400, "The document is not well formed.", e.Detail, (int)e.Line, (int)e.Column).ConfigureAwait(false);
        }
        catch (InvalidDataException e)
        {
            await Problem.WriteAsync(http, 400, "The document is not compressed as its Content-Encoding says.", e.Message).ConfigureAwait(false);
        }
        catch (NotesException e)
        {
            await Problem.WriteAsync(http, 403, "The notes are not changed here.", e.Message).ConfigureAwait(false);
        }
        catch (StoreFullException e)
        {
            await Problem.WriteAsync(http, 507, "There is no memory for the change.", e.Message).ConfigureAwait(false);
        }
        catch (UpdateException e)
        {
            await Problem.WriteAsync(http, 409, "The update was refused.", e.Message).ConfigureAwait(false);
        }
        catch (JournalException e)
        {
            http.Response.Headers.RetryAfter = "30";
            await Problem.WriteAsync(http, e.IsPassing ? 507 : 503, "The change could not be kept.", e.Message).ConfigureAwait(false);
        }
        catch (ServiceException e)
        {
            await Problem.WriteAsync(http, e.IsRefused ? 403 : 502, "SERVICE failed.", e.Message).ConfigureAwait(false);
        }
        catch (QueryBudgetException e)
        {
            http.Response.Headers.RetryAfter = "5";
            await Problem.WriteAsync(http, 503, "The update went over its budget.", e.Message, more: Problem.Of(e)).ConfigureAwait(false);
        }
    }

    /// <summary>Answers that the state is not the one that the client wants to change.</summary>
    public static Task ChangedMeanwhileAsync(HttpContext http) =>
        Problem.WriteAsync(http, 412, "The dataset has changed.", "It is not in the state that If-Match or If-None-Match name. Read it again.");
}
