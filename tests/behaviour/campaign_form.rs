//! The form of a campaign: whom of its lists it goes to, the start in the same step, every kind
//! of content in one editor, and nothing typed lost.

use jarshy::audience::segment;
use jarshy::model::user::Role;
use reqwest::StatusCode;
use rstest_reuse::apply;
use serde_json::{Value, json};

use crate::admin_client::AdminClient;
use crate::harness::{TestApp, on_both_databases};

const NEW: &str = "/admin/campaigns";
const DRAFT: &str = "/admin/campaigns/draft";

type Fields = Vec<(&'static str, &'static str)>;

async fn editor(app: &TestApp) -> AdminClient {
    AdminClient::sign_in(app, "editor@embassy.example", Role::Editor).await
}

async fn person(app: &TestApp, email: &str, language: &str) {
    let body = json!({
        "email": email, "language": language, "lists": ["news"], "status": "confirmed",
    });
    app.api_post("/subscribers", body).await;
}

/// A text for `news`, with more fields.
fn letter(more: &[(&'static str, &'static str)]) -> Fields {
    let mut fields = vec![
        ("kind", "markdown"),
        ("subject", "A letter"),
        ("title_en", "A letter"),
        ("body_en", "Dear all."),
        ("lists", "news"),
        ("layout", "letter"),
        ("language", "en"),
    ];
    fields.extend_from_slice(more);
    fields
}

/// Only those who read Kazakh.
const KAZAKH: [(&str, &str); 4] = [
    ("who", "some"),
    ("test", "language"),
    ("key", ""),
    ("value", "kk"),
];

fn only_kazakh(more: &[(&'static str, &'static str)]) -> Fields {
    let mut fields = letter(&KAZAKH);
    fields.extend_from_slice(more);
    fields
}

/// The campaign that a page is of.
async fn newest(app: &TestApp) -> Value {
    app.api_get("/campaigns").await["items"][0].clone()
}

fn seen(page: &str) -> String {
    let (_, rest) = page.split_once("name=\"seen\" value=\"").unwrap();
    rest.split_once('"').unwrap().0.to_owned()
}

#[apply(on_both_databases)]
async fn conditions_and_start_are_set_in_one_form(app: TestApp) {
    person(&app, "kk@x.example", "kk").await;
    person(&app, "ru@x.example", "ru").await;
    let editor = editor(&app).await;
    let fresh = editor.page("/admin/campaigns/new?kind=markdown").await;
    assert!(
        fresh.contains("value=\"news\" checked"),
        "the only list: {fresh}"
    );

    let missing = only_kazakh(&[("action", "schedule"), ("schedule_at", "")]);
    let refused = editor.refused(NEW, &missing, 422).await;
    assert!(refused.contains("Choose a day and a time"), "{refused}");
    assert!(refused.contains("Dear all."), "{refused}");
    assert!(
        refused.contains("<option value=\"kk\" selected>"),
        "{refused}"
    );
    assert_eq!(newest(&app).await, Value::Null, "nothing was made");

    let fields = only_kazakh(&[("action", "schedule"), ("schedule_at", "2099-01-31T10:00")]);
    let page = editor.submit(NEW, &fields).await;
    assert!(page.contains("Of these only: language is kk"), "{page}");
    let campaign = newest(&app).await;
    assert_eq!(campaign["state"], "scheduled");
    let id = campaign["id"].as_i64().unwrap();
    assert!(
        segment::all(&app.cx).await.unwrap().is_empty(),
        "nobody saved them by a name"
    );
    let edit = editor.page(&format!("{NEW}/{id}/edit")).await;
    assert!(edit.contains("value=\"some\" checked"), "{edit}");
    assert!(edit.contains("value=\"2099-01-31T10:00\""), "{edit}");

    app.api_post(&format!("/campaigns/{id}/start"), json!({}))
        .await;
    app.campaign_in_state(id, "finished").await;
    app.mail_to("kk@x.example").await;
    assert!(app.mails_now("ru@x.example").is_empty());
}

#[apply(on_both_databases)]
async fn conditions_are_kept_with_a_campaign_or_saved_by_name(app: TestApp) {
    let editor = editor(&app).await;
    editor.submit(NEW, &only_kazakh(&[])).await;
    let first = newest(&app).await["id"].as_i64().unwrap();
    editor
        .submit(&format!("{NEW}/{first}/duplicate"), &[])
        .await;
    let copy = newest(&app).await["id"].as_i64().unwrap();
    assert_ne!(first, copy);
    // Each has its own.
    let everyone = letter(&[("who", "all")]);
    let everyone: Vec<(&str, &str)> = everyone.into_iter().chain([("seen", "0")]).collect();
    editor
        .submit(&format!("{NEW}/{first}/edit"), &everyone)
        .await;
    let edit = editor.page(&format!("{NEW}/{first}/edit")).await;
    assert!(edit.contains("value=\"all\" checked"), "{edit}");
    let page = editor.page(&format!("{NEW}/{copy}")).await;
    assert!(page.contains("language is kk"), "{page}");
    editor
        .submit(&format!("{NEW}/{copy}/delete"), &[("confirmed", "yes")])
        .await;

    let named = only_kazakh(&[("segment_name", "Kazakh readers")]);
    let page = editor.submit(NEW, &named).await;
    assert!(page.contains("Kazakh readers"), "{page}");
    let saved = segment::all(&app.cx).await.unwrap();
    assert_eq!(saved.len(), 1, "{saved:?}");
    assert_eq!(saved[0].name, "Kazakh readers");
    let again = editor.refused(NEW, &named, 422).await;
    assert!(
        again.contains("segment with this name already exists"),
        "{again}"
    );

    let number = saved[0].id.to_string();
    let mut chosen: Vec<(&str, &str)> = letter(&[("who", "segment")]);
    chosen.push(("segment", &number));
    let page = editor.submit(NEW, &chosen).await;
    assert!(page.contains("Kazakh readers"), "{page}");
    let unfinished = letter(&[
        ("who", "some"),
        ("test", "language"),
        ("key", ""),
        ("value", ""),
    ]);
    let refused = editor.refused(NEW, &unfinished, 422).await;
    assert!(refused.contains("Choose one of the options"), "{refused}");
    let nobody = letter(&[("who", "some")]);
    editor.refused(NEW, &nobody, 422).await;
}

#[apply(on_both_databases)]
async fn the_form_counts_whom_it_would_reach(app: TestApp) {
    for (email, language) in [("kk@x.example", "kk"), ("ru@x.example", "ru")] {
        person(&app, email, language).await;
    }
    let editor = editor(&app).await;
    let all = editor.refused(DRAFT, &letter(&[("who", "all")]), 200).await;
    assert!(all.contains("<strong>2 subscribers</strong>"), "{all}");
    assert!(all.contains("ru@x.example"), "{all}");
    let some = editor.refused(DRAFT, &only_kazakh(&[]), 200).await;
    assert!(some.contains("<strong>1 subscriber</strong>"), "{some}");
    assert!(!some.contains("ru@x.example"), "{some}");
    // Whom mail cannot reach does not count.
    let suppressed = json!({ "email": "kk@x.example", "reason": "manual" });
    app.api_post("/suppressions", suppressed).await;
    let some = editor.refused(DRAFT, &only_kazakh(&[]), 200).await;
    assert!(some.contains("<strong>0 subscribers</strong>"), "{some}");

    let more = editor
        .refused(DRAFT, &only_kazakh(&[("more", "0")]), 200)
        .await;
    assert!(more.contains("id=\"test-1\""), "{more}");
    let less = editor
        .refused(DRAFT, &only_kazakh(&[("remove", "row-0")]), 200)
        .await;
    assert!(!less.contains("<option value=\"kk\" selected>"), "{less}");
    assert!(less.contains("Dear all."), "{less}");
}

#[apply(on_both_databases)]
async fn another_kind_keeps_what_was_typed(app: TestApp) {
    app.create_post("votes", "Votes", "They are in.").await;
    let editor = editor(&app).await;
    let to = |kind| {
        letter(&[
            ("post", "votes"),
            ("preheader_en", "Soon"),
            ("kind_to", kind),
        ])
    };
    for (kind, shown) in [
        ("post", "<option value=\"votes\" selected>"),
        ("digest", "name=\"posts\""),
        ("mjml", "Dear all.</textarea>"),
        ("html", "Dear all.</textarea>"),
        ("markdown", "Dear all.</textarea>"),
    ] {
        let page = editor.refused(DRAFT, &to(kind), 200).await;
        let kind = format!("name=\"kind\" value=\"{kind}\"");
        assert!(page.contains(&kind), "{page}");
        for kept in [
            shown,
            "value=\"A letter\"",
            "Dear all.",
            "value=\"Soon\"",
            "votes",
        ] {
            assert!(page.contains(kept), "{kind}: {kept}: {page}");
        }
    }
    // A design that stood there by itself goes again.
    let mut empty = letter(&[("kind_to", "mjml")]);
    empty.retain(|(name, _)| *name != "body_en");
    let design = editor.refused(DRAFT, &empty, 200).await;
    assert!(design.contains("{{ unsubscribe_url }}"), "{design}");

    editor.submit(NEW, &letter(&[])).await;
    let id = newest(&app).await["id"].as_i64().unwrap();
    let again = editor
        .refused(&format!("{NEW}/{id}/draft"), &to("post"), 200)
        .await;
    let path = format!("action=\"{NEW}/{id}/edit\"");
    assert!(again.contains(&path), "{again}");
}

#[apply(on_both_databases)]
async fn two_editors_notice_each_other(app: TestApp) {
    let one = editor(&app).await;
    let other = AdminClient::sign_in(&app, "other@embassy.example", Role::Editor).await;
    one.submit(NEW, &letter(&[])).await;
    let id = newest(&app).await["id"].as_i64().unwrap();
    let path = format!("{NEW}/{id}/edit");
    let opened = seen(&other.page(&path).await);
    let with = |seen: &str, subject: &str| {
        let mut fields: Vec<(String, String)> = letter(&[])
            .into_iter()
            .filter(|(name, _)| *name != "subject")
            .map(|(name, value)| (name.to_owned(), value.to_owned()))
            .collect();
        fields.push(("seen".to_owned(), seen.to_owned()));
        fields.push(("subject".to_owned(), subject.to_owned()));
        fields
    };
    let send = async |client: &AdminClient, fields: Vec<(String, String)>| {
        let fields: Vec<(&str, &str)> = fields
            .iter()
            .map(|(name, value)| (name.as_str(), value.as_str()))
            .collect();
        let answer = client.post(&path, &fields).await;
        (answer.status(), answer.text().await.unwrap())
    };
    let (status, _) = send(&one, with(&opened, "Of one")).await;
    assert_eq!(status, StatusCode::SEE_OTHER);
    let (status, page) = send(&other, with(&opened, "Of the other")).await;
    assert_eq!(status, StatusCode::CONFLICT);
    assert!(page.contains("changed some of what you changed"), "{page}");
    assert!(page.contains("value=\"Of the other\""), "{page}");
    assert_eq!(newest(&app).await["subject"], "Of one");
    // What is chosen is saved.
    let (_, rest) = page.split_once("name=\"choice_").unwrap();
    let choice = format!("choice_{}", rest.split_once('"').unwrap().0);
    let mut chosen = with(&opened, "Of the other");
    chosen.push((choice, "mine".to_owned()));
    let (status, _) = send(&other, chosen).await;
    assert_eq!(status, StatusCode::SEE_OTHER);
    assert_eq!(newest(&app).await["subject"], "Of the other");
}

#[apply(on_both_databases)]
async fn what_was_typed_and_not_saved_is_offered(app: TestApp) {
    let one = editor(&app).await;
    let other = AdminClient::sign_in(&app, "other@embassy.example", Role::Editor).await;
    let kept = one
        .post("/admin/campaigns/0/autosave", &only_kazakh(&[]))
        .await;
    assert_eq!(kept.status(), StatusCode::NO_CONTENT);
    let new = "/admin/campaigns/new";
    let page = one.page(new).await;
    assert!(page.contains("You have unsaved changes from"), "{page}");
    assert!(!page.contains("Dear all."), "only on request");
    let page = other.page(new).await;
    assert!(!page.contains("You have unsaved changes"), "{page}");
    let page = one.page(&format!("{new}?unsaved=true")).await;
    assert!(page.contains("Dear all.</textarea>"), "{page}");
    assert!(page.contains("<option value=\"kk\" selected>"), "{page}");

    one.submit(NEW, &letter(&[])).await;
    let page = one.page(new).await;
    assert!(!page.contains("You have unsaved changes"), "{page}");

    let id = newest(&app).await["id"].as_i64().unwrap();
    one.post(&format!("{NEW}/{id}/autosave"), &only_kazakh(&[]))
        .await;
    let edit = format!("{NEW}/{id}/edit");
    let page = one.page(&edit).await;
    assert!(page.contains("You have unsaved changes from"), "{page}");
    let page = one
        .submit(&format!("{NEW}/{id}/discard"), &[("confirmed", "yes")])
        .await;
    assert!(!page.contains("You have unsaved changes"), "{page}");
}

#[apply(on_both_databases)]
async fn what_campaigns_are_about_to_mail_is_not_changed_unasked(app: TestApp) {
    // The layout is that of sign-in mail, too.
    let editor = AdminClient::owner(&app).await;
    editor
        .submit(NEW, &only_kazakh(&[("segment_name", "Kazakh readers")]))
        .await;
    let id = newest(&app).await["id"].as_i64().unwrap();
    let number = segment::all(&app.cx).await.unwrap()[0].id;
    let layout = app.api_get("/layouts/letter").await["mjml"].clone();
    let layout = layout.as_str().unwrap().to_owned();
    let readers = [
        ("name", "Readers"),
        ("test", "language"),
        ("key", ""),
        ("value", "ru"),
    ];
    let layout = [("mjml", layout.as_str())];
    let segment = format!("/admin/segments/{number}");
    let changes: [(&str, &[(&str, &str)]); 2] =
        [("/admin/layouts/letter", &layout), (&segment, &readers)];
    for (path, fields) in changes {
        editor.submit(path, fields).await;
    }

    let at = json!({ "at": "2099-01-31T10:00:00Z" });
    app.api_post(&format!("/campaigns/{id}/schedule"), at).await;
    for (path, fields) in changes {
        let asked = editor.refused(path, fields, 200).await;
        assert!(
            asked.contains("Change what a campaign sends?"),
            "{path}: {asked}"
        );
        assert!(
            asked.contains("A letter") && asked.contains("2099"),
            "{asked}"
        );
        for (name, _) in fields {
            let kept = format!("type=\"hidden\" name=\"{name}\"");
            assert!(asked.contains(&kept), "nothing typed is lost: {asked}");
        }
        let mut confirmed = fields.to_vec();
        confirmed.push(("confirmed", "yes"));
        editor.submit(path, &confirmed).await;
    }
}
