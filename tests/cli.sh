#!/bin/sh
# usage: cli.sh [--accept] [CASE]...
#
# Golden cases of the command. A case is a folder tests/cli/NAME with
#   cmd      a shell script; it runs in an empty folder; $TRICH is the command, $CASE the case's folder, $SAMPLES
#            the project's samples
#   stdout, stderr, status   what it must print and exit with; a missing one must be empty, or 0
# Every document of records that a case prints or leaves in a folder "out" must be valid by the project's schema.
# Exit status 77 of cmd skips the case (say why on standard error). --accept writes what came out as expected.
# Environment: TRICH, the command to test (with a wrapper in front, if any).
root=$(cd "$(dirname "$0")/.." && pwd) || exit 2
: "${TRICH:=$root/build/trich}"
SAMPLES=$root/samples ROOT=$root
export TRICH SAMPLES ROOT
# Messages and sorting must not depend on who runs the tests.
LC_ALL=C.UTF-8
export LC_ALL
accept=no
[ "$1" = --accept ] && accept=yes && shift
[ $# -gt 0 ] || set -- $(ls "$root/tests/cli")

work=$(mktemp -d) || exit 2
trap 'rm -rf "$work"' EXIT
# Cuts what was printed into documents of records.
documents() {
    awk -v to="$2" '/^<records / { f = to "." ++n ".xml" } f != "" { print > f } f != "" && /<\/records>$|^<records .*\/>$/ { close(f); f = "" }' "$1"
}
check_schema() {
    rm -rf "$work/documents"
    mkdir "$work/documents"
    LC_ALL=C documents "$got/stdout" "$work/documents/stdout"
    find "$work/here" "$work/documents" -type f -name '*.xml' \( -path '*/out/*' -o -path '*/documents/*' \) > "$work/list"
    [ -s "$work/list" ] || return 0
    valid=$((valid + $(wc -l < "$work/list")))
    tr '\n' '\0' < "$work/list" | xargs -0 xmllint --noout --relaxng "$root/rules/records.rng" > "$work/invalid" 2>&1
}
valid=0
failed=0 passed=0 skipped=0
for name; do
    CASE=$root/tests/cli/$name
    export CASE
    got=$work/got expected=$work/expected
    rm -rf "$got" "$expected" "$work/here"
    mkdir "$got" "$expected" "$work/here"
    (cd "$work/here" && timeout 900 sh "$CASE/cmd" < /dev/null > "$got/stdout" 2> "$got/stderr"; echo $? > "$got/status")
    if [ "$(cat "$got/status")" = 77 ]; then
        skipped=$((skipped + 1))
        echo "skipped: $name: $(cat "$got/stderr")"
        continue
    fi
    if [ $accept = yes ]; then
        for f in stdout stderr status; do
            cp "$got/$f" "$CASE/$f"
        done
        [ -s "$CASE/stdout" ] || rm "$CASE/stdout"
        [ -s "$CASE/stderr" ] || rm "$CASE/stderr"
        [ "$(cat "$CASE/status")" != 0 ] || rm "$CASE/status"
        continue
    fi
    : > "$expected/stdout"
    : > "$expected/stderr"
    echo 0 > "$expected/status"
    for f in stdout stderr status; do
        [ ! -e "$CASE/$f" ] || cp "$CASE/$f" "$expected/$f"
    done
    if ! check_schema; then
        failed=$((failed + 1))
        echo "FAILED: tests/cli/$name: not valid by rules/records.rng"
        grep -av ' validates$' "$work/invalid"
    elif (cd "$work" && diff -ru expected got > diff); then
        passed=$((passed + 1))
    else
        failed=$((failed + 1))
        echo "FAILED: tests/cli/$name"
        cat "$work/diff"
    fi
done
[ $accept = yes ] || echo "command line: $passed passed, $failed failed, $skipped skipped, $valid documents valid"
[ $failed = 0 ]
