use super::super::from_html;
use super::*;
use crate::text::links::Base;
use crate::text::markdown;

fn from_markdown(markdown: &str, site_url: &str, links_label: &str) -> String {
    let html = markdown::to_html(markdown).unwrap();
    from_html(
        &Base::new(site_url).resolve_all(&html),
        Links::Listed(links_label),
    )
    .unwrap()
}

#[test]
fn links_are_footnoted_once_each() {
    let text = from_markdown(
        "See [the programme](/events) and [again](/events), or <https://example.org/x>.",
        "https://example.kz",
        "Links",
    );
    assert_eq!(
        text,
        "See the programme [1] and again [1], or https://example.org/x.\n\nLinks\n[1] https://example.kz/events\n"
    );
}

#[test]
fn html_in_markdown_loses_nothing() {
    let text = from_markdown(
        "<div><p>In a block with <a href=\"https://example.org/html\">a link</a>.</p></div>\n\nLine one<br>line two, <a href=\"https://example.org/inline\">an inline link</a>, <img src=\"https://example.org/x.png\" alt=\"a described picture\">. Price ~~100~~ 80.",
        "https://example.kz",
        "Links",
    );
    assert_eq!(
        text,
        "In a block with a link [1].\n\nLine one\nline two, an inline link [2], [a described picture]. Price ~~100~~ 80.\n\nLinks\n[1] https://example.org/html\n[2] https://example.org/inline\n"
    );
}

#[test]
fn footnotes_are_listed_in_order() {
    let text = from_markdown(
        "Text.[^a] More.[^b]\n\n[^a]: The first note, with [a link](https://example.org/a).\n[^b]: https://example.org/source\n",
        "https://example.kz",
        "Links",
    );
    assert_eq!(
        text,
        "Text.[^1] More.[^2]\n\n[^1] The first note, with a link [1].\n\n[^2] https://example.org/source\n\nLinks\n[1] https://example.org/a\n"
    );
}

#[test]
fn tables_are_aligned_and_numbers_right_aligned() {
    let text = from_markdown(
        "| Party | Votes |\n|---|--:|\n| Nur Otan | 5,174,169 |\n| Auyl | 93,023 |",
        "",
        "",
    );
    assert_eq!(
        text,
        "Party         Votes\n--------  ---------\nNur Otan  5,174,169\nAuyl         93,023\n"
    );
    let wide = from_markdown("| 日本語 | 1 |\n|---|---|\n| ab | 2 |", "", "");
    assert_eq!(wide, "日本語  1\n------  -\nab      2\n");
}

#[test]
fn a_table_too_wide_for_a_line_is_listed_entry_by_entry() {
    let long = "word ".repeat(20);
    let text = from_markdown(&format!("| A | B |\n|---|---|\n| {long} | 1 |"), "", "");
    assert!(text.starts_with("A: word word"), "{text}");
    assert!(text.ends_with("B: 1\n"), "{text}");
}

#[test]
fn quotes_lists_and_headings_keep_their_shape() {
    for (markdown, text) in [
        (
            "## Views\n\n> One\n> two\n\n1. a\n2. b\n\n- c",
            "Views\n-----\n\n> One two\n\n1. a\n2. b\n\n- c\n",
        ),
        ("3. a\n   - b\n   - c\n4. d", "3. a\n   - b\n   - c\n4. d\n"),
        ("<ul><div>x</div><li>a</li></ul>", "x\n- a\n"),
        ("<div>a</div><div>\u{200a}</div><div>b</div>", "a\n\nb\n"),
        ("- a\n\n  b\n\n- c", "- a\n\n  b\n- c\n"),
        (
            "Above\n\n---\n\nBelow",
            "Above\n\n--------------------\n\nBelow\n",
        ),
        ("```\na  b\n  c\n```", "    a  b\n      c\n"),
        ("One  \ntwo\nthree", "One\ntwo three\n"),
        (
            "10&nbsp;km and &lt;b&gt; &amp; more",
            "10\u{a0}km and <b> & more\n",
        ),
        (
            "<details><summary>More</summary>Hidden</details>",
            "More\n\nHidden\n",
        ),
        ("a <!-- b --> c", "a c\n"),
        ("<b>bold</b><i>italic</i>", "bolditalic\n"),
        (
            "[![alt](/p.png)](/x)",
            "[alt] [1]\n\nLinks\n[1] https://a.kz/x\n",
        ),
        ("write to <a@b.kz>", "write to a@b.kz\n"),
    ] {
        assert_eq!(
            from_markdown(markdown, "https://a.kz", "Links"),
            text,
            "{markdown}"
        );
    }
}

#[test]
fn addresses_follow_their_links_where_some_are_not_for_all() {
    let html = "<p>See <a href=\"https://a.kz/x\">this</a>.</p>";
    assert_eq!(write(html, Links::Inline), "See this <https://a.kz/x>.\n");
}

#[test]
fn designs_are_read_as_blocks() {
    let html = "<!doctype html><html><head><title>no</title><style>p{}</style></head><body>\
        <div style=\"display: none\">preheader</div><!--[if mso]><p>no</p><![endif]-->\
        <table role=\"presentation\"><tr><td><table><tr><td><h1>Head</h1></td></tr></table></td>\
        <td><p>One</p><p>Two <a href=\"https://a.kz\">three</a></p></td></tr></table></body></html>";
    assert_eq!(
        write(html, Links::Listed("Links")),
        "Head\n====\n\nOne\n\nTwo three [1]\n\nLinks\n[1] https://a.kz\n"
    );
}

#[test]
fn depth_costs_no_stack() {
    let text = write(&format!("{}deep", "<div>".repeat(3_000)), Links::Inline);
    assert_eq!(text, "deep\n");
    let text = write(&format!("{}deep", "<span>".repeat(3_000)), Links::Inline);
    assert_eq!(text, "deep\n");
}
