//! Addresses at international domains: stored in their ASCII form, shown in their own script,
//! and found by either.

use reqwest::StatusCode;
use rstest_reuse::apply;
use serde_json::json;

use crate::admin_client::AdminClient;
use crate::harness::{TestApp, on_both_databases};

const SHOWN: &str = "name@почта.kz";
const STORED: &str = "name@xn--80a1acny.kz";
/// `pаypal.com` with a Cyrillic а.
const SPOOF: &str = "a@xn--pypal-4ve.com";

#[apply(on_both_databases)]
async fn an_address_is_shown_in_its_own_script_and_found_by_both(app: TestApp) {
    let id = app.subscribe(SHOWN, "news").await;
    app.subscribe(SPOOF, "news").await;
    assert_eq!(
        app.api_get(&format!("/subscribers/{id}")).await["email"],
        STORED
    );
    let owner = AdminClient::owner(&app).await;
    let table = owner.page("/admin/subscribers").await;
    let link = format!("title=\"{STORED}\">{SHOWN}</a>");
    assert!(table.contains(&link), "{link}: {table}");
    assert!(table.contains(&format!(">{SPOOF}</a>")), "{table}");
    for query in [SHOWN, STORED, "почта.kz", "xn--80a1acny"] {
        let query = url::form_urlencoded::byte_serialize(query.as_bytes()).collect::<String>();
        let found = owner.page(&format!("/admin/subscribers?q={query}")).await;
        assert!(
            found.contains(&link) && !found.contains(SPOOF),
            "{query}: {found}"
        );
        let found = owner.page(&format!("/admin/search?q={query}")).await;
        assert!(found.contains(SHOWN), "{query}: {found}");
    }
    let profile = owner.page(&format!("/admin/subscribers/{id}")).await;
    assert!(profile.contains(&format!("<h1>{SHOWN}</h1>")), "{profile}");
    assert!(
        profile.contains(&format!("As mail systems write it: {STORED}")),
        "{profile}"
    );

    app.api_post("/suppressions", json!({ "email": "@почта.kz" }))
        .await;
    let suppressed = owner
        .page("/admin/suppressions?q=%40%D0%BF%D0%BE%D1%87%D1%82%D0%B0.kz")
        .await;
    assert!(
        suppressed.contains("<th scope=\"row\">@почта.kz"),
        "{suppressed}"
    );
}

#[apply(on_both_databases)]
async fn visitors_read_their_address_in_its_own_script(app: TestApp) {
    app.create_list("slow", "double").await;
    let joined = app
        .submit(
            "/join",
            &[("email", SHOWN), ("name", ""), ("lists", "slow")],
        )
        .await;
    assert_eq!(joined.status(), StatusCode::OK);
    let mail = app.mail_to(STORED).await;
    let page = app.get(&mail.link("/confirm/")).await.text().await.unwrap();
    assert!(page.contains(SHOWN) && !page.contains(STORED), "{page}");
}
