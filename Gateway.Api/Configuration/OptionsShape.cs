using System.Collections.Concurrent;
using System.Reflection;

namespace Gateway.Configuration;

/// <summary>One property of an options record.</summary>
internal sealed record OptionsProperty(PropertyInfo Info, FormerNameAttribute? Former, bool GlobalOnly)
{
    public string Name => Info.Name;

    public Type Type => Info.PropertyType;

    public bool IsNamed(string name) =>
        string.Equals(name, Name, StringComparison.OrdinalIgnoreCase) || string.Equals(name, Former?.Name, StringComparison.OrdinalIgnoreCase);
}

/// <summary>What an options record looks like: its properties, and how two of its kind combine.</summary>
internal sealed class OptionsShape
{
    private static readonly ConcurrentDictionary<Type, OptionsShape> Known = new();

    private OptionsShape(Type type)
    {
        Type = type;
        Properties = [.. type.GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .Where(p => p.CanWrite)
            .Select(p => new OptionsProperty(p, p.GetCustomAttribute<FormerNameAttribute>(), p.IsDefined(typeof(GlobalOnlyAttribute))))];
        Names = [.. Properties.SelectMany(p => p.Former is null ? [p.Name] : new[] { p.Name, p.Former.Name })];
    }

    public Type Type { get; }

    public IReadOnlyList<OptionsProperty> Properties { get; }

    /// <summary>The names of the properties, present and former.</summary>
    public IReadOnlyList<string> Names { get; }

    public static OptionsShape Of(Type type) => Known.GetOrAdd(type, t => new OptionsShape(t));

    /// <summary>The record that <paramref name="type"/> is, or lists, or maps names to; null where there is none.</summary>
    public static OptionsShape? Within(Type type)
    {
        if (type.IsGenericType) return Within(type.GetGenericArguments()[^1]);
        return type.IsClass && type != typeof(string) && !type.IsAssignableTo(typeof(DocumentNode)) ? Of(type) : null;
    }

    public OptionsProperty? Find(string name) => Properties.FirstOrDefault(p => p.IsNamed(name));

    public object Create() => Activator.CreateInstance(Type)!;

    /// <summary>A new record: each property from the first that has it.</summary>
    public object Combine(object first, object second)
    {
        var combined = Create();
        foreach (var property in Properties)
            property.Info.SetValue(combined, property.Info.GetValue(first) ?? property.Info.GetValue(second));
        return combined;
    }
}
