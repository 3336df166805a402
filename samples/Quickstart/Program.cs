using System.CommandLine;
using Samples.Quickstart;

var commands = new QuickstartCommand();
// On Ctrl+C or SIGTERM the parts get time to finish what they are doing.
var invocation = new InvocationConfiguration { ProcessTerminationTimeout = TimeSpan.FromSeconds(30) };
return await commands.Parse(args).InvokeAsync(invocation);
