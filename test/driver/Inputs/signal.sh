# signal.sh SIGNAL compiler|tool WASMC OUTPUT: sends SIGNAL to the tool, or to the compiler's own process below it,
# while that waits for its input.
mkfifo "$4.input"
exec 3<> "$4.input"
rm "$4.input"
"$3" - -o "$4" <&3 &
tool=$!
until compiler=$(pgrep -P $tool); do sleep 0.05; done
if [ "$2" = tool ]; then kill -"$1" $tool; else kill -"$1" $compiler; fi
wait $tool
echo "exit status $?" >&2
