//! What a visitor's forms lead to: pages that can be reloaded and read in another language,
//! and say nothing of an address; and the reason that somebody may give for leaving.

use std::time::Duration;

use jarshy::token::Token;
use reqwest::header::LOCATION;
use reqwest::{Response, StatusCode};
use rstest_reuse::apply;
use serde_json::json;

use crate::admin_client::AdminClient;
use crate::harness::{TestApp, on_both_databases};

/// The path that a form leads to, with nothing to remember but the path.
fn led_to(answer: &Response) -> String {
    assert_eq!(answer.status(), StatusCode::SEE_OTHER);
    assert!(answer.headers().get("set-cookie").is_none());
    let path = answer.headers()[LOCATION].to_str().unwrap();
    assert!(!path.contains('@') && !path.contains("%40"), "{path}");
    path.to_owned()
}

impl TestApp {
    /// Sends a form and gives the path that it leads to, whose page is there in two languages.
    async fn lead(&self, path: &str, form: &[(&str, &str)], says: [&str; 2]) -> String {
        let page = led_to(&self.post(path, form).await);
        for _ in 0..2 {
            let english = self.text(&page).await;
            assert!(english.contains(says[0]), "{path} → {page}: {english}");
        }
        let english = self.text(&page).await;
        let switch = english.split("hreflang=\"ru\"").next().unwrap();
        let switch = switch.rsplit("href=\"").next().unwrap();
        let switch = switch.split('"').next().unwrap();
        let russian = self.text(switch).await;
        assert!(russian.contains(says[1]), "{switch}: {russian}");
        page
    }

    async fn text(&self, path: &str) -> String {
        let page = self.get(path).await;
        assert_eq!(page.status(), StatusCode::OK, "{path}");
        page.text().await.unwrap()
    }

    fn preferences_path(&self, subscriber: i64) -> String {
        let token = Token::Preferences { subscriber };
        format!("/preferences/{}", self.cx.keys.sign(&token))
    }

    /// The link of a campaign's mail to somebody.
    fn unsubscribe_path(&self, subscriber: i64, campaign: i64) -> String {
        let token = Token::Unsubscribe {
            subscriber,
            campaign,
        };
        format!("/unsubscribe/{}", self.cx.keys.sign(&token))
    }
}

#[apply(on_both_databases)]
async fn joining_leads_to_the_same_page_for_every_address(app: TestApp) {
    app.subscribe("known@example.kz", "news").await;
    let mut pages = Vec::new();
    for email in ["known@example.kz", "stranger@example.kz"] {
        let form = [("email", email), ("lists", "news")];
        let says = ["Check your inbox", "Проверьте почту"];
        let page = app.lead("/en/join", &form, says).await;
        pages.push((page.clone(), app.text(&page).await));
    }
    assert_eq!(pages[0], pages[1]);
    assert_eq!(pages[0].0, "/en/check-inbox");
    app.mail_to("stranger@example.kz").await;
    app.quiet().await;
    assert_eq!(
        app.mails_now("stranger@example.kz").len(),
        1,
        "reading the page again sends nothing"
    );

    let form = [("email", "a@example.kz")];
    let page = app.lead("/en/join/news", &form, ["inbox", "почту"]).await;
    assert_eq!(page, "/en/check-inbox");
    let sent = led_to(&app.post("/en/join/news/embed", &form).await);
    assert_eq!(sent, "/en/join/news/embed/sent");
    let framed = app.text(&sent).await;
    assert!(framed.contains("href=\"/en/join/news/embed\""), "{framed}");
}

#[apply(on_both_databases)]
async fn confirming_leads_to_the_page_of_the_link(app: TestApp) {
    app.join("a@example.kz").await;
    let link = app.mail_to("a@example.kz").await.link("/confirm/");
    let path = link.replace(&app.url, "/en");
    let page = app.lead(&path, &[], ["Welcome!", "Добро пожаловать"]).await;
    assert_eq!(page, path);
    let state = app.subscription("a@example.kz", "news").await;
    assert_eq!(state.as_deref(), Some("confirmed"));
}

#[apply(on_both_databases)]
async fn preferences_say_what_was_saved_and_only_where_it_was(app: TestApp) {
    app.create_list("events", "double").await;
    let id = app.subscribe("a@example.kz", "news").await;
    let page = app.preferences_path(id);
    let form = [
        ("name", "Aigul"),
        ("lists", "events"),
        ("frequency", "weekly"),
    ];
    let says = ["now on the list “events”", "«events»"];
    let saved = app.lead(&format!("/en{page}"), &form, says).await;
    let says = ["Nothing has been changed.", "Ничего не изменено"];
    app.lead(&format!("/en{page}"), &form, says).await;

    let other = app.preferences_path(app.subscribe("b@example.kz", "news").await);
    let (_, note) = saved.rsplit_once('/').unwrap();
    let foreign = app.get(&format!("{other}/saved/{note}")).await;
    assert_eq!(led_to(&foreign), other, "it is not what they have saved");
    let forged = app.get(&format!("{page}/saved/{note}x")).await;
    assert_eq!(forged.status(), StatusCode::NOT_FOUND);
    let old = app.cx.keys.sign(&Token::Saved {
        subscriber: id,
        until: app.cx.clock.now().before(Duration::from_secs(1)),
        what: "resumed".to_owned(),
    });
    let past = app.get(&format!("{page}/saved/{old}")).await;
    assert_eq!(led_to(&past), page);

    let pause = format!("/en{page}/pause");
    let says = ["You get no emails until", "Писем не будет до"];
    let paused = app.lead(&pause, &[("span", "1m")], says).await;
    let refused = app.post(&pause, &[("until", "soon")]).await;
    assert_eq!(refused.status(), StatusCode::UNPROCESSABLE_ENTITY);
    let switched = app.get(&format!("/ru{page}/pause")).await;
    assert_eq!(led_to(&switched), format!("/ru{page}"));
    let resume = format!("/en{page}/resume");
    app.lead(&resume, &[], ["You get emails again", "снова"])
        .await;
    let stale = app.text(&paused).await;
    assert!(
        !stale.contains("role=\"status\""),
        "the pause is over: {stale}"
    );
}

#[apply(on_both_databases)]
async fn what_concerns_an_address_leads_to_a_page_that_does_not_name_it(app: TestApp) {
    let never = app.cx.keys.sign(&Token::NeverMail {
        email: "never@example.kz".to_owned(),
    });
    let says = ["will not write to that address", "больше не будет писать"];
    let done = app.lead(&format!("/en/never/{never}"), &[], says).await;
    let token = done.rsplit('/').next().unwrap();
    assert!(matches!(
        app.cx.keys.open(token),
        Ok(Token::Done { what: 2, .. })
    ));

    let id = app.subscribe("a@example.kz", "news").await;
    let own = app.my_data(&app.preferences_path(id));
    let own = own.replace(&app.url, "/en");
    let ask = own.replace("/my-data/", "/preferences/");
    assert_eq!(app.get(&ask).await.status(), StatusCode::NOT_FOUND);
    let says = ["A link to see or delete", "на ваш адрес"];
    let sent = app.lead(&own, &[], says).await;
    assert_eq!(sent, "/en/check-inbox/my-data");
    let erase = format!("{own}/erase");
    let says = ["Your data has been deleted", "удалены"];
    app.lead(&erase, &[("confirmed", "yes")], says).await;
    assert_eq!(app.subscription("a@example.kz", "news").await, None);

    let old = app.cx.keys.sign(&Token::Done {
        what: 1,
        until: app.cx.clock.now().before(Duration::from_secs(1)),
    });
    let past = app.get(&format!("/done/{old}")).await;
    assert_eq!(past.status(), StatusCode::GONE);
    let unknown = app.cx.keys.sign(&Token::Done {
        what: 99,
        until: app.cx.clock.now().after(Duration::from_secs(60)),
    });
    let unknown = app.get(&format!("/done/{unknown}")).await;
    assert_eq!(unknown.status(), StatusCode::NOT_FOUND);
}

#[apply(on_both_databases)]
async fn a_new_address_is_not_in_the_address_of_its_page(app: TestApp) {
    let owner = AdminClient::owner(&app).await;
    let id = app.subscribe("old@example.kz", "news").await;
    let path = format!("/admin/subscribers/{id}/address");
    owner.submit(&path, &[("email", "new@example.kz")]).await;
    let link = app.mail_to("new@example.kz").await.link("/confirm/");
    let link = link.replace(&app.url, "/en");
    let says = ["Your address has changed", "new@example.kz"];
    let page = app.lead(&link, &[], says).await;
    assert!(page.starts_with("/en/preferences/"), "{page}");
}

#[apply(on_both_databases)]
async fn who_leaves_may_say_why_once(app: TestApp) {
    let campaign = app
        .send_to(&["a@example.kz", "b@example.kz", "c@example.kz"])
        .await;
    app.campaign_in_state(campaign, "finished").await;
    let id = app.subscriber("a@example.kz").await["id"].as_i64().unwrap();
    let link = format!("/en{}", app.unsubscribe_path(id, campaign));
    let says = ["Why did you leave?", "Почему вы отписались?"];
    let left = app.lead(&link, &[("from", "page")], says).await;
    let state = app.subscription("a@example.kz", "news").await;
    assert_eq!(state.as_deref(), Some("unsubscribed"));

    let nothing = app.submit(&left, &[]).await.text().await.unwrap();
    assert!(nothing.contains("Why did you leave?"), "{nothing}");
    let says = ["We have noted your answer.", "Мы записали ваш ответ."];
    let same = app.lead(&left, &[("reason", "too_many")], says).await;
    assert_eq!(same, left);
    app.post(&left, &[("reason", "elsewhere")]).await;
    let nonsense = app.post(&left, &[("reason", "<script>")]).await;
    assert_eq!(led_to(&nonsense), left);

    let b = app.subscriber("b@example.kz").await["id"].as_i64().unwrap();
    let page = app.preferences_path(b);
    let leave = format!("/en{page}/leave");
    let left_all = app
        .lead(&leave, &[], ["Why did you leave?", "Почему"])
        .await;
    app.post(&left_all, &[("reason", "elsewhere")]).await;

    let owner = AdminClient::owner(&app).await;
    let row = |reason: &str| format!("{reason}</th><td class=\"number\">1</td>");
    let list = owner.page("/admin/lists/news").await;
    assert!(list.contains(&row("Too many emails")), "{list}");
    assert!(
        list.contains(&row("Reads the news somewhere else")),
        "{list}"
    );
    let report = owner
        .page(&format!("/admin/campaigns/{campaign}/report"))
        .await;
    assert!(report.contains(&row("Too many emails")), "{report}");
    assert!(
        !report.contains("Reads the news somewhere else"),
        "b left by the preferences, not by this campaign: {report}"
    );
    let profile = owner.page(&format!("/admin/subscribers/{id}")).await;
    assert!(profile.contains(": Too many emails"), "{profile}");
    let own = app.my_data(&app.preferences_path(id));
    let export = app.text(&format!("{own}/export")).await;
    assert!(
        export.contains("reason_given") && export.contains("too_many"),
        "{export}"
    );
}

#[apply(on_both_databases)]
async fn who_comes_back_is_not_told_that_they_left(app: TestApp) {
    let campaign = app.send_to(&["a@example.kz"]).await;
    app.campaign_in_state(campaign, "finished").await;
    let id = app.subscriber("a@example.kz").await["id"].as_i64().unwrap();
    let link = app.unsubscribe_path(id, campaign);
    let left = led_to(&app.post(&link, &[("from", "page")]).await);
    let back = format!("/en{left}/rejoin");
    app.lead(&back, &[], ["now on the list “news”", "«news»"])
        .await;
    let state = app.subscription("a@example.kz", "news").await;
    assert_eq!(state.as_deref(), Some("confirmed"));
    let again = led_to(&app.get(&left).await);
    assert_eq!(again, app.preferences_path(id));

    let lists = vec![1];
    let old = app.cx.keys.sign(&Token::Left {
        subscriber: id,
        is_everything: false,
        until: app.cx.clock.now().before(Duration::from_secs(1)),
        lists,
    });
    for answer in [
        app.get(&format!("/left/{old}")).await,
        app.post(&format!("/left/{old}"), &[("reason", "other")])
            .await,
        app.post(&format!("/left/{old}/rejoin"), &[]).await,
    ] {
        assert_eq!(answer.status(), StatusCode::GONE);
    }
    assert!(
        app.api_get("/suppressions").await["items"]
            .as_array()
            .unwrap()
            .is_empty()
    );
}

#[apply(on_both_databases)]
async fn mail_programs_are_answered_at_once(app: TestApp) {
    let campaign = app.send_to(&["a@example.kz"]).await;
    app.campaign_in_state(campaign, "finished").await;
    let id = app.subscriber("a@example.kz").await["id"].as_i64().unwrap();
    let link = app.unsubscribe_path(id, campaign);
    for form in [&[("List-Unsubscribe", "One-Click")][..], &[]] {
        let answer = app.post(&link, form).await;
        assert_eq!(answer.status(), StatusCode::OK);
        assert_eq!(answer.text().await.unwrap(), "unsubscribed\n");
    }
}

#[apply(on_both_databases)]
async fn the_calendar_starts_with_what_is_coming(app: TestApp) {
    let at = |days: i64| {
        let day = Duration::from_secs(24 * 3600) * u32::try_from(days.abs()).unwrap();
        let now = app.cx.clock.now();
        if days < 0 {
            now.before(day).rfc3339()
        } else {
            now.after(day).rfc3339()
        }
    };
    for (slug, title, days) in [
        ("past", "The past concert", -3),
        ("later", "The later concert", 80),
        ("soon", "The next concert", 40),
    ] {
        let event = json!({
            "slug": slug, "title": title, "starts_at": at(days), "ends_at": at(days + 1),
            "language": "en",
        });
        app.api_post("/events", event).await;
    }
    let page = app.text("/en/events").await;
    let place = |title: &str| page.find(title);
    let calendar = page.find("<table class=\"month\"").unwrap();
    let (next, later) = (place("The next concert"), place("The later concert"));
    assert!(next.unwrap() < later.unwrap(), "{page}");
    assert!(later.unwrap() < calendar, "{page}");
    assert!(
        place("The past concert").is_none_or(|past| past > calendar),
        "{page}"
    );
    let month = app.text("/en/events/2031/01").await;
    assert!(
        !month.contains("The next concert") && month.contains("href=\"/en/events\""),
        "{month}"
    );
}
