using Gateway.Configuration;
using Gateway.Features.Mediation.Paths;
using Gateway.Features.Mediation.Values;

namespace Gateway.Features.Mediation.Plans;

/// <summary>
/// Looks for the likely slips that no single step shows: one that can never match after an earlier one, and two that undo each other.
/// Follows what is known of the body's shape from step to step, and forgets it where a step may do anything.
/// </summary>
internal sealed class PlanAnalysis
{
    private readonly List<(JsonPath Path, Step By)> _gone = [];
    private readonly List<JsonPath> _written = [];
    private (IReadOnlyList<JsonPath> Paths, Step By)? _kept;
    private (NameStyle Style, Step By)? _style;

    /// <param name="steps">The steps of one list, each with its place.</param>
    public static void Look(IReadOnlyList<(Step Step, PlanScope Scope)> steps)
    {
        var analysis = new PlanAnalysis();
        for (var i = 0; i < steps.Count; i++)
        {
            var (step, scope) = steps[i];
            foreach (var effect in step.Effects) analysis.CheckMatch(effect, scope);
            for (var j = 0; j < i; j++)
                if (steps[j].Step is not ConditionalStep && step is not ConditionalStep) CheckUndo(steps[j].Step, step, j == i - 1, scope);
            analysis.Follow(step);
        }
    }

    private void CheckMatch(StepEffect effect, PlanScope scope)
    {
        if (effect.Kind is EffectKind.Writes or EffectKind.Wraps or EffectKind.Restyles || effect.Path.IsRoot || effect.Path.HasAnyDepth) return;
        if (_written.Any(w => w.Contains(effect.Path) || effect.Path.Contains(w))) return;
        if (_gone.Find(g => g.Path.Contains(effect.Path)) is { By: { } taker })
            Never(effect, taker, "has taken it away", scope);
        else if (_kept is { } kept && !kept.Paths.Any(k => k.Contains(effect.Path) || effect.Path.Contains(k)))
            Never(effect, kept.By, "doesn't keep it", scope);
        else if (_style is { } restyled && effect.Path.Segments.FirstOrDefault(s => s.Name is not null && restyled.Style.Apply(s.Name) != s.Name) is { Name: { } name })
            Never(effect, restyled.By, $"has made '{restyled.Style.Apply(name)}' of '{name}'", scope);
    }

    private static void Never(StepEffect effect, Step earlier, string why, PlanScope scope) =>
        scope.Error(ProblemCodes.Unreachable, $"'{effect.Path}' can never match: {earlier.Name} {why}", "Correct the path, or change the order of the steps");

    private static void CheckUndo(Step first, Step second, bool areNeighbours, PlanScope scope)
    {
        foreach (var one in first.Effects)
            foreach (var other in second.Effects)
            {
                var undoes = (one.Kind, other.Kind) switch
                {
                    (EffectKind.Moves, EffectKind.Moves) => Same(one.To!, other.Path) && Same(one.Path, other.To!),
                    (EffectKind.Writes, EffectKind.Drops) => areNeighbours && Same(one.Path, other.Path),
                    (EffectKind.Copies, EffectKind.Drops) => areNeighbours && Same(one.To!, other.Path),
                    (EffectKind.Wraps, EffectKind.Unwraps) => areNeighbours && Same(one.Path, other.Path),
                    (EffectKind.Restyles, EffectKind.Restyles) => areNeighbours && Same(one.Path, other.Path),
                    (EffectKind.Changes, EffectKind.Changes) => areNeighbours && one.Inverse.Length > 0 && one.Inverse == other.Means && Same(one.Path, other.Path),
                    _ => false,
                };
                if (undoes) scope.Error(ProblemCodes.Conflict, $"undoes {first.Name} at '{one.Path}'", "Leave one of the two out, or both");
            }
    }

    private static bool Same(JsonPath a, JsonPath b) => a.Segments.SequenceEqual(b.Segments);

    private void Follow(Step step)
    {
        if (step is ConditionalStep)
        {
            // It may have run or not: what it could have written may be there.
            foreach (var effect in step.Effects) Written(effect.To ?? effect.Path);
            if (step.Effects.Count == 0) Forget();
            return;
        }
        if (step.Effects.Count == 0)
        {
            if (!step.KeepsShape) Forget();
            return;
        }
        if (step.Effects[0].Kind == EffectKind.Keeps)
        {
            Forget();
            _kept = ([.. step.Effects.Select(e => e.Path)], step);
            return;
        }
        foreach (var effect in step.Effects) Follow(effect, step);
    }

    private void Follow(StepEffect effect, Step step)
    {
        switch (effect.Kind)
        {
            case EffectKind.Changes:
                // Steps within an array may have put back what an earlier step took out of its elements.
                _gone.RemoveAll(g => effect.Path.Contains(g.Path));
                break;
            case EffectKind.Drops:
                if (!effect.Path.HasAnyDepth && effect.Path.Segments.All(s => s.Index is null) && effect.Path.LastName is not null) Gone(effect.Path, step);
                break;
            case EffectKind.Moves:
                if (!effect.Path.HasAnyDepth && effect.Path.LastName is not null && !step.Effects.Any(e => e.To is { } to && Same(to, effect.Path))) Gone(effect.Path, step);
                Written(effect.To!);
                break;
            case EffectKind.Copies:
            case EffectKind.Writes:
                Written(effect.To ?? effect.Path);
                break;
            case EffectKind.Wraps:
                Forget();
                _kept = ([effect.Path], step);
                break;
            case EffectKind.Unwraps:
                Forget();
                break;
            case EffectKind.Restyles:
                Forget();
                if (effect.Path.IsRoot && effect.Style is { } style) _style = (style, step);
                break;
        }
    }

    private void Gone(JsonPath path, Step step)
    {
        _gone.Add((path, step));
        _written.RemoveAll(path.Contains);
    }

    private void Written(JsonPath path)
    {
        _gone.RemoveAll(g => g.Path.Contains(path) || path.Contains(g.Path));
        _written.Add(path);
    }

    private void Forget()
    {
        _gone.Clear();
        _written.Clear();
        _kept = null;
        _style = null;
    }
}
