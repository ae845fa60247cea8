using System.Security.Cryptography;
using System.Text;

namespace MuseumXtd.Server.Tests.Tools;

/// <summary>The packages that <c>Clients/package.json</c> names, installed once a machine, beside the scripts that use them.</summary>
internal static class NpmPackages
{
    private static readonly Lazy<Task<string?>> Installed = new(InstallAsync);

    /// <summary>The folder with scripts and packages, or null where they cannot be had.</summary>
    public static Task<string?> FolderAsync() => Installed.Value;

    private static async Task<string?> InstallAsync()
    {
        if (await Tool.FindAsync(["npm"], "--version") is not { } npm)
        {
            return null;
        }

        var source = Path.Combine(AppContext.BaseDirectory, "Clients");
        var description = await File.ReadAllTextAsync(Path.Combine(source, "package.json"));
        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(description)))[..16];
        var folder = Path.Combine(Path.GetTempPath(), $"museumxtd-clients-{hash}");
        Directory.CreateDirectory(folder);
        foreach (var file in Directory.EnumerateFiles(source))
        {
            File.Copy(file, Path.Combine(folder, Path.GetFileName(file)), overwrite: true);
        }

        var isComplete = Path.Combine(folder, "installed");
        if (!File.Exists(isComplete))
        {
            var (status, _, errors) = await npm.RunAsync(folder, "install", "--no-audit", "--no-fund", "--no-package-lock", "--loglevel=error");
            if (status != 0)
            {
                Console.WriteLine("Skipped: the packages of the clients cannot be installed: " + errors.Split('\n')[0]);
                return null;
            }

            await File.WriteAllTextAsync(isComplete, "");
        }

        return folder;
    }
}
