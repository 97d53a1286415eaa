//! Segments: whom a rule picks, and campaigns that go to them.

use jarshy::audience::segment;
use jarshy::model::CampaignId;
use jarshy::model::line::Title;
use jarshy::model::segment::{Condition, Match, Rule};
use jarshy::text::locale::Language;
use serde_json::{Value, json};

use crate::harness::App;
use crate::signed_in::Person;

async fn person(app: &App, email: &str, language: &str, attributes: Value) -> i64 {
    let body = json!({
        "email": email, "language": language, "attributes": attributes,
        "lists": ["news"], "status": "confirmed",
    });
    app.api_post("/subscribers", body).await["id"]
        .as_i64()
        .unwrap()
}

async fn picks(app: &App, all_or_any: Match, conditions: &[Condition]) -> i64 {
    let rule = Rule {
        all_or_any,
        conditions: conditions.to_vec(),
    };
    segment::count(&app.cx, &rule).await.unwrap()
}

fn key(key: &str) -> String {
    key.to_owned()
}

on_both_databases! {
    async fn each_condition_picks_whom_it_says(app: App) {
        app.create_list("events", "single").await;
        person(&app, "a@x.example", "kk", json!({ "city": "Astana", "age": 42, "vip": true, "it's \"odd\"": "x" })).await;
        person(&app, "b@x.example", "ru", json!({ "city": "Almaty", "age": "17", "code": "42" })).await;
        person(&app, "c@x.example", "en", json!({ "city": "50% Astana", "age": "unknown" })).await;
        app.subscribe("c@x.example", "events").await;

        let is = |name: &str, value: &str| Condition::AttributeIs { key: key(name), value: value.into() };
        let table: Vec<(Condition, i64)> = vec![
            (is("city", "Astana"), 1),
            (is("city", "astana"), 0),
            (is("age", "42"), 1),
            (is("vip", "true"), 1),
            (is("code", "42"), 1),
            (is("it's \"odd\"", "x"), 1),
            (is("nothing", "x"), 0),
            (Condition::AttributeIsNot { key: key("city"), value: "Astana".into() }, 2),
            (Condition::AttributeIsNot { key: key("vip"), value: "true".into() }, 2),
            (Condition::AttributeContains { key: key("city"), value: "ASTANA".into() }, 2),
            (Condition::AttributeContains { key: key("city"), value: "0%".into() }, 1),
            (Condition::AttributeContains { key: key("city"), value: "%z%".into() }, 0),
            (Condition::AttributeAbove { key: key("age"), value: 18.0 }, 1),
            (Condition::AttributeBelow { key: key("age"), value: 18.0 }, 1),
            (Condition::AttributeSet { key: key("vip") }, 1),
            (Condition::AttributeMissing { key: key("vip") }, 2),
            (Condition::Language { value: Language::Kk }, 1),
            (Condition::OnList { value: "events".parse().unwrap() }, 1),
            (Condition::NotOnList { value: "events".parse().unwrap() }, 2),
            (Condition::JoinedBefore { value: app.cx.clock.now() }, 3),
            (Condition::JoinedSince { value: app.cx.clock.now() }, 0),
            (Condition::JoinedWithin { value: 1 }, 3),
            (Condition::MailedWithin { value: 1 }, 0),
            (Condition::NotMailedWithin { value: 1 }, 3),
            (Condition::FailedWithin { value: 1 }, 0),
        ];
        for (condition, expected) in &table {
            let one = std::slice::from_ref(condition);
            assert_eq!(picks(&app, Match::All, one).await, *expected, "{condition:?}");
        }
        let two = [is("city", "Astana"), Condition::Language { value: Language::Ru }];
        assert_eq!(picks(&app, Match::All, &two).await, 0);
        assert_eq!(picks(&app, Match::Any, &two).await, 2);
        assert_eq!(picks(&app, Match::Any, &[]).await, 0, "no rule picks nobody");
    }

    async fn a_campaign_goes_to_its_segment_alone(app: App) {
        for n in 0..5 {
            let city = if n < 2 { "Astana" } else { "Almaty" };
            person(&app, &format!("p{n}@x.example"), "en", json!({ "city": city })).await;
        }
        let rule = Rule {
            all_or_any: Match::All,
            conditions: vec![Condition::AttributeIs { key: key("city"), value: "Astana".into() }],
        };
        let name = Title::parse("Astana").unwrap();
        let astana = segment::save(&app.cx, None, &name, &rule).await.unwrap();
        app.create_post("news-1", "News", "Hello").await;
        let id = app.create_campaign("news-1", "News", "news").await;
        segment::choose(&app.cx, CampaignId(id), Some(astana)).await.unwrap();
        assert!(segment::delete(&app.cx, astana).await.is_err(), "a draft goes to it");

        app.api_post(&format!("/campaigns/{id}/start"), json!({})).await;
        let done = app.campaign_in_state(id, "finished").await;
        assert_eq!(done["counts"]["sent"], 2, "{done}");
        assert!(app.mails_now("p3@x.example").is_empty());
        assert!(segment::choose(&app.cx, CampaignId(id), None).await.is_err(), "it has gone");
        assert_eq!(picks(&app, Match::All, &[Condition::MailedWithin { value: 1 }]).await, 2);
        segment::delete(&app.cx, astana).await.unwrap();
        assert_eq!(app.api_get(&format!("/campaigns/{id}")).await["counts"]["sent"], 2);
    }

    async fn a_segment_is_built_by_form(app: App) {
        let owner = Person::owner(&app).await;
        person(&app, "a@x.example", "kk", json!({ "city": "Astana" })).await;
        person(&app, "b@x.example", "ru", json!({ "city": "Almaty" })).await;
        let mut form = vec![
            ("name", "Astana or Russian"), ("match", "any"),
            ("test", "attribute_is"), ("key", "city"), ("value", "Astana"),
            ("test", "language"), ("key", ""), ("value", "russian"),
            ("test", "on_list"), ("key", ""), ("value", ""),
        ];
        let refused = owner.refused("/admin/segments", &form, 422).await;
        assert!(refused.contains("must be one of kk, ru, en") && refused.contains("value=\"russian\""), "{refused}");
        form[7].1 = "ru";
        let counted = owner.refused("/admin/segments/new", &form, 200).await;
        assert!(counted.contains("<strong>2 subscribers</strong>"), "{counted}");
        assert!(segment::all(&app.cx).await.unwrap().is_empty(), "counting saves nothing");
        let index = owner.submit("/admin/segments", &form).await;
        assert!(index.contains("city is Astana, or language is ru"), "{index}");
        let again = owner.refused("/admin/segments", &form, 422).await;
        assert!(again.contains("Another segment has this name"), "{again}");

        let id = segment::all(&app.cx).await.unwrap()[0].id;
        form[1].1 = "all";
        owner.submit(&format!("/admin/segments/{id}"), &form).await;
        assert!(owner.page(&format!("/admin/segments/{id}")).await.contains("<strong>0 subscribers</strong>"));
        owner.submit(&format!("/admin/segments/{id}/delete"), &[("confirmed", "yes")]).await;
        assert!(segment::all(&app.cx).await.unwrap().is_empty());
        owner.refused("/admin/segments", &[("name", "Everybody"), ("match", "all")], 422).await;
    }
}
