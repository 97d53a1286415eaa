//! A headless Chromium, driven as a person would: by labels and buttons.

use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use data_encoding::BASE64;
use serde_json::json;
use thirtyfour::prelude::*;

use crate::support::{Folder, PATIENCE};

const LEAVING: &str = include_str!("leaving.js");
const HAS_ARRIVED: &str = "return !window.isBeingLeft && document.readyState === 'complete'
    && !document.querySelector('.htmx-request')";

/// A window of its own.
pub struct Browser {
    pub driver: WebDriver,
    chromedriver: Child,
    _profile: Folder,
    pictures: Option<PathBuf>,
}

impl Drop for Browser {
    fn drop(&mut self) {
        // The browser goes with its driver's session.
        let _ = self.chromedriver.kill();
        let _ = self.chromedriver.wait();
    }
}

impl Browser {
    /// Starts Chromium and its driver, which `scripts/test` installs.
    pub async fn start() -> Self {
        let port = std::net::TcpListener::bind("127.0.0.1:0")
            .unwrap()
            .local_addr()
            .unwrap()
            .port();
        let chromedriver = Command::new("chromedriver")
            .arg(format!("--port={port}"))
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .expect("chromedriver: run scripts/test, which installs it");
        let profile = Folder::new();
        let mut capabilities = DesiredCapabilities::chrome();
        for argument in [
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            "--disable-quic",
            "--disable-dev-shm-usage",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            "--hide-scrollbars",
            "--window-size=1280,900",
            "--lang=en",
            &format!("--user-data-dir={}", profile.0.display()),
        ] {
            capabilities.add_arg(argument).unwrap();
        }
        let url = format!("http://127.0.0.1:{port}");
        let started = Instant::now();
        let driver = loop {
            match WebDriver::new(&url, capabilities.clone()).await {
                Ok(driver) => break driver,
                Err(error) => {
                    assert!(started.elapsed() < PATIENCE, "no browser: {error}");
                    tokio::time::sleep(Duration::from_millis(100)).await;
                }
            }
        };
        let source = json!({ "source": format!("{{ {LEAVING} }}") });
        let tools = driver.cdp();
        tools
            .send_raw("Page.addScriptToEvaluateOnNewDocument", source)
            .await
            .unwrap();
        Self {
            driver,
            chromedriver,
            _profile: profile,
            pictures: std::env::var_os("JARSHY_SCREENSHOTS").map(PathBuf::from),
        }
    }

    /// Ends the session; without it the browser would outlive its test.
    pub async fn quit(self) {
        let _ = self.driver.clone().quit().await;
    }

    /// Opens a page, once the page has arrived that was asked for before.
    pub async fn open(&self, url: &str) {
        self.arrive().await;
        self.driver.goto(url).await.unwrap();
    }

    /// Waits until the page is there that was last asked for by a link or a form, with its parts
    /// that come later.
    pub async fn arrive(&self) {
        let started = Instant::now();
        loop {
            let error = match self.driver.execute(HAS_ARRIVED, vec![]).await {
                Ok(said) if said.json() == &json!(true) => return,
                Ok(_) => "the next page does not come".to_owned(),
                Err(error) => error.to_string(),
            };
            let here = self.driver.current_url().await;
            assert!(started.elapsed() < PATIENCE, "{error}, on {here:?}");
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    }

    /// Looks again until something is found.
    pub async fn find(&self, css: &str) -> WebElement {
        self.arrive().await;
        let started = Instant::now();
        loop {
            if let Ok(element) = self.driver.find(By::Css(css)).await {
                return element;
            }
            let here = self.driver.current_url().await;
            assert!(started.elapsed() < PATIENCE, "no {css} on {here:?}");
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    }

    /// Puts text into the field of this name.
    pub async fn fill(&self, name: &str, text: &str) {
        let field = self.find(&format!("main [name='{name}']")).await;
        field.clear().await.unwrap();
        field.send_keys(text).await.unwrap();
    }

    /// Presses the button or follows the link that reads so.
    pub async fn press(&self, words: &str) {
        let path = format!(
            "//*[self::button or self::a][normalize-space(.)={}]",
            quoted(words)
        );
        self.arrive().await;
        let started = Instant::now();
        loop {
            if let Ok(found) = self.driver.find(By::XPath(path.as_str())).await
                && found.click().await.is_ok()
            {
                return;
            }
            let here = self.driver.current_url().await;
            assert!(started.elapsed() < PATIENCE, "no {words:?} on {here:?}");
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    }

    /// Waits until the page says so.
    pub async fn sees(&self, words: &str) {
        self.arrive().await;
        let started = Instant::now();
        loop {
            let text = match self.driver.find(By::Css("body")).await {
                Ok(body) => body.text().await.unwrap_or_default(),
                Err(_) => String::new(),
            };
            if text.contains(words) {
                return;
            }
            let here = self.driver.current_url().await;
            assert!(
                started.elapsed() < PATIENCE,
                "{words:?} is not to be read on {here:?}:\n{text}"
            );
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    }

    /// A picture of the page for `docs/screenshots`, where
    /// `JARSHY_SCREENSHOTS` names that folder.
    pub async fn picture(&self, name: &str) {
        self.pictures(name, &[("", 1280, 900, "light")]).await;
    }

    /// The page in light and dark, on a desktop and on a phone.
    pub async fn picture_everywhere(&self, name: &str) {
        let everywhere = [
            ("", 1280, 900, "light"),
            ("-dark", 1280, 900, "dark"),
            ("-phone", 390, 844, "light"),
        ];
        self.pictures(name, &everywhere).await;
    }

    async fn pictures(&self, name: &str, views: &[(&str, u32, u32, &str)]) {
        let Some(folder) = &self.pictures else { return };
        std::fs::create_dir_all(folder).unwrap();
        let tools = self.driver.cdp();
        for (suffix, width, height, scheme) in views {
            let size = json!({ "width": width, "height": height, "deviceScaleFactor": 1, "mobile": false });
            tools
                .send_raw("Emulation.setDeviceMetricsOverride", size)
                .await
                .unwrap();
            let media =
                json!({ "features": [{ "name": "prefers-color-scheme", "value": scheme }] });
            tools
                .send_raw("Emulation.setEmulatedMedia", media)
                .await
                .unwrap();
            // Frames and dates settle.
            tokio::time::sleep(Duration::from_millis(700)).await;
            let shape = json!({ "format": "webp", "quality": 80 });
            let shot = tools
                .send_raw("Page.captureScreenshot", shape)
                .await
                .unwrap();
            let octets = BASE64
                .decode(shot["data"].as_str().unwrap().as_bytes())
                .unwrap();
            std::fs::write(folder.join(format!("{name}{suffix}.webp")), octets).unwrap();
        }
        for command in [
            "Emulation.clearDeviceMetricsOverride",
            "Emulation.setEmulatedMedia",
        ] {
            tools.send_raw(command, json!({})).await.unwrap();
        }
    }
}

fn quoted(words: &str) -> String {
    if words.contains('\'') {
        format!("\"{words}\"")
    } else {
        format!("'{words}'")
    }
}
