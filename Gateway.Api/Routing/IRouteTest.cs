namespace Gateway.Routing;

/// <summary>The last word on a rule whose path fits; what it asks depends on why the tree is walked.</summary>
internal interface IRouteTest
{
    bool Accepts(RankedRoute route);
}
