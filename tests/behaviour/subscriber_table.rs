//! The table of subscribers: its order, its count, what is done to all that match, notes, and the
//! members of a segment.

use jarshy::model::user::Role;
use jarshy::store::search::{self, Search, Start};
use reqwest::StatusCode;
use rstest_reuse::apply;
use serde_json::{Value, json};

use crate::admin_client::AdminClient;
use crate::harness::{TestApp, on_both_databases};

/// The addresses in the rows of a page, in order.
fn rows(page: &str) -> Vec<String> {
    let body = page.split("<tbody>").nth(1).unwrap_or_default();
    let body = body.split("</tbody>").next().unwrap();
    let cells = body.split("<th scope=\"row\">").skip(1);
    cells
        .map(|cell| {
            let link = cell.split("</a>").next().unwrap();
            link.rsplit('>').next().unwrap().to_owned()
        })
        .collect()
}

/// The link with this relation, or of this class, as a browser would follow it.
fn link(page: &str, before: &str) -> Option<String> {
    let at = page.find(before)?;
    let tag = &page[page[..at].rfind('<')?..];
    let tag = &tag[..tag.find('>')?];
    let path = tag.split("href=\"").nth(1)?.split('"').next()?;
    Some(path.replace("&#38;", "&").replace("&amp;", "&"))
}

/// Subscribers made inside the database, with addresses in no order.
async fn fill(app: &TestApp, count: usize) {
    let numbers = if app.cx.config().database_url.starts_with("sqlite") {
        format!(
            "(WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {count})
              SELECT i FROM n)"
        )
    } else {
        format!("generate_series(1, CAST({count} AS BIGINT)) AS n(i)")
    };
    let statement = format!(
        "INSERT INTO subscribers (email, email_key, name, language, attributes, created_at)
         SELECT 'Reader' || (i * 7919 % 100003) || '@many.example',
                'reader' || (i * 7919 % 100003) || '@many.example',
                CASE WHEN i % 1000 = 0 THEN 'Rare one' ELSE 'Common' END,
                CASE i % 3 WHEN 0 THEN 'kk' ELSE 'en' END, '{{}}', i
         FROM {numbers}"
    );
    app.execute(Box::leak(statement.into_boxed_str())).await;
}

/// Every address that a search gives, page by page.
async fn all(app: &TestApp, search: &Search, limit: i64) -> Vec<String> {
    let mut db = app.cx.store.read().await.unwrap();
    let (mut seen, mut after) = (Vec::new(), String::new());
    loop {
        let start = Start::Address(after);
        let (page, _) = search::page(&mut db, search, start, limit).await.unwrap();
        let Some(last) = page.last() else { return seen };
        after = last.email.lookup_key();
        seen.extend(page.iter().map(|one| one.email.lookup_key()));
    }
}

#[apply(on_both_databases)]
async fn every_search_can_be_read_in_the_order_of_addresses(app: TestApp) {
    fill(&app, 6_000).await;
    let everybody = all(&app, &Search::default(), 700).await;
    assert_eq!(everybody.len(), 6_000);
    assert!(everybody.is_sorted_by(|a, b| a < b), "each once, in order");
    let text = |text: &str| Search {
        text: text.to_owned(),
        ..Search::default()
    };
    // More than are sorted in memory, and fewer; by language; with and without a text; by the
    // start of the address.
    let kazakh = Search {
        language: "kk".parse().ok(),
        ..Search::default()
    };
    for (what, search, count) in [
        ("common text", text("many.example"), 6_000),
        ("rare text", text("rare"), 6),
        ("a language", kazakh.clone(), 2_000),
        (
            "a language and a text",
            Search {
                text: "common".to_owned(),
                ..kazakh
            },
            1_998,
        ),
        ("two letters", text("re"), 6_000),
        ("nobody", text("zzzz"), 0),
    ] {
        let found = all(&app, &search, 900).await;
        assert_eq!(found.len(), count, "{what}");
        assert!(found.is_sorted_by(|a, b| a < b), "{what}");
        let mut db = app.cx.store.read().await.unwrap();
        let counted = search::count(&mut db, &search, 100_000).await.unwrap();
        assert_eq!(counted, count as i64, "{what}");
        let bounded = search::count(&mut db, &search, 5).await.unwrap();
        assert_eq!(bounded, 5.min(count as i64), "{what}");
    }
}

#[apply(on_both_databases)]
async fn the_table_is_sorted_and_paged_and_keeps_its_filter(app: TestApp) {
    for n in 0..60 {
        let email = format!("r{:02}@x.example", n * 37 % 60);
        app.subscribe(&email, "news").await;
    }
    app.create_list("other", "double").await;
    app.subscribe("apart@x.example", "other").await;
    let viewer = AdminClient::sign_in(&app, "viewer@embassy.example", Role::Viewer).await;

    let newest = viewer.page("/admin/subscribers?list=news").await;
    assert_eq!(rows(&newest)[0], "r23@x.example", "59 * 37 % 60");
    assert!(newest.contains("60 subscribers found"), "{newest}");
    assert!(newest.contains("aria-sort=\"descending\""), "{newest}");
    let by_address = link(&newest, ">Subscriber</a>").unwrap();
    assert!(
        by_address.contains("list=news") && by_address.contains("sort=address"),
        "{by_address}"
    );

    let first = viewer.page(&by_address).await;
    assert_eq!(rows(&first).len(), 50);
    assert_eq!(rows(&first)[..2], ["r00@x.example", "r01@x.example"]);
    let next = link(&first, "rel=\"next\"").unwrap();
    assert!(
        next.contains("list=news") && next.contains("sort=address"),
        "{next}"
    );
    let second = viewer.page(&next).await;
    let expected: Vec<String> = (50..60).map(|n| format!("r{n}@x.example")).collect();
    assert_eq!(rows(&second), expected);
    assert_eq!(link(&second, "rel=\"next\""), None);
    assert!(
        second.contains("60 subscribers found"),
        "the count is of all pages"
    );
    assert!(
        second.contains("name=\"sort\" value=\"address\""),
        "the search keeps the order"
    );

    let oldest = viewer
        .page("/admin/subscribers?list=news&sort=oldest")
        .await;
    assert_eq!(rows(&oldest)[..2], ["r00@x.example", "r37@x.example"]);
    let next = viewer.page(&link(&oldest, "rel=\"next\"").unwrap()).await;
    assert_eq!(rows(&next).len(), 10);
    assert_eq!(rows(&next)[9], "r23@x.example");

    let on_list = viewer.page("/admin/lists/news?q=r5&sort=address").await;
    assert_eq!(rows(&on_list).len(), 10);
    assert_eq!(rows(&on_list)[0], "r50@x.example");
    let everybody = viewer.page("/admin/subscribers").await;
    assert!(everybody.contains("61 subscribers"), "{everybody}");
    // A filter on what is not there finds nobody, and not everybody.
    for nothing in ["list=nowhere", "state=strange", "segment=99", "tag=,"] {
        let page = viewer.page(&format!("/admin/subscribers?{nothing}")).await;
        assert!(page.contains("0 subscribers found"), "{nothing}: {page}");
        assert!(rows(&page).is_empty(), "{nothing}");
    }
}

#[apply(on_both_databases)]
async fn the_live_search_replaces_rows_count_and_pages(app: TestApp) {
    for n in 0..60 {
        app.subscribe(&format!("r{n:02}@x.example"), "news").await;
    }
    let owner = AdminClient::owner(&app).await;
    let page = owner
        .page("/admin/subscribers?q=x.example&state=confirmed")
        .await;
    // What htmx selects and replaces has all three, and the filter for the bulk actions.
    let found = page.split("id=\"found\"").nth(1).unwrap();
    for part in [
        "60 subscribers found",
        "rel=\"next\"",
        "r59@x.example",
        "name=\"filter\" value=\"q=x.example&#38;state=confirmed\"",
    ] {
        assert!(found.contains(part), "{part}: {found}");
    }
    let form = page.split("role=\"search\"").nth(2).unwrap();
    let form = form.split("</form>").next().unwrap();
    assert_eq!(
        form.matches("hx-get=\"/admin/subscribers\"").count(),
        4,
        "{form}"
    );
    assert!(
        form.starts_with(" hx-target=\"#found\" hx-select=\"#found\""),
        "{form}"
    );
}

#[apply(on_both_databases)]
async fn a_bulk_action_for_all_that_match_reaches_every_page(app: TestApp) {
    for n in 0..450 {
        let statement = format!(
            "INSERT INTO subscribers (email, email_key, language, attributes, created_at)
             VALUES ('m{n}@x.example', 'm{n}@x.example', 'en', '{{}}', 0)"
        );
        app.execute(Box::leak(statement.into_boxed_str())).await;
    }
    app.subscribe("apart@y.example", "news").await;
    let owner = AdminClient::owner(&app).await;
    let page = owner.page("/admin/subscribers?q=x.example").await;
    assert!(
        page.contains("All that match (450 subscribers), not only those selected"),
        "{page}"
    );
    let form = |more: &[(&'static str, &'static str)]| {
        let mut form = vec![
            ("action", "tag"),
            ("tag", "guest"),
            ("list", ""),
            ("filter", "q=x.example&sort=address"),
            ("all", "yes"),
        ];
        form.extend(more);
        form
    };
    let asked = owner
        .refused("/admin/subscribers/bulk", &form(&[]), 200)
        .await;
    assert!(asked.contains("Tag 450 subscribers with guest?"), "{asked}");
    assert!(
        asked.contains("m0@x.example") && asked.contains("and 445 others."),
        "{asked}"
    );
    assert!(asked.contains("name=\"most\" value=\"450\""), "{asked}");
    assert_eq!(
        app.api_get("/tags").await["items"],
        json!([]),
        "nothing before the answer"
    );

    let done = owner
        .post(
            "/admin/subscribers/bulk",
            &form(&[("confirmed", "yes"), ("most", "450")]),
        )
        .await;
    assert_eq!(done.status(), StatusCode::SEE_OTHER);
    let back = done.headers()["location"].to_str().unwrap().to_owned();
    assert!(
        back.contains("q=x.example") && back.contains("sort=address"),
        "{back}"
    );
    let page = owner.page(&back).await;
    assert!(page.contains("450 subscribers tagged guest"), "{page}");
    let tags = app.api_get("/tags").await["items"].clone();
    assert_eq!(tags, json!([{ "name": "guest", "subscribers": 450 }]));

    // Not more than the question was about.
    let fewer = [("confirmed", "yes"), ("most", "3"), ("action", "untag")];
    let mut few = form(&fewer);
    few.retain(|(name, value)| (*name, *value) != ("action", "tag"));
    let page = owner.submit("/admin/subscribers/bulk", &few).await;
    assert!(
        page.contains("Tag guest removed from 3 subscribers"),
        "{page}"
    );
    let tags = app.api_get("/tags").await["items"][0]["subscribers"].clone();
    assert_eq!(tags, 447);

    // A filter that names nothing is no filter for everybody.
    let lost = [
        ("action", "erase"),
        ("all", "yes"),
        ("filter", "list=nowhere"),
        ("confirmed", "yes"),
    ];
    let page = owner.submit("/admin/subscribers/bulk", &lost).await;
    assert!(
        page.contains("No subscriber matches this filter any more"),
        "{page}"
    );
    // What is done takes them out of the filter, and all are reached nevertheless.
    let erased = [
        ("action", "erase"),
        ("all", "yes"),
        ("filter", "tag=guest"),
        ("confirmed", "yes"),
        ("most", "447"),
    ];
    let page = owner.submit("/admin/subscribers/bulk", &erased).await;
    assert!(page.contains("447 subscribers erased"), "{page}");
    let page = owner.page("/admin/subscribers").await;
    assert!(page.contains("4 subscribers"), "{page}");
    let viewer = AdminClient::sign_in(&app, "viewer@embassy.example", Role::Viewer).await;
    let page = viewer.page("/admin/subscribers").await;
    assert!(!page.contains("data-select-rows"), "{page}");
}

#[apply(on_both_databases)]
async fn a_note_is_kept_with_the_subscriber_and_goes_with_them(app: TestApp) {
    let id = app.subscribe("a@x.example", "news").await;
    let path = format!("/admin/subscribers/{id}");
    let note = format!("{path}/note");
    let editor = AdminClient::sign_in(&app, "editor@embassy.example", Role::Editor).await;
    let saved = editor
        .submit(
            &note,
            &[(
                "own_note",
                "  Met at the book fair.\r\n<b>Writes</b> poems. ",
            )],
        )
        .await;
    assert!(
        saved.contains("Met at the book fair.\n&#60;b&#62;Writes&#60;/b&#62; poems.</textarea>"),
        "{saved}"
    );
    let audit = || async {
        let owner = AdminClient::owner(&app).await;
        let page = owner.page("/admin/audit?action=subscriber.note").await;
        page.matches("<code>subscriber.note</code>").count()
    };
    let entries = audit().await;
    assert_eq!(entries, 1, "the change is in the log");
    editor
        .submit(
            &note,
            &[("own_note", "Met at the book fair.\n<b>Writes</b> poems.")],
        )
        .await;
    assert_eq!(audit().await, 1, "the same again is no change");

    let long = "ә".repeat(2_001);
    let refused = editor.refused(&note, &[("own_note", &long)], 422).await;
    assert!(
        refused.contains("A note may have at most 2000 characters."),
        "{refused}"
    );
    assert!(refused.contains(&long), "nothing typed is lost");
    let most = "ә".repeat(2_000);
    editor.submit(&note, &[("own_note", &most)]).await;
    editor.submit(&note, &[("own_note", "Writes poems.")]).await;

    let viewer = AdminClient::sign_in(&app, "viewer@embassy.example", Role::Viewer).await;
    let page = viewer.page(&path).await;
    assert!(
        page.contains("Writes poems.") && !page.contains("own_note"),
        "{page}"
    );
    assert_eq!(
        viewer.post(&note, &[("own_note", "x")]).await.status(),
        StatusCode::FORBIDDEN
    );
    let data = app
        .api_get(&format!("/subscribers/{id}/personal-data"))
        .await;
    assert_eq!(data["note"], "Writes poems.");

    let erased = app
        .api("DELETE", &format!("/subscribers/{id}"))
        .send()
        .await
        .unwrap();
    assert_eq!(erased.status(), StatusCode::NO_CONTENT);
    assert_eq!(
        editor.post(&note, &[("own_note", "x")]).await.status(),
        StatusCode::NOT_FOUND
    );
}

#[apply(on_both_databases)]
async fn the_members_of_a_segment_are_shown_and_exported(app: TestApp) {
    for (email, language, tags) in [
        ("a@x.example", "kk", json!(["press", "VIP"])),
        ("b@x.example", "kk", json!([])),
        ("c@x.example", "en", json!(["press"])),
        ("=d@x.example", "kk", json!(["press"])),
    ] {
        app.api_post(
            "/subscribers",
            json!({ "email": email, "name": "Reader", "language": language, "tags": tags,
                    "lists": ["news"], "status": "confirmed" }),
        )
        .await;
    }
    app.api_post("/suppressions", json!({ "email": "@x.example" }))
        .await;
    app.api_post(
        "/suppressions",
        json!({ "email": "a@x.example", "reason": "complaint" }),
    )
    .await;
    let rule = json!({ "match": "all", "conditions": [
        { "about": "language", "value": "kk" }, { "about": "tag", "value": "press" }
    ] });
    let segment: Value = app
        .api_post("/segments", json!({ "name": "Kazakh press", "rule": rule }))
        .await["id"]
        .clone();
    let editor = AdminClient::sign_in(&app, "editor@embassy.example", Role::Editor).await;
    let page = editor.page(&format!("/admin/segments/{segment}")).await;
    let members = format!("/admin/subscribers?segment={segment}");
    let file = format!("/admin/segments/{segment}/members.csv");
    assert!(page.contains(&members) && page.contains(&file), "{page}");
    assert!(editor.page("/admin/segments").await.contains(&members));

    let page = editor.page(&format!("{members}&sort=address")).await;
    assert_eq!(rows(&page), ["=d@x.example", "a@x.example"]);
    assert!(page.contains("2 subscribers found"), "{page}");
    assert!(page.contains("selected>Kazakh press</option>"), "{page}");
    let page = editor.page(&format!("{members}&q=a%40x")).await;
    assert_eq!(rows(&page), ["a@x.example"]);

    let answer = editor.get(&file).await;
    assert_eq!(answer.status(), StatusCode::OK);
    assert!(
        answer.headers()["content-disposition"]
            .to_str()
            .unwrap()
            .contains(&format!("segment-{segment}.csv"))
    );
    let csv = answer.text().await.unwrap();
    let lines: Vec<&str> = csv.lines().collect();
    assert_eq!(lines.len(), 3, "{csv}");
    assert_eq!(
        lines[0],
        "email,name,language,since,attributes,frequency,paused_until,tags,lists,suppressed"
    );
    assert!(lines[1].starts_with("a@x.example,Reader,kk,"), "{csv}");
    assert!(
        lines[1].ends_with(",each,,\"press, VIP\",news=confirmed,complaint"),
        "the strongest reason: {csv}"
    );
    assert!(lines[2].starts_with("'=d@x.example,"), "no formula: {csv}");
    assert!(lines[2].ends_with(",press,news=confirmed,manual"), "{csv}");
    let owner = AdminClient::owner(&app).await;
    let audit = owner.page("/admin/audit?action=segment.export").await;
    assert!(audit.contains("Kazakh press"), "{audit}");
    let viewer = AdminClient::sign_in(&app, "viewer@embassy.example", Role::Viewer).await;
    assert_eq!(viewer.get(&file).await.status(), StatusCode::FORBIDDEN);
    assert!(
        !viewer
            .page(&format!("/admin/segments/{segment}"))
            .await
            .contains(&file)
    );
    assert_eq!(
        editor.get("/admin/segments/999/members.csv").await.status(),
        StatusCode::NOT_FOUND
    );
}
