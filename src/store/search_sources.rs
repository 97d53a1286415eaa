//! The indices that lead to subscribers, and the filters that each covers.

use crate::clock::Timestamp;
use crate::model::ListId;
use crate::model::list_access::ListAccess;
use crate::model::segment::Rule;
use crate::model::subscription::SubscriptionState;
use crate::model::tag::Tag;
use crate::text::locale::Language;

/// What to look for. What is empty or `None` admits everybody.
#[derive(Debug, Clone, Default)]
pub struct Search {
    /// A part of the address or name.
    pub text: String,
    /// A list they are or were on.
    pub list: Option<ListId>,
    /// The state of a subscription (to `list`, if given).
    pub state: Option<SubscriptionState>,
    /// The language of mail to them.
    pub language: Option<Language>,
    /// A tag they have.
    pub tag: Option<Tag>,
    /// A segment's rule that picks them at this moment.
    pub segment: Option<(Rule, Timestamp)>,
    /// They are or were on one of the lists within this reach, in `state` if that is given.
    pub within: ListAccess,
}

#[derive(Clone, Copy)]
pub(super) enum Filter {
    None,
    Language,
    Tag,
    List,
    ListAndState,
    State,
}

impl Filter {
    /// The filter on lists and states that a search has.
    pub(super) fn of_lists(search: &Search) -> Self {
        match (search.list, search.state) {
            (Some(_), Some(_)) => Filter::ListAndState,
            (Some(_), None) => Filter::List,
            (None, Some(_)) => Filter::State,
            (None, None) => Filter::None,
        }
    }
}

/// An index to read along.
#[derive(Clone, Copy)]
pub(super) struct Source {
    /// What gives the rows.
    pub(super) from: &'static str,
    /// The order it gives them in.
    pub(super) key: &'static str,
    /// Whether that is the order of addresses; that of rows otherwise.
    pub(super) is_by_address: bool,
    /// What it admits already.
    pub(super) covers: Filter,
    /// Whether the text is looked for in each row that it gives.
    checks_text: bool,
}

impl Source {
    /// The same, with the text looked for in each row.
    pub(super) const fn with_text(self) -> Self {
        Self {
            checks_text: true,
            ..self
        }
    }
}

const fn rows(from: &'static str, key: &'static str, covers: Filter) -> Source {
    Source {
        from,
        key,
        is_by_address: false,
        covers,
        checks_text: false,
    }
}

pub(super) const ROWS: Source = rows("subscribers m WHERE TRUE", "m.id", Filter::None);
pub(super) const LANGUAGE: Source = rows(
    "subscribers m WHERE m.language = $3",
    "m.id",
    Filter::Language,
);
pub(super) const TAG: Source = rows(
    "subscriber_tags t CROSS JOIN subscribers m WHERE t.tag_key = $7 AND m.id = t.subscriber_id",
    "t.subscriber_id",
    Filter::Tag,
);
pub(super) const LIST: Source = rows(
    "subscriptions s CROSS JOIN subscribers m WHERE s.list_id = $4 AND m.id = s.subscriber_id",
    "s.subscriber_id",
    Filter::List,
);
pub(super) const LIST_AND_STATE: Source = rows(
    "subscriptions s CROSS JOIN subscribers m
     WHERE s.list_id = $4 AND s.state = $5 AND m.id = s.subscriber_id",
    "s.subscriber_id",
    Filter::ListAndState,
);
/// Each subscriber once, by the first of their lists in this state.
pub(super) const STATE: Source = rows(
    "subscriptions s CROSS JOIN subscribers m
     WHERE s.state = $5 AND m.id = s.subscriber_id AND s.list_id = (
         SELECT MIN(o.list_id) FROM subscriptions o
         WHERE o.subscriber_id = s.subscriber_id AND o.state || '' = $5)",
    "s.subscriber_id",
    Filter::State,
);
pub(super) const SQLITE_TEXT: Source = rows(
    "subscriber_search t CROSS JOIN subscribers m
     WHERE t.subscriber_search MATCH $2 AND m.id = t.rowid",
    "t.rowid",
    Filter::None,
);
/// The same, sorted by address.
pub(super) const SQLITE_TEXT_BY_ADDRESS: Source = Source {
    key: "m.email_key",
    is_by_address: true,
    ..SQLITE_TEXT
};
pub(super) const POSTGRES_TEXT: Source = rows(
    r"subscribers m WHERE m.email_key || ' ' || lower(m.name) LIKE $2 ESCAPE '\'",
    "m.id",
    Filter::None,
);
/// The index of the text leads, and what it gives is sorted. Were it sorted by a column of its own,
/// the planner might read all rows in their order, for a text that it takes to be in many.
pub(super) const POSTGRES_TEXT_ALONE: Source = rows(
    r"subscribers m WHERE m.email_key || ' ' || lower(m.name) LIKE $2 ESCAPE '\'",
    "m.id + 0",
    Filter::None,
);
/// For a page of those with a text that many have: rows in their order lead, but only so many.
pub(super) const POSTGRES_NEXT_WITH_TEXT: Source = rows(
    r"(SELECT * FROM subscribers WHERE id > $1 ORDER BY id LIMIT 20000) m
      WHERE m.email_key || ' ' || lower(m.name) LIKE $2 ESCAPE '\'",
    "m.id",
    Filter::None,
);
/// The same, backwards.
pub(super) const POSTGRES_LAST_WITH_TEXT: Source = rows(
    r"(SELECT * FROM subscribers WHERE id < $1 ORDER BY id DESC LIMIT 20000) m
      WHERE m.email_key || ' ' || lower(m.name) LIKE $2 ESCAPE '\'",
    "m.id",
    Filter::None,
);
/// The same for a count, which wants more.
pub(super) const POSTGRES_FIRST_WITH_TEXT: Source = rows(
    r"(SELECT * FROM subscribers WHERE id > $1 ORDER BY id LIMIT 50000) m
      WHERE m.email_key || ' ' || lower(m.name) LIKE $2 ESCAPE '\'",
    "m.id",
    Filter::None,
);
pub(super) const SQLITE_START: Source = Source {
    from: "subscribers m WHERE m.email_key >= $2 AND m.email_key < $2 || char(1114111)",
    key: "m.email_key",
    is_by_address: true,
    covers: Filter::None,
    checks_text: false,
};
pub(super) const POSTGRES_START: Source = Source {
    from: r#"subscribers m WHERE m.email_key COLLATE "C" >= $2
             AND m.email_key COLLATE "C" < $2 || chr(1114111)"#,
    key: r#"m.email_key COLLATE "C""#,
    is_by_address: true,
    covers: Filter::None,
    checks_text: false,
};

pub(super) const SQLITE_ADDRESSES: Source = Source {
    from: "subscribers m WHERE TRUE",
    key: "m.email_key",
    is_by_address: true,
    covers: Filter::None,
    checks_text: false,
};
pub(super) const POSTGRES_ADDRESSES: Source = Source {
    from: "subscribers m WHERE TRUE",
    key: r#"m.email_key COLLATE "C""#,
    is_by_address: true,
    covers: Filter::None,
    checks_text: false,
};
/// For a text that more than a few have: the order leads, and the text is looked up. The `+` keeps
/// the planner from the rows' own order.
pub(super) const SQLITE_ADDRESSES_WITH_TEXT: Source = Source {
    from: "subscribers m WHERE +m.id IN (
               SELECT t.rowid FROM subscriber_search t WHERE t.subscriber_search MATCH $2)",
    key: "m.email_key",
    is_by_address: true,
    covers: Filter::None,
    checks_text: false,
};
pub(super) const POSTGRES_ADDRESSES_WITH_TEXT: Source = Source {
    from: r"subscribers m WHERE m.email_key || ' ' || lower(m.name) LIKE $2 ESCAPE '\'",
    key: r#"m.email_key COLLATE "C""#,
    is_by_address: true,
    covers: Filter::None,
    checks_text: false,
};

/// The filter that admits only subscribers of the lists of a user who is limited to some.
pub(super) fn within(access: &ListAccess) -> String {
    match access.limited_user().0 {
        0 => String::new(),
        user => format!(
            "AND EXISTS (SELECT 1 FROM subscriptions f
                 JOIN user_lists u ON u.list_id = f.list_id AND u.user_id = {user}
                 WHERE f.subscriber_id = m.id AND ($5 = '' OR f.state || '' = $5))"
        ),
    }
}

/// The filters that an index to read along does not cover, tried on each row.
/// Concatenating with nothing keeps the planner from reading along the indices
/// of what only filters.
pub(super) fn filters(search: &Search, source: Source) -> Vec<&'static str> {
    let covered = source.covers;
    let mut wanted = Vec::new();
    if source.checks_text {
        wanted.push("AND instr(m.email_key || ' ' || lower(m.name), $2) > 0");
    }
    if search.language.is_some() && !matches!(covered, Filter::Language) {
        wanted.push("AND m.language || '' = $3");
    }
    if search.tag.is_some() && !matches!(covered, Filter::Tag) {
        wanted.push(
            "AND EXISTS (SELECT 1 FROM subscriber_tags f
                 WHERE f.subscriber_id = m.id AND f.tag_key || '' = $7)",
        );
    }
    let of_lists = match covered {
        Filter::List | Filter::ListAndState | Filter::State => Filter::None,
        _ => Filter::of_lists(search),
    };
    wanted.extend(match of_lists {
        Filter::List => Some(
            "AND EXISTS (SELECT 1 FROM subscriptions f
                 WHERE f.subscriber_id = m.id AND f.list_id = $4)",
        ),
        Filter::State => Some(
            "AND EXISTS (SELECT 1 FROM subscriptions f
                 WHERE f.subscriber_id = m.id AND f.state || '' = $5)",
        ),
        Filter::ListAndState => Some(
            "AND EXISTS (SELECT 1 FROM subscriptions f
                 WHERE f.subscriber_id = m.id AND f.list_id = $4 AND f.state || '' = $5)",
        ),
        _ => None,
    });
    wanted
}
