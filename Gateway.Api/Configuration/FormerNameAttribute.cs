namespace Gateway.Configuration;

/// <summary>What has to happen to a value that stands under a former name.</summary>
internal enum FormerValue
{
    Same,

    /// <summary>True means false: <c>DisableRateLimitHeaders</c>.</summary>
    Negated,

    /// <summary>A number of seconds becomes a duration text: <c>PeriodTimespan: 2.5</c> is <c>Wait: "2.5s"</c>.</summary>
    Seconds,

    /// <summary>A single name goes in front of the list: <c>AuthenticationProviderKey</c>.</summary>
    Prepended,
}

/// <summary>An older name of an options property, still accepted with a warning. On the same level the older name wins (contract 01 §7).</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class FormerNameAttribute(string name, FormerValue value = FormerValue.Same) : Attribute
{
    public string Name { get; } = name;

    public FormerValue Value { get; } = value;
}

/// <summary>A property that has a meaning in <c>GlobalConfiguration</c> only, such as <c>RouteKeys</c>.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class GlobalOnlyAttribute : Attribute;
