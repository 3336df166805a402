using Gateway.Pipeline;

namespace Gateway.Forwarding;

/// <summary>Makes the URI of a downstream request.</summary>
internal static class DownstreamUri
{
    // The target was built in its final form (contract 02 §5): a second normalisation could only change what was decided there.
    private static readonly UriCreationOptions AsWritten = new() { DangerousDisablePathAndQueryCanonicalization = true };

    public static Uri Build(string scheme, Destination destination, string target) =>
        new($"{scheme}://{destination.Authority}{target}", in AsWritten);
}
