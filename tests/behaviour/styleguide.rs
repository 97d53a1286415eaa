//! The page of all components is for who works on Jarshy, and not for a site that is open.

use jarshy::model::user::Role;
use reqwest::StatusCode;
use rstest_reuse::apply;

use crate::admin_client::AdminClient;
use crate::harness::{Database, TestApp, on_both_databases};

const PATHS: [&str; 2] = ["/admin/styleguide", "/admin/styleguide/themes.css"];

#[apply(on_both_databases)]
async fn every_component_stands_there_in_both_themes(app: TestApp) {
    let viewer = AdminClient::sign_in(&app, "viewer@embassy.example", Role::Viewer).await;
    let html = viewer.page("/admin/styleguide").await;
    for component in [
        "button button--primary",
        "field-error",
        "error-summary",
        "form-bar-fault",
        "toast flash",
        "flash flash--warn",
        "badge badge--sending",
        "table table--cards",
        "chart-line--good",
        "check--bad",
        "empty-title",
        "disclosure",
        "dialog stack",
        "card template-card",
    ] {
        assert!(html.matches(component).count() >= 2, "{component}: {html}");
    }
    for theme in ["light", "dark"] {
        assert_eq!(html.matches(&format!("data-theme=\"{theme}\"")).count(), 1);
    }
    let css = viewer.get("/admin/styleguide/themes.css").await;
    assert_eq!(css.headers()["content-type"], "text/css; charset=utf-8");
    let css = css.text().await.unwrap();
    assert!(css.contains("[data-theme=dark] {") && css.contains("--paper:"));
    for path in PATHS {
        let answer = AdminClient::nobody(&app).get(path).await;
        assert_eq!(answer.status(), StatusCode::SEE_OTHER, "{path}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_site_with_an_address_of_its_own_has_no_such_page() {
    let app = TestApp::start_with(Database::Sqlite, |config| {
        config.public_url = "http://news.embassy.example".parse().ok();
    })
    .await;
    let owner = AdminClient::owner(&app).await;
    for path in PATHS {
        assert_eq!(
            owner.get(path).await.status(),
            StatusCode::NOT_FOUND,
            "{path}"
        );
    }
}
