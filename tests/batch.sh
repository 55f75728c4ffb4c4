#!/bin/sh
# What golden cases cannot show of a batch: runs killed at any moment, files that vanish, memory, many processes.
# Environment: TRICH, the command to test; KILLS, how many runs are killed.
root=$(cd "$(dirname "$0")/.." && pwd) || exit 2
: "${TRICH:=$root/build/trich}" "${KILLS:=200}"
export TRICH
# In memory if there is some: a slow disk takes minutes for so many small files.
[ "$(stat -f -c %T /dev/shm 2> /dev/null)" = tmpfs ] && [ -w /dev/shm ] && TMPDIR=/dev/shm
work=$(mktemp -d ${TMPDIR:+-p "$TMPDIR"}) || exit 2
trap 'rm -rf "$work"' EXIT
cd "$work" || exit 2
failed=0
fail() {
    echo "FAILED: batch: $*"
    failed=1
}
trich() {
    $TRICH --rules "$root/tests/rules" "$@"
}

mkdir in
awk 'BEGIN { for (i = 0; i < 100; i++) { f = "in/" i ".txt"; for (n = 0; n <= i % 99; n++) printf "xe 29A-%05d\n", i + n > f; close(f) } }'

# Killed at any moment: every output is there whole or not at all, and a later run makes up for the rest.
begin=$(date +%s%N)
trich --output expected in || fail 'the run that the others are held against'
took=$((($(date +%s%N) - begin) / 1000)) # microseconds, over which the kills are spread
kill=0
cut=0
while [ $kill -lt "$KILLS" ]; do
    # Not the function: the shell would be killed. A leak check that is killed would leave a message of its own.
    ASAN_OPTIONS=${ASAN_OPTIONS:+$ASAN_OPTIONS:}detect_leaks=0 $TRICH --rules "$root/tests/rules" --output out in &
    pid=$!
    sleep "$(printf '0.%06d' $((took * (kill % 37) / 37 % 1000000)))"
    kill -9 $pid 2> /dev/null
    wait $pid 2> /dev/null && rm -rf out
    [ -d out ] || { kill=$((kill + 1)) && continue; }
    [ "$(find out -name '*.xml' | wc -l)" = 100 ] || cut=$((cut + 1))
    diff -r out expected | grep -v -e '^Only in expected: [0-9]*\.xml$' -e '^Only in out: [0-9]*\.xml\.part$' > wrong &&
        fail "an output that is not whole after a kill: $(head -n 1 wrong)"
    case $((kill % 4)) in 0) rm -rf out ;; esac
    kill=$((kill + 1))
done 2> /dev/null
[ $cut -ge $((KILLS / 40)) ] || fail "only $cut of $KILLS runs were killed at work: the test says little"
trich --output out --resume in || fail 'the run after the killed ones'
diff -r out expected > wrong || fail "after the last run: $(head -n 1 wrong)"
echo "batch: $KILLS runs killed, $cut of them at work"

# A file that vanishes after the folder was read: the worker waits at the pipe in front of it meanwhile.
mkdir vanish
for i in 1 2 3; do echo "29A-0000$i" > vanish/$i.txt; done
mkfifo pipe
(sleep 0.5 && rm vanish/2.txt && echo 29A-00000 > pipe) &
trich --jobs=1 pipe vanish > records 2> messages
[ $? = 2 ] && [ "$(grep -c '<plate' records)" = 3 ] && grep -q '^trich: vanish/2.txt: No such file' messages ||
    fail "a file that vanished: $(cat messages)"
wait

# A reader that is slower than the program: results wait in bounded memory. (The sanitizers need more for themselves.)
if grep -q __asan_init "${TRICH##* }"; then
    echo 'batch: memory: skipped under the sanitizers'
else
    yes 'Chiều nay xe 29A-12345 rẽ phải, xe 30K-67890 rẽ trái.' | head -n 1500000 |
        (ulimit -v 400000 && $TRICH -R "$root/tests/rules" --split=line --jobs=2) | (sleep 3 && grep -c '<plate') > count
    [ "$(cat count)" = 3000000 ] || fail "a slow reader: $(cat count) records of 3000000"
fi

# Any line can go to any process: GNU parallel cuts the file where it likes.
awk 'BEGIN { for (i = 0; i < 20000; i++) printf "xe %d 29A-%05d\n", i, i }' > lines
trich --split=line --each lines > single
if parallel --version 2> /dev/null | grep -q GNU; then
    parallel --will-cite --keep-order --pipepart --arg-file lines --block 50k \
        "$TRICH --rules $root/tests/rules --split=line --each" > many || fail 'GNU parallel'
    sed 's/ source="lines"//' single | cmp - many || fail 'GNU parallel: the results joined are not the single ones'
else
    echo 'batch: GNU parallel: skipped, it is not installed'
fi

# Results come as soon as they are there, not when the buffer is full.
mkfifo feed answer
trich --split=line --each < feed > answer &
exec 3> feed 4< answer
echo 29A-00001 >&3
line=$(timeout 20 head -n 1 <&4)
case $line in *29A-00001*) ;; *) fail "the first answer of a stream: $line" ;; esac
exec 3>&- 4<&-
wait 2> /dev/null

# What never ends is refused when it is longer than an article may be; behind such an article a stream goes on.
trich /dev/zero > /dev/null 2> messages
[ $? = 2 ] && grep -q '^trich: /dev/zero: longer than 1 GiB' messages || fail "a file without end: $(cat messages)"
(echo 29A-00000 && head -c 1100000000 /dev/zero && printf '\n29A-00002\n') |
    trich --split=line --each --jobs=1 > records 2> messages
[ $? = 2 ] && [ "$(grep -n '<plate' records | cut -d : -f 1 | tr '\n' ' ')" = '1 3 ' ] &&
    grep -q '^trich: standard input:2: longer than 1 GiB' messages || fail "an article without end: $(cat messages)"

exit $failed
