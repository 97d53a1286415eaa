//! The mails that go out, judged by others: SpamAssassin, a strict parser of
//! HTML, and what mail programs are known to show.

mod support;

use std::collections::BTreeMap;
use std::io::Write;
use std::process::{Command, Stdio};

use serde_json::{Value, json};
use support::Demo;

const LAYOUTS: [&str; 3] = ["announcement", "digest", "letter"];
const LANGUAGES: [&str; 3] = ["kk", "ru", "en"];
/// The most that SpamAssassin may hold against a mail.
const POINTS: f64 = 0.5;

/// The mail as the server that takes it from our relay keeps it, at the moment
/// at which it was sent: without a `Received:` field it looks as if it had never
/// travelled, and with another time as if its date were forged.
fn received(message: &str) -> String {
    let mut lines = message.split("\r\n");
    let date = lines.find_map(|line| line.strip_prefix("Date: "));
    format!(
        "Received: from relay.embassy.example (relay.embassy.example [93.184.215.14])\r\n\
         \tby mx.example.org with ESMTPS id 4XyZ1; {}\r\n{message}",
        date.expect("a mail without a date")
    )
}

/// Reads messages from standard input as a JSON object and prints, of each HTML
/// part, the errors of a strict parser, its elements, and the properties that
/// its style attributes set.
const PARSE: &str = r#"
import sys, json, email, email.policy, html5lib
found = {}
for name, message in json.load(sys.stdin).items():
    message = email.message_from_string(message, policy=email.policy.SMTP)
    html = message.get_body(("html",)).get_content()
    parser = html5lib.HTMLParser()
    tree = parser.parse(html)
    elements, properties = set(), set()
    for element in tree.iter():
        if isinstance(element.tag, str):
            elements.add(element.tag.split("}")[-1])
            style = element.attrib.get("style", "")
            properties.update(part.split(":")[0].strip().lower() for part in style.split(";") if ":" in part)
    errors = ["%s at %s" % (error[1], error[0]) for error in parser.errors]
    found[name] = {"errors": errors, "elements": sorted(elements), "properties": sorted(properties)}
print(json.dumps(found))
"#;

/// Reads messages as Python reads them.
const READ_HEADERS: &str = r#"
import sys, json, email, email.policy
found = []
for message in json.load(sys.stdin):
    message = email.message_from_string(message, policy=email.policy.default)
    name = lambda header: message[header].addresses[0].display_name
    list_id = message["List-Id"].rsplit(" <", 1)[0]
    # A quoted string; an encoded word may begin with a quotation mark of its own.
    if dict(message.raw_items())["List-Id"].lstrip().startswith('"'):
        list_id = list_id[1:-1].replace('\\"', '"').replace("\\\\", "\\")
    found.append([message["Subject"], name("From"), name("To"), list_id])
print(json.dumps(found))
"#;

#[test]
fn any_text_in_a_header_survives_python_s_parser() {
    use jarshy::clock::Timestamp;
    use jarshy::mail::Mailbox;
    use jarshy::mail::attachment::Attachments;
    use jarshy::mail::message::{Draft, ListHeaders, compose};
    use jarshy::text::line::PersonName;
    use jarshy::text::locale::Language;
    use proptest::strategy::{Strategy, ValueTree};
    use proptest::test_runner::TestRunner;

    let python = std::env::var("JARSHY_TEST_PYTHON").expect("run scripts/test, which installs it");
    let mut runner = TestRunner::deterministic();
    let texts = "[ -~]{1,80}|\\PC{1,60}|[а-яa-zқ =?_\"\\\\<>,.@()]{1,90}|[Ѐ-ӿ ]{40,90}|(=\\?utf-8\\?q\\?[a-z]{1,5}\\?= ?){1,3}";
    let mut any = || loop {
        let text = texts.new_tree(&mut runner).unwrap().current();
        // Lines are trimmed where they are typed; white space other than the
        // space ends at Python's parser.
        let text: String = text
            .chars()
            .map(|c| if c.is_whitespace() { ' ' } else { c })
            .collect();
        if !text.trim().is_empty() {
            return text.trim().to_owned();
        }
    };
    let mut wanted: Vec<[String; 4]> = (0..400).map(|_| [any(), any(), any(), any()]).collect();
    for subject in [
        "Новости  посольства",
        "About =?utf-8?q?hello?= tokens",
        "Привет Анна друзья",
    ] {
        wanted.push([subject, "ТОО \"Хабар\"", "O'Neil \"Bob\"", "Елшілік"].map(str::to_owned));
    }
    let mailbox = |name: &str| Mailbox {
        name: PersonName::parse(name).unwrap(),
        address: "a@example.kz".parse().unwrap(),
    };
    let messages: Vec<String> = wanted
        .iter()
        .map(|[subject, from, to, list_name]| {
            let message = compose(&Draft {
                from: &mailbox(from),
                to: &mailbox(to),
                reply_to: None,
                subject,
                date: Timestamp::from_millis(1_187_427_600_000),
                message_id: "<1.c@example.kz>",
                language: Language::EN,
                html: "x",
                text: "x",
                attachments: &Attachments::default(),
                calendar: None,
                list: Some(ListHeaders {
                    list_name,
                    list_id: "news.example.kz",
                    unsubscribe_url: "https://example.kz/u",
                    unsubscribe_address: "u@example.kz",
                    archive_url: None,
                    feedback_id: "1",
                }),
            });
            String::from_utf8(message.unwrap()).unwrap()
        })
        .collect();
    let given = serde_json::to_string(&messages).unwrap();
    let read = filtered(Command::new(python).args(["-c", READ_HEADERS]), &given);
    let read: Vec<[String; 4]> = serde_json::from_str(&read).unwrap();
    // Python puts the words of a display name together with one space each.
    let once = |text: &String| text.split_whitespace().collect::<Vec<_>>().join(" ");
    for ((wanted, read), message) in wanted.iter().zip(&read).zip(&messages) {
        assert_eq!(
            [&wanted[0], &once(&wanted[1]), &once(&wanted[2]), &wanted[3]],
            [&read[0], &once(&read[1]), &once(&read[2]), &read[3]],
            "{}",
            message.split("\r\n\r\n").next().unwrap()
        );
    }
}

/// Elements that every mail program shows as they are meant.
const ELEMENTS: [&str; 36] = [
    "a",
    "b",
    "blockquote",
    "body",
    "br",
    "code",
    "div",
    "em",
    "h1",
    "h2",
    "h3",
    "h4",
    "head",
    "hr",
    "html",
    "i",
    "img",
    "li",
    "meta",
    "ol",
    "p",
    "pre",
    "span",
    "strong",
    "style",
    "sub",
    "sup",
    "table",
    "tbody",
    "td",
    "th",
    "thead",
    "title",
    "tr",
    "u",
    "ul",
];

/// Properties that mail programs apply, or that do no harm where they are not.
const PROPERTIES: [&str; 49] = [
    // Outlook's own and those of small screens; others pass over them.
    "-ms-interpolation-mode",
    "-ms-text-size-adjust",
    "-webkit-text-size-adjust",
    "mso-padding-alt",
    "mso-table-lspace",
    "mso-table-rspace",
    "mso-line-height-rule",
    "mso-hide",
    // Known everywhere.
    "background",
    "background-color",
    "border",
    "border-bottom",
    "border-collapse",
    "border-left",
    "border-right",
    "border-spacing",
    "border-top",
    "color",
    "direction",
    "display",
    "font-family",
    "font-size",
    "font-style",
    "font-weight",
    "height",
    "letter-spacing",
    "line-height",
    "list-style-type",
    "margin",
    "padding",
    "padding-bottom",
    "padding-left",
    "padding-right",
    "padding-top",
    "text-align",
    "text-decoration",
    "text-transform",
    "vertical-align",
    "white-space",
    "width",
    "word-spacing",
    // Outlook on Windows draws square corners and full width instead.
    "border-radius",
    "max-width",
    // Of pictures with a link, where browsers drew one.
    "outline",
    // Long addresses run over the edge where they are not known.
    "word-break",
    "overflow-wrap",
    "table-layout",
    "margin-right",
    // Only the hidden line behind the subject needs them; `display: none` hides it, too.
    "max-height",
];
const OF_THE_HIDDEN_LINE: [&str; 3] = ["opacity", "overflow", "cursor"];

/// A campaign with every block, in which any picture is one of the demo.
const BLOCKS: &str = include_str!("corpus/mail/blocks.md");

/// One mail of each layout, of every block, and of a confirmation in each language, by name.
async fn mails() -> BTreeMap<String, String> {
    let demo = Demo::start(None);
    let token = demo.token(None);
    let client = reqwest::Client::new();
    let api = |path: String, body: Value| {
        let url = format!("{}/api/v1{path}", demo.url);
        let request = client.post(url).bearer_auth(&token).json(&body);
        async move { request.send().await.unwrap().error_for_status().unwrap() }
    };
    let of_post = LAYOUTS.map(|layout| {
        let content = json!({ "post": "elections-2007", "layout": layout });
        (layout, format!("Election news, {layout}"), content)
    });
    let texts = LANGUAGES
        .map(|language| json!({ "language": language, "title": "Every block", "body": BLOCKS }));
    let of_blocks = json!({ "markdown": texts, "layout": "letter" });
    let campaigns = of_post
        .into_iter()
        .chain([("blocks", "Every block".to_owned(), of_blocks)]);
    let campaigns: Vec<(&str, String, Value)> = campaigns.collect();
    for (_, subject, content) in &campaigns {
        let mut draft = content.clone();
        draft["subject"] = json!(subject);
        draft["subjects"] = json!({ "kk": subject, "ru": subject });
        draft["lists"] = json!(["news"]);
        let campaign: Value = api("/campaigns".to_owned(), draft)
            .await
            .json()
            .await
            .unwrap();
        api(format!("/campaigns/{}/start", campaign["id"]), json!({})).await;
    }
    for language in LANGUAGES {
        let form = [
            ("email", format!("visitor-{language}@example.org")),
            ("name", "Aigerim".to_owned()),
            ("lists", "news".to_owned()),
            ("language", language.to_owned()),
        ];
        let joined = client.post(format!("{}/join", demo.url)).form(&form);
        joined.send().await.unwrap().error_for_status().unwrap();
    }
    let mut mails = BTreeMap::new();
    for (name, subject, _) in &campaigns {
        for mail in demo.mails(subject, 5).await {
            let message = demo.raw(&mail).await;
            let language = LANGUAGES.into_iter().find(|language| {
                message.contains(&format!("\r\nContent-Language: {language}\r\n"))
            });
            mails.insert(format!("{name} in {}", language.unwrap()), message);
        }
    }
    for language in LANGUAGES {
        let to = format!("visitor-{language}@example.org");
        let all = demo.mails("", 23).await;
        let confirmation = all.iter().find(|mail| mail["rcpt_to"][0] == to.as_str());
        let message = demo.raw(confirmation.unwrap()).await;
        mails.insert(format!("confirmation in {language}"), message);
    }
    assert_eq!(mails.len(), 5 * LANGUAGES.len(), "{:?}", mails.keys());
    mails
}

/// What a program prints that is given `input`.
fn filtered(program: &mut Command, input: &str) -> String {
    let mut child = program
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .expect("run scripts/test, which installs what this test needs");
    let mut given = child.stdin.take().unwrap();
    given.write_all(input.as_bytes()).unwrap();
    drop(given);
    String::from_utf8_lossy(&child.wait_with_output().unwrap().stdout).into_owned()
}

/// The points that SpamAssassin gives a mail, and what for. It asks nobody.
fn spam_points(message: &str) -> (f64, String) {
    let mut judge = Command::new("spamassassin");
    let verdict = filtered(judge.args(["-L", "-t"]), &received(message));
    let details = verdict.rsplit_once("Content analysis details:").unwrap().1;
    let points = details.split(['(', ' ']).find_map(|word| word.parse().ok());
    (points.unwrap(), details.trim().to_owned())
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn no_layout_in_any_language_looks_like_spam_or_breaks_a_mail_program() {
    let mails = mails().await;
    for (name, message) in &mails {
        let (points, details) = spam_points(message);
        assert!(points <= POINTS, "{name}: {details}");
    }
    let (points, _) = spam_points(&mails["letter in en"].replace(
        "Subject: Election news, letter",
        "Subject: VIAGRA!!! 100% FREE MONEY",
    ));
    assert!(points > POINTS, "the judge sleeps: {points}");

    let python = std::env::var("JARSHY_TEST_PYTHON")
        .expect("this test needs html5lib: run scripts/test, which installs it");
    let given = serde_json::to_string(&mails).unwrap();
    let found = filtered(Command::new(python).args(["-c", PARSE]), &given);
    let found: BTreeMap<String, Value> = serde_json::from_str(&found).unwrap();
    assert_eq!(found.len(), mails.len());
    for (name, part) in &found {
        assert_eq!(part["errors"], json!([]), "{name}");
        let strange = |kind: &str, known: &[&str]| -> Vec<String> {
            let words = part[kind].as_array().unwrap().iter();
            let words = words.map(|word| word.as_str().unwrap().to_owned());
            words
                .filter(|word| !known.contains(&word.as_str()))
                .collect()
        };
        assert!(strange("elements", &ELEMENTS).is_empty(), "{name}: {part}");
        let properties = [PROPERTIES.as_slice(), &OF_THE_HIDDEN_LINE].concat();
        assert!(
            strange("properties", &properties).is_empty(),
            "{name}: {part}"
        );
    }
}
