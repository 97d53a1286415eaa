//! Templates of transactional email: written once, filled in by other programs.

use jarshy::model::audit::Actor;
use jarshy::settings;
use reqwest::{Response, StatusCode};
use rstest_reuse::apply;
use serde_json::{Value, json};

use crate::admin_client::AdminClient;
use crate::harness::{TestApp, on_both_databases};

const HOME: &str = "/admin/email-templates";

fn shipped() -> Vec<(&'static str, &'static str)> {
    vec![
        ("name", "order-shipped"),
        ("language", "en"),
        ("subject", "Order {{ .Tx.Data.number }}"),
        (
            "body",
            "Dear {{ data.name | default(\"reader\") }}, **{{ data.number }}** left.\n\n\
             {% if data.note %}\n\nNote: {{ data.note }}\n\n{% endif %}\n\n\
             [Track it](https://track.example/{{ data.code }})",
        ),
        ("sample", "{\"number\": \"A-1\", \"code\": \"x\"}"),
        ("action", "save"),
    ]
}

async fn send(app: &TestApp, body: Value) -> Response {
    let call = app.api("POST", "/transactional").json(&body);
    call.send().await.unwrap()
}

#[apply(on_both_databases)]
async fn a_program_fills_a_template_in_by_its_name(app: TestApp) {
    let owner = AdminClient::owner(&app).await;
    let new = owner.page(&format!("{HOME}/new")).await;
    assert!(
        new.contains("id=\"name\" name=\"name\" type=\"text\" value=\"\""),
        "{new}"
    );
    let page = owner.submit(HOME, &shipped()).await;
    assert!(page.contains("Order {{ data.number }}"), "as ours: {page}");
    let taken = owner.refused(HOME, &shipped(), 422).await;
    assert!(taken.contains("template with this name already"), "{taken}");

    let data = json!({ "number": "<b>17", "code": "a b", "note": "[x](https://evil.example)" });
    let call = json!({ "to": "a@x.example", "template": "order-shipped", "data": data });
    assert_eq!(send(&app, call).await.status(), StatusCode::ACCEPTED);
    let mail = app.mail_to("a@x.example").await;
    assert_eq!(mail.subject, "Order <b>17");
    let html = &mail.html;
    assert!(
        html.contains("Dear reader") && html.contains("&lt;b&gt;17"),
        "{html}"
    );
    assert!(html.contains("https://track.example/a%20b"), "{html}");
    assert!(!html.contains("href=\"https://evil.example"), "{html}");
    assert!(mail.text.contains("Note: [x]"), "{}", mail.text);

    for (body, named) in [
        (json!({ "data": { "code": "x" } }), "the data lacks number"),
        (
            json!({ "data": { "number": null, "code": "x" } }),
            "lacks number",
        ),
        (json!({}), "lacks code, number"),
        (json!({ "template": "none" }), "there is no template"),
        (json!({ "body_markdown": "x" }), "give either template"),
        (
            json!({ "data": { "number": "x".repeat(70_000), "code": "x" } }),
            "longer than 64 KiB",
        ),
    ] {
        let mut call = json!({ "to": "b@x.example", "template": "order-shipped" });
        for (name, value) in body.as_object().unwrap() {
            call[name] = value.clone();
        }
        let answer = send(&app, call).await;
        assert_eq!(answer.status(), StatusCode::UNPROCESSABLE_ENTITY, "{named}");
        let text = answer.text().await.unwrap();
        assert!(text.contains(named), "{named}: {text}");
    }
    app.quiet().await;
    assert_eq!(app.mails_now("b@x.example").len(), 0);
}

#[apply(on_both_databases)]
async fn a_template_is_saved_only_if_its_sample_fills_it_in(app: TestApp) {
    let owner = AdminClient::owner(&app).await;
    for (field, value, said) in [
        ("sample", "{\"number\": 1}", "lacks code"),
        ("sample", "[1]", "no JSON object"),
        ("body", "Dear {{ name }}", "known are data"),
        ("body", " ", "not be empty"),
        ("subject", "", "not be empty"),
        ("name", "No Name", "name"),
    ] {
        let mut form = shipped();
        form.retain(|(name, _)| *name != field);
        form.push((field, value));
        let page = owner.refused(HOME, &form, 422).await;
        assert!(page.contains(said), "{field}: {page}");
        assert!(
            page.contains("A-1") || field == "sample",
            "nothing is lost: {page}"
        );
    }
    let mut form = shipped();
    form.retain(|(name, _)| *name != "action");
    form.push(("action", "test"));
    let page = owner.submit(HOME, &form).await;
    assert!(
        page.contains("A test goes to owner@embassy.example"),
        "{page}"
    );
    let mail = app
        .mail_about("owner@embassy.example", "[Test] Order A-1")
        .await;
    assert!(mail.html.contains("A-1"), "{}", mail.html);
    let preview = owner
        .post(&format!("{HOME}/preview?part=text"), &form)
        .await;
    let preview = preview.text().await.unwrap();
    assert!(preview.contains("Dear reader"), "{preview}");

    let viewer = AdminClient::sign_in(
        &app,
        "viewer@embassy.example",
        jarshy::model::user::Role::Viewer,
    )
    .await;
    assert!(viewer.page(HOME).await.contains("order-shipped"));
}

#[apply(on_both_databases)]
async fn listmonks_clients_name_it_by_number(app: TestApp) {
    let change = [("listmonk_api".to_owned(), Some(json!(true)))];
    settings::change(&app.cx, &Actor::System, &change.into())
        .await
        .unwrap();
    let text = json!({
        "subject": "Order {{ data.number }}", "body_markdown": "**{{ data.number }}** for {{ email }}",
        "sample": { "number": 1 },
    });
    let made = app
        .api("PUT", "/email-templates/order")
        .json(&text)
        .send()
        .await;
    let made: Value = made.unwrap().json().await.unwrap();
    let number = made["id"].as_i64().unwrap();
    assert!(number > 100, "{made}");
    let call = async |path: &str, body: Value| {
        let method = if body.is_null() { "GET" } else { "POST" };
        let url = format!("{}/api{path}", app.url);
        let request = app.client.request(method.parse().unwrap(), url);
        let request = request.basic_auth("owner@embassy.example", Some(app.token()));
        let answer = request.json(&body).send().await.unwrap();
        (answer.status().as_u16(), answer.text().await.unwrap())
    };
    let (_, all) = call("/templates", Value::Null).await;
    let all: Value = serde_json::from_str(&all).unwrap();
    let listed = all["data"].as_array().unwrap().iter();
    let listed = listed.clone().find(|one| one["id"] == number).unwrap();
    assert_eq!(
        (&listed["type"], &listed["name"]),
        (&json!("tx"), &json!("order"))
    );
    let message = |data: Value| {
        json!({ "subscriber_emails": ["a@x.example", "b@x.example"], "subscriber_mode": "external",
            "template_id": number, "data": data })
    };
    let (status, said) = call("/tx", message(json!({ "other": 1 }))).await;
    assert!(status >= 400 && said.contains("lacks number"), "{said}");
    let (status, said) = call("/tx", message(json!({ "number": "A-9" }))).await;
    assert_eq!(status, 200, "{said}");
    for to in ["a@x.example", "b@x.example"] {
        let mail = app.mail_to(to).await;
        assert_eq!(mail.subject, "Order A-9");
        assert!(mail.text.contains(to), "{}", mail.text);
    }
    let mut unknown = message(json!({}));
    unknown["template_id"] = json!(number + 1);
    let (status, said) = call("/tx", unknown).await;
    assert!(
        status == 400 && said.contains("no transactional template"),
        "{said}"
    );

    let deleted = app.api("DELETE", "/email-templates/order").send().await;
    assert_eq!(deleted.unwrap().status(), StatusCode::NO_CONTENT);
    let gone = app.api("GET", "/email-templates/order").send().await;
    assert_eq!(gone.unwrap().status(), StatusCode::NOT_FOUND);
}
