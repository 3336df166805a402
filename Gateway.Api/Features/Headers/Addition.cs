namespace Gateway.Features.Headers;

/// <summary>A value given to a header.</summary>
/// <param name="Overwrites">Whether it takes the place of what a service sent; in a request a value always does.</param>
internal sealed record Addition(string Header, HeaderValue Value, bool Overwrites);
