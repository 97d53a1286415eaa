//! Previews of emails: as whom, in light and dark, their header, their line in an inbox, their
//! size, what mail programs do not show; and tests to several addresses.

use jarshy::account::{self, list_access};
use jarshy::model::audit::Actor;
use jarshy::model::list::ListSlug;
use jarshy::model::user::{Role, Scope};
use reqwest::StatusCode;
use rstest_reuse::apply;
use serde_json::{Value, json};

use crate::admin_client::AdminClient;
use crate::harness::{TestApp, on_both_databases};

const BODY: &str = "Dear {{ name | default(\"reader\") }} of {{ attributes.city | default(\"?\") }}, \
    {{ email }}\n\n{% if attributes.city == \"Almaty\" %}\n\nSee you on Saturday.\n\n{% endif %}";

async fn subscriber(app: &TestApp, email: &str, name: &str, city: &str, list: &str) {
    let body = json!({ "email": email, "name": name, "attributes": { "city": city },
        "lists": [list], "status": "confirmed" });
    app.api_post("/subscribers", body).await;
}

async fn people(app: &TestApp) {
    subscriber(app, "aigul@example.kz", "Aigul Nurlan", "Almaty", "news").await;
    subscriber(app, "aidar@example.kz", "Aidar Nurlan", "Astana", "news").await;
}

#[apply(on_both_databases)]
async fn a_campaign_is_shown_as_a_subscriber_gets_it(app: TestApp) {
    people(&app).await;
    app.create_post("p", "A post", BODY).await;
    let id = app
        .create_campaign("p", "For {{ name | default(\"you\") }}", "news")
        .await;
    let preview = |query: &str| format!("/campaigns/{id}/preview?language=en{query}");

    let nobody = app.api_get(&preview("")).await;
    assert!(
        nobody["text"]
            .as_str()
            .unwrap()
            .contains("Dear reader of ?"),
        "{nobody}"
    );
    for who in ["aigul@example.kz", "AIGUL@example.kz", "Aigul"] {
        let shown = app.api_get(&preview(&format!("&as={who}"))).await;
        let text = shown["text"].as_str().unwrap();
        assert_eq!(shown["subject"], "For Aigul Nurlan");
        assert!(
            text.contains("Dear Aigul Nurlan of Almaty, aigul@example.kz"),
            "{text}"
        );
        assert!(text.contains("See you on Saturday"), "{text}");
        let header = shown["header"].as_str().unwrap();
        assert!(
            header.contains("Aigul Nurlan") && header.contains("<aigul@example.kz>"),
            "{header}"
        );
        assert!(header.contains("List-Unsubscribe-Post:"), "{header}");
        assert_eq!(shown["inbox"]["subject"], "For Aigul Nurlan");
    }
    for (who, said) in [
        ("nobody@example.kz", "no subscriber is called"),
        ("Nurlan", "several subscribers match: "),
    ] {
        let answer = app
            .api("GET", &preview(&format!("&as={who}")))
            .send()
            .await
            .unwrap();
        assert_eq!(answer.status(), StatusCode::UNPROCESSABLE_ENTITY);
        let said_so = answer.text().await.unwrap();
        assert!(
            said_so.contains(said) && !said_so.contains("Almaty"),
            "{said_so}"
        );
    }

    let owner = AdminClient::owner(&app).await;
    let page = owner
        .page(&format!("/admin/campaigns/{id}?view=text&preview_as=aigul"))
        .await;
    assert!(page.contains("Dear Aigul Nurlan of Almaty"), "{page}");
    assert!(page.contains("id=\"email-report\""), "{page}");
    let frame =
        format!("/admin/campaigns/{id}/mail?language=en&view=dark&preview_as=aidar%40example.kz");
    let frame = owner.page(&frame).await;
    assert!(
        frame.contains("of Astana") && frame.contains("color-scheme:dark"),
        "{frame}"
    );
    assert!(!frame.contains("See you on Saturday") && !frame.contains("prefers-color-scheme"));
    let several = owner
        .page(&format!("/admin/campaigns/{id}?preview_as=Nurlan"))
        .await;
    assert!(several.contains("Several subscribers match"), "{several}");
    let none = owner
        .page(&format!("/admin/campaigns/{id}?preview_as=zzz"))
        .await;
    assert!(none.contains("No subscriber matches “zzz”"), "{none}");
}

#[apply(on_both_databases)]
async fn nobody_is_shown_whom_the_user_may_not_see(app: TestApp) {
    for slug in ["press", "culture"] {
        app.create_list(slug, "single").await;
    }
    subscriber(&app, "seen@press.example", "Seen", "Almaty", "press").await;
    subscriber(
        &app,
        "hidden@culture.example",
        "Hidden",
        "Astana",
        "culture",
    )
    .await;
    app.create_post("p", "A post", BODY).await;
    let id = app.create_campaign("p", "S", "press").await;
    let email = "press.editor@embassy.example";
    let editor = AdminClient::sign_in(&app, email, Role::Editor).await;
    let all = account::users::all(&app.cx).await.unwrap();
    let user = all
        .iter()
        .find(|one| one.email.as_str() == email)
        .unwrap()
        .id;
    let press: Vec<ListSlug> = vec!["press".parse().unwrap()];
    list_access::set(&app.cx, &Actor::CommandLine, user, Some(press.as_slice()))
        .await
        .unwrap();

    for hidden in ["hidden@culture.example", "Hidden", "nobody"] {
        let page = editor
            .page(&format!(
                "/admin/campaigns/{id}?view=text&preview_as={hidden}"
            ))
            .await;
        assert!(
            page.contains(&format!("No subscriber matches “{hidden}”")),
            "{page}"
        );
        assert!(!page.contains("Astana"), "{page}");
        let test = [("test_to", "t@example.kz"), ("test_as", hidden)];
        let page = editor
            .refused(&format!("/admin/campaigns/{id}/test"), &test, 422)
            .await;
        assert!(page.contains("No subscriber matches"), "{page}");
        let form = post_form(&[("preview_as", hidden)]);
        let frame = editor
            .post("/admin/posts/preview", &form)
            .await
            .text()
            .await
            .unwrap();
        assert!(
            frame.contains("No subscriber matches") && !frame.contains("Astana"),
            "{frame}"
        );
    }
    let seen = editor
        .page(&format!("/admin/campaigns/{id}?view=text&preview_as=Seen"))
        .await;
    assert!(seen.contains("Dear Seen of Almaty"), "{seen}");
    app.quiet().await;
    assert!(app.mails_now("t@example.kz").is_empty());

    // A token for campaigns alone reads nobody's data.
    let by = email.parse().unwrap();
    let scope: Scope = "campaigns".parse().unwrap();
    let token = account::add_token(&app.cx, &by, scope, None)
        .await
        .unwrap()
        .unwrap();
    let url = format!("{}/api/v1/campaigns/{id}/preview?as=Seen", app.url);
    let answer = app
        .client
        .get(url)
        .bearer_auth(token.reveal())
        .send()
        .await
        .unwrap();
    assert_eq!(answer.status(), StatusCode::FORBIDDEN);
}

fn post_form<'a>(more: &[(&'a str, &'a str)]) -> Vec<(&'a str, &'a str)> {
    let mut form = vec![
        ("slug", "a-letter"),
        ("category", "News"),
        ("author", "Embassy"),
        ("language", "en"),
        ("title_en", "A letter"),
        (
            "summary_en",
            "What is in it, in one line that is long enough",
        ),
        ("body_en", BODY),
    ];
    form.extend_from_slice(more);
    form
}

#[apply(on_both_databases)]
async fn every_editor_shows_an_email_in_each_way(app: TestApp) {
    people(&app).await;
    let owner = AdminClient::owner(&app).await;
    let campaign = [
        ("kind", "markdown"),
        ("subject", "News"),
        ("language", "en"),
        ("title_en", "News"),
        ("body_en", BODY),
        ("lists", "news"),
        ("layout", "letter"),
        ("preview_as", "aigul@example.kz"),
    ];
    let welcome = [
        ("language", "en"),
        ("subject_en", "Hello {{ name }}"),
        ("body_en", BODY),
        ("preview_as", "aigul@example.kz"),
    ];
    let template = [
        ("language", "en"),
        ("subject", "Order"),
        ("body", "For {{ email }}"),
        ("sample", "{}"),
        ("preview_as", "aigul@example.kz"),
    ];
    let mjml = include_str!("../../templates/mail/letter.mjml");
    let layout = [("mjml", mjml), ("preview_as", "aigul@example.kz")];
    app.create_post("p", "A post", BODY).await;
    type Fields<'a> = Vec<(&'a str, &'a str)>;
    let forms: [(&str, Fields<'_>, &str); 5] = [
        (
            "/admin/posts/preview",
            post_form(&[("preview_as", "aigul")]),
            "of Almaty",
        ),
        ("/admin/campaigns/preview", campaign.to_vec(), "of Almaty"),
        (
            "/admin/lists/news/welcome/preview",
            welcome.to_vec(),
            "of Almaty",
        ),
        (
            "/admin/email-templates/preview",
            template.to_vec(),
            "aigul@example.kz",
        ),
        (
            "/admin/layouts/letter/preview",
            layout.to_vec(),
            "of Almaty",
        ),
    ];
    for (path, form, filled) in forms {
        let part = async |part: &str| {
            let answer = owner.post(&format!("{path}?part={part}"), &form).await;
            assert_eq!(answer.status(), StatusCode::OK, "{path} {part}");
            answer.text().await.unwrap()
        };
        let text = part("text").await;
        assert!(text.contains(filled), "{path}: {text}");
        let (light, dark) = (part("html").await, part("dark").await);
        assert!(
            light.contains("color-scheme:light only") && light.contains(filled),
            "{path}"
        );
        assert!(
            dark.contains("color-scheme:dark only") && dark.contains(filled),
            "{path}"
        );
        let header = part("header").await;
        assert!(
            header.contains("aigul@example.kz") && header.contains("\nSubject: "),
            "{header}"
        );
        let report = part("report").await;
        assert!(
            report.contains("id=\"email-report\"") && report.contains("of what Gmail shows"),
            "{report}"
        );
        assert!(
            report.contains("No problem found in Outlook"),
            "{path}: {report}"
        );
    }
}

#[apply(on_both_databases)]
async fn an_inbox_and_the_size_are_shown_with_what_to_mind(app: TestApp) {
    let inbox = async |subject: &str, preheader: &str| {
        let post = json!({ "subject": subject, "lists": ["news"],
            "markdown": [{ "language": "en", "title": "Headline", "preheader": preheader,
                "body": "The first words of the email.\n\n![x](https://elsewhere.example/x.png)" }] });
        let id = app.api_post("/campaigns", post).await["id"].clone();
        app.api_get(&format!("/campaigns/{id}/preview?language=en"))
            .await
    };
    let long = "A subject that is much longer than what any phone shows of it";
    let none = inbox(long, "").await;
    assert_eq!(
        none["inbox"]["warnings"],
        json!(["subject_cut", "no_preheader"]),
        "{none}"
    );
    assert_eq!(
        none["inbox"]["subject"],
        "A subject that is much longer than what…"
    );
    let preview = none["inbox"]["preview"].as_str().unwrap();
    assert!(preview.contains("Headline"), "{preview}");
    assert_eq!(
        none["size"]["pictures"],
        json!({ "count": 1, "bytes": 0, "elsewhere": 1 })
    );
    let size = |name: &str| none["size"][name].as_u64().unwrap();
    assert_eq!(size("html"), none["html"].as_str().unwrap().len() as u64);
    assert!(size("message") > size("html") && size("text") > 20);

    let same = inbox("Spring news", "Spring news!").await;
    assert_eq!(
        same["inbox"]["warnings"],
        json!(["preheader_repeats_subject"])
    );
    let good = inbox(
        "Spring news",
        "What the embassy does in April, and how to join",
    )
    .await;
    assert_eq!(good["inbox"]["warnings"], json!([]));
    let preview = good["inbox"]["preview"].as_str().unwrap();
    assert!(
        preview.starts_with("What the embassy does in April"),
        "{preview}"
    );
}

/// The examples of the manual, each block once.
fn every_block() -> String {
    let manual = include_str!("../../docs/blocks.md");
    let parts = manual.split("\n```\n").enumerate();
    let blocks: Vec<&str> = parts
        .filter(|(at, _)| at % 2 == 1)
        .map(|(_, text)| text)
        .collect();
    assert!(blocks.len() > 8);
    blocks.join("\n\n")
}

#[apply(on_both_databases)]
async fn shipped_layouts_and_blocks_cause_no_warning(app: TestApp) {
    let everything = format!(
        "# One\n\n{}\n\n| a | b |\n| - | -: |\n| 1 | 2 |\n\n> said\n\n- [x] done\n\n```\ncode\n```\n\nnote[^1]\n\n[^1]: note",
        every_block()
    );
    app.create_post("p", "A post", &everything).await;
    let layouts = app.api_get("/layouts").await["items"].clone();
    let mut names: Vec<&str> = layouts
        .as_array()
        .unwrap()
        .iter()
        .filter_map(|one| one["name"].as_str())
        .collect();
    names.retain(|name| *name != "transactional");
    assert!(
        names.contains(&"letter") && names.contains(&"digest"),
        "{names:?}"
    );
    for name in names {
        let body = json!({ "subject": "S", "post": "p", "lists": ["news"], "layout": name });
        let id = app.api_post("/campaigns", body).await["id"].clone();
        let shown = app
            .api_get(&format!("/campaigns/{id}/preview?language=en"))
            .await;
        assert_eq!(shown["unsupported"], json!([]), "{name}");
    }
}

#[apply(on_both_databases)]
async fn what_mail_programs_do_not_show_is_named_with_its_line(app: TestApp) {
    let html = "<html><head><style>.menu { display: flex }</style></head><body>\n\
        <div class=\"menu\">Our menu</div>\n<video src=\"https://a.example/f.mp4\">A film</video>\n\
        <p><a href=\"{{ unsubscribe_url }}\">leave</a></p></body></html>";
    let body = json!({ "subject": "S", "lists": ["news"],
        "html": [{ "language": "en", "title": "T", "preheader": "", "body": html }] });
    let id = app.api_post("/campaigns", body).await["id"].clone();
    let shown = app
        .api_get(&format!("/campaigns/{id}/preview?language=en"))
        .await;
    let flex = &shown["unsupported"][0];
    assert_eq!(flex["feature"], "display:flex", "{shown}");
    assert_eq!(flex["clients"], json!(["outlook_windows"]));
    assert_eq!(
        (&flex["line"], &flex["near"]),
        (&json!(1), &json!("Our menu A film leave"))
    );
    let owner = AdminClient::owner(&app).await;
    let page = owner.page(&format!("/admin/campaigns/{id}")).await;
    assert!(
        page.contains("Outlook on Windows will not show display:flex."),
        "{page}"
    );
    assert!(
        page.contains("https://www.caniemail.com/features/css-display-flex/"),
        "{page}"
    );
}

#[apply(on_both_databases)]
async fn a_test_goes_to_several_addresses_as_a_subscriber_and_changes_nothing_for_them(
    app: TestApp,
) {
    people(&app).await;
    app.create_post("p", "A post", BODY).await;
    let id = app.create_campaign("p", "S", "news").await;
    let path = format!("/campaigns/{id}/test");
    let body = json!({ "emails": ["t@example.kz", "u@example.kz"], "email": "v@example.kz",
        "as": "aigul@example.kz" });
    let answer = app.api("POST", &path).json(&body).send().await.unwrap();
    assert_eq!(answer.status(), StatusCode::ACCEPTED);
    let answer: Value = answer.json().await.unwrap();
    assert_eq!(
        answer["emails"],
        json!(["v@example.kz", "t@example.kz", "u@example.kz"])
    );
    for to in ["t@example.kz", "u@example.kz", "v@example.kz"] {
        let mail = app.mail_to(to).await;
        assert!(mail.subject.starts_with("[Test] "), "{}", mail.subject);
        assert!(
            mail.text.contains("Dear Aigul Nurlan of Almaty"),
            "{}",
            mail.text
        );
        // The link of a test is nobody's.
        let leave = mail.link("/unsubscribe/");
        let _ = app.post(&leave, &[("List-Unsubscribe", "One-Click")]).await;
    }
    app.quiet().await;
    let state = app.subscription("aigul@example.kz", "news").await;
    assert_eq!(state.as_deref(), Some("confirmed"));
    assert!(app.mails_now("aigul@example.kz").is_empty());

    let many: Vec<String> = (0..11).map(|n| format!("t{n}@example.kz")).collect();
    for (body, said) in [
        (json!({}), "at least one address"),
        (json!({ "emails": many }), "at most 10 addresses"),
        (json!({ "emails": ["nobody"] }), "not an email address"),
        (
            json!({ "email": "t@example.kz", "as": "zzz" }),
            "no subscriber is called",
        ),
    ] {
        let answer = app.api("POST", &path).json(&body).send().await.unwrap();
        assert_eq!(answer.status(), StatusCode::UNPROCESSABLE_ENTITY, "{body}");
        assert!(answer.text().await.unwrap().contains(said), "{body}");
    }
}

#[apply(on_both_databases)]
async fn tests_are_sent_from_every_editor(app: TestApp) {
    people(&app).await;
    let owner = AdminClient::owner(&app).await;
    let order = [
        ("action", "test"),
        ("test_to", "t@example.kz; u@example.kz"),
        ("preview_as", "aigul@example.kz"),
    ];
    let mut sent = 0;
    let mut arrives = async |said: &str| {
        sent += 1;
        for to in ["t@example.kz", "u@example.kz"] {
            let mails = app.mails_to(to, sent).await;
            let has = mails.iter().any(|mail| mail.text.contains(said));
            assert!(has, "{said} to {to}");
        }
    };
    let page = owner.submit("/admin/posts", &post_form(&order)).await;
    assert!(page.contains("t@example.kz, u@example.kz"), "{page}");
    arrives("Dear Aigul Nurlan of Almaty").await;

    let mut welcome = vec![
        ("sends_welcome", "yes"),
        ("language", "en"),
        ("subject_en", "Hello"),
        ("body_en", "Welcome, {{ name }}, to the list."),
    ];
    welcome.extend_from_slice(&order);
    owner.submit("/admin/lists/news/welcome", &welcome).await;
    arrives("Welcome, Aigul Nurlan, to the list.").await;

    let mut template = vec![
        ("name", "order"),
        ("language", "en"),
        ("subject", "Order"),
        ("body", "Your order, {{ email }}, left."),
        ("sample", "{}"),
    ];
    template.extend_from_slice(&order);
    owner.submit("/admin/email-templates", &template).await;
    arrives("Your order, aigul@example.kz, left.").await;

    app.create_post("newest", "The newest", "Newest of all for {{ name }}.")
        .await;
    let mut layout = vec![("mjml", include_str!("../../templates/mail/letter.mjml"))];
    layout.extend_from_slice(&order);
    owner.submit("/admin/layouts/letter", &layout).await;
    arrives("Newest of all for Aigul Nurlan.").await;

    let log = owner.page("/admin/audit?action=email.test").await;
    assert_eq!(log.matches("<code>email.test</code>").count(), 4, "{log}");

    // What cannot be sent is saved, and says so.
    let wrong = [("action", "test"), ("test_to", "nobody")];
    let mut form = post_form(&wrong);
    form[0] = ("slug", "another-letter");
    let page = owner.submit("/admin/posts", &form).await;
    assert!(page.contains("is not an email address"), "{page}");
}

#[apply(on_both_databases)]
async fn what_mail_programs_do_not_show_is_said_on_its_block_and_before_sending(app: TestApp) {
    let text = "Good day.\n\n![Menu](https://a.example/menu.webp)\n\nGoodbye, [Name, position].\n";
    let body = json!({ "subject": "S", "lists": ["news"],
        "markdown": [{ "language": "en", "title": "T", "preheader": "P", "body": text }] });
    let id = app.api_post("/campaigns", body).await["id"].clone();
    let shown = app
        .api_get(&format!("/campaigns/{id}/preview?language=en"))
        .await;
    let webp = &shown["unsupported"][0];
    assert_eq!(
        (&webp["feature"], &webp["block"]),
        (&json!(".webp"), &json!(1)),
        "{shown}"
    );
    let checked = app
        .api_get(&format!("/campaigns/{id}/preflight"))
        .await
        .to_string();
    assert!(
        checked.contains("will not show .webp in block 2;"),
        "{checked}"
    );
    assert!(
        checked.contains("English: the gap “[Name, position]” of the template was not filled in"),
        "{checked}"
    );
    let owner = AdminClient::owner(&app).await;
    let page = owner.page(&format!("/admin/campaigns/{id}")).await;
    assert!(
        page.contains("data-block=\"1\"") && page.contains("block 2"),
        "{page}"
    );
}
