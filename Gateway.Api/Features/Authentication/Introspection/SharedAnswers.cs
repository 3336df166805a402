using System.Security.Cryptography;
using System.Text;
using Gateway.Pipeline;

namespace Gateway.Features.Authentication.Introspection;

/// <summary>
/// What other gateways have been told about tokens. Whoever reads the shared state learns nothing from it, and whoever can write it can't make
/// an answer up: an answer's name is a hash, and its key is made of the token and the client's secret, neither of which is there.
/// </summary>
internal sealed class SharedAnswers(IntrospectionOptions options)
{
    private static readonly int NonceSize = AesGcm.NonceByteSizes.MaxSize;
    private static readonly int TagSize = AesGcm.TagByteSizes.MaxSize;

    private readonly byte[] _salt = Hash(options.ClientSecret!);
    private readonly string _prefix = $"introspection:{Convert.ToHexString(Hash($"{options.IntrospectionEndpoint ?? options.Authority}\n{options.ClientId}"), 0, 8)}:";

    /// <returns>Null while the state is away, and for a token that nobody has asked about.</returns>
    public async ValueTask<RememberedAnswer?> FindAsync(ISharedState shared, TokenHash hash, string token) =>
        await shared.ReadAsync(Name(hash)) is [{ } kept] && Open(kept, token) is { } bytes ? AnswerBytes.Read(bytes) : null;

    /// <summary>Keeps an answer until its end.</summary>
    public async ValueTask KeepAsync(ISharedState shared, TokenHash hash, string token, RememberedAnswer answer, TimeSpan lifetime) =>
        await shared.KeepAsync(Name(hash), Seal(AnswerBytes.Write(answer), token), lifetime);

    private string Name(TokenHash hash) => $"{_prefix}{hash.High:x32}{hash.Low:x32}";

    /// <summary>Nonce, tag and what is hidden, one behind the other.</summary>
    private byte[] Seal(byte[] bytes, string token)
    {
        var kept = new byte[NonceSize + TagSize + bytes.Length];
        RandomNumberGenerator.Fill(kept.AsSpan(0, NonceSize));
        using var cipher = Cipher(token);
        cipher.Encrypt(kept.AsSpan(0, NonceSize), bytes, kept.AsSpan(NonceSize + TagSize), kept.AsSpan(NonceSize, TagSize));
        return kept;
    }

    /// <returns>Null for what wasn't sealed with the same token and secret.</returns>
    private byte[]? Open(byte[] kept, string token)
    {
        if (kept.Length < NonceSize + TagSize) return null;
        var bytes = new byte[kept.Length - NonceSize - TagSize];
        using var cipher = Cipher(token);
        try
        {
            cipher.Decrypt(kept.AsSpan(0, NonceSize), kept.AsSpan(NonceSize + TagSize), kept.AsSpan(NonceSize, TagSize), bytes);
            return bytes;
        }
        catch (AuthenticationTagMismatchException)
        {
            return null;
        }
    }

    private AesGcm Cipher(string token) =>
        new(HKDF.DeriveKey(HashAlgorithmName.SHA256, Encoding.UTF8.GetBytes(token), 32, _salt, "introspection"u8.ToArray()), TagSize);

    private static byte[] Hash(string text) => SHA256.HashData(Encoding.UTF8.GetBytes(text));
}
