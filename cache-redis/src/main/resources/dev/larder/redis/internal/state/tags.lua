-- Numbers an invalidation of tags, and returns the number. Of too many tags, those whose last invalidation is the longest ago are
-- forgotten, and F gets the number of the last one of these.
local key, capacity = KEYS[1], tonumber(ARGV[1])

local number
local last = redis.call('ZREVRANGEBYSCORE', key, '+inf', '(0', 'WITHSCORES', 'LIMIT', '0', '1')
if last[2] then
  number = string.format('%.0f', tonumber(last[2]) + 1)
else
  local time = redis.call('TIME')
  number = string.format('%.0f', time[1] * 1000000 + time[2])
  redis.call('ZADD', key, number, 'F')
end
local names = {}
for i = 3, #ARGV do
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
  redis.call('ZADD', key, oldest[#oldest], 'F')
end
redis.pcall(ARGV[2], key, 'T' .. number .. ' ' .. table.concat(names)) -- if that is refused, others still hear of it when they ask
return number
