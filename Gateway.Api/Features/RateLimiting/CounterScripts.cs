namespace Gateway.Features.RateLimiting;

/// <summary>
/// The algorithms as scripts of Redis: the same functions as <see cref="FixedWindow"/>, <see cref="SlidingWindow"/> and <see cref="TokenBucket"/>,
/// and tests hold them to it. Times are microseconds by the server's clock, so that the gateways' clocks don't matter. Arguments: limit,
/// period, wait. Results: admitted (1 or 0), remaining, until reset, retry after.
/// </summary>
internal static class CounterScripts
{
    // The server's numbers are doubles, which hold microseconds since 1970 exactly; only their texts need care.
    private const string Begin = """
        local t = redis.call('TIME')
        local now = t[1] * 1000000 + t[2]
        local limit, period, wait = tonumber(ARGV[1]), tonumber(ARGV[2]), tonumber(ARGV[3])
        local function text(n) return string.format('%.0f', n) end
        local function expire(after) redis.call('PEXPIRE', KEYS[1], text(math.ceil(after / 1000) + 1000)) end

        """;

    private const string FixedWindow = Begin + """
        local kept = redis.call('HMGET', KEYS[1], 's', 'e', 'n')
        local started, exceeded, total = tonumber(kept[1]) or 0, tonumber(kept[2]), tonumber(kept[3]) or 0
        local function restart() started, exceeded, total = now, nil, 1 end

        local running = total > 0 and started + period >= now
        if running and total >= limit and not exceeded then exceeded = now end
        if running or (exceeded and exceeded + wait >= now) then total = total + 1 else restart() end

        local after = 0
        if total > limit then
          if wait == 0 and running then after = started + period - now
          elseif exceeded and exceeded + wait > now then after = exceeded + wait - now
          else restart() end
        end
        redis.call('HSET', KEYS[1], 's', text(started), 'n', text(total))
        if exceeded then redis.call('HSET', KEYS[1], 'e', text(exceeded)) else redis.call('HDEL', KEYS[1], 'e') end
        expire(period + wait)
        if total <= limit then return {1, limit - total, started + period - now, 0} end
        return {0, 0, 0, after}
        """;

    private const string SlidingWindow = Begin + """
        local step = period / 10
        local slot = math.floor(now / step)
        local total, oldest = 0, slot
        local kept = redis.call('HGETALL', KEYS[1])
        for i = 1, #kept, 2 do
          local s = tonumber(kept[i])
          if s <= slot - 11 then redis.call('HDEL', KEYS[1], kept[i])
          else
            total = total + tonumber(kept[i + 1])
            if s < oldest then oldest = s end
          end
        end
        if total >= limit then return {0, 0, 0, math.ceil((oldest + 11) * step) - now} end
        redis.call('HINCRBY', KEYS[1], text(slot), 1)
        expire(period * 1.1)
        return {1, limit - total - 1, math.ceil((slot + 11) * step) - now, 0}
        """;

    private const string TokenBucket = Begin + """
        local kept = redis.call('HMGET', KEYS[1], 'm', 'a')
        local each = period / limit
        local missing = math.max(0, (tonumber(kept[1]) or 0) - (now - (tonumber(kept[2]) or now)) / each)
        local left = math.floor(limit - missing + 0.000001)
        if left < 1 then return {0, 0, 0, math.ceil(each * (missing + 1 - limit))} end
        redis.call('HSET', KEYS[1], 'm', string.format('%.17g', missing + 1), 'a', text(now))
        expire(period)
        return {1, left - 1, math.ceil(each * (missing + 1)), 0}
        """;

    /// <exception cref="ArgumentOutOfRangeException">The algorithm counts in each gateway by itself.</exception>
    public static string Of(RateLimitAlgorithm algorithm) => algorithm switch
    {
        RateLimitAlgorithm.FixedWindow => FixedWindow,
        RateLimitAlgorithm.SlidingWindow => SlidingWindow,
        RateLimitAlgorithm.TokenBucket => TokenBucket,
        _ => throw new ArgumentOutOfRangeException(nameof(algorithm), algorithm, "has no script"),
    };
}
