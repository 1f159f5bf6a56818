-- The string, utf8 and table libraries, patterns and formats.
local function fold(text)
  local hash = 5381
  for i = 1, #text do hash = (hash * 33 ~ text:byte(i)) & 0xffffffff end
  return hash
end

local words = {}
local seed = 12345
local function random(n) seed = (seed * 1103515245 + 12345) & 0x7fffffff; return seed % n + 1 end
local letters = "abcdefghijklmnopqrstuvwxyz     ,.;-()0123456789"
for i = 1, 20000 do local at = random(#letters); words[i] = letters:sub(at, at) end
local text = table.concat(words)
print(#text, fold(text))

local counts = {}
for word in text:gmatch("%a+") do counts[word] = (counts[word] or 0) + 1 end
local names = {}
for word in pairs(counts) do names[#names + 1] = word end
table.sort(names, function(a, b) if counts[a] ~= counts[b] then return counts[a] > counts[b] end return a < b end)
for i = 1, 10 do io.write(names[i], "=", counts[names[i]], " ") end
print(#names)

for _, pattern in ipairs {"%d+", "(%a)%1", "%b()", "^%s*(.-)%s*$", "[^%w%s]+", "%f[%w]%w+%f[%W]", "(%w)(%w)(%w)", "()%.()", ".-,"} do
  local changed, n = text:gsub(pattern, "<%0>")
  local first, last = text:find(pattern)
  print(pattern, n, fold(changed), first, last)
end
print(("hello world"):gsub("o", {o = "0"}), ("abc"):gsub("%w", "%0%0"), ("x = 1"):match("^(%w+)%s*=%s*(%w+)$"))
print(("key=value; other=thing"):gsub("(%w+)=(%w+)", "%2=%1"))
print(pcall(string.gsub, "x", "(", ""), pcall(string.gsub, "x", "%", ""), pcall(string.find, "a", "[a"))
print(text:reverse():upper():sub(-40, -10), text:find("b.d", 1, true), ("%d"):rep(3, "|"))

for _, value in ipairs {0, 1, -1, 0.1, 1e15, 1e16, 1e100, -2.5e-300, 123456789012, 2^53, 2^63, 1/3, 2.3e-308, 1.7976931348623157e308, math.pi} do
  print(value, string.format("%5.2f|%g|%e|%.14g|%.17g|%10.3s|%a", value, value, value, value, value, tostring(value), value))
end
for _, value in ipairs {0, 1, -1, 42, math.maxinteger, math.mininteger, 0xdeadbeef} do
  print(string.format("%d|%5d|%-5d|%05d|%x|%X|%o|%c|%i|%q", value, value, value, value, value, value, value, value & 0x3f | 0x40, value, value))
end
print(string.format("%q", 'quotes " and \\ and \n and \0 and \200'), string.format("%-10s|%10s|%.2s|%%", "left", "right", "cut"))
print(math.tointeger("8"), tonumber("0x1p4"), tonumber("  12  "), tonumber("1e1"), tonumber("z", 36), tonumber("9", 8), tonumber("0x"), tonumber("1 2"))
print(10 // 3, -10 // 3, 10 % -3, -10 % 3, 10.5 // 3, -10.5 % 3, 7 // 0.0, 1 << 63, 1 << 64, -1 >> 1, ~0, 5 & 3.0, "10" + 5, "3" * "4", 10 .. 20)
print(math.ult(1, -1), math.fmod(-7, 3), math.fmod(7, -3.5), math.floor(-3.5), math.ceil(-3.5), math.type(1), math.type(1.0), math.abs(math.mininteger))
print(math.maxinteger + 1 == math.mininteger, math.maxinteger * 2, 2^1023 * 2, -(2^1023 * 2), 1e308 + 1e308 == math.huge)
for _, f in ipairs {"sqrt", "sin", "cos", "exp", "log", "atan"} do
  local sum = 0.0
  for i = 1, 1000 do sum = sum + math[f](i / 100) end
  print(f, string.format("%.9g", sum))
end

local packed = string.pack("<i1i2i4i8bBhHfdz s1 >I3 !4 i4", -1, -2, -3, -4, 5, 6, 7, 8, 1.5, 2.5, "zero", "short", 0x123456, 99)
print(#packed, fold(packed), string.unpack("<i1i2i4i8bBhHfdz s1 >I3 !4 i4", packed))
print(string.packsize("<i4i8d"), pcall(string.pack, "i1", 300), pcall(string.unpack, "i4", "abc"))

local accents = utf8.char(72, 228, 8364, 128512, 0x10FFFF)
print(#accents, utf8.len(accents), utf8.codepoint(accents, 1, -1))
for at, code in utf8.codes(accents) do io.write(at, ":", code, " ") end
print(utf8.offset(accents, 3), utf8.len("\xff"), ("\u{7FFFFFFF}"):byte(1, -1))

local list = {}
for i = 1, 50000 do list[i] = random(1000000) end
table.sort(list)
for i = 2, #list do assert(list[i - 1] <= list[i]) end
print(#list, list[1], list[25000], list[50000], fold(table.concat(list, ",")))
table.sort(list, function(a, b) return a % 1000 > b % 1000 end)
for i = 2, #list do assert(list[i - 1] % 1000 >= list[i] % 1000) end
table.move(list, 1, 100, 50)
table.insert(list, 1, "first")
table.remove(list, 2)
print(#list, list[1], table.unpack(list, 50, 52) ~= nil, select("#", table.unpack(list, 1, 200)), select(-1, 1, 2, 3))
local builder = {}
for i = 1, 100000 do builder[#builder + 1] = i end
print(fold(table.concat(builder, ";", 1000, 50000)))
local slow = ""
for i = 1, 5000 do slow = slow .. i end
print(#slow, fold(slow))
