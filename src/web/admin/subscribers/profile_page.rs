//! The profile page of a subscriber and its form of attributes.

use askama::Template;
use serde_json::{Map, Value};

use crate::audience::subscriber_admin::{self, Entry, Profile};
use crate::campaign::recipient;
use crate::clock::Timestamp;
use crate::model::SubscriberId;
use crate::model::mail_frequency::Frequency;
use crate::series::readers;
use crate::store::campaigns::Campaign;
use crate::store::series_readers::ReaderRow;
use crate::text::locale::Language;
use crate::web::admin::form_errors::FormErrors;
use crate::web::admin::viewer::Viewer;
use crate::web::http::error::HttpError;
use crate::web::http::form::Form;
use crate::web::state::Web;

/// Campaigns that one can ask about on the page; older ones by their own pages.
pub const CAMPAIGNS: i64 = 100;

/// The profile as far as the viewer may see it, if the subscriber exists.
pub async fn find(web: &Web, viewer: &Viewer, id: SubscriberId) -> Result<Profile, HttpError> {
    let profile = subscriber_admin::profile(&web.cx, &viewer.access, id).await?;
    profile.ok_or(HttpError::NotFound)
}

#[derive(Template)]
#[template(path = "admin/subscriber.html")]
pub struct ProfilePage {
    pub viewer: Viewer,
    pub profile: Profile,
    pub typed_name: String,
    pub typed_address: String,
    pub typed_note: String,
    pub language: String,
    /// Comma-separated.
    pub tags: String,
    pub attributes: Vec<(String, String)>,
    pub frequency: Frequency,
    /// The day on which a pause ends; may be empty.
    pub paused_until: String,
    pub errors: FormErrors,
    /// Those to ask about, newest first.
    pub campaigns: Vec<Campaign>,
    /// Where they stand in series, the latest first.
    pub series: Vec<ReaderRow>,
}

impl ProfilePage {
    pub async fn new(web: &Web, viewer: Viewer, profile: Profile) -> Result<Self, HttpError> {
        let campaigns = recipient::campaigns_to_choose(&web.cx, &viewer.access, CAMPAIGNS).await?;
        let subscriber = &profile.subscriber;
        // Series are of users who reach every list.
        let series = if viewer.is_limited() {
            Vec::new()
        } else {
            readers::of_subscriber(&web.cx, subscriber.id).await?
        };
        let until = subscriber.paused_until(web.cx.clock.now());
        Ok(Self {
            campaigns,
            series,
            typed_name: subscriber.name.clone(),
            typed_address: String::new(),
            typed_note: profile.note.clone(),
            language: subscriber.language.to_string(),
            tags: profile.tags.join(", "),
            attributes: attribute_rows(&subscriber.attributes),
            frequency: subscriber.frequency,
            paused_until: until.map_or_else(String::new, |at| day(&viewer, at)),
            errors: FormErrors::default(),
            viewer,
            profile,
        })
    }

    /// Those of the site, and the subscriber's own.
    fn languages(&self) -> Vec<Language> {
        let own = self.profile.subscriber.language;
        self.viewer.languages.and([own])
    }

    fn pause_hint(&self) -> String {
        match self.paused_until.as_str() {
            "" => self.viewer.t("admin-subscriber-no-pause-hint"),
            _ => self.viewer.t("admin-subscriber-pause-hint"),
        }
    }

    /// Where the suppression of an address can be lifted.
    fn suppression_path(&self, key: &str) -> String {
        let mut query = url::form_urlencoded::Serializer::new(String::new());
        query.append_pair("q", key);
        format!("/admin/suppressions?{}", query.finish())
    }
}

/// A day as a browser's `date` field holds it.
pub fn day(viewer: &Viewer, at: Timestamp) -> String {
    viewer.calendar.local(at).date().to_string()
}

/// Attributes as form rows. Texts are shown as they are, unless they would be
/// read back as another JSON type.
pub fn attribute_rows(attributes: &Value) -> Vec<(String, String)> {
    let Some(attributes) = attributes.as_object() else {
        return Vec::new();
    };
    let shown = |value: &Value| match value {
        Value::String(text) if serde_json::from_str::<Value>(text).is_err() => text.clone(),
        other => other.to_string(),
    };
    attributes
        .iter()
        .map(|(key, value)| (key.clone(), shown(value)))
        .collect()
}

/// Form rows as attributes: JSON if it parses, otherwise text. Rows without a
/// name are skipped.
pub fn read_attributes(form: &Form) -> Map<String, Value> {
    form.all("key")
        .zip(form.all("value"))
        .map(|(key, value)| (key.trim(), value.trim()))
        .filter(|(key, _)| !key.is_empty())
        .map(|(key, value)| {
            let read = serde_json::from_str(value);
            let value = read.unwrap_or_else(|_| Value::String(value.to_owned()));
            (key.to_owned(), value)
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn attributes_survive_their_form() {
        let attributes = serde_json::json!({
            "city": "Astana", "age": 42, "vip": true, "code": "0042", "number as text": "42",
            "tags": ["a", "b"], "none": null, "empty": "",
        });
        let rows = attribute_rows(&attributes);
        let mut body = url::form_urlencoded::Serializer::new(String::new());
        for (key, value) in &rows {
            body.append_pair("key", key).append_pair("value", value);
        }
        body.append_pair("key", "  ")
            .append_pair("value", "dropped");
        let form = Form::parse(body.finish().as_bytes()).unwrap();
        assert_eq!(Value::Object(read_attributes(&form)), attributes);
    }
}
