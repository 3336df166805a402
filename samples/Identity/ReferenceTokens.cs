using OpenIddict.Abstractions;
using OpenIddict.Server;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace Samples.Identity;

/// <summary>
/// Gives the partner reference tokens and everybody else JWTs. OpenIddict's own switch is for all clients at once; whether a token
/// is a reference is decided anew for each one, though, so the choice is made right before it is written.
/// </summary>
internal sealed class ReferenceTokens : IOpenIddictServerHandler<GenerateTokenContext>
{
    public static OpenIddictServerHandlerDescriptor Descriptor { get; } =
        OpenIddictServerHandlerDescriptor.CreateBuilder<GenerateTokenContext>()
            .UseSingletonHandler<ReferenceTokens>()
            .SetOrder(OpenIddictServerHandlers.Protection.CreateTokenEntry.Descriptor.Order - 1)
            .Build();

    public ValueTask HandleAsync(GenerateTokenContext context)
    {
        var isAccess = context.TokenType is OpenIddictConstants.TokenTypeIdentifiers.AccessToken;
        if (isAccess && context.ClientId is DemoClient.Partner) context.IsReferenceToken = context.PersistTokenPayload = true;
        return ValueTask.CompletedTask;
    }
}
