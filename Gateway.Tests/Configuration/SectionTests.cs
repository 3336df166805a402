using System.Text;
using Gateway.Configuration;

namespace Gateway.Tests.Configuration;

/// <summary>How values are read, and how a route's section and the global one combine (contract 01 §1, §4 and §7 as amended by 00).</summary>
public sealed class SectionTests
{
    private static readonly SectionKey<int?> Number = new("Timeout", Levels.Route | Levels.Global, Combination.OwnElseGlobal);
    private static readonly SectionKey<bool?> Flag = new("Flag", Levels.Route);
    private static readonly SectionKey<double?> Fraction = new("Fraction", Levels.Route);
    private static readonly SectionKey<string?> Text = new("Text", Levels.Route);
    private static readonly SectionKey<IReadOnlyList<string>?> List = new("List", Levels.Route);
    private static readonly SectionKey<IReadOnlyDictionary<string, string>?> Map = new("Map", Levels.Route | Levels.Global, Combination.KeyByKey);
    private static readonly SectionKey<SampleOptions?> Options = new("Options", Levels.Route | Levels.Global, Combination.FieldByField, "OldOptions");
    private static readonly SectionKey<SampleOptions?> Whole = new("Whole", Levels.Route | Levels.Global, Combination.OwnElseGlobal);

    private static KeyCatalog Catalog() => new([RouteSection.KeyKey, Number, Flag, Fraction, Text, List, Map, Options, Whole]);

    [Theory]
    [InlineData("5", 5)]
    [InlineData("\"5\"", 5)]
    [InlineData("\" 5 \"", 5)]
    [InlineData("null", null)]
    public void Reads_numbers_also_from_texts(string json, int? expected) => Assert.Equal(expected, Route($"\"timeout\": {json}").Read(Number));

    [Theory]
    [InlineData("true", true)]
    [InlineData("\"TRUE\"", true)]
    [InlineData("\"False\"", false)]
    public void Reads_flags_also_from_texts(string json, bool expected) => Assert.Equal(expected, Route($"\"FLAG\": {json}").Read(Flag));

    [Theory]
    [InlineData("0.5", 0.5)]
    [InlineData("\"0.5\"", 0.5)]
    [InlineData("1e-1", 0.1)]
    public void Reads_fractions(string json, double expected) => Assert.Equal(expected, Route($"\"Fraction\": {json}").Read(Fraction));

    [Theory]
    [InlineData("\"a\"", "a")]
    [InlineData("5", "5")]
    [InlineData("\"\"", null)]
    [InlineData("null", null)]
    public void Reads_texts_also_from_numbers(string json, string? expected) => Assert.Equal(expected, Route($"\"Text\": {json}").Read(Text));

    [Theory]
    [InlineData("[\"a\", \"b\"]", "a,b")]
    [InlineData("\"a\"", "a")]
    [InlineData("[]", null)]
    [InlineData("{}", null)]
    [InlineData("\"\"", null)]
    public void Takes_a_single_text_for_a_list_of_one(string json, string? expected) =>
        Assert.Equal(expected, Route($"\"List\": {json}").Read(List) is { } list ? string.Join(',', list) : null);

    [Fact]
    public void Keeps_the_order_of_maps_and_colons_in_their_keys()
    {
        var map = Route("\"Map\": { \"z\": \"1\", \"http://schemas.x/claims/role\": \"Admin\", \"a\": \"\" }").Read(Map)!;

        Assert.Equal(["z=1", "http://schemas.x/claims/role=Admin", "a="], map.Select(e => $"{e.Key}={e.Value}"));
    }

    [Theory]
    [InlineData("\"Flag\": 1")]
    [InlineData("\"Flag\": \"yes\"")]
    [InlineData("\"Timeout\": 1.5")]
    [InlineData("\"Timeout\": \"1,5\"")]
    [InlineData("\"Timeout\": \"0x10\"")]
    [InlineData("\"Fraction\": \"1,5\"")]
    [InlineData("\"Fraction\": \"NaN\"")]
    [InlineData("\"Text\": []")]
    [InlineData("\"Text\": {}")]
    [InlineData("\"List\": { \"0\": \"a\" }")]
    [InlineData("\"Map\": { \"a\": { \"b\": \"c\" } }")]
    [InlineData("\"Map\": [ \"a\" ]")]
    [InlineData("\"Options\": \"\"")]
    [InlineData("\"Options\": []")]
    [InlineData("\"Options\": { \"Hosts\": { \"Name\": \"a\" } }")]
    [InlineData("\"Options\": { \"Hosts\": \"a\" }")]
    public void Refuses_another_type(string json)
    {
        var problems = new ProblemList();

        Read($"{{ \"Routes\": [ {{ {json} }} ] }}", problems);

        Assert.Equal(ProblemCodes.WrongType, Assert.Single(problems).Code);
    }

    public static TheoryData<string, string, string> Combinations => new()
    {
        // global, route, what holds (contract 01 §4)
        { "", "", "-" },
        { """ "Options": { "Limit": 1 } """, "", "Limit=1" },
        { """ "Options": { "Limit": 1, "RouteKeys": ["r"] } """, """ "Key": "r" """, "Limit=1" },
        { """ "Options": { "Limit": 1, "RouteKeys": ["r"] } """, """ "Key": "R" """, "-" },
        { """ "Options": { "Limit": 1, "RouteKeys": ["r"] } """, "", "-" },
        { """ "Options": { "Limit": 1, "RouteKeys": [] } """, "", "Limit=1" },
        { "", """ "Options": { "Limit": 2 } """, "Limit=2" },
        { """ "Options": { "Limit": 1, "Period": "1s", "Names": ["g"] } """, """ "Options": { "Limit": 2, "Names": ["r"] } """, "Limit=2 Period=1s Names=r" },
        { """ "Options": { "Limit": 1, "Period": "1s" } """, """ "Options": { "Period": "" } """, "Limit=1 Period=1s" },
        { """ "Options": { "Names": ["g"] } """, """ "Options": { "Limit": 2, "Names": [] } """, "Limit=2 Names=g" },
        { """ "Options": { "Limit": 1, "Period": "1s", "RouteKeys": ["r"] } """, """ "Key": "x", "Options": { "Limit": 2 } """, "Limit=2" },
        { """ "Options": { "Limit": 1 } """, """ "Options": {} """, "Limit=1" },
        // aliases: the route's either name before the global section's either name
        { """ "Options": { "OldLimit": 1 } """, """ "Options": { "Limit": 2 } """, "Limit=2" },
        { """ "Options": { "Limit": 1 } """, """ "Options": { "OldLimit": 2 } """, "Limit=2" },
        { """ "OldOptions": { "Limit": 1 } """, """ "Options": { "Period": "1s" } """, "Limit=1 Period=1s" },
        { "", """ "Options": { "Limit": 1 }, "OldOptions": { "Period": "9s" } """, "Period=9s" },
        { "", """ "OldOptions": { "Period": "9s" }, "Options": { "Limit": 1 } """, "Period=9s" },
        { "", """ "Options": { "Limit": 1, "OldLimit": 2 } """, "Limit=2" },
        { "", """ "Options": { "OldLimit": 2, "Limit": 1 } """, "Limit=2" },
        { "", """ "Options": { "NoHeaders": true } """, "Headers=False" },
        { "", """ "Options": { "WaitSeconds": 2.5 } """, "Wait=2.5s" },
        { "", """ "Options": { "Names": ["b"], "Name": "a" } """, "Names=a,b" },
        { "", """ "Options": { "Name": "a", "Names": ["b", "a"] } """, "Names=a,b" },
    };

    [Theory]
    [MemberData(nameof(Combinations))]
    public void Combines_a_routes_options_with_the_global_ones(string global, string route, string expected)
    {
        var problems = new ProblemList();

        var options = Read($"{{ \"Routes\": [ {{ {route} }}, {{ \"Key\": \"r\" }} ], \"GlobalConfiguration\": {{ {global} }} }}", problems).Routes[0].Read(Options);

        Assert.False(problems.HasErrors);
        Assert.Equal(expected, options?.ToString() ?? "-");
    }

    [Theory]
    [MemberData(nameof(Combinations))]
    public void Shows_the_same_in_the_effective_document(string global, string route, string expected)
    {
        var document = Read($"{{ \"Routes\": [ {{ {route} }}, {{ \"Key\": \"r\" }} ], \"GlobalConfiguration\": {{ {global} }} }}", new ProblemList());

        var shown = new EffectiveDocument(document, Catalog()).Routes[0].Find("Options");

        var again = shown is null ? null : Route($"\"Options\": {DocumentWriter.Write(shown)}").Read(Options);
        Assert.Equal(expected, again?.ToString() ?? "-");
    }

    [Fact]
    public void Takes_some_sections_as_a_whole_and_merges_maps_by_key()
    {
        var route = Read("""
            { "Routes": [ { "Whole": { "Limit": 2 }, "Map": { "a": "r", "c": "r" } } ],
              "GlobalConfiguration": { "Whole": { "Period": "1s" }, "Map": { "a": "g", "b": "g" }, "Timeout": 9 } }
            """, new ProblemList()).Routes[0];

        Assert.Equal("Limit=2", route.Read(Whole)!.ToString());
        Assert.Equal(["a=r", "b=g", "c=r"], route.Read(Map)!.OrderBy(e => e.Key).Select(e => $"{e.Key}={e.Value}"));
        Assert.Equal(9, route.Read(Number));
    }

    [Theory]
    [InlineData("\"GlobalConfiguration\": { \"Compatibility\": \"Ocelot25\" }, \"Routes\": [ { \"Colour\": 1 } ]", false)]
    [InlineData("\"GlobalConfiguration\": { \"Compatibility\": \"Ocelot25\" }, \"Routes\": [ { \"AuthenticationOption\": {} } ]", true)]
    [InlineData("\"GlobalConfiguration\": { \"Compatibility\": \"Ocelot25\" }, \"Rutes\": []", true)]
    [InlineData("\"Routes\": [ { \"Colour\": 1 } ]", true)]
    public void Warns_of_unknown_keys_where_Ocelots_ways_were_chosen_but_never_of_protections(string members, bool isError)
    {
        var problems = new ProblemList();
        var authentication = new SectionKey<SampleOptions?>("AuthenticationOptions", Levels.Route);
        var compatibility = new SectionKey<string?>("Compatibility", Levels.Global);

        OcelotDocument.Read((ObjectNode)DocumentParser.Parse(Encoding.UTF8.GetBytes($"{{ {members} }}"), "ocelot.json", problems)!,
            new KeyCatalog([Number, authentication, compatibility]), problems);

        Assert.Equal(isError, Assert.Single(problems).Severity == Severity.Error);
    }

    [Fact]
    public void Knows_every_alias_before_sections_are_read()
    {
        var former = typeof(Aliases).Assembly.GetTypes()
            .SelectMany(t => t.GetProperties())
            .Select(p => (Property: p, Attribute: (FormerNameAttribute?)Attribute.GetCustomAttribute(p, typeof(FormerNameAttribute))))
            .Where(p => p.Attribute is not null);

        foreach (var (property, attribute) in former)
            Assert.Equal(property.Name, Aliases.PresentName(property.DeclaringType!.Name, attribute!.Name));
    }

    private static RouteSection Route(string members)
    {
        var problems = new ProblemList();
        var route = Read($"{{ \"Routes\": [ {{ {members} }} ] }}", problems).Routes[0];
        Assert.False(problems.HasErrors);
        return route;
    }

    private static OcelotDocument Read(string json, ProblemList problems) =>
        OcelotDocument.Read((ObjectNode)DocumentParser.Parse(Encoding.UTF8.GetBytes(json), "ocelot.json", problems)!, Catalog(), problems);

    internal sealed record SampleHost
    {
        public string? Name { get; init; }
    }

    internal sealed record SampleOptions
    {
        [FormerName("OldLimit")]
        public int? Limit { get; init; }

        public string? Period { get; init; }

        [FormerName("Name", FormerValue.Prepended)]
        public IReadOnlyList<string>? Names { get; init; }

        [FormerName("NoHeaders", FormerValue.Negated)]
        public bool? Headers { get; init; }

        [FormerName("WaitSeconds", FormerValue.Seconds)]
        public string? Wait { get; init; }

        public IReadOnlyList<SampleHost>? Hosts { get; init; }

        [GlobalOnly]
        public IReadOnlyList<string>? RouteKeys { get; init; }

        public override string ToString() => string.Join(' ', new[]
        {
            Limit is null ? null : $"Limit={Limit}",
            Period is null ? null : $"Period={Period}",
            Names is null ? null : $"Names={string.Join(',', Names)}",
            Headers is null ? null : $"Headers={Headers}",
            Wait is null ? null : $"Wait={Wait}",
        }.Where(p => p is not null));
    }
}
