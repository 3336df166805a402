namespace Samples.Quickstart;

/// <summary>Why the demo can't start or go on, for whoever started it.</summary>
internal sealed class QuickstartException(string message) : Exception(message);
