using System.Collections.Concurrent;

namespace Gateway.Configuration;

/// <summary>What a type asks of the JSON it is read from.</summary>
internal enum BindingForm
{
    Scalar,
    List,
    Map,

    /// <summary>An options record.</summary>
    Options,
}

/// <summary>How values of a type are read; worked out once a type.</summary>
/// <param name="Type">The type without its <see cref="Nullable{T}"/>.</param>
/// <param name="Item">What a list or a map holds.</param>
/// <param name="Made">The type of list or map that is made.</param>
internal sealed record BindingPlan(BindingForm Form, Type Type, Type? Item, Type? Made)
{
    private static readonly ConcurrentDictionary<Type, BindingPlan> Known = new();

    public static BindingPlan Of(Type type) => Known.GetOrAdd(type, Plan);

    /// <summary>A new list or map.</summary>
    public object New() => Activator.CreateInstance(Made!)!;

    private static BindingPlan Plan(Type type)
    {
        var target = Nullable.GetUnderlyingType(type) ?? type;
        if (target == typeof(string) || target.IsPrimitive || target.IsEnum) return new(BindingForm.Scalar, target, null, null);
        if (Arguments(target, typeof(IReadOnlyList<>)) is [var item]) return new(BindingForm.List, target, item, typeof(List<>).MakeGenericType(item));
        if (Arguments(target, typeof(IReadOnlyDictionary<,>)) is [_, var value])
            return new(BindingForm.Map, target, value, typeof(Dictionary<,>).MakeGenericType(typeof(string), value));
        return new(BindingForm.Options, target, null, null);
    }

    private static Type[]? Arguments(Type type, Type generic) =>
        type.IsGenericType && type.GetGenericTypeDefinition() == generic ? type.GetGenericArguments() : null;
}
