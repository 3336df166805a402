using Gateway.Pipeline;

namespace Gateway.Features.LoadBalancing;

/// <summary>Where a session went: what tells a destination from the others of its service, in every list and in every gateway.</summary>
internal readonly record struct SessionPlace(string Id, string Authority)
{
    public static SessionPlace Of(Destination destination) => new(destination.Id, destination.Authority);

    /// <returns>Null for a text that <see cref="ToString"/> didn't make.</returns>
    public static SessionPlace? Parse(string text) => text.LastIndexOf('\n') is var end and > 0 ? new SessionPlace(text[..end], text[(end + 1)..]) : null;

    public bool Is(Destination destination) => destination.Id == Id && destination.Authority == Authority;

    public override string ToString() => $"{Id}\n{Authority}";
}
