-- Gives a cache another epoch, and notes the one before as one to be swept.
local key, epoch = KEYS[1], ARGV[1]
for _, member in ipairs(redis.call('ZRANGEBYSCORE', key, '0', '0')) do
  if string.sub(member, 1, 1) == 'E' then
    redis.call('ZREM', key, member)
    redis.call('ZADD', key, '0', 'S' .. string.sub(member, 2))
  end
end
redis.call('ZADD', key, '0', 'E' .. epoch)
if redis.call('ZCOUNT', key, '(0', '+inf') == 0 then
  local time = redis.call('TIME')
  redis.call('ZADD', key, string.format('%.0f', time[1] * 1000000 + time[2]), 'F')
end
return 1
