using System.Reflection;
using System.Text.RegularExpressions;
using Gateway.Tests.Support;

namespace Gateway.Tests.Contract;

/// <summary>Contract 00, principle 4: no difference without a row, no row without a test.</summary>
public sealed partial class CompatibilityPageTests
{
    private static readonly ILookup<string, MethodInfo> Tests = typeof(TestGateway).Assembly.GetTypes()
        .SelectMany(type => type.GetMethods().Where(method => method.GetCustomAttributes<FactAttribute>().Any()).Select(method => (type.Name, method)))
        .ToLookup(test => test.Name, test => test.method);

    [Fact]
    public void Names_only_tests_that_there_are()
    {
        var named = Rows().SelectMany(row => TestName().Matches(row.Split('|')[^2])).Select(match => (Class: match.Groups[1].Value, Method: match.Groups[2].Value)).ToList();

        Assert.NotEmpty(named);
        Assert.Empty(named.Where(name => name.Method.Length == 0 ? !Tests.Contains(name.Class) : Tests[name.Class].All(m => m.Name != name.Method))
            .Select(name => $"{name.Class}.{name.Method}").Distinct());
    }

    [Fact]
    public void Gives_every_row_its_columns() => Assert.All(Rows(), row => Assert.InRange(row.Split(" | ").Length, 5, 6));

    private static IEnumerable<string> Rows()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var page = Path.Combine(folder.FullName, "docs", "compatibility.md");
            if (File.Exists(page)) return File.ReadLines(page).Where(line => line.StartsWith("| ", StringComparison.Ordinal) && !line.StartsWith("| ---", StringComparison.Ordinal) && !line.EndsWith("| Test |", StringComparison.Ordinal));
        }
        throw new FileNotFoundException("docs/compatibility.md is above no folder of the tests.");
    }

    [GeneratedRegex(@"`(\w+Tests|\w+Contract)(?:\.(\w+))?`")]
    private static partial Regex TestName();
}
