//! Pictures of posts, on cards, above articles, in feeds and where links are shown; and what
//! stands at the end of a post.

use reqwest::StatusCode;
use reqwest::header::LOCATION;
use rstest_reuse::apply;
use serde_json::{Value, json};

use crate::admin_client::AdminClient;
use crate::admin_media::{photograph, png};
use crate::harness::{TestApp, on_both_databases};

async fn text(app: &TestApp, path: &str) -> String {
    let page = app.get(path).await;
    assert_eq!(page.status(), StatusCode::OK, "{path}");
    page.text().await.unwrap()
}

/// The picture that a page gives for links to it.
fn preview(page: &str) -> &str {
    let (_, rest) = page
        .split_once("property=\"og:image\" content=\"")
        .unwrap_or_else(|| panic!("no og:image: {page}"));
    rest.split('"').next().unwrap()
}

fn count(page: &str, part: &str) -> usize {
    page.matches(part).count()
}

#[apply(on_both_databases)]
async fn a_post_has_the_first_picture_of_its_text_or_the_one_chosen(app: TestApp) {
    let owner = AdminClient::owner(&app).await;
    for (name, content) in [("gate.jpg", photograph()), ("yurt.png", png(9))] {
        let kept = owner.upload("/admin/media", &[], name, &content).await;
        assert_eq!(kept.status(), StatusCode::SEE_OTHER);
        let page = kept.headers()[LOCATION].to_str().unwrap().to_owned();
        owner.submit(&page, &[("alt-en", "Described")]).await;
    }
    let body = "Some words.\n\n![A gate](/media/gate.jpg)\n\n![x](https://else.example/x.png)";
    app.create_post("gate", "The gate", body).await;
    app.create_post("words", "Words alone", "No picture.").await;

    // Without a choice: the first of its text, which is not shown twice.
    for page in ["/en/", "/en/posts"] {
        let page = text(&app, page).await;
        assert_eq!(count(&page, "src=\"/media/gate.jpg\""), 1, "{page}");
        assert!(page.contains("/media/480/gate.jpg 480w"), "{page}");
    }
    let article = text(&app, "/en/posts/gate").await;
    assert_eq!(count(&article, "src=\"/media/gate.jpg\""), 1, "{article}");
    let large = format!("{}/media/1600/gate.jpg", app.url);
    assert!(
        [large, format!("{}/media/gate.jpg", app.url)].contains(&preview(&article).to_owned()),
        "{article}"
    );

    // Chosen: on cards and above the text.
    let chosen = app.api("PATCH", "/posts/gate");
    let chosen = chosen.json(&json!({ "picture": "yurt.png" })).send().await;
    let chosen: Value = chosen.unwrap().json().await.unwrap();
    assert_eq!(chosen["picture"], "yurt.png");
    let article = text(&app, "/en/posts/gate").await;
    assert_eq!(count(&article, "src=\"/media/yurt.png\""), 1, "{article}");
    assert!(
        article.find("yurt.png").unwrap() < article.find("class=\"prose\"").unwrap()
            && article.contains("alt=\"Described\""),
        "{article}"
    );
    assert_eq!(preview(&article), format!("{}/media/yurt.png", app.url));
    let home = text(&app, "/en/").await;
    assert!(home.contains("src=\"/media/yurt.png\""), "{home}");
    let feed: Value = app.get("/en/feed.json").await.json().await.unwrap();
    let item = |slug: &str| {
        let items = feed["items"].as_array().unwrap().iter();
        let mut found = items.filter(|one| one["url"].as_str().unwrap().ends_with(slug));
        found.next().unwrap()["image"].clone()
    };
    assert_eq!(item("/gate"), format!("{}/media/yurt.png", app.url));
    assert!(item("/words").is_null());
    let atom = text(&app, "/en/feed.atom").await;
    assert_eq!(count(&atom, "rel=\"enclosure\""), 1, "{atom}");
    assert!(atom.contains("type=\"image/png\""), "{atom}");

    // Taken away again; and one that is none.
    let none = app.api("PATCH", "/posts/gate");
    let none = none.json(&json!({ "picture": null })).send().await.unwrap();
    let none: Value = none.json().await.unwrap();
    assert!(none["picture"].is_null(), "{none}");
    for name in ["nowhere.png", "../gate.jpg"] {
        let wrong = app.api("PATCH", "/posts/gate");
        let wrong = wrong.json(&json!({ "picture": name })).send().await;
        assert_eq!(wrong.unwrap().status(), StatusCode::UNPROCESSABLE_ENTITY);
    }
}

#[apply(on_both_databases)]
async fn the_editor_chooses_a_picture_among_the_media(app: TestApp) {
    let owner = AdminClient::owner(&app).await;
    owner.upload("/admin/media", &[], "yurt.png", &png(9)).await;
    app.create_post("words", "Words alone", "No picture.").await;
    let found = owner.page("/admin/posts").await;
    let (_, path) = found.split_once("href=\"/admin/posts/").unwrap();
    let mut ids = found
        .split("href=\"/admin/posts/")
        .filter_map(|part| part.split('"').next()?.parse::<i64>().ok());
    let id = ids.next().unwrap_or_else(|| panic!("{path}"));
    let path = format!("/admin/posts/{id}");
    let editor = owner.page(&path).await;
    assert!(editor.contains("<option value=\"yurt.png\">"), "{editor}");
    let seen = editor.split("name=\"seen\" value=\"").nth(1).unwrap();
    let seen = seen.split('"').next().unwrap().to_owned();
    let form = |picture: &'static str| {
        vec![
            ("title_en", "Words alone"),
            ("body_en", "No picture."),
            ("category", "General"),
            ("author", "admin"),
            ("slug", "words"),
            ("language", "en"),
            ("picture", picture),
        ]
    };
    let mut wrong = form("nowhere.png");
    wrong.push(("seen", &seen));
    let refused = owner.refused(&path, &wrong, 422).await;
    assert!(
        refused.contains("id=\"picture-error\"") && refused.contains("value=\"nowhere.png\""),
        "{refused}"
    );
    let mut right = form("/media/yurt.png");
    right.push(("seen", &seen));
    let saved = owner.submit(&path, &right).await;
    assert!(saved.contains("value=\"yurt.png\""), "{saved}");
    let article = text(&app, "/en/posts/words").await;
    assert!(article.contains("src=\"/media/yurt.png\""), "{article}");
    let uses = app.api_get("/posts/words").await;
    assert_eq!(uses["picture"], "yurt.png");

    // A picture that is gone leaves the post without one.
    let media = app.api("DELETE", "/media/yurt.png").send().await.unwrap();
    assert!(media.status().is_success(), "{}", media.status());
    let article = text(&app, "/en/posts/words").await;
    assert!(!article.contains("yurt.png"), "{article}");
    assert_eq!(
        preview(&article),
        format!("{}/assets/img/share.png", app.url)
    );
}

#[apply(on_both_databases)]
async fn every_public_page_has_a_picture_for_links_and_an_icon(app: TestApp) {
    app.create_post("words", "Words alone", "No picture.").await;
    let pages = [
        "/en/",
        "/en/posts",
        "/en/posts/words",
        "/en/events",
        "/en/media",
        "/en/join",
    ];
    for page in pages {
        let shipped = format!("{}/assets/img/share.png", app.url);
        assert_eq!(preview(&text(&app, page).await), shipped, "{page}");
    }
    assert_eq!(
        app.get("/assets/img/share.png").await.headers()["content-type"],
        "image/png"
    );
    let icon = app.get("/favicon.ico").await;
    assert_eq!(icon.headers()["content-type"], "image/svg+xml");

    let mut site = jarshy::content::site::load(&app.cx).await.unwrap();
    let owner = AdminClient::owner(&app).await;
    owner.upload("/admin/media", &[], "logo.png", &png(9)).await;
    site.logo = Some("logo.png".to_owned());
    let by = jarshy::model::audit::Actor::System;
    jarshy::content::site::save(&app.cx, &by, &site)
        .await
        .unwrap();
    for page in pages {
        let page = text(&app, page).await;
        assert_eq!(preview(&page), format!("{}/media/logo.png", app.url));
        assert!(
            page.contains("rel=\"icon\" href=\"/media/logo.png\""),
            "{page}"
        );
    }
    let icon = app.get("/favicon.ico").await;
    assert_eq!(icon.status(), StatusCode::TEMPORARY_REDIRECT);
    assert_eq!(icon.headers()["location"], "/media/logo.png");
}

#[apply(on_both_databases)]
async fn a_post_ends_with_ways_to_share_it_and_the_join_form(app: TestApp) {
    app.create_post("words", "Tea & bread", "No picture.").await;
    let page = text(&app, "/en/posts/words").await;
    let (_, end) = page.split_once("class=\"post-foot\"").unwrap();
    for service in [
        "https://t.me/share/url?",
        "https://wa.me/?",
        "https://www.facebook.com/sharer/",
        "https://x.com/intent/post?",
    ] {
        let link = end.split(&format!("href=\"{service}")).nth(1);
        let link = link.unwrap_or_else(|| panic!("{service}: {end}"));
        let link = link.split("</a>").next().unwrap();
        assert!(
            link.contains("rel=\"external nofollow noopener noreferrer\""),
            "{link}"
        );
    }
    let address = format!("{}/en/posts/words", app.url);
    assert!(end.contains(&format!("data-copy=\"{address}\"")), "{end}");
    assert!(
        end.contains("action=\"/en/join\"") && end.contains("name=\"shown\""),
        "{end}"
    );
    // Nothing of theirs is loaded.
    let scripts = page.split("<script").skip(1);
    for script in scripts {
        let tag = script.split('>').next().unwrap();
        assert!(!tag.contains("src=\"http"), "{tag}");
    }
}
