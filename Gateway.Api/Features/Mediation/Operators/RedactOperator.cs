using System.Security.Cryptography;
using System.Text;
using Gateway.Configuration;
using Gateway.Features.Mediation.Json;
using Gateway.Features.Mediation.Paths;
using Gateway.Features.Mediation.Plans;
using Gateway.Features.Mediation.Streaming;

namespace Gateway.Features.Mediation.Operators;

/// <summary>
/// Masks values.
/// <code>{ "Redact": { "card": "last4", "..email": "hash", "name": "all" } }</code>
/// Streams. <c>all</c> gives <c>****</c>; <c>last4</c> gives <c>****</c> and the last four characters of a text or number that has eight at
/// least; <c>hash</c> gives 16 hexadecimal digits of an HMAC-SHA-256, equal for equal values. Objects and arrays become <c>****</c> (A21).
/// </summary>
internal sealed class RedactOperator : Operator
{
    public override string Name => "Redact";

    private enum Mask
    {
        All,
        Last4,
        Hash,
    }

    public override Step? Compile(DocumentNode value, PlanOptions step, PlanScope scope)
    {
        var paths = new List<JsonPath>();
        var masks = new List<Mask>();
        foreach (var (path, node, place) in PlanPaths.Map(value, scope, PathKinds.Many | PathKinds.AnyDepth))
        {
            if (node is ScalarNode { Scalar: ScalarKind.String } text && Enum.TryParse<Mask>(text.Text, ignoreCase: true, out var mask) && char.IsAsciiLetter(text.Text[0]))
            {
                paths.Add(path);
                masks.Add(mask);
            }
            else place.Invalid($"{node} is no way of masking", "Allowed are all, last4, hash");
        }
        return paths.Count == 0 ? null : new RedactStep(paths, masks, scope.Services.HashKey) { Effects = StepEffect.All(EffectKind.Changes, paths) };
    }

    private sealed class RedactStep(IReadOnlyList<JsonPath> paths, IReadOnlyList<Mask> masks, byte[] key) : StreamingStep
    {
        private readonly PathState _root = PathAutomaton.Compile(paths);

        public override bool Hides => true;

        public override bool NeedsLengths => paths.Any(p => p.CountsFromEnd);

        public override Transformer Open(JsonSink next) => new RedactTransformer(next, _root, masks, key);
    }

    private sealed class RedactTransformer(JsonSink next, PathState root, IReadOnlyList<Mask> masks, byte[] key) : ValueTransformer(next, root)
    {
        private static readonly JsonText Masked = new("****");

        protected override void OnScalar(int path, in JsonToken token)
        {
            if (masks[path] == Mask.Last4 && !token.Escaped && token.Kind is JsonTokenKind.Text or JsonTokenKind.Number && PassLast4(token.Raw)) return;
            var value = masks[path] switch
            {
                Mask.Last4 when token.Kind is JsonTokenKind.Text or JsonTokenKind.Number => Last4(token.ReadString()),
                Mask.Hash => Hash(in token),
                _ => Masked,
            };
            value.WriteTo(Output);
        }

        protected override ValueAction OnContainer(int path, PathState state, in JsonToken token)
        {
            Masked.WriteTo(Output);
            return ValueAction.Drop;
        }

        // A value without escapes needs no string; false where it is too short to show anything of it.
        private bool PassLast4(ReadOnlySpan<byte> raw)
        {
            var (characters, start) = (0, 0);
            for (var i = raw.Length - 1; i >= 0; i--)
                if ((raw[i] & 0xC0) != 0x80 && ++characters == 4) start = i; // the others go on with a character (RFC 3629)
            if (characters < 8) return false;
            Span<byte> masked = stackalloc byte[4 + 16];
            "****"u8.CopyTo(masked);
            raw[start..].CopyTo(masked[4..]);
            Output.Accept(new JsonToken(JsonTokenKind.Text, masked[..(4 + raw.Length - start)]));
            return true;
        }

        private static JsonText Last4(string text)
        {
            var characters = text.EnumerateRunes().ToArray();
            return characters.Length < 8 ? Masked : new JsonText("****" + string.Concat(characters[^4..]));
        }

        private JsonText Hash(in JsonToken token)
        {
            var text = token.Kind switch { JsonTokenKind.True => "true", JsonTokenKind.False => "false", _ => token.ReadString() };
            return new JsonText(Convert.ToHexStringLower(HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(text)))[..16]);
        }
    }
}
