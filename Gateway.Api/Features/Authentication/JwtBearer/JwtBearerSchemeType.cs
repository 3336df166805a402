using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.Extensions.Options;

namespace Gateway.Features.Authentication.JwtBearer;

/// <summary>JWTs, by ASP.NET Core's own handler, which reads its options from the same section.</summary>
internal sealed class JwtBearerSchemeType : ISchemeType
{
    private static readonly string[] Forwards =
        ["ForwardAuthenticate", "ForwardChallenge", "ForwardDefault", "ForwardForbid", "ForwardSignIn", "ForwardSignOut"];

    // Exactly what the platform's handler reads from the section.
    private static readonly string[] Keys =
    [
        "Authority", "MetadataAddress", "ValidIssuer", "ValidIssuers", "ValidateIssuer", "ValidAudience", "ValidAudiences", "ValidateAudience",
        "SigningKeys", "RequireHttpsMetadata", "MapInboundClaims", "SaveToken", "IncludeErrorDetails", "Challenge", "BackchannelTimeout",
        "RefreshInterval", "RefreshOnIssuerKeyNotFound", .. Forwards,
    ];

    public string Name => "JwtBearer";

    public void Register(AuthenticationBuilder authentication, SchemeDeclaration scheme)
    {
        authentication.AddJwtBearer(scheme.Name);
        TimeSpan? pace = TimeSpan.TryParse(scheme["RefreshInterval"], out var interval) ? interval : null;
        authentication.Services.AddIssuerKeys(scheme.Name, pace);
    }

    public IEnumerable<SchemeFault> Faults(SchemeDeclaration scheme) =>
        scheme.UnknownKeys(Keys).Concat(IssuerFaults(scheme)).Concat(AudienceFaults(scheme)).Concat(SigningKeyFaults(scheme));

    public SchemeMemory Memory(SchemeDeclaration scheme, IServiceProvider services)
    {
        var options = services.GetRequiredService<IOptionsMonitor<JwtBearerOptions>>().Get(scheme.Name);
        // Enumerated here, so that a key that isn't Base64 shows now.
        _ = options.TokenValidationParameters.IssuerSigningKeys?.Count();
        return new SchemeMemory(options.ForwardAuthenticate is null && options.ForwardDefault is null, options.IssuerKeys());
    }

    private static IEnumerable<SchemeFault> IssuerFaults(SchemeDeclaration scheme)
    {
        var isHttpAllowed = scheme.IsFalse("RequireHttpsMetadata");
        if (scheme["Authority"] is { } authority)
            foreach (var fault in scheme.AddressFaults("Authority", authority, isHttpAllowed)) yield return fault;
        if (scheme["MetadataAddress"] is { } metadata)
            foreach (var fault in scheme.AddressFaults("MetadataAddress", metadata, isHttpAllowed)) yield return fault;
        if (scheme["Authority"] is null && scheme["MetadataAddress"] is null && !scheme.Has("SigningKeys"))
            yield return scheme.Fault("", "no token can be validated, because there are no keys", "Write Authority, MetadataAddress or SigningKeys");
        if (scheme.IsFalse("ValidateIssuer") && (scheme.Has("ValidIssuer") || scheme.Has("ValidIssuers")))
            yield return scheme.Fault("ValidateIssuer", "issuers are named, but not checked", "Remove ValidateIssuer, or the issuers");
    }

    private static IEnumerable<SchemeFault> AudienceFaults(SchemeDeclaration scheme)
    {
        var names = scheme.Has("ValidAudience") || scheme.Has("ValidAudiences");
        if (scheme.IsFalse("ValidateAudience") && names)
            yield return scheme.Fault("ValidateAudience", "audiences are named, but not checked", "Remove ValidateAudience, or the audiences");
        else if (scheme.Values("ValidAudiences").Concat(scheme.Values("ValidAudience")).Any(string.IsNullOrWhiteSpace))
            yield return scheme.Fault("ValidAudiences", "an audience is empty, so no token is ever meant for it", "Write the name by which the issuer knows this API");
        else if (!names && !scheme.IsFalse("ValidateAudience"))
            yield return scheme.Fault("ValidAudiences", "no token can be accepted, because the audience is checked and none is named",
                "Write ValidAudiences, or \"ValidateAudience\": false to accept tokens meant for anybody");
    }

    private static IEnumerable<SchemeFault> SigningKeyFaults(SchemeDeclaration scheme)
    {
        string[] issuers = [.. scheme.Values("ValidIssuers"), .. scheme["ValidIssuer"] is { } issuer ? [issuer] : Array.Empty<string>()];
        var keys = scheme.Section.GetSection("SigningKeys").GetChildren().ToList();
        foreach (var key in keys)
        {
            var place = $"SigningKeys:{key.Key}";
            if (key["Issuer"] is not { } of || !issuers.Contains(of, StringComparer.Ordinal))
                yield return scheme.Fault(place, "the key is never used, because its Issuer is none of ValidIssuers", "Name the same issuer in both");
            else if (keys.Count(other => other["Issuer"] == of) > 1)
                yield return scheme.Fault(place, $"the issuer \"{of}\" has more than one key here", "Keep one key for an issuer");
            if (key["Value"] is not { } text || !IsKey(text))
                yield return scheme.Fault(place, "its Value is no Base64 text of 32 octets or more", "Write the key as Base64");
        }
    }

    private static bool IsKey(string text)
    {
        var octets = new byte[text.Length];
        return Convert.TryFromBase64String(text, octets, out var length) && length >= 32;
    }
}
