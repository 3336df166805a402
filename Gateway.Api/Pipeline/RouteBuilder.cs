namespace Gateway.Pipeline;

/// <summary>What the features make of one entry. Filled in FeatureList's order, then frozen into the route's pipeline.</summary>
internal sealed class RouteBuilder(string name, SnapshotBuilder snapshot)
{
    private readonly List<IRouteStep> _steps = [];
    private readonly List<HandlerFactory> _handlers = [];
    private readonly List<HandlerFactory> _innerHandlers = [];
    private readonly List<IResponseTransform> _responseTransforms = [];

    /// <summary>The route's name in logs and metrics. Several routes may have the same: one path with several verbs, a <c>Key</c> for a group.</summary>
    public string Name { get; } = name;

    /// <summary>What tells the route from every other, and stays while the requests it is for stay: its part of the keys of what outlives a reload.</summary>
    public string Identity { get; init; } = name;

    public SnapshotBuilder Snapshot { get; } = snapshot;

    /// <summary>Names that <c>{placeholders}</c> of this route may use: captured from the path, the query or a header, or set by a feature, which adds them.</summary>
    public HashSet<string> Placeholders { get; init; } = [];

    /// <summary><c>http</c> or <c>https</c> as <c>DownstreamScheme</c> says; null: the instance's, else the request's.</summary>
    public string? Scheme { get; init; }

    public IReadOnlyList<IRouteStep> Steps => _steps;

    /// <summary>Delegating handlers, outermost first.</summary>
    public IReadOnlyList<HandlerFactory> Handlers => _handlers;

    /// <summary>Handlers that stand inside all delegating handlers, directly before the connection: circuit breakers.</summary>
    public IReadOnlyList<HandlerFactory> InnerHandlers => _innerHandlers;

    /// <summary>What changes the head of the service's answer, in order.</summary>
    public IReadOnlyList<IResponseTransform> ResponseTransforms => _responseTransforms;

    public IDestinationSource? Source { get; set; }

    /// <summary>The registry's name of the service that <see cref="Source"/> lists; null where the route writes out its hosts.</summary>
    public string? Service { get; set; }

    public ILoadBalancer? Balancer { get; set; }

    public TransportOptions Transport { get; set; } = TransportOptions.Default;

    /// <summary>The time a single attempt may take, where a feature limits it; the route's own time-out is then at least longer than that.</summary>
    public TimeSpan? AttemptTimeout { get; set; }

    /// <summary>Answers a CORS preflight for this route, before authentication; null where the route has no CORS section.</summary>
    public RouteDelegate? Preflight { get; set; }

    /// <summary>Answers in place of a service; set for aggregates, which have no destinations of their own.</summary>
    public RouteDelegate? Answer { get; set; }

    /// <summary>Set by the feature that makes callers authenticate.</summary>
    public bool IsProtected { get; set; }

    /// <summary>Scopes of which an authenticated caller needs one; set together with <see cref="IsProtected"/>, checked by authorization. Empty: none.</summary>
    public IReadOnlyList<string> RequiredScopes { get; set; } = [];

    /// <summary>The header that carries the request's id to the service; null where none is configured.</summary>
    public string? RequestIdHeader { get; set; }

    /// <summary>What the document says about the route for the eyes of handlers.</summary>
    public RouteMetadata Metadata { get; set; } = RouteMetadata.Empty;

    /// <summary>Tells the mediation plan from every other; null where nothing is mediated.</summary>
    public string? MediationPlan { get; set; }

    /// <summary>Whether the route's circuit keeps calls away at this moment; null where it has none.</summary>
    public Func<bool>? IsCircuitOpen { get; set; }

    /// <summary>Names of answer headers that the gateway sets itself on this route, so that the service's are dropped.</summary>
    public ISet<string> OwnedResponseHeaders { get; } = new HashSet<string>(StringComparer.OrdinalIgnoreCase);

    /// <summary>Adds a step behind those that are there.</summary>
    public void Use(IRouteStep step) => _steps.Add(step);

    /// <summary>Adds a delegating handler inside those that are there.</summary>
    public void UseHandler(HandlerFactory handler) => _handlers.Add(handler);

    /// <summary>Adds a handler next to the connection.</summary>
    public void UseInnerHandler(HandlerFactory handler) => _innerHandlers.Add(handler);

    public void TransformResponse(IResponseTransform transform) => _responseTransforms.Add(transform);

    /// <summary>Rents what outlives a reload, for this route alone, for as long as <paramref name="options"/> keep their text.</summary>
    /// <param name="options">The options record the object is made from; records print all their values.</param>
    public T Share<T>(object options, Func<T> make) where T : class => Snapshot.Share($"{Identity}\n{options}", make);
}
