using MuseumXtd.Server.Pages;

namespace MuseumXtd.Server.Recipes;

/// <summary>How to open the graph in the tools of analysts.</summary>
internal sealed class RecipesPage(string address) : Page
{
    /// <inheritdoc/>
    protected override string Title => T("recipes");

    /// <inheritdoc/>
    protected override void WriteMain(Html html)
    {
        html.Element("p", T("recipesIntro"), ("class", "lead"));
        using (html.Open("p"))
        {
            html.Element("a", T("entitySets"), ("href", "/odata"));
        }

        foreach (var recipe in Recipe.All)
        {
            var id = recipe.Name.Replace('.', '-');
            html.Element("h2", recipe.Tool, ("id", id));
            html.Element("p", T("recipe." + recipe.Name));
            using (html.Open("pre", ("tabindex", "0"), ("aria-labelledby", id)))
            {
                html.Element("code", recipe.TextFor(address));
            }

            using (html.Open("p"))
            {
                html.Element("a", recipe.Name, ("href", "/recipes/" + recipe.Name), ("download", recipe.Name));
            }
        }
    }
}
