using Gateway.Configuration;
using Gateway.Features.Mediation.Expressions;

namespace Gateway.Features.Mediation.Plans;

/// <summary>Reads the JMESPath expressions in a plan and reports those that don't parse.</summary>
internal static class PlanExpressions
{
    /// <returns>The expression, or null after a problem.</returns>
    public static Expression? Parse(DocumentNode node, PlanScope scope)
    {
        if (node is not ScalarNode { Scalar: ScalarKind.String } text)
        {
            scope.WrongType(node, "a JMESPath expression");
            return null;
        }
        try
        {
            return Expression.Parse(text.Text);
        }
        catch (ExpressionSyntaxException e)
        {
            scope.At(node).Invalid($"the expression \"{text.Text}\" fails at character {e.Position + 1}: {e.Message}",
                "Expressions are JMESPath; numbers in them are written in back-ticks (`0`), texts in single quotes ('new')");
            return null;
        }
    }
}
