//! What people write as MJML, and what must come out.

use super::*;
use crate::text::markup;

fn rendered(mjml: &str) -> String {
    let mut placeholders = Placeholders::default();
    let text = placeholders.protect(mjml).unwrap();
    let html = render(&text, &placeholders).map(|rendered| rendered.html);
    placeholders.as_written(&html.unwrap_or_else(|error| panic!("{error}\n{mjml}")))
}

fn refused(mjml: &str) -> String {
    let mut placeholders = Placeholders::default();
    let text = placeholders.protect(mjml).unwrap();
    match render(&text, &placeholders) {
        Ok(_) => panic!("{mjml} was taken"),
        Err(error) => error.to_string(),
    }
}

fn in_column(inner: &str) -> String {
    format!(
        "<mjml><mj-body><mj-section><mj-column>{inner}</mj-column></mj-section></mj-body></mjml>"
    )
}

#[test]
fn attributes_reach_the_mail_as_they_were_written() {
    let html = rendered(&in_column(
        "<mj-text font-family='\"Comic Neue\", serif'><p style=\"\n color: red;\n\">a</p></mj-text>\
         <mj-image src='https://a.kz/a.png?x=1&amp;y=2' alt='The \"Herald\" logo' />\
         <mj-image src=https://a.kz/b.png alt=\"10\u{a0}000 👨\u{200d}👩 C:\\dir\"/>\
         <mj-button href=\"https://a.kz/ж\">b</mj-button>",
    ));
    for part in [
        "font-family:'Comic Neue', serif",
        "<p style=\"\n color: red;\n\">a</p>",
        "src=\"https://a.kz/a.png?x=1&amp;y=2\"",
        "alt=\"The &quot;Herald&quot; logo\"",
        "src=\"https://a.kz/b.png\"",
        "alt=\"10\u{a0}000 👨\u{200d}👩 C:\\dir\"",
        "href=\"https://a.kz/ж\"",
    ] {
        assert!(html.contains(part), "{part}\n{html}");
    }
}

#[test]
fn whatever_html_an_element_ends_in_is_passed_on() {
    for inner in [
        "1 < 2 <ul><li>a<li>b</ul> <a href=https://example.org>x</a>",
        "цена > 5 & <b>x</B>",
        "<!-- a --><br>x<hr>",
        "<table><tr><td>a<td>b</table>",
        "<style>a > b { c: \"d\" }</style>",
        "a <mj-thing>b</mj-thing>",
    ] {
        for tag in ["mj-text", "mj-table", "mj-button", "mj-raw"] {
            let html = rendered(&in_column(&format!("<{tag}>\n {inner}\n</{tag}>")));
            assert!(html.contains(inner), "{tag}: {inner}\n{html}");
        }
    }
    assert!(rendered(&in_column("<mj-text><![CDATA[1 < 2]]></mj-text>")).contains(">1 < 2<"));
}

#[test]
fn what_stands_around_a_design_is_no_fault() {
    let design = in_column("<mj-text>words</mj-text>");
    for around in [
        format!("\u{FEFF}{design}"),
        format!("<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<!-- made by hand -->\n{design}\n"),
        format!("<!doctype mjml>{design}<!-- end -->"),
        design.replace(
            "<mjml>",
            "<mjml lang=\"kk\" owa=\"desktop\"><mj-head></mj-head>",
        ),
        design.replace("mj-text", "MJ-TEXT"),
    ] {
        assert!(rendered(&around).contains("words"), "{around}");
    }
}

#[test]
fn comments_stand_where_they_were_and_tear_nothing() {
    let comment = "<!-- a > \"b\" -->";
    let text = "<mj-text>words</mj-text>";
    for design in [
        format!(
            "<mj-wrapper>{comment}<mj-section>{comment}<mj-column>{comment}{text}</mj-column></mj-section>{comment}<mj-section><mj-group>{comment}<mj-column>{text}</mj-column></mj-group></mj-section></mj-wrapper>{comment}"
        ),
        format!(
            "<mj-section><mj-column><mj-social>{comment}<mj-social-element name=\"x\" href=\"https://a.kz\">{comment}</mj-social-element></mj-social><mj-navbar>{comment}<mj-navbar-link href=\"/\">a</mj-navbar-link></mj-navbar><mj-accordion>{comment}<mj-accordion-element>{comment}<mj-accordion-title>a</mj-accordion-title></mj-accordion-element></mj-accordion></mj-column></mj-section>"
        ),
        format!("<mj-hero>{comment}{text}</mj-hero>"),
    ] {
        let design = format!(
            "<mjml><mj-head>{comment}</mj-head><mj-body>{comment}{design}</mj-body></mjml>"
        );
        let html = rendered(&design);
        let mut is_outlook = false;
        for token in markup::tokens(&html) {
            if let markup::Kind::Comment(inner) = token.kind {
                // Comments do not lie in each other.
                assert!(
                    !inner.contains("<!--") || inner.starts_with("[if !mso"),
                    "{html}"
                );
                is_outlook |= inner.starts_with("[if mso");
            }
        }
        assert!(is_outlook);
        assert_eq!(
            html.matches("<!--[if").count(),
            html.matches("<![endif]-->").count(),
            "{html}"
        );
    }
}

#[test]
fn defaults_are_set_as_by_mjml() {
    let html = rendered(
        "<mjml><mj-head><mj-attributes>\
           <mj-all color=\"#111111\" /><mj-text color=\"#222222\" font-size=\"22px\"></mj-text>\
           <mj-class name=\"красный\" color=\"#333333\" css-class=\"one\"><mj-text align=\"right\" /></mj-class>\
           <mj-class name=\"b\" css-class=\"two\" />\
         </mj-attributes></mj-head><mj-body><mj-section><mj-column>\
           <mj-text>a</mj-text><mj-text mj-class=\"красный b\">b</mj-text>\
           <mj-text mj-class=\"b\" color=\"#444444\">c</mj-text>\
         </mj-column></mj-section></mj-body></mjml>",
    );
    for part in [
        "color:#222222",
        "color:#333333",
        "color:#444444",
        "class=\"one two\"",
        "font-size:22px",
    ] {
        assert!(html.contains(part), "{part}\n{html}");
    }
    assert!(!html.contains("color:#111111"), "{html}");
}

#[test]
fn attributes_are_set_by_selector_and_styles_inlined() {
    let mut placeholders = Placeholders::default();
    let design = "<mjml><mj-head><mj-html-attributes><mj-selector path=\".a div\">\
        <mj-html-attribute name=\"data-id\">\"42\"</mj-html-attribute></mj-selector></mj-html-attributes>\
        <mj-style inline=\"inline\">.a div { color: red }</mj-style></mj-head>\
        <mj-body><mj-section><mj-column><mj-text css-class=\"a\">x</mj-text></mj-column></mj-section></mj-body></mjml>";
    let text = placeholders.protect(design).unwrap();
    let rendered = render(&text, &placeholders).unwrap();
    assert!(
        rendered.html.contains("data-id=\"&quot;42&quot;\""),
        "{}",
        rendered.html
    );
    assert_eq!(rendered.inline_css.trim(), ".a div { color: red }");
}

#[test]
fn faults_are_told_with_their_place_and_what_to_do() {
    for (mjml, expected) in [
        (
            "<mjml>\n<mj-body>\n <mj-section>\n</mj-body></mjml>",
            "line 3, column 2: <mj-section> is not closed",
        ),
        (
            "<mjml><mj-body><mj-section>",
            "line 1, column 16: <mj-section> is never closed; add </mj-section>",
        ),
        (
            "<mjml>\n<mj-body>\n<mj-include path=\"a.mjml\" /></mj-body></mjml>",
            "line 3, column 1: mj-include",
        ),
        (
            "<mjml><mj-body><mj-sektion></mj-sektion></mj-body></mjml>",
            "<mj-sektion> is no element of MJML 4",
        ),
        (
            "<mjml><mj-body><div>x</div></mj-body></mjml>",
            "put it into mj-text",
        ),
        (
            "<mjml><mj-body>words</mj-body></mjml>",
            "the text “words” stands between elements",
        ),
        (
            "<mjml><mj-body><mj-title>x</mj-title></mj-body></mjml>",
            "<mj-title> cannot stand in <mj-body>",
        ),
        ("", "there is no <mjml> element"),
        ("<p>hello</p>", "<p> is HTML"),
        (
            "<mjml><mj-body></mj-body></mjml></mjml>",
            "</mjml> closes nothing",
        ),
        (
            "<mjml><mj-body><mj-section>\n<mj-column>\n<mj-text>a</mj-column></mj-section></mj-body></mjml>",
            "line 3, column 1: <mj-text> is never closed",
        ),
        (
            "<mjml><mj-body>\n{{ name }}</mj-body></mjml>",
            "line 2, column 1: {{ name }} stands between elements",
        ),
        (
            "<mjml><mj-body><mj-section padding=\"{{ name }}\"></mj-section></mj-body></mjml>",
            "must be the same for every reader",
        ),
        (
            "<mjml><mj-body><mj-section {% if name %}x{% endif %}></mj-section></mj-body></mjml>",
            "stands among attributes",
        ),
    ] {
        let error = refused(mjml);
        assert!(error.contains(expected), "{mjml}: {error}");
    }
    assert!(refused(&"<mj-section>".repeat(9_000)).contains("too deep"));
    assert!(
        refused(&format!("<mjml><mj-body>{}", "<mj-section>".repeat(9_000))).contains("too deep")
    );
}
