using System.Security.Cryptography;
using System.Text;
using BenchmarkDotNet.Attributes;
using Gateway.Pipeline;
using Gateway.Runtime;
using Microsoft.AspNetCore.Authentication;
using Microsoft.IdentityModel.Tokens;

namespace Gateway.Benchmarks;

/// <summary>What a bearer token costs: one that was seen before, a new one, and the signature check that nobody can spare the new one.</summary>
public class Tokens
{
    private const string Scheme = "Bench";

    private Issuer _issuer = null!;
    private CompiledGateway _gateway = null!;
    private IRouteStep _step = null!;
    private Exchange _exchange = null!;
    private string _token = "";
    private byte[] _signed = [], _signature = [];

    [GlobalSetup]
    public async Task PrepareAsync()
    {
        _issuer = await Issuer.StartAsync();
        var scheme = $"Authentication:Schemes:{Scheme}";
        _gateway = new CompiledGateway(($"{scheme}:Authority", _issuer.Authority), ($"{scheme}:RequireHttpsMetadata", "false"), ($"{scheme}:ValidAudience", Issuer.Audience));
        _token = _issuer.Token();
        var parts = _token.Split('.');
        (_signed, _signature) = (Encoding.ASCII.GetBytes($"{parts[0]}.{parts[1]}"), Base64UrlEncoder.DecodeBytes(parts[2]));

        var snapshot = _gateway.Compile(Documents.Route($$"""
            "AuthenticationOptions": { "AuthenticationProviderKeys": [ "{{Scheme}}" ] }
            """));
        _exchange = CompiledGateway.ExchangeOf(snapshot, _gateway.Request("/s0/items/17", "Authorization", $"Bearer {_token}"));
        _step = snapshot.Table.Definitions[0].Route.Parts.Steps.OfType<IAuthenticationStep>().Single();
        await Repeated_token(); // from here on it is known
        if (_exchange.Http.User.Identity is not { IsAuthenticated: true }) throw new InvalidOperationException("The token isn't accepted.");
    }

    [GlobalCleanup]
    public async Task EndAsync()
    {
        await _gateway.DisposeAsync();
        await _issuer.DisposeAsync();
    }

    [Benchmark]
    public Task Repeated_token() => _step.InvokeAsync(_exchange, static _ => Task.CompletedTask);

    /// <summary>As the scheme checks it where nothing is remembered.</summary>
    [Benchmark]
    public async Task<bool> Fresh_RS256_token()
    {
        using var scope = _gateway.Services.CreateScope();
        var http = new DefaultHttpContext { RequestServices = scope.ServiceProvider };
        http.Request.Headers.Authorization = _exchange.Http.Request.Headers.Authorization;
        return (await http.AuthenticateAsync(Scheme)).Succeeded;
    }

    [Benchmark]
    public bool Bare_signature_check() => _issuer.Key.VerifyData(_signed, _signature, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
}
