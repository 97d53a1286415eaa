//! Tags: labels on subscribers, and all that is kept of one person.

use std::time::Instant;

use jarshy::audience::export::{self, Format};
use jarshy::audience::segment;
use jarshy::model::import::Outcome;
use jarshy::model::segment::{Condition, Match, Rule};
use jarshy::model::user::Role;
use reqwest::StatusCode;
use rstest_reuse::apply;
use serde_json::{Value, json};

use crate::admin_client::AdminClient;
use crate::harness::{PATIENCE, TestApp, on_both_databases};
use crate::importing::{import, import_to};

async fn call(app: &TestApp, method: &str, path: &str, body: Value) -> (StatusCode, Value) {
    let answer = app.api(method, path).json(&body).send().await.unwrap();
    let status = answer.status();
    (status, answer.json().await.unwrap_or(Value::Null))
}

async fn emails(app: &TestApp, query: &str) -> Vec<String> {
    let page = app.api_get(&format!("/subscribers{query}")).await;
    let items = page["items"].as_array().unwrap();
    let mut emails: Vec<String> = items
        .iter()
        .map(|item| item["email"].as_str().unwrap().to_owned())
        .collect();
    emails.sort();
    emails
}

async fn counts(app: &TestApp) -> Vec<(String, i64)> {
    let page = app.api_get("/tags").await;
    let items = page["items"].as_array().unwrap();
    let pair = |item: &Value| {
        let name = item["name"].as_str().unwrap().to_owned();
        (name, item["subscribers"].as_i64().unwrap())
    };
    items.iter().map(pair).collect()
}

async fn picked(app: &TestApp, condition: Condition) -> i64 {
    let rule = Rule::of(Match::All, [condition]);
    segment::count(&app.cx, &rule).await.unwrap()
}

#[apply(on_both_databases)]
async fn tags_are_set_found_and_counted(app: TestApp) {
    let a = app
        .api_post(
            "/subscribers",
            json!({ "email": "a@x.example", "tags": ["VIP", "vip", "Баспасөз"] }),
        )
        .await;
    assert_eq!(a["tags"], json!(["VIP", "Баспасөз"]), "one tag in any case");
    let b = app
        .api_post(
            "/subscribers",
            json!({ "email": "b@x.example", "tags": ["vip"] }),
        )
        .await;
    assert_eq!(b["tags"], json!(["VIP"]), "as it was first written");
    app.api_post("/subscribers", json!({ "email": "c@x.example" }))
        .await;
    assert_eq!(
        counts(&app).await,
        [("VIP".to_owned(), 2), ("Баспасөз".to_owned(), 1)]
    );

    assert_eq!(
        emails(&app, "?tag=vip").await,
        ["a@x.example", "b@x.example"]
    );
    assert_eq!(emails(&app, "?tag=VIP&q=b@").await, ["b@x.example"]);
    assert_eq!(
        emails(
            &app,
            "?tag=%D0%91%D0%90%D0%A1%D0%9F%D0%90%D0%A1%D3%A8%D0%97"
        )
        .await,
        ["a@x.example"]
    );
    assert!(emails(&app, "?tag=other").await.is_empty());
    let page = app.api_get("/subscribers?tag=vip&limit=1").await;
    let next = format!(
        "/subscribers?tag=vip&limit=1&cursor={}",
        page["next_cursor"].as_str().unwrap()
    );
    assert_eq!(app.api_get(&next).await["items"][0]["email"], "b@x.example");

    let path = format!("/subscribers/{}", a["id"]);
    let (_, kept) = call(&app, "PATCH", &path, json!({ "name": "A" })).await;
    assert_eq!(
        kept["tags"],
        json!(["VIP", "Баспасөз"]),
        "what is left out stays"
    );
    app.api_post(
        "/subscribers",
        json!({ "email": "a@x.example", "name": "A" }),
    )
    .await;
    assert_eq!(app.api_get(&path).await["tags"], json!(["VIP", "Баспасөз"]));
    let (_, changed) = call(&app, "PATCH", &path, json!({ "tags": ["press"] })).await;
    assert_eq!(changed["tags"], json!(["press"]));
    assert_eq!(
        picked(
            &app,
            Condition::Tag {
                value: "Vip".into()
            }
        )
        .await,
        1
    );
    assert_eq!(
        picked(
            &app,
            Condition::NotTag {
                value: "PRESS".into()
            }
        )
        .await,
        2
    );

    for wrong in ["", "a,b", "a;b", &"x".repeat(101)] {
        let (status, problem) = call(&app, "PATCH", &path, json!({ "tags": ["ok", wrong] })).await;
        assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY, "{wrong:?}");
        assert_eq!(problem["errors"][0]["field"], "tags[1]", "{problem}");
    }
    let many: Vec<String> = (0..101).map(|n| format!("t{n}")).collect();
    assert_eq!(
        call(&app, "PATCH", &path, json!({ "tags": many })).await.0,
        StatusCode::UNPROCESSABLE_ENTITY
    );
    assert_eq!(app.api_get(&path).await["tags"], json!(["press"]));

    let gone = app.api("DELETE", "/tags/vIP").send().await.unwrap();
    assert_eq!(gone.status(), StatusCode::NO_CONTENT);
    assert_eq!(counts(&app).await, [("press".to_owned(), 1)]);
    assert_eq!(
        app.api("DELETE", "/tags/vip")
            .send()
            .await
            .unwrap()
            .status(),
        StatusCode::NOT_FOUND
    );
}

#[apply(on_both_databases)]
async fn a_renamed_tag_keeps_its_subscribers_and_segments(app: TestApp) {
    for (email, tags) in [
        ("a@x.example", json!(["VIP", "press"])),
        ("b@x.example", json!(["vip"])),
        ("c@x.example", json!(["Press"])),
    ] {
        app.api_post("/subscribers", json!({ "email": email, "tags": tags }))
            .await;
    }
    let rule = json!({ "match": "any", "conditions": [
        { "about": "tag", "value": "Vip" },
        { "match": "all", "conditions": [{ "about": "not_tag", "value": "VIP" }, { "about": "tag", "value": "other" }] }
    ] });
    let segment = app
        .api_post("/segments", json!({ "name": "Guests", "rule": rule }))
        .await;
    let segment = format!("/segments/{}", segment["id"]);
    assert_eq!(app.api_get(&segment).await["count"], 2);

    let (status, renamed) = call(
        &app,
        "PATCH",
        "/tags/vip",
        json!({ "name": "Guests of honour" }),
    )
    .await;
    assert_eq!(
        (status, &renamed),
        (
            StatusCode::OK,
            &json!({ "name": "Guests of honour", "subscribers": 2 })
        )
    );
    assert_eq!(
        counts(&app).await,
        [("Guests of honour".to_owned(), 2), ("press".to_owned(), 2)]
    );
    let followed = app.api_get(&segment).await;
    assert_eq!(followed["count"], 2);
    assert_eq!(
        followed["rule"]["conditions"][0]["value"],
        "Guests of honour"
    );
    assert_eq!(
        followed["rule"]["conditions"][1]["conditions"][0]["value"],
        "Guests of honour"
    );
    assert_eq!(
        followed["rule"]["conditions"][1]["conditions"][1]["value"],
        "other"
    );

    let (status, _) = call(&app, "PATCH", "/tags/PRESS", json!({ "name": "PRESS" })).await;
    assert_eq!(status, StatusCode::OK, "only its spelling changes");
    assert_eq!(counts(&app).await[1], ("PRESS".to_owned(), 2));

    let path = "/tags/Guests%20of%20honour";
    let (status, problem) = call(&app, "PATCH", path, json!({ "name": "press" })).await;
    assert_eq!(status, StatusCode::CONFLICT, "{problem}");
    assert!(
        problem["detail"].as_str().unwrap().contains("merge"),
        "{problem}"
    );
    let (status, merged) = call(
        &app,
        "PATCH",
        path,
        json!({ "name": "press", "merge": true }),
    )
    .await;
    assert_eq!(
        (status, &merged),
        (
            StatusCode::OK,
            &json!({ "name": "PRESS", "subscribers": 3 })
        )
    );
    assert_eq!(app.api_get(&segment).await["count"], 3);
    assert_eq!(counts(&app).await, [("PRESS".to_owned(), 3)]);

    assert_eq!(
        call(&app, "PATCH", "/tags/nobody", json!({ "name": "x" }))
            .await
            .0,
        StatusCode::NOT_FOUND
    );
    let (status, problem) = call(&app, "PATCH", "/tags/press", json!({ "name": "a,b" })).await;
    assert_eq!(
        (status, &problem["errors"][0]["field"]),
        (StatusCode::UNPROCESSABLE_ENTITY, &json!("name"))
    );
}

#[apply(on_both_databases)]
async fn admins_rename_merge_and_delete_tags(app: TestApp) {
    let owner = AdminClient::owner(&app).await;
    assert!(owner.page("/admin/tags").await.contains("No tags yet"));
    app.api_post(
        "/subscribers",
        json!({ "email": "a@x.example", "tags": ["VIP"] }),
    )
    .await;
    app.api_post(
        "/subscribers",
        json!({ "email": "b@x.example", "tags": ["press"] }),
    )
    .await;
    let done = owner
        .submit("/admin/tags/rename", &[("tag", "vip"), ("name", "Guests")])
        .await;
    assert!(
        done.contains("is now Guests") && done.contains("1 subscriber and 0 segments changed"),
        "{done}"
    );
    let refused = owner
        .submit("/admin/tags/rename", &[("tag", "guests"), ("name", "a;b")])
        .await;
    assert!(refused.contains("Not renamed"), "{refused}");

    let merge = [("tag", "Guests"), ("name", "PRESS")];
    let asked = owner.refused("/admin/tags/rename", &merge, 200).await;
    assert!(asked.contains("Merge Guests into press?"), "{asked}");
    assert_eq!(counts(&app).await.len(), 2, "only asked");
    let merged = owner
        .submit(
            "/admin/tags/rename",
            &[merge[0], merge[1], ("confirmed", "yes")],
        )
        .await;
    assert!(merged.contains("is merged into press"), "{merged}");
    assert_eq!(counts(&app).await, [("press".to_owned(), 2)]);

    let asked = owner
        .refused("/admin/tags/delete", &[("tag", "press")], 200)
        .await;
    assert!(asked.contains("Delete the tag press?"), "{asked}");
    owner
        .submit(
            "/admin/tags/delete",
            &[("tag", "press"), ("confirmed", "yes")],
        )
        .await;
    assert!(counts(&app).await.is_empty());
    let log = owner.page("/admin/audit").await;
    assert!(
        log.contains("tag.rename") && log.contains("tag.delete"),
        "{log}"
    );
}

#[apply(on_both_databases)]
async fn admins_tag_one_subscriber_or_several(app: TestApp) {
    let owner = AdminClient::owner(&app).await;
    let mut ids = Vec::new();
    for n in 0..3 {
        ids.push(
            app.subscribe(&format!("p{n}@x.example"), "news")
                .await
                .to_string(),
        );
    }
    let path = format!("/admin/subscribers/{}", ids[0]);
    let saved = owner
        .submit(
            &path,
            &[("name", "A"), ("language", "en"), ("tags", "VIP, press")],
        )
        .await;
    assert!(saved.contains("value=\"press, VIP\""), "{saved}");
    let refused = owner
        .refused(
            &path,
            &[("language", "en"), ("tags", &"x".repeat(101))],
            422,
        )
        .await;
    assert!(refused.contains("1 to 100 characters"), "{refused}");
    owner
        .submit(&path, &[("name", "B"), ("language", "en")])
        .await;
    assert_eq!(
        app.api_get(&format!("/subscribers/{}", ids[0])).await["tags"],
        json!(["press", "VIP"])
    );

    let bulk = |action: &'static str, tag: &'static str| {
        vec![
            ("action", action),
            ("tag", tag),
            ("id", ids[1].as_str()),
            ("id", ids[2].as_str()),
        ]
    };
    let asked = owner
        .refused("/admin/subscribers/bulk", &bulk("tag", "vip"), 200)
        .await;
    assert!(asked.contains("Tag 2 subscribers with vip?"), "{asked}");
    let mut sure = bulk("tag", "vip");
    sure.push(("confirmed", "yes"));
    let done = owner.submit("/admin/subscribers/bulk", &sure).await;
    assert!(done.contains("2 subscribers tagged vip"), "{done}");
    assert_eq!(
        counts(&app).await,
        [("press".to_owned(), 1), ("VIP".to_owned(), 3)]
    );
    let none = owner
        .submit("/admin/subscribers/bulk", &bulk("tag", ""))
        .await;
    assert!(none.contains("Enter a tag"), "{none}");

    let found = owner.page("/admin/subscribers?tag=press").await;
    assert!(
        found.contains("p0@x.example") && !found.contains("p1@x.example"),
        "{found}"
    );
    assert!(
        found.contains("VIP (3)") && found.contains("Tags: press, VIP"),
        "{found}"
    );
    let mut sure = bulk("untag", "VIP");
    sure.push(("confirmed", "yes"));
    owner.submit("/admin/subscribers/bulk", &sure).await;
    assert_eq!(
        counts(&app).await,
        [("press".to_owned(), 1), ("VIP".to_owned(), 1)]
    );

    let viewer = AdminClient::sign_in(&app, "viewer@embassy.example", Role::Viewer).await;
    assert!(viewer.page(&path).await.contains("<dd>press, VIP</dd>"));
}

#[apply(on_both_databases)]
async fn tags_are_imported_and_exported(app: TestApp) {
    app.api_post(
        "/subscribers",
        json!({ "email": "known@x.example", "tags": ["old"] }),
    )
    .await;
    let long = "x".repeat(101);
    let file = format!(
        "email,tags\na@x.example,\"VIP; press\"\nknown@x.example,vip\nA@x.example,third\nbad@x.example,{long}\nnone@x.example,\n"
    );
    let list = "news".parse().unwrap();
    let done = import(&app, "f.csv", file.as_bytes(), |_| ()).await;
    assert_eq!(
        (done.total(Outcome::Added), done.rejected),
        (2, 1),
        "{done:?}"
    );
    assert_eq!(
        counts(&app).await,
        [
            ("old".to_owned(), 1),
            ("press".to_owned(), 1),
            ("third".to_owned(), 1),
            ("VIP".to_owned(), 2)
        ]
    );

    let mut sheet = Vec::new();
    export::export(&app.cx, &list, Format::Csv, &mut sheet, |_| ())
        .await
        .unwrap();
    let sheet = String::from_utf8(sheet).unwrap();
    assert!(
        sheet.lines().next().unwrap().ends_with(",tags,suppressed"),
        "{sheet}"
    );
    assert!(
        sheet.contains("\"press, third, VIP\"") && sheet.contains("\"old, VIP\""),
        "{sheet}"
    );
    let mut lines = Vec::new();
    export::export(&app.cx, &list, Format::Jsonl, &mut lines, |_| ())
        .await
        .unwrap();
    assert!(
        String::from_utf8(lines)
            .unwrap()
            .contains(r#""tags":["old","VIP"]"#)
    );

    // The export of one installation is the import of another.
    app.create_list("again", "single").await;
    app.api("DELETE", "/tags/vip").send().await.unwrap();
    import_to(&app, "again", "f.csv", sheet.as_bytes(), |_| ()).await;
    assert_eq!(
        emails(&app, "?tag=vip").await,
        ["a@x.example", "known@x.example"]
    );
}

#[apply(on_both_databases)]
async fn personal_data_export_is_complete(app: TestApp) {
    let campaign = app.send_to(&["a@example.kz"]).await;
    app.campaign_in_state(campaign, "finished").await;
    let mail = app.mail_to("a@example.kz").await;
    let id = app.api_get("/subscribers?q=a@example.kz").await["items"][0]["id"].clone();
    let (_, changed) = call(
        &app,
        "PATCH",
        &format!("/subscribers/{id}"),
        json!({ "tags": ["VIP"], "attributes": { "city": "Oslo" } }),
    )
    .await;
    assert_eq!(changed["tags"], json!(["VIP"]));
    app.api_post(
        "/suppressions",
        json!({ "email": "a@example.kz", "reason": "manual" }),
    )
    .await;
    let started = Instant::now();
    let own = loop {
        // The person's own export, by the link in their mail.
        let answer = app
            .get(&format!(
                "{}/export",
                app.my_data(&mail.link("/preferences/"))
            ))
            .await;
        if answer.status().is_success() {
            break answer.json::<Value>().await.unwrap();
        }
        assert!(started.elapsed() < PATIENCE);
    };
    let by_api = app
        .api_get(&format!("/subscribers/{id}/personal-data"))
        .await;
    assert_eq!(by_api, own);
    let owner = AdminClient::owner(&app).await;
    let path = format!("/admin/subscribers/{id}/export");
    assert!(
        owner
            .page(&format!("/admin/subscribers/{id}"))
            .await
            .contains(&path)
    );
    let answer = owner.get(&path).await;
    assert!(
        answer.headers()["content-disposition"]
            .to_str()
            .unwrap()
            .starts_with("attachment")
    );
    assert_eq!(answer.json::<Value>().await.unwrap(), own);
    assert_eq!(own["tags"], json!(["VIP"]));
    assert_eq!(own["attributes"]["city"], "Oslo");
    assert_eq!(own["suppressions"][0]["reason"], "manual");
    assert_eq!(own["subscriptions"][0]["list"], "news");
    assert_eq!(own["deliveries"][0]["state"], "sent");
    assert_eq!(own["deliveries"][0]["ab_test"], Value::Null);
    assert!(!own["consents"].as_array().unwrap().is_empty());
    assert!(own["feedback"].is_array());

    let viewer = AdminClient::sign_in(&app, "viewer@embassy.example", Role::Viewer).await;
    assert_eq!(viewer.get(&path).await.status(), 403);
    let missing = app
        .api("GET", "/subscribers/99999/personal-data")
        .send()
        .await
        .unwrap();
    assert_eq!(missing.status(), StatusCode::NOT_FOUND);
    let log = owner.page("/admin/audit").await;
    assert!(log.contains("subscriber.export"), "{log}");
}
