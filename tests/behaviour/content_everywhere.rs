//! What readers see of a text, wherever they read it: both parts of a mail, the
//! site, feeds, the archive, the weekly digest.

use std::time::Duration;

use jarshy::campaign::{lifecycle, preflight, weekly_digest};
use jarshy::clock::Clock;
use jarshy::content::media::{self, Upload};
use jarshy::content::site::{self, Site};
use jarshy::context::Context;
use jarshy::model::CampaignId;
use jarshy::model::user::Role;
use reqwest::StatusCode;
use rstest_reuse::apply;
use serde_json::{Value, json};

use crate::harness::{Mail, TestApp, on_both_databases};

const TEXT_HTML: &str = include_str!("../corpus/mail/14-text-html.md");
const FOOTNOTES: &str = include_str!("../corpus/mail/15-footnotes.md");
const RELATIVE: &str = include_str!("../corpus/mail/16-relative.md");
const MJML_RELATIVE: &str = include_str!("../corpus/mail/11-mjml-relative.mjml");
const UNCLOSED: &str = include_str!("../corpus/mail/04-weekly-a-unclosed-comment.md");
const SECOND: &str = include_str!("../corpus/mail/04-weekly-b.md");
const OPEN_FENCE: &str = include_str!("../corpus/mail/06-weekly-a-open-fence.md");
const EDITED_TITLE: &str = include_str!("../corpus/mail/30-post-edited-title.txt");
const BIG: &str = include_str!("../corpus/mail/07-weekly-big.md");

impl TestApp {
    /// A campaign of a text of its own to the list, started; tells its number.
    async fn letter(&self, title: &str, body: &str, more: Value) -> i64 {
        let mut campaign = json!({ "subject": title, "lists": ["news"],
            "markdown": [{ "language": "en", "title": title, "body": body }] });
        let fields = campaign.as_object_mut().unwrap();
        fields.extend(more.as_object().unwrap().clone());
        let id = self.api_post("/campaigns", campaign).await["id"]
            .as_i64()
            .unwrap();
        self.api_post(&format!("/campaigns/{id}/start"), json!({}))
            .await;
        id
    }

    async fn letter_to(&self, email: &str, title: &str, body: &str) -> Mail {
        self.subscribe(email, "news").await;
        self.letter(title, body, json!({})).await;
        self.mail_to(email).await
    }

    async fn reads_weekly(&self, email: &str) {
        let reader = json!({ "email": email, "name": "Reader", "language": "en", "lists": ["news"],
            "status": "confirmed", "frequency": "weekly" });
        self.api_post("/subscribers", reader).await;
    }

    /// The digest of last week, once its reader has it.
    async fn weekly_digest(&self, email: &str) -> Mail {
        let week = Duration::from_secs(7 * 24 * 3600);
        let then = self.cx.clock.now().before(week);
        let past = Context {
            clock: Clock::manual(then),
            ..self.cx.clone()
        };
        let id = weekly_digest::make(&past)
            .await
            .unwrap()
            .expect("a digest")
            .0;
        self.campaign_in_state(id, "finished").await;
        self.mail_to(email).await
    }

    async fn page(&self, path: &str) -> String {
        let answer = self.get(path).await;
        assert_eq!(answer.status(), StatusCode::OK, "{path}");
        answer.text().await.unwrap()
    }

    async fn findings(&self, id: i64) -> Vec<String> {
        let campaign = lifecycle::by_id(&self.cx, CampaignId(id)).await.unwrap();
        let findings = preflight::check(&self.cx, &campaign).await.unwrap();
        findings.into_iter().map(|finding| finding.text).collect()
    }
}

#[apply(on_both_databases)]
async fn the_text_part_matches_the_html(app: TestApp) {
    let mail = app.letter_to("reader@example.kz", "Text", TEXT_HTML).await;
    let text = mail.text.replace("\r\n", "\n");
    for part in [
        "In a block with a link [1].",
        "Line one\nline two, an inline link [2],",
        "[a described picture]",
        "Price ~~100~~",
        "[1] https://example.org/html",
        "[2] https://example.org/inline",
    ] {
        assert!(text.contains(part), "{part}: {text}");
    }
    let mail = app.letter_to("second@example.kz", "Notes", FOOTNOTES).await;
    let text = mail.text.replace("\r\n", "\n");
    for part in [
        "Text.[^1] More.[^2]\n",
        "\n[^1] The first note, with a link [1].\n",
        "\n[^2] https://example.org/source\n",
        "[1] https://example.org/a\n",
    ] {
        assert!(text.contains(part), "{part}: {text}");
    }
    for (link, anchor) in [
        ("href=\"#text-fn-a\"", "id=\"text-fn-a\""),
        ("href=\"#text-fnref-a\"", "id=\"text-fnref-a\""),
    ] {
        assert!(
            mail.html.contains(link) && mail.html.contains(anchor),
            "{}",
            mail.html
        );
    }
    let nbsp = app
        .letter_to(
            "third@example.kz",
            "Spaces",
            "From here\n\nIt is 10\u{a0}000 km.\n\nFrom there",
        )
        .await;
    assert!(nbsp.text.contains("10\u{a0}000"), "{}", nbsp.text);
    assert!(!nbsp.raw.contains("\r\nFrom "), "{}", nbsp.raw);
    assert!(
        nbsp.text.contains("\nFrom there") || nbsp.text.contains("\r\nFrom there"),
        "{}",
        nbsp.text
    );
}

#[apply(on_both_databases)]
async fn links_resolve_alike_everywhere(app: TestApp) {
    let url = app.cx.config().public_url();
    let mail = app.letter_to("reader@example.kz", "Links", RELATIVE).await;
    for address in ["/events", "/about", "/?page=2", "/pictures/a.jpg"] {
        assert!(
            mail.html.contains(&format!("=\"{url}{address}\"")),
            "{address}: {}",
            mail.html
        );
    }
    let other = |path: &str| {
        format!(
            "{}://cdn.example.net/{path}",
            url.split(':').next().unwrap()
        )
    };
    assert!(
        mail.html.contains(&other("f.pdf")) && mail.html.contains(&other("c.png")),
        "{}",
        mail.html
    );
    assert!(
        mail.html.contains("href=\"#text-details\"") && mail.html.contains("id=\"text-details\"")
    );
    for address in [
        format!("{url}/events"),
        format!("{url}/about"),
        format!("{url}/?page=2"),
        other("f.pdf"),
    ] {
        assert!(
            mail.text.contains(&format!("] {address}\r\n"))
                || mail.text.contains(&format!("] {address}\n")),
            "{address}: {}",
            mail.text
        );
    }

    app.create_post("links", "Links", RELATIVE).await;
    let page = app.page("/posts/links").await;
    for part in [
        "href=\"/events\"",
        "href=\"/about\"",
        "href=\"/?page=2\"",
        "href=\"#text-details\"",
        "id=\"text-details\"",
        "src=\"/pictures/a.jpg\"",
    ] {
        assert!(page.contains(part), "{part}: {page}");
    }
    let feed = app.page("/feed.json").await;
    assert!(
        feed.contains(&format!("{url}/pictures/a.jpg")) && feed.contains(&other("c.png")),
        "{feed}"
    );

    let id = app
        .api_post(
            "/campaigns",
            json!({ "subject": "Design", "lists": ["news"],
        "mjml": [{ "language": "en", "title": "Design", "body": MJML_RELATIVE }] }),
        )
        .await["id"]
        .as_i64()
        .unwrap();
    app.api_post(&format!("/campaigns/{id}/start"), json!({}))
        .await;
    let mail = app.mails_to("reader@example.kz", 2).await.remove(0);
    assert!(
        mail.html.contains(&format!("src=\"{url}/media/wide.png\"")),
        "{}",
        mail.html
    );
    assert!(
        mail.html.contains(&format!("href=\"{url}/events\"")),
        "{}",
        mail.html
    );
}

#[apply(on_both_databases)]
async fn pictures_fit_the_email(app: TestApp) {
    let mut png = std::io::Cursor::new(Vec::new());
    let noise = |x: u32, y: u32| image::Rgb([(x * 7 + y * 13) as u8, (x ^ y) as u8, (x * y) as u8]);
    image::RgbImage::from_fn(1700, 850, noise)
        .write_to(&mut png, image::ImageFormat::Png)
        .unwrap();
    let upload = Upload {
        file_name: "wide.png".to_owned(),
        captions: Default::default(),
        is_shown: true,
        content: png.into_inner(),
    };
    media::keep(&app.cx, &jarshy::model::audit::Actor::CommandLine, upload)
        .await
        .unwrap();
    let mail = app
        .letter_to(
            "reader@example.kz",
            "Picture",
            "![The hall](/media/wide.png)",
        )
        .await;
    let (_, tag) = mail.html.split_once("<img src=").unwrap();
    let tag = tag.split('>').next().unwrap();
    let url = app.cx.config().public_url();
    assert!(
        tag.starts_with(&format!("\"{url}/media/1600/wide.png\"")),
        "{tag}"
    );
    for part in [
        "width=\"512\"",
        "height=\"256\"",
        "max-width: 100%",
        "height: auto",
    ] {
        assert!(
            tag.contains(part) || tag.contains(&part.replace(": ", ":")),
            "{part}: {tag}"
        );
    }
    assert!(mail.text.contains("[The hall]"), "{}", mail.text);
}

#[apply(on_both_databases)]
async fn one_campaign_cannot_break_the_weekly_digest(app: TestApp) {
    app.reads_weekly("w@example.kz").await;
    let private = json!({ "is_public": false });
    for (title, body) in [
        ("Open comment", UNCLOSED),
        ("Second letter", SECOND),
        ("Open fence", OPEN_FENCE),
        (
            "First notes",
            "One.[^a] [x]\n\n[^a]: Note of one.\n\n[x]: https://example.org/one",
        ),
        (
            "Second notes",
            "Two.[^a] [x]\n\n[^a]: Note of two.\n\n[x]: https://example.org/two",
        ),
        ("Third letter", SECOND),
    ] {
        let id = app.letter(title, body, private.clone()).await;
        app.campaign_in_state(id, "finished").await;
    }
    app.create_post("plain", "A plain title", "Words").await;
    let id = app
        .api_post(
            "/campaigns",
            json!({ "subject": "A plain title", "post": "plain",
        "lists": ["news"], "is_public": false }),
        )
        .await["id"]
        .as_i64()
        .unwrap();
    app.api_post(&format!("/campaigns/{id}/start"), json!({}))
        .await;
    app.campaign_in_state(id, "finished").await;
    let becomes = EDITED_TITLE
        .lines()
        .find_map(|line| line.split("becomes: ").nth(1))
        .unwrap();
    let title = json!({ "language": "en", "title": becomes });
    let changed = app
        .api("PATCH", "/posts/plain")
        .json(&title)
        .send()
        .await
        .unwrap();
    assert!(changed.status().is_success());

    let mail = app.weekly_digest("w@example.kz").await;
    for body in [&mail.text, &mail.html] {
        assert_eq!(
            body.matches("The second letter of the week.").count(),
            2,
            "{body}"
        );
        for part in [
            "Hello, all of you.",
            "Note of one.",
            "Note of two.",
            "https://example.org/one",
            "https://example.org/two",
            "Using {{ handlebars }} in templates",
        ] {
            assert!(body.contains(part), "{part}: {body}");
        }
    }
    let ids: Vec<&str> = mail
        .html
        .split(" id=\"")
        .skip(1)
        .filter_map(|rest| rest.split('"').next())
        .collect();
    let mut once = ids.clone();
    once.sort_unstable();
    once.dedup();
    assert_eq!(once.len(), ids.len(), "{ids:?}");
}

#[apply(on_both_databases)]
async fn a_long_weekly_digest_is_shortened_with_links(app: TestApp) {
    app.reads_weekly("w@example.kz").await;
    for number in 1..=5 {
        let id = app
            .letter(
                &format!("Letter {number}"),
                BIG,
                json!({ "is_public": false }),
            )
            .await;
        app.campaign_in_state(id, "finished").await;
    }
    let mail = app.weekly_digest("w@example.kz").await;
    assert!(mail.html.len() < 102 * 1024, "{} bytes", mail.html.len());
    for number in 1..=5 {
        assert!(mail.html.contains(&format!("Letter {number}")), "{number}");
    }
    let page = app.page(&mail.link("/letter/")).await;
    assert!(
        page.contains("A paragraph of a daily private letter"),
        "{page}"
    );
    assert_eq!(
        app.get("/letter/forged").await.status(),
        StatusCode::NOT_FOUND
    );
}

#[apply(on_both_databases)]
async fn each_language_has_its_own_subject_and_sender(app: TestApp) {
    for (language, title) in [("en", "The vote"), ("ru", "Выборы"), ("kk", "Сайлау")] {
        app.api_post(
            "/posts",
            json!({ "slug": "vote", "title": title, "summary": "S", "category": "General",
            "language": language, "body_markdown": "Text", "published": true }),
        )
        .await;
        app.api_post(
            "/subscribers",
            json!({ "email": format!("{language}@example.kz"), "language": language,
            "lists": ["news"], "status": "confirmed" }),
        )
        .await;
    }
    let id = app
        .api_post(
            "/campaigns",
            json!({ "subject": "News of the week", "post": "vote", "lists": ["news"],
        "subjects": { "ru": "Новости недели" }, "preheaders": { "ru": "Что было" },
        "from_names": { "ru": "Посольство" } }),
        )
        .await["id"]
        .as_i64()
        .unwrap();
    let shown = app.api_get(&format!("/campaigns/{id}")).await;
    assert_eq!(shown["subjects"], json!({ "ru": "Новости недели" }));
    assert_eq!(shown["from_names"]["ru"], "Посольство");
    let findings = app.findings(id).await;
    assert!(
        findings
            .iter()
            .any(|one| one.contains("Қазақша: there is no subject") && one.contains("Сайлау")),
        "{findings:?}"
    );
    assert!(
        !findings
            .iter()
            .any(|one| one.contains("Русский: there is no subject")),
        "{findings:?}"
    );

    let change = json!({ "subjects": { "kk": "Апта жаңалықтары", "en": "" }, "preheaders": { "ru": null, "kk": "Не болды" },
        "from_names": { "kk": "Елшілік" } });
    let changed: Value = app
        .api("PATCH", &format!("/campaigns/{id}"))
        .json(&change)
        .send()
        .await
        .unwrap()
        .json()
        .await
        .unwrap();
    assert_eq!(
        changed["subjects"],
        json!({ "ru": "Новости недели", "kk": "Апта жаңалықтары" }),
        "{changed}"
    );
    assert_eq!(changed["preheaders"], json!({ "kk": "Не болды" }));
    assert_eq!(
        changed["from_names"],
        json!({ "ru": "Посольство", "kk": "Елшілік" })
    );
    let long = json!({ "subjects": { "kk": "x".repeat(2_000) } });
    let refused = app
        .api("PATCH", &format!("/campaigns/{id}"))
        .json(&long)
        .send()
        .await
        .unwrap();
    assert_eq!(refused.status(), StatusCode::UNPROCESSABLE_ENTITY);
    let back = json!({ "subjects": { "kk": null }, "from_names": { "kk": null }, "preheaders": { "kk": "", "ru": "Что было" } });
    let changed: Value = app
        .api("PATCH", &format!("/campaigns/{id}"))
        .json(&back)
        .send()
        .await
        .unwrap()
        .json()
        .await
        .unwrap();
    assert_eq!(changed["subjects"], shown["subjects"]);
    assert_eq!(changed["preheaders"], shown["preheaders"]);

    let cookie = app.sign_in("editor@embassy.example", Role::Editor).await;
    let form = app
        .admin_page(&cookie, &format!("/admin/campaigns/{id}/edit"))
        .await
        .text()
        .await
        .unwrap();
    assert!(
        form.contains("value=\"Новости недели\"") && form.contains("value=\"Посольство\""),
        "{form}"
    );
    let fresh = app
        .admin_page(&cookie, "/admin/campaigns/new?post=vote")
        .await
        .text()
        .await
        .unwrap();
    assert!(
        fresh.contains("value=\"Сайлау\"") && fresh.contains("value=\"Выборы\""),
        "{fresh}"
    );

    app.api_post(&format!("/campaigns/{id}/start"), json!({}))
        .await;
    let english = app.mail_to("en@example.kz").await;
    assert_eq!(
        (
            english.subject.as_str(),
            english.header("Content-Language").as_deref()
        ),
        ("News of the week", Some("en"))
    );
    let russian = app.mail_to("ru@example.kz").await;
    assert_eq!(russian.subject, "Новости недели");
    assert!(russian.html.contains("Что было"), "{}", russian.html);
    let from = mail_parser::MessageParser::default()
        .parse(russian.raw.as_bytes())
        .unwrap();
    assert_eq!(
        from.from().unwrap().first().unwrap().name(),
        Some("Посольство")
    );
    assert_eq!(app.mail_to("kk@example.kz").await.subject, "Сайлау");

    let bad = app
        .api("POST", "/campaigns")
        .json(&json!({ "subject": "x", "post": "vote", "lists": ["news"],
        "subjects": { "ru": "a\r\nBcc: b@c.kz" } }))
        .send()
        .await
        .unwrap();
    assert_eq!(bad.status(), StatusCode::UNPROCESSABLE_ENTITY);
}

#[apply(on_both_databases)]
async fn texts_carry_their_language(app: TestApp) {
    app.api_post(
        "/subscribers",
        json!({ "email": "kk@example.kz", "language": "kk",
        "lists": ["news"], "status": "confirmed" }),
    )
    .await;
    app.letter("English alone", "Words", json!({})).await;
    let mail = app.mail_to("kk@example.kz").await;
    assert_eq!(mail.header("Content-Language").as_deref(), Some("en"));
}

#[apply(on_both_databases)]
async fn merge_tags_are_filled_in_for_visitors(app: TestApp) {
    app.subscribe("reader@example.kz", "news").await;
    let body = "Hello {{ name }}! In {{ attributes.city | default(\"your city\") }}: {% if name %}named{% else %}unnamed{% endif %}.";
    app.create_post("tags", "For {{ name }}", body).await;
    app.create_post("about", "About templates", "Write `{{ user.name }}` there.")
        .await;
    let id = app
        .create_campaign("tags", "Hello {{ name }}!", "news")
        .await;
    app.api_post(&format!("/campaigns/{id}/start"), json!({}))
        .await;
    assert!(
        app.mail_to("reader@example.kz")
            .await
            .text
            .contains("Hello Reader!")
    );
    for path in [
        "/posts/tags",
        "/posts",
        "/",
        "/feed.atom",
        "/feed.json",
        &format!("/archive/{id}"),
        &format!("/archive/{id}/letter"),
        "/archive",
    ] {
        let page = app.page(path).await;
        assert!(
            !page.contains("{{ name") && !page.contains("Hello !") && !page.contains("{% if"),
            "{path}: {page}"
        );
    }
    let page = app.page("/posts/tags").await;
    assert!(
        page.contains("Hello reader! In your city: unnamed."),
        "{page}"
    );
    assert!(
        app.page(&format!("/archive/{id}/letter"))
            .await
            .contains("Hello reader!")
    );
    assert!(app.page("/posts/about").await.contains("{{ user.name }}"));
}

#[apply(on_both_databases)]
async fn test_emails_are_marked(app: TestApp) {
    app.create_post("vote", "The vote", "Text").await;
    let id = app.create_campaign("vote", "The vote", "news").await;
    app.api_post(
        &format!("/campaigns/{id}/test"),
        json!({ "email": "me@example.kz", "language": "kk" }),
    )
    .await;
    let mail = app.mail_to("me@example.kz").await;
    assert_eq!(mail.subject, "[Test] The vote");
    assert_eq!(
        mail.header("Content-Language").as_deref(),
        Some("en"),
        "the text is in English"
    );
    assert!(
        mail.header("List-Id")
            .unwrap()
            .contains("<news.embassy.example>")
    );
    assert!(
        mail.header("List-Unsubscribe")
            .unwrap()
            .contains("/unsubscribe/")
    );
    assert_eq!(
        mail.header("List-Unsubscribe-Post").as_deref(),
        Some("List-Unsubscribe=One-Click")
    );
}

#[apply(on_both_databases)]
async fn emails_use_the_sites_colour_and_logo(app: TestApp) {
    let mut png = std::io::Cursor::new(Vec::new());
    image::RgbImage::new(200, 100)
        .write_to(&mut png, image::ImageFormat::Png)
        .unwrap();
    let upload = Upload {
        file_name: "emblem.png".to_owned(),
        captions: Default::default(),
        is_shown: true,
        content: png.into_inner(),
    };
    media::keep(&app.cx, &jarshy::model::audit::Actor::CommandLine, upload)
        .await
        .unwrap();
    let brand = Site {
        logo: Some("emblem.png".to_owned()),
        name: [
            ("en".to_owned(), "Embassy".to_owned()),
            ("ru".to_owned(), "Посольство".to_owned()),
        ]
        .into(),
        accent: Some("#8a1538".parse().unwrap()),
        postal_address: "1 Main Street\nAstana".to_owned(),
        ..Site::default()
    };
    site::save(&app.cx, &jarshy::model::audit::Actor::System, &brand)
        .await
        .unwrap();
    let letter = app
        .letter_to("reader@example.kz", "Looks", "Words with [a link](/x).")
        .await;
    app.join("new@example.kz").await;
    let confirmation = app.mail_to("new@example.kz").await;
    app.api_post(
        "/transactional",
        json!({ "to": "buyer@example.kz", "subject": "Ваш билет", "language": "ru",
        "body_markdown": "Вот [билет](/t)." }),
    )
    .await;
    let ticket = app.mail_to("buyer@example.kz").await;
    for mail in [&letter, &confirmation, &ticket] {
        assert!(mail.html.contains("#8a1538"), "{}", mail.html);
        let logo = format!(
            "src=\"{}/media/emblem.png\" width=\"80\" height=\"40\"",
            app.cx.config().public_url()
        );
        assert!(mail.html.contains(&logo), "{}", mail.html);
        for body in [&mail.html, &mail.text] {
            assert!(
                body.contains("1 Main Street") && body.contains("Astana"),
                "{body}"
            );
        }
    }
    assert!(
        ticket.html.contains("Посольство") && ticket.text.contains("Ссылки"),
        "{}",
        ticket.text
    );
    assert!(!letter.html.contains("#00607a"), "{}", letter.html);
}

#[apply(on_both_databases)]
async fn custom_layouts_use_the_sites_colour_and_logo(app: TestApp) {
    let brand = Site {
        accent: Some("#8a1538".parse().unwrap()),
        postal_address: "1 Main Street & Co\nAstana".to_owned(),
        ..Site::default()
    };
    site::save(&app.cx, &jarshy::model::audit::Actor::System, &brand)
        .await
        .unwrap();
    let shipped = app.api_get("/layouts/letter").await["mjml"]
        .as_str()
        .unwrap()
        .to_owned();
    let own = "<mjml><mj-body><mj-section><mj-column><mj-text>{{ body }}{% for link in footer_links %}<a href=\"{{ link.url }}\">x</a>{% endfor %}</mj-text></mj-column></mj-section></mj-body></mjml>";
    for (name, mjml) in [
        ("letter", shipped.replace("#eef3f5", "#e0e0e0")),
        ("copy", shipped.clone()),
        ("own", own.to_owned()),
    ] {
        let saved = app
            .api("PUT", &format!("/layouts/{name}"))
            .json(&json!({ "mjml": mjml }))
            .send()
            .await
            .unwrap();
        assert!(
            saved.status().is_success(),
            "{name}: {}",
            saved.text().await.unwrap()
        );
    }
    app.subscribe("reader@example.kz", "news").await;
    for layout in ["letter", "copy"] {
        let id = app
            .letter(
                layout,
                "Words with [a link](/x).",
                json!({ "layout": layout }),
            )
            .await;
        let mail = app.mail_about("reader@example.kz", layout).await;
        assert!(
            mail.html.contains("#8a1538") && !mail.html.contains("#00607a"),
            "{}",
            mail.html
        );
        assert!(
            mail.html.contains("1 Main Street &amp; Co")
                && mail.text.contains("1 Main Street & Co"),
            "{}",
            mail.html
        );
        assert_eq!(mail.html.contains("#e0e0e0"), layout == "letter");
        assert!(
            !app.findings(id)
                .await
                .iter()
                .any(|one| one.contains("postal address"))
        );
    }
    let draft = json!({ "subject": "Own", "lists": ["news"], "layout": "own",
        "markdown": [{ "language": "en", "title": "Own", "body": "Words" }] });
    let id = app.api_post("/campaigns", draft).await["id"]
        .as_i64()
        .unwrap();
    assert!(
        app.findings(id)
            .await
            .iter()
            .any(|one| one.contains("postal address"))
    );
}

#[apply(on_both_databases)]
async fn one_item_cannot_stop_a_digest(app: TestApp) {
    app.subscribe("reader@example.kz", "news").await;
    app.create_post("templates", "Using {{ handlebars }} in templates", "Words")
        .await;
    app.create_post("plain", "A plain title", "Words").await;
    let digest = json!({ "subject": "News", "lists": ["news"], "digest": { "posts": ["templates", "plain"] } });
    let id = app.api_post("/campaigns", digest).await["id"]
        .as_i64()
        .unwrap();
    app.api_post(&format!("/campaigns/{id}/start"), json!({}))
        .await;
    let mail = app.mail_to("reader@example.kz").await;
    for body in [&mail.text, &mail.html] {
        assert!(
            body.contains("Using {{ handlebars }} in templates") && body.contains("A plain title"),
            "{body}"
        );
    }
    assert_eq!(
        mail.text.matches("Links\r\n").count() + mail.text.matches("Links\n").count(),
        1,
        "{}",
        mail.text
    );
}

#[apply(on_both_databases)]
async fn an_mjml_campaign_gets_its_preheader(app: TestApp) {
    app.subscribe("reader@example.kz", "news").await;
    let html = "<p>Words</p><a href=\"{{ unsubscribe_url }}\">Leave</a>";
    let design = json!({ "subject": "Own", "lists": ["news"], "preheaders": { "en": "First & last" },
        "html": [{ "language": "en", "title": "Own", "body": html }] });
    let id = app.api_post("/campaigns", design).await["id"]
        .as_i64()
        .unwrap();
    let cookie = app.sign_in("editor@embassy.example", Role::Editor).await;
    let form = app
        .admin_page(&cookie, &format!("/admin/campaigns/{id}/edit"))
        .await
        .text()
        .await
        .unwrap();
    assert!(
        form.contains("value=\"First &#38; last\"") || form.contains("value=\"First &amp; last\""),
        "{form}"
    );
    app.api_post(&format!("/campaigns/{id}/start"), json!({}))
        .await;
    let mail = app.mail_to("reader@example.kz").await;
    assert!(
        mail.html.contains("First &amp; last</div>"),
        "{}",
        mail.html
    );
    assert!(mail.text.starts_with("Words"), "{}", mail.text);
}

#[apply(on_both_databases)]
async fn stored_control_characters_are_removed_when_sent(app: TestApp) {
    app.create_post("old", "Old", "first").await;
    app.raw(
        "UPDATE post_variants SET body_markdown = $1",
        "first\u{b}second \u{1}third",
    )
    .await;
    app.raw("UPDATE post_variants SET summary = $1", "A\u{8} summary")
        .await;
    app.api_post(
        "/subscribers",
        json!({ "email": "reader@example.kz", "name": "R", "lists": ["news"],
        "status": "confirmed" }),
    )
    .await;
    let id = app.create_campaign("old", "Old", "news").await;
    app.api_post(&format!("/campaigns/{id}/start"), json!({}))
        .await;
    let mail = app.mail_to("reader@example.kz").await;
    for body in [&mail.text, &mail.html] {
        assert!(
            body.contains("second third") && body.contains("A summary"),
            "{body}"
        );
        assert!(
            !body.contains(|c: char| c.is_control() && !matches!(c, '\n' | '\r' | '\t')),
            "{body:?}"
        );
    }
}

#[test]
fn every_text_of_the_corpus_is_in_a_test() {
    let sources: String = ["tests", "tests/behaviour"]
        .iter()
        .flat_map(|folder| std::fs::read_dir(folder).unwrap())
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "rs"))
        .map(|path| std::fs::read_to_string(path).unwrap())
        .collect();
    let mut texts = 0;
    for entry in std::fs::read_dir("tests/corpus/mail").unwrap() {
        let name = entry.unwrap().file_name().into_string().unwrap();
        assert!(
            sources.contains(&format!("{name}\"")),
            "{name} is in no test"
        );
        texts += 1;
    }
    assert!(texts > 25, "{texts}");
}
