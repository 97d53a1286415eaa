//! Joins and leaves: counted as they happen, and reported by date, way, list and language.

use jarshy::model::user::Role;
use reqwest::StatusCode;
use rstest_reuse::apply;
use serde_json::{Value, json};

use crate::admin_client::AdminClient;
use crate::harness::{TestApp, on_both_databases};
use crate::importing::{import, undo_latest};

/// `way: joined/left` of each part of the report.
fn parts(report: &Value, kind: &str, name: &str) -> Vec<String> {
    let items = report[kind].as_array().unwrap().iter();
    let part = |item: &Value| {
        let name = item[name].as_str().unwrap();
        format!("{name}: {}/{}", item["joined"], item["left"])
    };
    let mut parts: Vec<String> = items.map(part).collect();
    parts.sort();
    parts
}

#[apply(on_both_databases)]
async fn every_way_of_joining_and_leaving_is_counted(app: TestApp) {
    app.join_and_confirm("form@x.example").await;
    app.join("waits@x.example").await;
    app.mail_to("waits@x.example").await;
    let kazakh = json!({ "email": "kk@x.example", "language": "kk", "lists": ["news"],
                         "status": "confirmed" });
    app.api_post("/subscribers", kazakh.clone()).await;
    // Twice is once.
    app.api_post("/subscribers", kazakh).await;

    let id = app.send_to(&["click@x.example", "gone@x.example"]).await;
    app.campaign_in_state(id, "finished").await;
    let url = app.mail_to("click@x.example").await.one_click_url();
    for _ in 0..2 {
        app.post(&url, &[("List-Unsubscribe", "One-Click")]).await;
    }
    let gone = app.subscriber("gone@x.example").await["id"].clone();
    app.api("DELETE", &format!("/subscribers/{gone}"))
        .send()
        .await
        .unwrap();
    let waiting = app.subscriber("waits@x.example").await["id"].clone();
    app.api("DELETE", &format!("/subscribers/{waiting}"))
        .send()
        .await
        .unwrap();

    let report = app.api_get("/growth").await;
    assert_eq!(
        parts(&report, "sources", "source"),
        ["admin: 3/0", "erasure: 0/1", "form: 1/0", "one_click: 0/1"]
    );
    assert_eq!(parts(&report, "lists", "list"), ["news: 4/2"]);
    assert_eq!(
        parts(&report, "languages", "language"),
        ["en: 3/2", "kk: 1/0"]
    );
    assert_eq!((&report["joined"], &report["left"]), (&json!(4), &json!(2)));

    let kazakh = app
        .api_get("/growth?language=kk&source=admin&list=news")
        .await;
    assert_eq!((&kazakh["joined"], &kazakh["left"]), (&json!(1), &json!(0)));
    let none = app.api_get("/growth?language=kk&source=form").await;
    assert_eq!(none["joined"], 0);
}

#[apply(on_both_databases)]
async fn an_import_counts_and_its_undoing_counts_it_back(app: TestApp) {
    app.subscribe("left@x.example", "news").await;
    app.subscribe("stays@x.example", "news").await;
    let file = "email,language,status\nnew@x.example,ru,active\nother@x.example,kk,active\n\
                left@x.example,en,unsubscribed\nnever@x.example,en,unsubscribed\n\
                stays@x.example,en,active\n";
    import(&app, "people.csv", file.as_bytes(), |_| ()).await;
    let report = app.api_get("/growth?source=import").await;
    assert_eq!(
        parts(&report, "languages", "language"),
        ["en: 0/1", "kk: 1/0", "ru: 1/0"]
    );

    undo_latest(&app).await;
    let report = app.api_get("/growth?source=import").await;
    assert_eq!((&report["joined"], &report["left"]), (&json!(3), &json!(3)));
}

/// Two hours before and after midnight in Almaty, which is five hours ahead of UTC.
async fn fill(app: &TestApp) {
    for statement in [
        "INSERT INTO list_hourly_changes (hour, list_id, source, language, confirmed, unsubscribed)
         SELECT 492234, id, 'form', 'kk', 5, 0 FROM lists WHERE slug = 'news'",
        "INSERT INTO list_hourly_changes (hour, list_id, source, language, confirmed, unsubscribed)
         SELECT 492235, id, 'form', 'ru', 7, 1 FROM lists WHERE slug = 'news'",
        "INSERT INTO list_hourly_changes (hour, list_id, source, language, confirmed, unsubscribed)
         SELECT 492235 + 24 * 10, id, 'import', 'en', 0, 30 FROM lists WHERE slug = 'news'",
    ] {
        app.execute(statement).await;
    }
}

#[apply(on_both_databases)]
async fn days_are_those_of_the_site(app: TestApp) {
    let zone = json!({ "settings": { "time_zone": "Asia/Almaty" } });
    let answer = app.api("PATCH", "/settings").json(&zone).send().await;
    assert!(answer.unwrap().status().is_success());
    fill(&app).await;
    // 492234 hours since 1970 are 2026-02-25T18:00Z: 23:00 in Almaty.
    let periods = async |query: &str| {
        let report = app.api_get(&format!("/growth?{query}")).await;
        let periods = report["periods"].as_array().unwrap().clone();
        let with_change = |one: &&Value| one["joined"] != 0 || one["left"] != 0;
        let text = |one: &Value| {
            let (from, until) = (
                one["from"].as_str().unwrap(),
                one["until"].as_str().unwrap(),
            );
            format!("{from}..{until} {}/{}", one["joined"], one["left"])
        };
        (
            periods.len(),
            periods
                .iter()
                .filter(with_change)
                .map(text)
                .collect::<Vec<_>>(),
        )
    };
    let (count, days) = periods("from=2026-02-20&until=2026-03-15").await;
    assert_eq!(count, 24);
    assert_eq!(
        days,
        [
            "2026-02-25..2026-02-25 5/0",
            "2026-02-26..2026-02-26 7/1",
            "2026-03-08..2026-03-08 0/30"
        ]
    );
    let (_, weeks) = periods("from=2026-02-20&until=2026-03-15&by=week").await;
    assert_eq!(
        weeks,
        ["2026-02-23..2026-03-01 12/1", "2026-03-02..2026-03-08 0/30"]
    );
    let (_, months) = periods("from=2026-02-20&until=2026-03-15&by=month").await;
    assert_eq!(
        months,
        ["2026-02-20..2026-02-28 12/1", "2026-03-01..2026-03-15 0/30"]
    );
    let (_, cut) = periods("from=2026-02-26&until=2026-02-26").await;
    assert_eq!(cut, ["2026-02-26..2026-02-26 7/1"]);

    for (query, field) in [
        ("from=yesterday", "from"),
        ("from=2026-03-01&until=2026-02-01", "until"),
        ("from=2001-01-01", "until"),
        ("by=year", "by"),
        ("list=none", "list"),
        ("source=magic", "source"),
        ("language=xx", "language"),
    ] {
        let answer = app
            .api("GET", &format!("/growth?{query}"))
            .send()
            .await
            .unwrap();
        assert_eq!(answer.status(), StatusCode::UNPROCESSABLE_ENTITY, "{query}");
        let problem: Value = answer.json().await.unwrap();
        assert!(
            problem.to_string().contains(&format!("\"{field}\"")),
            "{problem}"
        );
    }

    let viewer = AdminClient::sign_in(&app, "v@embassy.example", Role::Viewer).await;
    let dashboard = viewer.page("/admin").await;
    assert!(
        dashboard.contains("href=\"/admin/growth\""),
        "two clicks: {dashboard}"
    );
    let query = "from=2026-02-20&until=2026-03-15&by=week&list=news";
    let page = viewer.page(&format!("/admin/growth?{query}")).await;
    for shown in [
        "join form",
        "import",
        "Қазақша",
        "<polyline",
        "growth.csv?from=2026-02-20",
    ] {
        assert!(page.contains(shown), "{shown}: {page}");
    }
    let wrong = viewer
        .get("/admin/growth?from=2026-03-01&until=2026-02-01")
        .await;
    assert_eq!(wrong.status(), StatusCode::UNPROCESSABLE_ENTITY);
    let wrong = wrong.text().await.unwrap();
    assert!(
        wrong.contains("Must not be before the first day."),
        "{wrong}"
    );
    assert!(
        wrong.contains("value=\"2026-02-01\""),
        "what was typed stays"
    );

    let csv = viewer.get(&format!("/admin/growth.csv?{query}")).await;
    let csv = csv.text().await.unwrap();
    assert_eq!(
        csv,
        "from,until,list,source,language,joined,left\n\
         2026-02-23,2026-03-01,news,form,kk,5,0\n\
         2026-02-23,2026-03-01,news,form,ru,7,1\n\
         2026-03-02,2026-03-08,news,import,en,0,30\n"
    );
}
