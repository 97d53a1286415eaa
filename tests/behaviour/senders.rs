//! Several senders: offered to campaigns, checked by their domains, and kept while a campaign
//! needs them.

use std::net::Ipv4Addr;

use jarshy::config::Origin;
use jarshy::model::user::Role;
use reqwest::StatusCode;
use rstest::rstest;
use rstest_reuse::apply;
use serde_json::{Value, json};

use crate::admin_client::AdminClient;
use crate::harness::{Database, TestApp, on_both_databases};

const PAGE: &str = "/admin/settings/senders";
const PRESS: &str = "Press office <press@embassy.example>";
const CULTURE: &str = "Culture, and more <culture@culture.example>";

async fn patch(app: &TestApp, senders: Value) -> (StatusCode, Value) {
    let call = app.api("PATCH", "/settings");
    let body = json!({ "settings": { "senders": senders } });
    let answer = call.json(&body).send().await.unwrap();
    (answer.status(), answer.json().await.unwrap())
}

/// A value as a page shows it.
fn escaped(sender: &str) -> String {
    sender.replace('<', "&#60;").replace('>', "&#62;")
}

#[apply(on_both_databases)]
async fn a_campaign_goes_out_as_one_of_several_senders(app: TestApp) {
    let owner = AdminClient::owner(&app).await;
    for sender in [PRESS, CULTURE] {
        let page = owner.submit(PAGE, &[("sender", sender)]).await;
        assert!(page.contains(&escaped(sender)), "{page}");
        assert!(page.contains("not checked"), "{page}");
    }
    let twice = owner.refused(PAGE, &[("sender", PRESS)], 422).await;
    assert!(twice.contains("named twice"), "{twice}");
    let default = "Embassy <news@embassy.example>";
    let twice = owner.refused(PAGE, &[("sender", default)], 422).await;
    assert!(twice.contains("the default sender already"), "{twice}");
    let wrong = owner.refused(PAGE, &[("sender", "nobody")], 422).await;
    assert!(wrong.contains("id=\"sender-error\""), "{wrong}");
    let log = owner.page("/admin/audit?action=settings.change").await;
    assert!(log.contains("senders"), "{log}");

    let editor = AdminClient::sign_in(&app, "ed@embassy.example", Role::Editor).await;
    app.create_post("p", "P", "Text.").await;
    let form = editor.page("/admin/campaigns/new").await;
    let select = form.split("<select id=\"from\"").nth(1).unwrap();
    let select = select.split("</select>").next().unwrap();
    let options: Vec<&str> = select.split("<option").skip(1).collect();
    assert_eq!(options.len(), 3, "{select}");
    assert!(
        options[0].contains("value=\"\"") && options[0].contains("(default)"),
        "{select}"
    );
    assert!(options[2].contains(&escaped(CULTURE)), "{select}");

    app.subscribe("reader@example.kz", "news").await;
    let draft = [
        ("kind", "post"),
        ("post", "p"),
        ("subject", "As others"),
        ("lists", "news"),
        ("layout", "announcement"),
        ("from", CULTURE),
    ];
    let page = editor.submit("/admin/campaigns", &draft).await;
    assert!(page.contains("culture@culture.example"), "{page}");
    let id = app.api_get("/campaigns").await["items"][0]["id"].clone();
    let form = editor.page(&format!("/admin/campaigns/{id}/edit")).await;
    let chosen = format!("value=\"{}\" selected", escaped(CULTURE));
    assert!(form.contains(&chosen), "{form}");
    app.api_post(&format!("/campaigns/{id}/start"), json!({}))
        .await;
    let mail = app.mail_to("reader@example.kz").await;
    assert!(
        mail.header("From")
            .unwrap()
            .contains("culture@culture.example"),
        "{}",
        mail.raw
    );
}

#[apply(on_both_databases)]
async fn a_campaigns_own_sender_stays_in_the_form(app: TestApp) {
    let owner = AdminClient::owner(&app).await;
    app.create_post("p", "P", "Text.").await;
    let own = "Guest <guest@other.example>";
    let body = json!({ "subject": "S", "post": "p", "lists": ["news"], "from": own });
    let id = app.api_post("/campaigns", body).await["id"].clone();
    let form = owner.page(&format!("/admin/campaigns/{id}/edit")).await;
    let chosen = format!("value=\"{}\" selected", escaped(own));
    assert!(form.contains(&chosen), "{form}");
    assert!(form.contains("only of this campaign"), "{form}");
}

#[apply(on_both_databases)]
async fn a_sender_that_a_campaign_needs_is_not_removed(app: TestApp) {
    let (status, _) = patch(&app, json!([PRESS, CULTURE])).await;
    assert_eq!(status, StatusCode::OK);
    app.create_post("p", "P", "Text.").await;
    app.subscribe("reader@example.kz", "news").await;
    // In quotes it is the same sender.
    let from = "\"Press office\" <press@embassy.example>";
    let body = json!({ "subject": "Later", "post": "p", "lists": ["news"], "from": from });
    let id = app.api_post("/campaigns", body).await["id"].clone();
    let owner = AdminClient::owner(&app).await;
    // A draft holds nothing: it keeps its sender by itself.
    owner.submit(PAGE, &[("remove", PRESS)]).await;
    owner.submit(PAGE, &[("sender", PRESS)]).await;

    let at = json!({ "at": "2099-01-01T09:00:00Z" });
    app.api_post(&format!("/campaigns/{id}/schedule"), at).await;
    let page = owner.page(PAGE).await;
    assert!(page.contains("Later"), "{page}");
    let page = owner.refused(PAGE, &[("remove", PRESS)], 422).await;
    assert!(
        page.contains("Not removed") && page.contains("“Later” (scheduled)"),
        "{page}"
    );
    for senders in [json!([CULTURE]), json!(null), json!("")] {
        let (status, problem) = patch(&app, senders).await;
        assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(problem.to_string().contains("“Later”"), "{problem}");
    }
    // The other is free, and so is this one once nothing needs it.
    owner.submit(PAGE, &[("remove", CULTURE)]).await;
    app.api_post(&format!("/campaigns/{id}/unschedule"), json!({}))
        .await;
    owner.submit(PAGE, &[("remove", PRESS)]).await;
    assert_eq!(app.cx.config().all_senders().len(), 1);
}

#[rstest]
#[case(Database::Sqlite)]
#[case(Database::Postgres)]
#[tokio::test(flavor = "multi_thread")]
async fn the_domains_of_all_senders_are_checked(#[case] database: Database) {
    // Nobody answers there.
    let app = TestApp::start_with(database, |config| {
        config.dns_server = Some((Ipv4Addr::LOCALHOST, 9).into());
    })
    .await;
    patch(&app, json!([PRESS, CULTURE])).await;
    let before = app.api_get("/settings/senders").await;
    let senders = before["items"].as_array().unwrap();
    assert_eq!(senders.len(), 3, "{before}");
    assert_eq!(senders[0]["is_default"], true, "{before}");
    for sender in senders {
        assert!(sender["checked_at"].is_null(), "{before}");
        assert_eq!(sender["findings"], json!({}), "{before}");
    }
    let owner = AdminClient::owner(&app).await;
    let page = owner.page("/admin/deliverability").await;
    for domain in ["embassy.example", "culture.example"] {
        assert!(page.contains(&format!(">{domain}</h2>")), "{page}");
    }
    assert!(page.contains("Not checked yet"), "{page}");

    let page = owner.submit(&format!("{PAGE}/check"), &[]).await;
    assert!(
        page.contains("SPF wrong") && page.contains("checked ") && !page.contains("not checked"),
        "{page}"
    );
    let after = app.api_get("/settings/senders").await;
    for sender in after["items"].as_array().unwrap() {
        assert!(sender["checked_at"].is_string(), "{after}");
        assert_eq!(sender["findings"]["DMARC"], "wrong", "{after}");
    }
    let page = owner.page("/admin/deliverability").await;
    assert!(!page.contains("Not checked yet"), "{page}");
    assert!(page.contains("mail is sent as Culture, and more"), "{page}");
    // A new one is not checked yet, and one that goes is forgotten.
    owner.submit(PAGE, &[("sender", "n@new.example")]).await;
    let page = owner.page(PAGE).await;
    assert!(page.contains("not checked"), "{page}");
    let report = app.api_get("/system-check").await;
    let texts = report["findings"].to_string();
    for domain in ["embassy.example", "culture.example", "new.example"] {
        assert!(texts.contains(&format!("{domain}, SPF")), "{texts}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn senders_of_the_file_are_changed_there() {
    let app = TestApp::start_with(Database::Sqlite, |config| {
        config.senders = vec![PRESS.to_owned()].try_into().unwrap();
        let origin = Origin::File("jarshy.toml".to_owned());
        config.origins.insert("senders".to_owned(), origin);
    })
    .await;
    let owner = AdminClient::owner(&app).await;
    let page = owner.page(PAGE).await;
    assert!(
        page.contains("The senders are set in jarshy.toml") && !page.contains("Add a sender"),
        "{page}"
    );
    let page = owner.refused(PAGE, &[("sender", CULTURE)], 422).await;
    assert!(page.contains("takes precedence"), "{page}");
}
