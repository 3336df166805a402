using Gateway.Configuration;
using Gateway.Features.Mediation.Operators;

namespace Gateway.Features.Mediation.Plans;

/// <summary>Compiles lists of steps.</summary>
internal static class StepCompiler
{
    /// <returns>The steps that have no problem.</returns>
    public static IReadOnlyList<Step> List(DocumentNode node, PlanScope scope)
    {
        if (node is not ArrayNode list)
        {
            scope.WrongType(node, "a list of steps");
            return [];
        }
        var steps = new List<(Step Step, PlanScope Scope)>();
        for (var i = 0; i < list.Items.Count; i++)
        {
            var place = scope.Item(i, list.Items[i]);
            if (One(list.Items[i], place) is { } step) steps.Add((step, place.Member(step.Operator, list.Items[i])));
        }
        PlanAnalysis.Look(steps);
        return [.. steps.Select(s => s.Step)];
    }

    private static Step? One(DocumentNode node, PlanScope scope)
    {
        if (node is not ObjectNode o)
        {
            scope.WrongType(node, "a step, such as { \"Remove\": [ \"a\" ] }");
            return null;
        }

        var keys = o.Members.Where(m => !PlanOptions.IsFree(m.Name)).ToArray();
        var operators = keys.Where(m => OperatorList.Find(m.Name) is not null).ToArray();
        foreach (var extra in operators.Skip(1))
            scope.Member(extra.Name, extra.Value).At(extra.NameOrigin).Error(ProblemCodes.Conflict,
                $"the step has two operators, {operators[0].Name} and {extra.Name}, and their order would be anyone's guess", "Make two steps of it");

        var op = operators.Length > 0 ? OperatorList.Find(operators[0].Name) : null;
        IReadOnlyList<string> beside = ["If", .. op?.Beside ?? OperatorList.Names];
        foreach (var key in keys)
            if (OperatorList.Find(key.Name) is null && !beside.Contains(key.Name, StringComparer.OrdinalIgnoreCase)) PlanOptions.Unknown(key, scope, beside);
        if (op is null)
        {
            if (keys.All(k => k.Name.Equals("If", StringComparison.OrdinalIgnoreCase)))
                scope.Error(ProblemCodes.Missing, "the step has no operator", $"Operators are {string.Join(", ", OperatorList.Names)}");
            return null;
        }

        var condition = o.Find("If") is { } member ? PlanExpressions.Parse(member.Value, scope.Member("If", member.Value)) : null;
        var options = PlanOptions.Read(o, scope, [.. beside, .. operators.Select(m => m.Name)])!;
        var place = scope.Member(op.Name, operators[0].Value);
        var step = op.Compile(operators[0].Value, options, place);
        if (step is null || operators.Length > 1) return null;
        step.Operator = op.Name;
        step.Name = place.PlanPath;
        if (step is StreamingStep { NeedsLengths: true } lengths) step = new InMemoryStep(lengths) { Operator = op.Name, Name = place.PlanPath, Effects = step.Effects };
        if (condition is not null) step = new ConditionalStep(condition, step) { Operator = op.Name, Name = place.PlanPath, Effects = step.Effects };
        return step;
    }
}
