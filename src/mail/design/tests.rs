use super::*;
use crate::mail::personalise::{Fields, MessageTemplate, Source};
use crate::mail::reading_order;
use crate::text::locale::Language;
use crate::text::plain;

const LEAVE: &str = "<mj-section><mj-column><mj-text><a href=\"{{ unsubscribe_url }}\">Leave</a></mj-text></mj-column></mj-section>";

fn mjml(inner: &str) -> String {
    format!("<mjml><mj-body>{inner}{LEAVE}</mj-body></mjml>")
}

/// What a reader of `attributes` gets: HTML and text.
fn read(source: &str, attributes: &serde_json::Value) -> Result<(String, String), String> {
    let mut placeholders = Placeholders::default();
    let text = placeholders
        .protect(source)
        .map_err(|error| error.to_string())?;
    let html = if source.contains("<mjml") {
        render_mjml(&text, &placeholders)
    } else {
        render_html(&text, &placeholders)
    };
    let html = html.map_err(|error| error.to_string())?;
    let read = reading_order::in_reading_order(&html, &placeholders);
    let plain = plain::from_html(&read, plain::Links::Inline).unwrap();
    let template = MessageTemplate::compile(&Source {
        subject: String::new(),
        html: placeholders.restore_html(&html),
        text: placeholders.restore(&plain),
    });
    let filled = template.map_err(|error| error.to_string())?.fill(&Fields {
        name: "Anna",
        email: "a@example.kz",
        language: Language::EN,
        attributes,
        site_name: "S",
        unsubscribe_url: "https://example.kz/u",
        preferences_url: "",
        archive_url: "",
        link_suffix: "",
        seen_picture: "",
    });
    let filled = filled.map_err(|error| error.to_string())?;
    Ok((filled.html, filled.text))
}

#[test]
fn each_reader_gets_one_branch_wherever_a_block_may_stand() {
    let oslo = serde_json::json!({ "city": "Oslo", "tags": ["red", "blue"] });
    let paris = serde_json::json!({ "city": "Paris" });
    let none = serde_json::json!({});
    let (begin, middle, end) = (
        "{% if attributes.city == \"Paris\" %}",
        "{% else %}",
        "{% endif %}",
    );
    let raw = |inner: &str| format!("<mj-raw>{inner}</mj-raw>");
    let text = |words: &str| format!("<mj-text>{words}</mj-text>");
    let column = |inner: &str| format!("<mj-column>{inner}</mj-column>");
    let section = |inner: &str| format!("<mj-section>{inner}</mj-section>");
    let pick = |one: &str, other: &str| format!("{begin}{one}{middle}{other}{end}");
    let (one, other) = ("alone one", "others two");
    let wrapped = |inner: &str| format!("<mj-wrapper>{inner}</mj-wrapper>");
    let social = |words: &str| {
        format!(
            "<mj-social-element name=\"facebook\" href=\"https://a.kz\">{words}</mj-social-element>"
        )
    };
    let link = |words: &str| format!("<mj-navbar-link href=\"/\">{words}</mj-navbar-link>");
    let element = |words: &str| {
        format!(
            "<mj-accordion-element><mj-accordion-title>{words}</mj-accordion-title><mj-accordion-text>{words}</mj-accordion-text></mj-accordion-element>"
        )
    };
    for design in [
        mjml(&section(&column(&pick(&text(one), &text(other))))),
        mjml(&section(&column(&format!(
            "{}{}{}{}{}",
            raw(begin),
            text(one),
            raw(middle),
            text(other),
            raw(end)
        )))),
        mjml(&section(&pick(&column(&text(one)), &column(&text(other))))),
        mjml(&pick(
            &section(&column(&text(one))),
            &section(&column(&text(other))),
        )),
        mjml(&pick(
            &wrapped(&section(&column(&text(one)))),
            &wrapped(&section(&column(&text(other)))),
        )),
        mjml(&wrapped(&pick(
            &section(&column(&text(one))),
            &section(&column(&text(other))),
        ))),
        mjml(&wrapped(&format!(
            "{}{}{}{}{}",
            raw(begin),
            section(&column(&text(one))),
            raw(middle),
            section(&column(&text(other))),
            raw(end)
        ))),
        mjml(&section(&format!(
            "<mj-group>{}</mj-group>",
            pick(&column(&text(one)), &column(&text(other)))
        ))),
        mjml(&format!(
            "<mj-hero>{}</mj-hero>",
            pick(&text(one), &text(other))
        )),
        mjml(&section(&column(&text(&pick(one, other))))),
        mjml(&section(&column(&text(&pick(
            &format!("<p>{one}</p>"),
            &format!("<p>{other}</p>"),
        ))))),
        mjml(&section(&column(&raw(&pick(
            &format!("<tr><td>{one}</td></tr>"),
            &format!("<tr><td>{other}</td></tr>"),
        ))))),
        mjml(&section(&column(&format!(
            "<mj-table>{}</mj-table>",
            pick(
                &format!("<tr><td>{one}</td></tr>"),
                &format!("<tr><td>{other}</td></tr>")
            )
        )))),
        mjml(&section(&column(&format!(
            "<mj-table><tr><th>x</th></tr>{}</mj-table>",
            pick(
                &format!("<tr><td>{one}</td></tr>"),
                &format!("<tr><td>{other}</td></tr>")
            )
        )))),
        mjml(&section(&column(&format!(
            "<mj-table><tr>{}</tr></mj-table>",
            pick(&format!("<td>{one}</td>"), &format!("<td>{other}</td>"))
        )))),
        mjml(&section(&column(&format!(
            "<mj-button href=\"https://a.kz\">{}</mj-button>",
            pick(one, other)
        )))),
        mjml(&section(&column(&format!(
            "<mj-social>{}</mj-social>",
            pick(&social(one), &social(other))
        )))),
        mjml(&section(&column(&format!(
            "<mj-social mode=\"vertical\">{}</mj-social>",
            pick(&social(one), &social(other))
        )))),
        mjml(&section(&column(&format!(
            "<mj-navbar>{}</mj-navbar>",
            pick(&link(one), &link(other))
        )))),
        mjml(&section(&column(&format!(
            "<mj-accordion>{}</mj-accordion>",
            pick(&element(one), &element(other))
        )))),
        mjml(&section(&format!(
            "<mj-column background-color=\"#eeeeee\" padding=\"4px\">{}</mj-column>",
            pick(&text(one), &text(other))
        ))),
        format!(
            "<html><body>{}<table><tr><td>{}</td></tr></table><a href=\"{{{{ unsubscribe_url }}}}\">x</a></body></html>",
            pick(&format!("<p>{one}</p>"), &format!("<p>{other}</p>")),
            "x"
        ),
        format!(
            "<table>{}</table>",
            pick(
                &format!("<tr><td>{one}</td></tr>"),
                &format!("<tr><td>{other}</td></tr>")
            )
        ),
        format!(
            "<ul>{}</ul>",
            pick(&format!("<li>{one}</li>"), &format!("<li>{other}</li>"))
        ),
    ] {
        for (attributes, wanted, unwanted) in [
            (&paris, one, other),
            (&oslo, other, one),
            (&none, other, one),
        ] {
            let (html, plain) =
                read(&design, attributes).unwrap_or_else(|error| panic!("{error}\n{design}"));
            for part in [&html, &plain] {
                assert!(
                    part.contains(wanted),
                    "{wanted} is missing\n{design}\n{part}"
                );
                assert!(
                    !part.contains(unwanted),
                    "{unwanted} is there\n{design}\n{part}"
                );
                assert!(!part.contains("jarshy"), "{part}");
                assert!(!part.contains("{%"), "{part}");
            }
        }
    }
}

#[test]
fn titles_and_previews_may_differ_from_reader_to_reader() {
    let block = "{% if attributes.city %}a{% else %}b{% endif %}";
    let design = format!(
        "<mjml><mj-head><mj-preview>{block}</mj-preview><mj-title>{block}</mj-title></mj-head><mj-body>{LEAVE}</mj-body></mjml>"
    );
    let (html, _) = read(&design, &serde_json::json!({})).unwrap();
    assert!(
        html.contains("<title>b</title>") && html.contains("aria-label=\"b\""),
        "{html}"
    );
}

#[test]
fn rows_are_repeated_in_html_and_text() {
    let tags = serde_json::json!({ "tags": ["red", "blue"] });
    let design = mjml(
        "<mj-section><mj-column><mj-table>{% for tag in attributes.tags %}<tr><td>{{ loop.index }}</td><td>{{ tag }}</td></tr>{% endfor %}</mj-table></mj-column></mj-section>",
    );
    let (html, plain) = read(&design, &tags).unwrap();
    for word in [">1</td>", ">red</td>", ">2</td>", ">blue</td></tr></tbody>"] {
        assert_eq!(html.matches(word).count(), 1, "{word}: {html}");
    }
    assert!(plain.contains("1 red\n2 blue\n"), "{plain}");
    let (html, plain) = read(&design, &serde_json::json!({})).unwrap();
    assert!(!html.contains("<td></td>"), "{html}");
    assert!(plain.contains("Leave"), "{plain}");
}

#[test]
fn blocks_that_no_mail_can_keep_are_refused() {
    for (inner, expected) in [
        (
            "<mj-section>\n{% if name %}<mj-column>{% endif %}</mj-column></mj-section>",
            "line 2",
        ),
        (
            "<mj-section><mj-column><mj-text>\n{% if name %}<b>a{% endif %}</b></mj-text></mj-column></mj-section>",
            "line 2: {% endif %}",
        ),
        (
            "<mj-section><mj-column><mj-table>\n{% if name %}words{% endif %}<tr><td>x</td></tr></mj-table></mj-column></mj-section>",
            "line 2: {% if name %}",
        ),
    ] {
        let error = read(&mjml(inner), &serde_json::json!({})).err();
        let error = error.unwrap_or_else(|| panic!("{inner} was taken"));
        assert!(error.contains(expected), "{inner}: {error}");
    }
    let head = "<mjml><mj-head>{% if name %}<mj-preview>a</mj-preview>{% endif %}</mj-head><mj-body></mj-body></mjml>";
    assert!(read(head, &serde_json::json!({})).is_err());
}

#[test]
fn a_link_counts_as_a_way_out_where_it_is_seen() {
    for (html, is_way_out) in [
        ("<a href=\"{{ unsubscribe_url }}\">Leave</a>", true),
        (
            "<a href='{{unsubscribe_url}}'><img src=x alt=Leave></a>",
            true,
        ),
        (
            "<!-- <a href=\"{{ unsubscribe_url }}\">Leave</a> -->",
            false,
        ),
        (
            "<!--[if mso]><a href=\"{{ unsubscribe_url }}\">Leave</a><![endif]-->",
            false,
        ),
        (
            "<div style=\"display:none\"><a href=\"{{ unsubscribe_url }}\">Leave</a></div>",
            false,
        ),
        (
            "<style>a{display:none}</style><a href=\"{{ unsubscribe_url }}\">Leave</a>",
            false,
        ),
        (
            "<div style=\"font-size:0px\"><p style=\"font-size:12px\"><a href=\"{{ unsubscribe_url }}\">Leave</a></p></div>",
            true,
        ),
        (
            "<p style=\"font-size:0\"><a href=\"{{ unsubscribe_url }}\">Leave</a></p>",
            false,
        ),
        ("<a href=\"{{ unsubscribe_url }}\"></a>", false),
        ("<p>{{ unsubscribe_url }}</p>", false),
        (
            "<a href=\"https://a.kz/?{{ unsubscribe_url }}\">Leave</a>",
            false,
        ),
        (
            "{% if name %}<a href=\"{{ unsubscribe_url }}\">Leave</a>{% endif %}",
            false,
        ),
        (
            "{% if name %}<p>x</p>{% endif %}<a href=\"{{ unsubscribe_url }}\">Leave</a>",
            true,
        ),
        ("<a title=\"{{ unsubscribe_url }}\">Leave</a>", false),
    ] {
        let mut placeholders = Placeholders::default();
        let text = placeholders.protect(html).unwrap();
        let rendered = render_html(&text, &placeholders).unwrap();
        assert_eq!(
            has_unsubscribe_link(&rendered, &placeholders),
            is_way_out,
            "{html}"
        );
    }
    let mut placeholders = Placeholders::default();
    let hidden = "<mjml><mj-body><!-- <a href=\"{{ unsubscribe_url }}\">Leave</a> --><mj-section><mj-column><mj-text>x</mj-text></mj-column></mj-section></mj-body></mjml>";
    let text = placeholders.protect(hidden).unwrap();
    assert!(!has_unsubscribe_link(
        &render_mjml(&text, &placeholders).unwrap(),
        &placeholders
    ));
}

#[test]
fn a_preheader_comes_first_and_is_not_read() {
    let html = "<html><head></head><body class=\"a\"><p>x</p></body></html>";
    let with = with_preheader(html, "a < b");
    assert!(
        with.contains("<body class=\"a\"><div style=\"display:none;"),
        "{with}"
    );
    assert!(with.contains("\">a &lt; b</div><p>x</p>"), "{with}");
    assert_eq!(
        plain::from_html(&with, plain::Links::Inline).unwrap(),
        "x\n"
    );
}

#[test]
fn finished_html_is_inlined_and_nothing_in_it_runs() {
    let (html, plain) = read(
        "<!doctype html>\n<html><head><style>p { color: red }</style></head><body>\n    <table role=\"presentation\"><tr><td>\n\n<p>Words of {{ name }}.</p></td></tr></table></body></html>",
        &serde_json::json!({}),
    )
    .unwrap();
    assert!(
        html.contains("<p style=\"color: red;\">Words of Anna.</p>"),
        "{html}"
    );
    assert_eq!(plain.trim(), "Words of Anna.");
    for (inner, expected) in [
        ("\n<script>alert(1)</script>", "line 2, column 1: <script>"),
        ("<p\n onclick=\"x()\">", "onclick"),
        ("<a href=\" java\nscript:x\">y</a>", "leads to a script"),
        ("<a href=\"&#106;avascript:x\">y</a>", "leads to a script"),
        ("<iframe src=x></iframe>", "<iframe>"),
        ("<meta http-equiv=Refresh content=0>", "<meta>"),
        ("<base href=\"https://a.kz/\">", "<base>"),
        ("<svg onload=x>", "onload"),
    ] {
        let error = read(inner, &serde_json::json!({})).unwrap_err();
        assert!(error.contains(expected), "{inner}: {error}");
    }
}
