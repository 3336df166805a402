using Gateway.Pipeline;

namespace Gateway.Hosting.Administration;

/// <summary><c>DELETE {path}/outputcache/{region}</c>: forgets the answers of a region. 204, also where there are none.</summary>
internal sealed class RegionResource(ICacheRegions regions)
{
    public async Task ClearAsync(HttpContext http, PathString rest, Audit audit)
    {
        // A region may hold slashes. The server decodes everything else, but leaves those that were encoded.
        var region = rest.Value![1..].Replace("%2F", "/", StringComparison.OrdinalIgnoreCase);
        await regions.ClearAsync(region, http.RequestAborted);
        audit.Cleared(region);
        http.Response.StatusCode = StatusCodes.Status204NoContent;
    }
}
