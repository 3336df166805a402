using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.Protocols;

namespace Gateway.Features.Authentication.JwtBearer;

/// <summary>
/// Gives a scheme that finds its keys by discovery our <see cref="IssuerKeys"/> in place of the platform's manager, which fails the first
/// tokens after a rollover and goes on accepting withdrawn keys for an hour. Runs behind the platform's own set-up.
/// </summary>
/// <param name="scheme">The one scheme this is for.</param>
/// <param name="betweenReadings">As configured; null takes <see cref="IssuerPace.DefaultBetweenReadings"/>.</param>
internal sealed class IssuerKeysSetup(string scheme, TimeSpan? betweenReadings, TimeProvider time, ILogger<IssuerKeys> logger)
    : IPostConfigureOptions<JwtBearerOptions>
{
    public void PostConfigure(string? name, JwtBearerOptions options)
    {
        if (name != scheme || options.ConfigurationManager is null || options.MetadataAddress is null) return;

        var documents = new HttpDocumentRetriever(options.Backchannel) { RequireHttps = options.RequireHttpsMetadata };
        var pace = new IssuerPace(betweenReadings ?? IssuerPace.DefaultBetweenReadings, options.AutomaticRefreshInterval);
        var keys = new IssuerKeys(options.MetadataAddress, documents, pace, time, logger);
        options.ConfigurationManager = null;
        options.TokenHandlers.Clear();
        options.TokenHandlers.Add(new IssuerTokenHandler(keys, options.RefreshOnIssuerKeyNotFound) { MapInboundClaims = options.MapInboundClaims });
    }
}
