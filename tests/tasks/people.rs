//! Subscribers and colleagues.

use std::fmt::Write as _;
use std::io::Write as _;
use std::path::PathBuf;

use serde_json::Value;

use super::outcome::text_of;
use super::walk::Walk;
use crate::support::Folder;

const PEOPLE: usize = 300;
/// The columns of Mailchimp's export of an audience.
const COLUMNS: &str = "Email Address,First Name,Last Name,MEMBER_RATING,OPTIN_TIME,OPTIN_IP,\
    CONFIRM_TIME,CONFIRM_IP,LATITUDE,LONGITUDE,GMTOFF,DSTOFF,TIMEZONE,CC,REGION,LAST_CHANGED,\
    LEID,EUID,NOTES,TAGS";

/// An address as people have them.
fn address(number: usize) -> String {
    match number % 4 {
        0 => format!("reader.{number}+news@mailchimp.example"),
        1 => format!("O'Neil_{number}@mailchimp.example"),
        2 => format!("{number}@пример.example"),
        _ => format!("reader-{number}@sub.mailchimp.example"),
    }
}

/// The archive that Mailchimp makes of an audience.
fn mailchimp(folder: &Folder) -> PathBuf {
    let mut members = COLUMNS.to_owned();
    for number in 0..PEOPLE {
        write!(
            members,
            "\n{},Айгүл,\"Өтегенова, №{number}\",2,\"2018-02-05 19:28:23\",192.0.2.9,\
             \"2018-02-05 19:30:00\",192.0.2.77,,,,,,KZ,,\"2021-06-07 08:09:10\",\
             {number},{number:010x},,\"\"\"Press\"\"\"",
            address(number)
        )
        .unwrap();
    }
    let file = folder.path("audience.zip");
    let mut archive = zip::ZipWriter::new(std::fs::File::create(&file).unwrap());
    let options = zip::write::SimpleFileOptions::default();
    let name = "subscribed_members_export_4f1d2c3b4a.csv";
    archive.start_file(name, options).unwrap();
    archive.write_all(members.as_bytes()).unwrap();
    archive.finish().unwrap();
    file
}

pub async fn import_of_300(walk: &mut Walk) {
    let folder = Folder::new();
    let archive = mailchimp(&folder);
    walk.home().await;
    walk.menu("admin-nav-imports").await;
    walk.upload("admin-imports-file", &archive).await;
    walk.click("admin-imports-send").await;
    walk.click("admin-import-check").await;
    let run = walk.counted("admin-import-run", PEOPLE);
    walk.click_named(&run).await;

    let is_over = |all: &Value| all["items"][0]["state"] == "finished";
    let import = &walk.outcome.until("/imports", is_over).await["items"][0];
    assert_eq!(import["rejected"], 0, "{import}");
    let confirmed = &import["balance"]["people"]["confirmed"];
    assert_eq!(confirmed["added"], PEOPLE, "{import}");
}

pub async fn typo_in_an_address(walk: &mut Walk) {
    let id = walk.outcome.subscriber("aigul@exmaple.kz", "news").await;
    walk.home().await;
    walk.search("aigul@exmaple.kz").await;
    walk.click_named("aigul@exmaple.kz").await;
    walk.fill("admin-subscriber-new-address", "aigul@example.kz")
        .await;
    walk.click("admin-subscriber-ask-address").await;

    let mail = walk.outcome.mail_to("aigul@example.kz", 1).await;
    walk.outcome.confirm(&mail).await;
    let subscriber = walk.outcome.get(&format!("/subscribers/{id}")).await;
    assert_eq!(subscriber["email"], "aigul@example.kz");
}

pub async fn erase(walk: &mut Walk) {
    let id = walk.outcome.subscriber("forget@example.kz", "news").await;
    walk.home().await;
    walk.search("forget@example.kz").await;
    walk.click_named("forget@example.kz").await;
    walk.click("admin-subscriber-erase-ask").await;
    walk.click("admin-subscriber-erase").await;

    let path = format!("/subscribers/{id}");
    walk.outcome
        .until(&path, |body| body["status"] == 404)
        .await;
}

pub async fn invite(walk: &mut Walk) {
    walk.home().await;
    walk.menu("admin-nav-users").await;
    walk.fill("admin-email", "colleague@example.kz").await;
    walk.click("admin-add").await;

    let mail = walk.outcome.mail_to("colleague@example.kz", 1).await;
    let text = text_of(&mail);
    assert!(text.contains("admin@embassy.example"), "{text}");
    let mut links = text
        .split_whitespace()
        .filter(|word| word.contains("/admin/sign-in/"));
    let link = links.next_back().expect("a link that signs in");
    let page = reqwest::get(link).await.unwrap();
    assert!(page.status().is_success(), "{link}: {}", page.status());
}

pub async fn growth_by_source(walk: &mut Walk) {
    walk.home().await;
    walk.click("admin-growth-by-source").await;
    walk.sees(&walk.t("admin-growth-periods")).await;

    let growth = walk.outcome.get("/growth").await;
    for source in growth["sources"].as_array().unwrap() {
        let name = source["source"].as_str().unwrap().replace('_', "-");
        let name = walk.t(&format!("admin-growth-source-{name}"));
        let script = format!(
            "const row = [...document.querySelectorAll('tbody tr')]
                .find(row => row.cells[0].textContent.trim() === {name:?});
             return Number(row.cells[1].textContent)"
        );
        assert_eq!(walk.ask(&script).await, source["joined"], "{name}");
    }
}
