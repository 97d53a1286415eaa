//! Personal parts, subjects and senders as they reach readers, each way that a
//! mail can be written.

use jarshy::model::user::Role;
use reqwest::StatusCode;
use rstest_reuse::apply;
use serde_json::{Value, json};

use crate::harness::{Mail, TestApp, on_both_databases};

/// A text of the corpus of mails.
macro_rules! text {
    ($name:literal) => {
        include_str!(concat!("../corpus/mail/", $name))
    };
}

const LEAVE: &str = "<mj-section><mj-column><mj-text><a href=\"{{ unsubscribe_url }}\">Leave</a></mj-text></mj-column></mj-section>";

async fn reader(app: &TestApp, email: &str, name: &str, attributes: Value) {
    let body = json!({ "email": email, "name": name, "attributes": attributes, "lists": ["news"],
        "status": "confirmed" });
    app.api_post("/subscribers", body).await;
}

/// Starts a campaign of a text in English.
async fn send(app: &TestApp, kind: &str, body: &str) {
    send_as(app, kind, body, json!({ "subject": "S" })).await;
}

async fn send_as(app: &TestApp, kind: &str, body: &str, more: Value) {
    let mut campaign = json!({ "lists": ["news"],
        kind: [{ "language": "en", "title": "T", "preheader": "P", "body": body }] });
    campaign
        .as_object_mut()
        .unwrap()
        .extend(more.as_object().unwrap().clone());
    let id = app.api_post("/campaigns", campaign).await["id"]
        .as_i64()
        .unwrap();
    app.api_post(&format!("/campaigns/{id}/start"), json!({}))
        .await;
}

/// Why a text is not sent, when it is made or started.
async fn refused(app: &TestApp, kind: &str, body: &str) -> String {
    let campaign = json!({ "subject": "S", "lists": ["news"],
        kind: [{ "language": "en", "title": "T", "preheader": "P", "body": body }] });
    let made = app
        .api("POST", "/campaigns")
        .json(&campaign)
        .send()
        .await
        .unwrap();
    if made.status() == StatusCode::UNPROCESSABLE_ENTITY {
        return made.text().await.unwrap();
    }
    let made: Value = made.json().await.unwrap();
    let path = format!("/campaigns/{}/start", made["id"]);
    let started = app
        .api("POST", &path)
        .json(&json!({}))
        .send()
        .await
        .unwrap();
    assert!(started.status().is_client_error(), "{body} was sent");
    started.text().await.unwrap()
}

fn mjml(inner: &str) -> String {
    format!(
        "<mjml>\n<mj-body>\n<mj-section><mj-column>\n{inner}\n</mj-column></mj-section>\n{LEAVE}</mj-body>\n</mjml>"
    )
}

fn both(mail: &Mail) -> [&str; 2] {
    [&mail.html, &mail.text]
}

#[apply(on_both_databases)]
async fn merge_tags_have_defaults(app: TestApp) {
    reader(&app, "a@example.kz", "", json!({})).await;
    reader(&app, "b@example.kz", "N", json!({ "city": null })).await;
    send(&app, "markdown", text!("17-null-and-default.md")).await;
    for part in both(&app.mail_to("a@example.kz").await) {
        assert!(
            part.contains("Dear reader of (nowhere).")
                || part.contains("Dear reader of  (nowhere)."),
            "{part}"
        );
    }
    for part in both(&app.mail_to("b@example.kz").await) {
        assert!(
            part.contains("Dear N of (nowhere).") || part.contains("Dear N of  (nowhere)."),
            "{part}"
        );
        assert!(!part.contains("None"));
    }
}

#[apply(on_both_databases)]
async fn merge_tags_in_urls_are_encoded(app: TestApp) {
    reader(&app, "anna+news@example.org", "A & B #1", json!({})).await;
    send(&app, "markdown", text!("18-personal-link.md")).await;
    let mail = app.mail_to("anna+news@example.org").await;
    let address =
        "https://forms.example.org/?mail=anna%2Bnews%40example.org&who=A%20%26%20B%20%231";
    assert!(
        mail.html.contains(&address.replace('&', "&amp;")),
        "{}",
        mail.html
    );
    assert!(mail.text.contains(address), "{}", mail.text);
}

#[apply(on_both_databases)]
async fn literal_braces_are_shown(app: TestApp) {
    reader(&app, "a@example.kz", "A", json!({})).await;
    send(
        &app,
        "markdown",
        &[text!("19-raw-block.md"), text!("27-angle-unsubscribe.md")].join("\n\n"),
    )
    .await;
    let mail = app.mail_to("a@example.kz").await;
    for part in both(&mail) {
        assert!(part.contains("write {{ user.name }} for it"), "{part}");
    }
    let leave = mail.html.split("Leave here: <a href=\"").nth(1).unwrap();
    assert!(leave.contains("/unsubscribe/"), "{leave}");
    let line = mail
        .text
        .lines()
        .find(|line| line.starts_with("Leave here:"))
        .unwrap()
        .to_owned();
    assert!(
        line.contains("/unsubscribe/") || mail.text.contains(&format!("{line}\r\nhttp")),
        "{}",
        mail.text
    );
}

#[apply(on_both_databases)]
async fn conditional_blocks_by_subscriber(app: TestApp) {
    reader(
        &app,
        "oslo@example.kz",
        "O",
        json!({ "city": "Oslo", "tags": ["red", "blue"] }),
    )
    .await;
    for (number, design, wanted) in [
        (
            1,
            text!("10-mjml-condition-lost.mjml"),
            ["For all others", "Leave"],
        ),
        (
            2,
            text!("10b-mjml-condition-raw.mjml"),
            ["For all others", "Leave"],
        ),
        (3, text!("10c-mjml-table-rows.mjml"), ["red", "blue"]),
    ] {
        send_as(
            &app,
            "mjml",
            design,
            json!({ "subject": format!("Design {number}") }),
        )
        .await;
        let mail = app
            .mail_about("oslo@example.kz", &format!("Design {number}"))
            .await;
        for part in both(&mail) {
            assert!(!part.contains("Paris"), "{part}");
            for words in wanted {
                assert!(part.contains(words), "{words}: {part}");
            }
        }
    }
}

#[apply(on_both_databases)]
async fn blocks_between_list_items_and_paragraphs(app: TestApp) {
    reader(
        &app,
        "a@example.kz",
        "A",
        json!({ "tags": ["red", "blue"], "site": "javascript:1" }),
    )
    .await;
    let list = "Colours:\n\n- first\n{% for tag in attributes.tags %}\n- {{ tag }}\n{% endfor %}\n- last\n\n\
        {% for tag in attributes.tags %}\n### {{ tag }}\n\nAbout {{ tag }}\n{% endfor %}\n\
        {# a remark #}\n{% if attributes.tags -%} [Page]({{ attributes.site }}) {%- endif %}\n";
    send(&app, "markdown", list).await;
    let mail = app.mail_to("a@example.kz").await;
    let text = mail.text.replace("\r\n", "\n");
    assert!(text.contains("- first\n- red\n- blue\n- last\n"), "{text}");
    assert!(
        text.contains("About red\n") && text.contains("About blue\n"),
        "{text}"
    );
    assert_eq!(mail.html.matches("<ul").count(), 1, "{}", mail.html);
    for part in both(&mail) {
        assert!(
            !part.contains("remark") && !part.contains("javascript"),
            "{part}"
        );
    }
    assert!(
        mail.html.contains(&format!(
            "href=\"{}/unsubscribe/",
            app.cx.config().public_url()
        )),
        "{}",
        mail.html
    );
    let table = refused(
        &app,
        "markdown",
        "| A |\n|---|\n{% for tag in attributes.tags %}\n| {{ tag }} |\n{% endfor %}\n",
    )
    .await;
    assert!(table.contains("line"), "{table}");
    let carousel = refused(&app, "mjml", &mjml("<mj-carousel>\n{% if name %}<mj-carousel-image src=\"a.png\" />{% endif %}</mj-carousel>")).await;
    assert!(carousel.contains("mj-carousel, which counts"), "{carousel}");
}

#[apply(on_both_databases)]
async fn template_errors_name_their_line(app: TestApp) {
    reader(&app, "a@example.kz", "A", json!({})).await;
    for (kind, body, told) in [
        (
            "markdown",
            "Dear\n{{ nmae }}".to_owned(),
            "line 2: {{ nmae }}",
        ),
        (
            "mjml",
            mjml("<mj-text>{% if name %}<b>a{% endif %}</b></mj-text>"),
            "line 4: {% endif %}",
        ),
        (
            "mjml",
            mjml("<mj-include path=\"a\" />"),
            "line 4, column 1: mj-include",
        ),
        (
            "mjml",
            text!("25-unsubscribe-in-comment.mjml").to_owned(),
            "no unsubscribe link",
        ),
        (
            "html",
            text!("28-whole-html.html").to_owned(),
            "no unsubscribe link",
        ),
        (
            "html",
            "<p><a href=\"{{ unsubscribe_url }}\">x</a>\n<script>x()</script>".to_owned(),
            "line 2, column 1: <script>",
        ),
        (
            "html",
            "<!-- <a href=\"{{ unsubscribe_url }}\">x</a> -->".to_owned(),
            "no unsubscribe link",
        ),
        (
            "html",
            "<p style=\"display:none\"><a href=\"{{ unsubscribe_url }}\">x</a></p>".to_owned(),
            "no unsubscribe link",
        ),
        ("html", "<p>words</p>".to_owned(), "no unsubscribe link"),
        (
            "markdown",
            "<table>\n{% if name %}<tr><td>x</td></tr>{% endif %}</table>".to_owned(),
            "line 2: {% if name %}",
        ),
    ] {
        let said = refused(&app, kind, &body).await.replace("\\\"", "\"");
        assert!(said.contains(told), "{body}: {said}");
    }
}

#[apply(on_both_databases)]
async fn raw_html_and_attributes_arrive_unchanged(app: TestApp) {
    reader(&app, "a@example.kz", "A", json!({})).await;
    let invalid = mjml(
        "<mj-text><p style='font-family: \"Georgia\", serif; color red; *zoom: 1'>Words</p></mj-text>",
    );
    for (number, design, in_html, in_text) in [
        (
            1,
            text!("08-mjml-multiline-style.mjml"),
            vec!["color: #cc0000", "margin: 0"],
            vec!["Red words"],
        ),
        (
            2,
            text!("09-mjml-attributes.mjml"),
            vec![
                "Georgia",
                "color: #cc0000",
                "alt=\"The &quot;Herald&quot; logo\"",
                "000 readers 👨\u{200d}👩\u{200d}👧 C:\\dir\"",
                "href=\"https://example.org/?a=1\"",
            ],
            vec![
                "Red words",
                "[The \"Herald\" logo]",
                "C:\\dir]",
                "https://example.org/?a=1",
            ],
        ),
        (
            3,
            text!("21-html-in-ending-tags.mjml"),
            vec![
                "1 &lt; 2",
                "href=\"https://example.org\"",
                ">a</li>",
                ">b</li>",
            ],
            vec!["1 < 2", "- a", "- b"],
        ),
        (4, invalid.as_str(), vec!["Georgia"], vec!["Words"]),
    ] {
        send_as(
            &app,
            "mjml",
            design,
            json!({ "subject": format!("Design {number}") }),
        )
        .await;
        let mail = app
            .mail_about("a@example.kz", &format!("Design {number}"))
            .await;
        for part in in_html {
            assert!(mail.html.contains(part), "{part}\n{}", mail.html);
        }
        for part in in_text {
            assert!(mail.text.contains(part), "{part}\n{}", mail.text);
        }
        for escaped in ["\\n", "\\u{", "\\\""] {
            assert!(!mail.html.contains(escaped), "{escaped}\n{}", mail.html);
        }
    }
}

#[apply(on_both_databases)]
async fn html_campaigns(app: TestApp) {
    reader(&app, "a@example.kz", "A", json!({})).await;
    let cookie = app.sign_in("editor@embassy.example", Role::Editor).await;
    let pasted = text!("28-whole-html.html");
    let body = pasted
        .replace("newsletter.", "newsletter for {{ name }}.")
        .replace(
            "</body>",
            "<a href=\"{{ unsubscribe_url }}\">Leave</a></body>",
        );
    let body = body.as_str();
    let form = app
        .admin_page(&cookie, "/admin/campaigns/new?kind=html")
        .await
        .text()
        .await
        .unwrap();
    assert!(form.contains(">HTML</button>") && form.contains("A whole HTML document"));
    let fields = [
        ("kind", "html"),
        ("subject", "F"),
        ("title_en", "F"),
        ("body_en", body),
        ("lists", "news"),
        ("layout", "letter"),
        ("language", "en"),
    ];
    let made = app.admin_post(&cookie, "/admin/campaigns", &fields).await;
    assert_eq!(made.status(), StatusCode::SEE_OTHER);
    send(&app, "html", body).await;
    let mail = app.mail_to("a@example.kz").await;
    assert!(
        mail.html
            .contains("<p style=\"color: red;\">Words of a finished newsletter for A.</p>"),
        "{}",
        mail.html
    );
    assert!(
        mail.text
            .starts_with("Words of a finished newsletter for A."),
        "{}",
        mail.text
    );
    assert!(!mail.text.contains('<'));

    let pasted = json!({ "subject": "S", "lists": ["news"],
        "markdown": [{ "language": "en", "title": "T", "preheader": "P", "body": pasted }] });
    let id = app.api_post("/campaigns", pasted).await["id"]
        .as_i64()
        .unwrap();
    let page = app
        .admin_page(&cookie, &format!("/admin/campaigns/{id}"))
        .await
        .text()
        .await
        .unwrap();
    assert!(page.contains("the text is an HTML document"), "{page}");
}

#[apply(on_both_databases)]
async fn subjects_and_senders_arrive_unchanged(app: TestApp) {
    reader(&app, "a@example.kz", "A", json!({ "nick": "Анна" })).await;
    let senders: Vec<&str> = text!("22-from.txt").lines().collect();
    for (number, subject) in text!("13-subjects.txt").lines().enumerate() {
        let from = senders[number % senders.len()];
        send_as(
            &app,
            "markdown",
            "words",
            json!({ "subject": subject, "from": from }),
        )
        .await;
        let arrived = subject.replace("{{ attributes.nick }}", "Анна");
        let mail = app.mail_about("a@example.kz", &arrived).await;
        let parsed = mail_parser::MessageParser::default()
            .parse(mail.raw.as_bytes())
            .unwrap();
        let name = ["ТОО \"Хабар\"", "O'Neil \"Bob\""][number % 2];
        assert_eq!(parsed.from().unwrap().first().unwrap().name(), Some(name));
    }
}
