using System.Text;
using Gateway.Configuration;
using static Gateway.Tests.Configuration.Loading;

namespace Gateway.Tests.Configuration;

public sealed class OcelotFilesTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("utf-8")]
    [InlineData("utf-16")]
    [InlineData("utf-16BE")]
    public void Reads_a_file_with_a_byte_order_mark(string encoding)
    {
        File.WriteAllText(_folder["ocelot.json"], """{ "GlobalConfiguration": { "BaseUrl": "http://ä" } }""", Encoding.GetEncoding(encoding));

        Assert.Equal("\"http://ä\"", Good(Files(_folder.Path)).At("GlobalConfiguration.BaseUrl"));
    }

    [Theory]
    [InlineData("", "the file is empty")]
    [InlineData(" \n\t", "the file is empty")]
    [InlineData("[]", "must be an object, was an array")]
    [InlineData("\"x\"", "must be an object, was a string")]
    public void Says_what_is_wrong_with_a_file_that_is_no_document(string text, string message)
    {
        _folder.Write("ocelot.json", text);

        Assert.Contains(message, Assert.Single(Problems(Files(_folder.Path))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Gives_the_hosts_sections_as_settings()
    {
        _folder.Write("ocelot.json",
            """{ "Kestrel": { "Endpoints": { "A": { "Url": "http://*:1" } } }, "Authentication": { "Schemes": { "B": { "ValidAudiences": ["x", "y"], "Flag": true } } }, "Routes": [] }""");

        var settings = Good(Files(_folder.Path)).HostSettings.Select(s => $"{s.Key}={s.Value}");

        Assert.Equal(
            ["Kestrel:Endpoints:A:Url=http://*:1", "Authentication:Schemes:B:ValidAudiences:0=x", "Authentication:Schemes:B:ValidAudiences:1=y", "Authentication:Schemes:B:Flag=true"],
            settings);
    }

    [Fact]
    public void Gives_the_document_as_it_is_written_without_the_environment_of_this_process()
    {
        _folder.Write("ocelot.json", """{ "Routes": [ { "Key": "a", "Timeout": 1 } ], "GlobalConfiguration": { "BaseUrl": "${ADDRESS}" } }""");
        _folder.Write("ocelot.Production.json", """{ "Routes": [ { "Key": "a", "Timeout": 2 } ] }""");
        var files = Files(_folder.Path, variables: [("ADDRESS", "http://here"), ("Routes__0__Timeout", "3")]);

        var written = DocumentWriter.Write(files.AsWritten()!);

        Assert.Contains("${ADDRESS}", written, StringComparison.Ordinal);
        Assert.Contains("\"Timeout\": 2", written, StringComparison.Ordinal);
    }

    [Fact]
    public void Keeps_a_file_that_vanishes_from_taking_its_part_of_the_configuration_along()
    {
        _folder.Write("ocelot.json", "{}");
        _folder.Write("ocelot.Production.json", """{ "GlobalConfiguration": { "SecurityOptions": {} } }""");
        var files = Files(_folder.Path);
        Good(files);
        files.Accept();

        File.Delete(_folder["ocelot.Production.json"]);

        var problem = Assert.Single(Problems(files));
        Assert.Equal((ProblemCodes.File, Severity.Error, _folder["ocelot.Production.json"]), (problem.Code, problem.Severity, problem.Origin.File));
    }

    [Fact]
    public void Forgets_a_file_that_never_took_effect()
    {
        _folder.Write("ocelot.json", "{}");
        var files = Files(_folder.Path);
        Good(files);
        files.Accept();
        _folder.Write("ocelot.Production.json", """{ "Rutes": [] }""");
        files.Load(new ProblemList());

        File.Delete(_folder["ocelot.Production.json"]);

        Good(files);
    }

    [Fact]
    public void Reports_all_files_that_are_broken_not_the_first()
    {
        _folder.Write("ocelot.a.json", "{ \"Routes\": [ }");
        _folder.Write("ocelot.b.json", "{ \"Routes\": [ ] ");

        Assert.Equal([_folder["ocelot.a.json"], _folder["ocelot.b.json"]], Problems(Files(_folder.Path)).Select(p => p.Origin.File));
    }
}
