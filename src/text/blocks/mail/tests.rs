use super::*;
use crate::text::markdown::to_html;
use crate::text::plain::{Links, from_html};

/// Each block: what the site, an email and its text part must hold.
const BLOCKS: [(&str, &str, &str, &str); 12] = [
    (
        ":::button href=\"https://a.kz/?x=1&y=2\" align=\"end\"\nҚосылу [x](y)\n:::",
        "<p class=\"block-button block-end\"><a href=\"https://a.kz/?x=1&amp;y=2\" rel=\"noopener\">Қосылу x</a></p>",
        "<td align=\"END\" ",
        "Қосылу x <https://a.kz/?x=1&y=2>",
    ),
    (
        ":::button href=\"/a\" kind=\"plain\"\n:::",
        "<p class=\"block-button block-plain\"><a href=\"/a\" rel=\"noopener\">/a</a></p>",
        "<a href=\"/a\" style=\"color:#00607a",
        "/a",
    ),
    (
        ":::figure width=\"half\" href=\"/x\"\n![Сурет](/media/a.jpg)\n\nБір *екі*\n:::",
        "<figure class=\"block-figure block-half\">\n<a href=\"/x\" rel=\"noopener\"><img src=\"/media/a.jpg\" alt=\"Сурет\"></a>",
        "alt=\"Сурет\" width=\"256\">",
        "Бір екі",
    ),
    (
        ":::gallery\n![a](/a.jpg)\n\n![b](/b.jpg)\n:::",
        "<div class=\"block-gallery\">",
        "<img src=\"/b.jpg\" alt=\"b\">",
        "[b]",
    ),
    (
        "a\n\n:::spacer size=\"large\"\n:::\n\nb",
        "<div class=\"block-spacer block-large\">",
        "line-height:48px",
        "a\n\nb",
    ),
    (
        "::::columns split=\"1-2\"\n:::column\n![a](/a.jpg)\n:::\n:::column\n# b\n:::\n::::",
        "<div class=\"block-columns block-1-2\">\n<div class=\"block-column\">",
        "<td class=\"column-cell\" width=\"33%\" valign=\"top\" align=\"START\"",
        "[a]",
    ),
    (
        ":::callout kind=\"warning\"\n- مرحبا\n:::",
        "<aside class=\"block-callout block-warning\">\n<ul>",
        "bgcolor=\"#c0392b\"",
        "| - مرحبا",
    ),
    (
        ":::file href=\"/media/a.pdf\"\nЕсеп\n:::",
        "<p class=\"block-file\"><a href=\"/media/a.pdf\" rel=\"noopener\">Есеп</a></p>",
        "border:1px solid",
        "Есеп </media/a.pdf>",
    ),
    (
        ":::audio href=\"/media/a.mp3\"\nt\n:::",
        "<audio controls=\"\" preload=\"none\" src=\"/media/a.mp3\"></audio>",
        "<p><a href=\"/media/a.mp3\" rel=\"noopener\">t</a></p>",
        "t </media/a.mp3>",
    ),
    (
        ":::video href=\"/media/a.mp4\" poster=\"/media/p.jpg\"\nt\n:::",
        "poster=\"/media/p.jpg\"",
        "<a href=\"/media/a.mp4\"><img src=\"/media/p.jpg\" alt=\"\"></a>",
        "t </media/a.mp4>",
    ),
    (
        ":::embed href=\"https://b.kz\" title=\"a \\\"b\\\" <i>\"\nd\n:::",
        "block-embed-title",
        "a \"b\" &lt;i&gt;</a>",
        "a \"b\" <i> <https://b.kz>",
    ),
    (
        ":::social\n- [M](https://m.kz)\n:::",
        "<div class=\"block-social\">",
        "<a href=\"https://m.kz\" rel=\"noopener\">M</a>",
        "- M <https://m.kz>",
    ),
];

fn look(is_rtl: bool) -> Look<'static> {
    Look {
        accent: "#00607a",
        on_accent: "#ffffff",
        rule: "#c99700",
        is_rtl,
    }
}

#[test]
fn each_block_is_shown_on_the_site_in_mail_and_in_text() {
    for (markdown, site, mail, text) in BLOCKS {
        let html = to_html(markdown).unwrap();
        assert!(html.contains(site), "{markdown}\n{html}");
        let plain = from_html(&html, Links::Inline).unwrap();
        assert!(plain.contains(text), "{markdown}\n{plain}");
        for (is_rtl, start, end, direction) in [
            (false, "left", "right", "ltr"),
            (true, "right", "left", "rtl"),
        ] {
            let written = in_tables(&html, &look(is_rtl));
            let wanted = mail.replace("START", start).replace("END", end);
            assert!(written.contains(&wanted), "{wanted}\n{written}");
            assert!(!written.contains("\"block-"), "{written}");
            if written.contains(" dir=") {
                assert!(
                    written.contains(&format!("dir=\"{direction}\"")),
                    "{written}"
                );
            }
            assert_eq!(
                written.matches("<table").count(),
                written.matches("</table>").count()
            );
        }
    }
}

#[test]
fn nothing_that_runs_gets_through_a_block() {
    for attack in [
        ":::button href=\"javascript:alert(1)\"\nx\n:::",
        ":::button href=\"JaVaScRiPt&colon;alert(1)\"\nx\n:::",
        ":::button href=\"x\\\" onclick=\\\"alert(1)\"\nx\n:::",
        ":::figure href=\"data:text/html,x\"\n![x](javascript:alert(1))\n:::",
        ":::video href=\"/x\\\"><script>alert(1)</script>\" poster=\"javascript:x\"\n:::",
        ":::audio href=\"//a.kz/x\"\n<script>alert(1)</script>\n:::",
        ":::embed href=\"x\" title=\"<img src=x onerror=alert(1)>\"\n:::",
        ":::callout kind=\"x\\\" style=\\\"position:fixed\"\n<p style=\"x\">x</p>\n:::",
        ":::a\n<div class=\"evil block-callout\" onclick=\"x\">x</div>\n<video src=\"javascript:x\" onplay=\"x\"></video>\n:::",
    ] {
        let html = to_html(attack).unwrap();
        let parsed = scraper::Html::parse_fragment(&html);
        for node in parsed.tree.nodes() {
            let Some(element) = node.value().as_element() else {
                continue;
            };
            assert_ne!(element.name(), "script", "{html}");
            for (name, value) in element.attrs() {
                assert!(!name.starts_with("on") && name != "style", "{html}");
                assert!(!value.contains("evil"), "{html}");
                let value = value.to_lowercase();
                assert!(
                    !value.starts_with("javascript:") && !value.starts_with("data:"),
                    "{html}"
                );
            }
        }
    }
}

#[test]
fn texts_that_end_too_early_or_too_deep_are_survived() {
    for source in [
        ":::",
        ":::button",
        ":::figure\n",
        "::::columns\n:::column\n",
        ":::figure\n:::\n:::",
        ":::button href=\"",
        "> :::callout\n> x\n\ny",
        "- :::callout\n  x\n  :::\n- y",
    ] {
        let html = to_html(source).unwrap();
        in_tables(&html, &look(false));
    }
    let deep = (0..60)
        .map(|at| format!("{}callout\n", ":".repeat(70 - at)))
        .collect::<String>();
    assert!(to_html(&deep).is_err());
    assert!(to_html(&":::a\n".repeat(60)).is_err());
    assert!(to_html(&":::a\nx\n:::\n".repeat(2_000)).is_ok());
}

#[test]
fn code_that_looks_like_a_block_stays_code() {
    let html =
        to_html("```\n:::button href=\"https://a.kz\"\n```\n\n    :::x y=\"z:\"\n\n`:::a b:c`")
            .unwrap();
    assert!(
        html.contains(":::button href=\"https://a.kz\"")
            && html.contains(":::x y=\"z:\"")
            && html.contains(":::a b:c"),
        "{html}"
    );
}
