//! The list of series in pages, as other lists of the API are.

use reqwest::StatusCode;
use rstest_reuse::apply;
use serde_json::{Value, json};

use super::email;
use crate::harness::{TestApp, on_both_databases};

#[apply(on_both_databases)]
async fn series_are_listed_in_pages(app: TestApp) {
    for name in ["C", "A", "E", "B", "D"] {
        let fields = json!({ "name": name, "list": "news", "start": { "kind": "call" },
                             "steps": [email("First")] });
        app.api_post("/series", fields).await;
    }
    let names = |page: &Value| {
        let items = page["items"].as_array().unwrap().iter();
        let names = items.map(|one| one["name"].as_str().unwrap().to_owned());
        names.collect::<Vec<String>>()
    };
    let (mut path, mut all) = ("/series?limit=2".to_owned(), Vec::new());
    loop {
        let page = app.api_get(&path).await;
        let found = names(&page);
        assert!(found.len() <= 2, "{page}");
        all.extend(found);
        let Some(next) = page["next_cursor"].as_str() else {
            break;
        };
        path = format!("/series?limit=2&cursor={next}");
    }
    assert_eq!(all, ["C", "A", "E", "B", "D"], "the oldest first");
    assert_eq!(names(&app.api_get("/series").await).len(), 5);
    for wrong in ["limit=0", "limit=x", "cursor=x"] {
        let refused = app.api("GET", &format!("/series?{wrong}")).send().await;
        let status = refused.unwrap().status();
        assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY, "{wrong}");
    }
}
