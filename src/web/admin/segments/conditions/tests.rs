use super::*;

fn form(pairs: &[(&str, &str)]) -> Form {
    let owned = |(name, value): &(&str, &str)| ((*name).to_owned(), (*value).to_owned());
    pairs.iter().map(owned).collect()
}

/// Depths with the values of rows, such as `0:a,b 1:c`.
fn outline(conditions: &Conditions) -> String {
    let group = |group: &Group| {
        let values: Vec<&str> = group.rows.iter().map(|row| row.value.as_str()).collect();
        format!("{}:{}", group.depth, values.join(","))
    };
    let groups: Vec<String> = conditions.groups.iter().map(group).collect();
    groups.join(" ")
}

const NESTED: [(&str, &str); 19] = [
    ("match", "all"),
    ("group", "0"),
    ("test", "tag"),
    ("key", ""),
    ("value", "a"),
    ("group_match", "any"),
    ("group_depth", "1"),
    ("group", "1"),
    ("test", "tag"),
    ("key", ""),
    ("value", "b"),
    ("group_match", "none"),
    ("group_depth", "2"),
    ("group", "2"),
    ("test", "tag"),
    ("key", ""),
    ("value", "c"),
    ("group_match", "any"),
    ("group_depth", "9"),
];

fn pressed(name: &str, value: &str) -> String {
    let sent = form(&NESTED).with(name, value);
    let mut conditions = Conditions::of_form(&sent);
    conditions.press(&sent);
    outline(&conditions)
}

#[test]
fn buttons_add_and_remove() {
    for (name, value, now) in [
        ("", "", "0:a 1:b 2:c 3:"),
        ("more", "0", "0:a, 1:b 2:c 3:"),
        ("more", "2", "0:a 1:b 2:c, 3:"),
        ("more", "group", "0:a 1:b 2:c 3: 1:"),
        ("more", "group-2", "0:a 1:b 2:c 3: 3:"),
        ("more", "group-9", "0:a 1:b 2:c 3:"),
        ("remove", "row-1", "0:a 1: 2:c 3:"),
        ("remove", "group-2", "0:a 1:b"),
        ("remove", "group-1", "0:a"),
        ("remove", "group-0", "0:a 1:b 2:c 3:"),
    ] {
        assert_eq!(pressed(name, value), now, "{name} {value}");
    }
}

#[test]
fn groups_end_where_they_ended() {
    let conditions = Conditions::of_form(&form(&NESTED));
    let word = |step: &Step<'_>| match step {
        Step::Open(number, _) => format!("({number}"),
        Step::Row(_, row) => row.value.clone(),
        Step::Close(number, _) => format!("{number})"),
    };
    let steps: Vec<String> = conditions.steps().iter().map(word).collect();
    assert_eq!(steps.join(" "), "(0 a (1 b (2 c (3 3) 2) 1) 0)");
}

#[test]
fn rules_are_nested_as_the_groups_are() {
    let rule = |how, tags: &[&str]| {
        let tag = |tag: &&str| crate::model::segment::Condition::Tag {
            value: (*tag).to_owned(),
        };
        Rule::of(how, tags.iter().map(tag))
    };
    let read = vec![
        (0, rule(Match::All, &["a"])),
        (1, rule(Match::Any, &[])),
        (2, rule(Match::None, &["b"])),
        (1, rule(Match::Any, &["c"])),
        (1, rule(Match::Any, &[])),
    ];
    let text = serde_json::to_string(&nested(read)).unwrap();
    let tag = |tag: &str| format!(r#"{{"about":"tag","value":"{tag}"}}"#);
    assert_eq!(
        text,
        format!(
            r#"{{"match":"all","conditions":[{},{{"match":"any","conditions":[{{"match":"none","conditions":[{}]}}]}},{{"match":"any","conditions":[{}]}}]}}"#,
            tag("a"),
            tag("b"),
            tag("c")
        )
    );
}
