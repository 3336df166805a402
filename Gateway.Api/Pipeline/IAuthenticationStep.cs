namespace Gateway.Pipeline;

/// <summary>Marks the step that finds out who is asking, so that a preview of a request can put an assumed caller in its place.</summary>
internal interface IAuthenticationStep : IRouteStep;
