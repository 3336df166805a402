using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Gateway.Tests.Support;

/// <summary>
/// A name server on a free port of the loopback interface that says what the test wrote down (RFC 1035, RFC 2782), over UDP. A name
/// without records doesn't exist.
/// </summary>
internal sealed class DnsStub : IAsyncDisposable
{
    private const int NameError = 3;
    private const int ServiceType = 33;

    private readonly UdpClient _udp = new(new IPEndPoint(IPAddress.Loopback, 0));
    private readonly CancellationTokenSource _stopping = new();
    private readonly ConcurrentDictionary<string, Record[]> _records = new();
    private readonly ConcurrentQueue<string> _seen = new();
    private readonly Task _answering;

    public DnsStub() => _answering = AnswerAsync();

    public int Port => ((IPEndPoint)_udp.Client.LocalEndPoint!).Port;

    /// <summary>Names that were asked for, as <c>33 _cart._tcp.test</c>.</summary>
    public IReadOnlyList<string> Seen => [.. _seen];

    /// <summary>The code of every answer, where it isn't 0: 2 is a failure of the server.</summary>
    public int Code { get; set; }

    public void Set(string name, params Record[] records) => _records[name] = records;

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await _answering;
        _udp.Dispose();
        _stopping.Dispose();
    }

    private async Task AnswerAsync()
    {
        try
        {
            while (true)
            {
                var question = await _udp.ReceiveAsync(_stopping.Token);
                await _udp.SendAsync(Answer(question.Buffer), question.RemoteEndPoint, _stopping.Token);
            }
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException)
        {
            // The test is over.
        }
    }

    private byte[] Answer(byte[] question)
    {
        var (name, end) = ReadName(question, 12);
        var type = BinaryPrimitives.ReadUInt16BigEndian(question.AsSpan(end));
        _seen.Enqueue($"{type} {name}");
        var records = _records.GetValueOrDefault(name);
        var answers = records?.Where(r => !r.IsAdditional && r.Type == type).ToList() ?? [];
        var additionals = type == ServiceType ? records?.Where(r => r.IsAdditional).ToList() ?? [] : [];

        var answer = new List<byte>(question[..2]);
        Add16(answer, 0x8180 | (Code != 0 ? Code : records is null ? NameError : 0), 1, answers.Count, 0, additionals.Count);
        answer.AddRange(question[12..(end + 4)]);
        foreach (var record in answers.Concat(additionals)) record.WriteTo(answer, name);
        return [.. answer];
    }

    private static (string Name, int End) ReadName(byte[] message, int at)
    {
        var labels = new List<string>();
        while (message[at] is > 0 and var length)
        {
            labels.Add(Encoding.ASCII.GetString(message, at + 1, length));
            at += length + 1;
        }
        return (string.Join('.', labels), at + 1);
    }

    private static void Add16(List<byte> to, params int[] values)
    {
        foreach (var value in values) to.AddRange([(byte)(value >> 8), (byte)value]);
    }

    private static void AddName(List<byte> to, string name)
    {
        foreach (var label in name.Split('.', StringSplitOptions.RemoveEmptyEntries))
        {
            to.Add((byte)label.Length);
            to.AddRange(Encoding.ASCII.GetBytes(label));
        }
        to.Add(0);
    }

    /// <param name="Owner">The record's name; null for the name asked for.</param>
    internal sealed record Record(int Type, int TimeToLive, byte[] Data, string? Owner = null)
    {
        public bool IsAdditional => Owner is not null;

        public static Record Address(string address, int timeToLive = 60, string? owner = null)
        {
            var parsed = IPAddress.Parse(address);
            return new Record(parsed.AddressFamily == AddressFamily.InterNetwork ? 1 : 28, timeToLive, parsed.GetAddressBytes(), owner);
        }

        public static Record Service(string target, int port, int priority = 0, int weight = 0, int timeToLive = 60)
        {
            var data = new List<byte>();
            Add16(data, priority, weight, port);
            AddName(data, target);
            return new Record(ServiceType, timeToLive, [.. data]);
        }

        public void WriteTo(List<byte> answer, string asked)
        {
            AddName(answer, Owner ?? asked);
            Add16(answer, Type, 1, TimeToLive >> 16, TimeToLive, Data.Length);
            answer.AddRange(Data);
        }
    }
}
