using Microsoft.EntityFrameworkCore;

namespace Samples.Identity;

/// <summary>Clients, authorizations and tokens, in memory: a restart forgets them all.</summary>
internal sealed class IdentityStore(DbContextOptions<IdentityStore> options) : DbContext(options);
