using Gateway.Configuration;
using Gateway.Tests.Support;

namespace Gateway.Tests.Features.Authentication;

/// <summary>Schemes that could never accept a token, or would accept too many, keep the gateway from starting (contract 05 §9.8).</summary>
public sealed class SchemeFaultTests
{
    private const string Https = "Authority=https://id.example";

    [Theory]
    [InlineData("Type", "Type=JwtBaerer", "Did you mean \"JwtBearer\"")]
    [InlineData("ValidAudiance", Https + ";ValidAudience=api;ValidAudiance=api", "Did you mean 'ValidAudience'")]
    [InlineData("Audience", Https + ";ValidAudience=api;Audience=api", "Did you mean 'ValidAudience'")]
    [InlineData("", "ValidAudience=api", "there are no keys")]
    [InlineData("ValidAudiences", Https, "none is named")]
    [InlineData("ValidateAudience", Https + ";ValidAudience=api;ValidateAudience=false", "not checked")]
    [InlineData("ValidateIssuer", Https + ";ValidAudience=api;ValidIssuer=https://id.example;ValidateIssuer=false", "not checked")]
    [InlineData("Authority", "Authority=http://id.example;ValidAudience=api", "RequireHttpsMetadata")]
    [InlineData("Authority", "Authority=id.example;ValidAudience=api", "no address")]
    [InlineData("SigningKeys:0", "ValidIssuer=i;ValidAudience=api;SigningKeys:0:Issuer=j;SigningKeys:0:Value=AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=", "never used")]
    [InlineData("SigningKeys:0", "ValidIssuer=i;ValidAudience=api;SigningKeys:0:Issuer=i;SigningKeys:0:Value=short", "Base64")]
    [InlineData("", Https + ";ValidAudience=api;BackchannelTimeout=soon", "soon")]
    [InlineData("Authority", "Type=IdentityServer", "no issuer")]
    [InlineData("Authority", "Type=IdentityServer;Authority=http://localhost:5000", "RequireHttpsMetadata")]
    [InlineData("ApiSecret", "Type=IdentityServer;SupportedTokens=Reference;ApiName=api;" + Https, "looked up")]
    [InlineData("ApiName", "Type=IdentityServer;ApiSecret=s;" + Https, "no use")]
    [InlineData("ApiSecrte", "Type=IdentityServer;ApiName=api;ApiSecrte=s;" + Https, "Did you mean 'ApiSecret'")]
    [InlineData("", "Type=IdentityServer;SupportedTokens=Some;" + Https, "SupportedTokens")]
    [InlineData("", "Type=IdentityServer;CacheDuration=ten;" + Https, "CacheDuration")]
    [InlineData("ClientSecret", "Type=Introspection;ClientId=api;" + Https, "Write ClientSecret")]
    [InlineData("Authority", "Type=Introspection;ClientId=api;ClientSecret=s", "no server")]
    [InlineData("Authority", "Type=Introspection;ClientId=api;ClientSecret=s;Authority=http://id.example", "RequireHttpsMetadata")]
    public async Task Refuses_a_scheme_that_makes_no_sense(string key, string settings, string says)
    {
        var problems = await ConfigurationCheck.ProblemsAsync("{}", Settings(settings));

        var error = problems.OnlyError();
        Assert.Equal(key.Length == 0 ? "Authentication:Schemes:Shop" : $"Authentication:Schemes:Shop:{key}", error.Path);
        Assert.Contains(says, error.Message + error.Fix, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(Https + ";ValidAudience=api")]
    [InlineData(Https + ";ValidateAudience=false;MapInboundClaims=false;RefreshInterval=00:00:10;SaveToken=true")]
    [InlineData("MetadataAddress=https://id.example/meta;ValidAudiences:0=a;ValidAudiences:1=b")]
    [InlineData("Type=IdentityServer;" + Https)]
    [InlineData("Type=identityserver;SupportedTokens=Reference;ApiName=api;ApiSecret=s;Authority=http://localhost:5000")]
    [InlineData("Type=IdentityServer;ApiName=api;EnableCaching=true;CacheDuration=00:05:00;IntrospectionDiscoveryPolicy:ValidateIssuerName=false;" + Https)]
    [InlineData("Type=Introspection;ClientId=api;ClientSecret=s;IntrospectionEndpoint=http://localhost:5000/introspect")]
    public async Task Accepts_a_scheme_that_does(string settings) => Assert.Empty(await ConfigurationCheck.ProblemsAsync("{}", Settings(settings)));

    [Fact]
    public async Task Tells_of_every_fault_at_once()
    {
        var problems = await ConfigurationCheck.ProblemsAsync("{}", Settings("Authority=http://id.example;Audience=api"));

        Assert.Equal(
            ["Authentication:Schemes:Shop:Audience", "Authentication:Schemes:Shop:Authority", "Authentication:Schemes:Shop:ValidAudiences"],
            problems.Select(p => p.Path).Order(StringComparer.Ordinal));
        Assert.All(problems, p => Assert.Equal(Severity.Error, p.Severity));
    }

    [Fact]
    public async Task Tells_of_the_fault_of_a_scheme_that_a_route_names()
    {
        var problems = await ConfigurationCheck.ProblemsOfRouteAsync(""" "AuthenticationOptions": { "AuthenticationProviderKeys": ["Shop"] } """,
            settings: Settings("Authority=http://id.example;ValidAudience=api"));

        Assert.Equal("Authentication:Schemes:Shop:Authority", problems.OnlyError().Path);
    }

    private static (string, string)[] Settings(string text) =>
        Schemes.Of("Shop", [.. text.Split(';').Select(s => (s[..s.IndexOf('=')], s[(s.IndexOf('=') + 1)..]))]);
}
