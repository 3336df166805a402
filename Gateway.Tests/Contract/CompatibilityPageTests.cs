using System.Reflection;
using System.Text.RegularExpressions;
using Gateway.Commands;
using Gateway.Configuration;
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

    [Fact]
    public async Task Has_a_row_with_a_test_for_every_key()
    {
        await using var empty = Inspection.Empty();
        var rows = Rows().Where(row => row.Split(" | ").Length == 5).ToList();
        var written = rows.Select(row => row.Trim('|', ' ').Split(" | ")).Select(cells => (Key: cells[0].Trim('`'), Section: cells[1].Trim('`'), Levels: Words(cells[2]))).ToLookup(r => (r.Key, r.Section));

        Assert.DoesNotContain(rows, row => !TestName().IsMatch(row));
        Assert.Empty(Keys(empty.Catalog).Where(key => !written.Contains((key.Name, key.Section))).Select(key => $"{key.Name} of {key.Section} has no row"));
        Assert.Empty(Keys(empty.Catalog).Where(key => !written[(key.Name, key.Section)].Any(row => row.Levels == key.Levels))
            .Select(key => $"{key.Name} of {key.Section} may stand in: {key.Levels}"));
    }

    /// <summary>Every key with its section, as the page names them, and with the places where it may stand.</summary>
    private static List<(string Name, string Section, string Levels)> Keys(KeyCatalog catalog)
    {
        var keys = new List<(string, string, string)>(OcelotDocument.Roots.Select(root => (root, "–", "root")));
        foreach (var key in catalog.Keys)
        {
            foreach (var name in new[] { key.Name, key.FormerName }.OfType<string>()) keys.Add((name, "–", Words(key.Levels)));
            Add(key.Options, key.Name, key.Levels);
        }
        return keys;

        void Add(OptionsShape? shape, string section, Levels levels)
        {
            foreach (var property in shape?.Properties ?? [])
            {
                foreach (var name in new[] { property.Name, property.Former?.Name }.OfType<string>())
                    keys.Add((name, section, Words(property.GlobalOnly ? Levels.Global : levels)));
                Add(OptionsShape.Within(property.Type), property.Name, levels);
            }
        }
    }

    private static string Words(Levels levels) => Words(levels.ToString().Replace("DynamicRoute", "dynamic route", StringComparison.Ordinal));

    private static string Words(string levels) => string.Join(", ", levels.ToLowerInvariant().Split(", ").Order(StringComparer.Ordinal));

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
