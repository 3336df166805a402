using Gateway.Configuration;
using Gateway.Pipeline;

namespace Gateway.Features.Headers;

/// <summary>Header transforms of requests and answers (contract 03 §4). Static routes only, as in Ocelot.</summary>
internal sealed class HeadersFeature(Placeholders placeholders) : IRouteFeature
{
    /// <summary>Header of the request → expression.</summary>
    private static readonly SectionKey<IReadOnlyDictionary<string, DocumentNode>?> Upstream =
        new("UpstreamHeaderTransform", Levels.Route | Levels.Global, Combination.KeyByKey);

    /// <summary>Header of the answer → expression.</summary>
    private static readonly SectionKey<IReadOnlyDictionary<string, DocumentNode>?> Downstream =
        new("DownstreamHeaderTransform", Levels.Route | Levels.Global, Combination.KeyByKey);

    /// <summary>What <c>{BaseUrl}</c> stands for; default the host's <c>BaseUrl</c>, else <c>http://localhost:5000</c>.</summary>
    private static readonly SectionKey<string?> BaseUrl = new("BaseUrl", Levels.Global);

    public IReadOnlyList<SectionKey> Keys { get; } = [Upstream, Downstream, BaseUrl];

    public void Compile(RouteSection section, RouteBuilder route)
    {
        if (section.Level != Levels.Route || (section.Read(Upstream) is null && section.Read(Downstream) is null)) return;

        var baseUrl = section.Global.Once(this, placeholders, static (global, known) => known.BaseUrlFor(global.ReadOwn(BaseUrl)));
        var request = new HeaderTransformCompiler(section, Upstream, placeholders, baseUrl, isResponse: false).Compile();
        var response = new HeaderTransformCompiler(section, Downstream, placeholders, baseUrl, isResponse: true).Compile();
        route.OwnedRequestHeaders.UnionWith(request.Names);
        if (!request.IsEmpty) route.Use(new RequestHeaderStep(request));
        if (!response.IsEmpty) route.TransformResponse(new ResponseHeaderTransform(response));
    }
}
