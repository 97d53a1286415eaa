//! Posts and events as cards in lists.

use jiff::ZonedDateTime;

use crate::campaign::piece::category;
use crate::content::public_posts;
use crate::model::list::Slug;
use crate::store::events::Event;
use crate::store::media::SizedPicture;
use crate::store::posts::PostInLanguage;
use crate::text::datetime::Calendar;
use crate::text::locale::{Language, Preference};
use crate::text::phrases::{Phrases, Value};
use crate::web::http::error::HttpError;
use crate::web::public::pictures::Sources;
use crate::web::state::Web;

/// A post in a list of posts.
pub struct PostCard {
    pub path: String,
    pub language: Language,
    pub title: String,
    pub summary: String,
    pub category: String,
    pub category_path: String,
    pub author: String,
    pub date: String,
    /// RFC 3339, for machines.
    pub datetime: String,
    pub picture: Option<CardPicture>,
}

/// The picture of a card.
pub struct CardPicture {
    pub sources: Sources,
    /// For those who do not see it; on a card beside its title it is decoration.
    pub alt: String,
}

impl CardPicture {
    fn new(picture: &SizedPicture, reader: Preference) -> Self {
        Self {
            sources: Sources::new(&picture.medium, &picture.widths()),
            alt: picture.medium.caption(reader).alt,
        }
    }
}

/// The cards of posts, with their pictures.
pub async fn post_cards(
    web: &Web,
    phrases: &Phrases,
    rows: &[PostInLanguage],
) -> Result<Vec<PostCard>, HttpError> {
    let pictures = public_posts::pictures(&web.cx, rows).await?;
    let card = |row: &PostInLanguage| {
        let picture = pictures.get(&row.post.id);
        PostCard::new(web, phrases, row, picture)
    };
    Ok(rows.iter().map(card).collect())
}

impl PostCard {
    pub fn new(
        web: &Web,
        phrases: &Phrases,
        row: &PostInLanguage,
        picture: Option<&SizedPicture>,
    ) -> Self {
        let at = row.post.published_at.unwrap_or(row.post.updated_at);
        Self {
            path: format!("/posts/{}", row.post.slug),
            language: row.variant.language,
            title: row.variant.title.clone(),
            summary: row.variant.summary.clone(),
            category: category(phrases, &row.post.category),
            category_path: format!("/posts/category/{}", category_key(&row.post.category)),
            author: phrases.translate_with("post-by", "author", &row.post.author),
            date: web.calendar_of(phrases).date(at),
            datetime: at.rfc3339(),
            picture: picture.map(|one| CardPicture::new(one, web.cx.reader(row.variant.language))),
        }
    }
}

/// A category in URLs: a slug, or percent-encoded if it has no letter and no digit.
pub fn category_key(category: &str) -> String {
    Slug::from_title(category).map_or_else(
        || {
            let spaced = url::form_urlencoded::byte_serialize(category.as_bytes());
            spaced.collect::<String>().replace('+', "%20")
        },
        String::from,
    )
}

/// An event in a list of events.
pub struct EventCard {
    pub path: String,
    pub language: Language,
    pub title: String,
    pub place: String,
    pub day: String,
    pub month: String,
    pub when: String,
    /// RFC 3339, for machines.
    pub datetime: String,
}

impl EventCard {
    pub fn new(web: &Web, phrases: &Phrases, event: &Event) -> Self {
        let calendar = web.calendar_of(phrases);
        let local = calendar.local(event.starts_at);
        Self {
            path: format!("/events/{}", event.slug),
            language: event.language,
            title: event.title.clone(),
            place: event.place.clone(),
            day: local.day().to_string(),
            month: phrases.translate(&format!("month-short-{}", local.month())),
            when: when(&calendar, phrases, event),
            datetime: event.starts_at.rfc3339(),
        }
    }
}

/// Weekday and hours of an event: `18:30–20:00`, or `All day`.
fn when(calendar: &Calendar, phrases: &Phrases, event: &Event) -> String {
    let weekday = weekday(phrases, &calendar.local(event.starts_at));
    format!("{weekday}, {}", hours(calendar, phrases, event))
}

fn hours(calendar: &Calendar, phrases: &Phrases, event: &Event) -> String {
    if event.all_day {
        return phrases.translate("event-all-day");
    }
    let (start, end) = (calendar.time(event.starts_at), calendar.time(event.ends_at));
    let values = [("start", Value::Text(&start)), ("end", Value::Text(&end))];
    phrases.translate_args("event-time-range", &values)
}

fn weekday(phrases: &Phrases, local: &ZonedDateTime) -> String {
    let number = local.weekday().to_monday_one_offset();
    phrases.translate(&format!("weekday-{number}"))
}
