//! A step that tells a user who has been removed since.

use jarshy::account::{self, users};
use jarshy::model::audit::Actor;
use jarshy::model::user::Role;
use reqwest::StatusCode;
use rstest_reuse::apply;
use serde_json::json;

use super::email;
use crate::admin_client::AdminClient;
use crate::harness::{TestApp, on_both_databases};

#[apply(on_both_databases)]
async fn a_step_whose_user_is_gone_tells_everybody_and_says_so(app: TestApp) {
    let gone = "gone@embassy.example";
    account::add_user(&app.cx, &gone.parse().unwrap(), Role::Editor)
        .await
        .unwrap();
    let tell = json!({ "kind": "notify", "user": gone, "message": "Call them" });
    let call = json!({ "kind": "call" });
    let id = app.series("Told", call, vec![tell]).await;
    let owner = AdminClient::owner(&app).await;
    let path = format!("/admin/series/{id}");
    let page = owner.page(&path).await;
    assert!(page.contains(&format!("Tell {gone}: Call them")), "{page}");

    let all = users::all(&app.cx).await.unwrap();
    let user = all.iter().find(|user| user.email.as_str() == gone).unwrap();
    let by = Actor::CommandLine;
    assert!(users::remove(&app.cx, &by, user.id).await.unwrap());
    let says = format!("Tell everybody who wants to know, since {gone} is no user any more");
    for page in [path.clone(), format!("{path}/rehearsal")] {
        let page = owner.page(&page).await;
        assert!(page.contains(&says), "{page}");
    }
    // The form does not choose another user by itself.
    let form = owner.page(&format!("{path}/edit")).await;
    let chosen = format!("<option value=\"{gone}\" selected>");
    assert!(form.contains(&chosen), "{form}");

    app.subscribe("a@example.kz", "news").await;
    app.enter(id, "a@example.kz").await;
    app.reader_is(id, "a@example.kz", "finished").await;
    app.until("the notification", async || {
        let page = owner.page("/admin/notifications").await;
        page.contains("Call them")
    })
    .await;
    let tell = json!({ "kind": "notify", "user": gone, "message": "Call them" });
    let change = json!({ "steps": [email("First"), tell] });
    let refused = app.api("PATCH", &format!("/series/{id}")).json(&change);
    let refused = refused.send().await.unwrap();
    assert_eq!(refused.status(), StatusCode::UNPROCESSABLE_ENTITY);
    let why = refused.text().await.unwrap();
    assert!(why.contains("step 2: there is no user"), "{why}");
}
