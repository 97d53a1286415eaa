//! Personal parts, subjects and senders as they reach readers, each way that a
//! mail can be written.

use jarshy::model::user::Role;
use reqwest::StatusCode;
use serde_json::{Value, json};

use crate::harness::{App, Mail};

const LEAVE: &str = "<mj-section><mj-column><mj-text><a href=\"{{ unsubscribe_url }}\">Leave</a></mj-text></mj-column></mj-section>";

async fn reader(app: &App, email: &str, name: &str, attributes: Value) {
    let body = json!({ "email": email, "name": name, "attributes": attributes, "lists": ["news"],
        "status": "confirmed" });
    app.api_post("/subscribers", body).await;
}

/// Starts a campaign of a text in English.
async fn send(app: &App, kind: &str, body: &str) {
    send_as(app, kind, body, json!({ "subject": "S" })).await;
}

async fn send_as(app: &App, kind: &str, body: &str, more: Value) {
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
async fn refused(app: &App, kind: &str, body: &str) -> String {
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

on_both_databases! {
    async fn missing_values_have_their_defaults(app: App) {
        reader(&app, "a@example.kz", "", json!({})).await;
        reader(&app, "b@example.kz", "N", json!({ "city": null })).await;
        send(&app, "markdown", "Dear {{ name | default(\"reader\") }} of {{ attributes.city }} ({{ attributes.city | default(\"nowhere\") }}).").await;
        for part in both(&app.mail_to("a@example.kz").await) {
            assert!(part.contains("Dear reader of (nowhere).") || part.contains("Dear reader of  (nowhere)."), "{part}");
        }
        for part in both(&app.mail_to("b@example.kz").await) {
            assert!(part.contains("Dear N of (nowhere).") || part.contains("Dear N of  (nowhere)."), "{part}");
            assert!(!part.contains("None"));
        }
    }

    async fn personal_values_in_addresses_are_encoded(app: App) {
        reader(&app, "anna+news@example.org", "A & B #1", json!({})).await;
        send(&app, "markdown", "[Answer](https://forms.example.org/?mail={{ email }}&who={{ name }})").await;
        let mail = app.mail_to("anna+news@example.org").await;
        let address = "https://forms.example.org/?mail=anna%2Bnews%40example.org&who=A%20%26%20B%20%231";
        assert!(mail.html.contains(&address.replace('&', "&amp;")), "{}", mail.html);
        assert!(mail.text.contains(address), "{}", mail.text);
    }

    async fn braces_are_shown_where_they_are_meant(app: App) {
        reader(&app, "a@example.kz", "A", json!({})).await;
        send(&app, "markdown", "In a template write {% raw %}{{ user.name }}{% endraw %} for it.\n\nLeave here: <{{ unsubscribe_url }}>").await;
        let mail = app.mail_to("a@example.kz").await;
        for part in both(&mail) {
            assert!(part.contains("write {{ user.name }} for it"), "{part}");
        }
        let leave = mail.html.split("Leave here: <a href=\"").nth(1).unwrap();
        assert!(leave.contains("/unsubscribe/"), "{leave}");
        let line = mail.text.lines().find(|line| line.starts_with("Leave here:")).unwrap().to_owned();
        assert!(line.contains("/unsubscribe/") || mail.text.contains(&format!("{line}\r\nhttp")), "{}", mail.text);
    }

    async fn each_reader_gets_one_branch_of_a_design(app: App) {
        reader(&app, "oslo@example.kz", "O", json!({ "city": "Oslo", "tags": ["red", "blue"] })).await;
        let block = |one: &str, other: &str| format!("{{% if attributes.city == \"Paris\" %}}{one}{{% else %}}{other}{{% endif %}}");
        let text = |words: &str| format!("<mj-text>{words}</mj-text>");
        send(&app, "mjml", &mjml(&format!(
            "{}<mj-raw>{{% if attributes.city == \"Paris\" %}}</mj-raw>{}<mj-raw>{{% else %}}</mj-raw>{}<mj-raw>{{% endif %}}</mj-raw>\
             <mj-table>{{% for tag in attributes.tags %}}<tr><td>{{{{ tag }}}}</td></tr>{{% endfor %}}</mj-table>",
            block(&text("For Paris alone"), &text("For all others")), text("Raw for Paris"), text("Raw for others"),
        ))).await;
        let mail = app.mail_to("oslo@example.kz").await;
        for part in both(&mail) {
            assert!(!part.contains("Paris"), "{part}");
            for words in ["For all others", "Raw for others", "red", "blue"] {
                assert!(part.contains(words), "{words}: {part}");
            }
        }
    }

    async fn what_cannot_be_sent_is_refused_with_its_line(app: App) {
        reader(&app, "a@example.kz", "A", json!({})).await;
        for (kind, body, told) in [
            ("markdown", "Dear\n{{ nmae }}".to_owned(), "line 2: {{ nmae }}"),
            ("mjml", mjml("<mj-text>{% if name %}<b>a{% endif %}</b></mj-text>"), "line 4: {% endif %}"),
            ("mjml", mjml("<mj-include path=\"a\" />"), "line 4, column 1: mj-include"),
            ("mjml", "<mjml><mj-body><!-- <a href=\"{{ unsubscribe_url }}\">x</a> --></mj-body></mjml>".to_owned(), "no way to leave"),
            ("html", "<p><a href=\"{{ unsubscribe_url }}\">x</a>\n<script>x()</script>".to_owned(), "line 2, column 1: <script>"),
            ("html", "<!-- <a href=\"{{ unsubscribe_url }}\">x</a> -->".to_owned(), "no way to leave"),
            ("html", "<p style=\"display:none\"><a href=\"{{ unsubscribe_url }}\">x</a></p>".to_owned(), "no way to leave"),
            ("html", "<p>words</p>".to_owned(), "no way to leave"),
            ("markdown", "<table>\n{% if name %}<tr><td>x</td></tr>{% endif %}</table>".to_owned(), "line 2: {% if name %}"),
        ] {
            let said = refused(&app, kind, &body).await.replace("\\\"", "\"");
            assert!(said.contains(told), "{body}: {said}");
        }
    }

    async fn html_that_a_design_ends_in_and_attributes_arrive_as_written(app: App) {
        reader(&app, "a@example.kz", "A", json!({})).await;
        send(&app, "mjml", &mjml(
            "<mj-text>1 < 2 <ul><li>a<li>b</ul> <a href=https://example.org>x</a></mj-text>\
             <mj-text><p style=\"\n  color: #cc0000;\n  margin: 0;\n\">Red words</p></mj-text>\
             <mj-image src=\"https://example.org/a.png\" alt='The \"Herald\" logo' />\
             <mj-text><p style='font-family: \"Georgia\", serif; color red; *zoom: 1'>Words</p></mj-text>",
        )).await;
        let mail = app.mail_to("a@example.kz").await;
        for part in ["1 &lt; 2", "href=\"https://example.org\"", "color: #cc0000", "alt=\"The &quot;Herald&quot; logo\"", "Georgia"] {
            assert!(mail.html.contains(part), "{part}\n{}", mail.html);
        }
        assert!(mail.text.contains("1 < 2") && mail.text.contains("Red words"), "{}", mail.text);
    }

    async fn finished_html_is_a_kind_of_campaign(app: App) {
        reader(&app, "a@example.kz", "A", json!({})).await;
        let cookie = app.sign_in("editor@embassy.example", Role::Editor).await;
        let body = "<!doctype html>\n<html>\n  <head>\n\n    <style>\n      p { color: red }\n    </style>\n  </head>\n  <body>\n\n      <table role=\"presentation\"><tr><td>\n\n        <p>Words of a finished newsletter for {{ name }}.</p>\n      </td></tr></table><a href=\"{{ unsubscribe_url }}\">Leave</a>\n  </body>\n</html>";
        let form = app.desk(&cookie, "/admin/campaigns/new?kind=html").await.text().await.unwrap();
        assert!(form.contains("Finished HTML") && form.contains("A whole HTML document"));
        let fields = [("kind", "html"), ("subject", "F"), ("title_en", "F"), ("body_en", body), ("lists", "news"),
            ("layout", "letter"), ("language", "en")];
        let made = app.desk_post(&cookie, "/admin/campaigns", &fields).await;
        assert_eq!(made.status(), StatusCode::SEE_OTHER);
        send(&app, "html", body).await;
        let mail = app.mail_to("a@example.kz").await;
        assert!(mail.html.contains("<p style=\"color: red;\">Words of a finished newsletter for A.</p>"), "{}", mail.html);
        assert!(mail.text.starts_with("Words of a finished newsletter for A."), "{}", mail.text);
        assert!(!mail.text.contains('<'));

        let pasted = json!({ "subject": "S", "lists": ["news"],
            "markdown": [{ "language": "en", "title": "T", "preheader": "P", "body": body }] });
        let id = app.api_post("/campaigns", pasted).await["id"].as_i64().unwrap();
        let page = app.desk(&cookie, &format!("/admin/campaigns/{id}")).await.text().await.unwrap();
        assert!(page.contains("the text is an HTML document"), "{page}");
    }

    async fn subjects_and_senders_arrive_as_typed(app: App) {
        reader(&app, "a@example.kz", "A", json!({ "nick": "Анна" })).await;
        for (number, (subject, arrived)) in [
            ("Новости  посольства", "Новости  посольства"),
            ("Привет {{ attributes.nick }} друзья", "Привет Анна друзья"),
            ("About =?utf-8?q?hello?= tokens", "About =?utf-8?q?hello?= tokens"),
        ].into_iter().enumerate() {
            let more = json!({ "subject": subject, "from": "ТОО \"Хабар\" <news@embassy.example>" });
            send_as(&app, "markdown", "words", more).await;
            let mails = app.mails_to("a@example.kz", number + 1).await;
            let mail = mails.iter().find(|mail| mail.subject == arrived);
            let mail = mail.unwrap_or_else(|| panic!("{subject}: {:?}", mails.iter().map(|mail| &mail.subject).collect::<Vec<_>>()));
            let parsed = mail_parser::MessageParser::default().parse(mail.raw.as_bytes()).unwrap();
            assert_eq!(parsed.from().unwrap().first().unwrap().name(), Some("ТОО \"Хабар\""));
        }
    }
}
