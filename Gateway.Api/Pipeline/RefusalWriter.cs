using System.Text.Json;
using Microsoft.AspNetCore.Http.Features;

namespace Gateway.Pipeline;

/// <summary>Writes refusals, in this one place: status, and a problem+json body (RFC 9457) with <c>code</c> and <c>requestId</c>.</summary>
internal static class RefusalWriter
{
    private const string ContentType = "application/problem+json";

    /// <summary>Writes the refusal, unless the answer has already begun: then the connection is cut, so that no half answer looks whole.</summary>
    /// <param name="detail">A sentence about this one case, for the client's eyes; may be null.</param>
    public static Task WriteAsync(HttpContext http, Refusal refusal, RefusalStyle style, string? detail = null)
    {
        var response = http.Response;
        http.Features.Set(refusal);
        if (response.HasStarted)
        {
            http.Abort();
            return Task.CompletedTask;
        }

        response.StatusCode = refusal.StatusFor(style);
        response.Headers.ContentLength = null;
        http.Features.Get<IHttpResponseFeature>()!.ReasonPhrase = null;
        if (style.EmptyBodies || HttpMethods.IsHead(http.Request.Method))
        {
            if (style.EmptyBodies && !HttpMethods.IsHead(http.Request.Method)) response.ContentLength = 0;
            return Task.CompletedTask;
        }

        var body = Body(http, refusal, response.StatusCode, detail);
        response.ContentType = ContentType;
        response.ContentLength = body.Length;
        return response.Body.WriteAsync(body, http.RequestAborted).AsTask();
    }

    private static byte[] Body(HttpContext http, Refusal refusal, int status, string? detail)
    {
        using var buffer = new MemoryStream(256);
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteString("type", "about:blank");
            json.WriteString("title", refusal.Title);
            json.WriteNumber("status", status);
            if (detail is not null) json.WriteString("detail", detail);
            json.WriteString("instance", http.Request.Path.ToUriComponent());
            json.WriteString("code", refusal.Code);
            json.WriteString("requestId", http.TraceIdentifier);
            if (http.Features.Get<RefusalMembers>() is { } more) WriteMembers(json, more);
            json.WriteEndObject();
        }
        return buffer.ToArray();
    }

    private static void WriteMembers(Utf8JsonWriter json, RefusalMembers more)
    {
        foreach (var (name, value) in more.Texts) json.WriteString(name, value);
        if (more.Errors.Count == 0) return;
        json.WriteStartArray("errors");
        foreach (var (pointer, detail) in more.Errors)
        {
            json.WriteStartObject();
            json.WriteString("pointer", pointer);
            json.WriteString("detail", detail);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }
}
