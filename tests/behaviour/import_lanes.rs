//! A piece of a file is written in several transactions at once.

use jarshy::import::job;
use jarshy::model::import::{ImportState, Outcome};
use rstest_reuse::apply;
use serde_json::Value;

use crate::harness::{Database, TestApp, on_both_databases};
use crate::importing::{balance, import, leave, reaches, started};

const READERS: i64 = 40;

fn file() -> String {
    let rows = (0..READERS).map(|n| format!("reader{n}@x.example,Press\n"));
    format!("email,tags\n{}", rows.collect::<String>())
}

/// Fails for one reader of the second half, once the first half is done.
const BREAK_OFF: [&str; 2] = [
    "CREATE FUNCTION break_off() RETURNS TRIGGER LANGUAGE plpgsql AS $$
     BEGIN
         WHILE (SELECT lanes_done FROM imports ORDER BY id DESC LIMIT 1) = 0 LOOP
             PERFORM pg_sleep(0.01);
         END LOOP;
         RAISE EXCEPTION 'broken off';
     END
     $$",
    "CREATE TRIGGER break_off BEFORE INSERT ON subscribers
     FOR EACH ROW WHEN (NEW.email_key = 'reader1@x.example') EXECUTE FUNCTION break_off()",
];

#[tokio::test(flavor = "multi_thread")]
async fn an_import_goes_on_where_half_a_piece_is_done() {
    let app = TestApp::start(Database::Postgres).await;
    for statement in BREAK_OFF {
        app.execute(statement).await;
    }
    let id = started(&app, "f.csv", file().as_bytes()).await;

    let done = async || job::by_id(&app.cx, id).await.unwrap().unwrap();
    app.until("half of it is done", async || done().await.rows_done > 0)
        .await;
    // Waits until the other half has been rolled back.
    app.execute("DROP TRIGGER break_off ON subscribers").await;
    let half = done().await;
    assert_eq!((half.pieces_done, half.state), (0, ImportState::Running));
    assert!((1..READERS).contains(&half.rows_done), "{half:?}");
    assert_eq!(balance(half.clone()).rows(), half.rows_done);
    assert_eq!(total(&app, "").await, half.rows_done);

    // As if another process found what the first has left.
    app.execute("UPDATE imports SET lease_until = 0").await;
    let whole = reaches(&app, id, ImportState::Finished).await;
    assert_eq!((whole.rows_done, whole.lanes_done), (READERS, 0));
    let whole = balance(whole);
    assert_eq!(
        (whole.total(Outcome::Added), whole.rows()),
        (READERS, READERS)
    );
    assert_eq!(total(&app, "").await, READERS);
    assert_eq!(total(&app, "&tag=Press").await, READERS);
}

async fn total(app: &TestApp, filter: &str) -> i64 {
    let page = app
        .api_get(&format!("/subscribers?limit=100{filter}"))
        .await;
    let items = page["items"].as_array().unwrap();
    i64::try_from(items.len()).unwrap()
}

#[apply(on_both_databases)]
async fn a_new_tag_has_the_spelling_of_its_first_row_everywhere(app: TestApp) {
    let file = "email,tags\nreader0@x.example,Press\nreader1@x.example,press\n\
                reader2@x.example,PRESS\nreader3@x.example,pRess\n";
    import(&app, "f.csv", file.as_bytes(), |_| ()).await;
    for n in 0..4 {
        let subscriber = app.subscriber(&format!("reader{n}@x.example")).await;
        assert_eq!(
            subscriber["tags"],
            Value::from(vec!["Press"]),
            "{subscriber}"
        );
    }
}

#[apply(on_both_databases)]
async fn notes_are_in_the_order_of_the_file(app: TestApp) {
    for n in 0..8 {
        let email = format!("reader{n}@x.example");
        app.subscribe(&email, "news").await;
        leave(&app, &email).await;
    }
    import(&app, "f.csv", file().as_bytes(), |_| ()).await;
    let id = job::latest(&app.cx, 1).await.unwrap()[0].id;
    let mut lines = Vec::new();
    let mut after = 0;
    // Page by page.
    while let Some((number, note)) = job::notes(&app.cx, id, None, after, 1).await.unwrap().pop() {
        lines.push(note.line);
        after = number;
    }
    assert_eq!(lines, (2..10).collect::<Vec<u64>>());
}
