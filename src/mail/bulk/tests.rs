use std::sync::Arc;

use proptest::prelude::*;
use serde_json::{Value, json};

use super::super::attachment::EncodedFile;
use super::super::personalise::{Placeholders, Source};
use super::*;

fn template(text: &str) -> MessageTemplate {
    let mut placeholders = Placeholders::default();
    let text = placeholders.protect(text).unwrap();
    let text = placeholders.restore(&text);
    MessageTemplate::compile(&Source {
        subject: text.lines().next().unwrap_or_default().to_owned(),
        html: format!("<p>{text}</p>"),
        text,
    })
    .unwrap()
}

fn fields<'a>(name: &'a str, attributes: &'a Value) -> Fields<'a> {
    Fields {
        name,
        email: "a@example.kz",
        language: Language::EN,
        attributes,
        site_name: "Embassy",
        unsubscribe_url: "https://example.kz/unsubscribe/token",
        preferences_url: "https://example.kz/preferences/token",
        archive_url: "https://example.kz/archive/1",
        link_suffix: "",
        seen_picture: "",
    }
}

fn written(text: &str, name: &str) -> Vec<u8> {
    written_with(text, name, Attachments::default())
}

fn written_with(text: &str, name: &str, attachments: Attachments) -> Vec<u8> {
    let from: Mailbox = "Қазақстан елшілігі <news@example.kz>".parse().unwrap();
    let to: Mailbox = match crate::text::line::PersonName::parse(name) {
        Ok(name) => Mailbox {
            name,
            address: "a@example.kz".parse().unwrap(),
        },
        Err(_) => "a@example.kz".parse().unwrap(),
    };
    let archive = Some("https://example.kz/archive/1");
    let bulk = BulkMessage::new(
        &from,
        Language::EN,
        archive,
        template(text),
        attachments,
        None,
    )
    .unwrap();
    let per_recipient = PerRecipient {
        to: &to,
        date: Timestamp::from_millis(1_187_427_600_000),
        message_id: "<1.c@example.kz>",
        list_name: "News",
        list_id: "news.example.kz",
        unsubscribe_url: "https://example.kz/unsubscribe/token",
        unsubscribe_address: "unsubscribe@example.kz?subject=token",
        feedback_id: "1:news:campaign:example.kz",
    };
    let none = json!({});
    let mut out = Vec::new();
    bulk.write(&per_recipient, &fields(name, &none), &mut out)
        .unwrap();
    out
}

fn read_back(bytes: &[u8]) -> (String, String, String) {
    let parsed = mail_parser::MessageParser::default().parse(bytes).unwrap();
    (
        parsed.subject().unwrap_or_default().to_owned(),
        parsed.body_text(0).unwrap().replace("\r\n", "\n"),
        parsed.body_html(0).unwrap().replace("\r\n", "\n"),
    )
}

#[test]
fn another_parser_reads_what_the_recipient_should() {
    let bytes = written(
        "Dear {{ name }}, welcome to {{ site_name }}.\nLeave: {{ unsubscribe_url }}",
        "Айгүл",
    );
    let (subject, text, html) = read_back(&bytes);
    assert_eq!(subject, "Dear Айгүл, welcome to Embassy.");
    let line = "Dear Айгүл, welcome to Embassy.\nLeave: https://example.kz/unsubscribe/token";
    assert_eq!(text, line);
    assert_eq!(html, format!("<p>{line}</p>"));
    let raw = String::from_utf8(bytes).unwrap();
    // URLs cannot be folded; an encoded name is one word.
    let may_be_long = |line: &str| line.starts_with("List-") || line.starts_with("From: =?");
    let long = |line: &&str| line.len() > 78 && !may_be_long(line);
    assert_eq!(raw.split("\r\n").find(long), None);
    for line in [
        "Date: Sat, 18 Aug 2007 09:00:00 +0000\r\n",
        "List-Id: \"News\" <news.example.kz>\r\n",
        "List-Unsubscribe: <https://example.kz/unsubscribe/token>,\r\n <mailto:unsubscribe@example.kz?subject=token>\r\n",
        "Message-ID: <1.c@example.kz>\r\n",
        "MIME-Version: 1.0\r\n",
    ] {
        assert!(raw.contains(line), "{line}\n{raw}");
    }
}

#[test]
fn templates_that_must_run_and_foreign_texts_arrive_too() {
    let (_, text, _) = read_back(&written(
        "{% if name %}Dear {{ name }}{% else %}Hello{% endif %}.",
        "",
    ));
    assert_eq!(text, "Hello.");
    let bytes = written("Құрметті {{ name }}, қош келдіңіз", "Айгүл");
    assert!(String::from_utf8_lossy(&bytes).contains("Content-Transfer-Encoding: base64"));
    assert_eq!(read_back(&bytes).1, "Құрметті Айгүл, қош келдіңіз");
}

#[test]
fn files_stand_around_the_text_and_each_parser_finds_them() {
    use mail_parser::MimeHeaders as _;
    let name = |text: &str| crate::model::attachment::AttachmentName::parse(text).unwrap();
    let pdf: Vec<u8> = (0..=255).cycle().take(5_000).collect();
    let file = EncodedFile::attached(&name("Бағдарлама.pdf"), "application/pdf", &pdf);
    let png = EncodedFile::inline(&name("a.png"), "image/png", "p1@example.kz", b"\x89PNG");
    for (inline, attached, nesting) in [
        (vec![], vec![], "alternative"),
        (vec![], vec![file.clone()], "mixed alternative"),
        (vec![png.clone()], vec![], "alternative related"),
        (vec![png], vec![file], "mixed alternative related"),
    ] {
        let of = |files: Vec<EncodedFile>| files.into_iter().map(Arc::new).collect();
        let (pictures, files) = (inline.len(), attached.len());
        let attachments = Attachments {
            inline: of(inline),
            attached: of(attached),
        };
        let bytes = written_with("Dear {{ name }}.", "Айгүл", attachments);
        let (_, text, html) = read_back(&bytes);
        assert_eq!(
            (text.as_str(), html.as_str()),
            ("Dear Айгүл.", "<p>Dear Айгүл.</p>")
        );
        let raw = String::from_utf8(bytes.clone()).unwrap();
        let kinds: Vec<&str> = raw
            .lines()
            .filter_map(|line| line.strip_prefix("Content-Type: multipart/"))
            .filter_map(|rest| rest.split(';').next())
            .collect();
        assert_eq!(kinds.join(" "), nesting);
        let parsed = mail_parser::MessageParser::default().parse(&bytes).unwrap();
        let with_name = parsed
            .parts
            .iter()
            .filter(|part| part.attachment_name().is_some());
        assert_eq!(with_name.count(), pictures + files);
        for part in &parsed.parts {
            match part.attachment_name() {
                Some("a.png") => assert_eq!(part.content_id(), Some("p1@example.kz")),
                Some(other) => {
                    assert_eq!(other, "Бағдарлама.pdf");
                    assert_eq!(part.contents(), pdf);
                }
                None => {}
            }
        }
    }
}

proptest! {
    #[test]
    fn whatever_stands_around_a_name_survives(
        before in "[a-zA-Z=.,<&\n ]{0,120}",
        name in "[A-Za-zА-я\"'.,<@ -]{0,40}",
        after in "[a-zA-Z=.\n ]{0,120}",
    ) {
        let text = format!("{before}{{{{ name }}}}{after}");
        let (_, read, _) = read_back(&written(&text, &name));
        let expected = format!("{before}{name}{after}");
        prop_assert_eq!(read, expected);
    }
}
