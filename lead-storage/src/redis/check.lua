-- Charges every key, or none. A key holds when all that was used will be back: seconds and nanoseconds since 1970, apart, as Lua's
-- numbers are exact to 2^53 only. Answered is how far ahead of now each key was before, in nanoseconds.
--
-- ARGV: seconds and nanoseconds of now, or nothing twice for the server's; then for each key its tolerance, charge and room: it is no
-- further ahead than its tolerance, and may be charged if it is no further ahead than its room.
local now, nanos = tonumber(ARGV[1]), tonumber(ARGV[2])
if not now then
    local time = redis.call('TIME')
    now, nanos = tonumber(time[1]), tonumber(time[2]) * 1000
end
local ahead, fits = {}, true
for at, key in ipairs(KEYS) do
    local held = redis.call('GET', key)
    local before = 0
    if held then
        local second, rest = string.match(held, '^(%d+):(%d+)$')
        if second then
            before = (tonumber(second) - now) * 1e9 + tonumber(rest) - nanos
        end
    end
    ahead[at] = math.min(math.max(before, 0), tonumber(ARGV[3 * at]))
    fits = fits and ahead[at] <= tonumber(ARGV[3 * at + 2])
end
if fits then
    for at, key in ipairs(KEYS) do
        local charge = tonumber(ARGV[3 * at + 1])
        if charge > 0 then
            local after = ahead[at] + charge
            local total = nanos + after
            local second = math.floor(total / 1e9)
            local value = string.format('%.0f:%.0f', now + second, total - second * 1e9)
            redis.call('SET', key, value, 'PX', string.format('%.0f', math.ceil(after / 1e6) + 1))
        end
    end
end
return ahead
