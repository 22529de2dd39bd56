-- The requests of one job, and a look at each answer. Refreshes present the tokens in turn, and one that an answer gave
-- takes the place of one that was sent. Nothing is `local`: wrk calls by name, and done() asks for what is global here.
played = nil
queue, first, last, known = {}, 1, 0, {}

function setup(thread)
  played = thread
end

function init(arguments)
  job = dofile(arguments[1])
  result_file = arguments[2]
  for _, token in ipairs(job.tokens) do
    give_back(token)
  end
end

function give_back(token)
  last = last + 1
  queue[last] = token
  known[token] = true
end

function request()
  if not job.hasBody then
    return job.head .. '\r\n'
  end
  local form = job.form
  if job.sendsToken and last > 0 then
    form = form .. take()
  end
  return job.head .. 'content-length: ' .. #form .. '\r\n\r\n' .. form
end

function take()
  local token = queue[first]
  if token == nil then
    error('More requests are under way than there are tokens.')
  end
  queue[first] = nil
  first = first + 1
  -- One that stays the same comes again at once, whether or not its answer is heard.
  if not job.rotates then
    give_back(token)
  end
  return token
end

function response(status, _, body)
  local problem = check(status, body)
  if problem ~= nil then
    wrong = problem .. ': ' .. status .. ' ' .. body
    wrk.thread:stop()
  end
end

function check(status, body)
  if status ~= 200 then
    return 'Not 200'
  end
  if not string.find(body, job.expects, 1, true) then
    return 'No ' .. job.expects
  end
  if not job.answersTokens then
    return nil
  end
  local token = string.match(body, '"refresh_token":"([^"]+)"')
  if token == nil or not string.find(body, '"access_token":"', 1, true) then
    return 'No tokens'
  end
  if not job.sendsToken or last == 0 then
    return nil
  end
  -- Which of the requests it answers, nobody says here: a token that rotated was never seen before.
  if job.rotates == (known[token] == true) then
    return job.rotates and 'Not rotated' or 'Rotated'
  end
  if job.rotates then
    give_back(token)
  end
  return nil
end

-- wrk calls this outside of the thread. What is still under way is not among the tokens.
function done(summary, latency)
  local queue, tokens = played:get('queue'), {}
  for at = played:get('first'), played:get('last') do
    tokens[#tokens + 1] = quoted(queue[at])
  end
  local errors = {}
  for name, count in pairs(summary.errors) do
    errors[#errors + 1] = quoted(name) .. ':' .. count
  end
  local wrong = played:get('wrong')
  local file = io.open(played:get('result_file'), 'w')
  file:write(
    string.format('{"answered":%d,"microseconds":%d,', summary.requests, summary.duration),
    string.format('"p50":%d,"p99":%d,"max":%d,', latency:percentile(50), latency:percentile(99), latency.max),
    '"errors":{', table.concat(errors, ','), '},',
    wrong and '"wrong":' .. quoted(wrong) .. ',' or '',
    '"tokens":[', table.concat(tokens, ','), ']}'
  )
  file:close()
end

function quoted(text)
  return '"' .. string.gsub(text, '[%c"\\]', ' ') .. '"'
end
