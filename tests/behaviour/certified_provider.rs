//! Sign-in by npm's `oidc-provider`, which is certified by the OpenID Foundation.

use std::io::{BufRead as _, BufReader};
use std::net::TcpListener;
use std::process::{Child, Command, Stdio};

use jarshy::account::users;
use jarshy::model::user::Role;
use reqwest::{Client, StatusCode};
use rstest_reuse::apply;
use serde_json::json;

use crate::admin_client::AdminClient;
use crate::harness::{TestApp, on_both_databases};

const SCRIPT: &str = concat!(
    env!("CARGO_MANIFEST_DIR"),
    "/tests/support/oidc_provider.mjs"
);

struct Provider {
    process: Child,
    url: String,
}

impl Drop for Provider {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

impl Provider {
    fn start(app: &TestApp) -> Self {
        let folder = std::env::var("JARSHY_TEST_OIDC_PROVIDER");
        folder.expect("run scripts/test, which installs npm's oidc-provider");
        let free = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = free.local_addr().unwrap().port();
        drop(free);
        let callback = format!("{}/admin/sign-in/provider/callback", app.url);
        let mut process = Command::new("node")
            .args([SCRIPT, &port.to_string(), &callback])
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("node");
        let lines = BufReader::new(process.stdout.take().unwrap()).lines();
        let is_ready = |line: std::io::Result<String>| line.unwrap() == "ready";
        assert!(lines.into_iter().any(is_ready), "it has not started");
        Self {
            process,
            url: format!("http://127.0.0.1:{port}"),
        }
    }
}

/// Goes on until the browser is back here, as the person who is called `name` there.
async fn through(provider: &Provider, browser: &AdminClient, name: &str) -> reqwest::Response {
    let begun = browser.post("/admin/sign-in/provider", &[]).await;
    let refresh = begun.headers()["refresh"].to_str().unwrap().to_owned();
    let mut at = refresh.strip_prefix("0; url=").unwrap().to_owned();
    // A browser of its own: only the last step is ours.
    let there = Client::builder()
        .cookie_store(true)
        // The provider may close an idle connection just as it is used again.
        .pool_max_idle_per_host(0)
        .redirect(reqwest::redirect::Policy::none())
        .build()
        .unwrap();
    for _ in 0..10 {
        let mut answer = there.get(&at).send().await.unwrap();
        if answer.status() == StatusCode::OK {
            let page = answer.text().await.unwrap();
            let form = if page.contains("name=\"login\"") {
                vec![("prompt", "login"), ("login", name), ("password", "x")]
            } else {
                vec![("prompt", "consent")]
            };
            answer = there.post(&at).form(&form).send().await.unwrap();
        }
        let to = answer.headers()["location"].to_str().unwrap();
        at = match to.strip_prefix('/') {
            Some(path) => format!("{}/{path}", provider.url),
            None => to.to_owned(),
        };
        if let Some((_, back)) = at.split_once("/admin/sign-in/provider/callback") {
            return browser
                .get(&format!("/admin/sign-in/provider/callback{back}"))
                .await;
        }
    }
    panic!("the provider leads nowhere: {at}");
}

#[apply(on_both_databases)]
async fn people_sign_in_by_a_certified_provider(app: TestApp) {
    let provider = Provider::start(&app);
    let settings = json!({ "settings": {
        "oidc_issuer": provider.url, "oidc_client_id": "jarshy",
        "oidc_client_secret": "s3cret+&=", "oidc_scopes": ["email", "groups"],
        "oidc_roles": ["press=editor", "staff=viewer"], "oidc_create_users": true,
    } });
    let set = app.api("PATCH", "/settings").json(&settings).send().await;
    assert!(set.unwrap().status().is_success());

    for (name, role) in [("press", Role::Editor), ("aigul", Role::Viewer)] {
        let browser = AdminClient::nobody(&app);
        let back = through(&provider, &browser, name).await;
        let status = back.status();
        let page = back.text().await.unwrap();
        assert_eq!(status, StatusCode::SEE_OTHER, "{page}");
        browser.page("/admin").await;
        let all = users::all(&app.cx).await.unwrap();
        let email = format!("{name}@embassy.example");
        let user = all.iter().find(|user| user.email.as_str() == email);
        assert_eq!(user.unwrap().role, role);
    }
    for (name, why) in [
        ("guest", "None of your groups"),
        ("unverified", "does not confirm"),
    ] {
        let browser = AdminClient::nobody(&app);
        let back = through(&provider, &browser, name).await;
        assert_eq!(back.status(), StatusCode::FORBIDDEN, "{name}");
        assert!(back.text().await.unwrap().contains(why), "{name}");
    }
}
