namespace Gateway.Features.Mediation.Operators;

/// <summary>All operators of the language. A new one is one file in this folder and one line here.</summary>
internal static class OperatorList
{
    private static readonly Operator[] All =
    [
        new SelectOperator(),
        new RemoveOperator(),
        new RenameOperator(),
        new MoveOperator(),
        new CopyOperator(),
        new GroupOperator(),
        new FlattenOperator(),
        new WrapOperator(),
        new UnwrapOperator(),
        new SetOperator(),
        new DefaultOperator(),
        new ConvertOperator(),
        new MapValuesOperator(),
        new CaseOperator(),
        new EachOperator(),
        new FilterOperator(),
        new SortOperator(),
        new LimitOperator(),
        new IndexOperator(),
        new EntriesOperator(),
        new MergeOperator(),
        new ShapeOperator(),
        new ExprOperator(),
        new FormatOperator(),
        new PageOperator(),
        new ReplaceOperator(),
        new RedactOperator(),
        new StatusOperator(),
        new HeaderOperator(),
        new ValidateOperator(),
        new HandlerOperator(),
    ];

    public static IReadOnlyList<string> Names { get; } = [.. All.Select(o => o.Name)];

    /// <summary>The operator of that name, in upper or lower case (A33).</summary>
    public static Operator? Find(string name)
    {
        foreach (var op in All)
            if (op.Name.Equals(name, StringComparison.OrdinalIgnoreCase)) return op;
        return null;
    }
}
