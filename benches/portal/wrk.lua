-- Sends prepared requests, one after the other. The file has one on a line: method, path, cookie
-- and body with tabs between.
--   rotate     begins again at the end
--   once       sends each once, then asks for /live; counts what was answered with 303
--   counted    begins again at the end, and counts the same
--   slow       begins again at the end, with ten milliseconds between two

local ffi = require("ffi")
ffi.cdef [[
  typedef struct { long seconds; long nanoseconds; } bench_time;
  int clock_gettime(int which, bench_time *into);
]]
local now_is = ffi.new("bench_time")
local function now()
  ffi.C.clock_gettime(1, now_is)
  return tonumber(now_is.seconds) * 1e6 + tonumber(now_is.nanoseconds) / 1e3
end

local threads = {}
function setup(thread) table.insert(threads, thread) end

local prepared, place = {}, 0
good, answered, first, last, spent = 0, 0, 0, 0, 0

function init(args)
  for line in io.lines(args[1]) do
    local method, path, cookie, body = line:match("^(.-)\t(.-)\t(.-)\t(.*)$")
    local headers = { ["Sec-Fetch-Site"] = "same-origin" }
    if cookie ~= "" then headers["Cookie"] = cookie end
    if body ~= "" then headers["Content-Type"] = "application/x-www-form-urlencoded" else body = nil end
    table.insert(prepared, wrk.format(method, path, headers, body))
  end
end

function request()
  place = place + 1
  if first == 0 then first = now() end
  if place > #prepared then
    if MODE == "once" then
      spent = 1
      return wrk.format("GET", "/live")
    end
    place = 1
  end
  return prepared[place]
end

if MODE == "slow" then
  function delay() return 10 end
end

if MODE == "once" or MODE == "counted" then
  function response(status)
    if spent == 1 and status == 200 then return end
    answered = answered + 1
    if status == 303 then good = good + 1 end
    last = now()
  end
end

function done(summary, latency, requests)
  local thread = threads[1]
  local errors = summary.errors
  io.write(string.format(
    '\nRESULT {"requests": %d, "microseconds": %d, "p50": %d, "p99": %d, "failed": %d, "answered": %d, "good": %d, "busy": %d, "spent": %d}\n',
    summary.requests, summary.duration, latency:percentile(50), latency:percentile(99),
    errors.connect + errors.read + errors.write + errors.timeout + errors.status,
    thread:get("answered"), thread:get("good"), math.max(0, thread:get("last") - thread:get("first")), thread:get("spent")))
end
