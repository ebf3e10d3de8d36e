-- The usual put, which has 6 arguments: what frames of this cache look like, the last invalidation of tags that the caller knows of, the
-- TTLs of creation and of update, a frame to store, and how that begins. Where nothing is, or a frame that begins like it, that is all
-- that has to be known, and what is there need not be fetched. Else the arguments become those of any other change, which follows.
-- Each piece of a string and each table that is made here is a good part of what the script costs the server.
if #ARGV == 6 then
  local first = redis.pcall('GETRANGE', KEYS[1], '0', '9')
  local isThere = first == ARGV[6]
  if isThere or first == '' then
    local ttl = isThere and ARGV[4] or ARGV[3]
    if ttl == '-1' and isThere then
      redis.call('SET', KEYS[1], ARGV[5], 'KEEPTTL')
    elseif ttl == '-1' or ttl == '-2' then
      redis.call('SET', KEYS[1], ARGV[5])
    else
      redis.call('SET', KEYS[1], ARGV[5], 'PX', ttl)
    end
    return isThere and 2 or 1
  end
  local onCreate, onUpdate, bytes = ARGV[3], ARGV[4], ARGV[5]
  for i, argument in ipairs({ARGV[1], ARGV[2], '', '', 'put', 'none', '', onCreate, onUpdate, '-1', bytes}) do
    ARGV[i] = argument
  end
end
