using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace MuseumXtd.Benchmarks.Server;

/// <summary>The museumxtd command as a server in a process of its own, which can be killed.</summary>
internal sealed class ServerProcess : IDisposable
{
    private readonly Process _process;

    private ServerProcess(Process process, string url)
    {
        _process = process;
        Client = new HttpClient(new SocketsHttpHandler { MaxConnectionsPerServer = 64 }) { BaseAddress = new Uri(url) };
    }

    public HttpClient Client { get; }

    public long WorkingSet
    {
        get
        {
            _process.Refresh();
            return _process.WorkingSet64;
        }
    }

    /// <summary>What it used of the processors so far.</summary>
    public TimeSpan ProcessorTime
    {
        get
        {
            _process.Refresh();
            return _process.TotalProcessorTime;
        }
    }

    /// <summary>Bytes resident now and at most, and now without pages of files; where the system does not tell, the working set.</summary>
    public (long Now, long Most, long Own) Memory
    {
        get
        {
            if (!OperatingSystem.IsLinux())
            {
                return (WorkingSet, _process.PeakWorkingSet64, WorkingSet);
            }

            var lines = File.ReadAllLines($"/proc/{_process.Id}/status");
            return (Of("VmRSS:"), Of("VmHWM:"), Of("RssAnon:"));

            long Of(string name) => long.Parse(
                lines.First(l => l.StartsWith(name, StringComparison.Ordinal))[name.Length..].Replace("kB", "", StringComparison.Ordinal), NumberStyles.AllowLeadingWhite | NumberStyles.AllowTrailingWhite, CultureInfo.InvariantCulture) << 10;
        }
    }

    /// <summary>Starts it on a free port; returns when it answers, with how long that took.</summary>
    public static async Task<(ServerProcess Server, TimeSpan Start)> StartAsync(string dll, params string[] options)
    {
        var start = Stopwatch.GetTimestamp();
        var info = new ProcessStartInfo("dotnet") { RedirectStandardError = true, RedirectStandardOutput = true };
        foreach (var argument in (string[])[dll, "serve", "--port", "0", .. options])
        {
            info.ArgumentList.Add(argument);
        }

        var process = Process.Start(info)!;
        var lines = new StringBuilder();
        while (await process.StandardError.ReadLineAsync() is { } line)
        {
            lines.AppendLine(line);
            if (line.StartsWith("http://", StringComparison.Ordinal))
            {
                var server = new ServerProcess(process, line.Split("/  ")[0].TrimEnd('/'));
                _ = process.StandardError.ReadToEndAsync();
                using var response = await server.Client.GetAsync("/healthz");
                return (server, Stopwatch.GetElapsedTime(start));
            }
        }

        await process.WaitForExitAsync();
        throw new InvalidOperationException($"The server ended with {process.ExitCode}: {lines}");
    }

    public async Task<bool> UpdateAsync(string text)
    {
        using var content = new StringContent(text, Encoding.UTF8, "application/sparql-update");
        using var response = await Client.PostAsync("/update", content);
        return response.IsSuccessStatusCode;
    }

    public Task<string> QueryAsync(string text) => Client.GetStringAsync("/sparql?format=csv&query=" + Uri.EscapeDataString(text));

    /// <summary>Ends it at once, whatever it is doing.</summary>
    public void Kill()
    {
        _process.Kill();
        _process.WaitForExit();
    }

    public void Dispose()
    {
        Kill();
        Client.Dispose();
        _process.Dispose();
    }
}
