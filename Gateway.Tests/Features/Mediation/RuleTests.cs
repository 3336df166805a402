using System.Text;
using Gateway.Features.Mediation;

namespace Gateway.Tests.Features.Mediation;

/// <summary>The exact rules of the language (design §6, A01 to A36), each by what it makes of a body; other classes hold those about HTTP.</summary>
public sealed class RuleTests
{
    private const string Context = """
        { "status": 201, "method": "PUT", "path": "/p/7?q=1&q=2", "headers": { "X-A": "h" }, "route": { "id": "7" }, "claims": { "sub": "u1", "roles": [ "a", "b" ] },
          "baseUrl": "https://gw.example.test", "remoteIp": "10.0.0.9", "requestId": "r1", "now": "2026-03-01T12:00:00Z" }
        """;

    [Theory]
    // A01: OnInvalid stands beside Convert, holds for all its paths; keep means as it was before the whole list.
    [InlineData("""[{"Convert":{"a":["trim","integer"],"b":"integer"},"OnInvalid":"keep"}]""", """{"a":" x ","b":"y"}""", """{"a":" x ","b":"y"}""")]
    [InlineData("""[{"Convert":{"a":["trim","integer"],"b":"integer"},"OnInvalid":"null"}]""", """{"a":" x ","b":"5"}""", """{"a":null,"b":5}""")]
    // A02: null stays null, and is never invalid.
    [InlineData("""[{"Convert":{"a":"integer"}},{"MapValues":{"a":{"*":"x"}}},{"Replace":{"a":{"Find":"x","With":"y"}}},{"Redact":{"a":"all"}}]""", """{"a":null}""", """{"a":null}""")]
    [InlineData("""[{"Filter":{"a":"b"}},{"Sort":{"a":{}}},{"Limit":{"a":1}},{"Index":{"a":"id"}},{"Entries":{"a":{}}},{"Flatten":{"a":"x_"}},{"Each":{"a":[{"Remove":["b"]}]}}]""", """{"a":null}""", """{"a":null}""")]
    [InlineData("""[{"Set":{"a":null}},{"Copy":{"a":"b"}},{"Wrap":"w"}]""", """{"a":1}""", """{"w":{"a":null,"b":null}}""")]
    [InlineData("""[{"Default":{"a":5}}]""", """{"a":null}""", """{"a":5}""")]
    // A03: UTC, fraction only when it isn't zero and without trailing zeros; dates without a time; offsets are turned into UTC.
    [InlineData("""[{"Convert":{"a":"epochMillis -> iso","b":"epochMillis -> iso"}}]""", """{"a":1767225600120,"b":1767225600000}""", """{"a":"2026-01-01T00:00:00.12Z","b":"2026-01-01T00:00:00Z"}""")]
    [InlineData("""[{"Convert":{"a":"date(dd.MM.yyyy) -> iso","b":"iso -> date(dd.MM.yyyy)"}}]""", """{"a":"31.12.2026","b":"2026-12-31"}""", """{"a":"2026-12-31","b":"31.12.2026"}""")]
    [InlineData("""[{"Convert":{"a":"iso -> epochSeconds","b":"iso -> epochSeconds","c":"iso -> epochMillis"}}]""", """{"a":"2026-01-01T01:00:00+01:00","b":"2026-01-01T00:00:00","c":"2026-01-01T00:00:00.5Z"}""", """{"a":1767225600,"b":1767225600,"c":1767225600500}""")]
    [InlineData("""[{"Convert":{"a":"iso -> date(dd.MM.yyyy HH:mm)"}}]""", """{"a":"2026-01-01T01:30:00+02:00"}""", """{"a":"31.12.2025 23:30"}""")]
    // A04
    [InlineData("""[{"Convert":{"..x":"integer"}}]""", null, null)]
    [InlineData("""[{"Convert":{"a[*]":"integer"}}]""", """{"a":[12,12.0,"12"]}""", """{"a":[12,12,12]}""")]
    [InlineData("""[{"Convert":{"a[*]":"boolean"}}]""", """{"a":[true,"TRUE","False",1,0,"1","0"]}""", """{"a":[true,true,false,true,false,true,false]}""")]
    [InlineData("""[{"Convert":{"a[*]":"number"}}]""", """{"a":[" 1.50 ","-0","1e400",7]}""", """{"a":[1.50,-0,1e400,7]}""")]
    [InlineData("""[{"Convert":{"a":"integer"}}]""", """{"a":12.7}""", null)]
    [InlineData("""[{"Convert":{"a":"number"}}]""", """{"a":"01"}""", null)]
    [InlineData("""[{"Convert":{"a":"string"}}]""", """{"a":{}}""", null)]
    [InlineData("""[{"Convert":{"a":"number"}}]""", """{"a":[]}""", null)]
    [InlineData("""[{"Convert":{"a":"boolean"}}]""", """{"a":"yes"}""", null)]
    [InlineData("""[{"Convert":{"a":["string"],"b":"string","c":"upper","d":"lower","e":"base64","f":"unbase64"}}]""", """{"a":1.10,"b":true,"c":"aé","d":"AÉ","e":"é","f":"w6k="}""", """{"a":"1.10","b":"true","c":"AÉ","d":"aé","e":"w6k=","f":"é"}""")]
    [InlineData("""[{"Convert":{"a":"boolean -> 1/0","b":"boolean -> Y/N","c":"Y/N -> boolean"}}]""", """{"a":false,"b":true,"c":"N"}""", """{"a":0,"b":"Y","c":false}""")]
    // A05: by JSON text; objects, arrays and null are kept.
    [InlineData("""[{"MapValues":{"a[*]":{"1":"one","true":"yes","*":"other"}}}]""", """{"a":[1,true,2,"1",{},[],null]}""", """{"a":["one","yes","other","one",{},[],null]}""")]
    [InlineData("""[{"MapValues":{"a":{"N":"new"}}}]""", """{"a":"S"}""", """{"a":"S"}""")]
    // A06: a type that can't be treated fails; missing does nothing.
    [InlineData("""[{"Sort":{"a":{}}}]""", """{"a":"text"}""", null)]
    [InlineData("""[{"Limit":{"a":1}}]""", """{"a":{}}""", null)]
    [InlineData("""[{"Replace":{"a":{"Find":"1","With":"2"}}}]""", """{"a":1}""", null)]
    [InlineData("""[{"Filter":{"no":"b"}},{"Limit":{"no":1}},{"Flatten":{"no":"x"}},{"Convert":{"no":"integer"}},{"Rename":{"no":"x"}}]""", """{"a":1}""", """{"a":1}""")]
    // A07: a placeholder is a text; alone without a value it is null, in a longer text nothing; it works everywhere in a value.
    [InlineData("""[{"Set":{"a":"{status}","b":"{claim:none}","c":"<{claim:none}>","d":{"x":["{claim:sub}"]},"e":"{{claim}","f":"{route:id}-{query:q}-{header:X-A}-{method}-{path}-{remoteIp}-{requestId}-{now}-{baseUrl}"}}]""", "{}",
        """{"a":"201","b":null,"c":"<>","d":{"x":["u1"]},"e":"{claim}","f":"7-1,2-h-PUT-/p/7-10.0.0.9-r1-2026-03-01T12:00:00Z-https://gw.example.test"}""")]
    [InlineData("""[{"Set":{"a":"{query:q}"}}]""", "{}", """{"a":"1,2"}""")]
    // A14
    [InlineData("""[{"Convert":{"a":"split(, )","b":"split(,)","c":"join(;)"}}]""", """{"a":"x, y,z","b":"","c":[1,"a",true,1.50]}""", """{"a":["x","y,z"],"b":[],"c":"1;a;true;1.50"}""")]
    [InlineData("""[{"Convert":{"a":"split(,)"}}]""", """{"a":"x,, y,"}""", """{"a":["x",""," y",""]}""")]
    [InlineData("""[{"Convert":{"a":"join(,)"}}]""", """{"a":[{}]}""", null)]
    // A21
    [InlineData("""[{"Redact":{"a[*]":"last4"}}]""", """{"a":["12345678","1234567",123456789,true,{"x":1},[1]]}""", """{"a":["****5678","****","****6789","****","****","****"]}""")]
    [InlineData("""[{"Redact":{"a[*]":"all"}}]""", """{"a":["x",1,true,{"x":1},[1]]}""", """{"a":["****","****","****","****","****"]}""")]
    // A08: parents are made, new members go to the end, overwritten ones keep their place; another type fails.
    [InlineData("""[{"Set":{"a.b.c":1,"x":2}}]""", """{"x":1,"y":2}""", """{"x":2,"y":2,"a":{"b":{"c":1}}}""")]
    [InlineData("""[{"Move":{"x":"a.b"}}]""", """{"x":1,"y":2}""", """{"y":2,"a":{"b":1}}""")]
    [InlineData("""[{"Expr":{"a.b":"x"}}]""", """{"a":7,"x":1}""", null)]
    [InlineData("""[{"Group":{"a":["x"]}}]""", """{"a":7,"x":1}""", null)]
    // A09
    [InlineData("""[{"Select":["a[*].b","c"]}]""", """{"a":[{"b":1},{"d":1},[],7],"c":[],"d":1}""", """{"a":[{"b":1},{},[]],"c":[]}""")]
    [InlineData("""[{"Select":["a[*].b"]}]""", """{"a":[]}""", """{"a":[]}""")]
    // A10: against the body as it was before the step.
    [InlineData("""[{"Remove":["a[0]","a[1]"]}]""", """{"a":[1,2,3]}""", """{"a":[3]}""")]
    [InlineData("""[{"Move":{"a":"b","b":"a"}}]""", """{"a":1,"b":2}""", """{"a":2,"b":1}""")]
    // A11: the right side is a name.
    [InlineData("""[{"Rename":{"a.b":"c.d"}}]""", """{"a":{"b":1}}""", """{"a":{"c.d":1}}""")]
    // A12
    [InlineData("""[{"Flatten":{"a":"x_"}}]""", """{"a":{"b":1},"x_b":2}""", null)]
    [InlineData("""[{"Group":{"a":["b"]}}]""", """{"a":{"b":1},"b":2}""", null)]
    // A13
    [InlineData("""[{"Group":{"o":["a","b"]}}]""", """{"c":1}""", """{"c":1}""")]
    [InlineData("""[{"Group":{"o":["a","b"]}}]""", """{"a":1,"c":2}""", """{"c":2,"o":{"a":1}}""")]
    [InlineData("""[{"Group":{"o":["a"]}}]""", """{"o":{"z":1},"a":2}""", """{"o":{"z":1,"a":2}}""")]
    // A15
    [InlineData("""[{"Case":"snake"}]""", """{"HTTPServer":1,"lineItem2Text":{"a-b c":2},"_linksTo":3,"$ref":4,"@idOf":5}""", """{"http_server":1,"line_item2_text":{"a_b_c":2},"_links_to":3,"$ref":4,"@id_of":5}""")]
    [InlineData("""[{"Case":"pascal"}]""", """{"order_id":1,"line2Text":2}""", """{"OrderId":1,"Line2Text":2}""")]
    [InlineData("""[{"Case":"kebab"}]""", """{"orderId":1,"HTTPServer":2}""", """{"order-id":1,"http-server":2}""")]
    [InlineData("""[{"Case":{"To":"camel","Except":["a_b"]}}]""", """{"a_b":{"c_d":1}}""", """{"a_b":{"cD":1}}""")]
    // A16: numbers, texts, booleans; exact; by code point; missing and null last in both directions; stable.
    [InlineData("""[{"Sort":{"a":{}}}]""", """{"a":[true,"b","a",9007199254740993,9007199254740992,null,false]}""", """{"a":[9007199254740992,9007199254740993,"a","b",false,true,null]}""")]
    [InlineData("""[{"Sort":{"a":{"By":"k.n"}}}]""", """{"a":[{"i":1},{"k":{"n":2},"i":2},{"k":{"n":1.0},"i":3},{"k":{"n":1},"i":4},{"k":{"n":null},"i":5}]}""", """{"a":[{"k":{"n":1.0},"i":3},{"k":{"n":1},"i":4},{"k":{"n":2},"i":2},{"i":1},{"k":{"n":null},"i":5}]}""")]
    [InlineData("""[{"Sort":{"a":{"By":"n","Descending":true}}}]""", """{"a":[{"n":1},{},{"n":2}]}""", """{"a":[{"n":2},{"n":1},{}]}""")]
    // A17
    [InlineData("""[{"Index":{"a":"id"}}]""", """{"a":[{"id":1.0,"v":1},{"id":true,"v":2},{"id":"x","v":3}]}""", """{"a":{"1.0":{"id":1.0,"v":1},"true":{"id":true,"v":2},"x":{"id":"x","v":3}}}""")]
    [InlineData("""[{"Index":{"a":"id"}}]""", """{"a":[{"v":1}]}""", null)]
    [InlineData("""[{"Index":{"a":"id"}}]""", """{"a":[{"id":{}}]}""", null)]
    [InlineData("""[{"Index":{"a":"id"}}]""", """{"a":[{"id":1},{"id":1}]}""", null)]
    [InlineData("""[{"Entries":{"a":{"Key":"k","Value":"v"}}}]""", """{"a":{"x":1,"y":null}}""", """{"a":[{"k":"x","v":1},{"k":"y","v":null}]}""")]
    // A18
    [InlineData("""[{"Shape":{"a":"$.no","b":["$.no","$.x"],"c":{"$each":"$.none","$as":"$"},"d":"$.l[*].n","e":{"$each":"$.l","$as":{"n":"$.n","l":"lit"}},"f":"$$5"}}]""", """{"x":1,"l":[{"n":1},{"n":2}]}""", """{"b":[null,1],"c":[],"d":[1,2],"e":[{"n":1,"l":"lit"},{"n":2,"l":"lit"}],"f":"$5"}""")]
    // A19
    [InlineData("""[{"Expr":{"a":"none"}}]""", """{"x":1}""", """{"x":1,"a":null}""")]
    [InlineData("""[{"Expr":{"a":"sum(x)"}}]""", """{"x":["a"]}""", null)]
    // A20
    [InlineData("""[{"Replace":{"a":{"Find":"aa","With":"a"}}}]""", """{"a":"aaaa"}""", """{"a":"aa"}""")]
    [InlineData("""[{"Replace":{"a":{"Find":"(\\d+)-(\\d+)","With":"$2$$$1","Regex":true}}}]""", """{"a":"1-2 3-4"}""", """{"a":"2$1 4$3"}""")]
    // A34: of duplicates in an answer, Remove, Select, Redact and Rename act on each; other operators see the last.
    [InlineData("""[{"Remove":["a"]}]""", """{"a":1,"b":2,"a":3}""", """{"b":2}""")]
    [InlineData("""[{"Redact":{"a":"all"}}]""", """{"a":1,"a":3}""", """{"a":"****","a":"****"}""")]
    [InlineData("""[{"Rename":{"a":"z"}}]""", """{"a":1,"a":3}""", """{"z":1,"z":3}""")]
    [InlineData("""[{"Expr":{"b":"a"}}]""", """{"a":1,"a":3}""", """{"a":3,"b":3}""")]
    // A36: an expression sees the body as earlier steps left it, within Each and Filter the element.
    [InlineData("""[{"Set":{"x":5}},{"Expr":{"y":"x"}}]""", "{}", """{"x":5,"y":5}""")]
    [InlineData("""[{"Each":{"l":[{"Expr":{"m":"n"}},{"Remove":["n"],"If":"n == `1`"}]}},{"Filter":{"l":"m > `1`"}}]""", """{"l":[{"n":1},{"n":2}]}""", """{"l":[{"n":2,"m":2}]}""")]
    // §1: names, every element, first, last, odd names; the leading $. may be left out; a path without a match does nothing.
    [InlineData("""[{"Remove":["$.a","b[*].c","d[0]","e[-1]","['odd.name']"]}]""", """{"a":1,"b":[{"c":1,"x":2}],"d":[1,2],"e":[1,2],"odd.name":1,"z":0}""", """{"b":[{"x":2}],"d":[2],"e":[1],"z":0}""")]
    // §2: whatever of it the rules don't say.
    [InlineData("""[{"Merge":{"a":{"b":null,"c":1},"d":[1]}}]""", """{"a":{"b":1,"x":2},"d":{"y":1}}""", """{"a":{"x":2,"c":1},"d":[1]}""")]
    [InlineData("""[{"Unwrap":{"Path":"a","OnMissing":"null"}}]""", """{"b":1}""", "null")]
    [InlineData("""[{"Unwrap":"a"}]""", """{"b":1}""", null)]
    [InlineData("""[{"Limit":{"a":2}}]""", """{"a":[1,2,3]}""", """{"a":[1,2]}""")]
    [InlineData("""[{"Page":{"Items":"c","Total":"t","Page":"p","Size":"s"}}]""", """{"c":[],"t":0,"p":0,"s":0}""", null)]
    [InlineData("""[{"Page":{"Items":"c","Total":"t","Page":"p","Size":"s"}}]""", """{"c":[],"p":0,"s":10}""", null)]
    [InlineData("""[{"Header":{"X-A":"$.a"}}]""", """{"a":"x\ny"}""", null)]
    public void Holds(string steps, string? body, string? expected)
    {
        var (plan, _) = Workbench.Compile($$"""{ "Response": { "Steps": {{steps}} } }""");
        if (body is null) Assert.Null(plan); // a problem of the plan
        else if (expected is null) Assert.Equal(MediationFault.Unprocessable, Assert.Throws<MediationFailure>(() => Run(steps, body)).Fault);
        else Assert.Equal(expected, Run(steps, body));
    }

    private static string Run(string steps, string body) =>
        Workbench.Run(Workbench.Steps(steps), Encoding.UTF8.GetBytes(body), context: Workbench.Context(Context)).Body;
}
