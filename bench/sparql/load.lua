-- wrk: each request asks for one of the lines of a file, chosen by chance; with a second argument
-- other than "", each declares a prefix of its own, so that no two are the same query.
--   wrk … -s load.lua http://host:port -- FILE [TAG]
local threads = 0

function setup(thread)
  threads = threads + 1
  thread:set("number", threads)
end

function init(args)
  targets = {}
  for line in io.lines(args[1]) do
    targets[#targets + 1] = line
  end
  tag = args[2] or ""
  count = 0
  math.randomseed(number)
end

function request()
  local target = targets[math.random(#targets)]
  if tag ~= "" then
    count = count + 1
    local prefix = "PREFIX%20n:%3Curn:" .. tag .. "-" .. number .. "-" .. count .. "%3E%20"
    target = target:gsub("query=", "query=" .. prefix:gsub("%%", "%%%%"), 1)
  end
  return wrk.format(nil, target)
end

function done(summary, latency, requests)
  local errors = summary.errors
  io.write(string.format(
    '\n{"requests": %d, "seconds": %f, "refused": %d, "lost": %d}\n',
    summary.requests, summary.duration / 1e6, errors.status,
    errors.connect + errors.read + errors.write + errors.timeout))
end
