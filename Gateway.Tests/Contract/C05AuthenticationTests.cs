using Gateway.Configuration;
using Gateway.Tests.Features.Authentication;
using Gateway.Tests.Support;

namespace Gateway.Tests.Contract;

/// <summary>Contract 05, as 00 amends it: which schemes hold, scopes, claims, and what the client sees.</summary>
public sealed class C05AuthenticationTests(C05AuthenticationTests.Setup setup) : IClassFixture<C05AuthenticationTests.Setup>
{
    [Theory] // §3: the global section is { Key: G, Keys: [GK] } for the group "in"; who passes, of a caller without a token and those of R, G and GK
    [InlineData("/in/keys", "R")] // 00, 05 A4: the route's replace them; Ocelot: G and R
    [InlineData("/in/key", "R")] // Ocelot: R and GK
    [InlineData("/in/absent", "G GK")]
    [InlineData("/in/empty", "G GK")]
    [InlineData("/in/anonymous", "- R G GK")]
    [InlineData("/out/absent", "- R G GK")]
    [InlineData("/out/keys", "R")]
    [InlineData("/out/both", "R GK")] // the single key first, then the list
    public async Task Asks_the_schemes_of_the_route_or_the_global_ones(string target, string expected)
    {
        var passed = new List<string>();
        foreach (var audience in (string[])["-", "R", "G", "GK"])
            if ((await setup.AskAsync(audience == "-" ? target : $"{target} | Token {audience}: {{}}")).Status == 200) passed.Add(audience);

        Assert.Equal(expected, string.Join(' ', passed));
    }

    [Theory] // §6, with the scope "read" allowed
    [InlineData(""" "scope": "read" """, 200)]
    [InlineData(""" "scope": "read write" """, 200)]
    [InlineData(""" "scope": [ "write", "read" ] """, 200)]
    [InlineData(""" "scope": [ "write read", "x" ] """, 200)] // 00 Scopes; Ocelot 403
    [InlineData(""" "scope": "Read" """, 403)]
    [InlineData(""" "scope": "reader" """, 403)]
    [InlineData(""" "sub": "1" """, 403)]
    [InlineData(""" "scp": "read" """, 200)] // 00 Scopes; Ocelot 403
    [InlineData(""" "Scope": "read" """, 403)]
    public async Task Needs_one_of_the_scopes(string claims, int status)
    {
        Assert.Equal(status, (await setup.AskAsync($"/scope | Token R: {{ {claims} }}")).Status);
        Assert.Equal(status, (await setup.AskAsync($"/scope/text | Token R: {{ {claims} }}")).Status); // 05 A2: a single text is a list of one
    }

    [Theory] // §7
    [InlineData("/role", """ "role": [ "user", "admin" ] """, 200)]
    [InlineData("/role", """ "role": "Admin" """, 403)]
    [InlineData("/two", """ "role": "admin" """, 403)]
    [InlineData("/two", """ "role": "admin", "dept": "x" """, 200)]
    [InlineData("/any", """ "role": "boss" """, 200)] // 00 Claim requirement: one of a list; Ocelot opens the route
    [InlineData("/any", """ "role": "user" """, 403)]
    [InlineData("/uri", """ "http://schemas.x/claims/role": "admin" """, 200)] // 05 A1; Ocelot opens the route
    [InlineData("/uri", """ "role": "admin" """, 403)]
    [InlineData("/users/7", """ "sub": "7" """, 200)]
    [InlineData("/users/7", """ "sub": "8" """, 403)]
    [InlineData("/files/a/b", """ "sub": "a/b" """, 200)]
    [InlineData("/literal/7", """ "sub": "7" """, 403)] // 'x{id}' is a literal
    [InlineData("/literal/7", """ "sub": "x{id}" """, 200)]
    public async Task Needs_the_claims(string target, string claims, int status) =>
        Assert.Equal(status, (await setup.AskAsync($"{target} | Token R: {{ {claims} }}")).Status);

    [Theory]
    [InlineData("/open/claims", 403)] // never 401
    [InlineData("/open/claims | Token R: { \"sub\": \"1\" }", 403)] // nobody is asked who they are
    [InlineData("/anonymous/claims | Token R: { \"sub\": \"1\" }", 403)] // 05 A8
    [InlineData("OPTIONS /role", 200)] // neither token nor claim
    [InlineData("OPTIONS /scope", 200)]
    [InlineData("/nope", 404)] // the route is found first
    [InlineData("/role | Authorization: Basic YTpi", 401)]
    [InlineData("/role | Authorization: Bearer nonsense", 401)]
    [InlineData("/role | Authorization: Bearer a.b.c", 401)]
    [InlineData("/role | Authorization: Bearer", 401)]
    public async Task Has_this_status(string row, int status) => Assert.Equal(status, (await setup.AskAsync(row)).Status);

    [Theory] // §8; 05 A9 and 00 Refusals: with a challenge and a body, which Ocelot hasn't
    [InlineData("/role", "Bearer realm=\"gateway\"", "not_authenticated")]
    [InlineData("/scope | Token R: {}", "Bearer realm=\"gateway\", error=\"insufficient_scope\", scope=\"read\"", "scope_not_allowed")]
    [InlineData("/role | Token R: {}", null, "claim_not_allowed")]
    public async Task Says_what_is_missing(string row, string? challenge, string code)
    {
        var answer = await setup.AskAsync(row);

        Assert.Equal(challenge, answer["WWW-Authenticate"]);
        Assert.Contains($"\"code\":\"{code}\"", answer.Body, StringComparison.Ordinal);
    }

    [Theory] // §9.4: no token, a JWT, a token without a dot, and one with dots that only introspection knows
    [InlineData("/both", "401 200 200 401")]
    [InlineData("/jwt", "401 200 401 401")]
    [InlineData("/reference", "401 401 200 200")]
    public async Task The_token_decides_who_validates_it(string target, string statuses) => Assert.Equal(statuses, await setup.StatusesAsync(
        target, $"{target} | Token: {{}}", $"{target} | Authorization: Bearer plain", $"{target} | Authorization: bearer dotted.token"));

    [Theory] // §4, with the scheme A alone
    [InlineData(""" "AuthenticationProviderKeys": [ "A", "B" ] """, "Routes[0].AuthenticationOptions.AuthenticationProviderKeys[1]")]
    [InlineData(""" "AuthenticationProviderKey": "A", "AuthenticationProviderKeys": [ "Typo" ] """, "Routes[0].AuthenticationOptions.AuthenticationProviderKeys[0]")] // Ocelot starts
    [InlineData(""" "AuthenticationProviderKeys": [ "" ] """, "Routes[0].AuthenticationOptions.AuthenticationProviderKeys[0]")]
    [InlineData(""" "AllowAnonymous": true, "AuthenticationProviderKeys": [ "Typo" ] """, "Routes[0].AuthenticationOptions.AuthenticationProviderKeys[0]")]
    [InlineData(""" "AuthenticationProviderKeys": [ "A" ] """, null)]
    [InlineData("", null)]
    public async Task Names_only_schemes_that_there_are(string options, string? path)
    {
        var problems = await ConfigurationCheck.ProblemsOfRouteAsync($$""" "AuthenticationOptions": { {{options}} } """, settings: Schemes.Jwt(setup.Issuer, "A"));

        if (path is null) Assert.DoesNotContain(problems, p => p.Severity == Severity.Error);
        else Assert.Equal(path, problems.OnlyError().Path);
    }

    public sealed class Setup : ContractSetup
    {
        protected override string Global => """
            "AuthenticationOptions": { "AuthenticationProviderKey": "G", "AuthenticationProviderKeys": [ "GK" ], "RouteKeys": [ "in" ] }
            """;

        protected override IEnumerable<string> Routes =>
        [
            Of("/in/keys", "in", """ "AuthenticationProviderKeys": [ "R" ] """),
            Of("/in/key", "in", """ "AuthenticationProviderKey": "R" """),
            Route("/in/absent", "/d", """ "Key": "in" """),
            Of("/in/empty", "in", """ "AuthenticationProviderKeys": [] """),
            Of("/in/anonymous", "in", """ "AllowAnonymous": true """),
            Route("/out/absent", "/d", """ "Key": "out" """),
            Of("/out/keys", "out", """ "AuthenticationProviderKeys": [ "R" ] """),
            Of("/out/both", "out", """ "AuthenticationProviderKey": "R", "AuthenticationProviderKeys": [ "GK" ] """),
            ByR("/scope", "", """, "AllowedScopes": [ "read" ] """),
            ByR("/scope/text", "", """, "AllowedScopes": "read" """),
            ByR("/role", """{ "role": "admin" }"""),
            ByR("/two", """{ "role": "admin", "dept": "x" }"""),
            ByR("/any", """{ "role": [ "admin", "boss" ] }"""),
            ByR("/uri", """{ "http://schemas.x/claims/role": "admin" }"""),
            ByR("/users/{userId}", """{ "sub": "{userId}" }"""),
            ByR("/files/{all}", """{ "sub": "{all}" }"""),
            ByR("/literal/{id}", """{ "sub": "x{id}" }"""),
            Route("/open/claims", "/d", """ "RouteClaimsRequirement": { "sub": "1" } """),
            Route("/anonymous/claims", "/d", """ "AuthenticationOptions": { "AllowAnonymous": true }, "RouteClaimsRequirement": { "sub": "1" } """),
            Of("/both", "out", """ "AuthenticationProviderKeys": [ "IS" ] """),
            Of("/jwt", "out", """ "AuthenticationProviderKeys": [ "ISJwt" ] """),
            Of("/reference", "out", """ "AuthenticationProviderKeys": [ "ISReference" ] """),
        ];

        protected override ValueTask PrepareAsync()
        {
            foreach (var token in (string[])["plain", "dotted.token"]) Issuer.Reference(token: token);
            return ValueTask.CompletedTask;
        }

        private protected override IEnumerable<(string Key, string Value)> SettingsOf(TokenIssuer issuer) =>
        [
            .. new[] { "R", "G", "GK" }.SelectMany(name => Schemes.Jwt(issuer, name, ("ValidAudiences:0", name))),
            .. Schemes.IdentityServer(issuer, "IS"),
            .. Schemes.IdentityServer(issuer, "ISJwt", ("SupportedTokens", "Jwt")),
            .. Schemes.IdentityServer(issuer, "ISReference", ("SupportedTokens", "Reference")),
        ];

        private static string Of(string path, string key, string options) => Route(path, "/d", $$""" "Key": "{{key}}", "AuthenticationOptions": { {{options}} } """);

        private static string ByR(string path, string requirement, string options = "") => Route(path, "/d",
            $$""" "AuthenticationOptions": { "AuthenticationProviderKeys": [ "R" ]{{options}} } """ + (requirement.Length > 0 ? $", \"RouteClaimsRequirement\": {requirement}" : ""));
    }
}
