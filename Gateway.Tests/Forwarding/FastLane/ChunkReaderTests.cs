using System.Text;
using CsCheck;
using Gateway.Forwarding.FastLane;

namespace Gateway.Tests.Forwarding.FastLane;

/// <summary>Chunked bodies, directly: every way of cutting them, every way of framing them wrongly (RFC 9112 §7.1).</summary>
public sealed class ChunkReaderTests
{
    private const string Body = "5;a=b\r\nhello\r\nB\r\n, chunked w\r\n00004\r\norld\r\n0\r\nX-T: 1\r\nX-U: 2\r\n\r\n";
    private const string Text = "hello, chunked world";

    [Fact]
    public void Reads_the_same_body_wherever_it_is_cut()
    {
        for (var first = 0; first <= Body.Length; first++)
            for (var second = first; second <= Body.Length; second++)
                Assert.Equal((ChunkStep.End, Text, "X-T: 1\r\nX-U: 2\r\n\r\n", 0), Read(Body[..first], Body[first..second], Body[second..]));
    }

    [Fact]
    public void Reads_the_same_body_octet_by_octet() =>
        Assert.Equal((ChunkStep.End, Text, "X-T: 1\r\nX-U: 2\r\n\r\n", 0), Read([.. Body.Select(c => $"{c}")]));

    [Fact]
    public void Leaves_what_stands_behind_the_body() =>
        Assert.Equal((ChunkStep.End, "ok", "\r\n", 8), Read("2\r\nok\r\n0\r\n\r\nHTTP/1.1"));

    [Theory]
    [InlineData("g\r\nok\r\n0\r\n\r\n")]
    [InlineData("0x2\r\nok\r\n0\r\n\r\n")]
    [InlineData("+2\r\nok\r\n0\r\n\r\n")]
    [InlineData("-2\r\nok\r\n0\r\n\r\n")]
    [InlineData(" 2\r\nok\r\n0\r\n\r\n")]
    [InlineData("2 \r\nok\r\n0\r\n\r\n")]
    [InlineData("2 ;a\r\nok\r\n0\r\n\r\n")]
    [InlineData("2\nok\r\n0\r\n\r\n")]
    [InlineData("2\rok\r\n0\r\n\r\n")]
    [InlineData("2\r\nok\n0\r\n\r\n")]
    [InlineData("2\r\nokay\r\n0\r\n\r\n")]
    [InlineData("2\r\nok0\r\n\r\n")]
    [InlineData("\r\n2\r\nok\r\n0\r\n\r\n")]
    [InlineData("2;a\u0001\r\nok\r\n0\r\n\r\n")]
    [InlineData("2;a\rb\r\nok\r\n0\r\n\r\n")]
    [InlineData("10000000000000002\r\nok\r\n0\r\n\r\n")]
    [InlineData("ffffffffffffffff\r\nok\r\n0\r\n\r\n")]
    public void Refuses_what_is_framed_wrongly(string body) => Assert.Equal(ChunkStep.Invalid, Read([.. body.Select(c => $"{c}")]).Step);

    [Fact]
    public void Refuses_an_extension_without_an_end() => Assert.Equal(ChunkStep.Invalid, Read("2;" + new string('a', 1000)).Step);

    [Fact]
    public void Refuses_trailers_without_an_end() => Assert.Equal(ChunkStep.Invalid, Read("0\r\n" + string.Concat(Enumerable.Repeat("X: a\r\n", 20_000))).Step);

    [Theory]
    [InlineData("2\r\nok\r\n")]
    [InlineData("2\r\nok\r\n0\r\n")]
    [InlineData("2\r\no")]
    [InlineData("")]
    public void A_body_that_breaks_off_never_ends(string body) => Assert.Equal(ChunkStep.NeedsMore, Read(body).Step);

    [Fact]
    public void No_mutation_makes_it_fail_or_differ_by_the_cuts() =>
        Gen.Select(Gen.Select(Gen.Int[0, Body.Length - 1], Gen.Char["\r\n\t ;0123456789abcfABCF:x\0"]).Array[0, 4], Gen.Int[0, Body.Length]).Sample(
            (changes, cut) =>
            {
                var text = Body.ToCharArray();
                foreach (var (at, c) in changes) text[at] = c;
                var mutated = new string(text);

                var whole = Read(mutated);
                var inTwo = Read(mutated[..cut], mutated[cut..]);
                var single = Read([.. mutated.Select(c => $"{c}")]);

                Assert.Equal((whole.Step, whole.Text, whole.Trailers), (inTwo.Step, inTwo.Text, inTwo.Trailers));
                Assert.Equal((whole.Step, whole.Text, whole.Trailers), (single.Step, single.Text, single.Trailers));
            }, iter: 20_000);

    /// <summary>Reads pieces as they come; ends with the last step, the body so far, the trailer section and the number of octets left.</summary>
    private static (ChunkStep Step, string Text, string Trailers, int Left) Read(params string[] pieces)
    {
        var (reader, unread, text, step) = (new ChunkReader(), new List<byte>(), new StringBuilder(), ChunkStep.NeedsMore);
        foreach (var piece in pieces)
        {
            if (step is ChunkStep.End or ChunkStep.Invalid) break;
            unread.AddRange(Encoding.Latin1.GetBytes(piece));
            do
            {
                step = reader.Read(unread.ToArray(), out var used, out var data);
                if (step == ChunkStep.End) return (step, text.ToString(), Encoding.Latin1.GetString(data), unread.Count - used);
                text.Append(Encoding.Latin1.GetString(data));
                unread.RemoveRange(0, used);
            }
            while (step == ChunkStep.Data);
        }
        return (step, text.ToString(), "", unread.Count);
    }
}
