using System.Text;
using System.Text.Json;
using Gateway.Features.Mediation;
using Gateway.Features.Mediation.Operators;
using Gateway.Tests.Commands;

namespace Gateway.Tests.Features.Mediation;

/// <summary>
/// Every file under <c>Golden/OPERATOR</c>: what its steps make of its input, byte for byte but for white space, however the input is cut
/// into chunks; or with which fault they refuse it.
/// </summary>
public sealed class GoldenTests
{
    private static string Folder => Path.Combine(ProblemPageTests.Repository(), "Gateway.Tests", "Features", "Mediation", "Golden");

    public static TheoryData<string> Files =>
        [.. Directory.GetFiles(Folder, "*.json", SearchOption.AllDirectories).Select(f => Path.GetRelativePath(Folder, f).Replace('\\', '/')).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Files))]
    public void Gives_what_the_file_says(string file)
    {
        var golden = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(Folder, file))).RootElement;
        var plan = Workbench.Steps(golden.GetProperty("steps").GetRawText());
        var context = Workbench.Context(golden.TryGetProperty("context", out var given) ? given.GetRawText() : "{}");
        var input = Encoding.UTF8.GetBytes(golden.TryGetProperty("inputText", out var text) ? text.GetString()! : Compact(golden.GetProperty("input").GetRawText()));

        foreach (var chunk in (int[])[int.MaxValue, 1, 2, 5])
        {
            if (golden.TryGetProperty("refused", out var fault))
            {
                var failure = Assert.Throws<MediationFailure>(() => Workbench.Run(plan, input, context: context, chunk: chunk));
                Assert.Equal(fault.GetString(), failure.Fault.ToString());
                if (golden.TryGetProperty("pointer", out var pointer)) Assert.Equal(pointer.GetString(), failure.Pointer);
                continue;
            }
            var (body, outcome) = Workbench.Run(plan, input, context: context, chunk: chunk);
            Assert.Equal(golden.TryGetProperty("outputText", out var expected) ? expected.GetString() : Compact(golden.GetProperty("output").GetRawText()), body);
            if (golden.TryGetProperty("status", out var status)) Assert.Equal(status.GetInt32(), outcome.Status);
            if (golden.TryGetProperty("headers", out var headers))
                Assert.Equal(headers.EnumerateArray().Select(h => h.GetString()), outcome.Headers.Select(h => h.Value is null ? $"{h.Name}:" : $"{h.Name}: {h.Value}"));
        }
    }

    [Fact]
    public void Knows_every_operator_by_three_files_at_least() =>
        Assert.All(OperatorList.Names, name => Assert.True(Directory.Exists(Path.Combine(Folder, name)) && Directory.GetFiles(Path.Combine(Folder, name)).Length >= 3, name));

    // White space between tokens goes; every token stays as it is written.
    private static string Compact(string json)
    {
        var result = new StringBuilder();
        var inText = false;
        for (var i = 0; i < json.Length; i++)
        {
            if (inText && json[i] == '\\') result.Append(json[i++]);
            else if (json[i] == '"') inText = !inText;
            else if (!inText && char.IsWhiteSpace(json[i])) continue;
            result.Append(json[i]);
        }
        return result.ToString();
    }
}
