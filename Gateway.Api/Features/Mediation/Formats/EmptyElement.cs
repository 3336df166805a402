namespace Gateway.Features.Mediation.Formats;

/// <summary>What an XML element without content becomes.</summary>
internal enum EmptyElement
{
    Null,
    String,
    Object,
}
