using OpenIddict.Abstractions;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace Samples.Identity;

/// <summary>Fills the store with the demo's clients and scopes before the server listens.</summary>
internal sealed class DemoData(IServiceScopeFactory scopes, IdentityOptions options) : IHostedService
{
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var applications = scope.ServiceProvider.GetRequiredService<IOpenIddictApplicationManager>();
        foreach (var client in Clients()) await applications.CreateAsync(client, cancellationToken);

        var apis = scope.ServiceProvider.GetRequiredService<IOpenIddictScopeManager>();
        foreach (var name in ApiScope.All)
        {
            // The gateway is an audience of every token beside the API itself: only so may it ask for one's state (RFC 7662).
            var api = new OpenIddictScopeDescriptor { Name = name, Resources = { DemoClient.Gateway, name } };
            await apis.CreateAsync(api, cancellationToken);
        }
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private IEnumerable<OpenIddictApplicationDescriptor> Clients()
    {
        var spa = new OpenIddictApplicationDescriptor
        {
            ClientId = DemoClient.Spa,
            ClientType = ClientTypes.Public,
            ConsentType = ConsentTypes.Implicit,
            RedirectUris = { options.SpaPage },
            PostLogoutRedirectUris = { options.SpaPage },
            Permissions =
            {
                Permissions.Endpoints.Authorization, Permissions.Endpoints.Token, Permissions.Endpoints.EndSession,
                Permissions.GrantTypes.AuthorizationCode, Permissions.ResponseTypes.Code,
                Permissions.Scopes.Profile, Permissions.Scopes.Email, Permissions.Scopes.Roles,
            },
            Requirements = { Requirements.Features.ProofKeyForCodeExchange },
        };
        AllowApis(spa);
        yield return spa;

        foreach (var name in new[] { DemoClient.Service, DemoClient.Partner })
        {
            var client = Confidential(name);
            client.Permissions.UnionWith(
                [Permissions.Endpoints.Token, Permissions.Endpoints.Revocation, Permissions.GrantTypes.ClientCredentials]);
            AllowApis(client);
            yield return client;
        }

        var gateway = Confidential(DemoClient.Gateway);
        gateway.Permissions.Add(Permissions.Endpoints.Introspection);
        yield return gateway;
    }

    private static OpenIddictApplicationDescriptor Confidential(string name) =>
        new() { ClientId = name, ClientSecret = DemoClient.SecretOf(name), ClientType = ClientTypes.Confidential };

    private static void AllowApis(OpenIddictApplicationDescriptor client) =>
        client.Permissions.UnionWith(ApiScope.All.Select(scope => Permissions.Prefixes.Scope + scope));
}
