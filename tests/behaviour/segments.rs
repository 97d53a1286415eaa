//! Segments: whom a rule picks, and campaigns that go to them.

use jarshy::audience::segment;
use jarshy::model::CampaignId;
use jarshy::model::line::Title;
use jarshy::model::segment::{Condition, Match, Membership, Part, Rule};
use jarshy::text::locale::Language;
use rand::rngs::StdRng;
use rand::{Rng, SeedableRng};
use serde_json::{Value, json};

use crate::harness::{App, Database};
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
    let rule = Rule::of(all_or_any, conditions.to_vec());
    segment::count(&app.cx, &rule).await.unwrap()
}

fn key(key: &str) -> String {
    key.to_owned()
}

on_both_databases! {
    async fn each_condition_picks_whom_it_says(app: App) {
        app.create_list("events", "single").await;
        person(&app, "a@x.example", "kk", json!({ "city": "Astana", "age": 42, "vip": true, "it's odd.": "x" })).await;
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
            (is("it's odd.", "x"), 1),
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
        assert_eq!(picks(&app, Match::None, &two).await, 1);
        let empty = Rule::of(Match::Any, []);
        assert!(segment::count(&app.cx, &empty).await.is_err(), "no rule picks nobody");
        let city = |name: &str| Part::from(is("city", name));
        let group = |how, parts: Vec<Part>| Part::Group(Rule { all_or_any: how, conditions: parts });
        let nested = Rule {
            all_or_any: Match::All,
            conditions: vec![
                group(Match::Any, vec![city("Astana"), group(Match::None, vec![city("Astana"), city("Almaty")])]),
                group(Match::None, vec![Condition::Language { value: Language::En }.into()]),
            ],
        };
        assert_eq!(segment::count(&app.cx, &nested).await.unwrap(), 1);
    }

    async fn case_is_no_matter_in_any_script(app: App) {
        person(&app, "a@x.example", "kk", json!({ "city": "Алматы", "name": "ΟΔΥΣΣΕΥΣ", "team": "Ğ*[x]?\\" })).await;
        let contains = |name: &str, value: &str| Condition::AttributeContains { key: key(name), value: value.into() };
        for (name, value, expected) in [
            ("city", "Алматы", 1), ("city", "АЛМАТЫ", 1), ("city", "лмат", 1), ("city", "Астана", 0),
            ("name", "οδυσσευς", 1), ("team", "ğ*[X]?\\", 1), ("team", "ğ*x", 0),
        ] {
            assert_eq!(picks(&app, Match::All, &[contains(name, value)]).await, expected, "{name} {value}");
        }
    }

    async fn a_number_or_date_counts_only_as_a_whole(app: App) {
        for (n, value) in [json!("18 years"), json!("2024-05-01"), json!("1e3"), json!("-"), json!("18"), json!(18.5), json!("2023-12-31T10:00:00Z"), json!("2024-13-01")].into_iter().enumerate() {
            person(&app, &format!("p{n}@x.example"), "en", json!({ "v": value })).await;
        }
        let v = || key("v");
        let day = |text: &str| text.parse().unwrap();
        for (condition, expected) in [
            (Condition::AttributeAbove { key: v(), value: 17.0 }, 2),
            (Condition::AttributeBelow { key: v(), value: 3000.0 }, 2),
            (Condition::AttributeBefore { key: v(), value: day("2024-01-01") }, 1),
            (Condition::AttributeSince { key: v(), value: day("2023-12-31") }, 2),
            (Condition::AttributeIs { key: v(), value: "18".into() }, 1),
            (Condition::AttributeIs { key: v(), value: "18.5".into() }, 1),
        ] {
            assert_eq!(picks(&app, Match::All, std::slice::from_ref(&condition)).await, expected, "{condition:?}");
        }
    }

    async fn any_key_is_a_key(app: App) {
        let keys = ["[Plan]", "$.plan", "a\"b", "a.b", "[0]", "ключ", "a b", "0", "\\"];
        for (n, name) in keys.iter().enumerate() {
            person(&app, &format!("p{n}@x.example"), "en", json!({ *name: "x" })).await;
        }
        for name in keys {
            let is = Condition::AttributeIs { key: key(name), value: "x".into() };
            assert_eq!(picks(&app, Match::All, &[is]).await, 1, "{name}");
            let set = Condition::AttributeSet { key: key(name) };
            assert_eq!(picks(&app, Match::All, &[set]).await, 1, "{name}");
        }
    }

    async fn a_list_of_values_has_each_of_them(app: App) {
        person(&app, "a@x.example", "en", json!({ "topics": ["Culture", "Visa", 7], "none": null })).await;
        let is = |value: &str| Condition::AttributeIs { key: key("topics"), value: value.into() };
        let contains = Condition::AttributeContains { key: key("topics"), value: "cult".into() };
        for (condition, expected) in [(is("Visa"), 1), (is("7"), 1), (is("Sport"), 0), (contains, 1), (Condition::AttributeMissing { key: key("none") }, 1)] {
            assert_eq!(picks(&app, Match::All, std::slice::from_ref(&condition)).await, expected, "{condition:?}");
        }
    }

    async fn membership_may_be_of_any_state(app: App) {
        app.create_list("events", "double").await;
        app.subscribe("on@x.example", "news").await;
        app.api_post("/subscribers", json!({ "email": "asked@x.example", "lists": ["news"], "status": "pending" })).await;
        app.subscribe("other@x.example", "events").await;
        for (value, expected) in [(Membership::Confirmed, 1), (Membership::Pending, 1), (Membership::Unsubscribed, 0), (Membership::Never, 1)] {
            let condition = Condition::Membership { list: "news".parse().unwrap(), value };
            assert_eq!(picks(&app, Match::All, &[condition]).await, expected, "{value}");
        }
    }

    async fn a_campaign_goes_to_its_segment_alone(app: App) {
        for n in 0..5 {
            let city = if n < 2 { "Astana" } else { "Almaty" };
            person(&app, &format!("p{n}@x.example"), "en", json!({ "city": city })).await;
        }
        let rule = Rule::of(Match::All, [Condition::AttributeIs { key: key("city"), value: "Astana".into() }]);
        let name = Title::parse("Astana").unwrap();
        let astana = segment::save(&app.cx, None, &name, &rule).await.unwrap();
        app.create_post("news-1", "News", "Hello").await;
        let id = app.create_campaign("news-1", "News", "news").await;
        let owner = Person::owner(&app).await;
        let form = [("campaign", id.to_string()), ("to", "segment".to_owned())];
        let form: Vec<(&str, &str)> = form.iter().map(|(name, value)| (*name, value.as_str())).collect();
        let page = owner.submit(&format!("/admin/segments/{astana}/campaigns"), &form).await;
        assert!(page.contains("The campaign goes to Astana"), "{page}");
        let copy = jarshy::campaign::lifecycle::duplicate(&app.cx, CampaignId(id)).await.unwrap();
        let of_copy = segment::of_campaign(&app.cx, copy.id).await.unwrap();
        assert_eq!(of_copy.unwrap().id, astana, "a copy goes to the same");
        segment::choose(&app.cx, copy.id, None).await.unwrap();
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

/// Values that the two databases could read differently.
fn any_value(random: &mut StdRng) -> Value {
    let values = [
        json!("Алматы"),
        json!("АЛМАТЫ"),
        json!("almaty"),
        json!("İstanbul"),
        json!("straße"),
        json!(""),
        json!("18"),
        json!("-3.50"),
        json!("1e3"),
        json!("2024-05-01"),
        json!("2024-05-01 10:00"),
        json!("18 years"),
        json!(18),
        json!(18.0),
        json!(-3.5),
        json!(1e3),
        json!(0),
        json!(true),
        json!(false),
        json!(null),
        json!(["Visa", 18]),
        json!([]),
        json!({ "a": 1 }),
        json!("true"),
        json!("50%_*[x]"),
        json!(9_007_199_254_740_993_i64),
    ];
    values[random.random_range(0..values.len())].clone()
}

fn any_condition(random: &mut StdRng) -> Condition {
    let texts = [
        "Алматы",
        "лмат",
        "ALMATY",
        "18",
        "18.0",
        "-3.5",
        "true",
        "STRASSE",
        "i",
        "%_*",
        "[X]",
        "1000",
        "a",
    ];
    let keys = ["city", "[0]", "a\"b", "Ключ", "none"];
    let key = keys[random.random_range(0..keys.len())].to_owned();
    let value = texts[random.random_range(0..texts.len())].to_owned();
    let number = [-4.0, 0.0, 17.0, 18.0, 999.5][random.random_range(0..5)];
    let day = ["2024-01-01", "2024-05-01", "2024-05-02"][random.random_range(0..3)]
        .parse()
        .unwrap();
    match random.random_range(0..11) {
        0 => Condition::AttributeIs { key, value },
        1 => Condition::AttributeIsNot { key, value },
        2 | 3 => Condition::AttributeContains { key, value },
        4 => Condition::AttributeAbove { key, value: number },
        5 => Condition::AttributeBelow { key, value: number },
        6 => Condition::AttributeBefore { key, value: day },
        7 => Condition::AttributeSince { key, value: day },
        8 => Condition::AttributeSet { key },
        9 => Condition::AttributeMissing { key },
        _ => Condition::Language {
            value: Language::Kk,
        },
    }
}

fn any_rule(random: &mut StdRng, depth: usize) -> Rule {
    let parts = (0..random.random_range(1..4))
        .map(|_| match depth < 3 && random.random_bool(0.3) {
            true => Part::Group(any_rule(random, depth + 1)),
            false => any_condition(random).into(),
        })
        .collect();
    Rule {
        all_or_any: Match::ALL[random.random_range(0..3)],
        conditions: parts,
    }
}

/// The same random audience and rules on both databases.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn both_databases_pick_the_same_people() {
    let mut random = StdRng::seed_from_u64(20_261_126);
    let sqlite = App::start(Database::Sqlite).await;
    let postgres = App::start(Database::Postgres).await;
    for n in 0..60 {
        let mut attributes = serde_json::Map::new();
        for name in ["city", "[0]", "a\"b", "Ключ"] {
            if random.random_bool(0.8) {
                attributes.insert(name.to_owned(), any_value(&mut random));
            }
        }
        let language = ["kk", "ru", "en"][random.random_range(0..3)];
        for app in [&sqlite, &postgres] {
            let attributes = Value::Object(attributes.clone());
            person(app, &format!("p{n}@x.example"), language, attributes).await;
        }
    }
    let mut some = 0;
    for _ in 0..400 {
        let rule = any_rule(&mut random, 1);
        let picked = segment::count(&sqlite.cx, &rule).await.unwrap();
        let other = segment::count(&postgres.cx, &rule).await.unwrap();
        assert_eq!(picked, other, "SQLite and PostgreSQL: {rule:?}");
        some += i32::from((1..60).contains(&picked));
    }
    assert!(some > 100, "only {some} rules told people apart");
}
