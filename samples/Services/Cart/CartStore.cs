using System.Text.Json;

namespace Samples.Cart;

/// <summary>
/// Carts on disk, so that several instances of the service see the same ones: a folder for each cart, a file for each item. A file is
/// written once, under a new name, so instances need no lock between them.
/// </summary>
internal sealed class CartStore
{
    private readonly string _folder;
    private readonly TimeProvider _time;

    /// <summary>Keeps the carts in <c>Store</c>, or in a folder of its own that no other instance has.</summary>
    public CartStore(IConfiguration configuration, TimeProvider time)
    {
        _folder = configuration["Store"] ?? Directory.CreateTempSubdirectory("carts-").FullName;
        _time = time;
        // First things have a fixed name: instances that start together on one folder write the same file.
        Write("alice", "0-first", Catalogue.Find("lamp", 1)!);
        Write("bob", "0-first", Catalogue.Find("mug", 4)!);
    }

    /// <summary>All carts by id.</summary>
    public IReadOnlyList<ShoppingCart> All() =>
        [.. Directory.EnumerateDirectories(_folder).Order(StringComparer.Ordinal).Select(folder => Read(Path.GetFileName(folder)))];

    /// <summary>A customer's cart; one who never put anything in has an empty one.</summary>
    public ShoppingCart Find(string id) => Directory.Exists(FolderOf(id)) ? Read(id) : new(id, []);

    /// <summary>Puts an item into the cart and gives the cart as it is then.</summary>
    public ShoppingCart Add(string id, CartItem item)
    {
        Write(id, $"{_time.GetUtcNow():yyyyMMddHHmmssfffffff}-{Guid.NewGuid():N}", item); // names in the order of writing
        return Read(id);
    }

    private void Write(string id, string name, CartItem item)
    {
        var file = Path.Combine(Directory.CreateDirectory(FolderOf(id)).FullName, name + ".json");
        if (File.Exists(file)) return;

        // The rename shows other instances the whole file or none.
        var unfinished = $"{file}.{Guid.NewGuid():N}";
        File.WriteAllBytes(unfinished, JsonSerializer.SerializeToUtf8Bytes(item));
        File.Move(unfinished, file, overwrite: true);
    }

    private ShoppingCart Read(string id) =>
        new(id, [.. Directory.EnumerateFiles(FolderOf(id), "*.json").Order(StringComparer.Ordinal).Select(ReadItem)]);

    private static CartItem ReadItem(string file) => JsonSerializer.Deserialize<CartItem>(File.ReadAllBytes(file))!;

    private string FolderOf(string id) => Path.Combine(_folder, id);
}
