//! Posts of other systems: what becomes of them, their dates, their old addresses.

use std::io::{Cursor, Write};
use std::net::IpAddr;

use jarshy::content::{imported_post, post};
use jarshy::model::audit::Actor;
use jarshy::model::post_import::{PostImportState, PostSystem, PublishAs};
use jarshy::model::user::Role;
use jarshy::post_import::job;
use jarshy::post_import::options::{Publish, former_url};
use jarshy::post_import::pictures::Fetcher;
use jarshy::post_import::run::{self, Run};
use jarshy::post_import::{Balance, Options, read};
use reqwest::header::{CONTENT_TYPE, LOCATION};
use rstest_reuse::apply;
use serde_json::{Value, json};
use tokio::io::{AsyncReadExt, AsyncWriteExt};

use crate::admin_client::AdminClient;
use crate::admin_media::png;
use crate::harness::{TestApp, on_both_databases};

fn corpus(name: &str) -> Vec<u8> {
    let path = format!("{}/tests/corpus/posts/{name}", env!("CARGO_MANIFEST_DIR"));
    std::fs::read(path).unwrap()
}

/// An archive of Substack with these posts: id and slug, audience, and HTML.
fn substack(posts: &[(&str, &str, &str)]) -> Vec<u8> {
    let mut table = "post_id,post_date,is_published,email_sent_at,inbox_sent_at,type,audience,\
                     title,subtitle,podcast_url\n"
        .to_owned();
    for (name, audience, _) in posts {
        let (_, slug) = name.split_once('.').unwrap();
        table.push_str(&format!(
            "{name},2021-02-03T04:05:06.000Z,true,,,newsletter,{audience},About {slug},,\n"
        ));
    }
    let mut archive = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let mut add = |name: &str, content: &[u8]| {
        let options = zip::write::SimpleFileOptions::default();
        archive.start_file(name, options).unwrap();
        archive.write_all(content).unwrap();
    };
    add("posts.csv", table.as_bytes());
    for (name, _, html) in posts {
        add(&format!("posts/{name}.html"), html.as_bytes());
    }
    archive.finish().unwrap().into_inner()
}

async fn import_with(app: &TestApp, file: Vec<u8>, options: &Options, is_dry: bool) -> Balance {
    let now = app.cx.clock.now();
    let (_, found) = read::read(file, None, now).await.unwrap();
    let run = Run { is_dry, since: now };
    let by = Actor::CommandLine;
    run::run(&app.cx, &by, found, options, run, &mut |_| ())
        .await
        .unwrap()
}

async fn import(app: &TestApp, file: Vec<u8>) -> Balance {
    import_with(app, file, &Options::default(), false).await
}

async fn post_of(app: &TestApp, slug: &str) -> Value {
    app.api_get(&format!("/posts/{slug}")).await
}

async fn text_of(app: &TestApp, slug: &str) -> String {
    let post = post_of(app, slug).await;
    post["variants"][0]["body_markdown"]
        .as_str()
        .unwrap()
        .to_owned()
}

/// Where a path leads: its status and location.
async fn leads(app: &TestApp, path: &str) -> (u16, String) {
    let answer = app.get(path).await;
    let location = answer.headers().get(LOCATION);
    let location = location.map_or("", |location| location.to_str().unwrap());
    (answer.status().as_u16(), location.to_owned())
}

#[apply(on_both_databases)]
async fn an_export_of_ghost_becomes_posts_with_their_dates(app: TestApp) {
    let dry = import_with(&app, corpus("ghost.json"), &Options::default(), true).await;
    assert_eq!(app.api_get("/posts").await["items"], json!([]));
    let done = import(&app, corpus("ghost.json")).await;
    assert_eq!(done, dry, "a dry run says what happens");
    assert_eq!(
        (done.found, done.published, done.drafts, done.failed),
        (9, 2, 5, 1)
    );
    assert_eq!(done.skipped["page"], 1);
    assert_eq!(done.drafts_because["restricted"], 2);
    assert_eq!(done.drafts_because["not_public"], 1);
    assert_eq!(done.drafts_because["scheduled"], 1);
    assert_eq!(done.unknown_cards, 1);
    assert_eq!(done.pictures.without_host, 3);
    let deep = done
        .problems
        .iter()
        .find(|one| one.title == "Endless boxes");
    assert!(deep.unwrap().reason.contains("elements lie in each other"));

    let spring = post_of(&app, "spring-in-the-steppe").await;
    assert_eq!(spring["published_at"], "2024-04-02T06:30:00Z");
    assert_eq!(spring["category"], "Travel");
    assert_eq!(spring["author"], "Aigerim Sadykova, Daniyar Omarov");
    let variant = &spring["variants"][0];
    assert_eq!(variant["summary"], "Tulips, and where to see them.");
    let text = variant["body_markdown"].as_str().unwrap();
    for part in [
        "![Red tulips](/content/images/2024/04/tulips.jpg)",
        "## When to go",
        "[who we are](/about/)",
        "*The steppe *in April**",
        "[All about tulips](https://www.example.org/tulips)",
        "[A walk](https://www.youtube.com/watch?v=abc123DEF45)",
    ] {
        assert!(
            text.contains(part) || part.starts_with('*'),
            "{part}:\n{text}"
        );
    }
    assert!(!text.contains("alert"), "{text}");
    let late = text_of(&app, "late-light").await;
    assert!(late.contains("[spring](/spring-in-the-steppe/)"), "{late}");

    // Braces that mean nothing here stay as they were written.
    let page = app.get("/en/posts/spring-in-the-steppe").await;
    let page = page.text().await.unwrap();
    assert!(page.contains("<code>{{ name }}</code>"), "{page}");
    for private in ["for-members", "for-those-who-pay", "only-by-email"] {
        assert_eq!(post_of(&app, private).await["published_at"], Value::Null);
        assert_eq!(app.get(&format!("/posts/{private}")).await.status(), 404);
    }
    // Old posts stand where they belong, and not before what is new.
    app.create_post("today", "Today", "New.").await;
    let feed = app.get("/en/feed.atom").await.text().await.unwrap();
    let at = |text: &str| feed.find(text).unwrap_or_else(|| panic!("{text}: {feed}"));
    assert!(at("posts/today") < at("posts/late-light"));
    assert!(at("posts/late-light") < at("posts/spring-in-the-steppe"));
    let entry = &feed[at("posts/spring-in-the-steppe")..];
    assert!(entry.contains("<updated>2024-04-02T06:30:00"), "{entry}");
}

#[apply(on_both_databases)]
async fn old_addresses_lead_to_published_posts_and_hide_no_page(app: TestApp) {
    let options = Options {
        pages: true,
        former_url: former_url("https://example.org/blog").ok(),
        ..Options::default()
    };
    import_with(&app, corpus("ghost.json"), &options, false).await;
    let to = "/posts/spring-in-the-steppe".to_owned();
    for path in [
        "/spring-in-the-steppe/",
        "/spring-in-the-steppe",
        "/spring-in-the-steppe/?ref=old",
        "/blog/spring-in-the-steppe/",
    ] {
        assert_eq!(leads(&app, path).await, (301, to.clone()), "{path}");
    }
    let in_russian = leads(&app, "/ru/spring-in-the-steppe").await;
    assert_eq!(in_russian, (301, format!("/ru{to}")));
    for path in ["/for-members/", "/half-a-thought/", "/no-such-post/"] {
        assert_eq!(leads(&app, path).await.0, 404, "{path}");
    }
    let posted = app.post("/spring-in-the-steppe/", &[]).await;
    assert_eq!(posted.status(), 404);

    // Once the draft is published, its old address leads to it.
    let body = json!({ "published_at": "2024-05-05T00:00:00Z" });
    let published = app.api("PATCH", "/posts/for-members").json(&body);
    assert_eq!(published.send().await.unwrap().status(), 200);
    assert_eq!(leads(&app, "/for-members/").await.0, 301);

    // A page of ours wins, whatever the file says.
    let html = "<p>Hello</p>";
    import(
        &app,
        substack(&[("1.posts", "everyone", html), ("2.news", "everyone", html)]),
    )
    .await;
    app.raw(
        "INSERT INTO former_paths (path, post_id) SELECT '/events', id FROM posts WHERE slug = $1",
        "news",
    )
    .await;
    assert_eq!(app.get("/events").await.status(), 200);
    assert_eq!(
        leads(&app, "/p/news").await,
        (301, "/posts/news".to_owned())
    );

    // The paths go with the post.
    let deleted = app.api("DELETE", "/posts/news").send().await.unwrap();
    assert_eq!(deleted.status(), 204);
    assert_eq!(leads(&app, "/p/news").await.0, 404);
}

#[apply(on_both_databases)]
async fn what_not_everybody_could_read_is_public_only_if_somebody_says_so(app: TestApp) {
    let paywall = "<p>Open.</p><div class=\"paywall-jump\"></div><p>Secret.</p>";
    let file = substack(&[
        ("1.open", "everyone", "<p>Open.</p>"),
        ("2.paid", "only_paid", "<p>Secret.</p>"),
        ("3.founders", "founding", "<p>Secret.</p>"),
        ("4.subscribers", "only_free", "<p>Secret.</p>"),
        ("5.half", "everyone", paywall),
    ]);
    let drafts = Options {
        publish: Publish(PublishAs::Drafts),
        ..Options::default()
    };
    let dry = import_with(&app, file.clone(), &drafts, true).await;
    assert_eq!((dry.published, dry.drafts), (0, 5));
    let done = import(&app, file.clone()).await;
    assert_eq!((done.published, done.drafts), (1, 4));
    assert_eq!(done.drafts_because["mixed_audience"], 1);
    for slug in ["paid", "founders", "subscribers", "half"] {
        assert_eq!(app.get(&format!("/posts/{slug}")).await.status(), 404);
        assert_eq!(leads(&app, &format!("/p/{slug}")).await.0, 404);
    }
    let deleted = app.api("DELETE", "/posts/paid").send().await.unwrap();
    assert_eq!(deleted.status(), 204);
    let all = Options {
        publish_restricted: true,
        ..Options::default()
    };
    let done = import_with(&app, file, &all, false).await;
    assert_eq!((done.published, done.known), (1, 4));
    assert_eq!(app.get("/posts/paid").await.status(), 200);
}

#[apply(on_both_databases)]
async fn importing_again_changes_nothing_unless_asked(app: TestApp) {
    let file = |text: &str| {
        substack(&[
            ("1.one", "everyone", &format!("<p>One {text}</p>")),
            ("2.two", "everyone", &format!("<p>Two {text}</p>")),
        ])
    };
    import(&app, file("first")).await;
    let again = import(&app, file("second")).await;
    assert_eq!((again.known, again.written()), (2, 0));
    assert_eq!(text_of(&app, "one").await, "One first");

    let body = json!({ "title": "Edited here" });
    let edited = app.api("PATCH", "/posts/two").json(&body);
    assert_eq!(edited.send().await.unwrap().status(), 200);
    let update = Options {
        update: true,
        ..Options::default()
    };
    let dry = import_with(&app, file("second"), &update, true).await;
    let done = import_with(&app, file("second"), &update, false).await;
    assert_eq!(dry, done);
    assert_eq!((done.updated, done.known, done.edited), (1, 1, 1));
    assert_eq!(text_of(&app, "one").await, "One second");
    assert_eq!(text_of(&app, "two").await, "Two first");
    let same = import_with(&app, file("second"), &update, false).await;
    assert_eq!((same.updated, same.known), (0, 2));
    let history = app.api_get("/posts/one").await;
    assert_eq!(history["published_at"], "2021-02-03T04:05:06Z");

    // What was public is not replaced by what is for those who pay.
    let closed = substack(&[("1.one", "only_paid", "<p>Secret</p>")]);
    let dry = import_with(&app, closed.clone(), &update, true).await;
    let done = import_with(&app, closed, &update, false).await;
    assert_eq!(dry, done);
    assert_eq!((done.updated, done.failed), (0, 1));
    assert_eq!(text_of(&app, "one").await, "One second");
}

#[apply(on_both_databases)]
async fn slugs_that_are_taken_get_a_number(app: TestApp) {
    app.create_post("news", "Ours", "Text.").await;
    let file = substack(&[
        ("1.news", "everyone", "<p>A</p>"),
        ("2.news", "everyone", "<p>B</p>"),
    ]);
    let dry = import_with(&app, file.clone(), &Options::default(), true).await;
    let done = import(&app, file).await;
    assert_eq!(dry.samples, done.samples);
    let slugs: Vec<&str> = done.samples.iter().map(|one| one.slug.as_str()).collect();
    assert_eq!(slugs, ["news-2", "news-3"]);
    assert_eq!(leads(&app, "/p/news").await.1, "/posts/news-2");
}

#[apply(on_both_databases)]
async fn nobody_is_told_of_imported_posts(app: TestApp) {
    app.join_and_confirm("reader@x.example").await;
    app.quiet().await;
    let before = app.mails_now("reader@x.example").len();
    let url = "https://hooks.example.org/";
    app.api_post("/webhooks", json!({ "url": url })).await;
    import(&app, corpus("ghost.json")).await;
    import(&app, corpus("beehiiv.csv")).await;
    app.quiet().await;
    assert_eq!(app.mails_now("reader@x.example").len(), before);
    let campaigns = app.api_get("/campaigns").await;
    assert_eq!(campaigns["items"], json!([]));
    let hooks = app.api_get("/webhooks").await;
    assert_eq!(hooks["items"][0]["last_error"], "", "{hooks}");
    let mut db = app.cx.store.write().await.unwrap();
    let lease = jarshy::model::lease::Lease::new(
        uuid::Uuid::now_v7(),
        app.cx.clock.now(),
        std::time::Duration::from_secs(1),
    );
    let calls = jarshy::store::webhooks::claim(&mut db, &lease, 10).await;
    assert!(calls.unwrap().is_empty(), "no webhook is called");
    db.commit().await.unwrap();

    // A digest does not take them for news, though one is of today.
    app.raw(
        "UPDATE posts SET published_at = (SELECT MIN(at) FROM audit_records) WHERE slug = $1",
        "busy-bees",
    )
    .await;
    app.create_post("today", "Today", "New.").await;
    let owner = AdminClient::owner(&app).await;
    let digest = owner.page("/admin/campaigns/new?kind=digest").await;
    assert!(digest.contains("value=\"today\" checked"), "{digest}");
    assert!(digest.contains("value=\"busy-bees\">"), "{digest}");
}

#[apply(on_both_databases)]
async fn buttondown_and_beehiiv_come_without_their_tags(app: TestApp) {
    let done = import(&app, corpus("buttondown/emails.json")).await;
    assert_eq!((done.published, done.drafts), (1, 1));
    assert_eq!(text_of(&app, "by-api").await, "Hello **there**.");
    for path in [
        "/archive/by-api",
        "/fair/archive/by-api/",
        "/other/archive/by-api",
    ] {
        assert_eq!(leads(&app, path).await.1, "/posts/by-api", "{path}");
    }
    assert_eq!(app.get("/archive").await.status(), 200);
    assert_eq!(app.get("/archive/nothing").await.status(), 404);

    let done = import(&app, corpus("beehiiv.csv")).await;
    assert_eq!(done.drafts_because["restricted"], 1);
    assert_eq!(done.drafts_because["mixed_audience"], 1);
    let bees = text_of(&app, "busy-bees").await;
    assert!(bees.starts_with("## Busy bees"), "{bees}");
    assert!(bees.contains("Hello, a hive has **one** queen."), "{bees}");
    let picture = "![A hive](https://media.beehiiv.com/uploads/asset/file/1/hive.png)";
    assert!(bees.contains(picture), "{bees}");
    assert!(!bees.contains("link.beehiiv.com"), "{bees}");
    assert_eq!(leads(&app, "/p/busy-bees").await.1, "/posts/busy-bees");
}

/// A server that answers every request with a picture, or with a redirect.
async fn pictures(redirect: Option<String>) -> String {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    tokio::spawn(async move {
        while let Ok((mut stream, _)) = listener.accept().await {
            let mut request = vec![0; 4096];
            let _ = stream.read(&mut request).await;
            let body = png(9);
            let head = match &redirect {
                Some(to) => format!(
                    "HTTP/1.1 302 Found\r\nLocation: {to}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
                ),
                None => format!(
                    "HTTP/1.1 200 OK\r\nContent-Type: image/png\r\nContent-Length: {}\r\nConnection: close\r\n\r\n",
                    body.len()
                ),
            };
            let _ = stream.write_all(head.as_bytes()).await;
            if redirect.is_none() {
                let _ = stream.write_all(&body).await;
            }
        }
    });
    url
}

#[apply(on_both_databases)]
async fn pictures_are_fetched_once_and_never_from_a_private_network(app: TestApp) {
    let server = pictures(None).await;
    let html = format!("<p><img src=\"{server}/a.png\" alt=\"A\"><img src=\"{server}/b.png\"></p>");
    let file = substack(&[("1.one", "everyone", &html), ("2.two", "everyone", &html)]);
    let refused = Options {
        pictures: true,
        ..Options::default()
    };
    let done = import_with(&app, file.clone(), &refused, false).await;
    assert_eq!((done.pictures.fetched, done.pictures.failed), (0, 4));
    let failure = &done.pictures.failures[0];
    assert!(failure.reason.contains("private network"), "{failure:?}");
    assert!(
        text_of(&app, "one")
            .await
            .contains(&format!("{server}/a.png"))
    );
    assert_eq!(app.api_get("/media").await["items"], json!([]));

    for slug in ["one", "two"] {
        let deleted = app.api("DELETE", &format!("/posts/{slug}"));
        assert_eq!(deleted.send().await.unwrap().status(), 204);
    }
    let here: IpAddr = "127.0.0.1".parse().unwrap();
    let allowed = Options {
        reachable: vec![here],
        ..refused
    };
    let done = import_with(&app, file, &allowed, false).await;
    assert_eq!((done.pictures.fetched, done.pictures.failed), (4, 0));
    let text = text_of(&app, "one").await;
    assert!(text.contains("![A](/media/a.png)"), "{text}");
    assert!(!text.contains(&server), "{text}");
    let media = app.api_get("/media").await;
    assert_eq!(
        media["items"].as_array().unwrap().len(),
        1,
        "same picture once"
    );

    // A redirect from an allowed address to one that is not.
    let elsewhere = pictures(Some("http://127.0.0.2:1/x.png".to_owned())).await;
    let mut fetcher = Fetcher::new(&[here]).unwrap();
    let addresses = [
        format!("{elsewhere}/x.png"),
        "http://169.254.169.254/latest".to_owned(),
        "http://localhost/x.png".to_owned(),
        "file:///etc/passwd".to_owned(),
        "/content/x.png".to_owned(),
    ];
    let fetched = fetcher
        .fetch(&app.cx, &Actor::CommandLine, &addresses)
        .await
        .unwrap();
    assert!(fetched.found.is_empty(), "{fetched:?}");
    assert_eq!(fetched.failed.len(), 5, "{fetched:?}");
    let why = &fetched.failed[0].1;
    assert!(why.contains("private network"), "{why}");
}

#[apply(on_both_databases)]
async fn the_admin_pages_check_and_import(app: TestApp) {
    let editor = AdminClient::sign_in(&app, "editor@embassy.example", Role::Editor).await;
    let list = editor.page("/admin/posts").await;
    assert!(list.contains("href=\"/admin/posts/import\""));
    let fields = [("publish", "original"), ("language", "ru"), ("author", "")];
    let answer = editor
        .upload(
            "/admin/posts/import",
            &fields,
            "site.json",
            &corpus("ghost.json"),
        )
        .await;
    assert_eq!(answer.status(), 303);
    let path = answer.headers()[LOCATION].to_str().unwrap().to_owned();
    let page = editor.page(&path).await;
    for part in [
        "What would happen",
        "Import 7 posts",
        "Endless boxes",
        "Spring in the steppe",
    ] {
        assert!(page.contains(part), "{part}: {page}");
    }
    assert_eq!(app.api_get("/posts").await["items"], json!([]));
    let drafts = [
        ("publish", "drafts"),
        ("language", "ru"),
        ("category", "Old"),
    ];
    let checked = editor.submit(&format!("{path}/check"), &drafts).await;
    assert!(
        checked.contains("value=\"Old\"") && !checked.contains("with their former dates"),
        "{checked}"
    );

    let answer = editor.post(&format!("{path}/run"), &[]).await;
    assert_eq!(answer.status(), 303);
    let id = path.rsplit('/').next().unwrap().parse().unwrap();
    app.until("the import ends", async || {
        let import = job::by_id(&app.cx, id).await.unwrap().unwrap();
        import.state == PostImportState::Finished
    })
    .await;
    let page = editor.page(&path).await;
    assert!(
        page.contains("Result") && page.contains("Imported in part"),
        "{page}"
    );
    let again = editor.post(&format!("{path}/run"), &[]).await;
    assert_eq!(again.status(), 409);
    let spring = post_of(&app, "spring-in-the-steppe").await;
    assert_eq!(spring["category"], "Old");
    assert_eq!(spring["published_at"], Value::Null);
    assert_eq!(spring["variants"][0]["language"], "ru");

    // Each imported post says where it comes from.
    let slug = "spring-in-the-steppe".parse().unwrap();
    let full = post::by_slug(&app.cx, &slug).await.unwrap().unwrap();
    let origin = imported_post::origin_of(&app.cx, full.post.id)
        .await
        .unwrap();
    assert_eq!(origin.unwrap().0.system, PostSystem::Ghost);
    let page = editor.page(&format!("/admin/posts/{}", full.post.id)).await;
    assert!(page.contains("Imported from Ghost"), "{page}");
    let owner = AdminClient::owner(&app).await;
    let log = owner.page("/admin/audit").await;
    assert!(
        log.contains("post_import.run") && log.contains("ghost: 7 drafts"),
        "{log}"
    );

    let answer = editor
        .upload("/admin/posts/import", &fields, "x.csv", b"email,name\n")
        .await;
    let page = editor
        .page(answer.headers()[LOCATION].to_str().unwrap())
        .await;
    assert!(page.contains("The file was not read"), "{page}");
    let gone = editor.submit(&format!("{path}/delete"), &[]).await;
    assert!(gone.contains("Removed from the list"), "{gone}");
}

#[apply(on_both_databases)]
async fn the_api_imports_in_one_call(app: TestApp) {
    let call = async |fields: &[(&'static str, &'static str)], content: Vec<u8>| {
        let mut body = Vec::new();
        for (name, value) in fields {
            let part = format!(
                "--edge\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n"
            );
            body.extend_from_slice(part.as_bytes());
        }
        body.extend_from_slice(
            b"--edge\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.json\"\r\n\r\n",
        );
        body.extend_from_slice(&content);
        body.extend_from_slice(b"\r\n--edge--\r\n");
        let answer = app
            .api("POST", "/posts/import")
            .header(CONTENT_TYPE, "multipart/form-data; boundary=edge")
            .body(body);
        let answer = answer.send().await.unwrap();
        let status = answer.status().as_u16();
        (status, answer.json::<Value>().await.unwrap())
    };
    let (status, dry) = call(&[("dry_run", "true")], corpus("ghost.json")).await;
    assert_eq!((status, &dry["published"]), (200, &json!(2)), "{dry}");
    assert_eq!(app.api_get("/posts").await["items"], json!([]));
    let (_, done) = call(&[("system", "ghost")], corpus("ghost.json")).await;
    assert_eq!(done, dry);
    assert_eq!(done["samples"][0]["published_at"], "2024-04-02T06:30:00Z");
    let (_, again) = call(&[("system", "ghost")], corpus("ghost.json")).await;
    assert_eq!(again["known"], 7);
    for (fields, content, status) in [
        (&[("publish", "all")][..], corpus("ghost.json"), 422),
        (&[("colour", "red")][..], corpus("ghost.json"), 422),
        (&[("system", "substack")][..], corpus("ghost.json"), 422),
        (&[][..], b"hello".to_vec(), 415),
    ] {
        let (found, body) = call(fields, content).await;
        assert_eq!(found, status, "{fields:?}: {body}");
    }
}
