using System.Security.Cryptography;
using System.Text;

namespace Samples.Identity;

/// <summary>Somebody to log in as. The passwords are no secret: the login page and the README show them.</summary>
internal sealed record DemoUser(string Name, string Password, string DisplayName, string[] Roles)
{
    public static IReadOnlyList<DemoUser> All { get; } =
    [
        new("alice", "wonderland", "Alice Example", [Role.Customer, Role.Payer]),
        new("bob", "builder", "Bob Example", [Role.Customer]),
    ];

    public static DemoUser? Find(string? name) => All.FirstOrDefault(user => user.Name == name);

    public static DemoUser? Find(string? name, string? password) =>
        Find(name) is { } user && Same(user.Password, password ?? "") ? user : null;

    private static bool Same(string left, string right) =>
        CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(left), Encoding.UTF8.GetBytes(right));
}
