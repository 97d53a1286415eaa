//! Segments: whom a rule picks, and campaigns that go to them.

use jarshy::audience::segment;
use jarshy::clock::Timestamp;
use jarshy::model::feedback::{Party, Source, Verdict};
use jarshy::model::list::ListSlug;
use jarshy::model::segment::{Condition, Match, Membership, Part, Rule};
use jarshy::model::{CampaignId, SubscriberId};
use jarshy::store::feedback::{self, NewEvent};
use jarshy::text::line::Title;
use jarshy::text::locale::Language;
use rand::rngs::StdRng;
use rand::{Rng, SeedableRng};
use rstest_reuse::apply;
use serde_json::{Value, json};
use strum::VariantArray as _;

use crate::admin_client::AdminClient;
use crate::harness::{Database, TestApp, on_both_databases};

async fn person(app: &TestApp, email: &str, language: &str, attributes: Value) -> i64 {
    let body = json!({
        "email": email, "language": language, "attributes": attributes,
        "lists": ["news"], "status": "confirmed",
    });
    app.api_post("/subscribers", body).await["id"]
        .as_i64()
        .unwrap()
}

async fn picks(app: &TestApp, all_or_any: Match, conditions: &[Condition]) -> i64 {
    let rule = Rule::of(all_or_any, conditions.to_vec());
    segment::count(&app.cx, &rule).await.unwrap()
}

fn key(key: &str) -> String {
    key.to_owned()
}

#[apply(on_both_databases)]
async fn each_condition_matches(app: TestApp) {
    app.create_list("events", "single").await;
    person(
        &app,
        "a@x.example",
        "kk",
        json!({ "city": "Astana", "age": 42, "vip": true, "it's odd.": "x" }),
    )
    .await;
    person(
        &app,
        "b@x.example",
        "ru",
        json!({ "city": "Almaty", "age": "17", "code": "42" }),
    )
    .await;
    person(
        &app,
        "c@x.example",
        "en",
        json!({ "city": "50% Astana", "age": "unknown" }),
    )
    .await;
    app.subscribe("c@x.example", "events").await;

    let is = |name: &str, value: &str| Condition::AttributeIs {
        key: key(name),
        value: value.into(),
    };
    let table: Vec<(Condition, i64)> = vec![
        (is("city", "Astana"), 1),
        (is("city", "astana"), 0),
        (is("age", "42"), 1),
        (is("vip", "true"), 1),
        (is("code", "42"), 1),
        (is("it's odd.", "x"), 1),
        (is("nothing", "x"), 0),
        (
            Condition::AttributeIsNot {
                key: key("city"),
                value: "Astana".into(),
            },
            2,
        ),
        (
            Condition::AttributeIsNot {
                key: key("vip"),
                value: "true".into(),
            },
            2,
        ),
        (
            Condition::AttributeContains {
                key: key("city"),
                value: "ASTANA".into(),
            },
            2,
        ),
        (
            Condition::AttributeContains {
                key: key("city"),
                value: "0%".into(),
            },
            1,
        ),
        (
            Condition::AttributeContains {
                key: key("city"),
                value: "%z%".into(),
            },
            0,
        ),
        (
            Condition::AttributeAbove {
                key: key("age"),
                value: 18.0,
            },
            1,
        ),
        (
            Condition::AttributeBelow {
                key: key("age"),
                value: 18.0,
            },
            1,
        ),
        (Condition::AttributeSet { key: key("vip") }, 1),
        (Condition::AttributeMissing { key: key("vip") }, 2),
        (
            Condition::Language {
                value: Language::KK,
            },
            1,
        ),
        (
            Condition::OnList {
                value: "events".parse().unwrap(),
            },
            1,
        ),
        (
            Condition::NotOnList {
                value: "events".parse().unwrap(),
            },
            2,
        ),
        (
            Condition::JoinedBefore {
                value: app.cx.clock.now(),
            },
            3,
        ),
        (
            Condition::JoinedSince {
                value: app.cx.clock.now(),
            },
            0,
        ),
        (Condition::JoinedWithin { value: 1 }, 3),
        (Condition::MailedWithin { value: 1 }, 0),
        (Condition::NotMailedWithin { value: 1 }, 3),
        (Condition::FailedWithin { value: 1 }, 0),
    ];
    for (condition, expected) in &table {
        let one = std::slice::from_ref(condition);
        assert_eq!(
            picks(&app, Match::All, one).await,
            *expected,
            "{condition:?}"
        );
    }
    let two = [
        is("city", "Astana"),
        Condition::Language {
            value: Language::RU,
        },
    ];
    assert_eq!(picks(&app, Match::All, &two).await, 0);
    assert_eq!(picks(&app, Match::Any, &two).await, 2);
    assert_eq!(picks(&app, Match::None, &two).await, 1);
    let empty = Rule::of(Match::Any, []);
    assert!(
        segment::count(&app.cx, &empty).await.is_err(),
        "no rule picks nobody"
    );
    let city = |name: &str| Part::from(is("city", name));
    let group = |how, parts: Vec<Part>| {
        Part::Group(Rule {
            all_or_any: how,
            conditions: parts,
        })
    };
    let nested = Rule {
        all_or_any: Match::All,
        conditions: vec![
            group(
                Match::Any,
                vec![
                    city("Astana"),
                    group(Match::None, vec![city("Astana"), city("Almaty")]),
                ],
            ),
            group(
                Match::None,
                vec![
                    Condition::Language {
                        value: Language::EN,
                    }
                    .into(),
                ],
            ),
        ],
    };
    assert_eq!(segment::count(&app.cx, &nested).await.unwrap(), 1);
}

#[apply(on_both_databases)]
async fn conditions_ignore_case_in_any_script(app: TestApp) {
    person(&app, "a@x.example", "kk", json!({ "city": "Алматы", "name": "ΟΔΥΣΣΕΥΣ", "team": "Ğ*[x]?\\", "street": "Straße", "town": "İstanbul", "isle": "Kınalıada", "letters": "ӘҒҚҢӨҰҮІҺ", "family": "👨‍👩‍👧 Ó" , "id": 123456 })).await;
    let contains = |name: &str, value: &str| Condition::AttributeContains {
        key: key(name),
        value: value.into(),
    };
    for (name, value, expected) in [
        ("city", "Алматы", 1),
        ("city", "АЛМАТЫ", 1),
        ("city", "лмат", 1),
        ("city", "Астана", 0),
        ("name", "οδυσσεύς", 0),
        ("name", "οδυσσευς", 1),
        ("team", "ğ*[X]?\\", 1),
        ("team", "ğ*x", 0),
        ("street", "STRAẞE", 1),
        ("street", "strasse", 0),
        ("town", "İST", 1),
        ("town", "STANBUL", 1),
        ("isle", "KıNALı", 1),
        ("letters", "әғқңөұүіһ", 1),
        ("family", "👩", 1),
        ("family", "ó", 1),
        ("id", "345", 1),
    ] {
        assert_eq!(
            picks(&app, Match::All, &[contains(name, value)]).await,
            expected,
            "{name} {value}"
        );
    }
}

#[apply(on_both_databases)]
async fn numbers_and_dates_must_match_whole_values(app: TestApp) {
    for (n, value) in [
        json!("18 years"),
        json!("2024-05-01"),
        json!("1e3"),
        json!("-"),
        json!("18"),
        json!(18.5),
        json!("2023-12-31T10:00:00Z"),
        json!("2024-13-01"),
        json!("2023-02-29"),
        json!("2023-02-30"),
        json!("2023-04-31"),
        json!(" 18"),
        json!("1 000"),
        json!("1,5"),
        json!("Infinity"),
        json!("+18"),
        json!("0x20"),
    ]
    .into_iter()
    .enumerate()
    {
        person(
            &app,
            &format!("p{n}@x.example"),
            "en",
            json!({ "v": value }),
        )
        .await;
    }
    let v = || key("v");
    let day = |text: &str| text.parse().unwrap();
    for (condition, expected) in [
        (
            Condition::AttributeAbove {
                key: v(),
                value: 17.0,
            },
            2,
        ),
        (
            Condition::AttributeBelow {
                key: v(),
                value: 3000.0,
            },
            2,
        ),
        (
            Condition::AttributeBefore {
                key: v(),
                value: day("2024-01-01"),
            },
            1,
        ),
        (
            Condition::AttributeSince {
                key: v(),
                value: day("2023-12-31"),
            },
            2,
        ),
        (
            Condition::AttributeIs {
                key: v(),
                value: "18".into(),
            },
            1,
        ),
        (
            Condition::AttributeIs {
                key: v(),
                value: "18.5".into(),
            },
            1,
        ),
    ] {
        assert_eq!(
            picks(&app, Match::All, std::slice::from_ref(&condition)).await,
            expected,
            "{condition:?}"
        );
    }
}

#[apply(on_both_databases)]
async fn any_attribute_name_works(app: TestApp) {
    let long = "ұ".repeat(200);
    let keys = [
        "[Plan]",
        "$.plan",
        "a\"b",
        "a.b",
        "[0]",
        "ключ",
        "a b",
        "0",
        "\\",
        "🌷",
        "'",
        "$",
        "{}",
        "%",
        long.as_str(),
    ];
    for (n, name) in keys.iter().enumerate() {
        person(
            &app,
            &format!("p{n}@x.example"),
            "en",
            json!({ *name: "x" }),
        )
        .await;
    }
    for name in keys {
        let is = Condition::AttributeIs {
            key: key(name),
            value: "x".into(),
        };
        assert_eq!(picks(&app, Match::All, &[is]).await, 1, "{name}");
        let set = Condition::AttributeSet { key: key(name) };
        assert_eq!(picks(&app, Match::All, &[set]).await, 1, "{name}");
    }
    for wrong in [String::new(), "x".repeat(201), "a\0".to_owned()] {
        let rule = Rule::of(Match::All, [Condition::AttributeSet { key: wrong }]);
        assert!(segment::count(&app.cx, &rule).await.is_err());
    }
}

#[apply(on_both_databases)]
async fn array_attributes_match_each_value(app: TestApp) {
    person(
        &app,
        "a@x.example",
        "en",
        json!({ "topics": ["Culture", "Visa", 7], "none": null }),
    )
    .await;
    let is = |value: &str| Condition::AttributeIs {
        key: key("topics"),
        value: value.into(),
    };
    let contains = Condition::AttributeContains {
        key: key("topics"),
        value: "cult".into(),
    };
    for (condition, expected) in [
        (is("Visa"), 1),
        (is("7"), 1),
        (is("Sport"), 0),
        (contains, 1),
        (Condition::AttributeMissing { key: key("none") }, 1),
    ] {
        assert_eq!(
            picks(&app, Match::All, std::slice::from_ref(&condition)).await,
            expected,
            "{condition:?}"
        );
    }
}

#[apply(on_both_databases)]
async fn membership_conditions_of_any_state(app: TestApp) {
    app.create_list("events", "double").await;
    app.subscribe("on@x.example", "news").await;
    app.api_post(
        "/subscribers",
        json!({ "email": "asked@x.example", "lists": ["news"], "status": "pending" }),
    )
    .await;
    app.subscribe("other@x.example", "events").await;
    for (value, expected) in [
        (Membership::Confirmed, 1),
        (Membership::Pending, 1),
        (Membership::Unsubscribed, 0),
        (Membership::Never, 1),
    ] {
        let condition = Condition::Membership {
            list: "news".parse().unwrap(),
            value,
        };
        assert_eq!(
            picks(&app, Match::All, &[condition]).await,
            expected,
            "{value}"
        );
    }
}

/// What the ledger knows of somebody without following what they read.
#[apply(on_both_databases)]
async fn conditions_on_deliveries_and_bounces(app: TestApp) {
    let before = app.cx.clock.now();
    for (email, list) in [
        ("a@x.example", "news"),
        ("b@x.example", "news"),
        ("c@x.example", "events"),
    ] {
        if list == "events" {
            app.create_list("events", "single").await;
        }
        app.subscribe(email, list).await;
    }
    app.api_post(
        "/subscribers",
        json!({ "email": "asked@x.example", "lists": ["events"], "status": "pending" }),
    )
    .await;
    app.create_post("p", "P", "text").await;
    let id = app.create_campaign("p", "P", "news").await;
    app.api_post(&format!("/campaigns/{id}/start"), json!({}))
        .await;
    app.campaign_in_state(id, "finished").await;
    let a = app.api_get("/subscribers?q=a@x.example").await["items"][0]["id"]
        .as_i64()
        .unwrap();
    for n in 0..2 {
        bounce_softly(&app, a, n).await;
    }
    let (campaign, other) = (CampaignId(id), CampaignId(id + 1));
    let now = app.cx.clock.now().after(std::time::Duration::from_secs(1));
    let list = |slug: &str| Some(slug.parse().unwrap());
    for (condition, expected) in [
        (Condition::SentCampaign { value: campaign }, 2),
        (Condition::SentCampaign { value: other }, 0),
        (Condition::NotSentCampaign { value: campaign }, 2),
        (Condition::EverMailed { value: true }, 2),
        (Condition::EverMailed { value: false }, 2),
        (Condition::MailedWithin { value: 1 }, 2),
        (Condition::SoftBounced { value: 2 }, 1),
        (Condition::SoftBounced { value: 3 }, 0),
        (
            Condition::ConfirmedSince {
                list: None,
                value: before,
            },
            3,
        ),
        (
            Condition::ConfirmedSince {
                list: list("events"),
                value: before,
            },
            1,
        ),
        (
            Condition::ConfirmedBefore {
                list: None,
                value: now,
            },
            3,
        ),
        (
            Condition::ConfirmedBefore {
                list: list("news"),
                value: before,
            },
            0,
        ),
    ] {
        assert_eq!(
            picks(&app, Match::All, std::slice::from_ref(&condition)).await,
            expected,
            "{condition:?}"
        );
    }

    // The same by API and by form.
    let rule = json!({ "match": "all", "conditions": [
        { "about": "sent_campaign", "value": id }, { "about": "soft_bounced", "value": 1 },
        { "about": "confirmed_since", "value": "2020-01-01T00:00:00Z" },
        { "about": "confirmed_before", "list": "news", "value": "2999-01-01T00:00:00Z" },
    ] });
    let made = app
        .api_post("/segments", json!({ "name": "By the API", "rule": rule }))
        .await;
    assert_eq!(
        app.api_get(&format!("/segments/{}", made["id"])).await["count"],
        1
    );
    let owner = AdminClient::owner(&app).await;
    let number = id.to_string();
    let mut form = vec![
        ("name", "By form"),
        ("match", "all"),
        ("test", "sent_campaign"),
        ("key", ""),
        ("value", number.as_str()),
        ("test", "soft_bounced"),
        ("key", ""),
        ("value", "2"),
        ("test", "ever_mailed"),
        ("key", ""),
        ("value", "yes"),
        ("test", "confirmed_since"),
        ("key", "news"),
        ("value", "2020-01-01"),
        ("test", "confirmed_before"),
        ("key", ""),
        ("value", "2999-01-01"),
    ];
    let index = owner.submit("/admin/segments", &form).await;
    let words = format!(
        "was sent campaign number {id}, and mail bounced softly 2 times or more, and was ever sent a campaign yes, and came onto news on or after 2020-01-01, and came onto a list before 2999-01-01"
    );
    assert!(index.contains(&words), "{index}");
    let id = segment::all(&app.cx)
        .await
        .unwrap()
        .iter()
        .find(|one| one.name == "By form")
        .unwrap()
        .id;
    let page = owner.page(&format!("/admin/segments/{id}")).await;
    assert!(page.contains("<strong>1 subscriber</strong>"), "{page}");
    form[4].1 = "the first";
    form[7].1 = "0";
    let refused = owner.refused("/admin/segments", &form, 422).await;
    assert!(
        refused.contains("number of a campaign") && refused.contains("number of times"),
        "{refused}"
    );
}

#[apply(on_both_databases)]
async fn a_campaign_goes_only_to_its_segment(app: TestApp) {
    for n in 0..5 {
        let city = if n < 2 { "Astana" } else { "Almaty" };
        person(
            &app,
            &format!("p{n}@x.example"),
            "en",
            json!({ "city": city }),
        )
        .await;
    }
    let rule = Rule::of(
        Match::All,
        [Condition::AttributeIs {
            key: key("city"),
            value: "Astana".into(),
        }],
    );
    let name = Title::parse("Astana").unwrap();
    let astana = segment::save(
        &app.cx,
        &jarshy::model::audit::Actor::System,
        None,
        &name,
        &rule,
    )
    .await
    .unwrap();
    app.create_post("news-1", "News", "Hello").await;
    let id = app.create_campaign("news-1", "News", "news").await;
    let owner = AdminClient::owner(&app).await;
    let form = [("campaign", id.to_string()), ("to", "segment".to_owned())];
    let form: Vec<(&str, &str)> = form
        .iter()
        .map(|(name, value)| (*name, value.as_str()))
        .collect();
    let page = owner
        .submit(&format!("/admin/segments/{astana}/campaigns"), &form)
        .await;
    assert!(page.contains("The campaign goes to Astana"), "{page}");
    let copy = jarshy::campaign::draft::duplicate(
        &app.cx,
        &jarshy::model::audit::Actor::System,
        CampaignId(id),
    )
    .await
    .unwrap();
    let of_copy = segment::of_campaign(&app.cx, copy.id).await.unwrap();
    assert_eq!(of_copy.unwrap().id, astana, "a copy goes to the same");
    segment::choose(&app.cx, &jarshy::model::audit::Actor::System, copy.id, None)
        .await
        .unwrap();
    assert!(
        segment::delete(&app.cx, &jarshy::model::audit::Actor::System, astana)
            .await
            .is_err(),
        "a draft goes to it"
    );

    app.api_post(&format!("/campaigns/{id}/start"), json!({}))
        .await;
    let done = app.campaign_in_state(id, "finished").await;
    assert_eq!(done["counts"]["sent"], 2, "{done}");
    assert!(app.mails_now("p3@x.example").is_empty());
    assert!(
        segment::choose(
            &app.cx,
            &jarshy::model::audit::Actor::System,
            CampaignId(id),
            None
        )
        .await
        .is_err(),
        "it has gone"
    );
    assert_eq!(
        picks(&app, Match::All, &[Condition::MailedWithin { value: 1 }]).await,
        2
    );
    segment::delete(&app.cx, &jarshy::model::audit::Actor::System, astana)
        .await
        .unwrap();
    assert_eq!(
        app.api_get(&format!("/campaigns/{id}")).await["counts"]["sent"],
        2
    );
}

#[apply(on_both_databases)]
async fn a_segment_is_built_by_form(app: TestApp) {
    let owner = AdminClient::owner(&app).await;
    person(&app, "a@x.example", "kk", json!({ "city": "Astana" })).await;
    person(&app, "b@x.example", "ru", json!({ "city": "Almaty" })).await;
    let mut form = vec![
        ("name", "Astana or Russian"),
        ("match", "any"),
        ("test", "attribute_is"),
        ("key", "city"),
        ("value", "Astana"),
        ("test", "language"),
        ("key", ""),
        ("value", "russian"),
        ("test", ""),
        ("key", ""),
        ("value", ""),
    ];
    let refused = owner.refused("/admin/segments", &form, 422).await;
    assert!(
        refused.contains("is not the tag of a language") && refused.contains("value=\"russian\""),
        "{refused}"
    );
    form[7].1 = "ru";
    let counted = owner.refused("/admin/segments/new", &form, 200).await;
    assert!(
        counted.contains("<strong>2 subscribers</strong>"),
        "{counted}"
    );
    assert!(
        segment::all(&app.cx).await.unwrap().is_empty(),
        "counting saves nothing"
    );
    let index = owner.submit("/admin/segments", &form).await;
    assert!(
        index.contains("city is Astana, or language is ru"),
        "{index}"
    );
    let again = owner.refused("/admin/segments", &form, 422).await;
    assert!(
        again.contains("Another segment already has this name"),
        "{again}"
    );

    let id = segment::all(&app.cx).await.unwrap()[0].id;
    form[1].1 = "all";
    owner.submit(&format!("/admin/segments/{id}"), &form).await;
    assert!(
        owner
            .page(&format!("/admin/segments/{id}"))
            .await
            .contains("<strong>0 subscribers</strong>")
    );
    owner
        .submit(
            &format!("/admin/segments/{id}/delete"),
            &[("confirmed", "yes")],
        )
        .await;
    assert!(segment::all(&app.cx).await.unwrap().is_empty());
    owner
        .refused(
            "/admin/segments",
            &[("name", "Everybody"), ("match", "all")],
            422,
        )
        .await;
}

#[apply(on_both_databases)]
async fn the_form_offers_what_there_is(app: TestApp) {
    let owner = AdminClient::owner(&app).await;
    person(&app, "a@x.example", "kk", json!({ "city": "Astana" })).await;
    let drafted = async |test: &'static str, key: &'static str, more: &[(&str, &str)]| {
        let mut form = vec![
            ("name", "Mine"),
            ("test", test),
            ("key", key),
            ("value", ""),
        ];
        form.extend_from_slice(more);
        owner.refused("/admin/segments/new", &form, 200).await
    };
    for (test, key, offered) in [
        ("language", "", "<option value=\"kk\">"),
        ("on_list", "", "<option value=\"news\">"),
        ("membership", "", "<option value=\"unsubscribed\">"),
        ("frequency", "", "<option value=\"weekly\">"),
        ("paused", "", "<option value=\"yes\">"),
        ("joined_since", "", "type=\"date\""),
        ("joined_within", "", "type=\"number\""),
        ("attribute_is", "", "<option value=\"city\">"),
        ("attribute_is", "city", "<option value=\"Astana\">"),
    ] {
        let page = drafted(test, key, &[]).await;
        assert!(page.contains(offered), "{test}: {offered}: {page}");
        assert!(page.contains("value=\"Mine\""), "{page}");
        assert!(!page.contains("aria-invalid"), "it is not finished: {page}");
    }
    let gone = drafted("language", "", &[("remove", "row-0")]).await;
    assert!(!gone.contains("id=\"test-0\""), "{gone}");
    let group = drafted("language", "", &[("more", "group-0")]).await;
    assert!(
        group.contains("name=\"group_depth\" value=\"1\""),
        "{group}"
    );
    // What was entered for another condition does not stay behind.
    let other = [
        ("test", "on_list"),
        ("shown_for", "language"),
        ("key", ""),
        ("value", "kk"),
    ];
    let other = owner.refused("/admin/segments/new", &other, 200).await;
    assert!(!other.contains("<option value=\"kk\""), "{other}");

    let unfinished = [
        ("name", "Mine"),
        ("test", "language"),
        ("key", ""),
        ("value", ""),
    ];
    let refused = owner.refused("/admin/segments", &unfinished, 422).await;
    assert!(refused.contains("Choose one of the options"), "{refused}");
    let found = [("test", "language"), ("key", ""), ("value", "kk")];
    let found = owner.refused("/admin/segments/new", &found, 200).await;
    assert!(found.contains(">a@x.example</a>"), "a sample: {found}");
}

#[apply(on_both_databases)]
async fn groups_in_groups_are_built_by_form(app: TestApp) {
    let owner = AdminClient::owner(&app).await;
    let mut form = vec![("name", "Nested"), ("match", "all")];
    let row = |group, tag| {
        [
            ("group", group),
            ("test", "tag"),
            ("key", ""),
            ("value", tag),
        ]
    };
    form.extend(row("0", "a"));
    form.extend([("group_match", "any"), ("group_depth", "1")]);
    form.extend(row("1", "b"));
    form.extend([("group_match", "none"), ("group_depth", "2")]);
    form.extend(row("2", "c"));
    form.extend([("group_match", "any"), ("group_depth", "1")]);
    form.extend(row("3", "d"));
    owner.submit("/admin/segments", &form).await;

    let saved = segment::all(&app.cx).await.unwrap().remove(0);
    let tag = |tag: &str| json!({ "about": "tag", "value": tag });
    let none = json!({ "match": "none", "conditions": [tag("c")] });
    let expected = json!({ "match": "all", "conditions": [
        tag("a"),
        { "match": "any", "conditions": [tag("b"), none] },
        { "match": "any", "conditions": [tag("d")] },
    ] });
    assert_eq!(serde_json::to_value(&saved.rule).unwrap(), expected);
    let page = owner.page(&format!("/admin/segments/{}", saved.id)).await;
    assert!(page.contains("name=\"group_depth\" value=\"2\""), "{page}");
    assert_eq!(page.matches("name=\"test\"").count(), 4, "{page}");
}

/// Notes that mail to a subscriber bounced softly, for the `n`th time.
async fn bounce_softly(app: &TestApp, subscriber: i64, n: u8) {
    let mut digest = [n; 32];
    digest[..8].copy_from_slice(&subscriber.to_be_bytes());
    let event = NewEvent {
        digest,
        source: Source::Listener,
        verdict: Verdict::Soft,
        is_final: true,
        is_authenticated: true,
        party: Party::Mailbox,
        reply_key: String::new(),
        status: "4.2.2".to_owned(),
        reason: "the mailbox is full".to_owned(),
        detail: String::new(),
        delivery: None,
        campaign: None,
        subscriber: Some(SubscriberId(subscriber)),
    };
    let mut db = app.cx.store.write().await.unwrap();
    assert!(
        feedback::insert(&mut db, &event, app.cx.clock.now())
            .await
            .unwrap()
    );
    db.commit().await.unwrap();
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
        json!("ΟΔΥΣΣΕΥΣ"),
        json!("οδυσσευς"),
        json!("ıstanbul"),
        json!("ӘҒҚҢӨҰҮІҺ"),
        json!("e\u{301}tude"),
        json!("étude"),
        json!("👩‍👩‍👧 family"),
        json!("STRASSE"),
        json!(" 18"),
        json!("18 "),
        json!("1 000"),
        json!("1,5"),
        json!("+18"),
        json!("1E3"),
        json!("Infinity"),
        json!("-Infinity"),
        json!("NaN"),
        json!("0x1F"),
        json!("١٨"),
        json!(".5"),
        json!("5."),
        json!("--5"),
        json!("00018"),
        json!("123456789012345678901234567890"),
        json!("2024-02-30"),
        json!("2024-05-01T23:30:00+06:00"),
        json!("2024-05-01T00:00:00Z"),
        json!("2024-05-01x"),
        json!("2024-5-1"),
        json!("02024-05-01"),
        json!("0000-00-00"),
        json!("2024-12-31"),
        json!([["nested"], { "b": 2 }, "18", null]),
        json!("line\nbreak"),
        json!("\\ back"),
        json!(1e300),
        json!(-0.0),
        json!(0.1),
    ];
    values[random.random_range(0..values.len())].clone()
}

/// Names of attributes that the two databases could take for something else.
const KEYS: [&str; 9] = ["city", "[0]", "a\"b", "Ключ", "a.b", "$", "\\", "🌷", "'"];

fn one_of<T: Clone>(random: &mut StdRng, all: &[T]) -> T {
    all[random.random_range(0..all.len())].clone()
}

fn any_condition(random: &mut StdRng, campaign: CampaignId) -> Condition {
    let texts = [
        "Алматы",
        "лмат",
        "ALMATY",
        "18",
        "18.0",
        "-3.5",
        "true",
        "STRASSE",
        "straße",
        "i",
        "İ",
        "ı",
        "%_*",
        "[X]",
        "1000",
        "a",
        "σ",
        "ς",
        "Σ",
        "ұ",
        "Ң",
        "é",
        "e",
        "\u{301}",
        "👧",
        "\\",
        "^",
        ".",
        "1e3",
        "null",
        "2024-05-01",
        " ",
        "0",
        "-0",
    ];
    let key = if random.random_bool(0.1) {
        "none".to_owned()
    } else {
        one_of(random, &KEYS).to_owned()
    };
    let value = one_of(random, &texts).to_owned();
    let number = one_of(random, &[-4.0, 0.0, 0.1, 17.0, 18.0, 999.5, 1e20]);
    let day = one_of(
        random,
        &[
            "2024-01-01",
            "2024-02-29",
            "2024-03-01",
            "2024-05-01",
            "2024-05-02",
        ],
    );
    let day = day.parse().unwrap();
    let yes = random.random_bool(0.5);
    let list: ListSlug = one_of(random, &["news", "half", "nowhere"])
        .parse()
        .unwrap();
    let tag = one_of(random, &["vip", "Баспасөз", "none"]).to_owned();
    let any_list = random.random_bool(0.5).then(|| list.clone());
    let moment = Timestamp::from_millis(one_of(random, &[0, 4_000_000_000_000]));
    match random.random_range(0..25) {
        0 | 1 => Condition::AttributeIs { key, value },
        2 => Condition::AttributeIsNot { key, value },
        3..=5 => Condition::AttributeContains { key, value },
        6 => Condition::AttributeAbove { key, value: number },
        7 => Condition::AttributeBelow { key, value: number },
        8 => Condition::AttributeBefore { key, value: day },
        9 => Condition::AttributeSince { key, value: day },
        10 => Condition::AttributeSet { key },
        11 => Condition::AttributeMissing { key },
        12 => Condition::Tag { value: tag },
        13 => Condition::NotTag { value: tag },
        14 => Condition::OnList { value: list },
        15 => Condition::NotOnList { value: list },
        16 => Condition::Membership {
            list,
            value: one_of(random, Membership::VARIANTS),
        },
        17 => Condition::SentCampaign { value: campaign },
        18 => Condition::NotSentCampaign { value: campaign },
        19 => Condition::EverMailed { value: yes },
        20 => Condition::SoftBounced {
            value: random.random_range(1..4),
        },
        21 => Condition::ConfirmedBefore {
            list: any_list,
            value: moment,
        },
        22 => Condition::ConfirmedSince {
            list: any_list,
            value: moment,
        },
        23 if yes => Condition::MailedWithin { value: 1 },
        23 => Condition::NotMailedWithin { value: 1 },
        _ => Condition::Language {
            value: Language::KK,
        },
    }
}

fn any_rule(random: &mut StdRng, campaign: CampaignId, depth: usize) -> Rule {
    let parts = (0..random.random_range(1..4))
        .map(|_| {
            if depth < 3 && random.random_bool(0.3) {
                Part::Group(any_rule(random, campaign, depth + 1))
            } else {
                any_condition(random, campaign).into()
            }
        })
        .collect();
    Rule {
        all_or_any: Match::VARIANTS[random.random_range(0..3)],
        conditions: parts,
    }
}

/// The same random audience, mail and rules on both databases.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn both_databases_match_the_same_subscribers() {
    let mut random = StdRng::seed_from_u64(20_261_126);
    let sqlite = TestApp::start(Database::Sqlite).await;
    let postgres = TestApp::start(Database::Postgres).await;
    let both = [&sqlite, &postgres];
    for app in both {
        app.create_list("half", "single").await;
    }
    for n in 0..80_i64 {
        let mut attributes = serde_json::Map::new();
        for name in KEYS {
            if random.random_bool(0.8) {
                attributes.insert(name.to_owned(), any_value(&mut random));
            }
        }
        let lists = one_of(
            &mut random,
            &[
                json!(["news"]),
                json!(["half"]),
                json!(["news", "half"]),
                json!([]),
            ],
        );
        let body = json!({
            "email": format!("p{n}@x.example"), "attributes": attributes, "lists": lists,
            "language": one_of(&mut random, &["kk", "ru", "en"]),
            "status": one_of(&mut random, &["confirmed", "confirmed", "pending"]),
            "tags": one_of(&mut random, &[json!([]), json!(["VIP"]), json!(["vip", "БАСПАСӨЗ"])]),
        });
        let bounces = random.random_range(0..4);
        for app in both {
            let id = app.api_post("/subscribers", body.clone()).await["id"]
                .as_i64()
                .unwrap();
            for n in 0..bounces {
                bounce_softly(app, id, n).await;
            }
        }
    }
    let mut campaign = 0;
    for app in both {
        app.create_post("p", "P", "text").await;
        campaign = app.create_campaign("p", "P", "half").await;
        app.api_post(&format!("/campaigns/{campaign}/start"), json!({}))
            .await;
        app.campaign_in_state(campaign, "finished").await;
    }
    let mut some = 0;
    for _ in 0..1200 {
        let rule = any_rule(&mut random, CampaignId(campaign), 1);
        let picked = segment::count(&sqlite.cx, &rule).await.unwrap();
        let other = segment::count(&postgres.cx, &rule).await.unwrap();
        assert_eq!(picked, other, "SQLite and PostgreSQL: {rule:?}");
        some += i32::from((1..80).contains(&picked));
    }
    assert!(some > 300, "only {some} rules told people apart");
}
