/* The main text of pages, where it came from, and their dates. */
#include "../../extractor/text/text.h"
#include "../thin.h"
#include "origin.h"

#include <criterion/criterion.h>
#include <stdlib.h>

static struct text text;

static void read_page(const char *page, size_t length)
{
    struct text_options options = {.source = "page.html", .html = true};
    struct trich_error error;
    cr_assert(text_read(&text, page, length, &options, &error), "%s", error.message);
}

static void expect_text(const char *page, const char *expected)
{
    read_page(page, strlen(page));
    cr_expect(text.length == strlen(expected) && memcmp(text.bytes, expected, text.length) == 0,
              "of %s\nexpected '%s'\n     got '%.*s'", page, expected, (int)text.length, text.bytes);
}

static void expect_origin(const char *page, const char *needle, const char *origin)
{
    read_page(page, strlen(page));
    expect_origin_of(&text, page, needle, origin);
}

static void expect_date(const char *page, const char *date)
{
    read_page(page, strlen(page));
    cr_expect_str_eq(text.metadata_date, date, "of %s: %s", page, text.metadata_date);
}

static void set_up(void)
{
    text_init(&text);
}

static void tear_down(void)
{
    text_clear(&text);
}

TestSuite(html, .init = set_up, .fini = tear_down);

Test(html, main_text)
{
    expect_text("", "");
    expect_text("<p>", "");
    expect_text("ngày 7/11", "ngày 7/11");
    expect_text("<p>một</p><p>hai", "một\n\nhai");
    expect_text("<p>một\n\n hai</p>\n\n", "một hai");
    expect_text("một<br>hai<br/>\n<BR />ba", "một\nhai\n\nba");
    expect_text("<b>28</b>-<i class=\"x>y\" title='>'>CTr</i>/TU", "28-CTr/TU");
    expect_text("ngày <b> 7</b> tháng", "ngày 7 tháng");
    expect_text("<td>một</td><td>hai</td>", "một\n\nhai");
    expect_text("ho&agrave; b&igrave;nh&nbsp;&amp; 3 &lt; 4 < 5 &bogus; a<1",
                "hòa bình & 3 < 4 < 5 &bogus; a<1");
    expect_text("a<!-- <p> -->b<!doctype x>c<?php > ?>d", "abc ?>d");
    expect_text("a<!-->b-->c", "ab-->c");
    expect_text("<head><title>T</title><meta name=a></head><body>thân</body>", "thân");
    expect_text("a<script>if (a<b) '</p>'</script>b<style>p > a {}</style>c", "abc");
    expect_text("a<script>không đóng", "a");
    expect_text("a<nav>b<nav>c</nav>d</nav>e<aside>g</aside><footer>h</footer><form>i</form>", "a\n\ne");
    expect_text("a<nav>không đóng", "a\n\nkhông đóng");
    expect_text("<pre>một\nhai\n\nba</pre>bốn\nnăm", "một\nhai\n\nba\n\nbốn năm");
    expect_text("<custom-element-with-a-long-name>a</custom-element-with-a-long-name>b", "ab");
    expect_text("a</", "a</");
    expect_text("a<b", "a");
    expect_text("a<b c='", "a");
    /* The quote is no attribute's value. */
    expect_text("a<b '>c", "ac");
}

Test(html, article)
{
    expect_text("<p>đầu trang</p><article><p>bài<nav>x</nav></p></article><p>cuối", "bài");
    expect_text("menu<main>bài</main>", "bài");
    expect_text("menu<main><article>bài dài</article><article>b</article></main>", "bài dài");
    /* A list of articles is not one. */
    expect_text("<article>một</article><article>hai</article>", "một\n\nhai");
    expect_text("menu<main><article>một</article><article>hai</article></main>", "một\n\nhai");
    expect_text("a<article>không đóng", "a\n\nkhông đóng");
}

Test(html, origins)
{
    expect_origin("<p>ngày 7</p>", "ngày 7", "ngày 7");
    expect_origin("<p>số <b>28</b>-<i>CTr</i>/TU</p>", "28-CTr/TU", "28</b>-<i>CTr</i>/TU");
    expect_origin("<p>số <b>28</b>-<i>CTr</i>/TU</p>", "CTr", "CTr");
    expect_origin("menu<article>ho&agrave; b</article>", "hòa", "ho&agrave;");
    expect_origin("menu<article> 7</article>", "7", "7");
    expect_origin("một<br>hai", "t\nh", "t<br>h");
    expect_origin("một&nbsp;<b> hai", "t h", "t&nbsp;<b> h");
    expect_origin("\xEF\xBB\xBF<p>nga\xCC\x80y", "à", "a\xCC\x80");
    expect_origin("<p>S¾C <b>LÖNH</b> cña Chñ tÞch</p>", "LỆNH của", "LÖNH</b> cña");
}

Test(html, dates)
{
    expect_date("<p>7/11/2023", "");
    expect_date("<meta property=\"article:published_time\" content=\"2023-11-07T08:30:00+07:00\">",
                "2023-11-07");
    expect_date("<meta content='2023-11-07' itemprop=datePublished>", "2023-11-07");
    expect_date("<meta name=pubdate content=2023/11/07>", "2023-11-07");
    expect_date("<META NAME='PubDate' CONTENT='2023-11-07 23:59'>", "2023-11-07");
    /* In Vietnam it is the next day by then, or the day before. */
    expect_date("<meta property=\"article:published_time\" content=\"2023-12-31T17:00:00Z\">", "2024-01-01");
    expect_date("<meta property=\"article:published_time\" content=\"2024-02-28T17:00:00.000+0000\">",
                "2024-02-29");
    expect_date("<meta property=\"article:published_time\" content=\"2024-03-01T00:30:00+09:00\">",
                "2024-02-29");
    expect_date("<meta property=\"article:published_time\" content=\"2024-03-01T10:30:00-05:00\">",
                "2024-03-01");
    expect_date("<meta property=\"article:published_time\" content=\"2023-02-30\">", "");
    expect_date("<meta property=\"article:published_time\" content=\"hôm nay\">", "");
    expect_date("<time datetime=\"2023-11-07T08:30\">thứ Ba</time>", "2023-11-07");
    expect_date("<script type=\"application/ld+json\">{\"datePublished\" : \"2023-11-07\"}</script>",
                "2023-11-07");
    expect_date(
        "<time datetime=2020-01-01></time><script type=\"application/ld+json\">{\"@type\":\"NewsArticle\","
        "\"datePublished\":\"2023-11-07T00:00:00+07:00\"}</script>",
        "2023-11-07");
    expect_date("<time datetime=2020-01-01></time><meta property=article:published_time content=2023-11-07>",
                "2023-11-07");
}

/* Elements that are never closed, in numbers, do not take forever. */
Test(html, unclosed, .timeout = 120) /* under valgrind and sanitizers too */
{
    static const char *const tags[] = {"<nav>", "<article>", "<nav", "<!--", "<script>", "<b a='", "</"};
    for (size_t i = 0; i < sizeof tags / sizeof tags[0]; i++) {
        size_t size = strlen(tags[i]);
        size_t count = 100000 / thin();
        char *page = malloc(count * size);
        cr_assert_not_null(page);
        for (size_t k = 0; k < count; k++)
            memcpy(page + k * size, tags[i], size);
        read_page(page, count * size);
        free(page);
    }
}
