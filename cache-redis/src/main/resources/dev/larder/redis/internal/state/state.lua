-- Returns the epoch of a cache, the epochs before it that are still to be swept, and the invalidations of tags after the given number; and
-- what somebody wants to hear of changes, after what the caller wants was noted. A cache that the server does not know, or has forgotten, begins with
-- the given epoch, and with a number that none of before can have reached.
-- Members of the sorted set: E and the epoch, S and an epoch to be swept, T and a tag, F for all tags that are not listed, C (numbers.lua); and for all who want
-- to hear N, or O if they want the old values, too, with the moment of the server at which the wish ends, in milliseconds and negative.
local number, epoch, wish, step = ARGV[1], ARGV[2], ARGV[3], ARGV[4]
local WISH, RENEWAL = 10000, 6000

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
  redis.call('ZADD', key, '0', 'E' .. epoch, nextNumber(number, step), 'F')
end

-- Whether who asks knows a change that was not made here, or so long ago that it is not listed. Where all tags were invalidated since, it does not matter.
local function isOfAnother()
  if number == '0' or redis.call('ZSCORE', key, 'C' .. number) then
    return false
  end
  return tonumber(number) >= tonumber(redis.call('ZSCORE', key, 'F') or '0')
end

local forgotten = false
if isOfAnother() then
  local oldest = redis.call('ZREVRANGEBYSCORE', key, OLDEST, NEWEST, 'WITHSCORES', 'LIMIT', '0', '1')[2] or '0'
  if tonumber(number) < -tonumber(oldest) then
    forgotten = lastNumber() -- nobody can tell; this one alone takes all tags for invalidated
  else
    -- this server took the place of one that made changes which are lost: whatever is dated by their numbers is out of date
    redis.call('ZADD', key, nextNumber(number, step), 'F')
  end
end

-- A wish is written again when it is nearly over, and not each time: each change of this key makes all JVMs ask.
local function wishes()
  local noted = redis.call('ZRANGEBYSCORE', key, '(' .. OLDEST, '(0', 'WITHSCORES')
  if wish == '' and #noted == 0 then
    return ''
  end
  local time = redis.call('TIME')
  local now, ends = time[1] * 1000 + math.floor(time[2] / 1000), {N = 0, O = 0}
  for i = 1, #noted, 2 do
    ends[noted[i]] = -tonumber(noted[i + 1])
    if ends[noted[i]] <= now then
      redis.call('ZREM', key, noted[i])
    end
  end
  local wanted = ''
  for _, member in ipairs({'N', 'O'}) do
    if string.find(wish, member) and ends[member] < now + RENEWAL then
      ends[member] = now + WISH
      redis.call('ZADD', key, string.format('%.0f', -ends[member]), member)
    end
    if ends[member] > now then
      wanted = wanted .. member
    end
  end
  return wanted
end

local changes = redis.call('ZRANGEBYSCORE', key, '(' .. number, '+inf', 'WITHSCORES')
if forgotten then
  changes[#changes + 1] = 'F'
  changes[#changes + 1] = forgotten
end
return {epochs(), changes, wishes()}
