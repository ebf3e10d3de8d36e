-- Makes one conditional change of one entry. After the common arguments: action, condition, what is expected; the TTLs of creation,
-- of update and of a touch on mismatch (milliseconds, 0 expired, -1 unchanged, -2 eternal); the bytes to store. If somebody wants to hear of
-- the change, then also: the command to publish it by, the channel, what the message begins with, and an o if the old value is wanted, too;
-- or an r: what is replaced may turn out to be nothing that can be read, and the change is taken back then. Who hears of it finds that out alike, by the old value.
local action, condition, expected = ARGV[5], ARGV[6], ARGV[7]
local onCreate, onUpdate, onMismatch, bytes = ARGV[8], ARGV[9], ARGV[10], ARGV[11]

local CREATED, UPDATED, REMOVED, TOUCHED, NOT_STORED, ABSENT, MISMATCH, COMPARE = 1, 2, 3, 4, 5, 6, 7, 8
local EXPIRED, UNCHANGED, ETERNAL = '0', '-1', '-2'

-- Message.java has the form of what is published. That it cannot be is no reason to fail: the change is made.
local publish = ARGV[12] and function(kind, new, old)
  local lengths = struct.pack('>BI4I4I4', kind, #key, #new, #old)
  redis.pcall(ARGV[12], ARGV[13], ARGV[14] .. lengths .. key .. new .. old)
end
local ENDED, REPLACED = 4, 5

local function previous()
  return live and ARGV[15] ~= '' and string.sub(found, frame) or ''
end

-- Moves the deadline of the entry; under a lease the key itself ends with whichever comes first.
local function touch(ttl)
  if ttl == EXPIRED then
    redis.call('UNLINK', key)
    if publish then
      publish(ENDED, '', previous())
    end
  elseif ttl == UNCHANGED then
    return
  elseif lease then
    writeLease(lease, leaseEnd, ttl == ETERNAL and 0 or now() + tonumber(ttl))
  elseif ttl == ETERNAL then
    redis.call('PERSIST', key)
  else
    redis.call('PEXPIRE', key, ttl)
  end
end

local function put(ttl)
  if ttl == EXPIRED then
    redis.call('UNLINK', key)
  elseif ttl == ETERNAL or (ttl == UNCHANGED and not live) then
    redis.call('SET', key, bytes)
  elseif ttl ~= UNCHANGED then
    redis.call('SET', key, bytes, 'PX', ttl)
  elseif not lease then
    redis.call('SET', key, bytes, 'KEEPTTL')
  else
    redis.call('SET', key, bytes)
    if deadline > 0 then
      redis.call('PEXPIREAT', key, text(deadline))
    end
  end
end

-- Gives a lease back, and leaves the entry under it.
local function release()
  if not live then
    redis.call('UNLINK', key)
    return
  end
  local left = string.sub(found, frame)
  if isTagged then
    left = head(TAGGED + FILLED, string.rep('\0', 8), 0, 0) .. left
  end
  redis.call('SET', key, left)
  if deadline > 0 then
    redis.call('PEXPIREAT', key, text(deadline))
  end
end

local function moveLease(ttl)
  if ttl == EXPIRED then
    release()
  elseif ttl ~= UNCHANGED then
    writeLease(lease, now() + tonumber(ttl), deadline)
  end
end

-- Only payloads that are stored as they are can be compared here; the caller compares others, and values that are equal all the same.
local function isOtherPayload()
  return expected == '' or string.byte(found, frame + 3) ~= 0 or string.sub(found, frame + 22) ~= expected
end

local refusal = false
if condition == 'lease' then
  if lease ~= expected then
    refusal = live and MISMATCH or ABSENT
  end
elseif condition == 'absent' then
  refusal = live and MISMATCH
elseif not live then
  refusal = (condition ~= 'none' or action == 'touch') and ABSENT
elseif condition == 'version' then
  refusal = version ~= expected and MISMATCH
elseif condition == 'payload' and isOtherPayload() then
  if judged ~= 'M' .. version then
    return answer(COMPARE, true)()
  end
  refusal = MISMATCH
end

if refusal then
  -- the caller has to judge whether what is in the way can be read at all
  local told = answer(refusal, condition == 'absent')
  if refusal == MISMATCH then
    touch(onMismatch)
  end
  return told()
end

local told
if action == 'put' then
  local ttl = live and onUpdate or onCreate
  told = answer(ttl == EXPIRED and NOT_STORED or live and UPDATED or CREATED)
  put(ttl)
  if publish and (live or ttl ~= EXPIRED) then
    publish(live and (ARGV[15] == 'r' and REPLACED or UPDATED) or CREATED, bytes, previous())
  end
  if publish and live and ttl == EXPIRED then
    publish(ENDED, '', ARGV[15] ~= '' and bytes or '')
  end
elseif action == 'remove' then
  told = answer((live or condition == 'lease') and REMOVED or ABSENT)
  redis.call('UNLINK', key)
  if publish and live then
    publish(REMOVED, '', previous())
  end
else
  told = answer(TOUCHED)
  if condition == 'lease' then
    moveLease(onUpdate)
  else
    touch(onUpdate)
  end
end
return told()
