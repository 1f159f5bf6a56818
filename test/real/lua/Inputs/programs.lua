-- Whole small programs: language features under load, with results that depend on every step.
local function section(name, ...) print(name, ...) end

do  -- Classes and inheritance, all metamethods.
  local Vector = {}
  Vector.__index = Vector
  local function vector(x, y) return setmetatable({x = x, y = y}, Vector) end
  for name, f in pairs {add = function(a, b) return a + b end, sub = function(a, b) return a - b end, mul = function(a, b) return a * b end,
      div = function(a, b) return a / b end, mod = function(a, b) return a % b end, idiv = function(a, b) return a // b end,
      band = function(a, b) return a & b end, bxor = function(a, b) return a ~ b end, shl = function(a, b) return a << b end} do
    Vector["__" .. name] = function(a, b) return vector(f(a.x, b.x), f(a.y, b.y)) end
  end
  Vector.__eq = function(a, b) return a.x == b.x and a.y == b.y end
  Vector.__lt = function(a, b) return a.x < b.x end
  Vector.__le = function(a, b) return a.x <= b.x end
  Vector.__len = function(a) return a.x * a.x + a.y * a.y end
  Vector.__unm = function(a) return vector(-a.x, -a.y) end
  Vector.__call = function(a, scale) return vector(a.x * scale, a.y * scale) end
  Vector.__concat = function(a, b) return tostring(a) .. tostring(b) end
  Vector.__tostring = function(a) return "(" .. a.x .. "," .. a.y .. ")" end
  local a, b = vector(17, 42), vector(5, 8)
  section("vector", a + b .. a - b, tostring(a * b // b), tostring(a % b), tostring(a & b ~ a << b), a == b, a < b, a >= b, #a, tostring(-a(3)))
end

do  -- N queens, by backtracking.
  local function queens(n)
    local solutions, rows, up, down = 0, {}, {}, {}
    local function place(column)
      if column > n then solutions = solutions + 1 return end
      for row = 1, n do
        if not (rows[row] or up[row + column] or down[row - column + n]) then
          rows[row], up[row + column], down[row - column + n] = true, true, true
          place(column + 1)
          rows[row], up[row + column], down[row - column + n] = nil, nil, nil
        end
      end
    end
    place(1)
    return solutions
  end
  section("queens", queens(4), queens(6), queens(8), queens(9))
end

do  -- SHA-256 on Lua's integers.
  local k, primes = {}, {}
  local n = 2
  while #primes < 64 do
    local prime = true
    for _, p in ipairs(primes) do if n % p == 0 then prime = false break end end
    if prime then primes[#primes + 1] = n end
    n = n + 1
  end
  local function fraction(x) return math.floor((x - math.floor(x)) * 2^32) end
  local start = {}
  for i = 1, 64 do k[i] = fraction(primes[i] ^ (1 / 3)) end
  for i = 1, 8 do start[i] = fraction(primes[i] ^ 0.5) end
  local function rotate(x, c) return (x >> c | x << (32 - c)) & 0xffffffff end
  local function sha256(message)
    local length = #message * 8
    message = message .. "\128" .. ("\0"):rep((55 - #message) % 64) .. string.pack(">I8", length)
    local h = table.move(start, 1, 8, 1, {})
    for block = 1, #message, 64 do
      local w = {string.unpack((">I4"):rep(16), message, block)}
      for i = 17, 64 do
        local a, b = w[i - 15], w[i - 2]
        w[i] = w[i - 16] + w[i - 7] + (rotate(a, 7) ~ rotate(a, 18) ~ a >> 3) + (rotate(b, 17) ~ rotate(b, 19) ~ b >> 10) & 0xffffffff
      end
      local a, b, c, d, e, f, g, i = table.unpack(h)
      for r = 1, 64 do
        local t1 = i + (rotate(e, 6) ~ rotate(e, 11) ~ rotate(e, 25)) + (e & f ~ ~e & g) + k[r] + w[r]
        local t2 = (rotate(a, 2) ~ rotate(a, 13) ~ rotate(a, 22)) + (a & b ~ a & c ~ b & c)
        i, g, f, e, d, c, b, a = g, f, e, d + t1 & 0xffffffff, c, b, a, t1 + t2 & 0xffffffff
      end
      for j, x in ipairs {a, b, c, d, e, f, g, i} do h[j] = h[j] + x & 0xffffffff end
    end
    return (("%08x"):rep(8)):format(table.unpack(h))
  end
  section("sha256", sha256(""), sha256("abc"))
  section("sha256", sha256(("The quick brown fox jumps over the lazy dog. "):rep(500)))
end

do  -- Arbitrary precision: factorials and Fibonacci numbers.
  local base = 10000000
  local function times(number, factor)
    local carry = 0
    for i = 1, #number do
      local value = number[i] * factor + carry
      number[i], carry = value % base, value // base
    end
    while carry > 0 do number[#number + 1], carry = carry % base, carry // base end
  end
  local function digits(number)
    local out = {tostring(number[#number])}
    for i = #number - 1, 1, -1 do out[#out + 1] = ("%07d"):format(number[i]) end
    return table.concat(out)
  end
  local factorial = {1}
  for i = 2, 400 do times(factorial, i) end
  local text = digits(factorial)
  section("400!", #text, text:sub(1, 30), text:sub(-120, -90))
end

do  -- A JSON writer and parser, by recursive descent.
  local write
  local writers = {
    ["nil"] = function() return "null" end, boolean = tostring, string = function(s) return ('"%s"'):format(s:gsub('[%c"\\]', function(c) return ("\\u%04x"):format(c:byte()) end)) end,
    number = function(n) return math.type(n) == "integer" and tostring(n) or ("%.17g"):format(n) end,
    table = function(t)
      local out = {}
      if t[1] ~= nil then for _, v in ipairs(t) do out[#out + 1] = write(v) end return "[" .. table.concat(out, ",") .. "]" end
      local keys = {}
      for key in pairs(t) do keys[#keys + 1] = key end
      table.sort(keys)
      for _, key in ipairs(keys) do out[#out + 1] = write(key) .. ":" .. write(t[key]) end
      return "{" .. table.concat(out, ",") .. "}"
    end}
  function write(value) return writers[type(value)](value) end
  local function parse(text)
    local at = 1
    local value
    local function skip() at = text:find("%S", at) or #text + 1 end
    local function expect(c) skip(); if text:sub(at, at) ~= c then error("expected " .. c .. " at " .. at, 0) end at = at + 1 end
    local function peek() skip() return text:sub(at, at) end
    local function str() expect('"'); local stop = at; while text:sub(stop, stop) ~= '"' do stop = stop + (text:sub(stop, stop) == "\\" and 2 or 1) end
      local raw = text:sub(at, stop - 1); at = stop + 1
      return (raw:gsub("\\u(%x%x%x%x)", function(hex) return utf8.char(tonumber(hex, 16)) end)) end
    function value()
      local c = peek()
      if c == "{" then local out = {}; expect("{"); if peek() == "}" then expect("}") return out end
        repeat local key = str(); expect(":"); out[key] = value(); local more = peek() == ","; if more then at = at + 1 skip() end until not more
        expect("}") return out
      elseif c == "[" then local out = {}; expect("["); if peek() == "]" then expect("]") return out end
        repeat out[#out + 1] = value(); local more = peek() == ","; if more then at = at + 1 end until not more
        expect("]") return out
      elseif c == '"' then return str() end
      local word = text:match("^[%w%.+-]+", at)
      if not word then error("unexpected " .. c .. " at " .. at, 0) end
      at = at + #word
      if word == "true" then return true elseif word == "false" then return false elseif word == "null" then return nil end
      return tonumber(word) or error("bad word " .. word, 0)
    end
    return value()
  end
  local tree = {name = "root", flags = {true, false}, list = {}, nested = {a = {b = {c = "deep \"quotes\" \n"}}}}
  for i = 1, 2000 do tree.list[i] = {id = i, half = i / 2, text = ("x"):rep(i % 17)} end
  local text = write(tree)
  local again = write(parse(text))
  section("json", #text, text == again, text:sub(1, 60), pcall(parse, "[1, 2"), pcall(parse, "{\"a\" 1}"))
end

do  -- Conway's Life, Mandelbrot, matrix product, sieve.
  local size, cells = 64, {}
  for i = 0, size * size - 1 do cells[i] = (i * 2654435761 >> 13) % 3 == 0 and 1 or 0 end
  for _ = 1, 50 do
    local next_cells = {}
    for y = 0, size - 1 do for x = 0, size - 1 do
      local n = 0
      for dy = -1, 1 do for dx = -1, 1 do if dx ~= 0 or dy ~= 0 then n = n + cells[(y + dy) % size * size + (x + dx) % size] end end end
      next_cells[y * size + x] = (n == 3 or n == 2 and cells[y * size + x] == 1) and 1 or 0
    end end
    cells = next_cells
  end
  local alive = 0
  for i = 0, size * size - 1 do alive = alive + cells[i] end
  local inside = 0
  for py = 0, 79 do for px = 0, 79 do
    local cr, ci, zr, zi, n = px / 40 - 1.5, py / 40 - 1.0, 0.0, 0.0, 0
    while n < 100 and zr * zr + zi * zi < 4 do zr, zi, n = zr * zr - zi * zi + cr, 2 * zr * zi + ci, n + 1 end
    inside = inside + n
  end end
  local n, a, b, trace = 60, {}, {}, 0.0
  for i = 1, n do a[i], b[i] = {}, {}; for j = 1, n do a[i][j], b[i][j] = 1 / (i + j), i - j end end
  for i = 1, n do for j = 1, n do local sum = 0.0; for k = 1, n do sum = sum + a[i][k] * b[k][j] end; if i == j then trace = trace + sum end end end
  local composite, primes = {}, 0
  for i = 2, 200000 do if not composite[i] then primes = primes + 1; for j = i * i, 200000, i do composite[j] = true end end end
  section("grids", alive, inside, ("%.12g"):format(trace), primes)
end

do  -- The compiler: large generated chunks, many upvalues, goto, varargs, bytecode.
  local source = {"local t = ... \n"}
  for i = 1, 5000 do source[#source + 1] = ("t[%d] = (t[%d] or %d) * %d %% 1000003 + #%q\n"):format(i, i - 1, i, i % 97 + 1, ("s"):rep(i % 31)) end
  source[#source + 1] = "return t[5000]"
  local chunk = assert(load(table.concat(source)))
  local dumped = string.dump(chunk, true)
  section("chunk", chunk({}), load(dumped, "dumped", "b")({}), pcall(load, dumped, "dumped", "t"))
  local f = load("local a <const> = 5; local n = 0; ::top:: n = n + a; if n < 100 then goto top end; return n, select('#', ...), (...)")
  section("goto", f("x", nil, nil))
  local counters = {}
  for i = 1, 10 do local n = i; counters[i] = {function() n = n + 1 return n end, function() return n end} end
  for i = 1, 10 do for _ = 1, i do counters[i][1]() end end
  local sum = 0
  for i = 1, 10 do sum = sum + counters[i][2]() end
  section("closures", sum)
end

do  -- The garbage collector: cycles, weak tables, finalizers, both modes.
  for _, mode in ipairs {"incremental", "generational"} do
    collectgarbage(mode)
    local weak, order = setmetatable({}, {__mode = "v"}), {}
    for i = 1, 20000 do
      local node = {i}
      node.self = node
      weak[i] = node
      if i % 5000 == 0 then setmetatable(node, {__gc = function(n) order[#order + 1] = n[1] end}) end
    end
    collectgarbage() collectgarbage()
    local left = 0
    for _ in pairs(weak) do left = left + 1 end
    table.sort(order)
    section(mode, left, table.concat(order, " "))
    local ephemerons = setmetatable({}, {__mode = "k"})
    for i = 1, 1000 do local key = {}; ephemerons[key] = {key} end
    collectgarbage()
    section(mode, next(ephemerons))
  end
end
