//! Several people at one text: versions are merged block by block, a person chooses where both
//! changed the same, any two versions can be compared, and an older one restored.

use jarshy::model::user::Role;
use reqwest::StatusCode;
use rstest_reuse::apply;
use serde_json::{Value, json};

use crate::admin_client::AdminClient;
use crate::harness::{TestApp, on_both_databases};

const POST: &str = "/admin/posts/1";

const BODY: &str = "First one.\n\nSecond one.\n\nThird one.\n";

struct Two {
    aigerim: AdminClient,
    daulet: AdminClient,
}

async fn two(app: &TestApp) -> Two {
    Two {
        aigerim: AdminClient::sign_in(app, "aigerim@embassy.example", Role::Editor).await,
        daulet: AdminClient::sign_in(app, "daulet@embassy.example", Role::Editor).await,
    }
}

fn seen(page: &str) -> String {
    let (_, rest) = page.split_once("name=\"seen\" value=\"").unwrap();
    rest.split_once('"').unwrap().0.to_owned()
}

/// The form of the post with another title and text.
fn post<'a>(seen: &'a str, title: &'a str, body: &'a str) -> Vec<(&'a str, &'a str)> {
    vec![
        ("title_en", title),
        ("summary_en", "What happened."),
        ("category", "General"),
        ("author", "admin"),
        ("slug", "spring"),
        ("body_en", body),
        ("language", "en"),
        ("seen", seen),
        ("action", "save"),
    ]
}

/// The names of the questions of a page, in their order.
fn questions(page: &str) -> Vec<&str> {
    let mut names: Vec<&str> = Vec::new();
    for rest in page.split("name=\"choice_").skip(1) {
        let key = rest.split('"').next().unwrap();
        if names.last() != Some(&key) {
            names.push(key);
        }
    }
    names
}

async fn body_of(app: &TestApp) -> String {
    body_in(app, "en").await
}

async fn body_in(app: &TestApp, language: &str) -> String {
    let post = app.api_get("/posts/spring").await;
    let mut variants = post["variants"].as_array().unwrap().iter();
    let found = variants.find(|one| one["language"] == language);
    found.unwrap()["body_markdown"].as_str().unwrap().to_owned()
}

#[apply(on_both_databases)]
async fn changes_of_different_blocks_of_a_post_are_merged(app: TestApp) {
    app.create_post("spring", "Spring", BODY).await;
    let Two { aigerim, daulet } = two(&app).await;
    let opened = seen(&daulet.page(POST).await);
    let hers = BODY.replace("Second one", "Second one of Aigerim");
    let page = aigerim
        .submit(POST, &post(&opened, "Spring is here", &hers))
        .await;
    assert!(!page.contains("Merged with"), "{page}");
    let his = BODY.replace("Third one", "Third one of Daulet");
    let page = daulet.submit(POST, &post(&opened, "Spring", &his)).await;
    assert!(
        page.contains("Merged with what aigerim@embassy.example saved"),
        "{page}"
    );
    assert!(page.contains("Title (English), Text (English)"), "{page}");
    assert_eq!(
        body_of(&app).await,
        "First one.\n\nSecond one of Aigerim.\n\nThird one of Daulet.\n"
    );
    assert!(page.contains("value=\"Spring is here\""), "{page}");
}

#[apply(on_both_databases)]
async fn the_same_block_of_a_post_changed_by_two_is_asked_about(app: TestApp) {
    app.create_post("spring", "Spring", BODY).await;
    let Two { aigerim, daulet } = two(&app).await;
    let opened = seen(&daulet.page(POST).await);
    let hers = BODY.replace("First one", "First one of Aigerim") + "\nA fourth.\n";
    aigerim.submit(POST, &post(&opened, "Spring", &hers)).await;
    let his = BODY.replace("First one", "First one of Daulet");
    let form = post(&opened, "Spring", &his);
    let page = daulet.refused(POST, &form, 409).await;
    assert!(page.contains("aigerim@embassy.example"), "{page}");
    assert!(page.contains("of Aigerim</ins>"), "{page}");
    assert!(page.contains("of Daulet</ins>"), "{page}");
    let asked = questions(&page);
    assert_eq!(asked.len(), 1, "{page}");
    let name = format!("choice_{}", asked[0]);
    assert_eq!(
        body_of(&app).await,
        hers,
        "nothing is saved before the answer"
    );

    // Continued in the form: nothing is saved, and the version is the current one.
    let mut to_form = form.clone();
    to_form.extend([(name.as_str(), "theirs"), ("merge_edit", "yes")]);
    let again = daulet.refused(POST, &to_form, 200).await;
    assert!(again.contains("Merged and not saved yet"), "{again}");
    assert!(again.contains("First one of Aigerim."), "{again}");
    assert_eq!(seen(&again), seen(&daulet.page(POST).await));

    let mut both = form.clone();
    both.push((name.as_str(), "both"));
    daulet.submit(POST, &both).await;
    assert_eq!(
        body_of(&app).await,
        "First one of Aigerim.\n\nFirst one of Daulet.\n\nSecond one.\n\nThird one.\n\nA fourth.\n"
    );
    let history = daulet.page(&format!("{POST}/history")).await;
    assert_eq!(history.matches("?revision=").count(), 3, "{history}");
}

#[apply(on_both_databases)]
async fn a_campaign_is_merged_like_a_post(app: TestApp) {
    let Two { aigerim, daulet } = two(&app).await;
    let fields = |subject: &'static str, body: &'static str, seen: String| {
        let fields = [
            ("kind", "markdown".to_owned()),
            ("subject", subject.to_owned()),
            ("title_en", "News".to_owned()),
            ("body_en", body.to_owned()),
            ("lists", "news".to_owned()),
            ("layout", "letter".to_owned()),
            ("language", "en".to_owned()),
            ("is_public", "yes".to_owned()),
            ("action", "save".to_owned()),
            ("seen", seen),
        ];
        fields.to_vec()
    };
    let send = async |client: &AdminClient, path: &str, fields: Vec<(&'static str, String)>| {
        let fields: Vec<(&str, &str)> = fields
            .iter()
            .map(|(name, value)| (*name, value.as_str()))
            .collect();
        client.post(path, &fields).await
    };
    let first = "One.\n\nTwo.\n";
    let made = send(
        &aigerim,
        "/admin/campaigns",
        fields("News", first, String::new()),
    )
    .await;
    assert_eq!(made.status(), StatusCode::SEE_OTHER);
    let id = app.api_get("/campaigns").await["items"][0]["id"].clone();
    let path = format!("/admin/campaigns/{id}/edit");
    let opened = seen(&daulet.page(&path).await);
    let hers = "One of Aigerim.\n\nTwo.\n";
    let saved = send(
        &aigerim,
        &path,
        fields("News of spring", hers, opened.clone()),
    )
    .await;
    assert_eq!(saved.status(), StatusCode::SEE_OTHER);
    let his = "One.\n\nTwo of Daulet.\n";
    let saved = send(&daulet, &path, fields("News", his, opened.clone())).await;
    assert_eq!(saved.status(), StatusCode::SEE_OTHER);
    let campaign = daulet.page(&format!("/admin/campaigns/{id}")).await;
    assert!(campaign.contains("Merged with what aigerim@"), "{campaign}");
    let form = daulet.page(&path).await;
    assert!(form.contains("value=\"News of spring\""), "{form}");
    assert!(form.contains("One of Aigerim.\n\nTwo of Daulet."), "{form}");

    // The same field by both.
    let other = fields("News of summer", first, opened);
    let asked = send(&daulet, &path, other).await;
    assert_eq!(asked.status(), StatusCode::CONFLICT);
    let page = asked.text().await.unwrap();
    assert!(page.contains("<p>News of spring</p>"), "{page}");
    assert!(page.contains("value=\"News of summer\""), "{page}");

    let history = daulet.page(&format!("/admin/campaigns/{id}/history")).await;
    assert!(history.contains("Text (English)"), "{history}");
    let compared = daulet.page(&format!("/admin/campaigns/{id}/compare")).await;
    assert!(compared.contains("<ins>"), "{compared}");
}

#[apply(on_both_databases)]
async fn two_versions_are_compared_and_an_older_one_restored(app: TestApp) {
    app.create_post("spring", "Spring", BODY).await;
    let editor = AdminClient::sign_in(&app, "aigerim@embassy.example", Role::Editor).await;
    let viewer = AdminClient::sign_in(&app, "viewer@embassy.example", Role::Viewer).await;
    let opened = seen(&editor.page(POST).await);
    let changed = BODY
        .replace("First", "Very first")
        .replace("\nThird one.\n", "")
        + "\nNew.\n";
    editor
        .submit(POST, &post(&opened, "Late spring", &changed))
        .await;
    let history = viewer.page(&format!("{POST}/history")).await;
    assert!(
        history.contains("Title (English), Text (English)"),
        "{history}"
    );
    for view in ["", "?side=true"] {
        let page = viewer.page(&format!("{POST}/compare{view}")).await;
        assert!(page.contains("<ins>"), "{page}");
        assert!(page.contains("<del>"), "{page}");
        assert!(page.contains("<del>Third one</del>"), "{page}");
        assert!(!page.contains("Restore the older"), "a viewer: {page}");
    }
    let page = editor.page(&format!("{POST}/compare")).await;
    let (_, rest) = page.split_once("name=\"revision\" value=\"").unwrap();
    let oldest = rest.split('"').next().unwrap();
    let restore = format!("{POST}/restore");
    let asked = editor.refused(&restore, &[("revision", oldest)], 200).await;
    assert!(asked.contains("Restore this version?"), "{asked}");
    assert_eq!(body_of(&app).await, changed, "only asked");
    let confirmed = [("revision", oldest), ("confirmed", "yes")];
    editor.submit(&restore, &confirmed).await;
    assert_eq!(body_of(&app).await, BODY);
    let history = editor.page(&format!("{POST}/history")).await;
    assert_eq!(history.matches("?revision=").count(), 3, "{history}");
    let strange = viewer.get(&format!("{POST}/compare?from=9999")).await;
    assert_eq!(strange.status(), StatusCode::NOT_FOUND);
}

#[apply(on_both_databases)]
async fn an_older_version_of_a_campaign_is_restored(app: TestApp) {
    app.create_post("spring", "Spring", BODY).await;
    let id = app.create_campaign("spring", "A subject", "news").await;
    let change = serde_json::json!({ "subject": "Another subject" });
    let changed = app.api("PATCH", &format!("/campaigns/{id}")).json(&change);
    assert_eq!(changed.send().await.unwrap().status(), StatusCode::OK);
    let editor = AdminClient::sign_in(&app, "aigerim@embassy.example", Role::Editor).await;
    let page = editor.page(&format!("/admin/campaigns/{id}/compare")).await;
    assert!(page.contains("<ins>Another</ins>"), "{page}");
    let (_, rest) = page.split_once("name=\"revision\" value=\"").unwrap();
    let oldest = rest.split('"').next().unwrap();
    let confirmed = [("revision", oldest), ("confirmed", "yes")];
    let restore = format!("/admin/campaigns/{id}/restore");
    editor.submit(&restore, &confirmed).await;
    let campaign = app.api_get(&format!("/campaigns/{id}")).await;
    assert_eq!(campaign["subject"], "A subject");
}

#[apply(on_both_databases)]
async fn a_translation_stands_beside_its_source_with_what_has_changed(app: TestApp) {
    app.create_post("spring", "Spring", BODY).await;
    let editor = AdminClient::sign_in(&app, "aigerim@embassy.example", Role::Editor).await;
    let form = editor.page(&format!("{POST}?language=kk")).await;
    let path = format!("{POST}/translate/kk");
    assert!(form.contains(&path), "{form}");
    let page = editor.page(&path).await;
    assert!(page.contains("<p>Second one.</p>"), "{page}");
    assert_eq!(page.matches("name=\"block\"").count(), 4, "{page}");
    let opened = seen(&page);
    let mut fields = vec![
        ("seen", opened.as_str()),
        ("title", "Көктем"),
        ("summary", ""),
        ("block", "Бірінші."),
        ("block", "Екінші."),
        ("block", "Үшінші."),
        ("block", ""),
    ];
    let page = editor.submit(&path, &fields).await;
    assert!(page.contains("Екінші.</textarea>"), "{page}");
    assert!(!page.contains("Changed since"), "{page}");
    assert_eq!(
        body_in(&app, "kk").await,
        "Бірінші.\n\nЕкінші.\n\nҮшінші.\n"
    );

    // The source changes: the block that did is marked, and the form says so.
    let opened = seen(&editor.page(POST).await);
    let changed = BODY.replace("Second one", "Second one, later");
    let mut source = post(&opened, "Spring", &changed);
    source.extend([
        ("title_kk", "Көктем"),
        ("body_kk", "Бірінші.\n\nЕкінші.\n\nҮшінші.\n"),
    ]);
    editor.submit(POST, &source).await;
    let page = editor.page(&path).await;
    assert_eq!(page.matches("Changed since").count(), 1, "{page}");
    assert!(page.contains("later</ins>"), "{page}");

    // An error loses nothing of what was typed.
    let opened = seen(&page);
    fields[0].1 = &opened;
    fields[1].1 = "";
    fields[4].1 = "Екінші, кейін.";
    let refused = editor.refused(&path, &fields, 422).await;
    assert!(refused.contains("Екінші, кейін.</textarea>"), "{refused}");
    fields[1].1 = "Көктем";
    let page = editor.submit(&path, &fields).await;
    assert!(!page.contains("Changed since"), "{page}");
    assert_eq!(body_of(&app).await, changed, "the source is as it was");
    let source = editor.get(&format!("{POST}/translate/en")).await;
    assert_eq!(source.status(), StatusCode::NOT_FOUND);
}

/// The text of a campaign in the API, in English and Kazakh.
fn texts(english: &str, kazakh: &str) -> Value {
    let mut texts = vec![json!({ "language": "en", "title": "Spring", "body": english })];
    if !kazakh.is_empty() {
        let (title, preheader) = ("Көктем", "Қысқаша");
        texts.push(json!({
            "language": "kk", "title": title, "preheader": preheader, "body": kazakh,
        }));
    }
    json!(texts)
}

#[apply(on_both_databases)]
async fn a_campaign_is_translated_beside_its_first_text(app: TestApp) {
    let new = json!({ "subject": "Spring", "lists": ["news"], "markdown": texts(BODY, "") });
    let id = app.api_post("/campaigns", new).await["id"].to_string();
    let editor = AdminClient::sign_in(&app, "aigerim@embassy.example", Role::Editor).await;
    let (form, path) = (
        format!("/admin/campaigns/{id}/edit"),
        format!("/admin/campaigns/{id}/translate/kk"),
    );
    for page in [&form, &format!("/admin/campaigns/{id}")] {
        let page = editor.page(page).await;
        assert!(page.contains(&path), "{page}");
    }
    let page = editor.page(&path).await;
    assert!(page.contains("<p>Second one.</p>"), "{page}");
    assert_eq!(page.matches("name=\"block\"").count(), 4, "{page}");
    let opened = seen(&page);
    let mut fields = vec![
        ("seen", opened.as_str()),
        ("subject", "Көктем келді"),
        ("title", "Көктем"),
        ("preheader", "Қысқаша"),
        ("block", "Бірінші."),
        ("block", "Екінші."),
        ("block", "Үшінші."),
        ("block", ""),
    ];
    let page = editor.submit(&path, &fields).await;
    assert!(page.contains("Екінші.</textarea>"), "{page}");
    assert!(!page.contains("Changed since"), "{page}");
    let kazakh = "Бірінші.\n\nЕкінші.\n\nҮшінші.\n";
    let edit = editor.page(&form).await;
    for typed in [kazakh.trim_end(), "Көктем келді", "Қысқаша"] {
        assert!(edit.contains(typed), "{typed}: {edit}");
    }
    assert!(!edit.contains("source changed"), "{edit}");

    // The source changes: the block that did is marked, and the form, a copy's too, says so.
    let changed = BODY.replace("Second one", "Second one, later");
    let change = json!({ "markdown": texts(&changed, kazakh) });
    let sent = app.api("PATCH", &format!("/campaigns/{id}")).json(&change);
    assert_eq!(sent.send().await.unwrap().status(), StatusCode::OK);
    let copy = format!("/campaigns/{id}/duplicate");
    let copy = app.api_post(&copy, json!({})).await["id"].clone();
    let copy = format!("/admin/campaigns/{copy}");
    for page in [&form, &copy, &format!("{copy}/edit")] {
        let page = editor.page(page).await;
        assert!(page.contains("source changed"), "{page}");
    }
    let found = app.api_get(&format!("/campaigns/{id}/preflight")).await;
    let said = "Қазақша: the text in English has changed since this translation";
    assert!(found.to_string().contains(said), "{found}");
    let page = editor.page(&path).await;
    assert_eq!(page.matches("Changed since").count(), 1, "{page}");
    assert!(page.contains("later</ins>"), "{page}");

    // An error loses nothing of what was typed.
    let opened = seen(&page);
    fields[0].1 = &opened;
    fields[2].1 = "";
    fields[5].1 = "Екінші, кейін.";
    let refused = editor.refused(&path, &fields, 422).await;
    assert!(refused.contains("Екінші, кейін.</textarea>"), "{refused}");
    assert!(refused.contains("id=\"title-error\""), "{refused}");

    // What another has saved meanwhile stays; what both changed is asked about.
    fields[2].1 = "Көктем";
    let subject = json!({ "subject": "Spring is here" });
    let sent = app.api("PATCH", &format!("/campaigns/{id}")).json(&subject);
    assert_eq!(sent.send().await.unwrap().status(), StatusCode::OK);
    let page = editor.submit(&path, &fields).await;
    assert!(page.contains("Merged with"), "{page}");
    assert!(!page.contains("Changed since"), "{page}");
    let merged = app.api_get(&format!("/campaigns/{id}")).await;
    assert_eq!(merged["subject"], "Spring is here");
    fields[5].1 = "Екінші, басқаша.";
    let asked = editor.refused(&path, &fields, 409).await;
    assert_eq!(questions(&asked).len(), 1, "{asked}");

    // It says that it is up to date though nothing is to be changed.
    let current = kazakh.replace("Екінші", "Екінші, кейін");
    let change = json!({ "markdown": texts(BODY, &current) });
    let sent = app.api("PATCH", &format!("/campaigns/{id}")).json(&change);
    assert_eq!(sent.send().await.unwrap().status(), StatusCode::OK);
    let page = editor.page(&path).await;
    assert!(page.contains("name=\"current\""), "{page}");
    let opened = seen(&page);
    fields[0].1 = &opened;
    fields[5].1 = "Екінші, кейін.";
    fields.push(("current", "yes"));
    let page = editor.submit(&path, &fields).await;
    assert!(!page.contains("name=\"current\""), "{page}");
    let form = editor.page(&form).await;
    assert!(!form.contains("source changed"), "{form}");
}

#[apply(on_both_databases)]
async fn only_texts_of_blocks_that_are_still_to_be_sent_are_translated_beside(app: TestApp) {
    let editor = AdminClient::sign_in(&app, "aigerim@embassy.example", Role::Editor).await;
    let new = json!({ "subject": "Spring", "lists": ["news"], "markdown": texts(BODY, "") });
    let id = app.api_post("/campaigns", new).await["id"].clone();
    let source = format!("/admin/campaigns/{id}/translate/en");
    assert_eq!(editor.get(&source).await.status(), StatusCode::NOT_FOUND);
    app.create_post("spring", "Spring", BODY).await;
    let mails_post = app.create_campaign("spring", "A subject", "news").await;
    let path = format!("/admin/campaigns/{mails_post}/translate/kk");
    assert_eq!(editor.get(&path).await.status(), StatusCode::NOT_FOUND);
    app.subscribe("a@x.example", "news").await;
    app.api_post(&format!("/campaigns/{id}/start"), json!({}))
        .await;
    let started = format!("/admin/campaigns/{id}/translate/kk");
    assert_eq!(editor.get(&started).await.status(), StatusCode::CONFLICT);
}

/// The field that names the form of a block, by the words of the block.
fn target_of(page: &str, words: &str) -> String {
    let (_, rest) = page.split_once(words).unwrap();
    let (_, rest) = rest.split_once("name=\"target\" value=\"").unwrap();
    rest.split_once('"').unwrap().0.to_owned()
}

#[apply(on_both_databases)]
async fn comments_stay_on_their_block_and_say_when_it_has_changed(app: TestApp) {
    app.create_post("spring", "Spring", BODY).await;
    let Two { aigerim, daulet } = two(&app).await;
    let viewer = AdminClient::sign_in(&app, "viewer@embassy.example", Role::Viewer).await;
    let path = format!("{POST}/comments");
    let target = target_of(&viewer.page(&path).await, "<p>Second one.</p>");
    let comment = [
        ("target", target.as_str()),
        ("action", "add"),
        ("text", "Is this right, @aigerim? <b>"),
    ];
    let page = viewer.submit(&path, &comment).await;
    assert!(
        page.contains("Is this right, @aigerim? &#60;b&#62;"),
        "{page}"
    );
    let editor = daulet.page(POST).await;
    assert!(editor.contains("Comments (1)"), "{editor}");
    assert!(editor.contains("Is this right"), "{editor}");

    // Edits around it leave it there; an edit of the block does not.
    let opened = seen(&editor);
    let around = format!("New first.\n\n{}", BODY.replace("Third", "3rd"));
    aigerim
        .submit(POST, &post(&opened, "Spring", &around))
        .await;
    let page = viewer.page(&path).await;
    assert!(!page.contains("About a text that has changed"), "{page}");
    let opened = seen(&aigerim.page(POST).await);
    let other = around.replace("Second one", "Another one");
    aigerim.submit(POST, &post(&opened, "Spring", &other)).await;
    let page = viewer.page(&path).await;
    assert!(page.contains("About a text that has changed"), "{page}");
    assert!(
        page.contains("<blockquote class=\"soft\">Second one.</blockquote>"),
        "{page}"
    );
    let stale = viewer.refused(&path, &comment, 422).await;
    assert!(stale.contains("This block has changed"), "{stale}");
    assert!(
        stale.contains("@aigerim? &#60;b&#62;"),
        "what was typed stays: {stale}"
    );

    // Answering, resolving, deleting.
    let (_, rest) = page.split_once("name=\"thread\" value=\"").unwrap();
    let thread = rest.split_once('"').unwrap().0.to_owned();
    let answer = [
        ("thread", thread.as_str()),
        ("action", "add"),
        ("text", "It is."),
    ];
    aigerim.submit(&path, &answer).await;
    let resolve = [("thread", thread.as_str()), ("action", "resolve")];
    let page = aigerim.submit(&path, &resolve).await;
    assert!(
        page.contains("Resolved by aigerim@embassy.example"),
        "{page}"
    );
    let editor = daulet.page(POST).await;
    assert!(!editor.contains("Comments (1)"), "{editor}");
    let delete = [
        ("comment", thread.as_str()),
        ("action", "delete"),
        ("confirmed", "yes"),
    ];
    let others = daulet.post(&path, &delete).await;
    assert_eq!(others.status(), StatusCode::NOT_FOUND, "not their own");
    let page = viewer.submit(&path, &delete).await;
    assert!(page.contains("Deleted by its author."), "{page}");
    assert!(page.contains("It is."), "{page}");
    let empty = [("target", "whole"), ("action", "add"), ("text", "  ")];
    viewer.refused(&path, &empty, 422).await;

    // Visitors never see them.
    let public = app.get("/posts/spring").await.text().await.unwrap();
    assert!(!public.contains("It is."), "{public}");
}

#[apply(on_both_databases)]
async fn who_is_answered_or_mentioned_is_notified(app: TestApp) {
    app.create_post("spring", "Spring", BODY).await;
    let Two { aigerim, daulet } = two(&app).await;
    let path = format!("{POST}/comments");
    let comment = [
        ("target", "whole"),
        ("action", "add"),
        ("text", "Look, @daulet"),
    ];
    aigerim.submit(&path, &comment).await;
    let mail = app.mail_to("daulet@embassy.example").await;
    assert!(
        mail.subject.contains("New comment: Spring"),
        "{}",
        mail.subject
    );
    let notifications = daulet.page("/admin/notifications").await;
    assert!(
        notifications.contains("New comment: Spring"),
        "{notifications}"
    );
    let own = aigerim.page("/admin/notifications").await;
    assert!(!own.contains("New comment: Spring"), "{own}");
}

#[apply(on_both_databases)]
async fn the_form_says_who_else_has_it_open(app: TestApp) {
    app.create_post("spring", "Spring", BODY).await;
    let Two { aigerim, daulet } = two(&app).await;
    let presence = format!("{POST}/presence");
    let said = async |client: &AdminClient, form: &[(&str, &str)]| {
        let answer = client.post(&presence, form).await;
        assert_eq!(answer.status(), StatusCode::OK);
        answer.text().await.unwrap()
    };
    assert_eq!(said(&aigerim, &[]).await, "");
    let line = "aigerim@embassy.example is editing this now.";
    assert_eq!(said(&daulet, &[]).await, line);
    assert!(daulet.page(POST).await.contains(line));
    said(&aigerim, &[("leave", "yes")]).await;
    assert_eq!(said(&daulet, &[]).await, "");
    let missing = aigerim.post("/admin/posts/99/presence", &[]).await;
    assert_eq!(missing.status(), StatusCode::NOT_FOUND);
}

#[apply(on_both_databases)]
async fn comments_are_written_by_the_api_too(app: TestApp) {
    let two = two(&app).await;
    app.create_post("spring", "Spring", BODY).await;
    for path in ["/posts/spring", &campaign_of(&app).await] {
        let on_block = json!({ "text": "Is it so?", "block": { "language": "en", "at": 1 } });
        let (status, first) = call(&app, "POST", &format!("{path}/comments"), on_block).await;
        assert_eq!(status, StatusCode::CREATED, "{first}");
        let answer = json!({ "text": "@daulet@embassy.example?", "thread": first["id"] });
        let (status, answer) = call(&app, "POST", &format!("{path}/comments"), answer).await;
        assert_eq!(status, StatusCode::CREATED, "{answer}");
        let listed = app.api_get(&format!("{path}/comments")).await;
        let thread = &listed["items"][0];
        assert_eq!(thread["block"], json!({ "language": "en", "at": 1 }));
        assert_eq!(thread["quote"], "Second one.");
        assert_eq!(thread["comments"][1]["text"], "@daulet@embassy.example?");
        // The admin shows the same.
        let admin = match path.strip_prefix("/campaigns") {
            Some(_) => format!("/admin{path}"),
            None => POST.to_owned(),
        };
        let page = two.daulet.page(&format!("{admin}/comments")).await;
        assert!(page.contains("Is it so?"), "{page}");

        let one = format!("{path}/comments/{}", first["id"]);
        let (status, _) = call(&app, "PATCH", &one, json!({ "is_resolved": true })).await;
        assert_eq!(status, StatusCode::NO_CONTENT);
        let listed = app.api_get(&format!("{path}/comments")).await;
        assert_eq!(listed["items"][0]["is_resolved"], true);
        for (wrong, expected) in [
            (json!({ "text": " " }), StatusCode::UNPROCESSABLE_ENTITY),
            (json!({ "text": "x", "thread": 999 }), StatusCode::NOT_FOUND),
            (
                json!({ "text": "x", "block": { "language": "en", "at": 99 } }),
                StatusCode::CONFLICT,
            ),
            (
                json!({ "text": "x", "thread": first["id"], "block": { "language": "en", "at": 1 } }),
                StatusCode::UNPROCESSABLE_ENTITY,
            ),
        ] {
            let (status, said) = call(&app, "POST", &format!("{path}/comments"), wrong).await;
            assert_eq!(status, expected, "{said}");
        }
        for comment in [&answer, &first] {
            let one = format!("{path}/comments/{}", comment["id"]);
            let (status, _) = call(&app, "DELETE", &one, json!(null)).await;
            assert_eq!(status, StatusCode::NO_CONTENT);
        }
        let listed = app.api_get(&format!("{path}/comments")).await;
        assert_eq!(listed["items"], json!([]));
    }
    // Who was mentioned is told.
    let told = app.mail_to("daulet@embassy.example").await;
    assert!(told.subject.contains("New comment: "), "{}", told.subject);
}

#[apply(on_both_databases)]
async fn revisions_are_read_and_restored_by_the_api_too(app: TestApp) {
    app.create_post("spring", "Spring", BODY).await;
    let changed = json!({ "language": "en", "body_markdown": "Another.\n" });
    let (status, said) = call(&app, "PATCH", "/posts/spring", changed).await;
    assert_eq!(status, StatusCode::OK, "{said}");
    let listed = app.api_get("/posts/spring/revisions").await;
    let items = listed["items"].as_array().unwrap();
    assert_eq!(
        items[0]["texts"][0]["body"].as_str().unwrap().trim(),
        "Another."
    );
    let former = items.last().unwrap();
    assert!(
        former["texts"][0]["body"]
            .as_str()
            .unwrap()
            .contains("Second one.")
    );
    let path = format!("/posts/spring/revisions/{}/restore", former["id"]);
    let (status, said) = call(&app, "POST", &path, json!(null)).await;
    assert_eq!(status, StatusCode::NO_CONTENT, "{said}");
    assert!(body_of(&app).await.contains("Second one."));

    let path = campaign_of(&app).await;
    let (status, said) = call(&app, "PATCH", &path, json!({ "subject": "New" })).await;
    assert_eq!(status, StatusCode::OK, "{said}");
    let listed = app.api_get(&format!("{path}/revisions")).await;
    let former = listed["items"].as_array().unwrap().last().unwrap().clone();
    assert_eq!(former["subject"], "Old", "{listed}");
    let restore = format!("{path}/revisions/{}/restore", former["id"]);
    let (status, said) = call(&app, "POST", &restore, json!(null)).await;
    assert_eq!(status, StatusCode::NO_CONTENT, "{said}");
    assert_eq!(app.api_get(&path).await["subject"], "Old");
    let (status, _) = call(
        &app,
        "POST",
        &format!("{path}/revisions/999/restore"),
        json!(null),
    )
    .await;
    assert_eq!(status, StatusCode::NOT_FOUND);
}

/// The path of a campaign with a text of its own.
async fn campaign_of(app: &TestApp) -> String {
    let body = json!({ "subject": "Old", "lists": ["news"],
        "markdown": [{ "language": "en", "title": "T", "preheader": "", "body": BODY }] });
    format!(
        "/campaigns/{}",
        app.api_post("/campaigns", body).await["id"]
    )
}

async fn call(app: &TestApp, method: &str, path: &str, body: Value) -> (StatusCode, Value) {
    let request = app.api(method, path);
    let request = match body {
        Value::Null => request,
        body => request.json(&body),
    };
    let answer = request.send().await.unwrap();
    let status = answer.status();
    (status, answer.json().await.unwrap_or(Value::Null))
}
