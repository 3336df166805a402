namespace Gateway.Forwarding.FastLane;

/// <summary>What a chunked body holds next.</summary>
internal enum ChunkStep
{
    /// <summary>More bytes have to come first.</summary>
    NeedsMore,

    /// <summary>A piece of the body.</summary>
    Data,

    /// <summary>The last chunk has passed; the trailer section, which ends the body, is complete.</summary>
    End,

    /// <summary>It isn't framed as RFC 9112 §7.1 says.</summary>
    Invalid,
}
