//! The columns that each user chooses for the table of subscribers, the views that are kept by
//! name, and the file of what the table shows.

use jarshy::model::user::Role;
use reqwest::StatusCode;
use rstest_reuse::apply;
use serde_json::json;

use crate::admin_client::AdminClient;
use crate::harness::{TestApp, on_both_databases};

const HOME: &str = "/admin/subscribers";

async fn people(app: &TestApp) {
    for (email, name, city, tags) in [
        ("a@x.example", "Aigul", "Almaty", json!(["press"])),
        ("b@x.example", "Bolat", "Astana", json!([])),
        ("=c@x.example", "Clara", "Almaty", json!(["press", "VIP"])),
    ] {
        app.api_post(
            "/subscribers",
            json!({ "email": email, "name": name, "language": "kk", "tags": tags,
                    "attributes": { "city": city, "visits": [1, 2] },
                    "lists": ["news"], "status": "confirmed" }),
        )
        .await;
    }
}

async fn viewer(app: &TestApp) -> AdminClient {
    AdminClient::sign_in(app, "viewer@embassy.example", Role::Viewer).await
}

async fn editor(app: &TestApp) -> AdminClient {
    AdminClient::sign_in(app, "editor@embassy.example", Role::Editor).await
}

/// Addresses of a page as a browser would follow them.
fn plain(page: &str) -> String {
    page.replace("&#38;", "&")
}

/// The address to which a form leads.
async fn leads_to(client: &AdminClient, path: &str, form: &[(&str, &str)]) -> String {
    let answer = client.post(path, form).await;
    assert_eq!(answer.status(), StatusCode::SEE_OTHER, "POST {path}");
    answer.headers()["location"].to_str().unwrap().to_owned()
}

#[apply(on_both_databases)]
async fn each_user_chooses_the_columns_of_their_table(app: TestApp) {
    people(&app).await;
    app.api_post(
        "/suppressions",
        json!({ "email": "b@x.example", "reason": "complaint" }),
    )
    .await;
    let (viewer, editor) = (viewer(&app).await, editor(&app).await);
    let usual = viewer.page(HOME).await;
    for column in ["Lists", "Language", "Since"] {
        assert!(
            usual.contains(&format!("data-label=\"{column}\"")),
            "{column}"
        );
    }
    assert!(
        !usual.contains("data-label=\"Name\""),
        "the name is below the address"
    );
    assert!(usual.contains("value=\"attribute:city\""), "{usual}");

    let form = [
        ("filter", "q=x.example&sort=address"),
        ("column", "name"),
        ("column", "state"),
        ("column", "tags"),
        ("column", "source"),
        ("column", "attribute:city"),
        ("column", "attribute:visits"),
        ("column", "no such column"),
    ];
    let back = leads_to(&viewer, "/admin/subscribers/columns", &form).await;
    assert!(
        back.contains("q=x.example") && back.contains("sort=address"),
        "{back}"
    );
    let page = viewer.page(&back).await;
    for cell in [
        "data-label=\"Name\">Aigul</td>",
        "data-label=\"Tags\">press, VIP</td>",
        "data-label=\"city\">Astana</td>",
        "data-label=\"visits\">1, 2</td>",
        "data-label=\"State\"><span class=\"badge badge--failed\">complaint</span>",
        "data-label=\"State\"><span class=\"badge badge--confirmed\">confirmed</span>",
    ] {
        assert!(page.contains(cell), "{cell}: {page}");
    }
    assert!(!page.contains("data-label=\"Lists\""), "{page}");
    let other = editor.page(HOME).await;
    assert!(other.contains("data-label=\"Lists\"") && !other.contains("data-label=\"city\""));

    // The file has the columns of the user who downloads it.
    let file = "/admin/subscribers/export.csv?q=x.example&tag=press";
    assert_eq!(viewer.get(file).await.status(), StatusCode::FORBIDDEN);
    leads_to(&editor, "/admin/subscribers/columns", &form).await;
    assert!(
        editor
            .page(HOME)
            .await
            .contains("/admin/subscribers/export.csv")
    );
    let answer = editor.get(file).await;
    assert_eq!(answer.headers()["content-type"], "text/csv; charset=utf-8");
    let csv = answer.text().await.unwrap();
    let lines: Vec<&str> = csv.lines().collect();
    assert_eq!(lines.len(), 3, "the filter holds: {csv}");
    assert_eq!(
        lines[0],
        "email,name,state,tags,source,attribute:city,attribute:visits"
    );
    assert!(
        lines[1].starts_with("'=c@x.example,Clara,confirmed,\"press, VIP\","),
        "{csv}"
    );
    assert!(lines[2].ends_with(",Almaty,\"1, 2\""), "{csv}");
    let owner = AdminClient::owner(&app).await;
    let audit = owner.page("/admin/audit?action=subscribers.export").await;
    assert!(
        audit.contains("tag=press") && !audit.contains("x.example"),
        "{audit}"
    );

    // No column at all is a choice too, and the page of a list has the same columns.
    leads_to(&editor, "/admin/subscribers/columns", &[("filter", "")]).await;
    let page = editor.page("/admin/lists/news").await;
    assert!(
        !page.contains("data-label=\"Name\"") && page.contains("a@x.example"),
        "{page}"
    );
    let on_list = [
        ("filter", "list=news"),
        ("list", "news"),
        ("on_list", "yes"),
        ("column", "joined"),
    ];
    let back = leads_to(&editor, "/admin/subscribers/columns", &on_list).await;
    assert!(back.starts_with("/admin/lists/news"), "{back}");
}

#[apply(on_both_databases)]
async fn a_view_keeps_filter_order_and_columns_and_can_be_shared(app: TestApp) {
    people(&app).await;
    let (viewer, editor) = (viewer(&app).await, editor(&app).await);
    let columns = [("filter", ""), ("column", "attribute:city")];
    leads_to(&editor, "/admin/subscribers/columns", &columns).await;
    let views = "/admin/subscribers/views";
    let own = [("name", "My press"), ("filter", "tag=press&sort=address")];
    let mine = leads_to(&viewer, views, &own).await;
    assert!(mine.contains("tag=press&sort=address"), "{mine}");
    let page = viewer.page(&mine).await;
    assert!(
        page.contains("aria-current=\"page\">My press</a>"),
        "{page}"
    );
    assert!(page.contains("2 subscribers found"), "{page}");

    // A viewer keeps views of their own, and shares none.
    let shared = [
        ("name", "Everybody's"),
        ("filter", "q=x"),
        ("shared", "yes"),
    ];
    assert_eq!(
        viewer.post(views, &shared).await.status(),
        StatusCode::FORBIDDEN
    );
    let team = [
        ("name", "Almaty press"),
        ("filter", "q=a&tag=press"),
        ("shared", "yes"),
    ];
    let path = leads_to(&editor, views, &team).await;
    let id: i64 = path
        .split("view=")
        .nth(1)
        .unwrap()
        .split('&')
        .next()
        .unwrap()
        .parse()
        .unwrap();
    let view = format!("{views}/{id}");
    assert!(
        !editor.page(HOME).await.contains("My press"),
        "it is the other's own"
    );
    let seen = plain(&viewer.page(HOME).await);
    assert!(seen.contains(&format!("href=\"{path}\"")), "{path}: {seen}");
    let opened = viewer.page(&path).await;
    assert!(
        opened.contains("data-label=\"city\""),
        "the columns are the view's: {opened}"
    );
    assert!(!opened.contains(&format!("action=\"{view}\"")), "{opened}");
    for below in [view.clone(), format!("{view}/delete")] {
        let answer = viewer.post(&below, &team).await;
        assert_eq!(answer.status(), StatusCode::FORBIDDEN, "{below}");
    }
    // Columns that a viewer chooses in it are for their own table.
    let choice = [
        ("filter", path.split('?').nth(1).unwrap()),
        ("column", "name"),
    ];
    let back = leads_to(&viewer, "/admin/subscribers/columns", &choice).await;
    assert!(!back.contains("view="), "{back}");
    assert!(viewer.page(&path).await.contains("data-label=\"city\""));

    // A name is taken once; what was typed stays.
    let twice = [
        ("name", "ALMATY PRESS"),
        ("filter", "q=b"),
        ("shared", "yes"),
    ];
    let refused = editor.refused(views, &twice, 422).await;
    assert!(
        refused.contains("A view with this name already exists."),
        "{refused}"
    );
    assert!(refused.contains("value=\"ALMATY PRESS\""), "{refused}");
    let nameless = editor
        .refused(views, &[("name", " "), ("filter", "q=b")], 422)
        .await;
    assert!(nameless.contains("Must not be empty."), "{nameless}");

    // The editor renames it, with another filter; its columns stay.
    let changed = [("name", "City"), ("filter", "q=b"), ("shared", "yes")];
    let path = leads_to(&editor, &view, &changed).await;
    let page = editor.page(&path).await;
    assert!(
        page.contains("City") && page.contains("1 subscriber found"),
        "{page}"
    );
    assert!(page.contains("data-label=\"city\""), "{page}");
    let filter = path.split('?').nth(1).unwrap();
    leads_to(
        &editor,
        "/admin/subscribers/columns",
        &[("filter", filter), ("column", "tags")],
    )
    .await;
    assert!(
        viewer.page(&path).await.contains("data-label=\"Tags\""),
        "the view's are changed"
    );
    assert!(
        editor.page(HOME).await.contains("data-label=\"city\""),
        "and not their own"
    );

    // Actions for all that match come back to the view.
    let all = [
        ("action", "tag"),
        ("tag", "guest"),
        ("all", "yes"),
        ("filter", filter),
        ("confirmed", "yes"),
    ];
    let back = leads_to(&editor, "/admin/subscribers/bulk", &all).await;
    assert!(
        back.contains(&format!("view={id}")) && back.contains("q=b"),
        "{back}"
    );
    let found = app.api_get("/tags").await.to_string();
    assert!(found.contains("guest"), "{found}");

    // The search of everything finds it.
    let found = plain(&viewer.page("/admin/search?q=city").await);
    assert!(found.contains(&path), "{path}: {found}");

    let asked = editor.refused(&format!("{view}/delete"), &[], 200).await;
    assert!(asked.contains("Delete City?"), "{asked}");
    editor
        .submit(&format!("{view}/delete"), &[("confirmed", "yes")])
        .await;
    assert!(!viewer.page(HOME).await.contains(">City"));
    assert!(
        viewer.page(&path).await.contains("1 subscriber found"),
        "an old link still filters"
    );
    let owner = AdminClient::owner(&app).await;
    let audit = owner.page("/admin/audit?action=subscriber_view").await;
    assert!(
        audit.contains("subscriber_view.delete") && audit.contains("Almaty press"),
        "{audit}"
    );
    assert!(
        !audit.contains("My press"),
        "what is one's own is nobody's matter: {audit}"
    );
}

#[apply(on_both_databases)]
async fn the_view_of_another_user_is_nobody_else_s(app: TestApp) {
    people(&app).await;
    let (viewer, editor) = (viewer(&app).await, editor(&app).await);
    let views = "/admin/subscribers/views";
    let own = [("name", "Mine"), ("filter", "tag=press")];
    let path = leads_to(&viewer, views, &own).await;
    let id = path
        .split("view=")
        .nth(1)
        .unwrap()
        .split('&')
        .next()
        .unwrap();
    for below in [format!("{views}/{id}"), format!("{views}/{id}/delete")] {
        let answer = editor.post(&below, &own).await;
        assert_eq!(answer.status(), StatusCode::NOT_FOUND, "{below}");
    }
    // The same name is free for another, and for the team.
    leads_to(&editor, views, &own).await;
    leads_to(
        &editor,
        views,
        &[("name", "Mine"), ("filter", ""), ("shared", "yes")],
    )
    .await;
    let page = editor.page(&path).await;
    assert!(page.contains("2 subscribers found"), "{page}");
    assert!(!page.contains("Columns of the view"), "{page}");

    // Views of one user are bounded.
    for n in 2..=50 {
        let name = format!("View {n}");
        leads_to(&viewer, views, &[("name", &name), ("filter", "")]).await;
    }
    let refused = viewer
        .refused(views, &[("name", "One more"), ("filter", "")], 422)
        .await;
    assert!(
        refused.contains("At most 50 views can be kept"),
        "{refused}"
    );
}
