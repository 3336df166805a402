using CsCheck;
using Gateway.Routing;

namespace Gateway.Tests.Routing;

/// <summary>What holds for any table and any request.</summary>
public sealed class RouteTableProperties
{
    private const int Times = 1_500;

    private static readonly Gen<(RouteText[] Routes, RequestText[] Requests)> Cases =
        Gen.Select(Generate.Route.Array[0, 12], Generate.Request.Array[1, 8]);

    [Fact]
    public void Finds_the_route_that_a_plain_scan_finds() => Cases.Sample(
        given =>
        {
            var reference = new Reference(given.Routes);
            var table = Generate.Table(given.Routes);

            foreach (var request in given.Requests)
            {
                var match = table.Match(Generate.Read(request));

                Assert.Equal(reference.Match(request), match.Found ? match.Route : -1);
            }
        },
        iter: Times, print: Print);

    [Fact]
    public void Reads_the_values_that_a_regular_expression_reads() => Cases.Sample(
        given =>
        {
            var reference = new Reference(given.Routes);
            var table = Generate.Table(given.Routes);

            foreach (var request in given.Requests)
            {
                var match = table.Match(Generate.Read(request));
                if (!match.Found) continue;

                var values = match.ReadValues();
                var names = match.Rule.PlaceholderNames.Order();
                var read = names.ToDictionary(name => name, name => values.TryGet(name, out var value) ? value : "(none)");
                Assert.Equal(reference.Values(match.Route, request), read);
            }
        },
        iter: Times, print: Print);

    [Fact]
    public void Explains_what_it_does() => Cases.Sample(
        given =>
        {
            var table = Generate.Table(given.Routes);

            foreach (var request in given.Requests)
            {
                var read = Generate.Read(request);
                var match = table.Match(read);
                var verdicts = table.Explain(read);

                var chosen = verdicts.Where(verdict => verdict.Outcome == RouteOutcome.Chosen).Select(verdict => verdict.Definition.Route);
                Assert.Equal(match.Found ? [match.Route] : [], chosen);

                // A rule fits by itself exactly if it is said to be chosen or outranked.
                var fitting = verdicts.Where(verdict => verdict.Outcome is RouteOutcome.Chosen or RouteOutcome.Outranked);
                var all = Enumerable.Range(0, given.Routes.Length);
                var alone = all.Where(index => new Reference([given.Routes[index]]).Match(request) == 0);
                Assert.Equal(alone, fitting.Select(verdict => verdict.Definition.Route).Order());
            }
        },
        iter: Times / 3, print: Print);

    [Fact]
    public void Names_exactly_the_methods_that_would_find_a_route() => Cases.Sample(
        given =>
        {
            var table = Generate.Table(given.Routes);

            foreach (var request in given.Requests)
            {
                var read = Generate.Read(request);
                if (table.Match(read).Found) continue;

                var found = new[] { "GET", "POST", "PUT" }.Where(method => table.Match(read with { Method = method }).Found);
                Assert.Equal(found, table.AllowedMethods(read));
            }
        },
        iter: Times / 3, print: Print);

    [Fact]
    public void What_is_hidden_is_never_found_and_its_example_shows_why() => Cases.Sample(
        given =>
        {
            var table = Generate.Table(given.Routes);
            var shadows = table.FindShadows();
            var reference = new Reference(given.Routes);

            foreach (var shadow in shadows)
            {
                Assert.All(given.Requests, request => Assert.NotEqual(shadow.Hidden.Route, reference.Match(request)));
                if (shadow.Hidden.Rule.Headers.Count > 0) continue;

                var example = Sample.Request(shadow.Example.Target, shadow.Example.Method, shadow.Example.Host);
                var verdicts = table.Explain(example).ToDictionary(verdict => verdict.Definition.Route);
                Assert.Equal(RouteOutcome.Outranked, verdicts[shadow.Hidden.Route].Outcome);
                Assert.Contains(verdicts[shadow.By.Route].Outcome, new[] { RouteOutcome.Chosen, RouteOutcome.Outranked });
            }
        },
        iter: Times * 2, print: Print);

    [Fact]
    public void A_route_behind_its_own_twin_is_always_hidden() => Gen.Select(Generate.Route, Generate.Route.Array[0, 5]).Sample(
        (route, others) =>
        {
            var shadows = Generate.Table([route, .. others, route]).FindShadows();

            Assert.Contains(others.Length + 1, shadows.Select(shadow => shadow.Hidden.Route));
        },
        iter: Times / 3);

    private static string Print((RouteText[] Routes, RequestText[] Requests) given) =>
        string.Join("\n", given.Routes.Select((route, index) => $"{index}: {route}")) + "\n" + string.Join("\n", given.Requests.AsEnumerable());
}
