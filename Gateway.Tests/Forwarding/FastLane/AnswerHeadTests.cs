using System.Text;
using CsCheck;
using Gateway.Forwarding.FastLane;

namespace Gateway.Tests.Forwarding.FastLane;

/// <summary>Heads of answers, directly: what is refused, what is understood, and that no octets make the parser fail (RFC 9112 §2–§6).</summary>
public sealed class AnswerHeadTests
{
    [Theory]
    [InlineData("HTTP/1.1 200 OK|Content-Length: 2|Transfer-Encoding: chunked")]
    [InlineData("HTTP/1.1 200 OK|Transfer-Encoding: chunked|Content-Length: 0")]
    [InlineData("HTTP/1.1 200 OK|Content-Length: 2|Content-Length: 3")]
    [InlineData("HTTP/1.1 200 OK|Content-Length: 2|Content-Length: 2")]
    [InlineData("HTTP/1.1 200 OK|Content-Length: 2, 2")]
    [InlineData("HTTP/1.1 200 OK|Content-Length: +2")]
    [InlineData("HTTP/1.1 200 OK|Content-Length: -2")]
    [InlineData("HTTP/1.1 200 OK|Content-Length: 0x2")]
    [InlineData("HTTP/1.1 200 OK|Content-Length: 2 2")]
    [InlineData("HTTP/1.1 200 OK|Content-Length:")]
    [InlineData("HTTP/1.1 200 OK|Content-Length: 9999999999999999999")]
    [InlineData("HTTP/1.1 200 OK|Transfer-Encoding: gzip")]
    [InlineData("HTTP/1.1 200 OK|Transfer-Encoding: gzip, chunked")]
    [InlineData("HTTP/1.1 200 OK|Transfer-Encoding: chunked, chunked")]
    [InlineData("HTTP/1.1 200 OK|Transfer-Encoding: chunked|Transfer-Encoding: chunked")]
    [InlineData("HTTP/1.1 200 OK|Transfer-Encoding: xchunked")]
    [InlineData("HTTP/1.1 200 OK|Transfer-Encoding:")]
    [InlineData("HTTP/1.0 200 OK|Transfer-Encoding: chunked")]
    [InlineData("HTTP/1.1 200 OK|X: a| folded")]
    [InlineData("HTTP/1.1 200 OK|\tX: folded at once")]
    [InlineData("HTTP/1.1 200 OK|X : a")]
    [InlineData("HTTP/1.1 200 OK|X\t: a")]
    [InlineData("HTTP/1.1 200 OK|Bad Name: a")]
    [InlineData("HTTP/1.1 200 OK|: a")]
    [InlineData("HTTP/1.1 200 OK|no colon")]
    [InlineData("HTTP/1.1 200 OK|X: a\nY: b")]
    [InlineData("HTTP/1.1 200 OK|X: a\rY: b")]
    [InlineData("HTTP/1.1 200 OK|X: a\0b")]
    [InlineData("HTTP/1.1 200 OK|X: a\u007fb")]
    [InlineData("HTTP/1.1 200 OK|X\u00e9: a")]
    [InlineData("HTTP/1.1 099 OK")]
    [InlineData("HTTP/1.1 20 OK")]
    [InlineData("HTTP/1.1 2000 OK")]
    [InlineData("HTTP/1.1 2x0 OK")]
    [InlineData("HTTP/1.1  200 OK")]
    [InlineData("HTTP/1.1\t200 OK")]
    [InlineData("HTTP/1.1 200\tOK")]
    [InlineData("HTTP/1.2 200 OK")]
    [InlineData("HTTP/2 200 OK")]
    [InlineData("http/1.1 200 OK")]
    [InlineData(" HTTP/1.1 200 OK")]
    [InlineData("HTTP/1.1 200 O\u0001K")]
    [InlineData("ICY 200 OK")]
    [InlineData("")]
    public void Refuses_what_could_be_read_in_two_ways(string lines) => Assert.False(new AnswerHead().TryRead(Octets(lines)));

    [Theory]
    [InlineData("HTTP/1.1 200", 200, null, false, false)]
    [InlineData("HTTP/1.1 200 ", 200, null, false, false)]
    [InlineData("HTTP/1.1 200 OK|Content-Length: 0", 200, 0L, false, false)]
    [InlineData("HTTP/1.1 200 OK|content-length:\t12 \t", 200, 12L, false, false)]
    [InlineData("HTTP/1.1 999 Odd|Transfer-Encoding: CHUNKED", 999, null, true, false)]
    [InlineData("HTTP/1.1 200 OK|Connection: keep-alive", 200, null, false, false)]
    [InlineData("HTTP/1.1 200 OK|Connection: keep-alive|Connection: X, close", 200, null, false, true)]
    [InlineData("HTTP/1.0 200 OK|Connection: keep-alive", 200, null, false, true)]
    public void Understands_what_is_clear(string lines, int status, long? length, bool isChunked, bool closes)
    {
        var head = new AnswerHead();

        Assert.True(head.TryRead(Octets(lines)));
        Assert.Equal((status, length, isChunked, !closes), (head.Status, head.ContentLength, head.IsChunked, head.KeepsConnection));
    }

    [Fact]
    public void One_object_keeps_nothing_of_the_answer_before()
    {
        var head = new AnswerHead();
        Assert.True(head.TryRead(Octets("HTTP/1.0 404 No|Content-Length: 5|Connection: close, X|A: 1|B: 2")));

        Assert.True(head.TryRead(Octets("HTTP/1.1 200 OK|C: 3")));

        Assert.Equal((200, null, false, true, false, 1), (head.Status, head.ContentLength, head.IsChunked, head.KeepsConnection, head.NamesFields, head.Fields.Length));
    }

    [Fact]
    public void Finds_the_end_wherever_the_head_is_cut()
    {
        var bytes = Octets("HTTP/1.1 200 OK|A: 1|Content-Length: 5");
        var all = bytes.Concat("\r\n\r\nHTTP"u8.ToArray()).ToArray();

        for (var first = 0; first <= all.Length; first++)
        {
            for (var second = first; second <= all.Length; second++)
            {
                var from = 0;
                foreach (var cut in (int[])[first, second, all.Length])
                {
                    var found = AnswerHead.FindEnd(all.AsSpan(0, cut), ref from);
                    Assert.Equal(cut < bytes.Length ? 0 : bytes.Length, found);
                    if (found > 0) break;
                }
            }
        }
    }

    [Theory]
    [InlineData("HTTP/1.1 200 OK\nA: 1\n\n", true)]
    [InlineData("\n", true)]
    [InlineData("\r\n", true)]
    [InlineData("SSH-2.0", true)]
    [InlineData("HTTP/2", true)]
    [InlineData("", false)]
    [InlineData("HTT", false)]
    [InlineData("HTTP/1.1 200 OK\r\nA: 1\r", false)]
    public void Knows_when_waiting_is_in_vain(string start, bool isHopeless) =>
        Assert.Equal(isHopeless, AnswerHead.IsHopeless(Encoding.Latin1.GetBytes(start)));

    // A third of the octets mean something to a parser.
    private static readonly Gen<byte> Octet = Gen.OneOf(Gen.Byte, Gen.Char["\r\n\t :,;0123chunkedHTTP/"].Select(c => (byte)c));

    [Fact]
    public void No_mutation_makes_it_fail_or_take_what_it_must_not()
    {
        var heads = new[]
        {
            "HTTP/1.1 200 OK|Content-Length: 10|Content-Type: text/plain|Connection: keep-alive, X-A|X-A: 1",
            "HTTP/1.1 404 Not Found|Transfer-Encoding: chunked|Set-Cookie: a=b; Path=/|Vary: a, b",
            "HTTP/1.0 204 No Content|Connection: close",
        }.Select(Octets).ToArray();

        Gen.Select(Gen.Int[0, heads.Length - 1], Gen.Select(Gen.Int[0, 200], Octet, Gen.Int[0, 2]).Array[0, 6]).Sample((which, changes) =>
        {
            var bytes = heads[which].ToList();
            foreach (var (at, octet, how) in changes)
            {
                var place = at % bytes.Count;
                if (how == 0) bytes[place] = octet;
                else if (how == 1) bytes.Insert(place, octet);
                else if (bytes.Count > 1) bytes.RemoveAt(place);
            }
            Check([.. bytes]);
        }, iter: 20_000);
    }

    private static void Check(byte[] bytes)
    {
        var head = new AnswerHead();
        if (!head.TryRead(bytes)) return;

        Assert.InRange(head.Status, 100, 999);
        Assert.False(head.IsChunked && head.ContentLength is not null);
        // Written out again it is the same head to the strictest of readers: every line stands by itself.
        var lines = Encoding.Latin1.GetString(bytes)[..^4].Split("\r\n");
        Assert.Equal(lines.Length - 1, head.Fields.Length);
        for (var i = 0; i < head.Fields.Length; i++)
        {
            var (name, value) = (Encoding.Latin1.GetString(head.Fields[i].Name(bytes)), Encoding.Latin1.GetString(head.Fields[i].Value(bytes)));
            var parts = lines[i + 1].Split(':', 2);
            Assert.Equal((parts[0], parts[1].Trim(' ', '\t')), (name, value));
            Assert.DoesNotContain(value, c => c is '\r' or '\n' or '\0');
            Assert.Matches("^[!#$%&'*+.^_`|~0-9A-Za-z-]+$", name);
        }
        Assert.Equal(lines.Skip(1).Any(line => line.StartsWith("content-length:", StringComparison.OrdinalIgnoreCase)), head.ContentLength is not null);
        Assert.Equal(lines.Skip(1).Any(line => line.StartsWith("transfer-encoding:", StringComparison.OrdinalIgnoreCase)), head.IsChunked);
    }

    private static byte[] Octets(string lines) => Encoding.Latin1.GetBytes(lines.Replace("|", "\r\n", StringComparison.Ordinal) + "\r\n\r\n");
}
