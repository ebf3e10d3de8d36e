-- Writes the epoch of a cache once more, which changes nothing, for the sake of replicas: who waits for them after it, waits until they have it.
local key = KEYS[1]
for _, member in ipairs(redis.call('ZRANGEBYSCORE', key, '0', '0')) do
  if string.sub(member, 1, 1) == 'E' then
    redis.call('ZREM', key, member)
    redis.call('ZADD', key, '0', member)
  end
end
return 1
