#include "unmarked.h"

#include <utf8proc.h>

#include "../base/buffer.h"

static bool is_mark(utf8proc_int32_t code)
{
    utf8proc_category_t category = utf8proc_category(code);
    return category == UTF8PROC_CATEGORY_MN || category == UTF8PROC_CATEGORY_MC;
}

/* Đ is a letter of its own to Unicode, so not decomposed. */
int32_t unmarked_letter(int32_t code, int32_t before)
{
    (void)before;
    utf8proc_int32_t parts[8];
    int boundary = 0;
    if (is_mark(code))
        return LOOKUP_DROP;
    if (code == 0x110 || code == 0x111)
        return code == 0x110 ? 'D' : 'd';
    utf8proc_ssize_t count = utf8proc_decompose_char(code, parts, 8, UTF8PROC_DECOMPOSE, &boundary);
    return count > 0 && !is_mark(parts[0]) ? parts[0] : code;
}

static void append_row(struct buffer *bytes, const struct table *table, size_t row)
{
    char bare[LOOKUP_MAX_BYTES];
    if (slice_is(lookup_cell(table, (long)row, COLUMN_MARKS), "needed"))
        return;
    struct slice key = lookup_rewrite(table_cell(table, row, 0), unmarked_letter, bare);
    if (key.data == NULL)
        return;
    buffer_append_slice(bytes, key);
    buffer_append_byte(bytes, '\t');
    buffer_append_slice(bytes, lookup_cell(table, (long)row, COLUMN_WHAT));
    buffer_append_byte(bytes, '\n');
}

static struct table *make_fronts(const struct table *table)
{
    struct buffer bytes;
    struct trich_error error;
    buffer_init(&bytes);
    buffer_append_string(&bytes, "words\twhat\n");
    for (size_t row = 0; row < table->row_count; row++)
        append_row(&bytes, table, row);
    struct table *fronts = bytes.failed ? NULL
                                        : table_read("before-districts, unmarked", table->file, bytes.data,
                                                     bytes.length, &error);
    buffer_clear(&bytes);
    return fronts;
}

const struct table *unmarked_fronts(const struct rules *rules)
{
    struct rules *own = (struct rules *)rules; /* the lock guards what is not const */
    const struct table *table = rules_known(rules, TABLE_BEFORE_DISTRICTS);
    struct table *fronts = atomic_load_explicit(&own->unmarked_fronts, memory_order_acquire);
    if (fronts != NULL || table == NULL)
        return fronts;
    (void)pthread_mutex_lock(&own->lock);
    fronts = atomic_load_explicit(&own->unmarked_fronts, memory_order_relaxed);
    if (fronts == NULL) {
        fronts = make_fronts(table);
        atomic_store_explicit(&own->unmarked_fronts, fronts, memory_order_release);
    }
    (void)pthread_mutex_unlock(&own->lock);
    return fronts;
}
