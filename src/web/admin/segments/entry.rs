//! The conditions that a form offers, and how the parts of each are entered.

/// The words of conditions in the form, in the groups that it offers them in. Each word has its
/// label in `admin-segment-test-…`, each group in `admin-segment-tests-…`.
pub const TESTS: [(&str, &[&str]); 6] = [
    (
        "lists",
        &[
            "on_list",
            "not_on_list",
            "membership",
            "joined_before",
            "joined_since",
            "joined_within",
            "confirmed_before",
            "confirmed_since",
        ],
    ),
    ("person", &["language", "frequency", "paused"]),
    ("tags", &["tag", "not_tag"]),
    (
        "attributes",
        &[
            "attribute_is",
            "attribute_is_not",
            "attribute_contains",
            "attribute_above",
            "attribute_below",
            "attribute_before",
            "attribute_since",
            "attribute_set",
            "attribute_missing",
        ],
    ),
    (
        "mail",
        &[
            "sent_campaign",
            "not_sent_campaign",
            "ever_mailed",
            "mailed_within",
            "not_mailed_within",
            "failed_within",
            "soft_bounced",
        ],
    ),
    (
        "engagement",
        &[
            "engagement_agreed",
            "opened_campaign",
            "not_opened_campaign",
            "opened_within",
            "not_opened_within",
            "followed_link_of",
            "followed_url",
            "active_within",
            "inactive_for",
        ],
    ),
];

/// Whether a test is about what is seen of readers who agreed to it.
pub fn is_about_engagement(test: &str) -> bool {
    let mut groups = TESTS.iter();
    groups.any(|(kind, tests)| *kind == "engagement" && tests.contains(&test))
}

/// How a part of a condition is entered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Entry {
    /// The condition has no such part.
    Nothing,
    /// A text; attributes that exist are suggested.
    Attribute,
    /// A text; the values that the attribute has are suggested.
    AttributeValue,
    /// A text without suggestions.
    Text,
    Number,
    /// Days or times.
    Whole,
    Date,
    /// One of what there is.
    Choice(Choice),
}

/// What one chooses from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Choice {
    List,
    /// A list, or none for any.
    AnyList,
    Language,
    Frequency,
    YesOrNo,
    Membership,
    Tag,
    Campaign,
}

/// How the attribute or the list of a test is entered.
pub fn key_entry(test: &str) -> Entry {
    match test {
        "membership" => Entry::Choice(Choice::List),
        "confirmed_before" | "confirmed_since" => Entry::Choice(Choice::AnyList),
        test if test.starts_with("attribute_") => Entry::Attribute,
        _ => Entry::Nothing,
    }
}

/// How the value of a test is entered.
pub fn value_entry(test: &str) -> Entry {
    match test {
        "attribute_is" | "attribute_is_not" | "attribute_contains" => Entry::AttributeValue,
        "attribute_above" | "attribute_below" => Entry::Number,
        "joined_within" | "soft_bounced" | "mailed_within" | "not_mailed_within"
        | "failed_within" | "opened_within" | "not_opened_within" | "active_within"
        | "inactive_for" => Entry::Whole,
        "followed_url" => Entry::Text,
        "attribute_before" | "attribute_since" | "joined_before" | "joined_since"
        | "confirmed_before" | "confirmed_since" => Entry::Date,
        "language" => Entry::Choice(Choice::Language),
        "frequency" => Entry::Choice(Choice::Frequency),
        "paused" | "ever_mailed" => Entry::Choice(Choice::YesOrNo),
        "on_list" | "not_on_list" => Entry::Choice(Choice::List),
        "membership" => Entry::Choice(Choice::Membership),
        "tag" | "not_tag" => Entry::Choice(Choice::Tag),
        "sent_campaign"
        | "not_sent_campaign"
        | "opened_campaign"
        | "not_opened_campaign"
        | "followed_link_of" => Entry::Choice(Choice::Campaign),
        _ => Entry::Nothing,
    }
}
