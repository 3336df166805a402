namespace Gateway.Pipeline;

/// <summary>
/// Changes the head of a service's answer before the client sees it: works on <c>exchange.Http.Response</c>, to which status and headers
/// have been copied by then. Refusals of the gateway itself don't pass through it.
/// </summary>
internal interface IResponseTransform
{
    void Apply(Exchange exchange);
}
