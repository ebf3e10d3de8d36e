-- What is at a key, for the scripts that begin with this file. StoredSlot.java has the layout.
local HEAD = '\076\168'
local LEASED, TAGGED, FILLED = 1, 2, 4
local FRAME_HEADER = 22
local LATEST = 2 ^ 53

local key = KEYS[1]
-- The first 3 arguments of every script: what frames of this cache look like, the last invalidation of tags that the caller
-- knows of, and what it made of an entry that it was shown: D (dead), U (up to date) or M (another value), with its version.
local signature, tagNumber, judged = ARGV[1], tonumber(ARGV[2]), ARGV[3]
local wantsEntry, wantsRemaining = string.find(ARGV[4], 'e') ~= nil, string.find(ARGV[4], 'r') ~= nil

-- A value of another type is no value of ours. Of what is none, the caller is told the first bytes, so that it can be counted.
local found, foreign = redis.pcall('GET', key), false
if type(found) ~= 'string' then
  foreign = found and ''
  found = false
end

local clock
local function now()
  if not clock then
    local time = redis.call('TIME')
    clock = time[1] * 1000 + math.floor(time[2] / 1000)
  end
  return clock
end

local function text(number)
  return string.format('%.0f', number)
end

-- lease: 8 bytes, or false; leaseEnd and deadline are moments of the server, the latter 0 for never and known only under a lease
local flags, lease, leaseEnd, deadline, asOf, tags, frame = 0, false, 0, 0, 0, '', false
if found then
  if string.sub(found, 1, 2) == HEAD and #found >= 37 then
    flags = string.byte(found, 3)
    local tagBytes
    leaseEnd, deadline, asOf, tagBytes = struct.unpack('>I8I8I8I2', string.sub(found, 12, 37))
    if flags % 2 >= LEASED then
      lease = string.sub(found, 4, 11)
    end
    if flags % 4 >= TAGGED then
      tags = string.sub(found, 38, 37 + tagBytes)
    end
    if flags % 8 >= FILLED then
      frame = 38 + tagBytes
    end
  else
    frame = 1
  end
end

-- A lease ends with its key: what would stand for ever, or until a moment that we never write, is none.
if lease and (leaseEnd > LATEST or deadline > LATEST or redis.call('PTTL', key) < 0) then
  lease = false
end

-- All of a header that the caller knows beforehand. Of the flags, that is all but the last bit: whether a value is compressed varies.
local function isOurs()
  local flagged = string.byte(found, frame + 3)
  local start = string.sub(found, frame, frame + 2) .. string.sub(found, frame + 4, frame + 9)
  return start .. string.char(flagged - flagged % 2) == signature
end

local live, version = false, ''
if frame and #found >= frame - 1 + FRAME_HEADER then
  live = isOurs()
  version = string.sub(found, frame + 10, frame + 17)
end
if frame and not live then
  foreign = string.sub(found, frame, frame - 1 + FRAME_HEADER)
elseif judged == 'D' .. version then
  live = false
end
if frame and not live then
  lease = false -- a lease over an entry ends with it
end
local isTagged = live and flags % 4 >= TAGGED

-- In milliseconds, -1 for never
local function remaining()
  if not lease then
    return redis.call('PTTL', key)
  elseif deadline == 0 then
    return -1
  end
  return math.max(deadline - now(), 0)
end

-- An answer is its code and, where an entry was found and is wanted, how long that has still to live and its bytes; where something
-- foreign was found, its first bytes.
local function answer(code, withEntry)
  if not (live and (withEntry or wantsEntry)) then
    return function() return {code, foreign or nil} end
  end
  local left = wantsRemaining and remaining() or -2
  return function() return {code, left, found} end
end

-- The caller has to judge the tags of an entry if it knows of an invalidation that the entry does not.
local LOOK = 9
if isTagged and asOf < tagNumber and judged ~= 'U' .. version and judged ~= 'M' .. version then
  return answer(LOOK, true)()
end

local function head(newFlags, newLease, newLeaseEnd, newDeadline)
  return HEAD .. string.char(newFlags) .. newLease .. struct.pack('>I8I8I8I2', newLeaseEnd, newDeadline, asOf, #tags) .. tags
end

-- Puts a lease over what is there, which then ends with the lease if not before.
local function writeLease(newLease, newLeaseEnd, newDeadline)
  local bytes, keptUntil = nil, newLeaseEnd
  if live then
    bytes = head(LEASED + FILLED + (isTagged and TAGGED or 0), newLease, newLeaseEnd, newDeadline) .. string.sub(found, frame)
    if newDeadline > 0 then
      keptUntil = math.min(newLeaseEnd, newDeadline)
    end
  else
    bytes = head(LEASED, newLease, newLeaseEnd, 0)
  end
  redis.call('SET', key, bytes)
  redis.call('PEXPIREAT', key, text(keptUntil))
end
