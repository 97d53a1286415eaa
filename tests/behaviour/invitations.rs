//! Invitations: who sent them, how long they live, sending them again, withdrawing them.

use std::time::Duration;

use jarshy::account::{self, invitation};
use jarshy::address::EmailAddress;
use jarshy::model::audit::Actor;
use jarshy::model::notification::Notice;
use jarshy::model::user::Role;
use jarshy::model::{CampaignId, UserId};
use jarshy::notifications;
use reqwest::StatusCode;
use rstest_reuse::apply;

use crate::admin_client::AdminClient;
use crate::harness::{PATIENCE, TestApp, on_both_databases};

const OWNER: &str = "owner@embassy.example";
const NEW: &str = "new@embassy.example";

/// The id of the only one who was invited.
async fn invited(app: &TestApp) -> UserId {
    let all = invitation::all(&app.cx).await.unwrap();
    assert_eq!(all.len(), 1, "{all:?}");
    all[0].user_id
}

async fn invite(owner: &AdminClient, role: &str) -> String {
    let form = [("email", NEW), ("role", role)];
    owner.submit("/admin/users", &form).await
}

/// The path of the link in the newest invitation, of `count`.
async fn link(app: &TestApp, count: usize) -> String {
    let mail = app.mails_to(NEW, count).await.remove(0);
    let link = mail.link("/admin/sign-in/");
    link.strip_prefix(&app.url).unwrap().to_owned()
}

async fn status(app: &TestApp, path: &str) -> StatusCode {
    AdminClient::nobody(app).get(path).await.status()
}

#[apply(on_both_databases)]
async fn an_invitation_names_the_inviter_and_works_once(app: TestApp) {
    let owner = AdminClient::owner(&app).await;
    let page = invite(&owner, "editor").await;
    assert!(page.contains("Its link works for 7 days"), "{page}");
    assert!(
        page.contains("invited by owner@embassy.example, can accept until"),
        "{page}"
    );
    assert!(
        page.contains("/withdraw") && page.contains("/invite"),
        "{page}"
    );

    let mail = app.mail_to(NEW).await;
    for said in [OWNER, "has invited you", "7 days"] {
        assert!(mail.text.contains(said), "{said}: {}", mail.text);
        assert!(mail.html.contains(said), "{said}");
    }
    let path = link(&app, 1).await;
    let person = AdminClient::nobody(&app);
    person.page(&path).await;
    assert_eq!(
        person.post(&path, &[]).await.status(),
        StatusCode::SEE_OTHER
    );
    person.page("/admin/posts/new").await;
    assert_eq!(status(&app, &path).await, StatusCode::GONE, "it is used");
    let again = AdminClient::nobody(&app).post(&path, &[]).await;
    assert_eq!(again.status(), StatusCode::GONE);
    let page = owner.page("/admin/users").await;
    assert!(!page.contains("invited by"), "{page}");
    assert!(page.contains(NEW), "{page}");
}

#[apply(on_both_databases)]
async fn an_invitation_lives_seven_days_and_a_sign_in_link_minutes(app: TestApp) {
    let owner = AdminClient::owner(&app).await;
    let before = app.cx.clock.now();
    invite(&owner, "viewer").await;
    let all = invitation::all(&app.cx).await.unwrap();
    let week = Duration::from_secs(7 * 24 * 3600);
    let lives = all[0].expires_at.since(before);
    assert!(lives >= week && lives < week + PATIENCE, "{lives:?}");
    assert_eq!(account::MAILED_LINK_LIFETIME, Duration::from_secs(15 * 60));

    // Who was invited may also ask for an ordinary link, and has accepted by it.
    link(&app, 1).await;
    let form = [("email", NEW), ("by", "link")];
    app.post("/admin/sign-in", &form).await;
    let path = link(&app, 2).await;
    let person = AdminClient::nobody(&app);
    assert_eq!(
        person.post(&path, &[]).await.status(),
        StatusCode::SEE_OTHER
    );
    assert!(invitation::all(&app.cx).await.unwrap().is_empty());
}

#[apply(on_both_databases)]
async fn an_invitation_is_sent_again_with_a_new_link(app: TestApp) {
    let owner = AdminClient::owner(&app).await;
    invite(&owner, "editor").await;
    let first = link(&app, 1).await;
    let id = invited(&app).await;
    let page = owner
        .submit(&format!("/admin/users/{id}/invite"), &[])
        .await;
    assert!(page.contains(&format!("Invited {NEW} again")), "{page}");
    let second = link(&app, 2).await;
    assert_ne!(first, second);
    assert_eq!(status(&app, &first).await, StatusCode::GONE, "the old link");
    assert_eq!(status(&app, &second).await, StatusCode::OK);
    let log = owner.page("/admin/audit?action=user.invite_again").await;
    assert!(log.contains(NEW), "{log}");

    let person = AdminClient::nobody(&app);
    person.post(&second, &[]).await;
    let late = owner
        .refused(&format!("/admin/users/{id}/invite"), &[], 409)
        .await;
    assert!(late.contains("accepted or withdrawn meanwhile"), "{late}");
}

#[apply(on_both_databases)]
async fn an_invitation_is_withdrawn(app: TestApp) {
    let owner = AdminClient::owner(&app).await;
    invite(&owner, "owner").await;
    let path = link(&app, 1).await;
    let withdraw = format!("/admin/users/{}/withdraw", invited(&app).await);
    let asked = owner.refused(&withdraw, &[], 200).await;
    assert!(asked.contains("Withdraw the invitation of"), "{asked}");
    assert_eq!(status(&app, &path).await, StatusCode::OK, "only asked yet");
    let page = owner.submit(&withdraw, &[("confirmed", "yes")]).await;
    assert!(page.contains("is withdrawn"), "{page}");
    assert!(!page.contains(&format!("Role of {NEW}")), "{page}");
    assert_eq!(status(&app, &path).await, StatusCode::GONE);
    let refused = AdminClient::nobody(&app).post(&path, &[]).await;
    assert_eq!(refused.status(), StatusCode::GONE);
    let log = owner.page("/admin/audit?action=user.invite_withdraw").await;
    assert!(log.contains(NEW), "{log}");

    // Who has accepted is removed and not withdrawn.
    let editor: EmailAddress = "editor@embassy.example".parse().unwrap();
    AdminClient::sign_in(&app, editor.as_str(), Role::Editor).await;
    let people = account::users::all(&app.cx).await.unwrap();
    let id = people.iter().find(|one| one.email == editor).unwrap().id;
    let by = Actor::System;
    assert!(!invitation::withdraw(&app.cx, &by, id).await.unwrap());
}

#[apply(on_both_databases)]
async fn an_expired_invitation_says_so_and_whom_to_ask(app: TestApp) {
    let owner = AdminClient::owner(&app).await;
    invite(&owner, "editor").await;
    let path = link(&app, 1).await;
    app.execute("UPDATE invitations SET expires_at = 1000")
        .await;
    // A sweep must not take away what tells it from a link that never was.
    account::sweep(&app.cx).await.unwrap();
    let nobody = AdminClient::nobody(&app);
    for answer in [nobody.get(&path).await, nobody.post(&path, &[]).await] {
        assert_eq!(answer.status(), StatusCode::GONE);
        let page = answer.text().await.unwrap();
        assert!(page.contains("This invitation has expired"), "{page}");
        assert!(page.contains(&format!("Ask {OWNER}")), "{page}");
    }
    let never = nobody.get("/admin/sign-in/never").await;
    assert!(!never.text().await.unwrap().contains("invitation"));

    // An ordinary link would make it live for ever.
    let email: EmailAddress = NEW.parse().unwrap();
    account::mail_sign_in_link(&app.cx, &email).await.unwrap();
    app.quiet().await;
    assert_eq!(app.mails_now(NEW).len(), 1, "the invitation alone");

    let page = owner.page("/admin/users").await;
    assert!(
        page.contains("invited by owner@embassy.example, expired on"),
        "{page}"
    );
    let id = invited(&app).await;
    owner
        .submit(&format!("/admin/users/{id}/invite"), &[])
        .await;
    let path = link(&app, 2).await;
    assert_eq!(
        nobody.post(&path, &[]).await.status(),
        StatusCode::SEE_OTHER
    );
}

#[apply(on_both_databases)]
async fn who_has_not_accepted_is_no_owner_to_rely_on_and_is_told_nothing(app: TestApp) {
    let owner = AdminClient::owner(&app).await;
    invite(&owner, "owner").await;
    link(&app, 1).await;
    let people = account::users::all(&app.cx).await.unwrap();
    let own = people
        .iter()
        .find(|one| one.email.as_str() == OWNER)
        .unwrap();
    let page = owner
        .refused(
            &format!("/admin/users/{}/role", own.id),
            &[("role", "viewer")],
            409,
        )
        .await;
    assert!(page.contains("At least one owner is required"), "{page}");
    owner
        .refused(
            &format!("/admin/users/{}/remove", own.id),
            &[("confirmed", "yes")],
            409,
        )
        .await;

    let now = app.cx.clock.now();
    let mut db = app.cx.store.write().await.unwrap();
    let notice = Notice::campaign_failed_to_start(CampaignId(1), "News", "why", now);
    notifications::record(&mut db, &notice, now).await.unwrap();
    db.commit().await.unwrap();
    app.mail_about(OWNER, "Campaign failed to start: News")
        .await;
    app.quiet().await;
    assert_eq!(app.mails_now(NEW).len(), 1, "the invitation alone");
}
