using System.Text.Encodings.Web;
using System.Text.Json;

namespace Gateway.Hosting.Management;

/// <summary>How the management listener writes JSON: short names, and letters as they are, since no answer of it is ever put into a page unescaped.</summary>
internal static class Json
{
    public static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static IResult Of(object value, int status = StatusCodes.Status200OK) => Results.Json(value, Options, statusCode: status);
}
