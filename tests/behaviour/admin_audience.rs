//! Lists and subscribers on the admin pages.

use jarshy::model::user::Role;
use rstest_reuse::apply;
use serde_json::json;

use crate::admin_client::AdminClient;
use crate::harness::{TestApp, on_both_databases};

const LIST: [(&str, &str); 8] = [
    ("name", "Embassy events"),
    ("description", "Concerts and talks"),
    ("slug", ""),
    ("name-ru", "События посольства"),
    ("description-ru", "Концерты и лекции"),
    ("visibility", "public"),
    ("opt_in", "double"),
    ("name-kk", ""),
];

#[apply(on_both_databases)]
async fn lists_are_created_changed_and_exported(app: TestApp) {
    let owner = AdminClient::owner(&app).await;
    let page = owner.submit("/admin/lists", &LIST).await;
    assert!(
        page.contains("Embassy events") && page.contains("embassy-events"),
        "{page}"
    );
    let again = owner.refused("/admin/lists", &LIST, 422).await;
    assert!(
        again.contains("Another list already has this short name"),
        "{again}"
    );
    assert!(again.contains("События посольства"), "what was typed stays");

    let mut changed = LIST;
    changed[0].1 = "Events";
    changed[5].1 = "private";
    owner.submit("/admin/lists/embassy-events", &changed).await;
    let list = app.api_get("/lists/embassy-events").await;
    assert_eq!(list["name"], "Events");
    assert_eq!(list["visibility"], "private");
    assert_eq!(list["translations"]["ru"]["name"], "События посольства");

    for n in 0..3 {
        app.subscribe(&format!("e{n}@x.example"), "embassy-events")
            .await;
    }
    let index = owner.page("/admin/lists").await;
    assert!(index.contains(">3</td>"), "{index}");
    let csv = owner
        .get("/admin/lists/embassy-events/export?format=csv")
        .await;
    assert!(
        csv.headers()["content-disposition"]
            .to_str()
            .unwrap()
            .contains("embassy-events.csv")
    );
    let csv = csv.text().await.unwrap();
    assert!(
        csv.starts_with(
            "email,name,language,state,since,attributes,frequency,paused_until,tags,suppressed\n"
        ),
        "{csv}"
    );
    assert_eq!(csv.lines().count(), 4);
    let lines = owner
        .page("/admin/lists/embassy-events/export?format=jsonl")
        .await;
    assert_eq!(lines.lines().count(), 3);
}

#[apply(on_both_databases)]
async fn a_list_in_use_is_not_deleted(app: TestApp) {
    let owner = AdminClient::owner(&app).await;
    app.create_list("old", "double").await;
    app.subscribe("a@x.example", "old").await;
    app.create_post("p", "P", "text").await;
    let draft = app.create_campaign("p", "The draft", "old").await;
    let path = "/admin/lists/old/delete";
    let asked = owner.post(path, &[]).await.text().await.unwrap();
    assert!(
        asked.contains("Delete old?") && asked.contains("Take 1 subscriber off it"),
        "{asked}"
    );
    let with = [("confirmed", "yes"), ("with_subscriptions", "yes")];
    let page = owner.submit(path, &with).await;
    assert!(
        page.contains("The draft") && page.contains("not deleted"),
        "{page}"
    );

    let delete = format!("/admin/campaigns/{draft}/delete");
    let asked = owner.post(&delete, &[]).await.text().await.unwrap();
    assert!(
        asked.contains("Delete this draft?") && asked.contains("The draft"),
        "{asked}"
    );
    let page = owner.submit(&delete, &[("confirmed", "yes")]).await;
    assert!(page.contains("The draft is deleted"), "{page}");
    assert_eq!(
        owner
            .get(&format!("/admin/campaigns/{draft}"))
            .await
            .status(),
        404
    );

    let page = owner.submit(path, &[("confirmed", "yes")]).await;
    assert!(page.contains("Tick the box"), "{page}");
    let page = owner.submit(path, &with).await;
    assert!(page.contains("old is deleted"), "{page}");
    assert_eq!(owner.get("/admin/lists/old").await.status(), 404);
    assert_eq!(
        app.api_get("/subscribers?q=a@x.example").await["items"]
            .as_array()
            .unwrap()
            .len(),
        1
    );
}

#[apply(on_both_databases)]
async fn a_started_campaign_is_not_deleted(app: TestApp) {
    let owner = AdminClient::owner(&app).await;
    let id = app.send_to(&["a@x.example"]).await;
    let refused = owner
        .post(
            &format!("/admin/campaigns/{id}/delete"),
            &[("confirmed", "yes")],
        )
        .await;
    assert_eq!(refused.status(), 409);
    app.campaign_in_state(id, "finished").await;
}

#[apply(on_both_databases)]
async fn an_address_change_needs_confirmation(app: TestApp) {
    let owner = AdminClient::owner(&app).await;
    let id = app.subscribe("old@x.example", "news").await;
    app.subscribe("other@x.example", "news").await;
    let path = format!("/admin/subscribers/{id}/address");
    for (email, says) in [
        ("nonsense", "nonsense"),
        ("old@x.example", "This is the address already"),
        (
            "other@x.example",
            "A subscriber with this address already exists",
        ),
    ] {
        let refused = owner.refused(&path, &[("email", email)], 422).await;
        assert!(refused.contains(says), "{refused}");
    }
    let page = owner.submit(&path, &[("email", "new@x.example")]).await;
    assert!(
        page.contains("Confirmation email sent to new@x.example"),
        "{page}"
    );
    let at = format!("/subscribers/{id}");
    assert_eq!(app.api_get(&at).await["email"], "old@x.example");
    let mail = app.mail_to("new@x.example").await;
    app.post(&mail.link("/confirm/"), &[]).await;
    assert_eq!(app.api_get(&at).await["email"], "new@x.example");
}

#[apply(on_both_databases)]
async fn a_subscriber_is_added_found_subscribed_and_erased(app: TestApp) {
    let owner = AdminClient::owner(&app).await;
    let form = [
        ("email", "Aigul@x.example"),
        ("name", "Aigul"),
        ("language", "kk"),
        ("lists", "news"),
        ("status", "confirmed"),
        ("reason", "signed the visitors' book"),
    ];
    let profile = owner.submit("/admin/subscribers", &form).await;
    assert!(
        profile.contains("signed the visitors&#39; book"),
        "the reason stands with the consent: {profile}"
    );
    let id = app.api_get("/subscribers?q=aigul").await["items"][0]["id"]
        .as_i64()
        .unwrap();
    let path = format!("/admin/subscribers/{id}");

    let found = owner
        .page("/admin/subscribers?q=IGUL&list=news&state=confirmed&language=kk")
        .await;
    assert!(found.contains("Aigul@x.example"));
    assert!(
        !owner
            .page("/admin/subscribers?q=igul&state=pending")
            .await
            .contains("Aigul@x.example")
    );

    owner
        .submit(
            &format!("{path}/subscription"),
            &[
                ("list", "news"),
                ("state", "unsubscribed"),
                ("reason", "asked by phone"),
            ],
        )
        .await;
    assert_eq!(
        app.subscription("aigul@x.example", "news").await.as_deref(),
        Some("unsubscribed")
    );
    // A person who left is asked again only for a reason.
    let set = format!("{path}/subscription");
    let ask = [("list", "news"), ("state", "pending"), ("reason", "")];
    let page = owner.submit(&set, &ask).await;
    assert!(page.contains("say how they asked for it"), "{page}");
    let ask = [("list", "news"), ("state", "pending"), ("reason", "called")];
    owner.submit(&set, &ask).await;
    assert!(
        app.mail_to("Aigul@x.example")
            .await
            .link("/confirm/")
            .contains("/confirm/")
    );

    let form = [
        ("name", "Aigul A."),
        ("language", "ru"),
        ("key", "city"),
        ("value", "Astana"),
        ("key", "age"),
        ("value", "42"),
    ];
    owner.submit(&path, &form).await;
    let saved = app.api_get(&format!("/subscribers/{id}")).await;
    assert_eq!(saved["attributes"], json!({ "city": "Astana", "age": 42 }));
    assert_eq!(saved["language"], "ru");

    let asked = owner.refused(&format!("{path}/erase"), &[], 200).await;
    assert!(
        asked.contains("Erase Aigul@x.example?") && asked.contains("3 consent records"),
        "{asked}"
    );
    assert_eq!(
        app.api_get(&format!("/subscribers/{id}")).await["id"],
        id,
        "asking erases nothing"
    );
    owner
        .submit(&format!("{path}/erase"), &[("confirmed", "yes")])
        .await;
    assert_eq!(owner.get(&path).await.status(), 404);
}

#[apply(on_both_databases)]
async fn bulk_actions_need_confirmation(app: TestApp) {
    let owner = AdminClient::owner(&app).await;
    app.create_list("events", "single").await;
    let mut ids = Vec::new();
    for n in 0..3 {
        ids.push(
            app.subscribe(&format!("m{n}@x.example"), "news")
                .await
                .to_string(),
        );
    }
    let form = |action: &'static str, confirmed: &'static str| {
        let mut form = vec![
            ("action", action),
            ("target", "events"),
            ("list", ""),
            ("confirmed", confirmed),
        ];
        form.extend(ids[..2].iter().map(|id| ("id", id.as_str())));
        form
    };
    let asked = owner
        .refused("/admin/subscribers/bulk", &form("add", ""), 200)
        .await;
    assert!(
        asked.contains("Add 2 subscribers to events?") && asked.contains("m1@x.example"),
        "{asked}"
    );
    assert_eq!(app.subscription("m0@x.example", "events").await, None);

    owner
        .submit("/admin/subscribers/bulk", &form("add", "yes"))
        .await;
    assert_eq!(
        app.subscription("m1@x.example", "events").await.as_deref(),
        Some("confirmed")
    );
    assert_eq!(app.subscription("m2@x.example", "events").await, None);
    owner
        .submit("/admin/subscribers/bulk", &form("remove", "yes"))
        .await;
    assert_eq!(
        app.subscription("m1@x.example", "events").await.as_deref(),
        Some("unsubscribed")
    );
    owner
        .submit("/admin/subscribers/bulk", &form("suppress", "yes"))
        .await;
    assert_eq!(
        app.api_get("/suppressions").await["items"]
            .as_array()
            .unwrap()
            .len(),
        2
    );
    owner
        .submit("/admin/subscribers/bulk", &form("erase", "yes"))
        .await;
    assert_eq!(
        app.api_get("/subscribers").await["items"]
            .as_array()
            .unwrap()
            .len(),
        1
    );
    let nobody = owner
        .submit("/admin/subscribers/bulk", &[("action", "erase")])
        .await;
    assert!(
        nobody.contains("Select at least one subscriber"),
        "{nobody}"
    );
}

#[apply(on_both_databases)]
async fn suppressions_are_added_and_lifted(app: TestApp) {
    let owner = AdminClient::owner(&app).await;
    let form = [
        ("email", "No_More@x.example"),
        ("reason", "complaint"),
        ("note", "wrote us a letter"),
    ];
    let page = owner.submit("/admin/suppressions", &form).await;
    assert!(
        page.contains("no_more@x.example") && page.contains("wrote us a letter"),
        "{page}"
    );
    app.subscribe("no_more@x.example", "news").await;
    app.subscribe("another@x.example", "news").await;

    let listed = |page: String| page.contains(">no_more@x.example<");
    assert!(listed(
        owner
            .page("/admin/suppressions?q=NO_M&reason=complaint")
            .await
    ));
    for other in [
        "q=nozm",
        "reason=manual",
        "q=%25zz",
        "after=no_more@x.example",
    ] {
        assert!(
            !listed(owner.page(&format!("/admin/suppressions?{other}")).await),
            "{other}"
        );
    }
    let wrong = owner
        .refused(
            "/admin/suppressions",
            &[("email", "no address"), ("reason", "manual")],
            422,
        )
        .await;
    assert!(wrong.contains("no address"), "what was typed stays");

    let asked = owner
        .refused(
            "/admin/suppressions/lift",
            &[("email", "no_more@x.example")],
            200,
        )
        .await;
    assert!(
        asked.contains("Lift the suppression of no_more@x.example?"),
        "{asked}"
    );
    owner
        .submit(
            "/admin/suppressions/lift",
            &[("email", "no_more@x.example"), ("confirmed", "yes")],
        )
        .await;
    assert!(
        app.api_get("/suppressions").await["items"]
            .as_array()
            .unwrap()
            .is_empty()
    );
}

#[apply(on_both_databases)]
async fn viewers_cannot_change_anything(app: TestApp) {
    let viewer = AdminClient::sign_in(&app, "viewer@embassy.example", Role::Viewer).await;
    let id = app.subscribe("v@x.example", "news").await;
    for path in [
        "/admin/lists",
        "/admin/lists/news",
        "/admin/subscribers",
        &format!("/admin/subscribers/{id}"),
    ] {
        let page = viewer.page(path).await;
        assert!(
            !page.contains("button--primary") && !page.contains("button--danger"),
            "{path}"
        );
    }
    for path in [
        "/admin/lists/news/export",
        "/admin/lists/new",
        "/admin/subscribers/new",
    ] {
        assert_eq!(viewer.get(path).await.status(), 403, "{path}");
    }
    for path in [
        "/admin/lists",
        "/admin/subscribers",
        "/admin/subscribers/bulk",
        &format!("/admin/subscribers/{id}/erase"),
    ] {
        assert_eq!(
            viewer.post(path, &[("confirmed", "yes")]).await.status(),
            403,
            "{path}"
        );
    }
    let nobody = AdminClient::nobody(&app);
    assert_eq!(
        nobody.post("/admin/lists", &LIST).await.status(),
        303,
        "leads to the sign-in page"
    );
    assert!(
        app.api_get("/lists").await["items"]
            .as_array()
            .unwrap()
            .len()
            == 1
    );
}
