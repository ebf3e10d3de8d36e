-- The usual put, which has 5 arguments: what frames of this cache look like, the last invalidation of tags that the caller knows of, the
-- TTLs of creation and of update, and a frame to store. Where nothing is, or a frame that begins like this one, that is all that has to be
-- known, and what is there need not be fetched. Else the arguments become those of any other change, which follows.
if #ARGV == 5 then
  local signature, tagNumber, onCreate, onUpdate, bytes = unpack(ARGV)
  local first = redis.pcall('GETRANGE', KEYS[1], '0', '9')
  local isThere = first == string.sub(bytes, 1, 10)
  if isThere or first == '' then
    local ttl = isThere and onUpdate or onCreate
    if ttl == '-1' and isThere then
      redis.call('SET', KEYS[1], bytes, 'KEEPTTL')
    elseif ttl == '-1' or ttl == '-2' then
      redis.call('SET', KEYS[1], bytes)
    else
      redis.call('SET', KEYS[1], bytes, 'PX', ttl)
    end
    return {isThere and 2 or 1}
  end
  for i, argument in ipairs({signature, tagNumber, '', '', 'put', 'none', '', onCreate, onUpdate, '-1', bytes}) do
    ARGV[i] = argument
  end
end
