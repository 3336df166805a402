using System.Security.Claims;

namespace Gateway.Features.Authentication.Introspection;

/// <summary>Answers as bytes, for other gateways. What isn't of this form is no answer.</summary>
internal static class AnswerBytes
{
    // Counted up whenever the form changes: gateways of two versions may share a store.
    private const byte Form = 1;

    public static byte[] Write(RememberedAnswer remembered)
    {
        using var stream = new MemoryStream();
        using (var writer = new BinaryWriter(stream))
        {
            writer.Write(Form);
            writer.Write(remembered.Until.ToUnixTimeMilliseconds());
            writer.Write(remembered.Answer.IsActive);
            writer.Write(remembered.Answer.Expires?.ToUnixTimeMilliseconds() ?? long.MinValue);
            writer.Write(remembered.Answer.Claims.Count);
            foreach (var claim in remembered.Answer.Claims)
            {
                writer.Write(claim.Type);
                writer.Write(claim.Value);
                writer.Write(claim.Issuer);
            }
        }
        return stream.ToArray();
    }

    /// <returns>Null for another form, or bytes that make no sense.</returns>
    public static RememberedAnswer? Read(byte[] bytes)
    {
        try
        {
            using var reader = new BinaryReader(new MemoryStream(bytes, writable: false));
            if (reader.ReadByte() != Form) return null;
            var until = DateTimeOffset.FromUnixTimeMilliseconds(reader.ReadInt64());
            var isActive = reader.ReadBoolean();
            DateTimeOffset? expires = reader.ReadInt64() is var end and not long.MinValue ? DateTimeOffset.FromUnixTimeMilliseconds(end) : null;
            var claims = new List<Claim>();
            for (var left = reader.ReadInt32(); left > 0; left--)
                claims.Add(new Claim(reader.ReadString(), reader.ReadString(), ClaimValueTypes.String, reader.ReadString()));
            return new RememberedAnswer(new IntrospectionAnswer(isActive, claims, expires), until);
        }
        catch (Exception e) when (e is IOException or FormatException or ArgumentException)
        {
            return null;
        }
    }
}
