#!/bin/sh
# The habits of the source tree that a machine can hold: who may include whom, that no files need each other in a
# circle, how long a file may be, what is asked for, what may lie at the top. Prints each offence as FILE:LINE: what;
# exit status 1 if there is one. Environment: B, the build folder with the library.
cd "$(dirname "$0")/.." || exit 2
: "${B:=build}"

# Each folder includes from itself and from those in front of it; trich.h is open to all; the command knows the
# library by trich.h alone. Includes are relative to the including file: "../base/error.h", "own.h".
find extractor -name '*.[ch]' -exec awk '
    BEGIN { n = split("base text rules match value record trich command", order); for (i = 1; i <= n; i++) level[order[i]] = i }
    function folder(path,    part) { return split(path, part, "/") > 2 ? part[2] : "trich" }
    /^[ \t]*#[ \t]*include[ \t]*"/ {
        split($0, quoted, "\"")
        target = FILENAME
        sub("[^/]*$", "", target)
        target = target quoted[2]
        while (sub("[^/]+/\\.\\./", "", target)) { }
        own = folder(FILENAME); other = folder(target)
        if (target == "extractor/trich.h" || own == other) next
        if (!(other in level) || level[other] > level[own])
            print FILENAME ":" FNR ": " own " must not include " target
        else if (own == "command")
            print FILENAME ":" FNR ": the command includes only trich.h and its own headers, not " target
    }' {} + > "${TMPDIR:-/tmp}/structure.$$"
trap 'rm -f "${TMPDIR:-/tmp}/structure.$$"' EXIT

# By what the library's objects define and want of each other; tsort names the members of a circle.
nm -A "$B/libtrich.a" | awk '
    { sub(/^[^:]*:/, ""); object = $0; sub(/:.*/, "", object); name = $NF; type = $(NF - 1) }
    type == "U" { wanted[object " " name] }
    type ~ /^[A-TV-Z]$/ { definer[name] = object }
    END {
        for (pair in wanted) {
            split(pair, part, " ")
            if (part[2] in definer && definer[part[2]] != part[1]) print part[1], definer[part[2]]
        }
    }' | tsort 2>&1 > /dev/null | sed 's/^tsort: -: .*/extractor:0: files that need each other in a circle:/; s/^tsort: //' \
    >> "${TMPDIR:-/tmp}/structure.$$"

{
    find extractor tests -name '*.[ch]' -o -name '*.sh' | while read -r f; do
        lines=$(wc -l < "$f")
        [ "$lines" -le 620 ] || echo "$f:$lines: longer than 620 lines: cut it where its subjects part"
    done
    # A column of a table that neither a pattern nor C asks for, and a group that C does not read, would let whoever
    # fills it wait in vain.
    for f in rules/*.tsv; do
        t=${f#rules/} t=${t%.tsv}
        sed 1q "$f" | grep -q '^#' || echo "$f:1: no comment says what a row is"
        grep -v '^#' "$f" | sed 1q | tr '\t' '\n' | tail -n +2 | while read -r column; do
            [ "$column" = note ] || cat extractor/rules/vocabulary.[ch] rules/*.xml |
                grep -q "\"$column\"\|{table:$t:$column=" || echo "$f:1: nothing asks for the column $column"
        done
    done
    sed -n 's/^ *X(\([A-Z]*\), \([a-z0-9]*\)).*/\1 \2/p' extractor/rules/kinds.h | while read -r kind group; do
        grep -rqw "${kind}_$group" extractor/value || echo "extractor/rules/kinds.h:0: nothing reads the group $group"
    done
    for f in *; do
        case $f in
        extractor | rules | samples | tests | Makefile | README.md | LICENSE | build) ;;
        *) echo "$f:0: does not belong at the top" ;;
        esac
    done
} >> "${TMPDIR:-/tmp}/structure.$$"

cat "${TMPDIR:-/tmp}/structure.$$"
[ ! -s "${TMPDIR:-/tmp}/structure.$$" ]
