/* Figures: amounts of money that are printed without their currency. */
#include "character.h"
#include "figure.h"

/* How a number stands to the money in front. */
enum money_front {
    MONEY_NONE,   /* there is none */
    MONEY_NEAR,   /* gạo 15.000 đồng/kg, thịt 120.000 */
    MONEY_SERIES, /* by another name: Đắk Lắk 41.200 đồng, Lâm Đồng 40.700 */
    MONEY_CELL    /* a table's next cell: Camry 1.383.000.000 1.310.000.000 */
};

static enum money_front money_in_front(const struct figure_candidate *candidate)
{
    const char *text = candidate->reading->text;
    const struct item *item = figure_in_front(candidate);
    const struct figure *figure = item != NULL ? item->data : NULL;
    if (figure == NULL || !slice_is(slice_from(figure->kind), FIGURE_KIND_MONEY))
        return MONEY_NONE;
    size_t at = item->match.end;
    if (candidate->start - at <= 1)
        return MONEY_CELL;
    if (figure->range || !figure_context_joint_behind(candidate->reading, &at))
        return MONEY_NEAR;
    size_t names = at;
    while (at < candidate->start && figure_context_is_capital(text + at)) {
        while (at < candidate->start && !is_blank(text[at]))
            at++;
        at++;
    }
    return at == candidate->start && at > names ? MONEY_SERIES : MONEY_NEAR;
}

/* In a list of tallies a bare amount is one too. */
static bool follows_tally(const struct figure_candidate *candidate)
{
    const struct item *item = figure_in_front(candidate);
    return item != NULL && ((const struct figure *)item->data)->tally;
}

bool figure_is_bare_money(struct figure_candidate *candidate, const struct quantity *quantity,
                          const struct figure_behind *behind)
{
    bool folded = behind->folded && !figure_is_in_heading(candidate, behind);
    if (quantity->power < 3 || (!folded && !behind->quoted && behind->class != NOUN_NONE &&
                                behind->class != NOUN_CAPITAL && behind->class != NOUN_MONEY))
        return false;
    if (behind->class != NOUN_MONEY &&
        (follows_tally(candidate) || figure_context_is_tally(candidate->reading, candidate->start) ||
         figure_context_is_tally_of(candidate->reading, candidate->end)))
        candidate->figure->tally = true;
    return !candidate->figure->tally;
}

/* một thỏi son giá 150.000 là rẻ: thousands in a clause or series of money */
bool figure_is_price(const struct figure_candidate *candidate, const struct quantity *quantity,
                     const struct figure_behind *behind)
{
    const struct figure_before *before = &candidate->before;
    if (!quantity->grouped || quantity->comma || quantity->power > 0 ||
        (behind->class != NOUN_NONE && behind->class != NOUN_CAPITAL) || before->name || before->digits_name)
        return false;
    enum money_front front = money_in_front(candidate);
    if ((!quantity->thousands && front < MONEY_SERIES) || (quantity->digits <= 4 && front != MONEY_SERIES))
        return false;
    traits kind = figure_context_clause(candidate->reading, candidate->start);
    return !has_trait(kind, TRAIT_COUNT) &&
           (front != MONEY_NONE || quantity->digits >= 8 || has_trait(kind, TRAIT_MONEY));
}
