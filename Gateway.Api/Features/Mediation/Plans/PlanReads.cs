using System.Security.Cryptography;
using System.Text;
using Gateway.Features.Mediation.Values;

namespace Gateway.Features.Mediation.Plans;

/// <summary>What of the exchange a plan reads, so that caches can tell its answers apart.</summary>
internal sealed class PlanReads
{
    private readonly SortedSet<(ContextValue Kind, string Name)> _values = [];

    /// <summary>What is read, each once, in a fixed order; header names as they were written first.</summary>
    public IEnumerable<(ContextValue Kind, string Name)> Values => _values;

    /// <summary>The request headers that the answer depends on.</summary>
    public IEnumerable<string> Headers =>
        _values.Where(v => v.Kind == ContextValue.Header).Select(v => v.Name).Distinct(StringComparer.OrdinalIgnoreCase);

    /// <summary>Whether an answer is meant for one user.</summary>
    public bool ReadsClaims => _values.Any(v => v.Kind == ContextValue.Claim);

    public bool IsEmpty => _values.Count == 0;

    /// <summary>Stands for a plan and the values that it reads; what is different in every exchange doesn't count.</summary>
    public string Mark(string planHash, IMediationContext context)
    {
        var text = new StringBuilder(planHash);
        foreach (var (kind, name) in _values)
        {
            if (kind is ContextValue.Now or ContextValue.Uuid or ContextValue.RequestId or ContextValue.Status) continue;
            text.Append('\n').Append(kind).Append(' ').Append(name).Append('=').Append(new ContextPlaceholder(kind, name).Read(context));
        }
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())))[..16];
    }

    public void Note(ContextValue kind, string name = "") => _values.Add((kind, name));
}
