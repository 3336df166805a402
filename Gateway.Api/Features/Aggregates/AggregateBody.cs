using System.Buffers;
using System.Text.Json;
using Gateway.Features.Aggregates.Members;

namespace Gateway.Features.Aggregates;

/// <summary>Puts the parts together: an object with a member for each key, in their order, and no spaces (contract 02 §7.1, 00).</summary>
internal static class AggregateBody
{
    public static ReadOnlyMemory<byte> Write(IEnumerable<AggregatePart> parts)
    {
        var target = new ArrayBufferWriter<byte>();
        var separator = "{"u8.ToArray();
        foreach (var part in parts)
        {
            target.Write(separator);
            target.Write(JsonSerializer.SerializeToUtf8Bytes(part.Key));
            target.Write(":"u8);
            if (part.IsList) WriteList(target, part.Answers);
            else Write(target, part.Answers[0]);
            separator = ","u8.ToArray();
        }
        target.Write("}"u8);
        return target.WrittenMemory;
    }

    private static void WriteList(ArrayBufferWriter<byte> target, IReadOnlyList<MemberAnswer> answers)
    {
        target.Write("["u8);
        for (var i = 0; i < answers.Count; i++)
        {
            if (i > 0) target.Write(","u8);
            Write(target, answers[i]);
        }
        target.Write("]"u8);
    }

    private static void Write(ArrayBufferWriter<byte> target, MemberAnswer answer) => JsonPart.Write(target, answer.Body, answer.Http.Response.ContentType);
}
