//! Importing files: by the admin pages, and what becomes of the people in them.

use std::io::{Seek, Write};
use std::time::{Duration, Instant};

use jarshy::audience::export::{self, Format};
use jarshy::import::balance::Balance;
use jarshy::import::mapping::Mapping;
use jarshy::import::{ImportError, job, upload, worker};
use jarshy::model::ImportId;
use jarshy::model::audit::Actor;
use jarshy::model::growth::ChangeSource;
use jarshy::model::import::{Existing, ImportState, Kept, Outcome, Standing, System};
use jarshy::store::imports::Import;
use reqwest::header::LOCATION;
use rstest_reuse::apply;
use serde_json::json;
use tokio_util::sync::CancellationToken;

use crate::admin_client::AdminClient;
use crate::harness::{PATIENCE, TestApp, on_both_databases};

pub async fn uploaded(person: &AdminClient, name: &str, content: &[u8]) -> ImportId {
    let answer = person
        .upload("/admin/imports", &[("list", "news")], name, content)
        .await;
    assert_eq!(answer.status(), 303);
    let path = answer.headers()[LOCATION].to_str().unwrap().to_owned();
    path.rsplit('/').next().unwrap().parse().unwrap()
}

pub async fn reaches(app: &TestApp, id: ImportId, state: ImportState) -> Import {
    let started = Instant::now();
    loop {
        let import = job::by_id(&app.cx, id).await.unwrap().unwrap();
        if import.state == state {
            return import;
        }
        assert!(started.elapsed() < PATIENCE, "not {state}: {import:?}");
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
}

pub fn balance(import: Import) -> Balance {
    serde_json::from_value(import.balance).unwrap()
}

async fn read(app: &TestApp, name: &str, content: &[u8]) -> Result<ImportId, ImportError> {
    read_to(app, "news", name, content).await
}

async fn read_to(
    app: &TestApp,
    list: &str,
    name: &str,
    content: &[u8],
) -> Result<ImportId, ImportError> {
    let mut file = tempfile::tempfile().unwrap();
    file.write_all(content).unwrap();
    file.rewind().unwrap();
    let list = list.parse().unwrap();
    upload::read(&app.cx, &Actor::System, &list, name, file, None).await
}

/// Imports a file into `news`; gives what a check forecasts, which must be what comes.
pub async fn import(
    app: &TestApp,
    name: &str,
    content: &[u8],
    change: impl FnOnce(&mut Mapping),
) -> Balance {
    import_to(app, "news", name, content, change).await
}

/// The same into another list.
pub async fn import_to(
    app: &TestApp,
    list: &str,
    name: &str,
    content: &[u8],
    change: impl FnOnce(&mut Mapping),
) -> Balance {
    let id = read_to(app, list, name, content).await.unwrap();
    let mut mapping = job::mapping(&job::by_id(&app.cx, id).await.unwrap().unwrap());
    change(&mut mapping);
    let by = Actor::System;
    job::check(&app.cx, &by, id, &mapping, false).await.unwrap();
    let checked = worker::complete(&app.cx, id, |_| ()).await.unwrap();
    assert_eq!(checked.state, ImportState::Checked, "{checked:?}");
    job::start(&app.cx, &by, id).await.unwrap();
    let done = worker::complete(&app.cx, id, |_| ()).await.unwrap();
    assert_eq!(done.state, ImportState::Finished, "{done:?}");
    let done = balance(done);
    assert_eq!(balance(checked), done, "the forecast is right");
    done
}

/// An import into `news` that has been checked and is left to the app.
pub async fn started(app: &TestApp, name: &str, content: &[u8]) -> ImportId {
    let id = read(app, name, content).await.unwrap();
    let mapping = job::mapping(&job::by_id(&app.cx, id).await.unwrap().unwrap());
    let by = Actor::System;
    job::check(&app.cx, &by, id, &mapping, false).await.unwrap();
    reaches(app, id, ImportState::Checked).await;
    job::start(&app.cx, &by, id).await.unwrap();
    id
}

/// Undoes the last import by its page.
pub async fn undo_latest(app: &TestApp) {
    let id = job::latest(&app.cx, 1).await.unwrap()[0].id;
    AdminClient::owner(app)
        .await
        .submit(
            &format!("/admin/imports/{id}/undo"),
            &[("confirmed", "yes")],
        )
        .await;
    reaches(app, id, ImportState::Undone).await;
}

async fn state(app: &TestApp, email: &str) -> Option<String> {
    app.subscription(email, "news").await
}

/// Lets a subscriber leave by the API.
pub async fn leave(app: &TestApp, email: &str) {
    let id = app.subscriber(email).await["id"].clone();
    let body = json!({ "subscriber": id, "list": "news", "state": "unsubscribed" });
    app.api_post("/subscriptions", body).await;
}

const FILE: &str = "E-mail;Full name;Language;City;Note\r\n\
    a@x.example;Aigul;kk;Astana;x\r\n\
    known@x.example;Known;en;;\r\n\
    no address;Nobody;en;;\r\n\
    b@x.example;\"Semi; colon\";de;;\r\n\
    A@x.example;Again;kk;Astana;\r\n\
    never@x.example;;ru;;\r\n";

#[apply(on_both_databases)]
async fn check_then_import_then_import_again(app: TestApp) {
    let owner = AdminClient::owner(&app).await;
    app.subscribe("known@x.example", "news").await;
    let never = [("email", "never@x.example"), ("reason", "manual")];
    owner.submit("/admin/suppressions", &never).await;

    let id = uploaded(&owner, "people.csv", FILE.as_bytes()).await;
    let path = format!("/admin/imports/{id}");
    let page = owner.page(&path).await;
    for guessed in ["Email address", "Name", "Language", "Ignore"] {
        assert!(page.contains(&format!(">{guessed}</option>")), "{page}");
    }
    assert!(page.contains("<option value=\"email\" selected>"), "{page}");
    let choices = [
        ("column-0", "email"),
        ("column-1", "name"),
        ("column-2", "language"),
        ("column-4", "ignore"),
        ("standing", "confirmed"),
        ("existing", "update"),
    ];
    owner.submit(&format!("{path}/check"), &choices).await;
    let checked = reaches(&app, id, ImportState::Checked).await;
    assert_eq!(checked.rows_total, 6);
    let forecast = balance(checked);
    let confirmed = |outcome| forecast.get(Standing::Confirmed, outcome);
    assert_eq!(confirmed(Outcome::Added), 2);
    assert_eq!(
        confirmed(Outcome::Changed),
        2,
        "a name for the known one and for a@"
    );
    assert_eq!(confirmed(Outcome::Blocked), 1);
    assert_eq!((forecast.rejected, forecast.other_languages), (1, 1));
    assert_eq!(forecast.rows(), 6);
    let subscribers = app.api_get("/subscribers").await;
    let found = subscribers["items"].as_array().unwrap().len();
    assert_eq!(found, 1, "nothing is changed");

    let notes = owner.page(&format!("{path}/notes.csv")).await;
    assert!(
        notes.starts_with("line,outcome,reason\n4,rejected,"),
        "{notes}"
    );
    assert!(
        notes.contains("7,blocked,never@x.example is blocked"),
        "{notes}"
    );
    let page = owner.page(&path).await;
    assert!(page.contains("What would happen"), "{page}");

    owner.submit(&format!("{path}/run"), &[]).await;
    reaches(&app, id, ImportState::Finished).await;
    assert_eq!(
        state(&app, "a@x.example").await.as_deref(),
        Some("confirmed")
    );
    assert_eq!(state(&app, "never@x.example").await, None);
    let aigul = &app.api_get("/subscribers?q=a@x.ex").await["items"][0];
    assert_eq!(aigul["attributes"], json!({ "City": "Astana" }));
    let profile = format!("/admin/subscribers/{}", aigul["id"]);
    let profile = owner.page(&profile).await;
    let evidence = "import people.csv by owner@embassy.example";
    assert!(profile.contains(evidence), "{profile}");
    let again = owner.post(&format!("{path}/run"), &[]).await;
    assert_eq!(again.status(), 409, "it has run");

    let again = import(&app, "people.csv", FILE.as_bytes(), |_| ()).await;
    assert_eq!(again.total(Outcome::Added), 0);
}

#[apply(on_both_databases)]
async fn nobody_who_is_gone_comes_back_by_a_file(app: TestApp) {
    let gone = [
        "left@x.org",
        "all@x.org",
        "bounced@x.org",
        "spam@x.org",
        "erased@x.org",
    ];
    for email in gone {
        app.subscribe(email, "news").await;
    }
    leave(&app, "left@x.org").await;
    for (email, reason) in [
        ("all@x.org", "unsubscribed_all"),
        ("bounced@x.org", "hard_bounce"),
        ("spam@x.org", "complaint"),
    ] {
        let body = json!({ "email": email, "reason": reason });
        app.api_post("/suppressions", body).await;
    }
    let erased = app.subscriber("erased@x.org").await["id"].to_string();
    let path = format!("/subscribers/{erased}");
    app.api("DELETE", &path).send().await.unwrap();
    let before = app.api_get("/subscribers").await;

    let file = format!(
        "email,name\n{}\n",
        gone.map(|email| format!("{email},New")).join("\n")
    );
    let done = import(&app, "people.csv", file.as_bytes(), |_| ()).await;
    for (outcome, count) in [
        (Outcome::Left, 2),
        (Outcome::Bounced, 1),
        (Outcome::Complained, 1),
        (Outcome::Erased, 1),
        (Outcome::Added, 0),
        (Outcome::Changed, 0),
    ] {
        assert_eq!(done.total(outcome), count, "{outcome}");
    }
    assert_eq!(
        app.api_get("/subscribers").await,
        before,
        "nobody is touched"
    );

    // The same by the API.
    let body = json!({ "email": "left@x.org", "lists": ["news"], "status": "confirmed" });
    let saved = app.api_post("/subscribers", body).await;
    assert_eq!(
        saved["kept_off"],
        json!([{ "list": "news", "because": "left" }])
    );
    assert_eq!(
        state(&app, "left@x.org").await.as_deref(),
        Some("unsubscribed")
    );
    let body = json!({ "email": "erased@x.org", "lists": ["news"], "status": "confirmed" });
    let answer = app
        .api("POST", "/subscribers")
        .json(&body)
        .send()
        .await
        .unwrap();
    assert_eq!(answer.status(), 409);
    let left = app.subscriber("left@x.org").await["id"].clone();
    let body = json!({ "subscriber": left, "list": "news", "state": "confirmed" });
    let answer = app
        .api("POST", "/subscriptions")
        .json(&body)
        .send()
        .await
        .unwrap();
    assert_eq!(answer.status(), 409);

    // An operator says who comes back, and why.
    let done = import(&app, "people.csv", file.as_bytes(), |mapping| {
        mapping.resubscribe = vec![Kept::Left, Kept::Erased];
        mapping.reason = "asked at the fair".to_owned();
    })
    .await;
    assert_eq!(done.total(Outcome::Resubscribed), 3);
    assert_eq!(done.total(Outcome::Complained), 1);
    assert_eq!(
        state(&app, "left@x.org").await.as_deref(),
        Some("confirmed")
    );
    assert_eq!(
        state(&app, "erased@x.org").await.as_deref(),
        Some("confirmed")
    );
    let data = app
        .api_get(&format!("/subscribers/{left}/personal-data"))
        .await;
    let reason = data["consents"].to_string();
    assert!(
        reason.contains("subscribed again: asked at the fair"),
        "{reason}"
    );
    let suppressed = app.api_get("/suppressions").await.to_string();
    assert!(!suppressed.contains("all@x.org"), "{suppressed}");
    assert!(suppressed.contains("spam@x.org"), "{suppressed}");
}

#[apply(on_both_databases)]
async fn a_file_changes_what_it_names(app: TestApp) {
    let body = json!({
        "email": "stay@x.org", "name": "Stay", "lists": ["news"], "status": "confirmed",
        "attributes": { "city": "Bonn", "vip": true }, "tags": ["old"],
    });
    app.api_post("/subscribers", body).await;
    let file = b"email,plan,tags\nstay@x.org,gold,new\n";
    let done = import(&app, "f.csv", file, |_| ()).await;
    assert_eq!(done.total(Outcome::Changed), 1);
    let person = app.subscriber("stay@x.org").await;
    let attributes = json!({ "city": "Bonn", "vip": true, "plan": "gold" });
    assert_eq!(person["attributes"], attributes);
    assert_eq!(
        (&person["tags"], &person["name"]),
        (&json!(["new", "old"]), &json!("Stay"))
    );
    let again = import(&app, "f.csv", file, |_| ()).await;
    assert_eq!(again.total(Outcome::Untouched), 1);

    let keep = b"email,plan\nstay@x.org,silver\n";
    import(&app, "f.csv", keep, |mapping| {
        mapping.existing = Existing::Keep
    })
    .await;
    assert_eq!(app.subscriber("stay@x.org").await["attributes"], attributes);
    import(&app, "f.csv", keep, |mapping| {
        mapping.existing = Existing::Replace
    })
    .await;
    let person = app.subscriber("stay@x.org").await;
    assert_eq!(person["attributes"], json!({ "plan": "silver" }));
    assert_eq!(person["tags"], json!([]));
}

#[apply(on_both_databases)]
async fn our_own_export_means_the_same_again(app: TestApp) {
    for email in ["stays@x.org", "left@x.org"] {
        app.subscribe(email, "news").await;
    }
    leave(&app, "left@x.org").await;
    let body = json!({ "email": "formula@x.org", "name": "'=2+2", "lists": ["news"],
        "status": "confirmed", "attributes": { "n": 1, "t": "=x" }, "language": "ru" });
    app.api_post("/subscribers", body).await;
    let list = "news".parse().unwrap();
    for format in [Format::Csv, Format::Jsonl] {
        let mut first = Vec::new();
        export::export(&app.cx, &list, format, &mut first, |_| ())
            .await
            .unwrap();
        let again = import(&app, "news.csv", &first, |_| ()).await;
        assert_eq!(
            again.total(Outcome::Added) + again.total(Outcome::Changed),
            0
        );
        // Into an empty installation.
        for row in app.api_get("/subscribers").await["items"]
            .as_array()
            .unwrap()
        {
            let mut db = app.cx.store.write().await.unwrap();
            let id = row["id"].as_i64().unwrap();
            let (id, source) = (jarshy::model::SubscriberId(id), ChangeSource::Erasure);
            jarshy::store::subscribers::erase(&mut db, id, source, app.cx.clock.now())
                .await
                .unwrap();
            db.commit().await.unwrap();
        }
        let done = import(&app, "news.csv", &first, |_| ()).await;
        assert_eq!(done.total(Outcome::Added), 3);
        assert_eq!(done.in_file(Standing::Unsubscribed), 1);
        let mut second = Vec::new();
        export::export(&app.cx, &list, format, &mut second, |_| ())
            .await
            .unwrap();
        let text = |bytes| String::from_utf8(bytes).unwrap();
        let sorted = |text: String| {
            let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
            lines.sort();
            lines
        };
        assert_eq!(sorted(text(first)), sorted(text(second)));
    }
    assert_eq!(
        state(&app, "left@x.org").await.as_deref(),
        Some("unsubscribed")
    );
}

#[apply(on_both_databases)]
async fn files_of_other_systems_keep_their_word(app: TestApp) {
    let listmonk = b"uuid,email,name,attributes,status,created_at,updated_at\n\
        u1,lm@x.org,Lia,\"{\"\"city\"\": \"\"Bonn\"\", \"\"age\"\": 42}\",blocklisted,2024-01-02T03:04:05Z,2024-01-02T03:04:05Z\n\
        u2,on@x.org,On,{},enabled,2024-01-02 03:04:05.678 +0000 UTC,2024-01-02T03:04:05Z\n";
    let done = import(&app, "subscribers.csv", listmonk, |mapping| {
        assert_eq!(mapping.system, System::Listmonk);
    })
    .await;
    assert_eq!(done.in_file(Standing::Blocked), 1);
    assert_eq!(state(&app, "on@x.org").await.as_deref(), Some("confirmed"));
    assert_ne!(state(&app, "lm@x.org").await.as_deref(), Some("confirmed"));
    let person = app.subscriber("lm@x.org").await;
    assert_eq!(person["attributes"], json!({ "city": "Bonn", "age": 42 }));
    assert_eq!(person["created_at"], "2024-01-02T03:04:05Z");
    let suppressed = app.api_get("/suppressions").await.to_string();
    assert!(suppressed.contains("lm@x.org"), "{suppressed}");
    // Their ids are kept, of those too who are blocked, and go with the person.
    let path = format!("/subscribers/{}/personal-data", person["id"]);
    let former = app.api_get(&path).await["former_ids"].clone();
    assert_eq!(former, json!([{ "system": "listmonk", "id": "u1" }]));

    let substack = b"email,active_subscription,expiry,email_disabled,created_at\n\
        su@x.org,false,,true,2023-01-01\n";
    import(&app, "email_list.csv", substack, |_| ()).await;
    assert_eq!(
        state(&app, "su@x.org").await.as_deref(),
        Some("unsubscribed")
    );

    let mut archive = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    let header = "Email Address,First Name,Last Name,MEMBER_RATING,OPTIN_TIME,OPTIN_IP,CONFIRM_TIME,CONFIRM_IP,LEID,EUID,NOTES,TAGS";
    for (name, extra, row, more) in [
        ("subscribed_members_export_1.csv", "", "first@x.org", ""),
        (
            "unsubscribed_members_export_1.csv",
            ",UNSUB_TIME",
            "unsub@x.org",
            ",2021-02-03 04:05:06",
        ),
        (
            "cleaned_members_export_1.csv",
            ",CLEAN_TIME",
            "cleaned@x.org",
            ",2021-02-03 04:05:06",
        ),
        (
            "nonsubscribed_members_export_1.csv",
            "",
            "contact@x.org",
            "",
        ),
    ] {
        let options = zip::write::SimpleFileOptions::default();
        archive.start_file(name, options).unwrap();
        let table = format!(
            "{header}{extra}\n{row},A,B,2,2018-02-05 19:28:23,192.0.2.1,2018-02-05 19:30:00,192.0.2.77,1,2,,\"\"\"VIP\"\",\"\"Press\"\"\"{more}\n"
        );
        archive.write_all(table.as_bytes()).unwrap();
    }
    let archive = archive.finish().unwrap().into_inner();
    let done = import(&app, "audience_export.zip", &archive, |mapping| {
        assert_eq!(mapping.system, System::Mailchimp);
    })
    .await;
    assert_eq!((done.rows(), done.rejected), (4, 0));
    assert_eq!(
        state(&app, "first@x.org").await.as_deref(),
        Some("confirmed")
    );
    for email in ["unsub@x.org", "cleaned@x.org", "contact@x.org"] {
        assert_eq!(
            state(&app, email).await.as_deref(),
            Some("unsubscribed"),
            "{email}"
        );
    }
    let person = app.subscriber("first@x.org").await;
    assert_eq!(person["tags"], json!(["Press", "VIP"]));
    let path = format!("/subscribers/{}/personal-data", person["id"]);
    let consent = app.api_get(&path).await["consents"][0].clone();
    assert_eq!(consent["at"], "2018-02-05T19:30:00Z");
    assert_eq!(consent["network"], "192.0.2.0/24");
}

#[apply(on_both_databases)]
async fn a_cancelled_import_has_added_nobody(app: TestApp) {
    let owner = AdminClient::owner(&app).await;
    let id = read(&app, "people.csv", b"email\nnew@x.org\nother@x.org\n")
        .await
        .unwrap();
    let mapping = job::mapping(&job::by_id(&app.cx, id).await.unwrap().unwrap());
    let by = Actor::System;
    job::check(&app.cx, &by, id, &mapping, false).await.unwrap();
    let checked = worker::complete(&app.cx, id, |_| ()).await.unwrap();
    assert_eq!(balance(checked).total(Outcome::Added), 2, "the forecast");
    let path = format!("/admin/imports/{id}");
    let page = owner.submit(&format!("{path}/cancel"), &[]).await;
    assert!(
        page.contains("cancelled") || page.contains("Cancelled"),
        "{page}"
    );
    let cancelled = job::by_id(&app.cx, id).await.unwrap().unwrap();
    assert_eq!(cancelled.state, ImportState::Cancelled);
    assert_eq!(balance(cancelled).total(Outcome::Added), 0);
    let page = owner.page(&path).await;
    assert!(!page.contains("id=\"balance\""), "no result: {page}");
    assert!(app.subscriber("new@x.org").await.is_null());
}

#[apply(on_both_databases)]
async fn an_import_is_undone(app: TestApp) {
    let body = json!({
        "email": "known@x.org", "name": "Known", "lists": ["news"], "status": "confirmed",
        "attributes": { "city": "Bonn" }, "tags": ["old"],
    });
    app.api_post("/subscribers", body).await;
    for email in ["left@x.org", "changed@x.org"] {
        app.subscribe(email, "news").await;
    }
    leave(&app, "left@x.org").await;
    let before = app.subscriber("known@x.org").await;
    let file = "email,name,city,tags,status\n\
        new@x.org,New,Oslo,vip,active\n\
        known@x.org,Other,Oslo,vip,unsubscribed\n\
        changed@x.org,Changed,Oslo,,active\n\
        left@x.org,,,,active\n\
        spam@x.org,,,,complained\n";
    import(&app, "people.csv", file.as_bytes(), |mapping| {
        mapping.resubscribe = vec![Kept::Left];
        mapping.reason = "asked".to_owned();
    })
    .await;
    assert_eq!(
        state(&app, "known@x.org").await.as_deref(),
        Some("unsubscribed")
    );
    assert_eq!(
        state(&app, "left@x.org").await.as_deref(),
        Some("confirmed")
    );
    // Somebody changes one of them since.
    let body = json!({ "email": "changed@x.org", "name": "Mine", "status": "confirmed" });
    app.api_post("/subscribers", body).await;

    let owner = AdminClient::owner(&app).await;
    let id = job::latest(&app.cx, 1).await.unwrap()[0].id;
    let path = format!("/admin/imports/{id}");
    assert!(owner.page(&path).await.contains("Undo import"));
    owner
        .submit(&format!("{path}/undo"), &[("confirmed", "yes")])
        .await;
    reaches(&app, id, ImportState::Undone).await;
    assert_eq!(app.subscriber("known@x.org").await, before);
    assert_eq!(
        state(&app, "left@x.org").await.as_deref(),
        Some("unsubscribed")
    );
    for email in ["new@x.org", "spam@x.org"] {
        assert!(app.subscriber(email).await.is_null(), "{email}");
    }
    let suppressed = app.api_get("/suppressions").await.to_string();
    assert!(!suppressed.contains("spam@x.org"), "{suppressed}");
    let changed = app.subscriber("changed@x.org").await;
    assert_eq!(changed["name"], "Mine");
    assert_eq!(changed["attributes"], json!({}));
    let again = owner
        .submit(&format!("{path}/undo"), &[("confirmed", "yes")])
        .await;
    assert!(again.contains("no longer kept"), "{again}");
}

#[apply(on_both_databases)]
async fn a_large_import_resumes_in_another_process(app: TestApp) {
    let mut file = String::from("email,name\n");
    for n in 0..11_000 {
        let name = "x".repeat(1 + n % 90);
        file.push_str(&format!("reader{n}@x.example,\"Reader\n{name}\"\n"));
    }
    // A name of two lines is rejected, so every row is, with its line.
    let id = read(&app, "f.csv", file.as_bytes()).await.unwrap();
    let mapping = job::mapping(&job::by_id(&app.cx, id).await.unwrap().unwrap());
    let by = Actor::System;
    job::check(&app.cx, &by, id, &mapping, false).await.unwrap();
    let checked = reaches(&app, id, ImportState::Checked).await;
    assert_eq!(
        (checked.rows_total, balance(checked).rejected),
        (11_000, 11_000)
    );
    let notes = job::notes(&app.cx, id, None, 0, 2).await.unwrap();
    assert_eq!((notes[0].1.line, notes[1].1.line), (2, 4));

    let file = file.replace("Reader\n", "Reader ");
    let id = started(&app, "f.csv", file.as_bytes()).await;
    // Another process works beside the first; neither takes a row twice.
    let stop = CancellationToken::new();
    let other = tokio::spawn(worker::work(app.cx.clone(), stop.clone()));
    let done = reaches(&app, id, ImportState::Finished).await;
    assert_eq!(done.rows_done, 11_000);
    let done = balance(done);
    assert_eq!((done.total(Outcome::Added), done.rows()), (11_000, 11_000));
    stop.cancel();
    other.await.unwrap();
}

#[apply(on_both_databases)]
async fn an_unreadable_file_is_rejected_with_a_reason(app: TestApp) {
    let owner = AdminClient::owner(&app).await;
    for (content, reason) in [
        (&b""[..], "The file is empty"),
        (b"%PDF-1.7\n", "This is a PDF"),
    ] {
        let answer = owner
            .upload("/admin/imports", &[("list", "news")], "f", content)
            .await;
        assert_eq!(answer.headers()[LOCATION], "/admin/imports");
        let page = owner.page("/admin/imports").await;
        assert!(page.contains(reason), "{page}");
    }
    assert!(
        job::latest(&app.cx, 10).await.unwrap().is_empty(),
        "nothing is left"
    );
    let other = uploaded(&owner, "f.csv", b"name,city\nA,B\n").await;
    let choices = [("standing", "confirmed"), ("existing", "update")];
    let path = format!("/admin/imports/{other}");
    let page = owner.submit(&format!("{path}/check"), &choices).await;
    assert!(
        page.contains("Choose the column with the addresses"),
        "{page}"
    );
    let choices = [
        ("column-0", "email"),
        ("standing", "confirmed"),
        ("existing", "update"),
        ("resubscribe", "left"),
    ];
    let page = owner.submit(&format!("{path}/check"), &choices).await;
    assert!(
        page.contains("Say why people who left are subscribed again"),
        "{page}"
    );

    owner.submit(&format!("{path}/cancel"), &[]).await;
    let run = owner.post(&format!("{path}/run"), &[]).await;
    assert_eq!(run.status(), 409);
}
