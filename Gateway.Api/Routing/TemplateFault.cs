namespace Gateway.Routing;

/// <summary>Something wrong with a template, a host or a header pattern, for the caller to report with its place in the file.</summary>
/// <param name="Offset">Where in the text, counted in characters from 0.</param>
/// <param name="Message">What is wrong, naming the text found.</param>
/// <param name="Fix">What the user can write instead.</param>
internal readonly record struct TemplateFault(int Offset, string Message, string Fix);
