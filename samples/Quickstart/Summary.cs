using System.Text.Json;

namespace Samples.Quickstart;

/// <summary>What to try, once everything is ready: for people, or for a program.</summary>
internal static class Summary
{
    /// <summary>An address for browsers and people.</summary>
    public static string Local(int port) => $"http://localhost:{port}";

    /// <summary>The same by number, without a look at how the machine resolves its own name.</summary>
    public static string Loopback(int port) => $"http://127.0.0.1:{port}";

    public static string Json(Ports ports, IReadOnlyDictionary<string, int> processes) => JsonSerializer.Serialize(new
    {
        gateway = Local(ports.Gateway),
        management = Loopback(ports.Management),
        identity = Local(ports.Identity),
        spa = Local(ports.Spa),
        cart1 = Loopback(ports.Cart1),
        cart2 = Loopback(ports.Cart2),
        payment = Loopback(ports.Payment),
        mypage = Loopback(ports.MyPage),
        processes,
    });

    public static string Text(Ports ports)
    {
        var (gateway, identity) = (Local(ports.Gateway), Local(ports.Identity));
        return $$"""

            Everything is ready.

              single-page app   {{Local(ports.Spa)}}   log in as alice / wonderland (may pay) or bob / builder (may not)
              gateway           {{gateway}}
              management        {{Loopback(ports.Management)}}/health/ready
              identity server   {{identity}}/.well-known/openid-configuration
              cart              {{Loopback(ports.Cart1)}}, {{Loopback(ports.Cart2)}}
              payment           {{Loopback(ports.Payment)}}
              my page           {{Loopback(ports.MyPage)}}

            To copy into another shell:

              # a token by client credentials: a JWT
              token() { curl -s {{identity}}/connect/token -d grant_type=client_credentials -d client_id=$1 -d client_secret=$1-secret \
                -d "scope=$2" | sed -n 's/.*"access_token": *"\([^"]*\)".*/\1/p'; }
              TOKEN=$(token service 'cart payment mypage')

              curl -i {{gateway}}/carts/alice                                          # 401: no token
              curl -i {{gateway}}/carts/alice -H "Authorization: Bearer $TOKEN"        # 200; again: the other instance in X-Instance
              curl -i {{gateway}}/carts -H "Authorization: Bearer $TOKEN"              # 403: for administrators
              curl -i {{gateway}}/payments -H "Authorization: Bearer $TOKEN" --json '{"cartId":"alice","amount":12.50}'
              curl -i {{gateway}}/mypage/alice -H "Authorization: Bearer $TOKEN"       # mediated …
              curl -i {{gateway}}/raw/mypage/alice -H "Authorization: Bearer $TOKEN"   # … and as the service sends it
              curl -i {{gateway}}/limited/carts/alice -H "Authorization: Bearer $TOKEN"   # four times in ten seconds: 429
              curl -i {{gateway}}/broken                                               # 502: nobody listens there

              # a reference token, good until it is revoked
              REFERENCE=$(token reference-client cart)
              curl -i {{gateway}}/partner/carts/alice -H "Authorization: Bearer $REFERENCE"   # 200
              curl -s {{identity}}/connect/revoke -d client_id=reference-client -d client_secret=reference-client-secret -d token=$REFERENCE
              curl -i {{gateway}}/partner/carts/alice -H "Authorization: Bearer $REFERENCE"   # 401

            Change ocelot.json while it runs: the change is in effect within a second. Ctrl+C stops everything.
            """;
    }
}
