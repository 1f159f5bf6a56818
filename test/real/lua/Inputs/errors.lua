-- Errors, handlers, to-be-closed variables and coroutines: everything that leaves functions early.
local function show(...)
  local out = table.pack(...)
  for i = 1, out.n do out[i] = type(out[i]) == "table" and "table" or tostring(out[i]) end
  print(table.concat(out, " "))
end

show(pcall(error))
show(pcall(error, "plain"))
show(pcall(error, {code = 7}))
show(select(2, pcall(error, setmetatable({}, {__tostring = function() return "object" end}))) ~= nil)
show(pcall(function() local missing; return missing.field end))
show(pcall(function() return 1 < "x" end))
show(pcall(function() return #5 end))
show(pcall(function() return 1 // 0 end))
show(pcall(function() return math.tointeger(2^53) | 1.5 end))
show(pcall(string.rep, "x", -1))
show(pcall(string.rep, "x", 1 << 60))
show(pcall(setmetatable, 1, {}))
show(pcall(table.concat, {1, {}, 3}))
show(select("#", pcall(table.unpack, {}, 1, 1e7)))
show(xpcall(function() error("inner", 2) end, function(message) return "handled: " .. message end))
show(xpcall(function() local x = nil + 1 end, function(message) error("again") end))
show(load("x = = 1"))
show(load("for i = 1 do end"))
show(load("goto nowhere"))
show(load(function() error("reader") end))
show(assert(load("return ...", "chunk", "t", {}))(1, 2, 3))

-- Nested handlers, errors thrown on from handlers, errors at depth.
local function deep(n, at)
  if n == 0 then error("at depth " .. at) end
  return 1 + deep(n - 1, at)
end
for _, n in ipairs {0, 1, 10, 1000, 100000} do show(pcall(deep, n, n)) end
show(pcall(function() local function forever() return 1 + forever() end; return forever() end) == false)
show(pcall(function()
  local ok, message = pcall(function()
    local ok, message = pcall(error, "innermost")
    error("middle after " .. tostring(message))
  end)
  error("outer after " .. message, 0)
end))
local nested = 0
local function nest(n)
  if n == 0 then error("bottom", 0) end
  local ok, message = pcall(nest, n - 1)
  nested = nested + 1
  error(message .. ".", 0)
end
show(#select(2, pcall(nest, 150)), nested)
local caught = 0
for i = 1, 200000 do if not pcall(error, i) then caught = caught + 1 end end
show(caught)

-- C functions that call back into Lua, and are left by an error.
show(pcall(string.gsub, "abc", ".", function(c) if c == "b" then error("in gsub", 0) end end))
show(pcall(table.sort, {3, 1, 2}, function() error("in sort", 0) end))
show(pcall(table.sort, {1, 2, 3, 4, 5}, function() return true end))
show(pcall(next, {}, "no such key"))
show(pcall(function() return setmetatable({}, {__index = function(_, key) error("no " .. key, 0) end}).x end))

do
  local order = {}
  local function closing(name) return setmetatable({}, {__close = function(_, e) order[#order + 1] = name .. ":" .. tostring(e) end}) end
  show(pcall(function()
    local a <close> = closing("a")
    local b <close> = closing("b")
    error("left", 0)
  end))
  for i = 1, 3 do local c <close> = closing("c" .. i); if i == 2 then break end end
  show(table.concat(order, " "))
end

-- Coroutines: yields across pcall, metamethods, iterators and from depth; errors inside; closing.
local generator = coroutine.wrap(function(a)
  local b = coroutine.yield(a + 1)
  local c = select(2, pcall(function() return coroutine.yield(b * 2) + 1 end))
  error("done " .. c, 0)
end)
show(generator(1), generator(20), pcall(generator, 300))
show(pcall(generator))
local function permutations(list, n)
  n = n or #list
  if n <= 1 then coroutine.yield(list) end
  for i = 1, n do
    list[n], list[i] = list[i], list[n]
    permutations(list, n - 1)
    list[n], list[i] = list[i], list[n]
  end
end
local count, sum = 0, 0
for list in coroutine.wrap(function() permutations {1, 2, 3, 4, 5, 6, 7} end) do count, sum = count + 1, (sum * 31 + list[1]) % 1000003 end
show(count, sum)
local sorter = coroutine.create(function() table.sort({3, 1, 2}, function(x, y) coroutine.yield(); return x < y end) end)
show(coroutine.resume(sorter))
local adder = setmetatable({}, {__add = function(_, n) return coroutine.yield(n) end})
local wrapped = coroutine.wrap(function() return "sum " .. (adder + 5) end)
show(wrapped(), wrapped(9))
local suspended = coroutine.create(function() local x <close> = setmetatable({}, {__close = function() print("closed") end}); coroutine.yield() end)
coroutine.resume(suspended)
show(coroutine.status(suspended), coroutine.close(suspended), coroutine.status(suspended))
show(coroutine.isyieldable(), coroutine.running() ~= nil)
local chain = coroutine.wrap(function() for i = 1, 100000 do coroutine.yield(i) end end)
local total = 0
for _ = 1, 100000 do total = total + chain() end
show(total)
local many = {}
for i = 1, 1000 do many[i] = coroutine.wrap(function() for j = 1, 5 do coroutine.yield(i * j) end end) end
total = 0
for _ = 1, 5 do for i = 1, 1000 do total = total + many[i]() end end
show(total)
print((debug.traceback("traceback", 1):gsub("\n.*", "")))
error("the last one ends the program")
