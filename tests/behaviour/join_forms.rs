//! The join form in other places: the page of one list, a frame and a plain form
//! on other sites, and the work that is asked of browsers.

use data_encoding::{BASE64, HEXLOWER};
use jarshy::token::Token;
use reqwest::{Response, StatusCode};
use rstest_reuse::apply;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use std::time::Duration;

use crate::admin_client::AdminClient;
use crate::harness::{TestApp, on_both_databases};

const PARTNER: &str = "https://www.partner.example";

/// Sends a form as a browser does that shows a page of another site.
async fn send_from(app: &TestApp, origin: &str, path: &str, form: &[(&str, &str)]) -> Response {
    let request = app.client.post(format!("{}{path}", app.url)).form(form);
    let request = request.header("origin", origin);
    let request = request.header("sec-fetch-site", "cross-site");
    request.send().await.unwrap()
}

fn policy(answer: &Response) -> &str {
    answer.headers()["content-security-policy"]
        .to_str()
        .unwrap()
}

/// The solution of a puzzle, as a browser finds it.
async fn solution(app: &TestApp) -> String {
    let puzzle: Value = app.get("/join-puzzle").await.json().await.unwrap();
    let salt = puzzle["salt"].as_str().unwrap();
    let digest = |number: &u64| HEXLOWER.encode(&Sha256::digest(format!("{salt}{number}")));
    let number = (0..=puzzle["maxnumber"].as_u64().unwrap())
        .find(|number| puzzle["challenge"] == digest(number).as_str())
        .expect("a puzzle with a solution");
    let solution = json!({
        "algorithm": puzzle["algorithm"], "challenge": puzzle["challenge"],
        "number": number, "salt": salt, "signature": puzzle["signature"],
    });
    BASE64.encode(solution.to_string().as_bytes())
}

#[apply(on_both_databases)]
async fn a_list_has_a_hosted_join_page(app: TestApp) {
    app.create_list("flash", "double").await;
    let page = app.get("/ru/join/flash").await.text().await.unwrap();
    assert!(page.contains("<h1 class=\"title\">flash</h1>"), "{page}");
    assert!(
        page.contains("action=\"/ru/join/flash\"") && !page.contains("name=\"lists\""),
        "{page}"
    );
    let form = [("email", "a@example.kz"), ("lists", "news")];
    assert_eq!(
        app.submit("/ru/join/flash", &form).await.status(),
        StatusCode::OK
    );
    assert_eq!(
        app.subscription("a@example.kz", "flash").await.as_deref(),
        Some("pending")
    );
    assert_eq!(app.subscription("a@example.kz", "news").await, None);
    let faulty = app.submit("/join/flash", &[("email", "nonsense")]).await;
    assert_eq!(faulty.status(), StatusCode::UNPROCESSABLE_ENTITY);
    assert!(
        faulty
            .text()
            .await
            .unwrap()
            .contains("action=\"/join/flash\"")
    );

    let private =
        json!({ "slug": "board", "name": "Board", "visibility": "private", "opt_in": "double" });
    app.api_post("/lists", private).await;
    for path in [
        "/join/board",
        "/join/board/embed",
        "/join/nowhere",
        "/join/nowhere/embed",
    ] {
        assert_eq!(
            app.get(path).await.status(),
            StatusCode::NOT_FOUND,
            "{path}"
        );
        assert_eq!(
            app.submit(path, &form).await.status(),
            StatusCode::NOT_FOUND,
            "{path}"
        );
    }
}

#[apply(on_both_databases)]
async fn forms_are_accepted_from_allowed_sites(app: TestApp) {
    let form = [("email", "a@example.kz"), ("name", "Aigul")];
    for path in ["/join", "/join/news", "/join/news/embed"] {
        for origin in [PARTNER, "null"] {
            let refused = send_from(&app, origin, path, &form).await;
            assert_eq!(
                refused.status(),
                StatusCode::FORBIDDEN,
                "{path} from {origin}"
            );
            let page = refused.text().await.unwrap();
            assert!(
                page.contains("send it from here") && page.contains("value=\"Aigul\""),
                "{page}"
            );
        }
    }
    assert!(policy(&app.get("/join/news/embed").await).ends_with("frame-ancestors 'self'"));

    let owner = AdminClient::owner(&app).await;
    let forms = "/admin/lists/news/forms";
    let bad = owner
        .refused(forms, &[("origins", "https://a.kz/path")], 422)
        .await;
    assert!(bad.contains("without a path"), "{bad}");
    let saved = owner
        .submit(
            forms,
            &[("origins", "https://www.Partner.example/\r\nhttp://b.kz")],
        )
        .await;
    assert!(
        saved.contains("http://b.kz\nhttps://www.partner.example"),
        "{saved}"
    );

    let embedded = app.get("/en/join/news/embed").await;
    let framing = "frame-ancestors 'self' http://b.kz https://www.partner.example";
    assert!(
        policy(&embedded).ends_with(framing),
        "{}",
        policy(&embedded)
    );
    let page = embedded.text().await.unwrap();
    assert!(
        page.contains("action=\"/en/join/news/embed\"") && !page.contains("masthead"),
        "{page}"
    );
    assert!(policy(&app.get("/join/news").await).ends_with("frame-ancestors 'self'"));
    for path in ["/join", "/join/news"] {
        assert_eq!(
            send_from(&app, PARTNER, path, &form).await.status(),
            StatusCode::SEE_OTHER,
            "{path}"
        );
        let other = send_from(&app, "https://evil.example", path, &form).await;
        assert_eq!(other.status(), StatusCode::FORBIDDEN, "{path}");
    }
    assert_eq!(
        app.subscription("a@example.kz", "news").await.as_deref(),
        Some("pending")
    );
    app.create_list("flash", "double").await;
    let both = [
        ("email", "b@example.kz"),
        ("lists", "news"),
        ("lists", "flash"),
    ];
    let refused = send_from(&app, PARTNER, "/join", &both).await;
    assert_eq!(
        refused.status(),
        StatusCode::FORBIDDEN,
        "flash was not allowed there"
    );

    let sent = app.submit("/en/join/news/embed", &form).await;
    assert!(policy(&sent).ends_with(framing));
    assert!(!sent.text().await.unwrap().contains("masthead"));
}

#[apply(on_both_databases)]
async fn forms_need_proof_of_work(app: TestApp) {
    let owner = AdminClient::owner(&app).await;
    owner
        .submit("/admin/join-form/work", &[("work", "always")])
        .await;
    for path in ["/", "/join", "/join/news", "/join/news/embed", "/archive"] {
        let page = app.get(path).await.text().await.unwrap();
        assert!(page.contains("data-puzzle=\"/join-puzzle\""), "{path}");
    }
    let lazy = app.join("lazy@example.kz").await;
    assert_eq!(lazy.status(), StatusCode::UNPROCESSABLE_ENTITY);
    assert!(lazy.text().await.unwrap().contains("wait 15 seconds"));
    assert_eq!(app.subscription("lazy@example.kz", "news").await, None);

    let solution = solution(&app).await;
    let form = |email| [("email", email), ("altcha", solution.as_str())];
    assert_eq!(
        app.submit("/join", &form("a@example.kz")).await.status(),
        StatusCode::OK
    );
    assert_eq!(
        app.subscription("a@example.kz", "news").await.as_deref(),
        Some("pending")
    );
    let again = app.submit("/join", &form("b@example.kz")).await;
    assert_eq!(
        again.status(),
        StatusCode::UNPROCESSABLE_ENTITY,
        "a solution counts once"
    );
}

#[apply(on_both_databases)]
async fn the_api_needs_proof_of_work(app: TestApp) {
    let owner = AdminClient::owner(&app).await;
    owner
        .submit("/admin/join-form/work", &[("work", "always")])
        .await;
    let join = async |body: Value| {
        let request = app
            .client
            .post(format!("{}/api/v1/join", app.url))
            .json(&body);
        request.send().await.unwrap()
    };
    let refused = join(json!({ "email": "a@example.kz" })).await;
    assert_eq!(refused.status(), StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.text().await.unwrap().contains("/join-puzzle"));
    let body = json!({ "email": "a@example.kz", "altcha": solution(&app).await });
    assert_eq!(join(body.clone()).await.status(), StatusCode::ACCEPTED);
    assert_eq!(join(body).await.status(), StatusCode::UNPROCESSABLE_ENTITY);
    owner
        .submit("/admin/join-form/work", &[("work", "never")])
        .await;
    assert_eq!(
        join(json!({ "email": "b@example.kz" })).await.status(),
        StatusCode::ACCEPTED
    );
}

#[apply(on_both_databases)]
async fn without_scripts_a_minimum_fill_time(app: TestApp) {
    let owner = AdminClient::owner(&app).await;
    owner
        .submit("/admin/join-form/work", &[("work", "always")])
        .await;
    let shown = |seconds| {
        let at = app.cx.clock.now().before(Duration::from_secs(seconds));
        app.cx.keys.sign(&Token::FormShown { at })
    };
    for (seconds, status) in [(5, 422), (16, 200), (4 * 3600, 422)] {
        let mark = shown(seconds);
        let form = [("email", "a@example.kz"), ("shown", mark.as_str())];
        assert_eq!(
            app.submit("/join", &form).await.status().as_u16(),
            status,
            "{seconds}"
        );
        assert_eq!(
            app.submit("/join", &form).await.status(),
            422,
            "a form counts once"
        );
    }
    // Nobody has the patience of many.
    let mut taken = 0;
    for seconds in 20..60 {
        let mark = shown(seconds);
        let form = [("email", "b@example.kz"), ("shown", mark.as_str())];
        taken += usize::from(app.submit("/join", &form).await.status() == 200);
    }
    assert!((5..15).contains(&taken), "{taken}");
}
