# trich: see README.md. Targets: all (default), check, clean.

CC ?= gcc
CFLAGS ?= -O2 -g
WARNINGS = -Wall -Wextra -Wshadow -Wconversion -Wstrict-prototypes -Wmissing-prototypes
PACKAGES = libpcre2-8 libutf8proc libxml-2.0
B = build

CPPFLAGS += -D_POSIX_C_SOURCE=200809L $(shell pkg-config --cflags $(PACKAGES))
LIBS = $(shell pkg-config --libs $(PACKAGES)) -lpthread

LIBRARY_SOURCES = $(wildcard extractor/base/*.c extractor/text/*.c extractor/rules/*.c extractor/match/*.c \
	extractor/value/*.c extractor/record/*.c extractor/*.c)
COMMAND_SOURCES = $(wildcard extractor/command/*.c)
LIBRARY_OBJECTS = $(LIBRARY_SOURCES:%.c=$B/%.o) $B/builtin.o $B/builtin-files.o
COMMAND_OBJECTS = $(COMMAND_SOURCES:%.c=$B/%.o)
RULE_FILES = $(wildcard rules/*.xml rules/*.tsv rules/*.rng)

all: $B/trich

$B/trich: $(COMMAND_OBJECTS) $B/libtrich.a
	$(CC) $(LDFLAGS) -o $@ $(COMMAND_OBJECTS) $B/libtrich.a $(LIBS)

$B/libtrich.a: $(LIBRARY_OBJECTS)
	@rm -f $@
	$(AR) rcs $@ $(LIBRARY_OBJECTS)

$B/%.o: %.c Makefile
	@mkdir -p $(@D)
	$(CC) -std=c11 $(WARNINGS) -fPIC -fvisibility=hidden $(CPPFLAGS) $(CFLAGS) -MMD -MP -c -o $@ $<

# The rule files, built in: the bytes by the assembler, their names and ends by a table in C.
$B/builtin.S $B/builtin-files.c: $(RULE_FILES) Makefile
	@mkdir -p $B
	@n=0; { echo '.section .rodata'; for f in $(RULE_FILES); do \
	  printf '.globl trich_builtin_%s, trich_builtin_%s_end\n.hidden trich_builtin_%s, trich_builtin_%s_end\ntrich_builtin_%s: .incbin "%s"\ntrich_builtin_%s_end: .byte 0\n' $$n $$n $$n $$n $$n $$f $$n; \
	  n=$$((n+1)); done; echo '.section .note.GNU-stack,"",%progbits'; } > $B/builtin.S
	@n=0; { echo '#include "../extractor/rules/builtin.h"'; \
	  for f in $(RULE_FILES); do echo "extern const char trich_builtin_$$n[], trich_builtin_$${n}_end[];"; n=$$((n+1)); done; \
	  echo 'const struct builtin_file builtin_files[] = {'; n=0; \
	  for f in $(RULE_FILES); do echo "    {\"$$(basename $$f)\", trich_builtin_$$n, trich_builtin_$${n}_end},"; n=$$((n+1)); done; \
	  echo '    {0, 0, 0}};'; } > $B/builtin-files.c

$B/builtin.o: $B/builtin.S $(RULE_FILES)
	$(CC) -c -o $@ $<

$B/builtin-files.o: $B/builtin-files.c
	$(CC) -std=c11 $(WARNINGS) -fPIC -fvisibility=hidden $(CPPFLAGS) $(CFLAGS) -c -o $@ $<

clean:
	rm -rf $B

-include $(LIBRARY_OBJECTS:.o=.d) $(COMMAND_OBJECTS:.o=.d)

.PHONY: all clean
