#!/bin/sh
# Installs into an empty folder, builds tests/installed.c against what is there, shared and static, runs it, and
# uninstalls. Environment: CC, CFLAGS, MAKE, B (the build folder), WRAPPER.
set -e
root=$(cd "$(dirname "$0")/.." && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$root"
: "${MAKE:=make}" "${CC:=cc}" "${B:=build}"

fail() {
    echo "installed: $*"
    exit 1
}

"$MAKE" -s install DESTDIR="$work/root" PREFIX=/opt/trich B="$B" CC="$CC" CFLAGS="$CFLAGS"
export PKG_CONFIG_SYSROOT_DIR="$work/root" PKG_CONFIG_PATH="$work/root/opt/trich/lib/pkgconfig"
lib=$work/root/opt/trich/lib

[ "$(pkg-config --modversion trich)" = "$("$B/trich" --version | cut -d ' ' -f 2)" ] || fail 'pkg-config has another version'
# What stands outside trich_ would be in the way of the programs that use the library.
foreign=$(nm -D --defined-only "$lib/libtrich.so" | awk '$3 !~ /^trich_/ { print $3 }' | grep -v '^__\(asan\|ubsan\|odr\)' || true)
[ -z "$foreign" ] || fail "symbols of the shared library without trich_: $foreign"

expected='plate 3-13 29A-123.45 29'
$CC -std=c11 -Wall -Wextra -Werror $CFLAGS -o "$work/shared" tests/installed.c $(pkg-config --cflags --libs trich)
got=$(LD_LIBRARY_PATH=$lib $WRAPPER "$work/shared" tests/rules)
[ "$got" = "$expected" ] || fail "shared: $got"
readelf -d "$work/shared" | grep -q 'NEEDED.*libtrich\.so\.[0-9]' || fail 'not linked with the shared library by its version'

# The libraries under libtrich come from the system, not from the folder installed into.
$CC -std=c11 $CFLAGS -o "$work/static" tests/installed.c $(pkg-config --cflags trich) "$lib/libtrich.a" \
    $(env -u PKG_CONFIG_SYSROOT_DIR pkg-config --libs $(pkg-config --print-requires-private trich)) -pthread
got=$($WRAPPER "$work/static" tests/rules)
[ "$got" = "$expected" ] || fail "static: $got"

# The header is C++ too, where there is a compiler for it.
if command -v c++ > /dev/null; then
    echo '#include <trich.h>' | c++ -x c++ -fsyntax-only $(pkg-config --cflags trich) - || fail 'the header is no C++'
fi

"$work/root/opt/trich/bin/trich" --version > /dev/null || fail 'the installed command does not run'
"$MAKE" -s uninstall DESTDIR="$work/root" PREFIX=/opt/trich B="$B"
left=$(find "$work/root" -type f -o -type l)
[ -z "$left" ] || fail "uninstall leaves $left"
echo 'installed: header, libraries, pkg-config, command: good'
