//! The audit log and the changes it records are one transaction.

use jarshy::account::audit;
use jarshy::model::feedback::Source;
use jarshy::model::user::Role;
use jarshy::store::failed_inbound_mails::{self, NewSetAside};
use reqwest::StatusCode;
use rstest_reuse::apply;
use serde_json::{Value, json};

use crate::admin_client::AdminClient;
use crate::harness::{TestApp, on_both_databases};

/// The audit log as it grows.
struct Log<'a> {
    app: &'a TestApp,
    seen: i64,
}

impl<'a> Log<'a> {
    async fn new(app: &'a TestApp) -> Self {
        let mut log = Self { app, seen: 0 };
        log.grown().await;
        log
    }

    /// What was entered since the last look: action and subject.
    async fn grown(&mut self) -> Vec<(String, String)> {
        let (rows, _) = audit::entries(&self.app.cx, "", "", i64::MAX, 10_000)
            .await
            .unwrap();
        let seen = self.seen;
        self.seen = rows.first().map_or(seen, |row| row.id);
        let new = rows.into_iter().filter(|row| row.id > seen);
        let mut new: Vec<_> = new.map(|row| (row.action, row.subject)).collect();
        new.reverse();
        new
    }

    /// The last change is entered once, and nothing else is.
    async fn gained(&mut self, action: &str, subject: &str) {
        assert_eq!(
            self.grown().await,
            [(action.to_owned(), subject.to_owned())]
        );
    }

    /// The last call changed nothing.
    async fn stayed(&mut self, after: &str) {
        assert_eq!(self.grown().await, [], "{after}");
    }
}

async fn call(app: &TestApp, method: &str, path: &str, body: Value) -> u16 {
    let answer = app.api(method, path).json(&body).send().await.unwrap();
    answer.status().as_u16()
}

async fn set_aside(app: &TestApp, digest: u8) -> i64 {
    let mail = NewSetAside {
        digest: [digest; 32],
        source: Source::Mailbox,
        mail_to: "bounces@embassy.example",
        reason: "the disk was full",
        bytes: b"From: a@b.kz\r\n\r\nnoise",
    };
    let mut db = app.cx.store.write().await.unwrap();
    failed_inbound_mails::insert(&mut db, &mail, 500, app.cx.clock.now())
        .await
        .unwrap();
    db.commit().await.unwrap();
    let newest = app.api_get("/set-aside?limit=1").await;
    newest["items"][0]["id"].as_i64().unwrap()
}

const CONFIRMED: (&str, &str) = ("confirmed", "yes");

#[apply(on_both_databases)]
async fn the_api_and_the_admin_pages_record_a_change_alike(app: TestApp) {
    app.create_post("p", "P", "text").await;
    app.subscribe("a@example.kz", "news").await;
    let id = app.create_campaign("p", "P", "news").await;
    let owner = AdminClient::owner(&app).await;
    let mut log = Log::new(&app).await;
    let subject = id.to_string();
    let at = json!({ "at": "2099-01-01T09:00:00Z" });
    app.api_post(&format!("/campaigns/{id}/schedule"), at).await;
    log.gained("campaign.schedule", &subject).await;
    let admin = format!("/admin/campaigns/{id}");
    owner.submit(&format!("{admin}/unschedule"), &[]).await;
    log.gained("campaign.unschedule", &subject).await;

    app.api_post(
        &format!("/campaigns/{id}/test"),
        json!({ "email": "t@example.kz" }),
    )
    .await;
    log.gained("campaign.test", &subject).await;
    let test = [
        ("test_to", "t@example.kz u@example.kz"),
        ("test_language", ""),
    ];
    owner.submit(&format!("{admin}/test"), &test).await;
    log.gained("campaign.test", &subject).await;

    let mail = json!({ "to": "t@example.kz", "subject": "S", "body_markdown": "text" });
    let mail = app.api_post("/transactional", mail).await["id"].clone();
    log.gained("transactional.send", &mail.to_string()).await;
    let page = owner.page("/admin/audit?action=campaign.test").await;
    assert_eq!(
        page.matches("<code>campaign.test</code>").count(),
        2,
        "{page}"
    );
}

#[apply(on_both_databases)]
async fn suppressions_are_recorded_by_api_and_admin_alike(app: TestApp) {
    let owner = AdminClient::owner(&app).await;
    let mut log = Log::new(&app).await;
    let file = "address,reason\nx@example.kz,manual\ny@example.kz,manual\n";
    let import = async || {
        let request = app.api("POST", "/suppressions/import");
        let request = request.header("content-type", "text/csv").body(file);
        assert_eq!(request.send().await.unwrap().status(), 200);
    };
    import().await;
    log.gained("suppression.import", "2 added").await;
    import().await;
    log.stayed("all of the file were there before").await;

    let undo = json!({ "reason": "manual", "why": "a wrong file" });
    app.api_post("/suppressions/undo", undo.clone()).await;
    log.gained("suppression.undo", "2 of manual a wrong file")
        .await;
    app.api_post("/suppressions/undo", undo).await;
    log.stayed("nothing was left to undo").await;
    assert_eq!(
        call(&app, "POST", "/suppressions/undo", json!({})).await,
        422
    );
    log.stayed("an undo of everything is refused").await;

    let import = "/admin/suppressions/import";
    owner.upload(import, &[], "list.csv", file.as_bytes()).await;
    log.gained("suppression.import", "2 added list.csv").await;
    owner.upload(import, &[], "bad.csv", b"nothing\n1\n").await;
    log.stayed("a file without addresses is refused").await;
    let undo = [("reason", "manual"), ("why", "again"), CONFIRMED];
    owner.submit("/admin/suppressions/undo", &undo).await;
    log.gained("suppression.undo", "2 of reason=manual again")
        .await;
}

#[apply(on_both_databases)]
async fn a_long_import_of_suppressions_is_one_entry_that_counts_all(app: TestApp) {
    let mut file = "address\n".to_owned();
    for n in 0..1200 {
        file.push_str(&format!("x{n}@example.kz\n"));
    }
    let mut log = Log::new(&app).await;
    let request = app.api("POST", "/suppressions/import");
    let request = request.header("content-type", "text/csv").body(file);
    assert_eq!(request.send().await.unwrap().status(), 200);
    log.gained("suppression.import", "1200 added").await;
}

#[apply(on_both_databases)]
async fn webhooks_are_recorded_by_api_and_admin_alike(app: TestApp) {
    let owner = AdminClient::owner(&app).await;
    let mut log = Log::new(&app).await;
    let url = "https://example.org/hook";
    let id = app.api_post("/webhooks", json!({ "url": url })).await["id"].to_string();
    log.gained("webhook.create", &id).await;
    let path = format!("/webhooks/{id}");
    let private = json!({ "url": "https://127.0.0.1/hook" });
    assert_eq!(call(&app, "POST", "/webhooks", private.clone()).await, 422);
    assert_eq!(call(&app, "PATCH", &path, private).await, 422);
    log.stayed("a private address is refused").await;
    assert_eq!(call(&app, "PATCH", &path, json!({ "url": url })).await, 200);
    log.gained("webhook.change", &id).await;
    let admin = format!("/admin/webhooks/{id}");
    owner
        .submit(&format!("{admin}/turn"), &[("to", "off")])
        .await;
    log.gained("webhook.change", &format!("{id} off")).await;
    assert_eq!(
        call(&app, "PATCH", &path, json!({ "is_active": true })).await,
        200
    );
    log.gained("webhook.change", &format!("{id} on")).await;
    assert_eq!(call(&app, "DELETE", &path, json!({})).await, 204);
    log.gained("webhook.delete", &id).await;
    assert_eq!(call(&app, "DELETE", &path, json!({})).await, 404);
    log.stayed("it is deleted already").await;

    let made = owner.post("/admin/webhooks", &[("url", url)]).await;
    assert_eq!(made.status(), StatusCode::CREATED);
    let all = app.api_get("/webhooks").await;
    let id = all["items"][0]["id"].to_string();
    log.gained("webhook.create", &id).await;
    owner
        .submit(&format!("/admin/webhooks/{id}/delete"), &[CONFIRMED])
        .await;
    log.gained("webhook.delete", &id).await;
}

#[apply(on_both_databases)]
async fn mails_that_were_set_aside_are_recorded_by_api_and_admin_alike(app: TestApp) {
    let owner = AdminClient::owner(&app).await;
    let mut log = Log::new(&app).await;
    let id = set_aside(&app, 1).await;
    log.grown().await;
    app.api_post(&format!("/set-aside/{id}/retry"), json!({}))
        .await;
    log.gained("set_aside.retry", &id.to_string()).await;
    let again = call(&app, "POST", &format!("/set-aside/{id}/retry"), json!({})).await;
    assert_eq!(again, 404);
    log.stayed("it was processed").await;
    let id = set_aside(&app, 2).await;
    owner
        .submit(&format!("/admin/set-aside/{id}/retry"), &[])
        .await;
    log.gained("set_aside.retry", &id.to_string()).await;
    let id = set_aside(&app, 3).await;
    assert_eq!(
        call(&app, "DELETE", &format!("/set-aside/{id}"), json!({})).await,
        204
    );
    log.gained("set_aside.delete", &id.to_string()).await;
    let id = set_aside(&app, 4).await;
    owner
        .submit(&format!("/admin/set-aside/{id}/delete"), &[CONFIRMED])
        .await;
    log.gained("set_aside.delete", &id.to_string()).await;
}

#[apply(on_both_databases)]
async fn uploads_are_recorded_by_api_and_admin_alike(app: TestApp) {
    let owner = AdminClient::owner(&app).await;
    let mut log = Log::new(&app).await;
    let api = AdminClient::nobody(&app);
    let upload = async |path: &str, name: &str, content: &'static [u8]| {
        let path = format!("/api/v1{path}");
        let fields: &[_] = if path.ends_with("/imports") {
            &[("list", "news")]
        } else {
            &[]
        };
        let request = api.upload_request(&path, fields, name, content);
        let sent = request.bearer_auth(app.token()).send().await.unwrap();
        sent.status().as_u16()
    };
    assert_eq!(upload("/media", "a.txt", b"one").await, 201);
    log.gained("media.upload", "a.txt").await;
    owner.upload("/admin/media", &[], "b.txt", b"two").await;
    log.gained("media.upload", "b.txt").await;
    owner.upload("/admin/media", &[], "b.txt", b"two").await;
    log.stayed("the same file is there").await;
    owner.upload("/admin/media", &[], "c.exe", b"MZ\0\0").await;
    log.stayed("a program is refused").await;

    assert_eq!(
        upload("/imports", "people.csv", b"email\na@b.kz\n").await,
        201
    );
    let id = app.api_get("/imports").await["items"][0]["id"].to_string();
    log.gained("import.upload", &format!("{id} people.csv"))
        .await;
    let list = [("list", "news")];
    owner
        .upload("/admin/imports", &list, "more.csv", b"email\nb@b.kz\n")
        .await;
    let id = app.api_get("/imports").await["items"][0]["id"].to_string();
    log.gained("import.upload", &format!("{id} more.csv")).await;
    let nowhere = [("list", "nowhere")];
    owner
        .upload("/admin/imports", &nowhere, "x.csv", b"email\n")
        .await;
    log.stayed("there is no such list").await;
}

#[apply(on_both_databases)]
async fn mail_frequency_and_address_are_recorded_by_api_and_admin_alike(app: TestApp) {
    let owner = AdminClient::owner(&app).await;
    let id = app.subscribe("a@example.kz", "news").await;
    app.subscribe("taken@example.kz", "news").await;
    let mut log = Log::new(&app).await;
    let admin = format!("/admin/subscribers/{id}");
    let weekly = [("frequency", "weekly"), ("paused_until", "")];
    owner.submit(&format!("{admin}/frequency"), &weekly).await;
    log.gained("subscriber.frequency", &format!("{id} weekly"))
        .await;
    owner.submit(&format!("{admin}/frequency"), &weekly).await;
    log.stayed("it is weekly already").await;
    let path = format!("/subscribers/{id}");
    let frequency = json!({ "frequency": "each" });
    assert_eq!(call(&app, "PATCH", &path, frequency).await, 200);
    let both = log.grown().await;
    let entry = ("subscriber.frequency".to_owned(), format!("{id} each"));
    let count = both.iter().filter(|one| **one == entry).count();
    assert_eq!(
        (count, both.len()),
        (1, 2),
        "with the change of the profile: {both:?}"
    );

    owner
        .submit(&format!("{admin}/address"), &[("email", "new@example.kz")])
        .await;
    log.gained("subscriber.ask_address", &id.to_string()).await;
    let taken = [("email", "taken@example.kz")];
    owner
        .refused(&format!("{admin}/address"), &taken, 422)
        .await;
    log.stayed("the address is another subscriber's").await;
    let taken = json!({ "email": "taken@example.kz" });
    assert_eq!(call(&app, "PATCH", &path, taken).await, 409);
    log.stayed("the address is another subscriber's").await;
    let new = json!({ "email": "newer@example.kz" });
    assert_eq!(call(&app, "PATCH", &path, new).await, 200);
    let both = log.grown().await;
    let asked = both.iter().filter(|one| one.0 == "subscriber.ask_address");
    assert_eq!((asked.count(), both.len()), (1, 2), "{both:?}");
}

#[apply(on_both_databases)]
async fn what_subscribers_choose_themselves_is_in_the_consent_records_alone(app: TestApp) {
    let confirmation = app.join_and_confirm("a@example.kz").await;
    let _ = confirmation;
    let mut log = Log::new(&app).await;
    let id = app.send_to(&["a@example.kz"]).await;
    log.grown().await;
    let mail = app.mail_about("a@example.kz", "Elections").await;
    let token = mail.link("/preferences/");
    let paused = app
        .submit(&format!("{token}/pause"), &[("span", "1m")])
        .await;
    assert_eq!(paused.status(), 200, "{id}");
    log.stayed("a subscriber has paused").await;
}

#[apply(on_both_databases)]
async fn signing_in_and_out_is_recorded_once(app: TestApp) {
    let mut log = Log::new(&app).await;
    let someone = AdminClient::sign_in(&app, "e@embassy.example", Role::Editor).await;
    let grown = log.grown().await;
    let actions: Vec<&str> = grown.iter().map(|(action, _)| action.as_str()).collect();
    assert_eq!(actions, ["user.add", "sign_in"], "{grown:?}");
    assert!(grown[1].1.starts_with("from "), "{grown:?}");
    let sessions = someone.page("/admin/sessions").await;
    assert!(
        sessions.contains("127.0.0"),
        "the network is known: {sessions}"
    );
    let wrong = [("email", "e@embassy.example"), ("password", "wrong")];
    let nobody = AdminClient::nobody(&app);
    nobody.refused("/admin/sign-in", &wrong, 422).await;
    let mut failed = Vec::new();
    while failed.is_empty() {
        failed = log.grown().await;
    }
    assert_eq!(failed[0].0, "sign_in.failed", "{failed:?}");
    someone.post("/admin/sign-out", &[]).await;
    log.gained("sign_out", "").await;
    someone.post("/admin/sign-out", &[]).await;
    log.stayed("the session is over").await;
}

#[apply(on_both_databases)]
async fn keys_and_tokens_are_recorded_once(app: TestApp) {
    let owner = AdminClient::owner(&app).await;
    let mut log = Log::new(&app).await;
    let domain = ("domain", "embassy.example");
    let keys = "/admin/signing-keys";
    for selector in ["s1", "s2"] {
        owner.submit(keys, &[domain, ("selector", selector)]).await;
        let name = format!("{selector} of embassy.example");
        log.gained("dkim_key.create", &name).await;
    }
    owner
        .refused(keys, &[domain, ("selector", "s2")], 422)
        .await;
    log.stayed("the selector is taken").await;
    let activate = format!("{keys}/embassy.example/s2/activate");
    owner.submit(&activate, &[CONFIRMED]).await;
    log.gained("dkim_key.activate", "s2 of embassy.example")
        .await;
    let retire = |selector: &str| format!("{keys}/embassy.example/{selector}/retire");
    owner.refused(&retire("s2"), &[CONFIRMED], 409).await;
    log.stayed("an active key cannot be retired").await;
    owner.submit(&retire("s1"), &[CONFIRMED]).await;
    log.gained("dkim_key.retire", "s1 of embassy.example").await;

    let email = "owner@embassy.example".parse().unwrap();
    let scopes = jarshy::model::scope::Scopes::from(jarshy::model::scope::Scope::All);
    jarshy::account::add_token(&app.cx, &email, scopes, None)
        .await
        .unwrap()
        .unwrap();
    log.gained("token.add", "owner@embassy.example").await;
    let page = owner.page("/admin/tokens").await;
    let (_, rest) = page.split_once("/admin/tokens/").unwrap();
    let id = rest.split('/').next().unwrap();
    let revoke = format!("/admin/tokens/{id}/revoke");
    owner.submit(&revoke, &[CONFIRMED]).await;
    let grown = log.grown().await;
    assert_eq!(grown.len(), 1, "{grown:?}");
    assert_eq!(grown[0].0, "token.revoke");
    owner.refused(&revoke, &[CONFIRMED], 404).await;
    log.stayed("it is revoked already").await;
}

/// Makes the database refuse every new entry.
async fn refuse_entries(app: &TestApp) {
    let statements: &[&'static str] = if app.cx.config().database_url.starts_with("sqlite") {
        &["CREATE TRIGGER refuse BEFORE INSERT ON audit_records
           BEGIN SELECT RAISE(ABORT, 'no entries'); END"]
    } else {
        &["ALTER TABLE audit_records ADD CONSTRAINT refuse CHECK (id < 0) NOT VALID"]
    };
    for statement in statements {
        app.raw(statement, "").await;
    }
}

#[apply(on_both_databases)]
async fn a_change_whose_entry_cannot_be_written_is_not_made(app: TestApp) {
    let owner = AdminClient::owner(&app).await;
    let id = app.subscribe("a@example.kz", "news").await;
    let hook = app
        .api_post("/webhooks", json!({ "url": "https://example.org/a" }))
        .await;
    let hook = hook["id"].to_string();
    app.create_post("p", "P", "text").await;
    let campaign = app.create_campaign("p", "P", "news").await;
    let mail = set_aside(&app, 1).await;
    app.api_post("/suppressions", json!({ "email": "x@example.kz" }))
        .await;
    let state = async || {
        json!([
            app.api_get(&format!("/subscribers/{id}")).await,
            app.api_get("/webhooks").await,
            app.api_get("/suppressions").await,
            app.api_get("/media").await,
            app.api_get("/imports").await,
            app.api_get("/set-aside").await["items"][0]["id"],
            app.mails_now("t@example.kz").len(),
        ])
    };
    let before = state().await;
    refuse_entries(&app).await;
    for (method, path, body) in [
        (
            "POST",
            "/webhooks".to_owned(),
            json!({ "url": "https://example.org/b" }),
        ),
        (
            "PATCH",
            format!("/webhooks/{hook}"),
            json!({ "is_active": false }),
        ),
        ("DELETE", format!("/webhooks/{hook}"), json!({})),
        (
            "POST",
            "/suppressions/undo".to_owned(),
            json!({ "reason": "manual" }),
        ),
        (
            "POST",
            format!("/campaigns/{campaign}/test"),
            json!({ "email": "t@example.kz" }),
        ),
        (
            "POST",
            "/transactional".to_owned(),
            json!({ "to": "t@example.kz", "subject": "S", "body_markdown": "x" }),
        ),
        (
            "PATCH",
            format!("/subscribers/{id}"),
            json!({ "frequency": "weekly" }),
        ),
        ("DELETE", format!("/set-aside/{mail}"), json!({})),
    ] {
        assert_eq!(
            call(&app, method, &path, body).await,
            500,
            "{method} {path}"
        );
    }
    owner.upload("/admin/media", &[], "b.txt", b"two").await;
    owner
        .upload(
            "/admin/imports",
            &[("list", "news")],
            "more.csv",
            b"email\n",
        )
        .await;
    let file = b"address\nnew@example.kz\n";
    owner
        .upload("/admin/suppressions/import", &[], "s.csv", file)
        .await;
    assert_eq!(state().await, before);
    let keys = owner.page("/admin/signing-keys").await;
    let form = [("domain", "embassy.example"), ("selector", "s1")];
    owner.refused("/admin/signing-keys", &form, 500).await;
    assert_eq!(owner.page("/admin/signing-keys").await, keys);
}

#[apply(on_both_databases)]
async fn a_change_that_is_rejected_leaves_no_entry(app: TestApp) {
    app.create_post("p", "P", "text").await;
    app.subscribe("a@example.kz", "news").await;
    let id = app.create_campaign("p", "P", "news").await;
    let owner = AdminClient::owner(&app).await;
    let mut log = Log::new(&app).await;
    let pause = format!("/campaigns/{id}/pause");
    assert_eq!(call(&app, "POST", &pause, json!({})).await, 409);
    log.stayed("a draft is not being sent").await;
    let test = [("test_to", "nobody"), ("test_language", "")];
    owner
        .refused(&format!("/admin/campaigns/{id}/test"), &test, 422)
        .await;
    log.stayed("there is no such address").await;
    let mail = json!({ "to": "nobody", "subject": "S", "body_markdown": "text" });
    assert_eq!(call(&app, "POST", "/transactional", mail).await, 422);
    log.stayed("there is no such address").await;
    let log_page = owner.page("/admin/audit?action=campaign.pause").await;
    assert!(log_page.contains("No entries"), "{log_page}");
}
