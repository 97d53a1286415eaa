//! A subscriber's new address: asked for by themselves or by an admin, confirmed at the new one,
//! told to the old one, and never a way around a suppression or an erasure.

use jarshy::token::Token;
use reqwest::StatusCode;
use rstest_reuse::apply;
use serde_json::json;

use crate::admin_client::AdminClient;
use crate::harness::{TestApp, on_both_databases};

const ASKS: &str = "Is this your new address?";
const TELLS: &str = "Your address has changed";

fn preferences(app: &TestApp, id: i64) -> String {
    let token = app.cx.keys.sign(&Token::Preferences { subscriber: id });
    format!("{}/preferences/{token}", app.url)
}

fn mails(app: &TestApp, email: &str, subject: &str) -> usize {
    let mails = app.mails_now(email);
    mails
        .iter()
        .filter(|mail| mail.subject.starts_with(subject))
        .count()
}

async fn asks_at(app: &TestApp, own: &str, email: &str) {
    let answer = app
        .submit(&format!("{own}/address"), &[("email", email)])
        .await;
    let page = answer.text().await.unwrap();
    assert!(page.contains("Check the new inbox"), "{email}: {page}");
}

#[apply(on_both_databases)]
async fn a_subscriber_changes_their_address_by_a_link_to_each_inbox(app: TestApp) {
    let id = app.subscribe("old@x.example", "news").await;
    app.create_list("slow", "double").await;
    let pending = json!({ "subscriber": id, "list": "slow", "state": "pending" });
    app.api_post("/subscriptions", pending).await;
    let page = preferences(&app, id);
    let shown = app.get(&page).await.text().await.unwrap();
    assert!(shown.contains("Change my address…"), "{shown}");

    // A forwarded email is not enough.
    let asked = app
        .get(&format!("{page}/address"))
        .await
        .text()
        .await
        .unwrap();
    assert!(asked.contains("We send you a link first"), "{asked}");
    let token = page.rsplit('/').next().unwrap();
    let by_it = app
        .submit(
            &format!("/my-data/{token}/address"),
            &[("email", "thief@x.example")],
        )
        .await;
    assert!(
        by_it
            .text()
            .await
            .unwrap()
            .contains("We send you a link first")
    );

    let own = app.my_data(&page);
    for (typed, says) in [
        ("", "Please enter your email address."),
        ("nonsense", "This does not look like an email address."),
        ("old@x.example", "This is your address already."),
    ] {
        let answer = app
            .post(&format!("{own}/address"), &[("email", typed)])
            .await;
        assert_eq!(answer.status(), StatusCode::UNPROCESSABLE_ENTITY, "{typed}");
        let page = answer.text().await.unwrap();
        assert!(page.contains(says), "{says}: {page}");
        assert!(page.contains(&format!("value=\"{typed}\"")), "{page}");
    }
    asks_at(&app, &own, "new@x.example").await;
    let at = format!("/subscribers/{id}");
    let mail = app.mail_to("new@x.example").await;
    assert!(mail.subject.starts_with(ASKS), "{}", mail.subject);
    let link = mail.link("/confirm/");
    let question = app.get(&link).await.text().await.unwrap();
    assert!(question.contains("new@x.example"), "{question}");
    assert_eq!(
        app.api_get(&at).await["email"],
        "old@x.example",
        "a look changes nothing"
    );
    assert_eq!(mails(&app, "old@x.example", TELLS), 0);

    let done = app.submit(&link, &[]).await.text().await.unwrap();
    assert!(done.contains("Your address has changed"), "{done}");
    assert_eq!(app.api_get(&at).await["email"], "new@x.example");
    app.until("the old address is told", async || {
        mails(&app, "old@x.example", TELLS) == 1
    })
    .await;
    let told = app.mails_now("old@x.example");
    let told = told
        .iter()
        .find(|mail| mail.subject.starts_with(TELLS))
        .unwrap();
    assert!(
        !told.raw.contains("new@x.example"),
        "it may be somebody else's inbox by now"
    );

    // Consent stays as it was.
    assert_eq!(
        app.subscription("new@x.example", "news").await.as_deref(),
        Some("confirmed")
    );
    assert_eq!(
        app.subscription("new@x.example", "slow").await.as_deref(),
        Some("pending")
    );
    // Once more says the same and does nothing.
    app.post(&link, &[]).await;
    app.quiet().await;
    assert_eq!(mails(&app, "old@x.example", TELLS), 1);
    let owner = AdminClient::owner(&app).await;
    let audit = owner.page("/admin/audit?action=subscriber.").await;
    assert!(audit.contains("subscriber.address<") && audit.contains("subscriber.ask_address<"));
    assert!(
        !audit.contains("x.example"),
        "the log outlives an erasure: {audit}"
    );
    let timeline = owner.page(&format!("/admin{at}")).await;
    assert!(timeline.contains("by confirmation link"), "{timeline}");
    // The old address is free for others.
    let other = app.subscribe("old@x.example", "news").await;
    assert_ne!(other, id);
}

#[apply(on_both_databases)]
async fn an_address_that_cannot_be_used_is_not_told_and_not_set(app: TestApp) {
    let id = app.subscribe("old@x.example", "news").await;
    app.subscribe("taken@x.example", "news").await;
    app.api_post("/suppressions", json!({ "email": "never@x.example" }))
        .await;
    let own = app.my_data(&preferences(&app, id));
    for email in ["taken@x.example", "never@x.example"] {
        asks_at(&app, &own, email).await;
    }
    app.quiet().await;
    for email in ["taken@x.example", "never@x.example"] {
        assert_eq!(mails(&app, email, ASKS), 0, "{email}");
    }

    // What has happened since the link was sent counts.
    let at = format!("/subscribers/{id}");
    for (email, taken) in [("late@x.example", true), ("later@x.example", false)] {
        asks_at(&app, &own, email).await;
        let link = app.mail_to(email).await.link("/confirm/");
        if taken {
            app.subscribe(email, "news").await;
        } else {
            app.api_post("/suppressions", json!({ "email": email }))
                .await;
        }
        let answer = app.post(&link, &[]).await;
        assert_eq!(answer.status(), StatusCode::CONFLICT, "{email}");
        let page = answer.text().await.unwrap();
        assert!(page.contains("This address cannot be used"), "{page}");
        assert_eq!(app.api_get(&at).await["email"], "old@x.example");
    }

    // Of two links, the one that is confirmed first ends the other.
    asks_at(&app, &own, "one@x.example").await;
    asks_at(&app, &own, "two@x.example").await;
    let first = app.mail_to("one@x.example").await.link("/confirm/");
    let second = app.mail_to("two@x.example").await.link("/confirm/");
    app.submit(&second, &[]).await;
    assert_eq!(app.get(&first).await.status(), StatusCode::GONE);
    app.post(&first, &[]).await;
    assert_eq!(app.api_get(&at).await["email"], "two@x.example");
    app.until("the old address is told", async || {
        mails(&app, "old@x.example", TELLS) == 1
    })
    .await;

    // Nobody has us write to many strangers.
    let many = app
        .post(&format!("{own}/address"), &[("email", "seventh@x.example")])
        .await;
    assert_eq!(many.status(), StatusCode::TOO_MANY_REQUESTS);
}

#[apply(on_both_databases)]
async fn an_erased_address_comes_back_only_by_its_owner(app: TestApp) {
    let gone = app.subscribe("gone@x.example", "news").await;
    let id = app.subscribe("old@x.example", "news").await;
    let erased = app
        .api("DELETE", &format!("/subscribers/{gone}"))
        .send()
        .await;
    assert_eq!(erased.unwrap().status(), StatusCode::NO_CONTENT);
    let owner = AdminClient::owner(&app).await;
    let path = format!("/admin/subscribers/{id}/address");
    let asks = [("email", "gone@x.example")];
    let refused = owner.refused(&path, &asks, 422).await;
    assert!(refused.contains("had their data erased"), "{refused}");
    assert!(refused.contains("value=\"gone@x.example\""), "{refused}");

    let own = app.my_data(&preferences(&app, id));
    asks_at(&app, &own, "gone@x.example").await;
    let link = app.mail_about_address("gone@x.example").await;
    app.submit(&link, &[]).await;
    let at = format!("/subscribers/{id}");
    assert_eq!(app.api_get(&at).await["email"], "gone@x.example");
    // Its owner has said so, and admins may write to it again.
    let back = app.subscribe("another@x.example", "news").await;
    asks_at(&app, &own, "elsewhere@x.example").await;
    let link = app.mail_about_address("elsewhere@x.example").await;
    app.submit(&link, &[]).await;
    let page = owner
        .submit(&format!("/admin/subscribers/{back}/address"), &asks)
        .await;
    assert!(
        page.contains("Confirmation email sent to gone@x.example"),
        "{page}"
    );
}

impl TestApp {
    /// The link of the email that asks whether an address is new, once it has come.
    async fn mail_about_address(&self, email: &str) -> String {
        self.until("the address is asked", async || {
            mails(self, email, ASKS) > 0
        })
        .await;
        let mails = self.mails_now(email);
        let asks = mails.iter().find(|mail| mail.subject.starts_with(ASKS));
        asks.unwrap().link("/confirm/")
    }
}
