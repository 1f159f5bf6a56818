-- A second of the usual: calls, tables, strings, closures, numbers. No errors.
local function fib(n) if n < 2 then return n end return fib(n - 1) + fib(n - 2) end

local function trees(depth) if depth == 0 then return {} end return {trees(depth - 1), trees(depth - 1)} end
local function count(tree) return tree[1] and 1 + count(tree[1]) + count(tree[2]) or 1 end

local function nbody(steps)
  local x, y, vx, vy = {0, 1, -2, 3}, {0, 2, 1, -1}, {0, 0.5, -0.4, 0.1}, {0, -0.1, 0.3, 0.2}
  for _ = 1, steps do
    for i = 1, 4 do
      for j = 1, 4 do
        if i ~= j then
          local dx, dy = x[j] - x[i], y[j] - y[i]
          local force = 0.001 / ((dx * dx + dy * dy + 0.01) ^ 1.5)
          vx[i], vy[i] = vx[i] + dx * force, vy[i] + dy * force
        end
      end
    end
    for i = 1, 4 do x[i], y[i] = x[i] + vx[i] * 0.001, y[i] + vy[i] * 0.001 end
  end
  return x[1] + y[2]
end

local function fannkuch(n)
  local p, q, s, sign, most, sum = {}, {}, {}, 1, 0, 0
  for i = 1, n do p[i], q[i], s[i] = i, i, i end
  while true do
    local q0 = p[1]
    if q0 ~= 1 then
      for i = 2, n do q[i] = p[i] end
      local flips = 1
      while true do
        local qq = q[q0]
        if qq == 1 then sum = sum + sign * flips; if flips > most then most = flips end break end
        q[q0] = q0
        if q0 >= 4 then local i, j = 2, q0 - 1; repeat q[i], q[j] = q[j], q[i]; i, j = i + 1, j - 1 until i >= j end
        q0 = qq
        flips = flips + 1
      end
    end
    if sign == 1 then
      p[1], p[2] = p[2], p[1]
      sign = -1
    else
      p[2], p[3] = p[3], p[2]
      sign = 1
      for i = 3, n do
        if s[i] ~= 1 then s[i] = s[i] - 1 break end
        if i == n then return sum, most end
        s[i] = i
        local t = p[1]
        for j = 1, i do p[j] = p[j + 1] end
        p[i + 1] = t
      end
    end
  end
end

local function text(rounds)
  local words, seed = {}, 7
  for i = 1, rounds do
    seed = (seed * 1103515245 + 12345) & 0x7fffffff
    words[i] = string.format("%x-%d", seed, i)
  end
  local joined = table.concat(words, " ")
  local counts = {}
  for digits in joined:gmatch("%d+") do counts[#digits] = (counts[#digits] or 0) + 1 end
  local replaced, n = joined:gsub("(%x+)%-(%d+)", "%2:%1")
  table.sort(words)
  return #replaced, n, words[1], counts[3]
end

local objects = setmetatable({}, {__index = function(t, k) t[k] = k * 2; return k * 2 end})
local function closures(n)
  local sum = 0
  for i = 1, n do
    local f = function(x) return x + i end
    sum = sum + f(i) + objects[i % 1000]
  end
  return sum
end

print(fib(30))
print(count(trees(17)))
print(string.format("%.9f", nbody(60000)))
print(fannkuch(9))
print(text(120000))
print(closures(2000000))
