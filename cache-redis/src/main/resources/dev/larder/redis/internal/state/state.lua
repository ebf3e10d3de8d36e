-- Returns the epoch of a cache, the epochs before it that are still to be swept, and the invalidations of tags after the given number. A cache that
-- the server does not know, or has forgotten, begins with the given epoch, and with a number that none of before can have reached.
-- Members of the sorted set: E and the epoch, S and an epoch to be swept, T and a tag, F for all tags that are not listed.
local key, number, epoch = KEYS[1], ARGV[1], ARGV[2]

local function epochs()
  return redis.call('ZRANGEBYSCORE', key, '0', '0')
end

local function hasEpoch()
  for _, member in ipairs(epochs()) do
    if string.sub(member, 1, 1) == 'E' then
      return true
    end
  end
  return false
end

if not hasEpoch() then
  local time = redis.call('TIME')
  redis.call('ZADD', key, '0', 'E' .. epoch, string.format('%.0f', time[1] * 1000000 + time[2]), 'F')
end
-- who asks knows of invalidations that this server does not: it took the place of one that did
local last = redis.call('ZREVRANGEBYSCORE', key, '+inf', '(0', 'WITHSCORES', 'LIMIT', '0', '1')
if last[2] and tonumber(last[2]) < tonumber(number) then
  redis.call('ZADD', key, number, 'F')
end
return {epochs(), redis.call('ZRANGEBYSCORE', key, '(' .. number, '+inf', 'WITHSCORES')}
