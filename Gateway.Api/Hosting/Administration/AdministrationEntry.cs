using System.Security.Claims;
using Gateway.Pipeline;
using Microsoft.AspNetCore.Authentication;

namespace Gateway.Hosting.Administration;

/// <summary>
/// Stands before the gateway and takes every request below its path. Only the token endpoint answers to strangers; whoever asks for anything
/// else, there or not, is asked for a token with the scope first (contract 08 §6.3 and 00, Administration API).
/// </summary>
internal sealed partial class AdministrationEntry : IDisposable
{
    // Characters; a shorter one can be guessed from a token that was found somewhere.
    private const int LeastOfASecret = 16;

    private static readonly Refusal NotAuthenticated = new("not_authenticated", 401, "The administration needs a valid access token.");
    private static readonly Refusal NotAllowed = new("not_authorized", 403, "The access token does not allow the administration.");
    private static readonly Refusal NotThere = new("no_route", 404, "The administration has no such resource.");

    private readonly AdministrationSettings _settings;
    private readonly AdministrationTokens? _own;
    private readonly TokenEndpoint? _tokens;
    private readonly ConfigurationResource _configuration;
    private readonly RegionResource _regions;
    private readonly RunningResource _running;
    private readonly ILogger _logger;

    public AdministrationEntry(
        AdministrationSettings settings, ConfigurationResource configuration, RegionResource regions, RunningResource running, TimeProvider time,
        ILogger<AdministrationEntry> logger)
    {
        (_settings, _configuration, _regions, _running, _logger) = (settings, configuration, regions, running, logger);
        if (settings.Secret is null) return;
        if (settings.Secret.Length < LeastOfASecret) Log.ShortSecret(logger, LeastOfASecret);
        _own = new AdministrationTokens(settings.Secret, time);
        _tokens = new TokenEndpoint(_own, settings.Scope, logger);
    }

    public Task InvokeAsync(HttpContext http, RequestDelegate next)
    {
        if (!http.Request.Path.StartsWithSegments(_settings.Path, StringComparison.OrdinalIgnoreCase, out var rest)) return next(http);
        http.Response.Headers.CacheControl = "no-store";
        return _tokens is not null && Is(rest, "/connect/token")
            ? ForAsync(http, (HttpMethods.Post, _ => _tokens.InvokeAsync(http)))
            : AdmitAsync(http, rest);
    }

    public void Dispose() => _tokens?.Dispose();

    private async Task AdmitAsync(HttpContext http, PathString rest)
    {
        var token = TokenOf(http.Request);
        if (await CallerAsync(http, token) is not { Identity.IsAuthenticated: true } caller)
        {
            http.Response.Headers.WWWAuthenticate = token is null ? "Bearer realm=\"administration\"" : "Bearer realm=\"administration\", error=\"invalid_token\"";
            await RefusalWriter.WriteAsync(http, NotAuthenticated, RefusalStyle.Default);
            return;
        }
        var audit = new Audit(_logger, Audit.NameOf(caller), http.Connection.RemoteIpAddress?.ToString() ?? "");
        if (!HasScope(caller))
        {
            audit.Kept(http.Request.Method, rest);
            http.Response.Headers.WWWAuthenticate = $"Bearer realm=\"administration\", error=\"insufficient_scope\", scope=\"{_settings.Scope}\"";
            await RefusalWriter.WriteAsync(http, NotAllowed, RefusalStyle.Default);
            return;
        }
        await ServeAsync(http, rest, audit);
    }

    private Task ServeAsync(HttpContext http, PathString rest, Audit audit)
    {
        if (Is(rest, "/configuration"))
            return ForAsync(http, (HttpMethods.Get, _ => _configuration.ReadAsync(http)), (HttpMethods.Post, _ => _configuration.ReplaceAsync(http, audit)));
        if (rest.StartsWithSegments("/outputcache", StringComparison.OrdinalIgnoreCase, out var region) && region.Value is { Length: > 1 })
            return ForAsync(http, (HttpMethods.Delete, _ => _regions.ClearAsync(http, region, audit)));
        if (Is(rest, "/running")) return ForAsync(http, (HttpMethods.Get, _ => _running.ReadAsync(http)));
        return RefusalWriter.WriteAsync(http, NotThere, RefusalStyle.Default);
    }

    private async Task<ClaimsPrincipal?> CallerAsync(HttpContext http, string? token)
    {
        if (_own is not null) return token is null ? null : await _own.ReadAsync(token);
        try
        {
            return await http.AuthenticateAsync(_settings.Scheme) is { Succeeded: true } accepted ? accepted.Principal : null;
        }
        catch (Exception e) when (!http.RequestAborted.IsCancellationRequested)
        {
            Log.SchemeFailed(_logger, _settings.Scheme!, e);
            return null;
        }
    }

    private bool HasScope(ClaimsPrincipal caller) =>
        caller.Claims.Any(c => c.Type is "scope" or "scp" or "http://schemas.microsoft.com/identity/claims/scope"
            && c.Value.Split(' ').Contains(_settings.Scope, StringComparer.Ordinal));

    private static string? TokenOf(HttpRequest request) =>
        request.Headers.Authorization is [{ } only] && only.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase) ? only["Bearer ".Length..].Trim() : null;

    private static Task ForAsync(HttpContext http, params (string Method, RequestDelegate Serve)[] served)
    {
        foreach (var (method, serve) in served)
            if (http.Request.Method == method) return serve(http);
        http.Response.Headers.Allow = string.Join(", ", served.Select(s => s.Method));
        return RefusalWriter.WriteAsync(http, Refusal.MethodNotAllowed, RefusalStyle.Default);
    }

    private static bool Is(PathString rest, string path) => rest.Equals(path, StringComparison.OrdinalIgnoreCase);

    private static partial class Log
    {
        [LoggerMessage(612, LogLevel.Warning, "Administration: the authentication scheme {Scheme} failed", EventName = nameof(SchemeFailed))]
        public static partial void SchemeFailed(ILogger logger, string scheme, Exception failure);

        [LoggerMessage(613, LogLevel.Warning, "Administration: the secret can be guessed; take {Characters} random characters or more", EventName = nameof(ShortSecret))]
        public static partial void ShortSecret(ILogger logger, int characters);
    }
}
