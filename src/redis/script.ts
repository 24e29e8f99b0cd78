import * as pace from '../client/bucket.ts';

/**
 * The buckets of `src/client/bucket.ts` in Redis: the same rules, for all processes at once. One script does all, so that
 * every step is atomic. Times are milliseconds of the server's clock.
 *
 * A bucket is a hash (`limit`, `arrival`, `held`, `rate`, `last`, `resumes`, `limited`) and a sorted set of the requests
 * on their way, by the time of sending.
 *
 * `take count limit random process rejoin` gives `granted wait hold now processes rank`. `settle` takes `id sentAt random`,
 * then the number of buckets that were taken, then of each bucket in KEYS whether it counted the request, then `limit`,
 * `remaining`, `retryAfter`, each empty where it is not known.
 */
export const script = `
local PERIOD, DRIFT, GRAIN = ${pace.PERIOD}, ${pace.CLOCK_DRIFT}, ${pace.CLOCK_GRAIN}
-- Round trips of one process tell nothing of another, and the way from here to the process takes time, too.
local DELAY = ${2 * pace.LONGEST_DELAY}
local KEPT = 120000
local QUIET, SEEN = 2500, 60000
local time = redis.call('TIME')
local now = time[1] * 1000 + time[2] / 1000

local function text(number) return string.format('%.3f', number) end

local function interval(bucket) return PERIOD / bucket.limit * DRIFT end

local function open(index, limit)
  local key = KEYS[index]
  local values = redis.call('HMGET', key, 'limit', 'arrival', 'held', 'rate', 'last', 'resumes', 'limited')
  local number = function(at, default) return tonumber(values[at] or '') or default end
  local bucket = {
    key = key, pending = key .. ':pending',
    limit = number(1, tonumber(limit)), arrival = number(2, 0), held = number(3, 0), rate = number(4, math.huge),
    last = number(5, 0), resumes = number(6, 0), limited = number(7, 0)
  }
  local old = redis.call('ZRANGEBYSCORE', bucket.pending, '-inf', text(now - DELAY), 'WITHSCORES')
  for at = 2, #old, 2 do
    bucket.arrival = math.max(bucket.arrival, old[at] + DELAY) + interval(bucket)
    redis.call('ZREM', bucket.pending, old[at - 1])
  end
  return bucket
end

local function close(bucket)
  redis.call('HSET', bucket.key, 'limit', bucket.limit, 'arrival', text(bucket.arrival), 'held', text(bucket.held),
    'rate', bucket.rate == math.huge and '' or text(bucket.rate), 'last', text(bucket.last),
    'resumes', text(bucket.resumes), 'limited', text(bucket.limited))
  redis.call('PEXPIRE', bucket.key, KEPT)
  redis.call('PEXPIRE', bucket.pending, KEPT)
end

local function readyAt(bucket, ahead)
  local burst = math.max(bucket.limit - 1, 1)
  local toCome = bucket.onTheirWay + ahead
  local at = math.max(now, bucket.held)
  if toCome >= burst then
    local first = toCome - burst
    local place = redis.call('ZRANGE', bucket.pending, first, first, 'WITHSCORES')
    at = math.max(at, (tonumber(place[2] or '') or now) + DELAY)
  end
  if bucket.arrival > now then
    at = math.max(at, bucket.arrival + toCome * interval(bucket) - (burst - 1) * PERIOD / bucket.limit + GRAIN)
  end
  if bucket.rate == math.huge then return at end
  return math.max(at, bucket.resumes, bucket.last + (1 + ahead) * PERIOD / bucket.rate)
end

local function slowDown(bucket, sentAt, own, retryAfter, random)
  bucket.held = math.max(bucket.held, now + retryAfter)
  bucket.arrival = now + PERIOD
  if sentAt <= bucket.limited then return end
  bucket.limited = now
  local isNew = bucket.rate == math.huge
  bucket.rate = math.max(${pace.LOWEST_RATE}, math.min(bucket.limit, bucket.rate) * ${pace.DECREASE})
  local spread = ${pace.SPREAD_AGAIN} * PERIOD / bucket.rate
  if isNew then spread = ${pace.SPREAD} * (bucket.limit - 1 - own) / (own + 1) end
  bucket.resumes = now + PERIOD - (bucket.limit - 2) * PERIOD / bucket.limit + ${pace.ROOM} + random * spread
end

local function heedRemaining(bucket, sentAt, remaining)
  local step = PERIOD / bucket.limit
  local earliest = sentAt + PERIOD - (remaining + 1) * step
  local latest = bucket.arrival + redis.call('ZCARD', bucket.pending) * interval(bucket)
  if earliest > latest then
    bucket.arrival = now + PERIOD - remaining * step
    bucket.rate = math.min(bucket.rate, bucket.limit * ${pace.DECREASE})
  elseif bucket.rate < math.huge then
    local room = 2 * (remaining + 0.5) / bucket.limit - 1
    local change = bucket.limit * (${pace.INCREASE} + ${pace.INCREASE_WHERE_EMPTY} * room)
    bucket.rate = math.max(${pace.LOWEST_RATE}, bucket.rate + change)
    if bucket.rate >= bucket.limit then bucket.rate = math.huge end
  end
end

if ARGV[1] == 'take' then
  local registry, quiet = KEYS[1], KEYS[2]
  local count, limit, random, process = tonumber(ARGV[2]), ARGV[3], tonumber(ARGV[4]), ARGV[5]
  redis.call('ZADD', registry, text(now), process)
  redis.call('ZREMRANGEBYSCORE', registry, '-inf', text(now - SEEN))
  redis.call('PEXPIRE', registry, KEPT)
  local processes = redis.call('ZRANGE', registry, 0, -1)
  table.sort(processes)
  local rank = 0
  for index, name in ipairs(processes) do if name == process then rank = index - 1 end end
  -- A client that was away may have sent unseen requests, and others may still be away.
  if ARGV[6] == '1' then redis.call('SET', quiet, '1', 'PX', QUIET) end
  local wait, hold, granted = math.max(0, redis.call('PTTL', quiet)), 0, 0
  local buckets = {}
  for index = 3, #KEYS do
    local bucket = open(index, limit)
    bucket.onTheirWay = redis.call('ZCARD', bucket.pending)
    buckets[#buckets + 1] = bucket
    hold = math.max(hold, bucket.held - now)
  end
  while wait <= 0 and granted < count do
    local at = now
    for _, bucket in ipairs(buckets) do at = math.max(at, readyAt(bucket, granted)) end
    wait = at - now
    if wait <= 0 then granted = granted + 1 end
  end
  for _, bucket in ipairs(buckets) do
    for index = 1, granted do redis.call('ZADD', bucket.pending, text(now), ARGV[7] .. ':' .. index) end
    if granted > 0 then bucket.last = now end
    close(bucket)
  end
  return { tostring(granted), text(wait), text(hold), text(now), tostring(#processes), tostring(rank) }
end

local id, sentAt, random, taken = ARGV[2], tonumber(ARGV[3]), tonumber(ARGV[4]), tonumber(ARGV[5])
local last = 5 + #KEYS
local limit, remaining, retryAfter = tonumber(ARGV[last + 2]), tonumber(ARGV[last + 3]), tonumber(ARGV[last + 4])
for index = 1, #KEYS do
  local bucket = open(index, ARGV[last + 1])
  local wasOnItsWay = redis.call('ZREM', bucket.pending, id) == 1
  if ARGV[5 + index] == '1' then
    if limit and limit >= 1 then bucket.limit = limit end
    local own = math.max(0, bucket.arrival - now) / interval(bucket)
    if wasOnItsWay or index > taken then bucket.arrival = math.max(bucket.arrival, now) + interval(bucket) end
    if retryAfter then slowDown(bucket, sentAt, own, retryAfter, random)
    elseif remaining then heedRemaining(bucket, sentAt, remaining) end
  elseif not wasOnItsWay then
    bucket.arrival = bucket.arrival - interval(bucket)
  end
  close(bucket)
end
return ''
`;
