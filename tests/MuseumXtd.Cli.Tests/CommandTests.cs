using System.Diagnostics;
using System.Text;

namespace MuseumXtd.Cli.Tests;

/// <summary>The command as a shell sees it: exit codes, data on standard output, everything else on standard error.</summary>
public abstract class CommandTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("museumxtd-").FullName;
    private readonly bool _isNative;

    protected CommandTests(bool isNative)
    {
        _isNative = isNative;
        Directory.CreateDirectory(Path.Combine(_folder, "garden"));
        File.WriteAllText(Path.Combine(_folder, "garden", "Un.md"), "---\ntype: projet\nnom: Un projet\nid: un\npays: Suisse\n---\n# Un projet\n");
    }

    public void Dispose()
    {
        Directory.Delete(_folder, recursive: true);
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task Build_gives_the_same_bytes_twice()
    {
        var (first, _, error) = await RunAsync("build", "garden", "-o", "a.ttl");
        var (second, _, _) = await RunAsync("build", "garden", "-o", "b.ttl");
        Assert.Equal((0, 0), (first, second));
        Assert.Contains("1 notes", error, StringComparison.Ordinal);
        Assert.Equal(await File.ReadAllBytesAsync(Path.Combine(_folder, "a.ttl")), await File.ReadAllBytesAsync(Path.Combine(_folder, "b.ttl")));
        Assert.Contains("mxtd:name \"Un projet\"@fr", await File.ReadAllTextAsync(Path.Combine(_folder, "a.ttl")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Build_writes_Turtle_as_it_is_sorted_and_all_statements_that_N_Triples_have()
    {
        foreach (var arguments in (string[][])[["build", "garden", "-o", "a.ttl"], ["build", "garden", "-o", "a.nt"], ["convert", "a.ttl", "b.ttl", "--sorted"], ["convert", "a.ttl", "b.nt", "--sorted"]])
        {
            var (code, _, error) = await RunAsync(arguments);
            Assert.True(code == 0, error);
        }

        foreach (var suffix in (string[])["ttl", "nt"])
        {
            var built = await File.ReadAllTextAsync(Path.Combine(_folder, $"a.{suffix}"));
            Assert.Contains("Un projet", built, StringComparison.Ordinal);
            Assert.Equal(built, await File.ReadAllTextAsync(Path.Combine(_folder, $"b.{suffix}")));
        }
    }

    [Fact]
    public async Task Build_writes_into_a_pipe_and_through_a_link_and_replaces_neither()
    {
        if (!OperatingSystem.IsLinux())
        {
            return;
        }

        Assert.Equal(0, (await RunAsync("build", "garden", "-o", "a.nt")).Code);
        var expected = await File.ReadAllTextAsync(Path.Combine(_folder, "a.nt"));

        var pipe = Path.Combine(_folder, "pipe.nt");
        Assert.Equal(0, (await RunProgramAsync("mkfifo", pipe)).Code);
        var read = RunProgramAsync("timeout", "60", "cat", pipe);
        var (code, _, error) = await RunAsync("build", "garden", "-o", "pipe.nt");
        Assert.True(code == 0, error);
        Assert.Equal(0, (await RunProgramAsync("test", "-p", pipe)).Code);
        Assert.Equal(expected, (await read).Output);

        var link = Path.Combine(_folder, "link.nt");
        await File.WriteAllTextAsync(Path.Combine(_folder, "target.nt"), "");
        File.CreateSymbolicLink(link, "target.nt");
        Assert.Equal(0, (await RunAsync("build", "garden", "-o", "link.nt")).Code);
        Assert.Equal("target.nt", new FileInfo(link).LinkTarget);
        Assert.Equal(expected, await File.ReadAllTextAsync(Path.Combine(_folder, "target.nt")));
    }

    [Fact]
    public async Task Who_writes_the_same_file_at_the_same_time_is_refused_and_takes_nothing_away()
    {
        // As a command holds it that has begun.
        var partial = Path.Combine(_folder, "a.ttl.part");
        await using (var other = File.Create(partial))
        {
            var (code, _, error) = await RunAsync("build", "garden", "-o", "a.ttl");
            Assert.Equal(1, code);
            Assert.Contains("a.ttl.part' is being written by another command", error, StringComparison.Ordinal);
            Assert.True(File.Exists(partial));
        }

        // What one that was ended left is written over.
        Assert.Equal(0, (await RunAsync("build", "garden", "-o", "a.ttl")).Code);
        Assert.False(File.Exists(partial));
    }

    [Fact]
    public async Task Query_answers_on_standard_output()
    {
        var (code, output, _) = await RunAsync(
            "query", "garden", "--format", "csv", "PREFIX mxtd: <https://w3id.org/museumxtd/ns#> SELECT ?n { ?i a mxtd:Initiative ; mxtd:name ?n }");
        Assert.Equal(0, code);
        Assert.Equal("n\r\nUn projet\r\n", output);
    }

    [Theory]
    [InlineData("SELECT ?n { ?i a mxtd:Initiative ; mxtd:name ?n }", "Un.md:3:6: Un projet")]
    [InlineData("SELECT ?n { ?i a mxtd:Initiative ; mxtd:name ?n } ORDER BY ?n LIMIT 1", "Un.md:3:6: Un projet")]
    [InlineData("SELECT ?n { <https://w3id.org/museumxtd/initiative/un> mxtd:name ?n }", "Un.md:3:6: Un projet")]
    [InlineData("SELECT ?i { ?i mxtd:place <https://w3id.org/museumxtd/place/ch> }", "Un.md:5:7: Suisse")]
    [InlineData("SELECT DISTINCT ?n { ?i a mxtd:Initiative ; mxtd:name ?n }", "no note says")]
    [InlineData("CONSTRUCT { ?i mxtd:name ?n } { ?i a mxtd:Initiative ; mxtd:name ?n }", "Un.md:3:6: Un projet")]
    public async Task Query_shows_the_words_behind_what_it_answers_though_it_does_not_select_the_subject(string query, string words)
    {
        var (code, output, error) = await RunAsync("query", "garden", "--origin", "PREFIX mxtd: <https://w3id.org/museumxtd/ns#> " + query);
        Assert.Equal(0, code);
        Assert.DoesNotContain(":3:6", output, StringComparison.Ordinal);
        Assert.Contains(words, error, StringComparison.Ordinal);
        Assert.Equal(words.StartsWith("no note", StringComparison.Ordinal), error.Contains("rows have no words", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Many_problems_of_a_kind_in_a_file_are_counted_for_people_and_listed_for_programs()
    {
        await File.WriteAllTextAsync(Path.Combine(_folder, "garden", "Liens.md"), "# Liens\n" + string.Concat(Enumerable.Range(0, 25).Select(i => $"[[absent {i}]]\n\n")) + "[[ouvert\n");
        var (_, text, count) = await RunAsync("check", "garden");
        Assert.Equal(10, text.Split(" warning MXG0301 ").Length - 1);
        Assert.Single(text.Split('\n'), l => l == "Liens.md: and 15 more of MXG0301 (Dangling link) in this file; --all shows them");
        Assert.Contains("MXG0302", text, StringComparison.Ordinal);
        Assert.Contains("26 other remarks", count, StringComparison.Ordinal);
        var (_, all, _) = await RunAsync("check", "garden", "--all");
        Assert.Equal(25, all.Split(" warning MXG0301 ").Length - 1);
        foreach (var format in (string[])["json", "sarif", "github"])
        {
            var (_, output, _) = await RunAsync("check", "garden", "--format", format);
            Assert.True(output.Split("MXG0301").Length - 1 >= 25, format);
        }

        var (_, french, _) = await RunAsync("check", "garden", "--lang", "fr");
        Assert.Contains("et 15 autres MXG0301 (Lien sans note)", french, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Names_of_files_with_line_breaks_stay_on_the_line_of_their_problem()
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        await File.WriteAllTextAsync(Path.Combine(_folder, "garden", "Li\nens.md"), "# Liens\n[[absent]]\n");
        var (_, text, _) = await RunAsync("check", "garden");
        Assert.Contains(text.Split('\n'), l => l.StartsWith("Li\\nens.md:2:1 warning MXG0301", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_garden_that_must_not_be_read_does_not_replace_what_was_made_of_it()
    {
        // Whoever may read everything cannot be kept from it.
        if (OperatingSystem.IsWindows() || Environment.IsPrivilegedProcess)
        {
            return;
        }

        var garden = Directory.CreateDirectory(Path.Combine(_folder, "closed"), UnixFileMode.None).FullName;
        var output = Path.Combine(_folder, "closed.ttl");
        await File.WriteAllTextAsync(output, "# good");
        var (code, _, error) = await RunAsync("build", garden, "-o", output);
        File.SetUnixFileMode(garden, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        Assert.Equal(1, code);
        Assert.Contains("cannot be read", error, StringComparison.Ordinal);
        Assert.Equal("# good", await File.ReadAllTextAsync(output));
    }

    [Fact]
    public async Task A_bad_query_is_a_problem_with_line_and_column()
    {
        var (code, output, error) = await RunAsync("query", "garden", "SELECT * { ?s }");
        Assert.Equal(1, code);
        Assert.Empty(output);
        Assert.Contains("1:15:", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_query_asks_other_endpoints_only_where_it_is_told_to()
    {
        // Nobody listens on port 1 of this machine.
        const string Query = "SELECT * { SERVICE <http://127.0.0.1:1/sparql> { ?s ?p ?o } }";

        var (code, output, error) = await RunAsync("query", "garden", Query);
        Assert.Equal((1, ""), (code, output));
        Assert.Contains("not allowed", error, StringComparison.Ordinal);

        (code, output, error) = await RunAsync("query", "garden", Query, "--service-allow", "http://127.0.0.1:1/");
        Assert.Equal((1, ""), (code, output));
        Assert.Contains("cannot be reached", error, StringComparison.Ordinal);

        (code, _, error) = await RunAsync("query", "garden", Query, "--service-allow", "ftp://x/");
        Assert.Equal(2, code);
        Assert.Contains("ftp://x/", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Check_finds_the_broken_note()
    {
        await File.WriteAllBytesAsync(Path.Combine(_folder, "garden", "Binaire.md"), [0, 1, 2, 0xFF, 0xFE, 0]);
        var (code, output, _) = await RunAsync("check", "garden");
        Assert.Equal(1, code);
        Assert.Contains("Binaire.md:", output, StringComparison.Ordinal);
    }

    /// <summary>What SARIF 2.1.0 asks for: sections 3.13 (log), 3.14 (run), 3.19 (driver), 3.27 (result), 3.30 (region).</summary>
    [Fact]
    public async Task Check_writes_sarif_as_its_standard_asks()
    {
        await File.WriteAllBytesAsync(Path.Combine(_folder, "garden", "Binaire é.md"), [0, 1, 2, 0xFF, 0xFE, 0]);
        await File.WriteAllTextAsync(Path.Combine(_folder, "garden", "Lien.md"), "# Lien\n[[Nulle part]]\n");
        var (_, output, _) = await RunAsync("check", "garden", "--format", "sarif");
        using var document = System.Text.Json.JsonDocument.Parse(output);
        var log = document.RootElement;
        Assert.Equal("2.1.0", log.GetProperty("version").GetString());
        Assert.True(Uri.TryCreate(log.GetProperty("$schema").GetString(), UriKind.Absolute, out _));
        var run = Assert.Single(log.GetProperty("runs").EnumerateArray());
        var driver = run.GetProperty("tool").GetProperty("driver");
        Assert.NotEmpty(driver.GetProperty("name").GetString()!);
        Assert.NotEmpty(driver.GetProperty("version").GetString()!);
        Assert.True(Uri.TryCreate(driver.GetProperty("informationUri").GetString(), UriKind.Absolute, out _));
        Assert.Equal("utf16CodeUnits", run.GetProperty("columnKind").GetString());
        var rules = driver.GetProperty("rules").EnumerateArray().ToList();
        foreach (var text in (string[])["shortDescription", "fullDescription", "help"])
        {
            Assert.All(rules, r => Assert.NotEmpty(r.GetProperty(text).GetProperty("text").GetString()!));
        }

        var ids = rules.ConvertAll(r => r.GetProperty("id").GetString());
        Assert.Equal(ids.Distinct(), ids);
        var results = run.GetProperty("results").EnumerateArray().ToList();
        Assert.True(results.Count > 1);
        foreach (var result in results)
        {
            Assert.Contains(result.GetProperty("ruleId").GetString(), ids);
            Assert.Contains(result.GetProperty("level").GetString(), (string[])["none", "note", "warning", "error"]);
            Assert.NotEmpty(result.GetProperty("message").GetProperty("text").GetString()!);
            foreach (var place in result.GetProperty("locations").EnumerateArray().Select(l => l.GetProperty("physicalLocation")))
            {
                var address = place.GetProperty("artifactLocation").GetProperty("uri").GetString()!;
                Assert.True(Uri.IsWellFormedUriString(address, UriKind.Relative), address);
                Assert.True(File.Exists(Path.Combine(_folder, "garden", Uri.UnescapeDataString(address))), address);
                var region = place.GetProperty("region");
                Assert.True(region.GetProperty("startLine").GetInt32() >= 1 && region.GetProperty("startColumn").GetInt32() >= 1);
            }
        }
    }

    /// <summary>Where the validator of SARIF's makers is installed (npm: @microsoft/sarif-multitool-linux), it has nothing to say.</summary>
    [Fact]
    public async Task The_validator_of_sarif_finds_nothing()
    {
        const string Validator = "sarif-multitool-linux";
        var folders = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator);
        if (folders.Select(f => Path.Combine(f, Validator)).FirstOrDefault(File.Exists) is not { } program)
        {
            Console.WriteLine($"Skipped: there is no {Validator} on the path.");
            return;
        }

        await File.WriteAllBytesAsync(Path.Combine(_folder, "garden", "Binaire é.md"), [0, 1, 2, 0xFF, 0xFE, 0]);
        await File.WriteAllTextAsync(Path.Combine(_folder, "garden", "Vide #1.md"), "");
        await File.WriteAllTextAsync(Path.Combine(_folder, "garden", "Lien.md"), "---\ntype: projet\npays: Suise\nporteurs: [[Houle]]\n---\n# Lien\n[[Nulle part]]\n");
        foreach (var language in (string[])["fr", "en"])
        {
            var (_, output, _) = await RunAsync("check", "garden", "--format", "sarif", "--lang", language);
            await File.WriteAllTextAsync(Path.Combine(_folder, "log.sarif"), output);
            var (status, said, _) = await RunProgramAsync(program, "validate", "log.sarif");
            Assert.Equal(0, status);
            Assert.Contains("Analysis completed successfully", said, StringComparison.Ordinal);
            Assert.DoesNotContain(": error ", said, StringComparison.Ordinal);
            Assert.DoesNotContain(": warning ", said, StringComparison.Ordinal);
        }
    }

    /// <summary>Root may read all files, so root gives up its rights for this.</summary>
    [Fact]
    public async Task What_must_not_be_read_is_told_and_the_rest_is_read()
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        var (file, inner) = (Path.Combine(_folder, "garden", "Secret.md"), Path.Combine(_folder, "garden", "Fermé"));
        await File.WriteAllTextAsync(file, "# Secret\n");
        Directory.CreateDirectory(inner);
        await File.WriteAllTextAsync(Path.Combine(inner, "x.md"), "# X\n");
        File.SetUnixFileMode(_folder, (UnixFileMode)0b111_101_101);
        string[] command = ["dotnet", Path.Combine(AppContext.BaseDirectory, "museumxtd.dll"), "check", "garden", "--format", "json"];
        try
        {
            File.SetUnixFileMode(file, UnixFileMode.None);
            File.SetUnixFileMode(inner, UnixFileMode.None);
            if (Environment.IsPrivilegedProcess)
            {
                if (!File.Exists("/usr/bin/setpriv"))
                {
                    Console.WriteLine("Skipped: there is no setpriv to give up root's rights.");
                    return;
                }

                command = ["/usr/bin/setpriv", "--reuid=65534", "--regid=65534", "--clear-groups", .. command];
                if ((await RunProgramAsync(command[0], [.. command[1..^2], "--help"])).Code != 0)
                {
                    Console.WriteLine("Skipped: the command cannot be run without root's rights here.");
                    return;
                }
            }

            var (code, output, _) = await RunProgramAsync(command[0], command[1..]);
            Assert.Equal(1, code);
            using var document = System.Text.Json.JsonDocument.Parse(output);
            Assert.Equal(
                [("Fermé", "MXG0105"), ("Secret.md", "MXG0105")],
                document.RootElement.EnumerateArray().Select(d => (d.GetProperty("file").GetString()!, d.GetProperty("code").GetString()!)));
            Assert.All(document.RootElement.EnumerateArray(), d => Assert.Contains("permission denied", d.GetProperty("message").GetString(), StringComparison.Ordinal));
        }
        finally
        {
            File.SetUnixFileMode(file, (UnixFileMode)0b110_100_100);
            File.SetUnixFileMode(inner, (UnixFileMode)0b111_101_101);
        }
    }

    [Fact]
    public async Task A_snapshot_file_holds_what_it_was_made_of()
    {
        var (built, _, _) = await RunAsync("build", "garden", "-o", "a.mxs");
        var (again, _, _) = await RunAsync("build", "garden", "-o", "b.mxs");
        var (toQuads, _, _) = await RunAsync("convert", "a.mxs", "a.nq", "--sorted");
        var (direct, _, _) = await RunAsync("build", "garden", "-o", "b.nq");
        var (asked, output, _) = await RunAsync("query", "a.mxs", "--format", "csv", "SELECT (COUNT(*) AS ?n) { ?i a <https://w3id.org/museumxtd/ns#Initiative> }");

        Assert.Equal((0, 0, 0, 0, 0), (built, again, toQuads, direct, asked));
        Assert.Equal("n\r\n1\r\n", output);
        Assert.Equal(await File.ReadAllBytesAsync(Path.Combine(_folder, "a.mxs")), await File.ReadAllBytesAsync(Path.Combine(_folder, "b.mxs")));
        Assert.Equal(await File.ReadAllTextAsync(Path.Combine(_folder, "b.nq")), await File.ReadAllTextAsync(Path.Combine(_folder, "a.nq")));
    }

    [Fact]
    public async Task A_snapshot_file_that_cannot_be_used_says_why()
    {
        var path = Path.Combine(_folder, "a.mxs");
        await RunAsync("build", "garden", "-o", "a.mxs");
        var bytes = await File.ReadAllBytesAsync(path);
        await File.WriteAllBytesAsync(path, bytes[..(bytes.Length / 2)]);
        var (code, output, error) = await RunAsync("query", "a.mxs", "ASK {}");
        Assert.Equal((1, ""), (code, output));
        Assert.Contains("a.mxs: the file ends too early", error, StringComparison.Ordinal);

        bytes[100] ^= 1;
        await File.WriteAllBytesAsync(path, bytes);
        (code, _, error) = await RunAsync("serve", "--no-garden", "--port", "0", "--load", "a.mxs");
        Assert.Equal(1, code);
        Assert.Contains("a.mxs: the file is damaged: its section TermText", error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/no/such/folder")]
    [InlineData("garden")]
    public async Task A_garden_is_not_named_where_none_is_served(string garden)
    {
        var (code, _, error) = await RunAsync("serve", "--no-garden", garden, "--port", "0");

        Assert.Equal(2, code);
        Assert.Contains($"--no-garden serves no notes, and '{garden}' is named", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_writable_server_without_a_token_is_for_this_machine()
    {
        var (code, _, error) = await RunAsync("serve", "garden", "--port", "0", "--writable", "--host", "0.0.0.0");

        Assert.Equal(2, code);
        Assert.Contains("--token-file", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Validate_tells_by_its_exit_code_whether_data_conform()
    {
        const string Prefixes = "@prefix sh: <http://www.w3.org/ns/shacl#> . @prefix ex: <http://example.org/> . ";
        await File.WriteAllTextAsync(Path.Combine(_folder, "data.ttl"), Prefixes + "ex:a a ex:C ; ex:p 1 .");
        await File.WriteAllTextAsync(Path.Combine(_folder, "good.ttl"), Prefixes + "ex:S sh:targetClass ex:C ; sh:property [ sh:path ex:p ; sh:minCount 1 ] .");
        await File.WriteAllTextAsync(Path.Combine(_folder, "bad.ttl"), Prefixes + "ex:S sh:targetClass ex:C ; sh:property [ sh:path ex:p ; sh:minCount 2 ] .");
        await File.WriteAllTextAsync(Path.Combine(_folder, "wrong.ttl"), Prefixes + "ex:S a sh:NodeShape ; sh:class 1 .");
        Assert.Equal((0, "Conforms.\n"), await ValidateAsync("good.ttl"));
        Assert.Equal((1, "ex:a\n  erreur  ex:p  Il faut au moins 2 valeurs.\nNon conforme : 1 résultat sur 1 nœud.\n"), await ValidateAsync("bad.ttl", "--lang", "fr"));
        var (code, turtle) = await ValidateAsync("bad.ttl", "--format", "turtle");
        Assert.Equal(1, code);
        Assert.Contains("sh:focusNode ex:a", turtle, StringComparison.Ordinal);
        Assert.Equal((2, ""), await ValidateAsync("wrong.ttl"));
        Assert.Equal((2, ""), await ValidateAsync("missing.ttl"));
        Assert.Equal((2, ""), await ValidateAsync());

        async Task<(int, string)> ValidateAsync(params string[] rest)
        {
            var (exit, output, _) = await RunAsync(["validate", "data.ttl", .. rest]);
            return (exit, output);
        }
    }

    [Fact]
    public async Task Convert_reads_and_writes_any_syntax()
    {
        await File.WriteAllTextAsync(Path.Combine(_folder, "in.ttl"), "@prefix : <http://x/> . :s :p 1 , \"a\"@fr .");
        var (code, output, _) = await RunAsync("convert", "in.ttl", "-", "--to", "ntriples");
        Assert.Equal(0, code);
        Assert.Equal("<http://x/s> <http://x/p> \"1\"^^<http://www.w3.org/2001/XMLSchema#integer> .\n<http://x/s> <http://x/p> \"a\"@fr .\n", output);
        await File.WriteAllTextAsync(Path.Combine(_folder, "bad.ttl"), "@prefix : <http://x/> .\n:s :p .");
        var (bad, _, error) = await RunAsync("convert", "bad.ttl", "out.nt");
        Assert.Equal(1, bad);
        Assert.Contains("bad.ttl:2:7:", error, StringComparison.Ordinal);
        Assert.False(File.Exists(Path.Combine(_folder, "out.nt")));
    }

    [Fact]
    public async Task Convert_packs_and_unpacks_by_name_and_by_content()
    {
        await File.WriteAllTextAsync(Path.Combine(_folder, "in.nt"), "<http://x/s> <http://x/p> <<( <http://x/a> <http://x/b> \"c\"@ar--rtl )>> .\n");
        Assert.Equal(0, (await RunAsync("convert", "in.nt", "packed.ttl.zst")).Code);
        Assert.Equal(0, (await RunAsync("convert", "packed.ttl.zst", "packed.nq.gz")).Code);
        Assert.Equal([0x1F, 0x8B], (await File.ReadAllBytesAsync(Path.Combine(_folder, "packed.nq.gz")))[..2]);
        File.Move(Path.Combine(_folder, "packed.nq.gz"), Path.Combine(_folder, "plain.nq"));
        var (code, output, _) = await RunAsync("convert", "plain.nq", "-", "--to", "ntriples");
        Assert.Equal(0, code);
        Assert.Equal(await File.ReadAllTextAsync(Path.Combine(_folder, "in.nt")), output);
    }

    [Fact]
    public async Task Convert_keeps_prefixes_and_tells_of_graphs_it_cannot_name()
    {
        await File.WriteAllTextAsync(Path.Combine(_folder, "in.trig"), "PREFIX x: <http://x/> x:g { x:s x:p x:o } x:s x:p 1 .");
        var (code, output, error) = await RunAsync("convert", "in.trig", "-", "--to", "turtle");
        Assert.Equal(0, code);
        Assert.Equal("@prefix x: <http://x/> .\nx:s x:p x:o , 1 .\n", output);
        Assert.Contains("1 of 2 statements were in named graphs", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Convert_validates_and_tells_every_error()
    {
        await File.WriteAllTextAsync(Path.Combine(_folder, "bad.ttl"), "<s> <p> x:a .\n<s> <p> 1 .\n<s> <p> \"a\\q\" .");
        var (code, output, error) = await RunAsync("convert", "bad.ttl", "out.nt", "--validate");
        Assert.Equal(1, code);
        Assert.Empty(output);
        Assert.StartsWith("bad.ttl:1:9 error turtle-undeclared-prefix ", error, StringComparison.Ordinal);
        Assert.Contains("\nbad.ttl:3:11 error turtle-bad-escape ", error, StringComparison.Ordinal);
        Assert.Contains("1 statements, 2 errors", error, StringComparison.Ordinal);
        Assert.False(File.Exists(Path.Combine(_folder, "out.nt")));
        await File.WriteAllTextAsync(Path.Combine(_folder, "good.ttl"), "<s> <p> 1 .");
        Assert.Equal((0, ""), (await RunAsync("convert", "good.ttl", "--validate")) is var good ? (good.Code, good.Output) : default);
    }

    [Theory]
    [InlineData("convert", "in.ttl")]
    [InlineData("convert", "-", "out.ttl")]
    [InlineData("convert", "in.ttl", "-")]
    [InlineData("convert", "in.ttl", "out.nothing")]
    [InlineData("convert", "missing.ttl", "out.nt")]
    [InlineData("build", "garden")]
    [InlineData("build", "nowhere", "-o", "x.ttl")]
    [InlineData("build", "garden", "-o", "x.unknown")]
    [InlineData("build", "graph.nt", "-o", "x.mxs")]
    [InlineData("serve", "graph.nt", "--port", "0")]
    [InlineData("serve", "words", "--port", "0")]
    [InlineData("build", "words", "-o", "x.ttl")]
    [InlineData("check", "words.txt")]
    [InlineData("serve", "--port", "many")]
    [InlineData("frobnicate")]
    [InlineData("serve", "--nope")]
    [InlineData("check", "garden", "--formt", "json")]
    public async Task Wrong_usage_exits_with_2_and_says_why(params string[] arguments)
    {
        // RDF is no note.
        await File.WriteAllTextAsync(Path.Combine(_folder, "graph.nt"), "<urn:s> <urn:p> <urn:o> .");
        await File.WriteAllTextAsync(Path.Combine(_folder, "words"), "# Not a note by its name");
        await File.WriteAllTextAsync(Path.Combine(_folder, "words.txt"), "# Not a note by its name");
        var (code, output, error) = await RunAsync(arguments);
        Assert.Equal(2, code);
        Assert.Empty(output);
        Assert.Contains("museumxtd: ", error, StringComparison.Ordinal);
    }

    private Task<(int Code, string Output, string Error)> RunAsync(params string[] arguments) =>
        RunProgramAsync("dotnet", [Path.Combine(AppContext.BaseDirectory, "museumxtd.dll"), .. arguments]);

    private async Task<(int Code, string Output, string Error)> RunProgramAsync(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = _folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = Encoding.UTF8,
            StandardErrorEncoding = Encoding.UTF8,
        };
        start.Environment["MUSEUMXTD_NATIVE"] = _isNative ? "" : "off";
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, await output, await error);
    }
}

/// <summary>With the program of machine code, where it was made.</summary>
public sealed class NativeCommandTests() : CommandTests(isNative: true);

/// <summary>Without it.</summary>
public sealed class ManagedCommandTests() : CommandTests(isNative: false);
