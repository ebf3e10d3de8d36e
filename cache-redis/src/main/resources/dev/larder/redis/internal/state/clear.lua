-- Gives a cache another epoch, and notes the one before as one to be swept.
local epoch = ARGV[1]
for _, member in ipairs(redis.call('ZRANGEBYSCORE', key, '0', '0')) do
  if string.sub(member, 1, 1) == 'E' then
    redis.call('ZREM', key, member)
    redis.call('ZADD', key, '0', 'S' .. string.sub(member, 2))
  end
end
redis.call('ZADD', key, '0', 'E' .. epoch)

-- A clear is an invalidation of all tags: it takes the next number, and they need not be listed any more. So changes of both kinds are counted.
local number = nextNumber(ARGV[3], ARGV[4])
redis.call('ZREMRANGEBYSCORE', key, '(0', '+inf')
redis.call('ZADD', key, number, 'F')
redis.pcall(ARGV[2], key, 'E' .. number) -- if that is refused, others still hear of it when they ask
return 1
