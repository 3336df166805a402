namespace Gateway.Runtime;

/// <summary>Tells a browser's question whether a request may be made, from requests (Fetch §3.3.7).</summary>
internal static class PreflightRequest
{
    public static bool Is(HttpRequest request) =>
        HttpMethods.IsOptions(request.Method) && request.Headers.AccessControlRequestMethod.Count == 1 && request.Headers.Origin.Count == 1;
}
