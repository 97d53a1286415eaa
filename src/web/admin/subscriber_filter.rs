//! Which subscribers a table shows, and in which order, as in the query of its page.

use serde::Deserialize;

use crate::audience::{list_admin, segment};
use crate::model::list_access::ListAccess;
use crate::model::{SegmentId, SubscriberViewId};
use crate::store::search::Search;
use crate::store::subscriber_views::SubscriberView;
use crate::web::http::error::HttpError;
use crate::web::http::form::Form;
use crate::web::state::Web;

/// The filters, as in the query.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct SubscriberFilter {
    /// A part of the name or address.
    pub q: String,
    /// A list's slug.
    pub list: String,
    /// A subscription's state.
    pub state: String,
    /// A language's tag.
    pub language: String,
    /// A label on the subscriber.
    pub tag: String,
    /// A segment's id.
    pub segment: String,
    /// The id of a saved view that this began with.
    pub view: String,
    /// A [`Sort`]; empty for the newest first.
    pub sort: String,
    /// What the page before ended with: a row, or an address.
    pub from: String,
}

/// The order of a table.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, strum::EnumString, strum::IntoStaticStr)]
#[strum(serialize_all = "snake_case")]
pub enum Sort {
    #[default]
    Newest,
    Oldest,
    Address,
}

impl SubscriberFilter {
    /// Reads the query of a table's page.
    pub fn parse(query: &str) -> Result<Self, HttpError> {
        let form = Form::parse(query.as_bytes())?;
        let text = |name| form.text(name).to_owned();
        Ok(Self {
            q: text("q"),
            list: text("list"),
            state: text("state"),
            language: text("language"),
            tag: text("tag"),
            segment: text("segment"),
            view: text("view"),
            sort: text("sort"),
            from: String::new(),
        })
    }

    /// Whether nothing filters, apart from the list.
    pub fn is_all(&self) -> bool {
        self.q.trim().is_empty()
            && self.state.is_empty()
            && self.language.is_empty()
            && self.tag.is_empty()
            && self.segment.is_empty()
    }

    pub fn sort(&self) -> Sort {
        self.sort.parse().unwrap_or_default()
    }

    /// The query of the first page of this filter, sorted.
    pub fn query(&self, sort: Sort) -> String {
        self.query_from(sort, "")
    }

    /// The query of the page after a row or an address.
    pub fn query_from(&self, sort: Sort, from: &str) -> String {
        let mut query = url::form_urlencoded::Serializer::new(String::new());
        let sort = match sort {
            Sort::Newest => "",
            other => other.into(),
        };
        let filters = [
            ("q", self.q.as_str()),
            ("list", &self.list),
            ("state", &self.state),
            ("language", &self.language),
            ("tag", &self.tag),
            ("segment", &self.segment),
            ("view", &self.view),
            ("sort", sort),
            ("from", from),
        ];
        for (name, value) in filters.iter().filter(|(_, value)| !value.is_empty()) {
            query.append_pair(name, value);
        }
        query.finish()
    }

    /// What a view keeps of this: filters and order.
    pub fn kept(&self) -> String {
        let this = Self {
            view: String::new(),
            ..self.clone()
        };
        this.query(this.sort())
    }

    /// The view that this began with, if it names one.
    pub fn view(&self) -> Option<SubscriberViewId> {
        self.view.parse().ok()
    }

    /// The search that this is. `None` where it names something that is not there: such a
    /// filter finds nobody, rather than everybody.
    ///
    /// For a user who is limited to some lists there are no others, and no segments: their rules
    /// ask for any list.
    pub async fn search(
        &self,
        web: &Web,
        access: &ListAccess,
    ) -> Result<Option<Search>, HttpError> {
        let list = match self.list.as_str() {
            "" => None,
            slug => {
                let lists = list_admin::within(&web.cx, access).await?;
                match lists.iter().find(|list| list.slug.as_str() == slug) {
                    Some(list) => Some(list.id),
                    None => return Ok(None),
                }
            }
        };
        let segment = match self.segment.as_str() {
            "" => None,
            _ if access.is_limited() => return Ok(None),
            id => match id.parse::<SegmentId>() {
                Ok(id) => match segment::by_id(&web.cx, id).await? {
                    Some(segment) => Some((segment.rule, web.cx.clock.now())),
                    None => return Ok(None),
                },
                Err(_) => return Ok(None),
            },
        };
        let (Some(state), Some(language), Some(tag)) = (
            parsed(&self.state),
            parsed(&self.language),
            parsed(&self.tag),
        ) else {
            return Ok(None);
        };
        Ok(Some(Search {
            text: self.q.clone(),
            list,
            state,
            language,
            tag,
            segment,
            within: access.clone(),
        }))
    }
}

/// The page of a saved view.
pub fn view_path(view: &SubscriberView) -> String {
    let mut path = format!("/admin/subscribers?view={}", view.id);
    if !view.query.is_empty() {
        path.push('&');
        path.push_str(&view.query);
    }
    path
}

/// What a filter is set to, if it is; `None` where that is nothing known.
fn parsed<T: std::str::FromStr>(text: &str) -> Option<Option<T>> {
    match text.trim() {
        "" => Some(None),
        text => text.parse().ok().map(Some),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_filter_survives_its_query() {
        let filter = SubscriberFilter {
            q: "a & b".to_owned(),
            list: "news".to_owned(),
            tag: "Баспасөз".to_owned(),
            segment: "3".to_owned(),
            view: "7".to_owned(),
            ..SubscriberFilter::default()
        };
        let query = filter.query_from(Sort::Address, "x@example.org");
        assert!(
            query.ends_with("&sort=address&from=x%40example.org"),
            "{query}"
        );
        let read = SubscriberFilter::parse(&query).unwrap();
        assert_eq!(read.query(read.sort()), filter.query(Sort::Address));
        assert!(read.from.is_empty(), "a filter begins at the first page");
        assert_eq!(read.view(), Some(SubscriberViewId(7)));
        let kept = SubscriberFilter::parse(&read.kept()).unwrap();
        assert_eq!(
            kept.query(Sort::Address),
            format!("{}&sort=address", {
                let without = SubscriberFilter {
                    view: String::new(),
                    ..filter.clone()
                };
                without.query(Sort::Newest)
            })
        );
        assert_eq!(filter.query(Sort::Newest).find("sort"), None);
        assert_eq!(SubscriberFilter::default().query(Sort::Newest), "");
        assert!(!read.is_all() && SubscriberFilter::default().is_all());
    }
}
