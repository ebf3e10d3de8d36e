-- Numbers the changes of a cache's state: invalidations of tags, and clears. A number is higher than all that the server has made and that who makes the
-- change has heard of, and is made once, also if a failover loses some: it is the server's time in microseconds. Only where the clock is not above the last
-- number, as that of another server may be, the next one is that and a step, which the caller makes up. So who names a number can be told whether it was
-- made here: the last ones are listed, each as a member C and the number, with the number as a negative score.
local key = KEYS[1]
local LISTED, NEWEST, OLDEST = 1000, '-inf', '-100000000000000'

local function lastNumber()
  return redis.call('ZREVRANGEBYSCORE', key, '+inf', '(0', 'WITHSCORES', 'LIMIT', '0', '1')[2] or '0'
end

-- Makes a number above the last one and the one that the caller knows. It is not ahead of the clock without need: after a failover it would be above the next.
local function nextNumber(known, step)
  local time = redis.call('TIME')
  local clock = time[1] * 1000000 + time[2]
  local last = math.max(tonumber(lastNumber()), tonumber(known))
  local number = string.format('%.0f', clock > last and clock or last + 1 + tonumber(step))
  redis.call('ZADD', key, '-' .. number, 'C' .. number)
  local listed = redis.call('ZCOUNT', key, NEWEST, OLDEST)
  if listed > LISTED then
    redis.call('ZREMRANGEBYRANK', key, tostring(LISTED), tostring(listed - 1))
  end
  return number
end
