namespace Gateway.Routing;

internal sealed class RouteValues
{
    private readonly Dictionary<string, string> _values = [];

    public bool TryGet(string name, out string value) => _values.TryGetValue(name, out value!);

    public void Set(string name, string value) => _values[name] = value;
}
