//! The counts that pages show are those of what there is, whatever has changed it.

use jarshy::audience::{expire, kept_counts, list_admin};
use jarshy::model::audit::Actor;
use jarshy::model::list_access::ListAccess;
use jarshy::store;
use jarshy::store::kept_counts::Difference;
use rstest_reuse::apply;
use serde_json::json;

use crate::harness::{TestApp, on_both_databases};
use crate::importing::{import, leave, undo_latest};

/// What a count anew finds, before and after the rows of each count are summed up.
async fn differences(app: &TestApp) -> Vec<Difference> {
    let count = async || {
        let mut db = app.cx.store.read().await.unwrap();
        store::kept_counts::differences(&mut db).await.unwrap()
    };
    let mut found = count().await;
    kept_counts::fold(&app.cx).await.unwrap();
    found.extend(count().await);
    found
}

async fn are_right(app: &TestApp, after: &str) {
    assert_eq!(differences(app).await, [], "{after}");
}

/// Confirmed, pending and ended subscriptions, as pages show them.
async fn sizes(app: &TestApp, slug: &str) -> [i64; 3] {
    let all = list_admin::with_sizes(&app.cx, &ListAccess::All).await;
    let mut all = all.unwrap().into_iter();
    let sized = all.find(|one| one.list.slug.as_str() == slug).unwrap();
    [sized.confirmed, sized.pending, sized.unsubscribed]
}

async fn erase(app: &TestApp, email: &str) {
    let id = app.subscriber(email).await["id"].clone();
    let erased = app.api("DELETE", &format!("/subscribers/{id}"));
    assert!(erased.send().await.unwrap().status().is_success());
}

#[apply(on_both_databases)]
async fn counts_follow_whatever_people_and_admins_do(app: TestApp) {
    app.create_list("other", "double").await;
    app.join("waits@x.example").await;
    app.mail_to("waits@x.example").await;
    are_right(&app, "a join").await;
    assert_eq!(sizes(&app, "news").await, [0, 1, 0]);

    app.join_and_confirm("stays@x.example").await;
    are_right(&app, "a confirmation").await;
    assert_eq!(sizes(&app, "news").await, [1, 1, 0]);

    for n in 0..5 {
        app.subscribe(&format!("r{n}@x.example"), "news").await;
        app.subscribe(&format!("r{n}@x.example"), "other").await;
    }
    are_right(&app, "additions by an admin").await;
    leave(&app, "r0@x.example").await;
    are_right(&app, "a departure").await;
    assert_eq!(sizes(&app, "news").await, [5, 1, 1]);

    let id = app.subscriber("r1@x.example").await["id"].clone();
    let profile = json!({ "name": "Other", "language": "kk", "tags": ["Press", "board"] });
    let changed = app
        .api("PATCH", &format!("/subscribers/{id}"))
        .json(&profile);
    assert!(changed.send().await.unwrap().status().is_success());
    are_right(&app, "a change").await;
    let tags = app.api_get("/tags").await;
    assert_eq!(tags["items"][1]["name"], "Press", "{tags}");
    assert_eq!(tags["items"][1]["subscribers"], 1, "{tags}");

    erase(&app, "r1@x.example").await;
    are_right(&app, "an erasure").await;
    assert_eq!(app.api_get("/tags").await["items"], json!([]));
    assert_eq!(sizes(&app, "other").await, [4, 0, 0]);

    app.execute("UPDATE subscriptions SET changed_at = 0 WHERE state = 'pending'")
        .await;
    expire::expire_pending(&app.cx).await.unwrap();
    are_right(&app, "an expiry").await;
    assert_eq!(sizes(&app, "news").await, [4, 0, 1]);

    let all = list_admin::all(&app.cx).await.unwrap();
    let other = all.iter().find(|list| list.slug.as_str() == "other");
    list_admin::delete(&app.cx, &Actor::System, other.unwrap().id, true)
        .await
        .unwrap();
    are_right(&app, "the deletion of a list").await;
    assert_eq!(sizes(&app, "news").await, [4, 0, 1]);
}

#[apply(on_both_databases)]
async fn counts_follow_an_import_and_its_undoing(app: TestApp) {
    app.subscribe("left@x.example", "news").await;
    let file = "email,language,status,tags\nnew@x.example,ru,active,press\n\
                other@x.example,kk,active,press\nleft@x.example,en,unsubscribed,\n";
    import(&app, "people.csv", file.as_bytes(), |_| ()).await;
    are_right(&app, "an import").await;
    assert_eq!(sizes(&app, "news").await, [2, 0, 1]);

    undo_latest(&app).await;
    are_right(&app, "its undoing").await;
    assert_eq!(sizes(&app, "news").await, [1, 0, 0]);
}

/// Many come and go at once: each count is right at each moment, also while its rows are summed up.
#[apply(on_both_databases)]
async fn counts_are_right_while_many_come_at_once(app: TestApp) {
    let coming = async |worker: usize| {
        for n in 0..12 {
            let email = format!("r{worker}-{n}@x.example");
            app.subscribe(&email, "news").await;
            if n % 3 == 0 {
                leave(&app, &email).await;
            }
        }
    };
    let watching = async {
        for _ in 0..20 {
            are_right(&app, "while people come").await;
        }
    };
    tokio::join!(coming(0), coming(1), coming(2), coming(3), watching);
    are_right(&app, "all have come").await;
    assert_eq!(sizes(&app, "news").await, [32, 0, 16]);
}

#[apply(on_both_databases)]
async fn a_wrong_count_is_corrected_and_told(app: TestApp) {
    for n in 0..3 {
        app.subscribe(&format!("r{n}@x.example"), "news").await;
    }
    // The worker's own, when it starts.
    app.until("counts are verified", async || {
        let last = kept_counts::last(&app.cx).await.unwrap();
        last.is_some_and(|last| last.corrected == Some(0))
    })
    .await;
    app.execute("DELETE FROM kept_counts WHERE what = 'subscriptions'")
        .await;
    app.execute(
        "INSERT INTO kept_counts (what, list_id, key, number) VALUES ('tags', 0, 'nobody', 9)",
    )
    .await;
    assert_eq!(sizes(&app, "news").await, [0, 0, 0]);

    let corrected = kept_counts::verify(&app.cx).await.unwrap();
    let sides: Vec<_> = corrected
        .iter()
        .map(|one| (one.what.as_str(), one.key.as_str(), one.kept, one.counted))
        .collect();
    let expected = [
        ("subscriptions", "confirmed", 0, 3),
        ("tags", "nobody", 9, 0),
    ];
    assert_eq!(sides, expected);
    are_right(&app, "a correction").await;
    assert_eq!(sizes(&app, "news").await, [3, 0, 0]);
    let last = kept_counts::last(&app.cx).await.unwrap().unwrap();
    assert_eq!(last.corrected, Some(2));

    app.until("the owner is told", async || {
        let told = app.api_get("/notifications").await;
        let mut items = told["items"].as_array().unwrap().iter();
        items.any(|one| one["kind"] == "counts_corrected")
    })
    .await;
    assert_eq!(kept_counts::verify(&app.cx).await.unwrap(), []);
    // Nobody does it again within a day.
    kept_counts::verify_due(&app.cx).await.unwrap();
}
