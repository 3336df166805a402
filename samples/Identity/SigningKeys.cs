using System.Collections.Immutable;
using System.Security.Cryptography;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.Tokens;
using OpenIddict.Server;

namespace Samples.Identity;

/// <summary>
/// The keys that sign tokens, newest first; all of them are published, the first one signs. They are made when the server starts:
/// tokens from before a restart are worth nothing.
/// </summary>
internal sealed class SigningKeys(IOptionsMonitorCache<OpenIddictServerOptions> cache) : IConfigureOptions<OpenIddictServerOptions>
{
    private readonly SecurityKey _encryption = NewKey();
    private ImmutableList<SecurityKey> _signing = [NewKey()];

    public void Configure(OpenIddictServerOptions options)
    {
        foreach (var key in _signing) options.SigningCredentials.Add(new(key, SecurityAlgorithms.RsaSha256));
        // Codes and reference payloads are for the server alone; it encrypts them with a key that no metadata names.
        options.EncryptionCredentials.Add(new(_encryption, SecurityAlgorithms.RsaOAEP, SecurityAlgorithms.Aes256CbcHmacSha512));
    }

    /// <summary>From now on a new key signs. The old ones stay published, so that tokens signed with them stay good.</summary>
    /// <returns>The new key's id.</returns>
    public string RollOver()
    {
        var key = NewKey();
        ImmutableInterlocked.Update(ref _signing, keys => keys.Insert(0, key));
        cache.TryRemove(Options.DefaultName); // the server reads its options anew at the next request
        return key.KeyId;
    }

    private static RsaSecurityKey NewKey() => new(RSA.Create(2048)) { KeyId = Guid.NewGuid().ToString("N")[..8] };
}
