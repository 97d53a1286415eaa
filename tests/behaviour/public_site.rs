//! The visitors' pages: what is shown, in which language, and what is not.

use reqwest::StatusCode;
use rstest_reuse::apply;
use serde_json::json;

use crate::harness::{Database, TestApp, on_both_databases};

/// A post in two languages, a draft, and an event.
async fn publish(app: &TestApp) {
    app.create_post(
        "vote",
        "The vote",
        "| Party | Votes |\n|:--|--:|\n| A | 1,234 |",
    )
    .await;
    app.api_post(
        "/posts",
        json!({
            "slug": "vote", "title": "Голосование", "summary": "Кратко", "language": "ru",
            "body_markdown": "Русский текст", "published": true,
        }),
    )
    .await;
    app.api_post(
        "/posts",
        json!({ "slug": "secret", "title": "Unfinished", "body_markdown": "x", "category": "General" }),
    )
    .await;
    app.api_post(
        "/events",
        json!({
            "slug": "music", "title": "An evening of music", "place": "Great hall",
            "description": "Two strings; many stories", "language": "en",
            "starts_at": "2031-03-08T13:30:00Z", "ends_at": "2031-03-08T15:00:00Z",
        }),
    )
    .await;
}

async fn html(app: &TestApp, path: &str) -> String {
    let page = app.get(path).await;
    assert_eq!(page.status(), StatusCode::OK, "{path}");
    page.text().await.unwrap()
}

#[apply(on_both_databases)]
async fn the_home_page_shows_posts_events_and_the_join_form(app: TestApp) {
    let empty = html(&app, "/").await;
    assert!(empty.contains("There are no posts here yet"));
    publish(&app).await;
    let page = html(&app, "/").await;
    for part in [
        "The vote",
        "Posted by owner",
        "An evening of music",
        "action=\"/join\"",
        "/feed.atom",
    ] {
        assert!(page.contains(part), "{part}");
    }
    assert!(!page.contains("Unfinished"));
}

#[apply(on_both_databases)]
async fn drafts_and_future_posts_are_not_public(app: TestApp) {
    publish(&app).await;
    app.api_post("/posts", json!({
        "slug": "later", "title": "Later", "body_markdown": "x", "published_at": "2099-01-01T00:00:00Z",
    })).await;
    for path in [
        "/posts/secret",
        "/posts/later",
        "/posts/none",
        "/posts/UPPER",
    ] {
        assert_eq!(
            app.get(path).await.status(),
            StatusCode::NOT_FOUND,
            "{path}"
        );
    }
    for path in [
        "/",
        "/posts",
        "/posts/category/general",
        "/feed.atom",
        "/feed.json",
    ] {
        let page = html(&app, path).await;
        assert!(page.contains("The vote"), "{path}");
        assert!(
            !page.contains("Unfinished") && !page.contains("Later"),
            "{path}"
        );
    }
}

#[apply(on_both_databases)]
async fn pages_in_the_readers_language_or_with_a_note(app: TestApp) {
    publish(&app).await;
    let russian = html(&app, "/posts/vote?language=ru").await;
    assert!(russian.contains("Русский текст") && russian.contains("<html lang=\"ru\">"));
    let kazakh = html(&app, "/posts/vote?language=kk").await;
    assert!(kazakh.contains("lang=\"en\"") && kazakh.contains("1,234"));
    assert!(
        kazakh.contains("басқа тілде көрсетілді: English"),
        "{kazakh}"
    );
    let preferred = app
        .client
        .get(format!("{}/posts/vote", app.url))
        .header("accept-language", "ru-KZ, en;q=0.5")
        .send()
        .await
        .unwrap();
    assert!(preferred.text().await.unwrap().contains("Русский текст"));
    for language in ["kk", "ru", "en"] {
        for path in ["/", "/posts", "/events", "/media", "/archive", "/join"] {
            let page = html(&app, &format!("{path}?language={language}")).await;
            assert!(
                page.contains(&format!("<html lang=\"{language}\">")),
                "{path}"
            );
            assert!(!page.contains("Unknown localization"), "{path} {language}");
        }
    }
}

#[apply(on_both_databases)]
async fn tables_head_their_columns(app: TestApp) {
    publish(&app).await;
    let page = html(&app, "/posts/vote").await;
    assert!(
        page.contains("<th scope=\"col\" align=\"right\">Votes</th>"),
        "{page}"
    );
}

#[apply(on_both_databases)]
async fn the_calendar_shows_a_month_and_serves_icalendar(app: TestApp) {
    publish(&app).await;
    let month = html(&app, "/events/2031/3").await;
    assert!(month.contains("An evening of music") && month.contains("href=\"/events/2031/04\""));
    assert!(
        !html(&app, "/events/2031/4")
            .await
            .contains("An evening of music")
    );
    for path in [
        "/events/2031/13",
        "/events/20310/1",
        "/events/none",
        "/events/none.ics",
    ] {
        assert!(app.get(path).await.status().is_client_error(), "{path}");
    }
    let event = html(&app, "/events/music").await;
    assert!(
        event.contains("Great hall") && event.contains("13:30–15:00"),
        "{event}"
    );
    for path in ["/events.ics", "/events/music.ics"] {
        let feed = app.get(path).await;
        assert_eq!(
            feed.headers()["content-type"],
            "text/calendar; charset=utf-8"
        );
        let text = feed.text().await.unwrap();
        assert!(
            text.starts_with("BEGIN:VCALENDAR\r\n") && text.contains("DTSTART:20310308T133000Z"),
            "{text}"
        );
        assert!(text.contains("Two strings\\; many stories"), "{text}");
    }
}

#[apply(on_both_databases)]
async fn atom_and_json_feeds(app: TestApp) {
    publish(&app).await;
    let atom = app.get("/feed.atom").await;
    assert_eq!(
        atom.headers()["content-type"],
        "application/atom+xml; charset=utf-8"
    );
    let feed: atom_syndication::Feed = atom.text().await.unwrap().parse().unwrap();
    assert_eq!(feed.entries.len(), 1);
    assert_eq!(feed.entries[0].title.as_str(), "The vote");
    let json: serde_json::Value = app.get("/feed.json").await.json().await.unwrap();
    assert_eq!(json["items"][0]["title"], "The vote");
    assert!(
        json["items"][0]["content_html"]
            .as_str()
            .unwrap()
            .contains("<table>")
    );
}

#[apply(on_both_databases)]
async fn files_with_ranges_and_etags(app: TestApp) {
    let content = [&b"%PDF-"[..], &[7; 95]].concat();
    let upload = jarshy::content::media::Upload {
        file_name: "A paper.pdf".into(),
        captions: Default::default(),
        is_shown: true,
        content: content.clone(),
    };
    jarshy::content::media::keep(&app.cx, &jarshy::model::audit::Actor::CommandLine, upload)
        .await
        .unwrap();
    assert!(html(&app, "/media").await.contains("/media/a-paper.pdf"));
    let url = format!("{}/media/a-paper.pdf", app.url);
    let whole = app.client.get(&url).send().await.unwrap();
    assert_eq!(whole.headers()["content-type"], "application/pdf");
    assert!(
        whole.headers()["content-security-policy"]
            .to_str()
            .unwrap()
            .contains("sandbox")
    );
    let tag = whole.headers()["etag"].clone();
    assert_eq!(whole.bytes().await.unwrap(), content);

    let part = app
        .client
        .get(&url)
        .header("range", "bytes=90-")
        .send()
        .await
        .unwrap();
    assert_eq!(part.status(), StatusCode::PARTIAL_CONTENT);
    assert_eq!(part.headers()["content-range"], "bytes 90-99/100");
    assert_eq!(part.bytes().await.unwrap(), [7; 10][..]);
    let outside = app
        .client
        .get(&url)
        .header("range", "bytes=100-")
        .send()
        .await
        .unwrap();
    assert_eq!(outside.status(), StatusCode::RANGE_NOT_SATISFIABLE);
    let known = app
        .client
        .get(&url)
        .header("if-none-match", tag)
        .send()
        .await
        .unwrap();
    assert_eq!(known.status(), StatusCode::NOT_MODIFIED);
    assert_eq!(
        app.get("/media/none.png").await.status(),
        StatusCode::NOT_FOUND
    );
}

#[apply(on_both_databases)]
async fn the_archive_shows_sent_public_campaigns(app: TestApp) {
    let id = app.send_to(&["reader@example.kz"]).await;
    app.campaign_in_state(id, "finished").await;
    assert!(
        html(&app, "/archive")
            .await
            .contains(&format!("/archive/{id}"))
    );
    assert!(
        html(&app, &format!("/archive/{id}"))
            .await
            .contains("Elections")
    );
    let letter = app.get(&format!("/archive/{id}/letter")).await;
    assert!(
        letter.headers()["content-security-policy"]
            .to_str()
            .unwrap()
            .contains("sandbox")
    );
    let letter = letter.text().await.unwrap();
    assert!(
        letter.contains("the votes are in")
            && !letter.contains("Reader")
            && !letter.contains("reader@")
    );

    let draft = app.create_campaign("elections", "A draft", "news").await;
    let hidden = app.api_post("/campaigns", json!({
        "subject": "For members", "post": "elections", "lists": ["news"], "is_public": false,
    })).await["id"].as_i64().unwrap();
    app.api_post(&format!("/campaigns/{hidden}/start"), json!({}))
        .await;
    app.campaign_in_state(hidden, "finished").await;
    for id in [draft, hidden, 999] {
        for path in [format!("/archive/{id}"), format!("/archive/{id}/letter")] {
            assert_eq!(
                app.get(&path).await.status(),
                StatusCode::NOT_FOUND,
                "{path}"
            );
        }
    }
    assert!(!html(&app, "/archive").await.contains("For members"));
}

#[apply(on_both_databases)]
async fn the_archive_has_pages(app: TestApp) {
    publish(&app).await;
    app.subscribe("reader@example.kz", "news").await;
    for number in 1..=21 {
        let id = app
            .create_campaign("vote", &format!("Letter {number}, {{{{ name }}}}"), "news")
            .await;
        app.api_post(&format!("/campaigns/{id}/start"), json!({}))
            .await;
    }
    let first = html(&app, "/archive").await;
    assert!(
        first.contains(">Letter 21, reader<")
            && first.contains(">Letter 2, reader<")
            && !first.contains(">Letter 1, "),
        "{first}"
    );
    assert!(first.contains("/archive?page=2"));
    let second = html(&app, "/archive?page=2").await;
    assert!(
        second.contains(">Letter 1, reader<") && !second.contains(">Letter 2, "),
        "{second}"
    );
    assert!(!second.contains("page=3"));
    assert_eq!(
        app.get("/archive?page=3").await.status(),
        StatusCode::NOT_FOUND
    );
}

#[apply(on_both_databases)]
async fn every_page_has_a_url_in_every_language(app: TestApp) {
    publish(&app).await;
    for language in ["kk", "ru", "en"] {
        for path in [
            "",
            "/",
            "/posts",
            "/posts/vote",
            "/posts/category/general",
            "/events",
            "/events/music",
            "/events/2031/03",
            "/media",
            "/archive",
            "/join",
        ] {
            let page = html(&app, &format!("/{language}{path}")).await;
            assert!(
                page.contains(&format!("<html lang=\"{language}\">")),
                "{language}{path}"
            );
            assert!(
                page.contains(&format!("href=\"/{language}/events\"")),
                "links keep the language: {path}"
            );
            assert!(page.contains("rel=\"canonical\""), "{path}");
        }
    }
    let page = html(&app, "/kk/posts/vote").await;
    let url = &app.url;
    assert!(
        page.contains(&format!(
            "<link rel=\"canonical\" href=\"{url}/en/posts/vote\">"
        )),
        "a stand-in is the other page: {page}"
    );
    assert!(page.contains(&format!("hreflang=\"ru\" href=\"{url}/ru/posts/vote\"")));
    assert!(!page.contains(&format!("hreflang=\"kk\" href=\"{url}/kk/posts/vote\"")));
    assert!(page.contains(&format!("hreflang=\"x-default\" href=\"{url}/posts/vote\"")));
    assert!(
        html(&app, "/?language=ru")
            .await
            .contains("href=\"/ru/posts\""),
        "the form that mails use"
    );
    for path in [
        "/de/posts",
        "/kk/kk/posts",
        "/kk/admin",
        "/kk/health/live",
        "/kk/api/v1/lists",
    ] {
        assert_eq!(
            app.get(path).await.status(),
            StatusCode::NOT_FOUND,
            "{path}"
        );
    }
    let joined = app.submit("/kk/join", &[("email", "a@example.kz")]).await;
    assert!(joined.text().await.unwrap().contains("<html lang=\"kk\">"));
    let mail = app.mail_to("a@example.kz").await;
    let link = mail.link("/confirm/").replace("/confirm/", "/ru/confirm/");
    let private = html(&app, &link).await;
    assert!(
        !private.contains("rel=\"canonical\"") && !private.contains("og:url"),
        "{private}"
    );
}

#[apply(on_both_databases)]
async fn sitemap_and_structured_data(app: TestApp) {
    publish(&app).await;
    let url = &app.url;
    let robots = html(&app, "/robots.txt").await;
    assert!(
        robots.contains(&format!("Sitemap: {url}/sitemap.xml"))
            && robots.contains("Disallow: /admin")
    );
    let map = html(&app, "/sitemap.xml").await;
    for path in [
        "/kk/",
        "/en/posts/vote",
        "/ru/posts/vote",
        "/en/events/music",
        "/ru/posts/category/general",
    ] {
        assert!(
            map.contains(&format!("<loc>{url}{path}</loc>")),
            "{path} in {map}"
        );
    }
    assert!(!map.contains("secret") && !map.contains("/kk/posts/vote"));
    let facts = |page: &str| -> serde_json::Value {
        let (_, rest) = page
            .split_once("application/ld+json\">")
            .expect("a block of data");
        serde_json::from_str(rest.split_once("</script>").unwrap().0).unwrap()
    };
    let post = html(&app, "/en/posts/vote").await;
    assert_eq!(facts(&post)["@type"], "NewsArticle");
    assert_eq!(facts(&post)["headline"], "The vote");
    assert!(post.contains("<meta property=\"og:type\" content=\"article\">"));
    let event = html(&app, "/en/events/music").await;
    assert_eq!(facts(&event)["@type"], "Event");
    assert_eq!(facts(&event)["location"]["name"], "Great hall");
    assert!(
        html(&app, "/en/")
            .await
            .contains("rel=\"alternate\" type=\"application/atom+xml\"")
    );
}

#[apply(on_both_databases)]
async fn unchanged_pages_get_304(app: TestApp) {
    publish(&app).await;
    for path in [
        "/",
        "/kk/posts/vote",
        "/events",
        "/feed.atom",
        "/sitemap.xml",
    ] {
        let first = app.get(path).await;
        let tag = first.headers()["etag"].clone();
        assert!(tag.to_str().unwrap().starts_with("W/\""), "{path}");
        assert_eq!(first.headers()["cache-control"], "no-cache", "{path}");
        let again = app
            .client
            .get(format!("{}{path}", app.url))
            .header("if-none-match", &tag)
            .send()
            .await
            .unwrap();
        assert_eq!(again.status(), StatusCode::NOT_MODIFIED, "{path}");
        assert_eq!(again.headers()["etag"], tag);
        assert!(again.headers().contains_key("content-security-policy"));
        let head = app
            .client
            .head(format!("{}{path}", app.url))
            .send()
            .await
            .unwrap();
        assert_eq!(head.headers()["etag"], tag, "{path}");
    }
    let before = app.get("/").await.headers()["etag"].clone();
    app.create_post("news", "Fresh news", "x").await;
    let after = app
        .client
        .get(format!("{}/", app.url))
        .header("if-none-match", &before)
        .send()
        .await
        .unwrap();
    assert_eq!(
        after.status(),
        StatusCode::OK,
        "what is published shows at once"
    );
    assert!(after.text().await.unwrap().contains("Fresh news"));
    let page = app.get("/").await;
    assert!(
        page.headers()["vary"]
            .to_str()
            .unwrap()
            .contains("accept-language")
    );
    let russian = app
        .client
        .get(format!("{}/", app.url))
        .header("accept-language", "ru")
        .send()
        .await
        .unwrap();
    assert!(
        russian.text().await.unwrap().contains("<html lang=\"ru\">"),
        "each language is kept apart"
    );
}

#[apply(on_both_databases)]
async fn an_event_of_several_days(app: TestApp) {
    app.api_post(
        "/events",
        json!({
            "slug": "fair", "title": "A fair", "all_day": true,
            "starts_at": "2031-03-08T00:00:00Z", "ends_at": "2031-03-11T00:00:00Z",
        }),
    )
    .await;
    let event = html(&app, "/en/events/fair").await;
    assert!(event.contains("8 March 2031 – 10 March 2031"), "{event}");
    let month = html(&app, "/en/events/2031/03").await;
    assert_eq!(
        month.matches("/en/events/fair").count(),
        3,
        "on each of its days"
    );
}

/// What a newcomer loads first: the page and what it needs to look right.
#[tokio::test(flavor = "multi_thread")]
async fn the_home_page_is_small() {
    let app = TestApp::start(Database::Sqlite).await;
    for n in 0..12 {
        let summary = "Words that say in two lines what the post is about. ".repeat(5);
        app.api_post(
            "/posts",
            json!({
                "slug": format!("p{n}"), "title": format!("A headline of the usual length, number {n}"),
                "summary": summary, "body_markdown": "x".repeat(20_000), "published": true,
            }),
        )
        .await;
    }
    let page = html(&app, "/").await;
    let mut total = page.len();
    for part in page.split("href=\"").skip(1) {
        let path = part.split('"').next().unwrap();
        if path.starts_with("/assets/css/") {
            total += html(&app, path).await.len();
        }
    }
    assert!(total < 60 * 1024, "{total} octets before compression");
}

/// Browsers that have come by https never come without it again; the admin session's
/// cookie travels by it alone.
#[tokio::test(flavor = "multi_thread")]
async fn hsts_behind_tls() {
    let app = TestApp::start_with(Database::Sqlite, |config| {
        config.public_url = Some("https://embassy.example/".parse().unwrap());
    })
    .await;
    let told = |answer: &reqwest::Response| {
        let header = answer.headers().get("strict-transport-security");
        header.map(|value| value.to_str().unwrap().to_owned())
    };
    for path in ["/", "/join", "/admin/sign-in", "/none"] {
        let policy = told(&app.get(path).await).unwrap_or_default();
        assert!(policy.starts_with("max-age=31536000"), "{path}: {policy}");
    }
    let plain = TestApp::start(Database::Sqlite).await;
    assert_eq!(told(&plain.get("/").await), None);
}
