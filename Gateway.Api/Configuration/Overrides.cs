namespace Gateway.Configuration;

/// <summary>
/// Single values that are set from outside the files and win over them: <c>Routes__0__Timeout=5</c> in the environment, then
/// <c>--Routes:0:Timeout=5</c> on the command line (contract 00). Lists are addressed by position; the position after the last adds one.
/// </summary>
internal sealed class Overrides
{
    private static readonly string[] Roots = ["Routes", "DynamicRoutes", "Aggregates", "GlobalConfiguration"];

    private readonly List<Override> _all;

    public Overrides(ConfigurationInputs inputs) => _all =
    [
        .. Ordered(inputs.Variables
            .Where(v => v.Key.Contains("__", StringComparison.Ordinal))
            .Select(v => (Name: v.Key.Replace("__", ":", StringComparison.Ordinal), v.Value, From: $"environment variable {v.Key}"))),
        .. Ordered(inputs.CommandLine.Select(v => (Name: v.Key, v.Value, From: $"command line --{v.Key}"))),
    ];

    public ObjectNode Apply(ObjectNode root, ProblemList problems) => _all.Aggregate(root, (node, set) => set.Apply(node, problems));

    // Routes:2 before Routes:10, and a list's entries in the order in which they are added.
    private static IEnumerable<Override> Ordered(IEnumerable<(string Name, string Value, string From)> settings) => settings
        .Select(s => (s.Name, Parts: s.Name.Split(':'), s.Value, s.From))
        .Where(s => s.Parts.Length > 1 && Roots.Contains(s.Parts[0], StringComparer.OrdinalIgnoreCase))
        .OrderBy(s => s.Name, Comparer<string>.Create(ConfigurationKeyComparer.Instance.Compare))
        .Select(s => new Override(s.Parts, new ScalarNode(new Origin(s.From, 0, 0), ScalarKind.String, s.Value)));

    private sealed record Override(string[] Parts, ScalarNode Value)
    {
        public ObjectNode Apply(ObjectNode root, ProblemList problems) => (ObjectNode)Set(root, 0, "", problems);

        private DocumentNode Set(DocumentNode? node, int depth, string parent, ProblemList problems)
        {
            if (depth == Parts.Length) return Value;
            var part = Parts[depth];
            return node switch
            {
                ObjectNode map => SetMember(map, part, depth, parent, problems),
                ArrayNode array => SetItem(array, part, depth, parent, problems),
                ScalarNode { Scalar: not ScalarKind.Null, Text.Length: > 0 } single when IsIndex(part, out _) =>
                    SetItem(new ArrayNode(single.Origin, [single]), part, depth, parent, problems), // a single value is a list of one
                _ when IsIndex(part, out _) => SetItem(new ArrayNode(Value.Origin, []), part, depth, parent, problems),
                _ => SetMember(new ObjectNode(Value.Origin, []), part, depth, parent, problems),
            };
        }

        private ObjectNode SetMember(ObjectNode map, string name, int depth, string parent, ProblemList problems)
        {
            var found = map.Find(name);
            var known = found?.Name ?? Roots.FirstOrDefault(r => depth == 0 && string.Equals(r, name, StringComparison.OrdinalIgnoreCase)) ?? name;
            var set = new Member(known, Value.Origin, Set(found?.Value, depth + 1, known, problems));
            var members = map.Members.Where(m => !Aliases.AreOneKey(parent, m.Name, known)).Select(m => m == found ? set : m);
            return new ObjectNode(map.Origin, found is null ? [.. members, set] : [.. members]);
        }

        private ArrayNode SetItem(ArrayNode array, string part, int depth, string parent, ProblemList problems)
        {
            if (!IsIndex(part, out var index) || index > array.Items.Count)
            {
                problems.Error(ProblemCodes.InvalidValue, Value.Origin, string.Join(':', Parts),
                    $"'{part}' is no position in this list of {array.Items.Count}", $"Write a number from 0 to {array.Items.Count}; the last one adds an entry");
                return array;
            }
            var items = array.Items.ToList();
            var value = Set(index < items.Count ? items[index] : null, depth + 1, parent, problems);
            if (index < items.Count) items[index] = value;
            else items.Add(value);
            return new ArrayNode(array.Origin, items);
        }

        private static bool IsIndex(string part, out int index) =>
            int.TryParse(part, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out index);
    }
}
