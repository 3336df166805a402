using Duende.IdentityModel.Client;
using Gateway.Pipeline;

namespace Gateway.Features.Authentication.Introspection;

/// <summary>
/// Asks one authorization server about tokens. Requests that come with the same token at the same time share one question, which no single
/// one of them can cancel. Answers are remembered where the options say so, good ones and bad ones, failures never; with a shared state, in all
/// gateways. Thread-safe.
/// </summary>
internal sealed partial class Introspector(string scheme, IntrospectionOptions options, HttpMessageInvoker client, TimeProvider time, ILogger logger)
{
    private readonly TokenCache<RememberedAnswer> _answers = new();
    private readonly SharedAnswers _others = new(options);
    private readonly Dictionary<TokenHash, Task<IntrospectionAnswer>> _underWay = [];
    private readonly Lock _lock = new();
    private Task<string>? _endpoint = options.IntrospectionEndpoint is { } endpoint ? Task.FromResult(endpoint) : null;
    private int _isAway;

    /// <exception cref="IntrospectionException">The server couldn't be asked, or its answer makes no sense.</exception>
    /// <param name="shared">Where gateways tell each other; null for one by itself.</param>
    public Task<IntrospectionAnswer> AskAsync(string token, CancellationToken leaving, ISharedState? shared = null)
    {
        var hash = TokenHash.Of(token);
        if (Recall(hash) is { } known) return Task.FromResult(known);
        lock (_lock)
        {
            if (!_underWay.TryGetValue(hash, out var asking)) _underWay[hash] = asking = Task.Run(() => AskAndRememberAsync(hash, token, shared), CancellationToken.None);
            return asking.WaitAsync(leaving);
        }
    }

    private IntrospectionAnswer? Recall(TokenHash hash)
    {
        if (!options.EnableCaching || _answers.Find(hash) is not { } remembered) return null;
        if (time.GetUtcNow() < remembered.Until) return remembered.Answer;
        _answers.Remove(hash);
        return null;
    }

    private async Task<IntrospectionAnswer> AskAndRememberAsync(TokenHash hash, string token, ISharedState? shared)
    {
        try
        {
            if (options.EnableCaching && shared is not null && await LearnAsync(hash, token, shared) is { } told) return told;
            var answer = await AskServerAsync(token);
            if (Interlocked.Exchange(ref _isAway, 0) == 1) Log.Back(logger, scheme);
            if (options.EnableCaching) await RememberAsync(hash, token, answer, shared);
            return answer;
        }
        catch (Exception e)
        {
            if (Interlocked.Exchange(ref _isAway, 1) == 0) Log.Away(logger, scheme, e);
            throw;
        }
        finally
        {
            lock (_lock) _underWay.Remove(hash);
        }
    }

    /// <summary>What another gateway was told, and still counts here.</summary>
    private async Task<IntrospectionAnswer?> LearnAsync(TokenHash hash, string token, ISharedState shared)
    {
        var now = time.GetUtcNow();
        if (await _others.FindAsync(shared, hash, token) is not { } told || told.Until <= now || told.Until > now + options.CacheDuration) return null;
        _answers.Set(hash, told);
        return told.Answer;
    }

    private async ValueTask RememberAsync(TokenHash hash, string token, IntrospectionAnswer answer, ISharedState? shared)
    {
        var now = time.GetUtcNow();
        var until = now + options.CacheDuration;
        if (answer.Expires < until) until = answer.Expires.Value;
        if (until <= now) return;
        var remembered = new RememberedAnswer(answer, until);
        _answers.Set(hash, remembered);
        if (shared is not null) await _others.KeepAsync(shared, hash, token, remembered, until - now);
    }

    private async Task<IntrospectionAnswer> AskServerAsync(string token)
    {
        using var timeout = new CancellationTokenSource(options.BackChannelTimeouts, time);
        using var request = new TokenIntrospectionRequest
        {
            Address = await FindEndpointAsync().WaitAsync(timeout.Token),
            ClientId = options.ClientId!,
            ClientSecret = options.ClientSecret,
            ClientCredentialStyle = options.ClientCredentialStyle,
            Token = token,
            TokenTypeHint = options.TokenTypeHint,
        };
        using var response = await client.IntrospectTokenAsync(request, timeout.Token);
        if (response.IsError || response.Json is not { } json)
            throw new IntrospectionException($"The server didn't answer: {response.Error}", response.Exception);
        return IntrospectionAnswer.Of(json);
    }

    /// <summary>Found once and kept; whoever comes after a failure asks again.</summary>
    private Task<string> FindEndpointAsync()
    {
        lock (_lock) return _endpoint ??= Task.Run(DiscoverAsync);
    }

    private async Task<string> DiscoverAsync()
    {
        try
        {
            using var timeout = new CancellationTokenSource(options.BackChannelTimeouts, time);
            using var request = new DiscoveryDocumentRequest { Address = options.Authority, Policy = options.DiscoveryPolicy };
            using var found = await client.GetDiscoveryDocumentAsync(request, timeout.Token);
            if (found.IsError) throw new IntrospectionException($"Discovery failed: {found.Error}", found.Exception);
            return found.IntrospectionEndpoint ?? throw new IntrospectionException("The discovery document names no introspection endpoint.");
        }
        catch (Exception)
        {
            lock (_lock) _endpoint = null;
            throw;
        }
    }

    private static partial class Log
    {
        [LoggerMessage(2010, LogLevel.Warning, "The introspection of {Scheme} fails; tokens that only it knows are refused", EventName = nameof(Away))]
        public static partial void Away(ILogger logger, string scheme, Exception failure);

        [LoggerMessage(2011, LogLevel.Information, "The introspection of {Scheme} works again", EventName = nameof(Back))]
        public static partial void Back(ILogger logger, string scheme);
    }
}
