-- The io library and os.rename/os.remove, on files in the current directory.
local out = assert(io.open("numbers.txt", "w"))
for i = 1, 50000 do out:write(i, " ", i * i, " ", i / 8, "\n") end
print(out:seek("cur"), out:seek("set", 10), out:seek("end"))
out:close()
local sum, lines = 0, 0
for line in io.lines("numbers.txt") do
  lines = lines + 1
  for number in line:gmatch("%S+") do sum = sum + tonumber(number) end
end
print(lines, sum)
local file = assert(io.open("numbers.txt", "r+b"))
print(file:read("n", "n", "n", "L", "l", 5))
file:seek("set", 100)
file:write("OVERWRITTEN")
file:seek("set", 90)
print(file:read(40))
print(#file:read("a"), file:read("a"), file:read("l"), file:read(0))
file:close()
print(pcall(file.read, file))
print((select(2, io.open("missing/file.txt"))))
print((select(2, io.open("missing.txt"))))
assert(os.rename("numbers.txt", "renamed.txt"))
print(io.open("numbers.txt") == nil, io.type(io.stdout), io.type(file), io.type(5))
local binary = assert(io.open("bytes.bin", "wb"))
binary:setvbuf("full", 1000)
for i = 0, 65535 do binary:write(string.char(i & 255, i >> 8)) end
binary:close()
binary = assert(io.open("bytes.bin", "rb"))
local bytes = binary:read("a")
binary:close()
print(#bytes, bytes:byte(1, 3), bytes:byte(-3, -1))
for _, name in ipairs {"append.txt", "append.txt"} do local f = assert(io.open(name, "a")); f:write("line\n"); f:close() end
print(#io.open("append.txt"):read("a"))
assert(os.remove("append.txt"))
print((select(2, os.remove("append.txt"))))
print(io.read("l"), io.read("n"), io.read("a"))
io.stderr:write("to standard error\n")
os.exit(3)
