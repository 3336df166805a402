namespace Gateway.Tests.Forwarding;

/// <summary>Which of the two ways a request takes to its service, where both are open to it.</summary>
public enum Lane
{
    /// <summary>The gateway's own connections.</summary>
    Fast,

    /// <summary>The platform's client, through YARP.</summary>
    Platform,
}
