//! Users who are limited to some lists: of the others they see nothing and change nothing, on the
//! admin pages and by the tokens that they make.

use jarshy::account::{self, list_access};
use jarshy::model::UserId;
use jarshy::model::audit::Actor;
use jarshy::model::list::ListSlug;
use jarshy::model::user::{Role, Scope};
use reqwest::{Response, StatusCode};
use rstest_reuse::apply;
use serde_json::{Value, json};

use crate::admin_client::AdminClient;
use crate::harness::{TestApp, on_both_databases};

const TABLE: &str = include_str!("roles.tsv");
const EDITOR: &str = "press.editor@embassy.example";

/// What is on the list `culture`, by the names that pages would show.
const HIDDEN: [&str; 3] = [
    "Hidden culture list",
    "hidden@culture.example",
    "Hidden concert",
];

struct Scene {
    /// One of each list, press before culture.
    campaigns: [i64; 2],
    subscribers: [i64; 2],
    editor: AdminClient,
    token: String,
}

/// Two lists with a subscriber and a campaign each, and an editor of `press` only. A third
/// campaign, the last, goes to both.
async fn scene(app: &TestApp) -> Scene {
    for (slug, name) in [("press", "Press list"), ("culture", HIDDEN[0])] {
        let list =
            json!({ "slug": slug, "name": name, "visibility": "public", "opt_in": "single" });
        app.api_post("/lists", list).await;
    }
    app.create_post("p", "A post", "text").await;
    let subscribers = [
        app.subscribe("seen@press.example", "press").await,
        app.subscribe(HIDDEN[1], "culture").await,
    ];
    let campaigns = [
        app.create_campaign("p", "Seen briefing", "press").await,
        app.create_campaign("p", HIDDEN[2], "culture").await,
    ];
    let both = json!({ "subject": HIDDEN[2], "post": "p", "lists": ["press", "culture"] });
    app.api_post("/campaigns", both).await;
    let editor = AdminClient::sign_in(app, EDITOR, Role::Editor).await;
    limit(app, Some(&["press"])).await;
    let email = EDITOR.parse().unwrap();
    let token = account::add_token(&app.cx, &email, Scope::All, None).await;
    Scene {
        campaigns,
        subscribers,
        editor,
        token: token.unwrap().unwrap().reveal().to_owned(),
    }
}

async fn editor_id(app: &TestApp) -> UserId {
    let all = account::users::all(&app.cx).await.unwrap();
    let found = all.iter().find(|person| person.email.as_str() == EDITOR);
    found.unwrap().id
}

async fn limit(app: &TestApp, lists: Option<&[&str]>) {
    let slugs: Option<Vec<ListSlug>> =
        lists.map(|lists| lists.iter().map(|slug| slug.parse().unwrap()).collect());
    let user = editor_id(app).await;
    let set = list_access::set(&app.cx, &Actor::CommandLine, user, slugs.as_deref()).await;
    assert!(set.unwrap());
}

impl Scene {
    async fn api(&self, app: &TestApp, method: &str, path: &str, body: Value) -> (u16, Value) {
        app.api_as(&self.token, method, path, body).await
    }

    async fn call(&self, app: &TestApp, method: &str, path: &str) -> Response {
        if path.starts_with("/api/") {
            let url = format!("{}{path}", app.url);
            let request = app.client.request(method.parse().unwrap(), url);
            let request = request.bearer_auth(&self.token);
            let request = match method {
                "GET" => request,
                _ => request.json(&json!({})),
            };
            request.send().await.unwrap()
        } else if method == "GET" {
            self.editor.get(path).await
        } else {
            self.editor.post(path, &[]).await
        }
    }
}

/// What limited users share with all others, or what is their own, or what the services limit:
/// for these the test looks at what they say instead.
fn is_shared(path: &str) -> bool {
    const WHOLE: [&str; 13] = [
        "/admin",
        "/admin/campaigns",
        "/admin/campaigns/calendar",
        "/admin/campaigns/draft",
        "/admin/campaigns/new",
        "/admin/campaigns/preview",
        "/admin/growth",
        "/admin/growth.csv",
        "/admin/lists",
        "/admin/shortcuts",
        "/admin/subscribers",
        "/api/v1/campaigns",
        "/api/v1/lists",
    ];
    const FAMILIES: [&str; 13] = [
        "/admin/account",
        "/admin/events",
        "/admin/media",
        "/admin/posts",
        "/admin/sessions",
        "/admin/tokens",
        "/api/health",
        "/api/v1/events",
        "/api/v1/growth",
        "/api/v1/media",
        "/api/v1/posts",
        "/api/v1/subscribers",
        "/api/v1/subscriptions",
    ];
    let is_of_one = path.contains("/subscribers/{");
    !is_of_one
        && !path.contains("/import")
        && path != "/admin/account/notifications"
        && (WHOLE.contains(&path) || FAMILIES.iter().any(|family| path.starts_with(family)))
}

#[apply(on_both_databases)]
async fn every_route_about_another_list_is_closed(app: TestApp) {
    let scene = scene(&app).await;
    let mut faults = Vec::new();
    let mut tried = 0;
    let lines = TABLE.lines().filter(|line| !line.starts_with('#'));
    for line in lines {
        let parts: Vec<&str> = line.split('\t').collect();
        let [method, path, who, _] = parts[..] else {
            continue;
        };
        if who == "public" {
            continue;
        }
        let concrete = path
            .replace("{slug}", "culture")
            .replace("{kind}", "post")
            .replace("{email}", HIDDEN[1])
            .replace("{name}", "digest")
            .replace("{key}", "city")
            .replace("{domain}", "example.org")
            .replace("{selector}", "s1")
            .replace("{file_name}", "a.txt")
            .replace("{subscriber}", &scene.subscribers[1].to_string());
        let id = match path {
            path if path.contains("/campaigns/") => scene.campaigns[1],
            path if path.contains("/subscribers/") => scene.subscribers[1],
            _ => 1,
        };
        let concrete = concrete.replace("{id}", &id.to_string());
        if is_shared(path) {
            if method == "GET" {
                let text = scene
                    .call(&app, method, &concrete)
                    .await
                    .text()
                    .await
                    .unwrap();
                for hidden in HIDDEN {
                    if text.contains(hidden) {
                        faults.push(format!("{method} {path} shows {hidden:?}"));
                    }
                }
            }
            continue;
        }
        tried += 1;
        let status = scene.call(&app, method, &concrete).await.status();
        if !matches!(status, StatusCode::FORBIDDEN | StatusCode::NOT_FOUND) {
            faults.push(format!("{method} {path} answers {status}"));
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
    assert!(tried > 150, "only {tried} routes were tried");
}

#[apply(on_both_databases)]
async fn their_own_lists_are_open(app: TestApp) {
    let scene = scene(&app).await;
    let [campaign, other] = scene.campaigns;
    let [subscriber, stranger] = scene.subscribers;
    for (path, shown) in [
        ("/admin".to_owned(), "Seen briefing"),
        ("/admin/lists".to_owned(), "Press list"),
        ("/admin/lists/press".to_owned(), "seen@press.example"),
        ("/admin/subscribers".to_owned(), "seen@press.example"),
        (format!("/admin/subscribers/{subscriber}"), "Press list"),
        (format!("/admin/campaigns/{campaign}"), "Seen briefing"),
        (format!("/admin/campaigns/{campaign}/edit"), "Press list"),
        ("/admin/campaigns".to_owned(), "Seen briefing"),
    ] {
        let page = scene.editor.page(&path).await;
        assert!(page.contains(shown), "{path} lacks {shown:?}");
        for hidden in HIDDEN {
            assert!(!page.contains(hidden), "{path} shows {hidden:?}");
        }
    }
    let page = scene.editor.page("/admin/campaigns").await;
    for closed in ["/admin/suppressions", "/admin/imports", "/admin/search"] {
        assert!(!page.contains(closed), "the navigation offers {closed}");
    }
    let sheet = scene.editor.get("/admin/lists/press/export").await;
    assert!(sheet.text().await.unwrap().contains("seen@press.example"));

    let (status, page) = scene.api(&app, "GET", "/subscribers", Value::Null).await;
    assert_eq!((status, page["items"].as_array().unwrap().len()), (200, 1));
    let (status, page) = scene.api(&app, "GET", "/campaigns", Value::Null).await;
    assert_eq!((status, page["items"].as_array().unwrap().len()), (200, 1));
    let (status, _) = scene
        .api(&app, "GET", &format!("/campaigns/{other}"), Value::Null)
        .await;
    assert_eq!(status, 404);

    // What a body names counts as what a path names.
    let set = |subscriber: i64, list: &str| json!({ "subscriber": subscriber, "list": list, "state": "unsubscribed" });
    let own = scene
        .api(&app, "POST", "/subscriptions", set(subscriber, "press"))
        .await;
    assert_eq!(own.0, 200, "{}", own.1);
    for foreign in [
        set(stranger, "press"),
        set(stranger, "culture"),
        set(subscriber, "culture"),
    ] {
        let (status, _) = scene
            .api(&app, "POST", "/subscriptions", foreign.clone())
            .await;
        assert!([404, 422].contains(&status), "{foreign}: {status}");
    }
    assert_eq!(
        app.subscription(HIDDEN[1], "culture").await.as_deref(),
        Some("confirmed")
    );
}

#[apply(on_both_databases)]
async fn a_campaign_cannot_be_turned_to_another_list_or_to_a_segment(app: TestApp) {
    let scene = scene(&app).await;
    let condition = json!({ "about": "language", "value": "en" });
    let segment = app.segment("S", condition).await;
    let draft = |lists: &[&str]| json!({ "subject": "Mine", "post": "p", "lists": lists });
    let (status, made) = scene
        .api(&app, "POST", "/campaigns", draft(&["press"]))
        .await;
    assert_eq!(status, 201, "{made}");
    let own = format!("/campaigns/{}", made["id"]);
    for lists in [&["culture"][..], &["press", "culture"]] {
        let (status, _) = scene.api(&app, "POST", "/campaigns", draft(lists)).await;
        assert_eq!(status, 422, "{lists:?}");
        let change = json!({ "lists": lists });
        let (status, _) = scene.api(&app, "PATCH", &own, change).await;
        assert_eq!(status, 422, "{lists:?}");
    }
    let change = json!({ "segment": segment });
    let (status, _) = scene.api(&app, "PATCH", &own, change).await;
    assert_eq!(status, 422);
    let kept = app.api_get(&own).await;
    assert_eq!(kept["lists"], json!(["press"]));
}

#[apply(on_both_databases)]
async fn a_person_on_two_lists_shows_only_the_one(app: TestApp) {
    let scene = scene(&app).await;
    let both = app.subscribe("both@press.example", "press").await;
    app.subscribe("both@press.example", "culture").await;
    let page = scene
        .editor
        .page(&format!("/admin/subscribers/{both}"))
        .await;
    assert!(page.contains("Press list"), "{page}");
    assert!(!page.contains("culture"), "{page}");
    let (_, body) = scene
        .api(&app, "GET", &format!("/subscribers/{both}"), Value::Null)
        .await;
    assert_eq!(
        body["lists"],
        json!([{ "list": "press", "state": "confirmed" }])
    );
    // Neither may a filter tell.
    let page = scene.editor.page("/admin/subscribers?list=culture").await;
    assert!(!page.contains("both@press.example"), "{page}");
    app.execute("UPDATE subscriptions SET state = 'unsubscribed' WHERE list_id = (SELECT id FROM lists WHERE slug = 'culture')").await;
    let page = scene
        .editor
        .page("/admin/subscribers?state=unsubscribed")
        .await;
    assert!(!page.contains("both@press.example"), "{page}");
    // Nor may who is suppressed be brought back to a list.
    app.api_post("/suppressions", json!({ "email": "both@press.example" }))
        .await;
    let set =
        json!({ "subscriber": both, "list": "press", "state": "confirmed", "reason": "asked" });
    let (status, _) = scene.api(&app, "POST", "/subscriptions", set).await;
    assert_eq!(status, 409);
}

#[apply(on_both_databases)]
async fn an_owner_limits_a_user_and_lifts_the_limit(app: TestApp) {
    let scene = scene(&app).await;
    let owner = AdminClient::owner(&app).await;
    let user = editor_id(&app).await;
    let path = format!("/admin/users/{user}/lists");
    let page = owner.page(&path).await;
    assert!(page.contains(HIDDEN[0]), "{page}");

    let page = owner.submit(&path, &[("reach", "some")]).await;
    assert!(page.contains("no list"), "{page}");
    assert_eq!(scene.editor.get("/admin/lists/press").await.status(), 404);
    // The last of a user's lists is deleted: they do not reach all others by that.
    limit(&app, Some(&["press"])).await;
    app.execute("DELETE FROM lists WHERE slug = 'press'").await;
    assert_eq!(scene.editor.get("/admin/lists/culture").await.status(), 404);

    owner.submit(&path, &[("reach", "all")]).await;
    assert_eq!(scene.editor.get("/admin/lists/culture").await.status(), 200);

    limit(&app, Some(&["culture"])).await;
    let role = format!("/admin/users/{user}/role");
    owner.submit(&role, &[("role", "owner")]).await;
    assert_eq!(scene.editor.get("/admin/users").await.status(), 200);
    let answer = owner.post(&path, &[("reach", "some")]).await;
    assert_eq!(answer.status(), 409, "an owner reaches every list");

    // Somebody who is invited is limited from the start.
    let form = [
        ("email", "new@embassy.example"),
        ("role", "editor"),
        ("list", "culture"),
    ];
    let page = owner.submit("/admin/users", &form).await;
    assert!(page.contains(&format!("only: {}", HIDDEN[0])), "{page}");
}
