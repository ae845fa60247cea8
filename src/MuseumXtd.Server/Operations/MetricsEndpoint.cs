using System.Diagnostics;
using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Http;
using MuseumXtd.Garden;
using MuseumXtd.Server.Dataset;
using MuseumXtd.Server.Http;

namespace MuseumXtd.Server.Operations;

/// <summary><c>/metrics</c> in Prometheus' text format 0.0.4.</summary>
internal sealed class MetricsEndpoint(LiveDataset dataset, RequestMetrics requests)
{
    public Task AnswerAsync(HttpContext http)
    {
        http.Response.Headers.CacheControl = "no-store";
        return Representation.WriteAsync(http, "text/plain; version=0.0.4; charset=utf-8", Encoding.UTF8.GetBytes(Text()));
    }

    private string Text()
    {
        var text = new StringBuilder();
        var state = dataset.Current;
        var snapshot = state.Snapshot;
        Gauge("museumxtd_generation", "States published since the start.", snapshot.Generation);
        Gauge("museumxtd_quads", "Quads in all graphs.", snapshot.QuadCount);
        Gauge("museumxtd_triples", "Distinct triples in the union of all graphs.", snapshot.Union.Count);
        Gauge("museumxtd_graphs", "Named graphs.", snapshot.GraphNames.Length);
        Gauge("museumxtd_terms", "Terms in the dictionary, also those of earlier states.", snapshot.Dictionary.Count);
        Gauge("museumxtd_dictionary_bytes", "Bytes of the dictionary.", snapshot.Dictionary.Bytes);
        Gauge("museumxtd_notes", "Notes that were read.", state.Garden?.NoteCount ?? 0);
        Head("museumxtd_problems", "gauge", "What is wrong in the notes, by severity.");
        foreach (var severity in Enum.GetValues<Severity>())
        {
            Line("museumxtd_problems", $"severity=\"{severity.ToString().ToLowerInvariant()}\"", state.Diagnostics.Count(d => d.Severity == severity));
        }

        using var process = Process.GetCurrentProcess();
        Gauge("process_resident_memory_bytes", "Memory of the process.", process.WorkingSet64);
        Gauge("process_start_time_seconds", "When the process began, in seconds since 1970.", new DateTimeOffset(process.StartTime.ToUniversalTime()).ToUnixTimeMilliseconds() / 1000.0);
        Head("process_cpu_seconds_total", "counter", "Processor time used.");
        Line("process_cpu_seconds_total", "", process.TotalProcessorTime.TotalSeconds);
        Gauge("dotnet_gc_heap_bytes", "Managed memory in use.", GC.GetTotalMemory(forceFullCollection: false));
        Gauge("dotnet_gc_committed_bytes", "Memory that the collector had taken from the system at the last collection.", GC.GetGCMemoryInfo(GCKind.Any).TotalCommittedBytes);
        Gauge("dotnet_gc_live_bytes", "Managed memory that the last collection of everything left, 0 before the first.", LiveBytes());
        Head("dotnet_gc_collections_total", "counter", "Garbage collections of at least a generation.");
        for (var generation = 0; generation <= GC.MaxGeneration; generation++)
        {
            Line("dotnet_gc_collections_total", $"generation=\"{generation}\"", GC.CollectionCount(generation));
        }

        Head("dotnet_gc_pause_seconds_total", "counter", "Time in which garbage collections stopped everything.");
        Line("dotnet_gc_pause_seconds_total", "", GC.GetTotalPauseDuration().TotalSeconds);
        Head("dotnet_gc_allocated_bytes_total", "counter", "Managed memory that was asked for.");
        Line("dotnet_gc_allocated_bytes_total", "", GC.GetTotalAllocatedBytes());
        Gauge("dotnet_threads", "Threads of the pool.", ThreadPool.ThreadCount);
        Gauge("http_requests_running", "Requests that are being answered.", requests.Running);
        Head("http_request_duration_seconds", "histogram", "Requests and how long they took, by route; those of /sparql are the queries.");
        foreach (var ((route, method, status), durations) in requests.Counted)
        {
            var labels = string.Create(CultureInfo.InvariantCulture, $"route=\"{Escape(route)}\",method=\"{method}\",status=\"{status}\"");
            var (cumulative, sum) = durations.Read();
            for (var i = 0; i < cumulative.Length; i++)
            {
                var bound = i < Durations.Bounds.Length ? Durations.Bounds[i].ToString(CultureInfo.InvariantCulture) : "+Inf";
                Line("http_request_duration_seconds_bucket", $"{labels},le=\"{bound}\"", cumulative[i]);
            }

            Line("http_request_duration_seconds_sum", labels, sum);
            Line("http_request_duration_seconds_count", labels, cumulative[^1]);
        }

        return text.ToString();

        void Gauge(string name, string help, double value)
        {
            Head(name, "gauge", help);
            Line(name, "", value);
        }

        void Head(string name, string type, string help) => text.Append("# HELP ").Append(name).Append(' ').Append(help).Append("\n# TYPE ").Append(name).Append(' ').Append(type).Append('\n');

        void Line(string name, string labels, double value) =>
            text.Append(name).Append(labels.Length > 0 ? "{" + labels + "}" : "").Append(' ').Append(value.ToString("R", CultureInfo.InvariantCulture)).Append('\n');
    }

    private static string Escape(string value) =>
        value.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal);

    private static long LiveBytes()
    {
        var (blocking, beside) = (GC.GetGCMemoryInfo(GCKind.FullBlocking), GC.GetGCMemoryInfo(GCKind.Background));
        var last = blocking.Index > beside.Index ? blocking : beside;
        return last.HeapSizeBytes - last.FragmentedBytes;
    }
}
