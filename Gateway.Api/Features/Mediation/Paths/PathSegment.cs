using System.Text;

namespace Gateway.Features.Mediation.Paths;

/// <summary>One step of a path: a member name, an index, or every element.</summary>
/// <param name="Name">The member name; null for an element.</param>
/// <param name="Index">The element, from the end where negative; null for a name and for every element.</param>
/// <param name="AnyDepth">Whether it may stand at any depth below what comes before (<c>..name</c>).</param>
internal readonly record struct PathSegment(string? Name, int? Index, bool AnyDepth)
{
    public bool IsEveryElement => Name is null && Index is null;

    public static PathSegment Member(string name) => new(name, null, AnyDepth: false);

    public static PathSegment EveryElement => new(null, null, AnyDepth: false);

    public byte[] Utf8Name => Encoding.UTF8.GetBytes(Name!);
}
