//! Importing a file on the admin pages.

use std::time::{Duration, Instant};

use jarshy::audience::{import_job, import_worker};
use jarshy::model::ImportId;
use jarshy::model::import::ImportState;
use jarshy::store::imports::Import;
use reqwest::header::LOCATION;
use rstest_reuse::apply;
use tokio_util::sync::CancellationToken;

use crate::admin_client::AdminClient;
use crate::harness::{TestApp, on_both_databases};

async fn upload(person: &AdminClient, content: &[u8]) -> ImportId {
    let answer = person
        .upload("/admin/imports", &[("list", "news")], "people.csv", content)
        .await;
    assert_eq!(answer.status(), 303);
    let path = answer.headers()[LOCATION].to_str().unwrap().to_owned();
    path.rsplit('/').next().unwrap().parse().unwrap()
}

async fn reaches(app: &TestApp, id: ImportId, state: ImportState) -> Import {
    let started = Instant::now();
    loop {
        let import = import_job::by_id(&app.cx, id).await.unwrap().unwrap();
        if import.state == state {
            return import;
        }
        assert!(
            started.elapsed() < Duration::from_secs(20),
            "not {state}: {import:?}"
        );
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
}

const FILE: &str = "E-mail;Full name;Language;City;Note\n\
    a@x.example;Aigul;kk;Astana;x\n\
    known@x.example;Known;en;;\n\
    no address;Nobody;en;;\n\
    b@x.example;\"Semi; colon\";de;;\n\
    A@x.example;Again;kk;Astana;\n\
    never@x.example;;ru;;\n";

#[apply(on_both_databases)]
async fn dry_run_then_import_then_import_again(app: TestApp) {
    let owner = AdminClient::owner(&app).await;
    app.subscribe("known@x.example", "news").await;
    owner
        .submit(
            "/admin/suppressions",
            &[("email", "never@x.example"), ("reason", "manual")],
        )
        .await;

    let id = upload(&owner, FILE.as_bytes()).await;
    let path = format!("/admin/imports/{id}");
    let page = owner.page(&path).await;
    for guessed in [
        "<option selected>E-mail",
        "<option selected>Full name",
        "<option selected>Language",
    ] {
        assert!(page.contains(guessed), "{guessed} in {page}");
    }
    let columns = [
        ("email", "E-mail"),
        ("name", "Full name"),
        ("language", "Language"),
        ("ignored", "Note"),
    ];
    owner.submit(&format!("{path}/check"), &columns).await;
    let checked = reaches(&app, id, ImportState::Checked).await;
    assert_eq!(
        (
            checked.added,
            checked.known,
            checked.rejected,
            checked.suppressed
        ),
        (2, 2, 2, 1),
        "{checked:?}"
    );
    assert_eq!(checked.rows_total, 6);
    assert_eq!(
        app.api_get("/subscribers").await["items"]
            .as_array()
            .unwrap()
            .len(),
        1,
        "nothing is changed"
    );

    let rejected = owner.page(&format!("{path}/rejected-rows.csv")).await;
    assert!(rejected.starts_with("line,reason\n4,"), "{rejected}");
    assert!(
        rejected.contains("\n5,") && rejected.contains("language"),
        "{rejected}"
    );

    owner.submit(&format!("{path}/run"), &[]).await;
    let done = reaches(&app, id, ImportState::Finished).await;
    assert_eq!(
        (done.added, done.known, done.rejected),
        (2, 2, 2),
        "{done:?}"
    );
    assert_eq!(
        app.subscription("a@x.example", "news").await.as_deref(),
        Some("confirmed")
    );
    let aigul = &app.api_get("/subscribers?q=a@x.ex").await["items"][0];
    assert_eq!(aigul["attributes"], serde_json::json!({ "City": "Astana" }));
    let profile = owner
        .page(&format!("/admin/subscribers/{}", aigul["id"]))
        .await;
    assert!(
        profile.contains("import people.csv by owner@embassy.example"),
        "{profile}"
    );
    assert_eq!(
        owner.post(&format!("{path}/run"), &[]).await.status(),
        409,
        "it has run"
    );

    let again = upload(&owner, FILE.as_bytes()).await;
    owner
        .submit(&format!("/admin/imports/{again}/check"), &columns)
        .await;
    let checked = reaches(&app, again, ImportState::Checked).await;
    assert_eq!((checked.added, checked.known), (0, 4));
}

#[apply(on_both_databases)]
async fn a_large_import_resumes_in_another_process(app: TestApp) {
    let owner = AdminClient::owner(&app).await;
    let mut file = String::from("email,name\n");
    for n in 0..6_000 {
        // A field with a line break, so that a row may straddle two pieces.
        file.push_str(&format!(
            "reader{n}@x.example,\"Reader\n{}\"\n",
            "x".repeat(1 + n % 90)
        ));
    }
    let id = upload(&owner, file.as_bytes()).await;
    import_job::check(
        &app.cx,
        &jarshy::model::audit::Actor::System,
        id,
        &Default::default(),
        false,
    )
    .await
    .unwrap();
    let checked = reaches(&app, id, ImportState::Checked).await;
    // A name of two lines is refused, so every row is, with its line.
    assert_eq!((checked.rows_total, checked.rejected), (6_000, 6_000));

    let file = file.replace("Reader\n", "Reader ");
    let id = upload(&owner, file.as_bytes()).await;
    import_job::check(
        &app.cx,
        &jarshy::model::audit::Actor::System,
        id,
        &Default::default(),
        false,
    )
    .await
    .unwrap();
    reaches(&app, id, ImportState::Checked).await;
    import_job::start(&app.cx, &jarshy::model::audit::Actor::System, id)
        .await
        .unwrap();
    // Another process works beside the first; neither takes a row twice.
    let stop = CancellationToken::new();
    let other = tokio::spawn(import_worker::work(app.cx.clone(), stop.clone()));
    let done = reaches(&app, id, ImportState::Finished).await;
    assert_eq!(
        (done.rows_done, done.added, done.known, done.rejected),
        (6_000, 6_000, 0, 0),
        "{done:?}"
    );
    stop.cancel();
    other.await.unwrap();
}

#[apply(on_both_databases)]
async fn an_invalid_file_fails_with_a_reason(app: TestApp) {
    let owner = AdminClient::owner(&app).await;
    let empty = upload(&owner, b"").await;
    import_job::check(
        &app.cx,
        &jarshy::model::audit::Actor::System,
        empty,
        &Default::default(),
        false,
    )
    .await
    .unwrap();
    assert_eq!(
        reaches(&app, empty, ImportState::Failed).await.failure,
        "the file is empty"
    );
    let other = upload(&owner, b"name,city\nA,B\n").await;
    import_job::check(
        &app.cx,
        &jarshy::model::audit::Actor::System,
        other,
        &Default::default(),
        false,
    )
    .await
    .unwrap();
    assert_eq!(
        reaches(&app, other, ImportState::Failed).await.failure,
        "the file has no column \"email\""
    );
    let page = owner.page(&format!("/admin/imports/{other}")).await;
    assert!(page.contains("The file cannot be read"), "{page}");

    let given_up = upload(&owner, b"email\na@x.example\n").await;
    owner
        .submit(&format!("/admin/imports/{given_up}/cancel"), &[])
        .await;
    assert_eq!(
        owner
            .post(&format!("/admin/imports/{given_up}/run"), &[])
            .await
            .status(),
        409
    );
}
