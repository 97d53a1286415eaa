//! Links in the emails of other systems, once their paths lead here.

use jarshy::import::mapping::Mapping;
use jarshy::model::import::System;
use reqwest::StatusCode;
use reqwest::header::LOCATION;
use rstest_reuse::apply;

use crate::harness::{TestApp, on_both_databases};
use crate::importing::{import, import_to};

const CAMPAIGN: &str = "0b5b1f3e-2c2b-4a44-9d2f-111111111111";
const READER: &str = "0b5b1f3e-2c2b-4a44-9d2f-222222222222";
const PENDING: &str = "0b5b1f3e-2c2b-4a44-9d2f-333333333333";
const UID: &str = "d41d8cd98f00b204e9800998ecf8427e";

async fn from_listmonk(app: &TestApp) {
    let file = format!(
        "uuid,email,name,attributes,status,created_at,updated_at\n\
         {READER},reader@x.example,R,{{}},enabled,2024-01-02T03:04:05Z,2024-01-02T03:04:05Z\n"
    );
    import(app, "subscribers.csv", file.as_bytes(), |_| ()).await;
}

async fn state(app: &TestApp, email: &str) -> Option<String> {
    app.subscription(email, "news").await
}

#[apply(on_both_databases)]
async fn a_link_of_listmonk_unsubscribes_by_its_button_and_by_one_click(app: TestApp) {
    from_listmonk(&app).await;
    app.create_list("zebra", "single").await;
    app.subscribe("reader@x.example", "zebra").await;
    let path = format!("/subscription/{CAMPAIGN}/{READER}");
    let page = app.get(&path).await;
    assert_eq!(page.status(), 200);
    assert_eq!(page.headers()["cache-control"], "no-store");
    let html = page.text().await.unwrap();
    assert!(html.contains(&format!("action=\"{path}\"")), "{html}");
    assert!(html.contains("news") && !html.contains("zebra"), "{html}");
    assert_eq!(
        state(&app, "reader@x.example").await.as_deref(),
        Some("confirmed"),
        "GET changes nothing"
    );

    let answer = app.post(&path, &[("List-Unsubscribe", "One-Click")]).await;
    assert_eq!(answer.text().await.unwrap(), "unsubscribed\n");
    assert_eq!(
        state(&app, "reader@x.example").await.as_deref(),
        Some("unsubscribed")
    );
    let other = app.subscription("reader@x.example", "zebra").await;
    assert_eq!(
        other.as_deref(),
        Some("confirmed"),
        "a list that came otherwise"
    );

    let form = [("from", "page"), ("scope", "all")];
    let page = app.submit(&format!("/ru{path}"), &form).await;
    assert_eq!(page.status(), 200);
    assert!(page.text().await.unwrap().contains("Вы отписались"));
    let other = app.subscription("reader@x.example", "zebra").await;
    assert_eq!(other.as_deref(), Some("unsubscribed"));
}

#[apply(on_both_databases)]
async fn an_id_that_is_nobodys_or_several_peoples_helps_on(app: TestApp) {
    from_listmonk(&app).await;
    let paths = [
        format!("/subscription/{CAMPAIGN}/{CAMPAIGN}"),
        format!("/subscription/{CAMPAIGN}/x"),
        format!("/lists/?p=unsubscribe&uid={UID}"),
        "/lists/?p=preferences&uid=1".to_owned(),
    ];
    for path in paths {
        let page = app.get(&path).await;
        assert_eq!(page.status(), StatusCode::NOT_FOUND, "{path}");
        assert!(
            page.text().await.unwrap().contains("action=\"/old-link\""),
            "{path}"
        );
        let answer = app.post(&path, &[("List-Unsubscribe", "One-Click")]).await;
        assert_eq!(answer.status(), StatusCode::NOT_FOUND, "{path}");
    }
    // A file that gives one id to two people.
    let twice = format!(
        "uuid,email,name,attributes,status,created_at\n\
        {READER},other@x.example,O,{{}},enabled,2024-01-02T03:04:05Z\n"
    );
    import(&app, "subscribers.csv", twice.as_bytes(), |_| ()).await;
    let path = format!("/subscription/{CAMPAIGN}/{READER}");
    let answer = app.post(&path, &[("List-Unsubscribe", "One-Click")]).await;
    assert_eq!(answer.status(), StatusCode::NOT_FOUND);
    for email in ["reader@x.example", "other@x.example"] {
        assert_eq!(state(&app, email).await.as_deref(), Some("confirmed"));
    }
}

#[apply(on_both_databases)]
async fn links_of_phplist_work_with_and_without_its_folder(app: TestApp) {
    let file = format!(
        "Email\tIs this subscriber confirmed\tIs this subscriber blacklisted\tUnique ID\n\
         php@x.example\t1\t0\t{UID}\n"
    );
    import(
        &app,
        "export.csv",
        file.as_bytes(),
        |mapping: &mut Mapping| {
            assert_eq!(mapping.system, System::PhpList);
        },
    )
    .await;
    let preferences = app.get(&format!("/lists/?p=preferences&uid={UID}")).await;
    assert_eq!(preferences.status(), StatusCode::SEE_OTHER);
    let to = preferences.headers()[LOCATION].to_str().unwrap().to_owned();
    assert!(to.starts_with("/preferences/"), "{to}");
    assert_eq!(app.get(&to).await.status(), 200);

    for path in ["/lists/", "/", "/index.php", "/lists/index.php"] {
        let page = app.get(&format!("{path}?p=unsubscribe&uid={UID}")).await;
        assert_eq!(page.status(), 200, "{path}");
        let html = page.text().await.unwrap();
        assert!(html.contains("name=\"scope\""), "{path}");
        assert_eq!(
            state(&app, "php@x.example").await.as_deref(),
            Some("confirmed")
        );
    }
    // Its link that unsubscribes by GET does not do so here.
    app.get(&format!("/lists/?p=unsubscribe&jo=1&uid={UID}"))
        .await;
    assert_eq!(
        state(&app, "php@x.example").await.as_deref(),
        Some("confirmed")
    );
    let form = [("from", "page"), ("scope", "list")];
    let path = format!("/lists?p=unsubscribe&uid={UID}");
    assert_eq!(app.submit(&path, &form).await.status(), 200);
    assert_eq!(
        state(&app, "php@x.example").await.as_deref(),
        Some("unsubscribed")
    );
    assert_eq!(
        app.get("/lists/?p=subscribe").await.headers()[LOCATION],
        "/join"
    );
}

#[apply(on_both_databases)]
async fn an_old_confirmation_link_asks_and_then_confirms(app: TestApp) {
    let file = format!(
        "uuid,email,name,attributes,status,created_at\n\
        {PENDING},wait@x.example,W,{{}},unconfirmed,2024-01-02T03:04:05Z\n"
    );
    import(&app, "subscribers.csv", file.as_bytes(), |_| ()).await;
    assert_eq!(
        state(&app, "wait@x.example").await.as_deref(),
        Some("pending")
    );
    let answer = app
        .get(&format!("/subscription/optin/{PENDING}?l={CAMPAIGN}"))
        .await;
    let to = answer.headers()[LOCATION].to_str().unwrap().to_owned();
    assert!(to.starts_with("/confirm/"), "{to}");
    assert_eq!(app.get(&to).await.status(), 200);
    assert_eq!(
        state(&app, "wait@x.example").await.as_deref(),
        Some("pending")
    );
    app.submit(&to, &[]).await;
    assert_eq!(
        state(&app, "wait@x.example").await.as_deref(),
        Some("confirmed")
    );
}

#[apply(on_both_databases)]
async fn links_that_say_nothing_email_a_link_to_known_people_only(app: TestApp) {
    app.subscribe("known@x.example", "news").await;
    for path in [
        "/unsubscribe/Ab763xyz/Cd892/Ef763",
        "/unsubscribe/Ab763xyz/Cd892",
        "/mailman/options/news",
        "/mailman/options/news/known--at--x.example",
    ] {
        let page = app.get(path).await;
        assert_eq!(page.status(), 200, "{path}");
        let html = page.text().await.unwrap();
        assert!(html.contains("action=\"/old-link\""), "{path}");
        assert_eq!(
            html.contains("known@x.example"),
            path.contains("--at--"),
            "{path}"
        );
    }
    let mut pages = Vec::new();
    for email in ["known@x.example", "stranger@x.example"] {
        let page = app.submit("/old-link", &[("email", email)]).await;
        assert_eq!(page.status(), 200);
        pages.push(page.text().await.unwrap());
    }
    assert_eq!(pages[0], pages[1]);
    let wrong = app.submit("/old-link", &[("email", "nobody")]).await;
    assert_eq!(wrong.status(), StatusCode::UNPROCESSABLE_ENTITY);
    let mail = app
        .mail_about("known@x.example", "Your subscriptions: Jarshy")
        .await;
    assert_eq!(app.get(&mail.link("/preferences/")).await.status(), 200);
    // Not again for a while, and not without end.
    app.submit("/old-link", &[("email", "known@x.example")])
        .await;
    let mut refused = 0;
    for number in 0..20 {
        let email = format!("s{number}@x.example");
        let page = app.submit("/old-link", &[("email", &email)]).await;
        refused += i32::from(page.status() == StatusCode::TOO_MANY_REQUESTS);
    }
    assert!(refused > 0);
    assert_eq!(app.mails_to("known@x.example", 1).await.len(), 1);
}

#[apply(on_both_databases)]
async fn ids_go_with_the_person_and_with_an_import_that_is_undone(app: TestApp) {
    from_listmonk(&app).await;
    app.create_list("zebra", "single").await;
    let file = format!(
        "uuid,email,name,attributes,status,created_at\n\
        {READER},reader@x.example,R,{{}},enabled,2024-01-02T03:04:05Z\n"
    );
    import_to(&app, "zebra", "subscribers.csv", file.as_bytes(), |_| ()).await;
    let path = format!("/subscription/{CAMPAIGN}/{READER}");
    let html = app.get(&path).await.text().await.unwrap();
    assert!(html.contains("news") && html.contains("zebra"), "{html}");
    let imports = app.api_get("/imports").await;
    let last = imports["items"][0]["id"].as_i64().unwrap();
    app.api_post(&format!("/imports/{last}/undo"), serde_json::json!({}))
        .await;
    let id = jarshy::model::ImportId(last);
    jarshy::import::worker::complete(&app.cx, id, |_| ())
        .await
        .unwrap();
    let html = app.get(&path).await.text().await.unwrap();
    assert!(html.contains("news") && !html.contains("zebra"), "{html}");
    let person = app.subscriber("reader@x.example").await["id"].clone();
    let erased = app
        .api("DELETE", &format!("/subscribers/{person}"))
        .send()
        .await;
    assert_eq!(erased.unwrap().status(), StatusCode::NO_CONTENT);
    assert_eq!(app.get(&path).await.status(), StatusCode::NOT_FOUND);
}
