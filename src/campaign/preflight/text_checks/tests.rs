use super::*;
use crate::model::calendar::StoredPart;

fn findings(html: &str) -> Vec<String> {
    let rendering = Rendering {
        variant: crate::model::ab_test::AbVariant::A,
        language: Language::EN,
        subject: String::new(),
        from_name: String::new(),
        html: html.to_owned(),
        text: String::new(),
        calendar: StoredPart::default(),
    };
    check_body(&rendering, "https://site.example")
        .into_iter()
        .map(|finding| finding.text)
        .collect()
}

#[test]
fn pasted_html_is_distinguished_from_markdown() {
    for (source, is_html) in [
        ("<!doctype html>\n<html>\n<p>x</p>", true),
        ("  <HTML><body>x", true),
        (&"<tr>\n<td>x</td>\n</tr>\n".repeat(5), true),
        ("Some *words* and <b>bold</b>", false),
        ("```\n<!doctype html>\n```\nwords", false),
        ("<table>\n<tr><td>x</td></tr>\n</table>\n\nwords", false),
    ] {
        assert_eq!(is_html_document(source), is_html, "{source}");
    }
}

#[test]
fn links_with_spaces_are_reported() {
    for (text, is_told) in [
        ("See [this](/my file.pdf).", true),
        ("Write [us](mailto:a@b.kz?subject=Hi\nthere).", true),
        ("See [this](/my%20file.pdf).", false),
        ("An [aside](as one says).", false),
        ("Nothing", false),
    ] {
        let rendering = Rendering {
            variant: crate::model::ab_test::AbVariant::A,
            language: Language::EN,
            subject: String::new(),
            from_name: String::new(),
            html: String::new(),
            text: text.to_owned(),
            calendar: StoredPart::default(),
        };
        assert_eq!(
            check_typed_links(&rendering).len(),
            usize::from(is_told),
            "{text}"
        );
    }
}

#[test]
fn a_mail_shows_the_postal_address() {
    let lines = ["1 Main Street & Co".to_owned(), "010000 Астана".to_owned()];
    for (html, is_told) in [
        (
            "<body><p>1 Main Street &amp; Co<br>010000 Астана</p>",
            false,
        ),
        ("<body><p>Co, 1 Main Street, Астана 010000</p>", false),
        (
            "<title>1 Main Street Co 010000 Астана</title><body><p>x</p>",
            true,
        ),
        ("<body><p>1 Main Street</p>", true),
    ] {
        let rendering = Rendering {
            variant: crate::model::ab_test::AbVariant::A,
            language: Language::EN,
            subject: String::new(),
            from_name: String::new(),
            html: html.to_owned(),
            text: String::new(),
            calendar: StoredPart::default(),
        };
        let found = check_postal_address(&rendering, &lines);
        assert_eq!(found.is_some(), is_told, "{html}");
        assert_eq!(check_postal_address(&rendering, &[]), None);
    }
}

#[test]
fn pictures_without_a_size_are_reported() {
    for (picture, is_told) in [
        ("<img src=\"https://b.kz/a.png\">", true),
        (
            "<img src=\"a.png\" width=\"592\" style=\"width: auto; max-width: 100%\">",
            true,
        ),
        (
            "<img src=\"a.png\" width=\"592\" height=\"20\" style=\"height:auto\">",
            false,
        ),
        ("<img src=\"a.png\" width=\"120\">", false),
        ("<img src=\"a.png\" height=\"20\">", false),
        ("<img src=\"a.png\" style=\"width: 50px\">", false),
        ("<p width=\"1\">", false),
    ] {
        let rendering = Rendering {
            variant: crate::model::ab_test::AbVariant::A,
            language: Language::EN,
            subject: String::new(),
            from_name: String::new(),
            html: picture.repeat(2),
            text: String::new(),
            calendar: StoredPart::default(),
        };
        let found = check_pictures(&rendering);
        assert_eq!(found.len(), usize::from(is_told), "{picture}: {found:?}");
    }
}

#[test]
fn languages_without_a_subject_are_reported() {
    let warns = |subject: &str| {
        let rendering = Rendering {
            variant: crate::model::ab_test::AbVariant::A,
            language: Language::EN,
            subject: subject.to_owned(),
            from_name: String::new(),
            html: String::new(),
            text: String::new(),
            calendar: StoredPart::default(),
        };
        let findings = check_subjects(&[rendering]);
        findings.iter().any(|one| one.text.contains("is empty for"))
    };
    assert!(warns("\u{E000} name \u{E001}"));
    assert!(!warns("\u{E000} name | default(\"reader\") \u{E001}"));
    assert!(!warns("News for \u{E000} name \u{E001}"));
}

#[test]
fn subjects_that_look_like_spam_are_reported() {
    for (subject, fault) in [
        ("BUY THIS TODAY", "capitals"),
        ("Now!!", "more than one"),
        ("You are a winner", "winner"),
        ("Приз: СРОЧНО забрать", "срочно"),
        ("Re: our talk", "answer"),
        (&"long ".repeat(20), "longer"),
    ] {
        let faults = faults(subject);
        assert!(
            faults.iter().any(|one| one.contains(fault)),
            "{subject}: {faults:?}"
        );
    }
    for fine in [
        "The vote of 18 August",
        "NATO и ООН: что дальше?",
        "Сайлау нәтижелері",
    ] {
        assert!(faults(fine).is_empty(), "{fine}: {:?}", faults(fine));
    }
}

#[test]
fn bodies_that_look_like_spam_are_reported() {
    let words = "word ".repeat(60);
    for (html, fault) in [
        (
            "<body><img src=\"x\" alt=\"y\"></body>".to_owned(),
            "mostly a picture",
        ),
        (
            format!("<body>{words}<a href=\"https://bit.ly/x\">y</a>"),
            "hides",
        ),
        (
            format!("<body>{words}<a href=\"http://10.0.0.1/\">y</a>"),
            "without a name",
        ),
        (
            format!("<body>{words}<a href=\"https://evil.kz/\">https://bank.kz</a>"),
            "as fraud does",
        ),
        (
            format!("<body>{words}<a href=\"https://evil.kz/\">www.bank.kz</a>"),
            "as fraud does",
        ),
    ] {
        let found = findings(&html);
        assert!(
            found.iter().any(|one| one.contains(fault)),
            "{html}: {found:?}"
        );
    }
    let fine = format!(
        "<body>{words}<img src=\"x\" alt=\"y\"><a href=\"https://www.bank.kz/a\">https://bank.kz</a>\
         <a href=\"https://a.kz/\">Read more</a>"
    );
    assert!(findings(&fine).is_empty(), "{:?}", findings(&fine));
}
