using Gateway.Configuration;
using Gateway.Hosting.Administration;

namespace Gateway.Tests.Hosting.Administration;

public sealed class AdministrationSettingsTests
{
    [Theory]
    [InlineData("Path=/administration", "Administration:Secret")]
    [InlineData("Secret=s", "Administration:Path")]
    [InlineData("Path=administration;Secret=s", "Administration:Path")]
    [InlineData("Path=/;Secret=s", "Administration:Path")]
    [InlineData("Path=/administration;Secret=s;Scheme=Bearer", "Administration:Scheme")]
    [InlineData("Path=/administration;Secret=s;Scopes=admin", "Administration:Scopes")]
    [InlineData("Path=/administration;Secret=", "Administration:Secret")]
    public void Refuses_what_would_be_open_or_is_not_what_was_meant(string settings, string path)
    {
        var problems = new ProblemList();

        Assert.Null(Read(settings, problems));

        var problem = Assert.Single(problems);
        Assert.Equal(path, problem.Path);
        Assert.Equal(Severity.Error, problem.Severity);
        Assert.NotEmpty(problem.Fix);
    }

    [Fact]
    public void Is_off_by_default()
    {
        var problems = new ProblemList();

        Assert.Null(Read("", problems));
        Assert.Empty(problems);
    }

    [Fact]
    public void Reads_all_there_is()
    {
        var problems = new ProblemList();

        var settings = Read("Path=/admin/;Scheme=Bearer;Scope=gateway", problems);

        Assert.Equal(new AdministrationSettings("/admin", null, "Bearer", "gateway"), settings);
    }

    [Fact]
    public void Names_the_scheme_that_was_meant()
    {
        var problems = new ProblemList();

        Read("Path=/admin;Scheme=Bearr", new ProblemList())!.CheckScheme(["Bearer"], null, problems);

        Assert.Contains("'Bearer'", Assert.Single(problems).Fix, StringComparison.Ordinal);
    }

    private static AdministrationSettings? Read(string settings, ProblemList problems) => AdministrationSettings.Read(
        new ConfigurationBuilder().AddInMemoryCollection(settings.Split(';', StringSplitOptions.RemoveEmptyEntries)
            .Select(s => s.Split('=')).Select(s => KeyValuePair.Create($"Administration:{s[0]}", (string?)s[1]))).Build(), null, problems);
}
