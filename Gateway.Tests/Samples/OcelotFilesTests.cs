using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using Gateway.Tests.Commands;
using Gateway.Tests.Configuration;
using Gateway.Tests.Support;

namespace Gateway.Tests.Samples;

/// <summary>
/// <c>samples/ocelot-files</c>: files as teams have them. Each is checked, served by a real gateway, and asked everything that the table of its
/// page says, row by row.
/// </summary>
public sealed class OcelotFilesTests
{
    private static readonly string Folder = Path.Combine(Root(), "samples", "ocelot-files");

    private static readonly string[] Names = [.. Directory.GetDirectories(Folder).Select(f => Path.GetFileName(f)).Order(StringComparer.Ordinal)];

    public static TheoryData<string> Samples => [.. Names];

    [Theory]
    [MemberData(nameof(Samples))]
    public async Task Answers_as_its_table_says(string sample)
    {
        var page = File.ReadAllLines(Path.Combine(Folder, sample, "requests.md"));
        var registered = Line(page, "Consul: ");
        var files = Directory.GetFiles(Path.Combine(Folder, sample), "*.json").ToDictionary(f => Path.GetFileName(f), File.ReadAllText);
        await using var issuer = await TokenIssuer.StartAsync();

        var tables = SampleRow.Read(page);
        Assert.NotEmpty(tables);
        foreach (var table in tables)
        {
            await using var services = await SampleServices.StartAsync(files.Values, registered);
            using var folder = new TempFolder();
            foreach (var (name, text) in files) folder.Write(name, services.Rewrite(text));
            await using var gateway = await TestGateway.StartFilesAsync(folder.Path, table.Key, Settings(files, issuer));
            foreach (var row in table) await AskAsync(row, gateway, services, issuer);
        }
    }

    [Theory]
    [MemberData(nameof(Samples))]
    public async Task Passes_the_check_with_the_warnings_that_its_page_names(string sample)
    {
        var page = File.ReadAllLines(Path.Combine(Folder, sample, "requests.md"));
        var warnings = Line(page, "`check` warns: ");
        foreach (var table in SampleRow.Read(page))
        {
            var result = await Cli.RunAsync("check", Path.Combine(Folder, sample), "--environment", table.Key, "--format", "json");

            var problems = JsonDocument.Parse(result.Output).RootElement.GetProperty("problems").EnumerateArray();
            Assert.Equal(warnings, problems.Select(p => p.GetProperty("code").GetString()!).Distinct().Order(StringComparer.Ordinal));
            Assert.True(result.ExitCode == 0, result.Output);
        }
    }

    [Fact]
    public void The_list_names_every_sample()
    {
        var list = File.ReadAllText(Path.Combine(Folder, "README.md"));

        Assert.All(Names, sample => Assert.Contains($"]({sample}/requests.md)", list, StringComparison.Ordinal));
        Assert.True(Names.Length >= 10);
    }

    /// <summary>What a line of the page lists.</summary>
    private static string[] Line(string[] page, string begins) =>
        page.FirstOrDefault(l => l.StartsWith(begins, StringComparison.Ordinal))?[begins.Length..].Split(", ") ?? [];

    private static async Task AskAsync(SampleRow row, TestGateway gateway, SampleServices services, TokenIssuer issuer)
    {
        services.Remember();
        SampleAnswer answer = null!;
        foreach (var status in row.Statuses)
        {
            answer = row.Verb == "WS" ? await TalkAsync(row, gateway, issuer) : await SendAsync(row, gateway, services, issuer);
            Assert.True(status == answer.Status, $"{row}: {answer.Status} {answer.Body}");
        }

        if (row.Seen is { } expected) AssertSeen(row, expected, services.Seen());
        foreach (var says in row.Answer)
        {
            var (name, sign, value) = says.Split(": ", 2) is [var field, var text] ? (field, ':', text) : (says.Split(" ~ ", 2)[0], '~', says.Split(" ~ ", 2)[1]);
            var actual = name == "Body" ? answer.Body : answer[name] ?? SampleRow.Nothing;
            if (sign == '~') Assert.Contains(value, actual, StringComparison.Ordinal);
            else Assert.True(value == actual, $"{row}: {name}: {actual}");
        }
    }

    private static void AssertSeen(SampleRow row, IReadOnlyList<string> expected, IReadOnlyList<(string Service, SeenRequest Request)> seen)
    {
        string[] calls = [.. expected.Where(e => e.Split(' ') is [_, _, ['/', ..]])];
        Assert.True(calls.ToHashSet().SetEquals(seen.Select(s => $"{s.Service} {s.Request.Method} {s.Request.Target}")),
            $"{row}: {string.Join(", ", seen.Select(s => $"{s.Service} {s.Request.Method} {s.Request.Target}"))}");
        foreach (var field in expected.Except(calls))
        {
            var (name, value) = (field.Split(": ", 2)[0], field.Split(": ", 2)[1]);
            foreach (var (_, request) in seen)
            {
                var actual = name == "Body" ? request.Text : request[name] ?? SampleRow.Nothing;
                Assert.True(value == actual, $"{row}: {name}: {actual}");
            }
        }
    }

    private static async Task<SampleAnswer> SendAsync(SampleRow row, TestGateway gateway, SampleServices services, TokenIssuer issuer)
    {
        var raw = new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true };
        using var request = new HttpRequestMessage(new HttpMethod(row.Verb), new Uri(gateway.Address + row.Target, raw));
        if (row["Body"] is { } body)
            request.Content = new ByteArrayContent(body.Split(' ') is [var count, "bytes"] ? new byte[int.Parse(count, null)] : Encoding.UTF8.GetBytes(body));
        foreach (var (name, value) in Fields(row, issuer))
        {
            var sent = name == "Answer-Location" ? services.Resolve(value) : value;
            if (!request.Headers.TryAddWithoutValidation(name, sent)) request.Content!.Headers.TryAddWithoutValidation(name, sent);
        }
        using var answer = await gateway.Client.SendAsync(request, TestContext.Current.CancellationToken);
        var fields = answer.Headers.Concat(answer.Content.Headers).Select(f => (f.Key, string.Join(", ", f.Value)));
        return new SampleAnswer((int)answer.StatusCode, [.. fields], await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    private static async Task<SampleAnswer> TalkAsync(SampleRow row, TestGateway gateway, TokenIssuer issuer)
    {
        using var socket = new ClientWebSocket();
        socket.Options.CollectHttpResponseDetails = true;
        foreach (var (name, value) in Fields(row, issuer)) socket.Options.SetRequestHeader(name, value);
        try
        {
            await socket.ConnectAsync(new Uri($"ws://127.0.0.1:{gateway.Port}{row.Target}"), TestContext.Current.CancellationToken);
        }
        catch (WebSocketException)
        {
            return new SampleAnswer((int)socket.HttpStatusCode, [], "");
        }
        await socket.SendAsync("hello"u8.ToArray(), WebSocketMessageType.Text, endOfMessage: true, TestContext.Current.CancellationToken);
        var buffer = new byte[1024];
        var received = await socket.ReceiveAsync(buffer, TestContext.Current.CancellationToken);
        return new SampleAnswer(101, [], Encoding.UTF8.GetString(buffer, 0, received.Count));
    }

    private static IEnumerable<(string Name, string Value)> Fields(SampleRow row, TokenIssuer issuer) => row.With
        .Where(w => w.Name is not "Body")
        .Select(w => w.Name == "Token" ? ("Authorization", $"Bearer {issuer.Jwt(Claims(w.Value))}") : w);

    private static Dictionary<string, object> Claims(string json) =>
        JsonDocument.Parse(json).RootElement.EnumerateObject().ToDictionary(p => p.Name, p => (object)p.Value);

    /// <summary>The test's issuer in the place of the one that the sample's schemes name.</summary>
    private static (string, string)[] Settings(Dictionary<string, string> files, TokenIssuer issuer)
    {
        if (!files.TryGetValue("appsettings.json", out var settings)) return [];
        var schemes = JsonDocument.Parse(settings).RootElement.GetProperty("Authentication").GetProperty("Schemes").EnumerateObject();
        return [.. schemes.SelectMany(s => new[]
        {
            ($"Authentication:Schemes:{s.Name}:Authority", issuer.Authority), ($"Authentication:Schemes:{s.Name}:RequireHttpsMetadata", "false"),
        })];
    }

    private static string Root()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            if (File.Exists(Path.Combine(folder.FullName, "Gateway.sln"))) return folder.FullName;
        throw new DirectoryNotFoundException("There is no Gateway.sln above the tests.");
    }
}
