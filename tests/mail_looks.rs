//! How the shipped layouts look, measured in Chromium: every text can be read in
//! light and dark, and nothing is wider than its card.

#[allow(dead_code, reason = "more of it is for tests/browser.rs")]
#[path = "support/browser.rs"]
mod browser;
mod support;

use std::path::Path;

use browser::Browser;
use jarshy::mail::brand::Brand;
use jarshy::mail::layout::{FooterLink, Layout, LayoutContext};
use jarshy::text::links::Base;
use jarshy::text::locale::Language;
use jarshy::text::{markdown, tables};
use serde_json::{Value, json};
use support::Folder;

const FULL: &str = concat!(
    include_str!("corpus/mail/full.md"),
    "\n\n",
    include_str!("corpus/mail/01-dark-letter.md"),
    "\n\n",
    include_str!("corpus/mail/02-wide-picture.md"),
    "\n\n",
    include_str!("corpus/mail/03-code-line.md"),
    "\n\n",
    include_str!("corpus/mail/blocks.md"),
);
const SITE: &str = "https://example.kz";

/// The letter of the full sample in a layout, in a file.
fn write(folder: &Path, layout: &Layout, brand: Brand, language: Language) -> String {
    let picture = folder.join("wide.png");
    image::RgbImage::from_pixel(1600, 900, image::Rgb([0, 96, 122]))
        .save(&picture)
        .unwrap();
    let context = LayoutContext {
        language: language.tag().to_owned(),
        site_name: "Embassy of Kazakhstan".to_owned(),
        site_url: SITE.to_owned(),
        preheader: "All that Markdown can say".to_owned(),
        title: "What is new, and what Donaudampfschifffahrtsgesellschaftskapitäne think".to_owned(),
        eyebrow: "Politics · 18 August 2007".to_owned(),
        summary: "A standfirst of a sentence or two.".to_owned(),
        button_text: "Read more".to_owned(),
        button_url: format!("{SITE}/posts/a"),
        small_print: format!("If the button does not work: {SITE}/{}", "a".repeat(120)),
        reason: "You get this because you joined.".to_owned(),
        footer_links: ["Unsubscribe", "Preferences"]
            .map(|text| FooterLink {
                text: text.to_owned(),
                url: SITE.to_owned(),
            })
            .into(),
        brand,
    };
    let body = Base::new(SITE).resolve_all(&markdown::to_html(FULL).unwrap());
    let body = tables::keep_words_whole(&body);
    let html = layout.render(&context, &body).unwrap();
    let own = format!("file://{}", picture.display());
    let html = html
        .replace(&format!("{SITE}/media/wide.png"), &own)
        .replace(&format!("{SITE}/media/wide-1600px.png"), &own);
    let file = folder.join(format!("{}.html", layout.name));
    std::fs::write(&file, html).unwrap();
    format!("file://{}", file.display())
}

async fn show(browser: &Browser, width: u32, scheme: &str) {
    let tools = browser.driver.cdp();
    let size = json!({ "width": width, "height": 900, "deviceScaleFactor": 1, "mobile": false });
    tools
        .send_raw("Emulation.setDeviceMetricsOverride", size)
        .await
        .unwrap();
    let media = json!({ "features": [{ "name": "prefers-color-scheme", "value": scheme }] });
    tools
        .send_raw("Emulation.setEmulatedMedia", media)
        .await
        .unwrap();
}

/// Marks the whole mail as Outlook on the web does in dark mode.
const OUTLOOK: &str = "for (const mark of ['data-ogsc', 'data-ogsb']) document.documentElement.setAttribute(mark, '');";

/// Each text that can be seen, with its contrast, where that is too little.
const PALE: &str = r#"
const parse = (text) => {
  const part = (text.match(/[\d.]+/g) || []).map(Number);
  return { rgb: part.slice(0, 3), alpha: part.length > 3 ? part[3] : 1 };
};
const luminance = (rgb) => {
  const [r, g, b] = rgb.map((c) => c / 255)
    .map((c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4));
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
};
const ground = (element) => {
  for (let at = element; at; at = at.parentElement) {
    const { rgb, alpha } = parse(getComputedStyle(at).backgroundColor);
    if (alpha > 0) return rgb;
  }
  return [255, 255, 255];
};
const found = [];
let texts = 0;
const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
while (walker.nextNode()) {
  const element = walker.currentNode.parentElement;
  if (!walker.currentNode.data.trim() || element.closest('style') || !element.offsetParent) continue;
  if (element.getBoundingClientRect().height < 2) continue;
  texts += 1;
  const [a, b] = [luminance(parse(getComputedStyle(element).color).rgb), luminance(ground(element))];
  const contrast = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
  if (contrast < 4.5) found.push(`${element.tagName} ${contrast.toFixed(2)}: ${walker.currentNode.data.trim().slice(0, 40)}`);
}
return { texts, found };
"#;

/// Each element that is wider than its card, or the window.
const WIDE: &str = r#"
const found = [];
const card = document.querySelector('.card').getBoundingClientRect();
const window_ = document.documentElement.clientWidth;
for (const element of document.body.querySelectorAll('*')) {
  const box = element.getBoundingClientRect();
  if (box.width === 0 || getComputedStyle(element).display === 'none') continue;
  const limit = element.closest('.card') ? card.right : window_;
  if (box.right > limit + 1 || box.left < -1 || element.scrollWidth > Math.ceil(limit) + 1)
    found.push(`${element.tagName}.${element.className}: ${box.left}–${box.right} of ${limit}`);
}
return { elements: document.body.querySelectorAll('*').length, found };
"#;

async fn found(browser: &Browser, script: &str) -> (i64, Vec<String>) {
    let answer = browser.driver.execute(script, Vec::new()).await.unwrap();
    let answer: &Value = answer.json();
    let count = answer["texts"]
        .as_i64()
        .or(answer["elements"].as_i64())
        .unwrap();
    let found = answer["found"].as_array().unwrap();
    (
        count,
        found
            .iter()
            .map(|one| one.as_str().unwrap().to_owned())
            .collect(),
    )
}

fn brands() -> [(&'static str, Brand); 6] {
    let own = |text: &str| {
        let colour: jarshy::text::colour::Colour = text.parse().unwrap();
        Brand {
            postal_lines: vec!["1 Main Street".to_owned(), "Astana".to_owned()],
            ..Brand::default().coloured(&colour.in_mail())
        }
    };
    [
        ("shipped", Brand::default()),
        ("crimson", own("#8a1538")),
        ("black", own("#000000")),
        ("pale", own("#fff2b3")),
        ("dark", own("#0a0a23")),
        ("saturated", own("#00ff00")),
    ]
}

#[tokio::test(flavor = "multi_thread")]
async fn every_text_of_every_layout_can_be_read_in_light_and_dark() {
    let folder = Folder::new();
    let browser = Browser::start().await;
    for layout in Layout::shipped() {
        for (brand_name, brand) in brands() {
            let url = write(&folder.0, &layout, brand, Language::EN);
            for scheme in ["light", "dark"] {
                show(&browser, 700, scheme).await;
                browser.open(&url).await;
                let (texts, pale) = found(&browser, PALE).await;
                assert!(texts > 60, "{}: {texts} texts", layout.name);
                assert!(
                    pale.is_empty(),
                    "{}, {brand_name}, {scheme}: {pale:#?}",
                    layout.name
                );
            }
            // As Outlook on the web marks what it darkens.
            show(&browser, 700, "light").await;
            browser.open(&url).await;
            let (_, pale) = found(&browser, &format!("{OUTLOOK}{PALE}")).await;
            assert!(
                pale.is_empty(),
                "{}, {brand_name}, Outlook: {pale:#?}",
                layout.name
            );
        }
    }
    browser.quit().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_in_a_layout_is_wider_than_its_card() {
    let folder = Folder::new();
    let browser = Browser::start().await;
    let from_right: Language = "ar".parse().unwrap();
    for (layout, language) in Layout::shipped()
        .flat_map(|layout| [Language::EN, from_right].map(|language| (layout.clone(), language)))
    {
        let url = write(&folder.0, &layout, Brand::default(), language);
        for width in [320, 375, 600, 700] {
            show(&browser, width, "light").await;
            browser.open(&url).await;
            let (elements, wide) = found(&browser, WIDE).await;
            let case = format!("{} in {language} at {width}", layout.name);
            assert!(elements > 100, "{case}: {elements} elements");
            assert!(wide.is_empty(), "{case}: {wide:#?}");
        }
    }
    browser.quit().await;
}

/// Takes part in `scripts/screenshots`; without its folder it shows nothing.
#[tokio::test(flavor = "multi_thread")]
async fn pictures_of_the_layouts() {
    let Some(pictures) = std::env::var_os("JARSHY_SCREENSHOTS") else {
        return;
    };
    let folder = Folder::new();
    let browser = Browser::start().await;
    for layout in Layout::shipped() {
        let url = write(&folder.0, &layout, Brand::default(), Language::EN);
        for (suffix, width, scheme) in [
            ("", 700, "light"),
            ("-dark", 700, "dark"),
            ("-phone", 320, "light"),
        ] {
            show(&browser, width, scheme).await;
            browser.open(&url).await;
            let tools = browser.driver.cdp();
            let shape = json!({ "format": "webp", "quality": 80, "captureBeyondViewport": true });
            let shot = tools
                .send_raw("Page.captureScreenshot", shape)
                .await
                .unwrap();
            let octets = data_encoding::BASE64
                .decode(shot["data"].as_str().unwrap().as_bytes())
                .unwrap();
            let name = format!("mail-{}{suffix}.webp", layout.name);
            std::fs::write(Path::new(&pictures).join(name), octets).unwrap();
        }
    }
    browser.quit().await;
}
