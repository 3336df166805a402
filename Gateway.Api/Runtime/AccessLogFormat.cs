namespace Gateway.Runtime;

/// <summary>How the line is written that tells of a request.</summary>
internal enum AccessLogFormat
{
    /// <summary>None.</summary>
    Off,

    /// <summary>One object of JSON.</summary>
    Json,

    /// <summary>As Apache and nginx write it, without the query, and with the request's id, its route and its duration at the end.</summary>
    Combined,
}
