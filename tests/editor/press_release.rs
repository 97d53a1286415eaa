//! A press release with a heading, a picture, a table, columns and a button in three languages,
//! made, published and mailed with the mouse; only its words are typed.

use std::path::PathBuf;

use jarshy::text::locale::Language;

use crate::outcome::{html_of, text_of};
use crate::support::Folder;
use crate::walk::Walk;

/// What a newcomer may need to press, over all languages, until the mails are on their way.
const MOST_ACTIONS: usize = 39;

struct Words {
    language: Language,
    title: &'static str,
    heading: &'static str,
    lead: &'static str,
}

const ENGLISH: Words = Words {
    language: Language::EN,
    title: "Nauryz at the embassy",
    heading: "Press release",
    lead: "The embassy invites everybody.",
};
const TRANSLATIONS: [Words; 2] = [
    Words {
        language: Language::KK,
        title: "Елшіліктегі Наурыз",
        heading: "Баспасөз хабарламасы",
        lead: "Елшілік баршаңызды шақырады.",
    },
    Words {
        language: Language::RU,
        title: "Наурыз в посольстве",
        heading: "Пресс-релиз",
        lead: "Посольство приглашает всех.",
    },
];

/// Goes on in a new paragraph below the block that the cursor is in.
async fn write_below(walk: &mut Walk) {
    walk.click("admin-editor-block-actions").await;
    walk.click("admin-editor-write-below").await;
}

async fn insert(walk: &mut Walk, block: &str) {
    walk.click("admin-editor-insert-block").await;
    walk.click(block).await;
}

/// A picture of the sample site under a name of its own.
fn picture(folder: &Folder) -> PathBuf {
    let sample = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("sample/media/steppe.jpg");
    let file = folder.path("yurts.jpg");
    std::fs::copy(sample, &file).unwrap();
    file
}

/// Writes the text in the first language.
async fn write(walk: &mut Walk, picture: &std::path::Path) {
    walk.fill("admin-post-title", ENGLISH.title).await;
    walk.fill("admin-post-category", "General").await;
    walk.click_at(".editor-text").await;
    let style = walk.t("admin-editor-type");
    let paragraph = walk.t("admin-editor-block-paragraph");
    walk.click_named(&format!("{style}: {paragraph}")).await;
    walk.click_named("Heading 2").await;
    walk.type_here(ENGLISH.heading).await;
    write_below(walk).await;
    walk.type_here(ENGLISH.lead).await;

    walk.click("admin-editor-picture-new").await;
    walk.upload("admin-editor-picture-file", picture).await;
    walk.fill("admin-editor-picture-alt", "Two yurts").await;
    walk.click("admin-editor-insert").await;
    walk.browser
        .find(".editor-picture img[alt='Two yurts']")
        .await;

    walk.click("admin-editor-table-new").await;
    walk.type_here("Day").await;
    walk.click_at(".editor-text tr:first-child > :nth-child(2)")
        .await;
    walk.type_here("Hour").await;
    walk.click("admin-editor-rows-columns").await;
    walk.click("admin-editor-column-after").await;

    insert(walk, "admin-editor-block-columns").await;
    walk.type_here("Music").await;
    walk.click_at(".editor-column:nth-child(2)").await;
    walk.type_here("Food").await;
    write_below(walk).await;

    insert(walk, "admin-editor-block-button").await;
    walk.fill("admin-editor-address", "example.org/join").await;
    walk.click("admin-editor-insert").await;
    walk.browser.find(".editor-button").await;
    walk.type_here("Join us").await;
}

/// Takes over the text of the first language and writes its words anew.
async fn translate(walk: &mut Walk, words: &Words) {
    let missing = walk.t("admin-translation-missing");
    let tab = format!("{} {missing}", words.language.endonym());
    walk.click_named(&tab).await;
    walk.click("admin-translation-copy").await;
    let panel = format!("[data-panel='{}']", words.language);
    walk.browser.find(&format!("{panel} .editor-button")).await;
    walk.fill("admin-post-title", words.title).await;
    walk.draw_over(&format!("{panel} .editor-text h2")).await;
    walk.type_here(words.heading).await;
    walk.draw_over(&format!("{panel} .editor-text > p")).await;
    walk.type_here(words.lead).await;
}

/// That a text has these parts, in this order.
fn follow(text: &str, parts: &[&str]) {
    let mut rest = text;
    for part in parts {
        let (_, after) = rest
            .split_once(part)
            .unwrap_or_else(|| panic!("no {part:?} in its place: {text}"));
        rest = after;
    }
}

/// The campaign's email with this subject; notifications of it name the subject too.
async fn campaign_mail(walk: &Walk, subject: &str) -> String {
    let demo = &walk.outcome.demo;
    for mail in demo.mails(subject, 1).await {
        let message = demo.raw(&mail).await;
        if message.contains("\r\nList-Unsubscribe:") {
            return message;
        }
    }
    panic!("no email {subject:?} of the campaign");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_press_release_in_three_languages_is_mailed_with_the_mouse() {
    let mut walk = Walk::start(Language::EN).await;
    let folder = Folder::new();
    let picture = picture(&folder);
    walk.home().await;
    walk.click("admin-dashboard-new-post").await;
    write(&mut walk, &picture).await;
    for words in &TRANSLATIONS {
        translate(&mut walk, words).await;
    }
    walk.click("admin-post-publish").await;
    walk.sees(&walk.t("admin-post-published-now")).await;
    walk.click("admin-post-create-campaign").await;
    walk.click_list("news").await;
    walk.click("admin-draft-create").await;
    walk.click("admin-campaign-start-ask").await;
    walk.browser.find("dialog[open]").await;
    walk.click_at("dialog[open] .button--danger").await;
    walk.sees("finished").await;
    let actions = walk.clicks();
    println!("{actions} actions");
    assert!(actions <= MOST_ACTIONS, "{actions} actions");

    let post = walk.outcome.get("/posts/nauryz-at-the-embassy").await;
    let all = std::iter::once(&ENGLISH).chain(&TRANSLATIONS);
    for words in all {
        let language = words.language.tag();
        let variants = post["variants"].as_array().unwrap();
        let variant = variants.iter().find(|one| one["language"] == language);
        let variant = variant.unwrap_or_else(|| panic!("nothing in {language}: {post}"));
        assert_eq!(variant["title"], words.title);
        follow(
            variant["body_markdown"].as_str().unwrap(),
            &[
                &format!("## {}", words.heading),
                words.lead,
                "![Two yurts](/media/yurts.jpg)",
                "Day",
                "Hour",
                ":::columns",
                "Music",
                "Food",
                ":::button",
                "https://example.org/join",
                "Join us",
            ],
        );
        let shown = [
            words.heading,
            words.lead,
            "alt=\"Two yurts\"",
            "Day",
            "Music",
            "Food",
            "href=\"https://example.org/join\"",
            "Join us",
        ];
        let page = format!("/{language}/posts/nauryz-at-the-embassy");
        follow(&walk.outcome.page(&page).await, &shown);
        let mail = campaign_mail(&walk, words.title).await;
        follow(&html_of(&mail), &shown);
        follow(
            &text_of(&mail),
            &[
                words.title,
                words.heading,
                words.lead,
                "Day",
                "Music",
                "Food",
                "https://example.org/join",
            ],
        );
    }
    walk.browser.quit().await;
}
