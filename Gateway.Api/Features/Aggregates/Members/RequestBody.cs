using Gateway.Pipeline;

namespace Gateway.Features.Aggregates.Members;

/// <summary>Reads the client's body once, for all members.</summary>
internal static class RequestBody
{
    /// <exception cref="BadHttpRequestException">It is larger than the server, or an aggregate, allows.</exception>
    public static async ValueTask<ReadOnlyMemory<byte>> ReadAsync(HttpContext http)
    {
        var request = http.Request;
        if (request.ContentLength is null or 0 && request.Headers.TransferEncoding.Count == 0 && !CanHaveBody(http)) return default;

        using var buffer = new BoundedBuffer();
        try
        {
            await request.Body.CopyToAsync(buffer, http.RequestAborted);
        }
        catch (IOException) when (buffer.IsTooLarge)
        {
            throw new BadHttpRequestException("The request's body is larger than an aggregate takes.", StatusCodes.Status413PayloadTooLarge);
        }
        return buffer.Written.ToArray();
    }

    // HTTP/2 says nothing in the head about a body of unknown length.
    private static bool CanHaveBody(HttpContext http) =>
        http.Features.Get<Microsoft.AspNetCore.Http.Features.IHttpRequestBodyDetectionFeature>()?.CanHaveBody == true;
}
