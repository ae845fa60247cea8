using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using MuseumXtd.Server.Pages;

namespace MuseumXtd.Server.Recipes;

/// <summary><c>/recipes</c>, and each recipe as a file.</summary>
internal static class RecipesEndpoint
{
    /// <summary>Adds the routes.</summary>
    public static void Map(IEndpointRouteBuilder routes)
    {
        string[] read = ["GET", "HEAD"];
        routes.MapMethods("/recipes", read, http => new RecipesPage(AddressOf(http)).WriteAsync(http));
        routes.MapMethods("/recipes/{name}", read, AnswerAsync);
    }

    private static string AddressOf(HttpContext http) => $"{http.Request.Scheme}://{http.Request.Host.ToUriComponent()}{http.Request.PathBase}";

    private static async Task AnswerAsync(HttpContext http)
    {
        var name = (string)http.Request.RouteValues["name"]!;
        if (Recipe.All.FirstOrDefault(r => r.Name == name) is not { } recipe)
        {
            await new NotFoundPage(http.Request.Path.Value!).WriteAsync(http, 404).ConfigureAwait(false);
            return;
        }

        var bytes = Encoding.UTF8.GetBytes(recipe.TextFor(AddressOf(http)));
        http.Response.ContentType = recipe.MediaType + "; charset=utf-8";
        http.Response.Headers.ContentDisposition = $"attachment; filename=\"{recipe.Name}\"";
        http.Response.ContentLength = bytes.Length;
        if (!HttpMethods.IsHead(http.Request.Method))
        {
            await http.Response.Body.WriteAsync(bytes, http.RequestAborted).ConfigureAwait(false);
        }
    }
}
