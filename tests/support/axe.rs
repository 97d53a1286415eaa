//! An independent judge of what a page shows: axe-core, in a real browser.

use serde_json::{Value, json};

use crate::browser::Browser;
use crate::support::{Demo, PATIENCE};

/// Looks at pages through a browser and says what is wrong with them.
pub struct Axe {
    pub browser: Browser,
    axe: String,
}

/// How a page is looked at.
#[derive(Debug, Clone, Copy)]
pub struct Look {
    pub width: u32,
    pub is_dark: bool,
}

impl Look {
    pub const DESKTOP: Look = Look {
        width: 1280,
        is_dark: false,
    };
    pub const DARK: Look = Look {
        width: 1280,
        is_dark: true,
    };
    /// The narrowest that WCAG 2.2 asks for (1.4.10).
    pub const PHONE: Look = Look {
        width: 320,
        is_dark: false,
    };
    pub const DARK_PHONE: Look = Look {
        width: 320,
        is_dark: true,
    };
}

impl Axe {
    pub async fn start() -> Self {
        let axe = std::env::var("JARSHY_TEST_AXE")
            .expect("pages are judged by axe-core: run scripts/test, which fetches it");
        let axe = std::fs::read_to_string(axe).unwrap();
        let browser = Browser::start().await;
        browser.driver.set_script_timeout(PATIENCE).await.unwrap();
        Self { browser, axe }
    }

    /// Opens a page as somebody with this screen and these wishes sees it.
    pub async fn open(&self, url: &str, look: Look) {
        let theme = if look.is_dark { "dark" } else { "light" };
        let tools = self.browser.driver.cdp();
        for (command, parameters) in [
            (
                "Emulation.setDeviceMetricsOverride",
                json!({ "width": look.width, "height": 1600, "deviceScaleFactor": 1, "mobile": false }),
            ),
            (
                "Emulation.setEmulatedMedia",
                json!({ "features": [{ "name": "prefers-color-scheme", "value": theme }] }),
            ),
        ] {
            tools.send_raw(command, parameters).await.unwrap();
        }
        // To an address with a fragment that is open already, the browser does not load the page
        // again: its colours would still be fading from the look before.
        self.browser.open("about:blank").await;
        // What an earlier page said is none of this page's.
        self.browser.driver.get_log("browser").await.unwrap();
        self.browser.open(url).await;
        // What lies under a bar that sticks to the window's foot is scrolled clear of it.
        let lay = "document.querySelectorAll('.form-bar').forEach((bar) => { bar.style.position = 'static'; })";
        self.browser.driver.execute(lay, vec![]).await.unwrap();
    }

    /// What keeps somebody from using the page that is open: breaches of WCAG
    /// 2.2 AA that axe-core finds, sideways scrolling, and what the browser
    /// complains of.
    pub async fn faults(&self) -> Vec<String> {
        let script = format!(
            "{}\nconst done = arguments[arguments.length - 1];
             axe.run(document, {{ runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] }})
                .then(found => done(found.violations.map(one =>
                    one.id + ': ' + one.help + ': ' + one.nodes.map(node => node.html.slice(0, 160)).join(' | '))))
                .catch(error => done(['axe failed: ' + error]));",
            self.axe
        );
        let found = self
            .browser
            .driver
            .execute_async(script, vec![])
            .await
            .unwrap();
        let mut faults: Vec<String> = found.convert().unwrap();
        let wider =
            "return document.documentElement.scrollWidth - document.documentElement.clientWidth;";
        let wider = self.browser.driver.execute(wider, vec![]).await.unwrap();
        if let Some(wider) = wider.json().as_f64().filter(|wider| *wider > 0.0) {
            faults.push(format!("the page scrolls sideways by {wider} pixels"));
        }
        for entry in self.browser.driver.get_log("browser").await.unwrap() {
            if matches!(entry.level.as_str(), "SEVERE" | "WARNING") {
                faults.push(format!("the browser says: {}", entry.message));
            }
        }
        faults
    }

    /// Opens each page in each look and gives all that is wrong with them.
    pub async fn judge(&self, site_url: &str, paths: &[String], looks: &[Look]) -> Vec<String> {
        let mut all = Vec::new();
        for path in paths {
            for look in looks {
                self.open(&format!("{site_url}{path}"), *look).await;
                let faults = self.faults().await;
                all.extend(
                    faults
                        .into_iter()
                        .map(|fault| format!("{path} ({look:?}): {fault}")),
                );
            }
        }
        all
    }
}

/// The `json` of a call that must succeed.
pub async fn api(demo: &Demo, token: &str, path: &str, body: Value) -> Value {
    api_by(reqwest::Method::POST, demo, token, path, body).await
}

/// The same by another method.
pub async fn api_by(
    method: reqwest::Method,
    demo: &Demo,
    token: &str,
    path: &str,
    body: Value,
) -> Value {
    let response = reqwest::Client::new()
        .request(method, format!("{}/api/v1{path}", demo.url))
        .bearer_auth(token)
        .json(&body)
        .send()
        .await
        .unwrap();
    let status = response.status();
    let text = response.text().await.unwrap();
    assert!(status.is_success(), "{path}: {status} {text}");
    serde_json::from_str(&text).unwrap_or_default()
}
