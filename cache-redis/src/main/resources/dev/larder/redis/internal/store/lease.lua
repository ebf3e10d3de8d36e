-- Grants the sole right to fill a key or to replace its entry. After the common arguments: the version of the entry that is expected,
-- or nothing; the lease, whose first bit is set if it is one to write; how long it may stand, in milliseconds.
local expected, wanted, max = ARGV[5], ARGV[6], tonumber(ARGV[7])

local GRANTED, PRESENT, ABSENT, BUSY = 1, 2, 3, 4

local function isToWrite(id)
  return string.byte(id, 1) >= 128
end

if live and version ~= expected then
  return answer(PRESENT, true)()
elseif not live and expected ~= '' then
  return answer(ABSENT)()
elseif lease and (isToWrite(lease) or not isToWrite(wanted)) then
  return answer(BUSY)()
end
local ends = 0
if live then
  local left = remaining()
  ends = left < 0 and 0 or now() + left
end
writeLease(wanted, now() + max, ends)
return answer(GRANTED)()
