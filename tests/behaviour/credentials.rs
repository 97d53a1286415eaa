//! Passwords, second steps and recovery codes.

use std::time::Duration;

use jarshy::model::user::{Role, Scope};
use reqwest::StatusCode;
use reqwest::header::LOCATION;
use rstest_reuse::apply;
use totp_rs::{Builder, Secret};

use crate::admin_client::AdminClient;
use crate::harness::{TestApp, on_both_databases};

const EMAIL: &str = "editor@embassy.example";
const PASSWORD: &str = "three blue horses";

fn between<'a>(page: &'a str, before: &str, after: &str) -> &'a str {
    let (_, rest) = page
        .split_once(before)
        .unwrap_or_else(|| panic!("no {before} in {page}"));
    rest.split_once(after).unwrap().0
}

/// The code that an app shows `steps` half minutes from now.
fn code(secret: &str, steps: u64) -> String {
    let secret = Secret::try_from_base32(secret).unwrap();
    let totp = Builder::new().with_secret(secret).build().unwrap();
    let now = std::time::SystemTime::now()
        .duration_since(std::time::UNIX_EPOCH)
        .unwrap();
    totp.generate(now.as_secs() + 30 * steps).to_string()
}

async fn by_password(app: &TestApp, password: &str) -> (AdminClient, reqwest::Response) {
    let person = AdminClient::nobody(app);
    let answer = person
        .post(
            "/admin/sign-in",
            &[("email", EMAIL), ("password", password)],
        )
        .await;
    (person, answer)
}

/// A second step as its owner holds it.
struct Enrolled {
    secret: String,
    /// The code that confirmed it; the clock may have gone on to the next since.
    used: String,
    recovery: Vec<String>,
}

/// Sets the second step up and gives the app's secret and the recovery codes.
async fn enrol(editor: &AdminClient) -> Enrolled {
    let page = editor.page("/admin/account/two-factor").await;
    assert!(page.contains("<svg role=\"img\""), "{page}");
    let secret = between(&page, "name=\"secret\" value=\"", "\"").to_owned();
    let wrong = [("secret", secret.as_str()), ("code", "000000")];
    let refused = editor
        .refused("/admin/account/two-factor", &wrong, 422)
        .await;
    assert!(
        refused.contains(&secret),
        "the secret stays while the code is mistyped"
    );
    let first = code(&secret, 0);
    let on = editor
        .post(
            "/admin/account/two-factor",
            &[("secret", &secret), ("code", &first)],
        )
        .await;
    assert_eq!(on.status(), StatusCode::OK);
    let page = on.text().await.unwrap();
    let codes = page
        .split("<li><code>")
        .skip(1)
        .map(|part| part.split('<').next().unwrap().to_owned());
    Enrolled {
        secret,
        used: first,
        recovery: codes.collect(),
    }
}

#[apply(on_both_databases)]
async fn sign_in_by_password_or_link(app: TestApp) {
    let editor = AdminClient::sign_in(&app, EMAIL, Role::Editor).await;
    for (new, fault) in [
        ("elevenchars", "at least 12"),
        ("aaaaaaaaaaaa", "easy to guess"),
        ("qwertyuiop12", "easy to guess"),
        (EMAIL, "easy to guess"),
    ] {
        let refused = editor
            .refused("/admin/account/password", &[("new", new)], 422)
            .await;
        assert!(refused.contains(fault), "{new}: {refused}");
    }
    let other = AdminClient::sign_in(&app, EMAIL, Role::Editor).await;
    assert!(
        editor
            .submit("/admin/account/password", &[("new", PASSWORD)])
            .await
            .contains("Password set")
    );
    assert_eq!(
        other.get("/admin").await.status(),
        StatusCode::SEE_OTHER,
        "other sessions end"
    );

    let (_, wrong) = by_password(&app, "three blue horsez").await;
    assert_eq!(wrong.status(), StatusCode::UNPROCESSABLE_ENTITY);
    let unknown = AdminClient::nobody(&app)
        .post(
            "/admin/sign-in",
            &[("email", "nobody@example.org"), ("password", PASSWORD)],
        )
        .await;
    let said = |page: String| page.replace("nobody@example.org", EMAIL);
    assert_eq!(
        said(wrong.text().await.unwrap()),
        said(unknown.text().await.unwrap()),
        "it tells nobody who has an account"
    );
    let (person, right) = by_password(&app, PASSWORD).await;
    assert_eq!(right.status(), StatusCode::SEE_OTHER);
    person.page("/admin/account").await;

    let change = [("present", "wrong"), ("new", "four red horses")];
    assert!(
        person
            .refused("/admin/account/password", &change, 422)
            .await
            .contains("current password is wrong")
    );
    assert!(
        person
            .submit("/admin/account/password/drop", &[("present", PASSWORD)])
            .await
            .contains("Password removed")
    );
    let (_, gone) = by_password(&app, PASSWORD).await;
    assert_eq!(gone.status(), StatusCode::UNPROCESSABLE_ENTITY);
}

#[apply(on_both_databases)]
async fn password_guessing_is_limited(app: TestApp) {
    AdminClient::sign_in(&app, EMAIL, Role::Editor).await;
    let mut last = StatusCode::OK;
    for guess in 0..14 {
        last = by_password(&app, &format!("guess number {guess}"))
            .await
            .1
            .status();
    }
    assert_eq!(last, StatusCode::TOO_MANY_REQUESTS);
    let link = AdminClient::nobody(&app)
        .post(
            "/admin/sign-in",
            &[("email", EMAIL), ("password", "x"), ("by", "link")],
        )
        .await;
    assert_eq!(
        link.status(),
        StatusCode::OK,
        "the link still works for its owner"
    );
    app.mail_to(EMAIL).await;
}

#[apply(on_both_databases)]
async fn two_factor_sign_in_after_password_and_link(app: TestApp) {
    let editor = AdminClient::sign_in(&app, EMAIL, Role::Editor).await;
    editor
        .submit("/admin/account/password", &[("new", PASSWORD)])
        .await;
    let Enrolled {
        secret,
        used,
        recovery: codes,
    } = enrol(&editor).await;
    assert_eq!(codes.len(), 10);
    let other = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP";
    let taken_over = [("secret", other), ("code", &code(other, 0))];
    editor
        .refused("/admin/account/two-factor", &taken_over, 409)
        .await;

    let (person, asked) = by_password(&app, PASSWORD).await;
    assert_eq!(asked.status(), StatusCode::OK);
    let page = asked.text().await.unwrap();
    let ticket = between(&page, "name=\"ticket\" value=\"", "\"").to_owned();
    assert_eq!(
        person.get("/admin").await.status(),
        StatusCode::SEE_OTHER,
        "one step is not enough"
    );
    // The code that set it up is used up.
    let again = [("ticket", ticket.as_str()), ("code", &used)];
    assert!(
        person
            .refused("/admin/sign-in/code", &again, 422)
            .await
            .contains("The code is wrong")
    );
    let next = [("ticket", ticket.as_str()), ("code", &code(&secret, 1))];
    let signed_in = person.post("/admin/sign-in/code", &next).await;
    assert_eq!(signed_in.headers()[LOCATION], "/admin");
    person.page("/admin").await;

    let link = jarshy::account::add_user(&app.cx, &EMAIL.parse().unwrap(), Role::Editor)
        .await
        .unwrap();
    let by_link = AdminClient::nobody(&app);
    let page = by_link
        .post(&format!("/admin/sign-in/{}", link.reveal()), &[])
        .await
        .text()
        .await
        .unwrap();
    let ticket = between(&page, "name=\"ticket\" value=\"", "\"").to_owned();
    let recovery = [
        ("ticket", ticket.as_str()),
        ("code", &codes[0].to_lowercase()),
    ];
    assert_eq!(
        by_link
            .post("/admin/sign-in/code", &recovery)
            .await
            .status(),
        StatusCode::SEE_OTHER
    );
    assert!(
        by_link
            .page("/admin/account")
            .await
            .contains("9 recovery codes are left")
    );
    by_link.refused("/admin/sign-in/code", &recovery, 422).await;
    by_link
        .refused(
            "/admin/sign-in/code",
            &[("ticket", "forged"), ("code", &codes[1])],
            410,
        )
        .await;

    by_link
        .refused("/admin/account/two-factor/drop", &[("code", "123456")], 422)
        .await;
    assert!(
        by_link
            .submit("/admin/account/two-factor/drop", &[("code", &codes[2])])
            .await
            .contains("Two-factor sign-in is off")
    );
    assert_eq!(
        by_password(&app, PASSWORD).await.1.status(),
        StatusCode::SEE_OTHER
    );
}

#[apply(on_both_databases)]
async fn an_owner_resets_a_users_two_factor_sign_in(app: TestApp) {
    let editor = AdminClient::sign_in(&app, EMAIL, Role::Editor).await;
    editor
        .submit("/admin/account/password", &[("new", PASSWORD)])
        .await;
    enrol(&editor).await;
    let owner = AdminClient::owner(&app).await;
    let page = owner.page("/admin/users").await;
    let row = between(&page, EMAIL, "Reset");
    let path = between(row, "action=\"/admin/users/", "/role").to_owned();
    let path = format!("/admin/users/{path}/reset");
    assert_eq!(
        editor.post(&path, &[("confirmed", "yes")]).await.status(),
        StatusCode::FORBIDDEN
    );
    assert!(
        owner
            .post(&path, &[])
            .await
            .text()
            .await
            .unwrap()
            .contains("Reset the sign-in of")
    );
    owner.submit(&path, &[("confirmed", "yes")]).await;
    assert_eq!(editor.get("/admin").await.status(), StatusCode::SEE_OTHER);
    assert_eq!(
        by_password(&app, PASSWORD).await.1.status(),
        StatusCode::UNPROCESSABLE_ENTITY
    );
    AdminClient::sign_in(&app, EMAIL, Role::Editor)
        .await
        .page("/admin")
        .await;
}

#[apply(on_both_databases)]
async fn a_new_password_ends_sessions_and_tokens(app: TestApp) {
    let editor = AdminClient::sign_in(&app, EMAIL, Role::Editor).await;
    let token = || async {
        let email = EMAIL.parse().unwrap();
        let made = jarshy::account::add_token(&app.cx, &email, Scope::Read, None).await;
        made.unwrap().unwrap().reveal().to_owned()
    };
    let status = |token: String| {
        let url = format!("{}/api/v1/lists", app.url);
        let request = app.client.get(url).bearer_auth(token);
        async move { request.send().await.unwrap().status() }
    };
    let first = token().await;
    let page = editor.page("/admin/account").await;
    assert!(
        page.contains("revokes your 1 API token") && page.contains("keep_tokens"),
        "{page}"
    );
    let kept = [("new", PASSWORD), ("keep_tokens", "yes")];
    editor.submit("/admin/account/password", &kept).await;
    assert_eq!(status(first.clone()).await, StatusCode::OK);
    let change = [("present", PASSWORD), ("new", "four red horses leap")];
    let said = editor.submit("/admin/account/password", &change).await;
    assert!(said.contains("your API tokens have ended"), "{said}");
    assert_eq!(status(first).await, StatusCode::UNAUTHORIZED);

    let owner = AdminClient::owner(&app).await;
    for (form, expected) in [
        (
            vec![("confirmed", "yes"), ("keep_tokens", "yes")],
            StatusCode::OK,
        ),
        (vec![("confirmed", "yes")], StatusCode::UNAUTHORIZED),
    ] {
        let token = token().await;
        let page = owner.page("/admin/users").await;
        let id = between(
            between(&page, EMAIL, "Reset"),
            "action=\"/admin/users/",
            "/role",
        )
        .to_owned();
        let path = format!("/admin/users/{id}/reset");
        let asked = owner.post(&path, &[]).await.text().await.unwrap();
        assert!(asked.contains("keep_tokens"), "{asked}");
        owner.submit(&path, &form).await;
        assert_eq!(status(token).await, expected);
    }
}

#[apply(on_both_databases)]
async fn changing_credentials_needs_reauthentication(app: TestApp) {
    let editor = AdminClient::sign_in(&app, EMAIL, Role::Editor).await;
    let make = [("name", "CRM"), ("scope", "read"), ("days", "30")];
    let age = || async {
        let mut db = app.cx.store.write().await.unwrap();
        let hour = app.cx.clock.now().before(Duration::from_secs(3600));
        jarshy::store::credentials::age_sessions(&mut db, hour)
            .await
            .unwrap();
        db.commit().await.unwrap();
    };
    age().await;
    let page = editor.page("/admin/account/two-factor").await;
    let secret = between(&page, "name=\"secret\" value=\"", "\"").to_owned();
    let enrol_now = code(&secret, 0);
    for (path, form) in [
        ("/admin/tokens", make.to_vec()),
        ("/admin/account/password", vec![("new", PASSWORD)]),
        (
            "/admin/account/two-factor",
            vec![("secret", secret.as_str()), ("code", enrol_now.as_str())],
        ),
    ] {
        let asked = editor.refused(path, &form, 200).await;
        assert!(
            asked.contains("Confirm that it is you") && asked.contains("Email me a link"),
            "{path}: {asked}"
        );
    }
    let again = AdminClient::sign_in(&app, EMAIL, Role::Editor).await;
    again
        .submit("/admin/account/password", &[("new", PASSWORD)])
        .await;
    age().await;
    again.refused("/admin/tokens", &make, 200).await;
    let mut wrong = make.to_vec();
    wrong.push(("proof_password", "wrong"));
    assert!(
        again
            .refused("/admin/tokens", &wrong, 422)
            .await
            .contains("current password is wrong")
    );
    let mut right = make.to_vec();
    right.push(("proof_password", PASSWORD));
    assert!(
        again
            .refused("/admin/tokens", &right, 201)
            .await
            .contains("Token created")
    );
    again.refused("/admin/tokens", &make, 201).await;
}

#[apply(on_both_databases)]
async fn changes_of_credentials_are_notified_by_email(app: TestApp) {
    let editor = AdminClient::sign_in(&app, EMAIL, Role::Editor).await;
    editor
        .submit("/admin/account/password", &[("new", PASSWORD)])
        .await;
    let mail = app.mail_to(EMAIL).await;
    assert!(
        mail.subject.contains("account was changed"),
        "{}",
        mail.subject
    );
    assert!(
        mail.text.contains("A new password was set") && mail.text.contains("Was it you?"),
        "{}",
        mail.text
    );
    enrol(&editor).await;
    assert!(
        app.mails_to(EMAIL, 2).await[0]
            .text
            .contains("Two-factor sign-in was turned on")
    );
    editor
        .refused(
            "/admin/tokens",
            &[("name", "CRM"), ("scope", "read"), ("days", "30")],
            201,
        )
        .await;
    assert!(
        app.mails_to(EMAIL, 3).await[0]
            .text
            .contains("new API token")
    );
    editor
        .submit("/admin/account/password/drop", &[("present", PASSWORD)])
        .await;
    assert!(
        app.mails_to(EMAIL, 4).await[0]
            .text
            .contains("password of your account was removed")
    );
}

#[apply(on_both_databases)]
async fn failed_sign_ins_are_audited_and_do_not_lock_the_user_out(app: TestApp) {
    let editor = AdminClient::sign_in(&app, EMAIL, Role::Editor).await;
    editor
        .submit("/admin/account/password", &[("new", PASSWORD)])
        .await;
    for guess in 0..13 {
        by_password(&app, &format!("guess number {guess}")).await;
    }
    let change = [("present", PASSWORD), ("new", "four red horses leap")];
    editor.submit("/admin/account/password", &change).await;
    let owner = AdminClient::owner(&app).await;
    let log = owner
        .page(&format!("/admin/audit?actor={EMAIL}&action=sign_in"))
        .await;
    assert!(
        log.contains("sign_in.failed") && log.contains("password from 127.0.0.0/24"),
        "{log}"
    );
}

#[apply(on_both_databases)]
async fn idle_sessions_expire(app: TestApp) {
    let editor = AdminClient::sign_in(&app, EMAIL, Role::Editor).await;
    editor.page("/admin").await;
    let mut db = app.cx.store.write().await.unwrap();
    let long_ago = app.cx.clock.now().before(Duration::from_secs(13 * 3600));
    jarshy::store::credentials::age_sessions(&mut db, long_ago)
        .await
        .unwrap();
    db.commit().await.unwrap();
    assert_eq!(editor.get("/admin").await.status(), StatusCode::SEE_OTHER);
}
