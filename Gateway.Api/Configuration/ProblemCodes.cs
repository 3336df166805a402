namespace Gateway.Configuration;

/// <summary>The kinds of configuration fault that several rooms report; a feature may add codes of its own.</summary>
internal static class ProblemCodes
{
    /// <summary>The file can't be read, or isn't there.</summary>
    public const string File = "file";

    /// <summary>The text isn't JSON.</summary>
    public const string Syntax = "syntax";

    /// <summary>A key stands twice in one object.</summary>
    public const string DuplicateKey = "duplicate_key";

    /// <summary>Nothing reads this key here.</summary>
    public const string UnknownKey = "unknown_key";

    /// <summary>The key is known, but has no effect at this place.</summary>
    public const string MisplacedKey = "misplaced_key";

    /// <summary>A name that newer files spell otherwise; it still works.</summary>
    public const string FormerKey = "former_key";

    /// <summary>A value of another JSON type than the key takes.</summary>
    public const string WrongType = "wrong_type";

    /// <summary>A value of the right type that makes no sense.</summary>
    public const string InvalidValue = "invalid_value";

    /// <summary>A key that must be there isn't.</summary>
    public const string Missing = "missing";

    /// <summary>A name that refers to something which isn't defined or registered.</summary>
    public const string UnknownReference = "unknown_reference";

    /// <summary>Two entries that can't both be meant.</summary>
    public const string Duplicate = "duplicate";

    /// <summary>Settings that exclude or defeat each other.</summary>
    public const string Conflict = "conflict";

    /// <summary>An entry that no request can ever reach.</summary>
    public const string Unreachable = "unreachable";

    /// <summary>A service whose certificate nobody checks.</summary>
    public const string UnsafeTls = "unsafe_tls";

    /// <summary>A known key whose behaviour this gateway doesn't offer; the page of compatibility says why.</summary>
    public const string Unsupported = "unsupported";
}
