/*
 * Figures: the cells of a table in running text, whose head says the unit: "ĐVT: triệu đồng STT Mẫu xe Giá
 * bán 1 Camry 1.383 2 Vios 622". A cell is an amount of that unit with its magnitude multiplied in: the
 * record's value and unit say together how much it is, and no unit says "million đồng".
 */
#include "character.h"
#include "figure.h"

enum { MAX_GAP = 240, MAX_ROW = 200 };

struct figure_head {
    struct figure unit; /* kind, unit and per */
    int power;          /* of ten, by which cells are multiplied */
    size_t seen;        /* the text up to here holds no end of the table */
    size_t last;        /* end of the head or of the last cell */
    int row;            /* number of the row, 0 before the first or if rows have none */
    bool barred;        /* each cell ends with a bar, as pages of the web are written out: 6.200 | */
};

void figure_table_begin(struct figure_candidate *candidate, int power)
{
    struct reading *reading = candidate->reading;
    reading->head = arena_calloc(reading->arena, 1, sizeof *reading->head);
    if (reading->head == NULL) {
        reading->failed = true;
        return;
    }
    *reading->head = (struct figure_head){
        .unit = *candidate->figure, .power = power, .seen = candidate->end, .last = candidate->end};
    size_t end = candidate->end;
    while (end < reading->length && (is_blank(reading->text[end]) || reading->text[end] == ')'))
        end++;
    reading->head->barred = end < reading->length && reading->text[end] == '|';
}

/* A sentence that ends in front of the candidate ends the table, and so does much text without a cell. */
static bool is_over(struct figure_head *head, const struct figure_candidate *candidate)
{
    const char *text = candidate->reading->text;
    for (; head->seen + 2 < candidate->start; head->seen++)
        if (strchr(".?!;", text[head->seen]) != NULL && is_blank(text[head->seen + 1]) &&
            figure_context_is_capital(text + head->seen + 2))
            return true;
    return candidate->start > head->last + MAX_GAP;
}

/* Stands as cells do: behind a name or another cell, in front of the next of them. */
static bool is_cell(const struct figure_candidate *candidate)
{
    const char *text = candidate->reading->text;
    size_t start = candidate->start;
    size_t end = candidate->end;
    if (start < 2 || !is_blank(text[start - 1]) || strchr("(,-+", text[start - 2]) != NULL)
        return false;
    if (end + 1 >= candidate->reading->length)
        return true;
    return is_blank(text[end]) && (is_digit(text[end + 1]) || strchr("-+\n", text[end + 1]) != NULL ||
                                   figure_context_is_capital(text + end + 1));
}

/* Between bars, which columns of other things have as well: 6.200 | but neither 12 | nor 2.023 | */
static bool is_barred_cell(const struct figure_candidate *candidate, const struct quantity *quantity)
{
    const char *text = candidate->reading->text;
    size_t start = candidate->start;
    size_t end = candidate->end;
    bool price = quantity->grouped && text[end - 1] == '0' && text[end - 2] == '0';
    return price && (start == 0 || is_blank(text[start - 1])) &&
           (start < 2 || text[start - 1] == '\n' || text[start - 2] == '|') &&
           end + 1 < candidate->reading->length && is_blank(text[end]) && text[end + 1] == '|';
}

/* The number of the next row: it goes up by one and a name follows. */
static bool is_row(struct figure_head *head, const struct figure_candidate *candidate,
                   const struct quantity *quantity)
{
    struct decimal next;
    const char *behind = candidate->reading->text + candidate->end;
    if (candidate->end + 1 >= candidate->reading->length || !is_blank(behind[0]) ||
        !figure_context_is_capital(behind + 1))
        return false;
    if (quantity->digits > 3 || head->row >= MAX_ROW ||
        !decimal_set_number(&next, (unsigned long)head->row + 1) ||
        decimal_compare(&quantity->value, &next) != 0)
        return false;
    head->row++;
    return true;
}

enum figure_cell figure_table_cell(struct figure_candidate *candidate, const struct quantity *quantity)
{
    struct figure_head *head = candidate->reading->head;
    if (head == NULL)
        return CELL_NONE;
    if (is_over(head, candidate)) {
        candidate->reading->head = NULL;
        return CELL_NONE;
    }
    bool cell = head->barred ? is_barred_cell(candidate, quantity) : is_cell(candidate);
    if (!cell || quantity->power > 0 || quantity->point || figure_looks_like_year(quantity))
        return CELL_NONE;
    if (!head->barred && is_row(head, candidate, quantity))
        return CELL_ROW;
    struct figure *figure = candidate->figure;
    struct figure amount = head->unit;
    amount.range = figure->range;
    amount.value = amount.range ? figure->value : quantity->value;
    amount.other = quantity->value;
    if (!decimal_shift(&amount.value, head->power) || !decimal_shift(&amount.other, head->power))
        return CELL_NONE;
    *figure = amount;
    head->last = candidate->end;
    return CELL_AMOUNT;
}
