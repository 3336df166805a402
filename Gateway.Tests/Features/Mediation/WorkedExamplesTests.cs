using System.Text;
using Gateway.Features.Mediation;
using Gateway.Features.Mediation.Json;

namespace Gateway.Tests.Features.Mediation;

/// <summary>The worked examples of the language's design; each holds exactly.</summary>
public sealed class WorkedExamplesTests
{
    [Fact]
    public void E1_a_legacy_list()
    {
        const string Steps = """[{"Unwrap":"result.rows"},{"Each":{"$":[{"Remove":["internal_cost","audit"]},{"Convert":{"order_id":"string","total":"number","created":"epochSeconds -> iso"}},{"MapValues":{"status":{"N":"new","S":"shipped","*":"unknown"}}}]}},{"Case":"camel"},{"Wrap":"items"}]""";

        Assert.Equal("""{"items":[{"orderId":"9007199254740993","total":12.50,"created":"2026-01-01T00:00:00Z","status":"shipped"}]}""",
            Workbench.Run(Steps, """{"result":{"rows":[{"order_id":9007199254740993,"total":"12.50","created":1767225600,"status":"S","internal_cost":3,"audit":{"by":"x"}}]},"rc":0}"""));
        Assert.Null(Workbench.Steps(Steps).Choose(MediationSide.Response, Workbench.Context())!.BufferedBecause);
    }

    [Fact]
    public void E2_to_a_form_service()
    {
        var plan = Workbench.Steps("""[{"Select":["customer","items","note"]},{"Set":{"tenant":"{claim:tenant_id}","user":"{claim:sub}","channel":"WEB"}},{"Default":{"note":""}},{"Flatten":{"customer":"cust_"}},{"Expr":{"sku_list":"join(',', items[].sku)"}},{"Remove":["items"]},{"Format":{"To":"form"}}]""", MediationSide.Request);
        var context = Workbench.Context("""{"claims":{"tenant_id":"acme","sub":"u1"}}""", MediationSide.Request);

        var (body, outcome) = Workbench.Run(plan, """{"customer":{"id":7,"name":"Alpha"},"items":[{"sku":"A1"},{"sku":"B2"}],"tenant":"evil","isAdmin":true}"""u8.ToArray(), MediationSide.Request, context);

        Assert.Equal("note=&tenant=acme&user=u1&channel=WEB&cust_id=7&cust_name=Alpha&sku_list=A1%2CB2".Split('&').Order(), body.Split('&').Order());
        Assert.Equal("application/x-www-form-urlencoded", outcome.ContentType);
    }

    [Fact]
    public void E3_SOAP_behind_JSON()
    {
        var plan = Workbench.Plan("""
            {
              "Request": { "Steps": [{"Shape":{"Envelope":{"@xmlns":"http://schemas.xmlsoap.org/soap/envelope/","Body":{"getCountry":{"@xmlns":"urn:geo","name":"$.country"}}}}},{"Format":{"To":"xml"}}] },
              "Response": { "Steps": [{"Format":{"From":"xml","Arrays":["Envelope.Body.getCountryResponse.city"],"Numbers":["Envelope.Body.getCountryResponse.population"],"Namespaces":"strip","Empty":"null"}},{"Unwrap":"Envelope.Body.getCountryResponse"}] }
            }
            """);

        Assert.Equal("""<Envelope xmlns="http://schemas.xmlsoap.org/soap/envelope/"><Body><getCountry xmlns="urn:geo"><name>Spain</name></getCountry></Body></Envelope>""",
            Workbench.Run(plan, """{"country":"Spain"}"""u8.ToArray(), MediationSide.Request).Body);
        Assert.Equal("""{"population":46704314,"city":["Madrid"],"note":null}""",
            Workbench.Run(plan, """<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Body><getCountryResponse><population>46704314</population><city>Madrid</city><note/></getCountryResponse></s:Body></s:Envelope>"""u8.ToArray()).Body);
    }

    [Fact]
    public void E4_one_error_format()
    {
        var plan = Workbench.Plan("""{"Errors": {"If":"ok == `false`","StatusFrom":{"code":{"NOT_FOUND":404,"DUP":409,"*":502}},"Problem":{"type":"https://errors.example.test/{code}","title":"$.msg","errors":{"$each":"$.fields","$as":{"pointer":"#/{name}","detail":"$.why"}}}}}""");
        var context = Workbench.Context("""{"path":"/api/users","requestId":"r-1"}""");

        var (body, outcome) = Workbench.Run(plan, """{"ok":false,"code":"DUP","msg":"Already there","fields":[{"name":"email","why":"in use"}],"stack":"at …"}"""u8.ToArray(), context: context);

        Assert.Equal(409, outcome.Status);
        Assert.Equal("application/problem+json", outcome.ContentType);
        Same("""{"type":"https://errors.example.test/DUP","title":"Already there","status":409,"errors":[{"pointer":"#/email","detail":"in use"}],"instance":"/api/users","requestId":"r-1"}""", body);
        Assert.Equal("""{ "ok":true }""", Workbench.Run(plan, """{ "ok":true }"""u8.ToArray(), context: context).Body);
    }

    [Theory]
    [InlineData("2.9", """{"id":1,"active":1,"full_name":"Alpha Beta","email":"a@x.test"}""")]
    [InlineData("3", """{"id":1,"name":{"first":"Alpha","last":"Beta"},  "contacts":{"emails":["a@x.test","b@x.test"]},"active":true}""")]
    public void E5_old_clients(string version, string expected)
    {
        var plan = Workbench.Plan("""{"Response":[{"When":{"Header":{"X-Client-Version":"<3"}},"Steps":[{"Expr":{"full_name":"join(' ', [name.first, name.last])"}},{"Move":{"contacts.emails[0]":"email"}},{"Remove":["name","contacts"]},{"Convert":{"active":"boolean -> 1/0"}}]},{"Steps":[]}]}""");
        var context = Workbench.Context($$$"""{"headers":{"X-Client-Version":"{{{version}}}"}}""");

        Assert.Equal(expected, Workbench.Run(plan, """{"id":1,"name":{"first":"Alpha","last":"Beta"},  "contacts":{"emails":["a@x.test","b@x.test"]},"active":true}"""u8.ToArray(), context: context).Body);
        Assert.Equal(["X-Client-Version"], plan.Reads.Headers);
    }

    [Fact]
    public void E6_paging_and_links()
    {
        var plan = Workbench.Steps("""[{"Replace":{"..href":{"Find":"http://catalog.internal:8080","With":"{baseUrl}/api"}}},{"Page":{"Items":"content","Total":"totalElements","Page":"number","Size":"size","FirstPage":0,"Links":true}}]""");
        var context = Workbench.Context("""{"baseUrl":"https://gw.example.test","path":"/api/items?q=a%20b&page=1&size=20"}""");

        var (body, outcome) = Workbench.Run(plan, """{"content":[{"id":1,"links":{"self":{"href":"http://catalog.internal:8080/items/1"}}}],"totalElements":41,"number":1,"size":20,"sort":{"x":1}}"""u8.ToArray(), context: context);

        Same("""{"items":[{"id":1,"links":{"self":{"href":"https://gw.example.test/api/items/1"}}}],"page":{"number":2,"size":20,"total":41,"pages":3}}""", body);
        Assert.Equal(
            [
                ("X-Total-Count", "41"),
                ("Link", "</api/items?q=a%20b&page=0&size=20>; rel=\"first\", </api/items?q=a%20b&page=0&size=20>; rel=\"prev\", </api/items?q=a%20b&page=2&size=20>; rel=\"next\", </api/items?q=a%20b&page=2&size=20>; rel=\"last\""),
            ],
            outcome.Headers);
    }

    private static void Same(string expected, string actual) =>
        Assert.Null(JsonComparison.FirstDifference(JsonParser.Parse(Encoding.UTF8.GetBytes(expected)), JsonParser.Parse(Encoding.UTF8.GetBytes(actual))));
}
