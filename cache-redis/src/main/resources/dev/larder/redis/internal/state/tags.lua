-- Numbers an invalidation of tags, and returns the number. Of too many tags, those whose last invalidation is the longest ago are
-- forgotten, and F gets the number of the last one of these.
local capacity = tonumber(ARGV[1])

local last = lastNumber()
local number = nextNumber(ARGV[3], ARGV[4])
if last == '0' then
  redis.call('ZADD', key, number, 'F')
end
local names = {}
for i = 5, #ARGV do
  redis.call('ZADD', key, number, 'T' .. ARGV[i])
  names[#names + 1] = #ARGV[i] .. ':' .. ARGV[i]
end

local excess = redis.call('ZCOUNT', key, '(0', '+inf') - 1 - capacity
if excess > 0 then
  local oldest = redis.call('ZRANGEBYSCORE', key, '(0', '+inf', 'WITHSCORES', 'LIMIT', '0', tostring(excess + 1))
  for i = 1, #oldest, 2 do
    if oldest[i] ~= 'F' then
      redis.call('ZREM', key, oldest[i])
    end
  end
  redis.call('ZADD', key, 'GT', oldest[#oldest], 'F') -- it may be above them already
end
redis.pcall(ARGV[2], key, 'T' .. number .. ' ' .. last .. ' ' .. table.concat(names)) -- if that is refused, others still hear of it when they ask
return number
