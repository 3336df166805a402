namespace Gateway.Features.Mediation.Expressions;

/// <summary>An expression that isn't JMESPath.</summary>
/// <param name="message">What is wrong.</param>
/// <param name="position">The character at which it is, from 0.</param>
internal sealed class ExpressionSyntaxException(string message, int position) : Exception(message)
{
    public int Position { get; } = position;
}
