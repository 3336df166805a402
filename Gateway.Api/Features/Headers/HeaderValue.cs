namespace Gateway.Features.Headers;

/// <summary>Gives the value that a header gets in one request; null where there is none.</summary>
internal delegate string? HeaderValue(HttpContext http);
