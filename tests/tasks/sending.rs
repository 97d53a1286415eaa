//! What an editor sends, and what became of it.

use serde_json::{Value, json};

use super::walk::Walk;

/// An address of the campaign that the page is about.
fn number(here: &str) -> &str {
    let number = here.rsplit("/campaigns/").next().unwrap_or_default();
    number.split(['/', '?']).next().unwrap_or_default()
}

pub async fn segment_and_schedule_in_one_form(walk: &mut Walk) {
    let reader = json!({
        "email": "kk@example.kz", "language": "kk", "lists": ["events"], "status": "confirmed",
    });
    walk.outcome.post("/subscribers", reader).await;
    let post = json!({
        "slug": "programme", "title": "Programme of spring", "summary": "", "category": "General",
        "body_markdown": "Come.", "language": "kk", "published": true,
    });
    walk.outcome.post("/posts", post).await;
    walk.home().await;
    walk.click("admin-dashboard-new-campaign").await;
    walk.choose("admin-draft-post", "Programme of spring").await;
    walk.fill("admin-draft-subject", "Programme of spring")
        .await;
    walk.click_list("events").await;
    walk.click("admin-draft-some").await;
    let condition = walk.t("admin-segment-test-language");
    walk.choose("admin-segment-condition", &condition).await;
    walk.choose("admin-segment-value", "Қазақша").await;
    walk.fill("admin-draft-schedule-for", "2032-03-20T09:00")
        .await;
    walk.click("admin-draft-save-and-schedule").await;
    walk.sees(&walk.t("admin-campaign-is-scheduled")).await;

    let here = walk.browser.driver.current_url().await.unwrap();
    let path = format!("/campaigns/{}", number(here.as_str()));
    let campaign = walk.outcome.get(&path).await;
    assert_eq!(campaign["state"], "scheduled");
    assert_eq!(campaign["scheduled_at"], "2032-03-20T04:00:00Z");
    let verdict = async |email: &str| {
        let person = format!("{path}/recipients/{email}");
        walk.outcome.get(&person).await["verdict"].clone()
    };
    assert_eq!(verdict("kk@example.kz").await, "would_receive");
    let others = walk.outcome.get("/subscribers?limit=100").await;
    let is_other = |one: &&Value| {
        let lists = one["lists"].as_array().unwrap();
        one["language"] != "kk" && lists.iter().any(|list| list["list"] == "events")
    };
    let other = others["items"].as_array().unwrap().iter().find(is_other);
    let other = other.expect("a subscriber who reads another language");
    let email = other["email"].as_str().unwrap();
    assert_eq!(verdict(email).await, "would_not_receive");
}

pub async fn report(walk: &mut Walk) {
    let id = walk.outcome.campaign("Letter of autumn", "news").await;
    walk.home().await;
    walk.click_named("Letter of autumn").await;
    walk.click("admin-campaign-charts").await;

    let report = walk.outcome.get(&format!("/campaigns/{id}/report")).await;
    let sent = report["counts"]["sent"].as_i64().unwrap();
    assert!(sent > 0, "{report}");
    walk.sees(&walk.t("admin-report-domains")).await;
    let script =
        "return [...document.querySelectorAll('section[aria-labelledby=domains] tbody tr')]
        .reduce((sum, row) => sum + Number(row.cells[2].firstChild.textContent), 0)";
    assert_eq!(walk.ask(script).await, sent);
}

pub async fn why_not_got_it(walk: &mut Walk) {
    walk.outcome.subscriber("missed@example.kz", "events").await;
    let id = walk.outcome.campaign("To the press", "press").await;
    walk.home().await;
    walk.search("missed@example.kz").await;
    walk.click_named("missed@example.kz").await;
    walk.choose("admin-why-campaign", "To the press").await;
    walk.click("admin-why-explain").await;

    let person = format!("/campaigns/{id}/recipients/missed@example.kz");
    let explained = walk.outcome.get(&person).await;
    assert_eq!(explained["outcome"], "not_on_lists", "{explained}");
    walk.sees(&walk.t("admin-why-not-on-lists")).await;
}

pub async fn weekly_digest_for_everybody(walk: &mut Walk) {
    walk.home().await;
    walk.menu("admin-nav-website").await;
    walk.click("admin-site-weekly-all-ask").await;
    walk.click("admin-site-weekly-all").await;

    let is_weekly = |page: &Value| {
        let people = page["items"].as_array().unwrap();
        !people.is_empty() && people.iter().all(|one| one["frequency"] == "weekly")
    };
    walk.outcome
        .until("/subscribers?limit=100", is_weekly)
        .await;
}

pub async fn welcome_emails_then_the_weekly_digest(walk: &mut Walk) {
    walk.home().await;
    walk.menu("admin-nav-series").await;
    walk.click("admin-series-ready-made-welcome-digest").await;
    // What the second email leaves to its author.
    let fill = "for (const field of document.querySelectorAll('[name^=\"body_3_\"]'))
                    field.value = arguments[0];";
    walk.run(fill, "We teach, sing and dance.").await;
    walk.click("admin-save").await;
    walk.click("admin-series-act-start").await;
    // Who comes in.
    walk.click("admin-series-act-start").await;
    walk.sees(&walk.t("admin-series-did-start")).await;

    let all = walk.outcome.get("/series").await;
    let path = format!("/series/{}", all["items"][0]["id"]);
    let series = walk.outcome.get(&path).await;
    assert_eq!(series["state"], "running", "{series}");
    let steps = series["steps"].as_array().unwrap().iter();
    let kinds: Vec<&str> = steps
        .map(|one| one["step"]["kind"].as_str().unwrap())
        .collect();
    assert_eq!(
        kinds,
        ["send", "wait", "send", "wait", "send", "weekly_digest"]
    );
    let list = series["list"].as_str().unwrap();
    walk.outcome.subscriber("welcome@example.kz", list).await;
    let is_sent = |series: &Value| series["steps"][0]["deliveries"]["sent"] == 1;
    walk.outcome.until(&path, is_sent).await;
}
