# trich: builds the library and the command, tests and installs them.
#
#   make setup            install the Debian 12 packages that building and testing need
#   make                  build/trich, build/libtrich.a, build/libtrich.so.0
#   make run              the records of a sample on the screen
#   make check            every test; the parts: make check-unit, check-cli, ... (see CHECKS)
#   make check-slurm      an array job on a Slurm cluster of two nodes on this machine
#   make asan | valgrind  every test under the sanitizers | under valgrind
#   make bench            what it costs, as ratios to other programs
#   make lint | format    clang-format and clang-tidy | format the sources in place
#   make install [DESTDIR=] [PREFIX=/usr/local] | uninstall
#
# B is the folder that everything is built in: another compiler is tried with `make B=build/clang CC=clang check`.

B = build
CFLAGS = -O2 -g
PREFIX = /usr/local
LIBDIR = $(PREFIX)/lib

WARNINGS = -Wall -Wextra -Wshadow -Wconversion -Wstrict-prototypes -Wmissing-prototypes
# Looked up at first use and once only: `make setup run` starts before pkg-config is installed.
PACKAGES = libpcre2-8 libutf8proc libxml-2.0
PACKAGE_CFLAGS = $(eval PACKAGE_CFLAGS := $$(shell pkg-config --cflags $(PACKAGES)))$(PACKAGE_CFLAGS)
PACKAGE_LIBS = $(eval PACKAGE_LIBS := $$(shell pkg-config --libs $(PACKAGES)))$(PACKAGE_LIBS)
COMPILE = $(CC) -std=c11 $(WARNINGS) -fPIC -fvisibility=hidden -pthread -D_POSIX_C_SOURCE=200809L \
	$(PACKAGE_CFLAGS) $(CPPFLAGS) $(CFLAGS)
LINK = $(CC) $(CFLAGS) -pthread $(LDFLAGS)
# Only what is made is shown; `make V=1` shows how, `make -s` nothing.
SILENT = $(findstring s,$(filter-out -%,$(firstword $(MAKEFLAGS))))
Q = $(if $V,,@$(if $(SILENT),,echo '  $@'; ))

VERSION := $(shell sed -n 's/.*define TRICH_VERSION "\(.*\)".*/\1/p' extractor/trich.h)
SONAME = libtrich.so.$(firstword $(subst ., ,$(VERSION)))

RULE_FILES = $(sort $(wildcard rules/*.xml rules/*.tsv rules/*.rng rules/*.md))
SCHEMAS = $(wildcard rules/*.rng)
LIBRARY_SOURCES = $(filter-out $(PREPARE_SOURCE),\
	$(wildcard $(addprefix extractor/,base/*.c text/*.c rules/*.c match/*.c value/*.c record/*.c *.c)))
# The program that works out the built-in rules when building: all of base and rules but what needs its result.
PREPARE_SOURCE = extractor/rules/prepare.c
PREPARE_OBJECTS = $(call object,$(PREPARE_SOURCE) $(filter-out extractor/rules/builtin.c,\
	$(filter extractor/base/% extractor/rules/%,$(LIBRARY_SOURCES)))) $B/obj/builtin-bytes.o $B/obj/builtin-files.o
COMMAND_SOURCES = $(wildcard extractor/command/*.c)
TEST_SOURCES = $(wildcard tests/*/*.c)
# tests/NAME/*.c makes the program build/tests/NAME.
UNIT_TESTS = $(addprefix $B/tests/,$(notdir $(patsubst %/,%,$(sort $(dir $(TEST_SOURCES))))))

object = $(patsubst %.c,$B/obj/%.o,$(1))
LIBRARY_OBJECTS = $(call object,$(LIBRARY_SOURCES)) $B/obj/builtin-bytes.o $B/obj/builtin-files.o $B/obj/prepared.o $B/obj/prepared-bytes.o
COMMAND_OBJECTS = $(call object,$(COMMAND_SOURCES))

# ---- building ----

all: $B/trich $B/libtrich.a $B/$(SONAME) $B/trich.1

$B/trich: $(COMMAND_OBJECTS) $B/libtrich.a
	$Q$(LINK) -o $@ $^ $(PACKAGE_LIBS)

$B/libtrich.a: $(LIBRARY_OBJECTS)
	@rm -f $@
	$Q$(AR) rcs $@ $^

$B/$(SONAME): $(LIBRARY_OBJECTS)
	$Q$(LINK) -shared -Wl,-soname,$(SONAME) -o $@ $^ $(PACKAGE_LIBS)

$B/obj/%.o: %.c Makefile
	@mkdir -p $(@D)
	$Q$(COMPILE) -MMD -MP -c -o $@ $<

.SECONDEXPANSION:
$(UNIT_TESTS): $B/tests/%: $$(call object,$$(wildcard tests/$$*/*.c)) $B/libtrich.a
	@mkdir -p $(@D)
	$Q$(LINK) -o $@ $^ $(PACKAGE_LIBS) -lcriterion

# There the library's allocations come to the test, which makes them fail.
comma = ,
$B/tests/memory: private LDFLAGS += $(addprefix -Wl$(comma)--wrap=,malloc calloc realloc strdup strndup)

# The rule files, built in: the bytes by the assembler, their names and ends by a table in C. The folder itself
# is a prerequisite because a file that was taken out has to go from the binary too.
$B/builtin-bytes.S: $(RULE_FILES) $(wildcard rules) Makefile
	@mkdir -p $(@D)
	@{ echo '.section .rodata'; n=0; for f in $(RULE_FILES); do s=trich_builtin_$$n; \
	  printf '.globl %s, %s_end\n.hidden %s, %s_end\n%s: .incbin "%s"\n%s_end: .byte 0\n' $$s $$s $$s $$s $$s $$f $$s; \
	  n=$$((n+1)); done; echo '.section .note.GNU-stack,"",%progbits'; } > $@

$B/builtin-files.c: $(RULE_FILES) $(wildcard rules) Makefile
	@mkdir -p $(@D)
	@{ echo '#include "rules/builtin.h"'; n=0; for f in $(RULE_FILES); do s=trich_builtin_$$n; \
	  echo "extern const char $$s[], $${s}_end[];"; n=$$((n+1)); done; \
	  echo 'const struct builtin_file builtin_files[] = {'; n=0; for f in $(RULE_FILES); do s=trich_builtin_$$n; \
	  echo "    {\"$$(basename $$f)\", $$s, $${s}_end},"; n=$$((n+1)); done; \
	  echo '    {0, 0, 0}};'; } > $@

$B/obj/builtin-bytes.o: $B/builtin-bytes.S $(RULE_FILES)
	@mkdir -p $(@D)
	$Q$(CC) -c -o $@ $<

$B/obj/builtin-files.o: $B/builtin-files.c
	@mkdir -p $(@D)
	$Q$(COMPILE) -Iextractor -c -o $@ $<

$B/prepare: $(PREPARE_OBJECTS)
	$Q$(LINK) -o $@ $^ $(PACKAGE_LIBS)

# A rule file that is wrong stops the build here, with its line and column.
$B/prepared.c $B/prepared.bin &: $B/prepare $(RULE_FILES) $(wildcard rules)
	$Q$B/prepare rules $B/prepared.bin > $B/prepared.part
	@mv $B/prepared.part $B/prepared.c

$B/obj/prepared-bytes.o: $B/prepared.bin
	@mkdir -p $(@D)
	@printf '.section .rodata\n.balign 16\n.global prepared_bytes\n.hidden prepared_bytes\nprepared_bytes: .incbin "%s"\n%s\n' \
	  $< '.section .note.GNU-stack,"",%progbits' > $B/prepared-bytes.S
	$Q$(CC) -c -o $@ $B/prepared-bytes.S

$B/obj/prepared.o: $B/prepared.c
	@mkdir -p $(@D)
	$Q$(COMPILE) -Iextractor -c -o $@ $<

# The manual page's prose, with the lists that the command prints of its own options.
$B/trich.1: extractor/command/trich.1 $B/trich
	$Q{ sed '/^\.\\" OPTIONS/,$$d' $< && $B/trich help mdoc && sed '1,/^\.\\" OPTIONS/d' $<; } > $@

clean:
	rm -rf $B

-include $(patsubst %.o,%.d,$(LIBRARY_OBJECTS) $(PREPARE_OBJECTS) $(COMMAND_OBJECTS) $(call object,$(TEST_SOURCES)))

# ---- Debian packages ----

SUDO = $(shell [ "$$(id -u)" = 0 ] || echo sudo)
NEEDED = gcc libc6-dev make pkg-config libpcre2-dev libutf8proc-dev libxml2-dev libxml2-utils libcriterion-dev \
	parallel
TOOLS = mandoc zsh clang clang-format clang-tidy valgrind
apt-install = @missing=$$(for p in $(1); do dpkg-query -W -f '$${Status}\n' $$p 2>/dev/null | \
	grep -q ' ok installed' || echo $$p; done); [ -z "$$missing" ] || { $(SUDO) apt-get update -q && \
	$(SUDO) env DEBIAN_FRONTEND=noninteractive apt-get install -qy --no-install-recommends $$missing; }

setup:
	$(call apt-install,$(NEEDED))
setup-tools: setup
	$(call apt-install,$(TOOLS))

# Nothing may be compiled before the compiler is there.
ifneq (,$(filter setup%,$(MAKECMDGOALS)))
.NOTPARALLEL:
endif

run: $B/trich
	$B/trich $(firstword $(wildcard samples/*.txt))

# ---- testing ----

CHECKS = check-structure check-unit check-cli check-batch check-rules check-samples check-installed
# What every program under test is started with: valgrind, or nothing.
WRAPPER =

# The benches are built too, lest they rot.
check: $(CHECKS) $B/bench-text $B/bench-stages
	@echo 'make check: all passed'

# Include order, no circles, length of files, nothing foreign at the top level.
check-structure: $B/libtrich.a
	@B=$B tests/structure.sh

check-unit: $(UNIT_TESTS)
	@for t in $(UNIT_TESTS); do echo "$$t"; $(WRAPPER) $$t || exit 1; done

check-cli: $B/trich
	@TRICH='$(WRAPPER) $(abspath $B/trich)' SCHEMAS='$(abspath $(SCHEMAS))' tests/cli.sh

# Batches killed, memory, many processes.
check-batch: $B/trich
	@TRICH='$(WRAPPER) $(abspath $B/trich)' tests/batch.sh

# The examples and counter-examples that the rules carry.
check-rules: $B/trich
	$(WRAPPER) $B/trich rules check

check-samples: $B/trich
	$(WRAPPER) $B/trich validate --quiet samples
	$B/trich samples | xmllint --noout --relaxng rules/records.rng -

# An array job on a cluster of two nodes that is set up for it: `apt-get install slurmctld slurmd slurm-client munge`.
check-slurm: $B/trich
	@TRICH='$(abspath $B/trich)' tests/slurm.sh

# What a user of the library does: install, compile against the header, link by pkg-config, run.
check-installed: $B/trich $B/libtrich.a $B/$(SONAME)
	@CC='$(CC)' CFLAGS='$(CFLAGS)' MAKE='$(MAKE)' B=$B WRAPPER='$(WRAPPER)' tests/installed.sh

# Ratios of costs: see tests/bench.sh.
bench: $B/trich $B/bench-text $B/bench-stages
	@tests/bench.sh $B
$B/bench-text $B/bench-stages: $B/bench-%: $B/obj/tests/bench-%.o $B/libtrich.a
	$Q$(LINK) -o $@ $^ $(PACKAGE_LIBS)

# A leak leaves the exit status of a Criterion program at 0, so any report left in the log folder fails the run.
asan:
	@rm -rf $B/asan/log && mkdir -p $B/asan/log
	LSAN_OPTIONS=suppressions=$(CURDIR)/tests/lsan.supp:print_suppressions=0 \
	  ASAN_OPTIONS=log_path=$(CURDIR)/$B/asan/log/asan UBSAN_OPTIONS=print_stacktrace=1:log_path=$(CURDIR)/$B/asan/log/ubsan \
	  $(MAKE) check B=$B/asan CFLAGS='-O1 -g -fno-omit-frame-pointer -fsanitize=address,undefined -fno-sanitize-recover=all'
	@! cat $B/asan/log/* 2>/dev/null

VALGRIND = valgrind -q --leak-check=full --show-leak-kinds=definite \
	--errors-for-leak-kinds=definite --suppressions=$(CURDIR)/tests/valgrind.supp --error-exitcode=99 --trace-children=yes --log-file=$(CURDIR)/$B/valgrind/%p
valgrind:
	@rm -rf $B/valgrind && mkdir -p $B/valgrind
	THIN=20 $(MAKE) check WRAPPER='$(VALGRIND)' CHECKS='$(filter-out check-structure check-batch,$(CHECKS))'
	@! find $B/valgrind -type f -size +0 -exec cat {} + | grep .

HEADERS = $(wildcard extractor/*.h extractor/*/*.h tests/*.h tests/*/*.h)
SOURCES = $(LIBRARY_SOURCES) $(PREPARE_SOURCE) $(COMMAND_SOURCES) $(TEST_SOURCES) $(wildcard tests/*.c)
lint: $B/trich.1
	mandoc -T lint $B/trich.1
	@clang-format --dry-run -Werror $(SOURCES) $(HEADERS)
	@printf '%s\n' $(SOURCES) | xargs -P "$$(nproc)" -n 4 sh -c 'clang-tidy --quiet "$$@" -- -std=c11 \
	  -D_POSIX_C_SOURCE=200809L -Iextractor $(PACKAGE_CFLAGS)' clang-tidy

format:
	@clang-format -i $(SOURCES) $(HEADERS)

# ---- installing ----

install: all
	install -d $(addprefix $(DESTDIR),$(PREFIX)/bin $(LIBDIR)/pkgconfig $(PREFIX)/include \
	  $(addprefix $(PREFIX)/share/,trich man/man1 bash-completion/completions zsh/site-functions))
	install $B/trich $(DESTDIR)$(PREFIX)/bin/trich
	install -m 644 $B/libtrich.a $(DESTDIR)$(LIBDIR)/libtrich.a
	install -m 644 $B/$(SONAME) $(DESTDIR)$(LIBDIR)/libtrich.so.$(VERSION)
	ln -sf libtrich.so.$(VERSION) $(DESTDIR)$(LIBDIR)/$(SONAME)
	ln -sf $(SONAME) $(DESTDIR)$(LIBDIR)/libtrich.so
	install -m 644 extractor/trich.h $(DESTDIR)$(PREFIX)/include/trich.h
	install -m 644 $(SCHEMAS) $(DESTDIR)$(PREFIX)/share/trich
	install -m 644 $B/trich.1 $(DESTDIR)$(PREFIX)/share/man/man1/trich.1
	$B/trich help bash > $(DESTDIR)$(PREFIX)/share/bash-completion/completions/trich
	$B/trich help zsh > $(DESTDIR)$(PREFIX)/share/zsh/site-functions/_trich
	printf '%s\n' 'prefix=$(PREFIX)' 'libdir=$(LIBDIR)' 'includedir=$${prefix}/include' '' 'Name: trich' \
	  'Description: Records from Vietnamese news and administrative text' 'Version: $(VERSION)' \
	  'Requires.private: $(PACKAGES)' 'Cflags: -I$${includedir}' 'Libs: -L$${libdir} -ltrich' \
	  'Libs.private: -pthread' > $(DESTDIR)$(LIBDIR)/pkgconfig/trich.pc

uninstall:
	rm -f $(DESTDIR)$(PREFIX)/bin/trich $(DESTDIR)$(LIBDIR)/libtrich.* $(DESTDIR)$(PREFIX)/include/trich.h \
	  $(DESTDIR)$(LIBDIR)/pkgconfig/trich.pc $(addprefix $(DESTDIR)$(PREFIX)/share/,man/man1/trich.1 \
	  bash-completion/completions/trich zsh/site-functions/_trich)
	rm -rf $(DESTDIR)$(PREFIX)/share/trich

.PHONY: all clean setup setup-tools run check $(CHECKS) check-slurm asan valgrind lint format install uninstall
