using MuseumXtd.Server.Http;

namespace MuseumXtd.Server.Pages;

/// <summary>A request that could not be answered.</summary>
internal sealed class ProblemPage(Problem problem) : Page
{
    /// <inheritdoc/>
    protected override string Title => ProblemTitle(problem);

    /// <inheritdoc/>
    protected override void WriteMain(Html html)
    {
        WriteProblem(html, problem);
        using var home = html.Open("p");
        html.Element("a", T("home"), ("href", "/"));
    }
}
