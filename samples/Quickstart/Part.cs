namespace Samples.Quickstart;

/// <summary>One program of the demo.</summary>
/// <param name="Name">How its lines are marked.</param>
/// <param name="Project">The project's folder, from the repository's root.</param>
/// <param name="Ready">Answers with 2xx when the program is ready.</param>
/// <param name="Arguments">Its command line.</param>
/// <param name="Environment">What it finds in its environment beside the usual.</param>
internal sealed record Part(
    string Name, string Project, Uri Ready, IReadOnlyList<string> Arguments, IReadOnlyDictionary<string, string> Environment);
