#!/bin/sh
# make bench: ratios measured in one run, medians of several, over ../shared/bulk/news.txt or, where that is absent, a
# corpus made from samples/. Prints also a checksum of the records: a speed-up must keep them byte for byte the same.
# usage: tests/bench.sh BUILD_DIRECTORY
set -e
build=$1
corpus=../shared/bulk/news.txt
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
if [ ! -r "$corpus" ]; then
    corpus=$work/corpus
    for i in $(seq 400); do for f in samples/*.txt; do tr '\n' ' ' < "$f"; echo; done; done > "$corpus"
fi
head -c 8000000 "$corpus" > "$work/part" # up to a cut article, whose last character may be broken
sed -i '$d' "$work/part"

# Median user+system seconds of five runs of a command.
median() {
    for i in 1 2 3 4 5; do
        bash -c 'TIMEFORMAT="%U %S %R"; time "$@" > /dev/null 2>&1' - "$@" 2>&1
    done | awk -v field="$field" '{ print field == "wall" ? $3 : $1 + $2 }' | sort -n | sed -n 3p
}
field=cpu
all=$(median "$build/trich" -q --jobs=1 --split=line "$corpus")
words=$(median env LC_ALL=C.UTF-8 wc -w "$corpus")
trich=$(median "$build/trich" -q --jobs=1 --split=line "$work/part")
field=wall
two=$(median "$build/trich" -q --jobs=2 --split=line "$corpus")
one=$(median "$build/trich" -q --jobs=1 --split=line "$corpus")
echo "corpus: $(wc -c < "$corpus") bytes, $(wc -l < "$corpus") articles"
awk -v t="$all" -v w="$words" 'BEGIN { printf "(a) trich --jobs=1: %.2f s, wc -w: %.3f s, ratio %.1f\n", t, w, t / w }'
awk -v a="$one" -v b="$two" 'BEGIN { printf "(d) --jobs=2 is %.2f times as fast as --jobs=1\n", a / b }'
head -c 2000 "$work/part" | iconv -c -f UTF-8 -t UTF-8 > "$work/small"
loop='i=0; while [ $i -lt 50 ]; do "$@" > /dev/null; i=$((i + 1)); done'
start=$(median sh -c "$loop" - "$build/trich" -q "$work/small")
if command -v jq > /dev/null; then
    echo '{}' > "$work/empty"
    other=$(median sh -c "$loop" - jq . "$work/empty")
    awk -v t="$start" -v j="$other" 'BEGIN { printf "(c) a 2 kB article: %.1f ms, jq: %.1f ms, ratio %.2f\n", t * 20, j * 20, t / j }'
else
    awk -v t="$start" 'BEGIN { printf "(c) a 2 kB article: %.1f ms (no jq to compare with)\n", t * 20 }'
fi
own=$(median "$build/trich" -q --rules=rules "$work/small")
awk -v o="$own" -v t="$start" 'BEGIN { printf "(c) with rules read from a directory: %.2f s, %.0f times as long\n", o, o * 50 / t }'
for copies in 1 10 100; do
    for i in $(seq $copies); do cat "$work/part"; done |
        /bin/sh -c 'exec 3<&0; "$0" -q --jobs=1 --split=line <&3 > /dev/null & p=$!; peak=0
            while [ -r /proc/$p/status ]; do k=$(awk "/VmHWM/ { print \$2 }" /proc/$p/status 2>/dev/null); [ -n "$k" ] && peak=$k; sleep 0.1; done
            echo "(e) '"$copies"' copies on standard input: peak $peak kB"' "$build/trich"
done
# Rules that know ten districts, and as many more as make $1 that no text has but that begin like those that texts have: what
# is found is the same, what is looked up grows.
rules_with_names() {
    "$build/trich" rules export "$work/rules-$1"
    awk -F '\t' -v OFS='\t' -v names="$1" '
        /^#/ { next }
        !head++ { print; columns = NF; next }
        { split($1, words, " "); known[$1] = 1; if (count < 10 && !($1 in real)) { real[$1] = 1; count++ } }
        $1 in real { print }
        { first[lines++] = words[1] }
        END {
            for (n = 10; n < names; n++) {
                row = first[n % lines] " Zoang" sprintf("%c%c", 97 + int(n / 26) % 26, 97 + n % 26) "\t" 100 + n % 900 "\thuyện\tHà Nội\t01"
                for (i = 6; i <= columns; i++) row = row "\t"
                print row
            }
        }' rules/districts.tsv > "$work/rules-$1/districts.tsv"
    for table in district-spellings district-skeletons; do
        awk -F '\t' 'FNR == NR { if (FNR > 1) names[$1] = 1; next } /^#/ { next } !head++ || ($2 in names)' \
            "$work/rules-$1/districts.tsv" "rules/$table.tsv" > "$work/rules-$1/$table.tsv"
    done
}
# Measured warm, by the medians of bench-stages: that larger patterns take longer to compile is no cost of the text.
head -c 2000000 "$work/part" | sed '$d' > "$work/first"
for names in 10 1000; do
    rules_with_names $names
    eval "cost_$names=\$("$build/bench-stages" "$work/first" "$work/rules-$names" | awk '/in all/ { print \$1 }')"
    "$build/trich" -q --split=line --rules="$work/rules-$names" "$work/part" > "$work/found-$names"
done
awk -v a="$cost_10" -v b="$cost_1000" -v n="$(grep -c '<district' "$work/found-10")" \
    -v same="$(cmp -s "$work/found-10" "$work/found-1000" && echo the same || echo OTHER RECORDS THAN)" \
    'BEGIN { printf "(f) with 1,000 district names %.2f times the cost of 10 per byte, and %s %d districts\n", b / a, same, n }'
dense() { awk -v piece="$1" 'BEGIN { while (length(text) < 1000000) { text = text piece; if (n++ > 20) { printf "%s", text; exit_size += length(text); text = ""; n = 0; if (exit_size > 1000000) exit } } }'; }
for piece in 7 'ngày ' / 1. 'Nghị định số 30/2020/NĐ-CP ngày 5/3/2020 của Chính phủ, '; do
    dense "$piece" > "$work/hostile"
    cost=$(median "$build/trich" -q --jobs=1 "$work/hostile")
    awk -v c="$cost" -v t="$trich" -v n="$(wc -c < "$work/hostile")" -v all="$(wc -c < "$work/part")" -v p="$piece" \
        'BEGIN { printf "(g) a megabyte of \"%s\": %.1f times the cost of news per byte\n", p, (c / n) / (t / all) }'
done
cost=$(median "$build/trich" -q --jobs=1 "$work/part")
awk -v c="$cost" -v t="$trich" 'BEGIN { printf "(g) the news as one article: %.2f times the cost of article by article\n", c / t }'
"$build/bench-stages" "$work/part"
"$build/bench-text" "$work/part"
echo "records: $("$build/trich" -q --split=line < "$work/part" | md5sum | cut -d' ' -f1)"
