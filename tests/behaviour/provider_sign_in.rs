//! Sign-in by an OpenID Connect provider: whom it lets in, with which role, and what must never
//! let anybody in.

use std::collections::BTreeMap;
use std::time::{SystemTime, UNIX_EPOCH};

use jarshy::account::{self, credentials, invitation, second_factor, users};
use jarshy::model::audit::Actor;
use jarshy::model::user::{DisabledBy, Role, Scope};
use jarshy::settings;
use jarshy::store::users::Person;
use reqwest::{Response, StatusCode};
use rstest_reuse::apply;
use serde_json::{Value, json};
use totp_rs::{Builder, Secret};
use url::Url;

use crate::admin_client::AdminClient;
use crate::harness::{TestApp, on_both_databases};
use crate::issuer::{CLIENT, Issuer, Metadata, SECRET, Signing};

const OWNER: &str = "owner@embassy.example";
const EDITOR: &str = "editor@embassy.example";
const NEW: &str = "new@embassy.example";
const CONFIRMED: [(&str, &str); 1] = [("confirmed", "yes")];

async fn set(app: &TestApp, changes: Value) {
    let body = json!({ "settings": changes });
    let answer = app.api("PATCH", "/settings").json(&body).send().await;
    let answer = answer.unwrap();
    let status = answer.status();
    assert!(
        status.is_success(),
        "{status} {}",
        answer.text().await.unwrap()
    );
}

/// An issuer that the installation knows.
async fn provider(app: &TestApp) -> Issuer {
    let issuer = Issuer::start().await;
    set(
        app,
        json!({
            "oidc_issuer": issuer.url, "oidc_client_id": CLIENT,
            "oidc_client_secret": SECRET, "oidc_name": "Embassy login",
        }),
    )
    .await;
    issuer
}

fn person(subject: &str, email: &str, groups: &[&str]) -> Value {
    json!({ "sub": subject, "email": email, "email_verified": true, "groups": groups })
}

fn onwards(answer: &Response) -> Url {
    assert_eq!(answer.status(), StatusCode::OK);
    let refresh = answer.headers()["refresh"].to_str().unwrap();
    refresh.strip_prefix("0; url=").unwrap().parse().unwrap()
}

async fn leave(browser: &AdminClient) -> Url {
    onwards(&browser.post("/admin/sign-in/provider", &[]).await)
}

/// Signs in with a browser of its own.
async fn sign_in(app: &TestApp, issuer: &Issuer) -> (AdminClient, Response) {
    let browser = AdminClient::nobody(app);
    let answer = browser.get(&issuer.agree(&leave(&browser).await)).await;
    (browser, answer)
}

async fn enters(app: &TestApp, issuer: &Issuer) -> AdminClient {
    let (browser, answer) = sign_in(app, issuer).await;
    let status = answer.status();
    let text = answer.text().await.unwrap();
    assert_eq!(status, StatusCode::SEE_OTHER, "{text}");
    browser.page("/admin").await;
    browser
}

async fn is_in(browser: &AdminClient) -> bool {
    browser.get("/admin").await.status() == StatusCode::OK
}

/// Signs in in vain; gives what the page says.
async fn stays_out(app: &TestApp, issuer: &Issuer, status: u16) -> String {
    let (browser, answer) = sign_in(app, issuer).await;
    assert_eq!(answer.status().as_u16(), status);
    assert!(!is_in(&browser).await);
    answer.text().await.unwrap()
}

async fn user(app: &TestApp, email: &str) -> Option<Person> {
    let all = users::all(&app.cx).await.unwrap();
    all.into_iter().find(|user| user.email.as_str() == email)
}

async fn role(app: &TestApp, email: &str) -> Role {
    user(app, email).await.unwrap().role
}

/// Links the account that signs in next to the user who is signed in.
async fn link(browser: &AdminClient, issuer: &Issuer) -> Response {
    let asked = browser.post("/admin/account/provider/link", &[]).await;
    browser.get(&issuer.agree(&onwards(&asked))).await
}

async fn linked_editor(app: &TestApp, issuer: &Issuer) -> AdminClient {
    let editor = AdminClient::sign_in(app, EDITOR, Role::Editor).await;
    issuer.person(person("1", EDITOR, &["press"]));
    let linked = link(&editor, issuer).await;
    assert_eq!(linked.status(), StatusCode::SEE_OTHER);
    assert_eq!(linked.headers()["location"], "/admin/account");
    editor
}

async fn failures(app: &TestApp) -> String {
    let owner = AdminClient::owner(app).await;
    owner.page("/admin/audit?action=sign_in.failed").await
}

#[apply(on_both_databases)]
async fn a_linked_account_signs_in_and_its_role_follows_its_groups(app: TestApp) {
    let issuer = provider(&app).await;
    let gate = AdminClient::nobody(&app).page("/admin/sign-in").await;
    assert!(gate.contains("Sign in with Embassy login"), "{gate}");
    let editor = linked_editor(&app, &issuer).await;
    let told = app
        .mails_to(EDITOR, 1)
        .await
        .iter()
        .any(|mail| mail.text.contains("was linked to your account"));
    assert!(told);
    let page = editor.page("/admin/account").await;
    assert!(page.contains("Remove the link"), "{page}");

    // Known by its subject: the address may have changed.
    issuer.person(person("1", "married@embassy.example", &["press"]));
    enters(&app, &issuer).await;
    assert_eq!(role(&app, EDITOR).await, Role::Editor);

    set(
        &app,
        json!({ "oidc_roles": ["press=editor", "staff=viewer", "it=owner"] }),
    )
    .await;
    for (groups, expected) in [
        (&["staff"][..], Role::Viewer),
        (&["staff", "it"], Role::Owner),
        (&["press", "staff"], Role::Editor),
    ] {
        issuer.person(person("1", EDITOR, groups));
        enters(&app, &issuer).await;
        assert_eq!(role(&app, EDITOR).await, expected, "{groups:?}");
    }
    let owner = AdminClient::owner(&app).await;
    let log = owner.page("/admin/audit?action=user.role").await;
    assert!(
        log.contains(&format!("{EDITOR} viewer, by the provider")),
        "{log}"
    );
}

#[apply(on_both_databases)]
async fn who_loses_their_groups_loses_access_at_once(app: TestApp) {
    let issuer = provider(&app).await;
    set(&app, json!({ "oidc_roles": ["press=editor"] })).await;
    let editor = linked_editor(&app, &issuer).await;
    let email = EDITOR.parse().unwrap();
    let token = account::add_token(&app.cx, &email, Scope::All, None).await;
    let token = token.unwrap().unwrap();
    let call = async || {
        let request = app.client.get(format!("{}/api/v1/lists", app.url));
        let answer = request.bearer_auth(token.reveal()).send().await;
        answer.unwrap().status()
    };
    assert_eq!(call().await, StatusCode::OK);
    assert!(is_in(&editor).await);

    issuer.person(person("1", EDITOR, &["guests"]));
    let page = stays_out(&app, &issuer, 403).await;
    assert!(page.contains("None of your groups has access"), "{page}");
    assert!(!is_in(&editor).await, "their other sessions have ended");
    assert_eq!(call().await, StatusCode::UNAUTHORIZED);
    let known = user(&app, EDITOR).await.unwrap();
    assert_eq!(known.disabled_by, Some(DisabledBy::Provider));
    let owner = AdminClient::owner(&app).await;
    let log = owner.page("/admin/audit?action=user.disable").await;
    assert!(log.contains("without a role at the provider"), "{log}");
    let page = owner.page("/admin/users").await;
    assert!(page.contains("gives no role"), "{page}");
    // No other way leads in.
    app.post("/admin/sign-in", &[("email", EDITOR), ("by", "link")])
        .await;
    app.quiet().await;
    let mails = app.mails_now(EDITOR);
    assert!(
        mails
            .iter()
            .all(|mail| !mail.text.contains("/admin/sign-in/"))
    );

    issuer.person(person("1", EDITOR, &["press"]));
    enters(&app, &issuer).await;
    assert_eq!(user(&app, EDITOR).await.unwrap().disabled_by, None);
    assert_eq!(call().await, StatusCode::OK);
}

#[apply(on_both_databases)]
async fn what_cannot_be_trusted_signs_nobody_in(app: TestApp) {
    let issuer = provider(&app).await;
    linked_editor(&app, &issuer).await;
    enters(&app, &issuer).await;

    let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap();
    let past = now.as_secs() - 5;
    let other = json!(["another", CLIENT]);
    let changes: Vec<(&'static str, Value)> = vec![
        ("iss", json!("https://elsewhere.example")),
        ("aud", json!("another")),
        ("aud", other),
        ("azp", json!("another")),
        ("exp", json!(past)),
        ("nonce", json!("another")),
        ("nonce", Value::Null),
        ("sub", Value::Null),
    ];
    for (claim, value) in changes {
        let named = format!("{claim} = {value}");
        issuer.change(move |claims| claims[claim] = value.clone());
        let (browser, answer) = sign_in(&app, &issuer).await;
        assert_eq!(answer.status(), StatusCode::BAD_GATEWAY, "{named}");
        assert!(!is_in(&browser).await, "{named}");
    }
    issuer.change_nothing();
    for signing in [Signing::ByAnotherKey, Signing::NotAtAll, Signing::BySecret] {
        issuer.signing(signing);
        let page = stays_out(&app, &issuer, 502).await;
        assert!(page.contains("could not be trusted"), "{page}");
    }
    issuer.signing(Signing::Properly);
    let log = failures(&app).await;
    assert!(log.contains("cannot be trusted: Signature"), "{log}");
    assert!(log.contains("Invalid nonce"), "{log}");

    // A new key works at once.
    issuer.rotate();
    enters(&app, &issuer).await;
}

#[apply(on_both_databases)]
async fn a_sign_in_comes_back_once_to_the_browser_that_began_it(app: TestApp) {
    let issuer = provider(&app).await;
    linked_editor(&app, &issuer).await;
    let (victim, thief) = (AdminClient::nobody(&app), AdminClient::nobody(&app));
    let back = issuer.agree(&leave(&victim).await);
    leave(&thief).await;
    assert_eq!(thief.get(&back).await.status(), StatusCode::GONE);
    assert!(!is_in(&thief).await);
    assert_eq!(victim.get(&back).await.status(), StatusCode::SEE_OTHER);
    let again = AdminClient::nobody(&app).get(&back).await;
    assert_eq!(again.status(), StatusCode::GONE);
    assert_eq!(victim.get(&back).await.status(), StatusCode::GONE);

    // An answer of another issuer, an answer without a code, a refusal.
    let browser = AdminClient::nobody(&app);
    let mixed = issuer.agree(&leave(&browser).await);
    let mixed = mixed.replace("iss=http", "iss=https");
    assert_eq!(browser.get(&mixed).await.status(), StatusCode::BAD_GATEWAY);
    let refused = issuer.refuse(&leave(&browser).await);
    let answer = browser.get(&refused).await;
    assert_eq!(answer.status(), StatusCode::FORBIDDEN);
    assert!(failures(&app).await.contains("access_denied not today"));

    // Too late.
    let back = issuer.agree(&leave(&browser).await);
    app.execute("UPDATE provider_sign_ins SET expires_at = 1000")
        .await;
    assert_eq!(browser.get(&back).await.status(), StatusCode::GONE);
    // For another issuer than the one that is configured by then.
    let back = issuer.agree(&leave(&browser).await);
    let second = provider(&app).await;
    assert_eq!(browser.get(&back).await.status(), StatusCode::GONE);
    second.person(person("1", EDITOR, &[]));
    let page = stays_out(&app, &second, 403).await;
    assert!(
        page.contains("not linked"),
        "a subject counts at its issuer: {page}"
    );
}

#[apply(on_both_databases)]
async fn an_address_alone_takes_over_no_account(app: TestApp) {
    let issuer = provider(&app).await;
    AdminClient::sign_in(&app, EDITOR, Role::Editor).await;
    issuer.person(person("1", EDITOR, &[]));
    let page = stays_out(&app, &issuer, 403).await;
    assert!(page.contains("link it under My account"), "{page}");
    issuer.person(person("2", NEW, &[]));
    let page = stays_out(&app, &issuer, 403).await;
    assert!(page.contains("Ask an owner to invite you"), "{page}");
    assert!(user(&app, NEW).await.is_none());

    set(&app, json!({ "oidc_link_by_email": true })).await;
    for unverified in [json!(false), Value::Null] {
        issuer.person(json!({ "sub": "1", "email": EDITOR, "email_verified": unverified }));
        let page = stays_out(&app, &issuer, 403).await;
        assert!(page.contains("does not confirm"), "{page}");
    }
    set(&app, json!({ "oidc_domains": ["consulate.example"] })).await;
    issuer.person(person("1", EDITOR, &[]));
    let page = stays_out(&app, &issuer, 403).await;
    assert!(page.contains("no domain that may sign in"), "{page}");
    set(&app, json!({ "oidc_domains": ["embassy.example"] })).await;
    enters(&app, &issuer).await;
    // The address is given to somebody else.
    issuer.person(person("3", EDITOR, &[]));
    let page = stays_out(&app, &issuer, 403).await;
    assert!(page.contains("another account"), "{page}");
    // An account belongs to one user.
    let other = AdminClient::sign_in(&app, "viewer@embassy.example", Role::Viewer).await;
    issuer.person(person("1", EDITOR, &[]));
    let taken = link(&other, &issuer).await;
    assert_eq!(taken.status(), StatusCode::FORBIDDEN);
    assert!(taken.text().await.unwrap().contains("Another user"));
}

#[apply(on_both_databases)]
async fn invited_people_and_admitted_strangers_come_in(app: TestApp) {
    let issuer = provider(&app).await;
    let by = Actor::User(OWNER.parse().unwrap());
    let email = NEW.parse().unwrap();
    assert!(
        invitation::invite(&app.cx, &by, &email, Role::Editor, None)
            .await
            .unwrap()
    );
    issuer.person(person("1", NEW, &[]));
    app.execute("UPDATE invitations SET expires_at = 1000")
        .await;
    stays_out(&app, &issuer, 403).await;
    let id = user(&app, NEW).await.unwrap().id;
    assert!(invitation::send_again(&app.cx, &by, id).await.unwrap());
    enters(&app, &issuer).await;
    assert!(invitation::all(&app.cx).await.unwrap().is_empty());
    assert_eq!(role(&app, NEW).await, Role::Editor);

    // Never just anybody.
    let anybody = json!({ "settings": { "oidc_create_users": true } });
    let refused = app.api("PATCH", "/settings").json(&anybody).send().await;
    assert_eq!(refused.unwrap().status(), StatusCode::UNPROCESSABLE_ENTITY);
    set(
        &app,
        json!({ "oidc_create_users": true, "oidc_domains": ["embassy.example"] }),
    )
    .await;
    issuer.person(person("2", "a@embassy.example", &[]));
    enters(&app, &issuer).await;
    assert_eq!(role(&app, "a@embassy.example").await, Role::Viewer);
    issuer.person(person("3", "b@elsewhere.example", &[]));
    stays_out(&app, &issuer, 403).await;
    // What the token leaves out, the user info endpoint says.
    set(&app, json!({ "oidc_roles": ["press=editor"] })).await;
    issuer.person(json!({ "sub": "4" }));
    issuer.more(person("4", "c@embassy.example", &["press"]));
    enters(&app, &issuer).await;
    assert_eq!(role(&app, "c@embassy.example").await, Role::Editor);
    // Of another person it says nothing.
    issuer.more(person("5", "d@embassy.example", &["press"]));
    stays_out(&app, &issuer, 502).await;
    assert!(user(&app, "d@embassy.example").await.is_none());
}

#[apply(on_both_databases)]
async fn an_owner_always_has_a_way_in(app: TestApp) {
    let issuer = provider(&app).await;
    set(
        &app,
        json!({
            "oidc_roles": ["press=editor"], "oidc_link_by_email": true, "local_sign_in": false,
        }),
    )
    .await;
    // The provider would take the only owner's role away, or keep them out.
    issuer.person(person("1", OWNER, &["press"]));
    enters(&app, &issuer).await;
    assert_eq!(role(&app, OWNER).await, Role::Owner);
    issuer.person(person("1", OWNER, &[]));
    stays_out(&app, &issuer, 403).await;
    assert_eq!(user(&app, OWNER).await.unwrap().disabled_by, None);
    let ask = [("email", OWNER), ("by", "link")];
    app.post("/admin/sign-in", &ask).await;
    // Of the link to the account, and the one that was asked for.
    let mails = app.mails_to(OWNER, 2).await;
    assert!(mails[0].text.contains("/admin/sign-in/"));

    // Others sign in by the provider only.
    let editor = AdminClient::sign_in(&app, EDITOR, Role::Editor).await;
    let password = "three blue horses";
    let form = [("new", password)];
    let set_password = editor.post("/admin/account/password", &form).await;
    assert_eq!(set_password.status(), StatusCode::SEE_OTHER);
    let form = [("email", EDITOR), ("password", password)];
    let refused = AdminClient::nobody(&app)
        .refused("/admin/sign-in", &form, 403)
        .await;
    assert!(refused.contains("signs in with Embassy login"), "{refused}");
    app.post("/admin/sign-in", &[("email", EDITOR), ("by", "link")])
        .await;
    app.quiet().await;
    let mails = app.mails_now(EDITOR);
    assert!(
        mails
            .iter()
            .all(|mail| !mail.text.contains("/admin/sign-in/"))
    );
    issuer.person(person("2", EDITOR, &["press"]));
    enters(&app, &issuer).await;
    let unlink = editor.post("/admin/account/provider/unlink", &[]).await;
    assert_eq!(unlink.status(), StatusCode::CONFLICT);

    // As `jarshy settings set oidc_issuer` does on the server.
    let off = BTreeMap::from([("oidc_issuer".to_owned(), None)]);
    settings::change(&app.cx, &Actor::CommandLine, &off)
        .await
        .unwrap();
    let form = [("email", EDITOR), ("password", password)];
    let person = AdminClient::nobody(&app);
    let entered = person.post("/admin/sign-in", &form).await;
    assert_eq!(entered.status(), StatusCode::SEE_OTHER);
}

#[apply(on_both_databases)]
async fn who_is_disabled_by_an_owner_stays_out(app: TestApp) {
    let issuer = provider(&app).await;
    let editor = linked_editor(&app, &issuer).await;
    let owner = AdminClient::owner(&app).await;
    let id = user(&app, EDITOR).await.unwrap().id;
    let path = format!("/admin/users/{id}/disable");
    let asked = owner.post(&path, &[]).await.text().await.unwrap();
    assert!(asked.contains("Disable editor@embassy.example?"), "{asked}");
    assert!(is_in(&editor).await);
    let page = owner.submit(&path, &CONFIRMED).await;
    assert!(page.contains("disabled by an owner"), "{page}");
    assert!(!is_in(&editor).await);
    let page = stays_out(&app, &issuer, 403).await;
    assert!(page.contains("disabled your access"), "{page}");
    owner
        .submit(&format!("/admin/users/{id}/enable"), &[])
        .await;
    enters(&app, &issuer).await;
    // A reset removes the link.
    owner
        .submit(&format!("/admin/users/{id}/reset"), &CONFIRMED)
        .await;
    let page = stays_out(&app, &issuer, 403).await;
    assert!(page.contains("not linked"), "{page}");

    let own = user(&app, OWNER).await.unwrap().id;
    let path = format!("/admin/users/{own}/disable");
    let last = owner.post(&path, &CONFIRMED).await;
    assert_eq!(last.status(), StatusCode::CONFLICT, "the last owner");
}

#[apply(on_both_databases)]
async fn a_second_factor_is_asked_for_unless_the_provider_has(app: TestApp) {
    let issuer = provider(&app).await;
    linked_editor(&app, &issuer).await;
    let email = EDITOR.parse().unwrap();
    let secret = second_factor::enrol(&email, "Embassy", None)
        .unwrap()
        .secret;
    let totp = Builder::new()
        .with_secret(Secret::try_from_base32(&secret).unwrap())
        .build()
        .unwrap();
    let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap();
    let code = totp.generate(now.as_secs()).to_string();
    let id = user(&app, EDITOR).await.unwrap().id;
    credentials::confirm_enrolment(&app.cx, id, &email, &secret, &code)
        .await
        .unwrap();
    let page = stays_out(&app, &issuer, 200).await;
    assert!(page.contains("One more step"), "{page}");
    set(&app, json!({ "oidc_has_second_factor": true })).await;
    enters(&app, &issuer).await;
}

#[apply(on_both_databases)]
async fn a_sign_in_by_the_provider_counts_as_recent(app: TestApp) {
    let issuer = provider(&app).await;
    linked_editor(&app, &issuer).await;
    let editor = enters(&app, &issuer).await;
    app.execute("UPDATE sessions SET authenticated_at = 1000")
        .await;
    let asked = editor.post("/admin/account/provider/unlink", &[]).await;
    let page = asked.text().await.unwrap();
    assert!(page.contains("Confirm that it is you"), "{page}");
    assert!(page.contains("Sign in with Embassy login"), "{page}");
    let back = issuer.agree(&leave(&editor).await);
    assert_eq!(editor.get(&back).await.status(), StatusCode::SEE_OTHER);
    let page = editor.submit("/admin/account/provider/unlink", &[]).await;
    assert!(page.contains("The link is removed"), "{page}");
    let page = stays_out(&app, &issuer, 403).await;
    assert!(page.contains("not linked"), "{page}");
}

fn state(report: &Value) -> &str {
    let findings = report["findings"].as_array().unwrap();
    let found = findings.iter().find(|one| one["check"] == "sign_in");
    found.unwrap()["state"].as_str().unwrap()
}

#[apply(on_both_databases)]
async fn a_provider_that_fails_is_seen(app: TestApp) {
    assert_eq!(state(&app.api_get("/system-check").await), "ok");
    let none = AdminClient::nobody(&app)
        .post("/admin/sign-in/provider", &[])
        .await;
    assert_eq!(none.status(), StatusCode::NOT_FOUND);
    let issuer = provider(&app).await;
    assert_eq!(state(&app.api_get("/system-check").await), "ok");
    let owner = AdminClient::owner(&app).await;
    let check = [("do", "check")];
    let page = owner.submit("/admin/settings/sign-in", &check).await;
    assert!(page.contains("The provider answers"), "{page}");
    assert!(!page.contains("s3cret"), "{page}");
    assert!(page.contains("/admin/sign-in/provider/callback"), "{page}");
    for (wrong, said) in [
        (Metadata::Moved, "302"),
        (Metadata::Endless, "does not end"),
        (Metadata::OfAnotherIssuer, "unexpected issuer"),
    ] {
        issuer.metadata(wrong);
        let failed = AdminClient::nobody(&app)
            .post("/admin/sign-in/provider", &[])
            .await;
        assert_eq!(failed.status(), StatusCode::BAD_GATEWAY, "{said}");
        assert_eq!(state(&app.api_get("/system-check").await), "error");
        let page = owner.submit("/admin/settings/sign-in", &check).await;
        assert!(page.contains("Nobody can sign in"), "{page}");
        assert!(page.contains(said), "{said}: {page}");
    }
    issuer.metadata(Metadata::Proper);
    set(&app, json!({ "oidc_issuer": "http://127.0.0.1:9" })).await;
    assert_eq!(state(&app.api_get("/system-check").await), "error");
}
