//! The demo's sample data: a site, lists, posts, events and music.

use std::collections::BTreeMap;
use std::path::Path;

use jiff::ToSpan;
use rust_embed::RustEmbed;
use serde::Deserialize;

use super::super::{CliError, Result};
use crate::audience::ConsentSource;
use crate::audience::list_admin::{self, ListFields};
use crate::audience::subscribers::{self, SubscriberFields};
use crate::clock::Timestamp;
use crate::content::event;
use crate::content::event::EventInLanguage;
use crate::content::media::{self, Upload};
use crate::content::post::{self, Article};
use crate::content::site::{self, Site};
use crate::context::Context;
use crate::deliverability::dkim_keys;
use crate::model::audit::Actor;
use crate::model::list::{OptIn, Slug, Visibility};
use crate::model::subscription::{ConsentMethod, SubscriptionState};
use crate::store::events::Recurrence;
use crate::store::lists::{ListOptions, ListText};
use crate::store::media::Caption;
use crate::text::line::{PersonName, Title};
use crate::text::locale::Language;

#[derive(RustEmbed)]
#[folder = "sample/"]
#[include = "*.toml"]
#[include = "posts/*.md"]
#[include = "media/*.mp3"]
#[include = "media/*.jpg"]
#[include = "media/*.png"]
#[include = "media/*.toml"]
struct Sample;

const DOMAIN: &str = "embassy.example";
const SELECTOR: &str = "demo";

/// Texts by language tag.
type Words = BTreeMap<String, String>;

/// Fills an empty database with sample data; a used one stays as it is.
pub(super) async fn seed(cx: &Context, folder: &Path) -> Result {
    if !site::load(cx).await?.name.is_empty() {
        return Ok(());
    }
    let sample: SiteFile = read_toml("site.toml")?;
    for list in &sample.list {
        list_admin::create(cx, &Actor::System, &list.fields()?).await?;
    }
    for subscriber in &sample.subscriber {
        subscribers::save(
            cx,
            &Actor::System,
            &subscriber.fields()?,
            &ConsentSource::default(),
        )
        .await?;
    }
    // Before the posts, some of which have a picture.
    seed_media(cx).await?;
    seed_posts(cx).await?;
    seed_events(cx).await?;
    seed_keys(cx, folder).await?;
    // Last: it marks the sample as complete.
    site::save(
        cx,
        &Actor::System,
        &Site {
            name: sample.site.name,
            tagline: sample.site.tagline,
            ..Site::default()
        },
    )
    .await?;
    Ok(())
}

#[derive(Deserialize)]
struct SiteFile {
    site: SiteWords,
    list: Vec<ListEntry>,
    subscriber: Vec<SubscriberEntry>,
}

#[derive(Deserialize)]
struct SiteWords {
    name: Words,
    tagline: Words,
}

#[derive(Deserialize)]
struct ListEntry {
    slug: Slug,
    visibility: Visibility,
    opt_in: OptIn,
    name: Words,
    description: Words,
}

impl ListEntry {
    fn fields(&self) -> Result<ListFields> {
        let translations = self
            .name
            .iter()
            .map(|(tag, name)| {
                let description = self.description.get(tag).cloned().unwrap_or_default();
                (
                    tag.clone(),
                    ListText {
                        name: name.clone(),
                        description,
                    },
                )
            })
            .collect();
        Ok(ListFields {
            slug: self.slug.clone(),
            name: line(english(&self.name))?,
            description: english(&self.description).to_owned(),
            translations,
            visibility: self.visibility,
            opt_in: self.opt_in,
            options: ListOptions::default(),
        })
    }
}

#[derive(Deserialize)]
struct SubscriberEntry {
    email: String,
    #[serde(default)]
    name: String,
    language: Language,
    lists: Vec<Slug>,
    status: SubscriptionState,
}

impl SubscriberEntry {
    fn fields(&self) -> Result<SubscriberFields> {
        Ok(SubscriberFields {
            email: self.email.parse().map_err(broken)?,
            name: Some(PersonName::parse(&self.name).map_err(broken)?),
            language: Some(self.language),
            frequency: None,
            attributes: None,
            tags: None,
            lists: self.lists.clone(),
            state: match self.status {
                // A pending one would get an email before anybody did
                // anything.
                SubscriptionState::Pending => SubscriptionState::Unsubscribed,
                state => state,
            },
            resubscribes: false,
            method: ConsentMethod::Import,
        })
    }
}

async fn seed_posts(cx: &Context) -> Result {
    // English first: its slug, category and author are the post's.
    for language in ["en", "ru", "kk"] {
        let ending = format!(".{language}.md");
        for path in Sample::iter().filter(|path| path.ends_with(&ending)) {
            let slug = path.trim_start_matches("posts/").trim_end_matches(&ending);
            let (mut article, picture) = article(slug, &read(&path)?)?;
            if let Some(name) = picture {
                article.picture = Some(media::picture_named(cx, &name).await?);
            }
            post::create(cx, &Actor::System, &article, false).await?;
        }
    }
    Ok(())
}

/// A Markdown file with a front matter of `key: value` lines, and the name of its picture.
fn article(slug: &str, text: &str) -> Result<(Article, Option<String>)> {
    let parts = text
        .strip_prefix("---\n")
        .and_then(|rest| rest.split_once("\n---\n"));
    let (front, body) = parts.ok_or_else(|| broken("front matter"))?;
    let fields: BTreeMap<&str, &str> = front
        .lines()
        .filter_map(|line| line.split_once(": "))
        .collect();
    let field = |name: &str| fields.get(name).copied().ok_or_else(|| broken(name));
    let picture = fields.get("picture").map(|name| (*name).to_owned());
    let article = Article {
        slug: slug.parse().map_err(broken)?,
        category: line(field("category")?)?,
        author: line(field("author")?)?,
        picture: None,
        published_at: Some(Timestamp::parse_rfc3339(field("published")?).map_err(broken)?),
        language: field("language")?.parse().map_err(broken)?,
        title: line(field("title")?)?,
        summary: field("summary")?.to_owned(),
        body_markdown: body.trim().to_owned(),
    };
    Ok((article, picture))
}

#[derive(Deserialize)]
struct EventFile {
    event: Vec<EventEntry>,
}

#[derive(Deserialize)]
struct EventEntry {
    slug: Slug,
    day_offset: i64,
    start: jiff::civil::Time,
    duration_minutes: i64,
    #[serde(default)]
    all_day: bool,
    title: Words,
    place: Words,
    description: Words,
}

/// Dates are relative to the first run, so that the calendar is not empty.
async fn seed_events(cx: &Context) -> Result {
    let file: EventFile = read_toml("events.toml")?;
    let zone = cx.config().time_zone.get();
    let today = cx
        .clock
        .now()
        .to_jiff()
        .to_zoned_datetime(zone.clone())
        .date();
    for entry in &file.event {
        let day = today.saturating_add(entry.day_offset.days());
        let start = day
            .to_datetime(entry.start)
            .to_zoned_datetime(zone.clone())
            .map_err(broken)?;
        let starts_at = Timestamp::from_millis(start.timestamp().as_millisecond());
        let minutes = u64::try_from(entry.duration_minutes).map_err(broken)?;
        for (tag, title) in &entry.title {
            let word = |words: &Words| words.get(tag).cloned().unwrap_or_default();
            let announcement = EventInLanguage {
                slug: entry.slug.clone(),
                starts_at,
                ends_at: starts_at.after(std::time::Duration::from_secs(60 * minutes)),
                all_day: entry.all_day,
                recurrence: Recurrence::once(),
                picture: None,
                is_published: None,
                language: tag.parse().map_err(broken)?,
                title: line(title)?,
                place: word(&entry.place),
                description: word(&entry.description),
            };
            event::save(cx, &Actor::System, &announcement).await?;
        }
    }
    Ok(())
}

#[derive(Deserialize)]
struct MediaFile {
    media: Vec<MediaEntry>,
}

#[derive(Deserialize)]
struct MediaEntry {
    file: String,
    title: Words,
    #[serde(default)]
    alt: Words,
}

async fn seed_media(cx: &Context) -> Result {
    let file: MediaFile = read_toml("media/media.toml")?;
    for entry in file.media {
        let path = format!("media/{}", entry.file);
        let content = Sample::get(&path)
            .ok_or_else(|| broken(&path))?
            .data
            .into_owned();
        let captions = entry
            .title
            .iter()
            .map(|(tag, title)| {
                let alt = entry.alt.get(tag).cloned().unwrap_or_default();
                (
                    tag.clone(),
                    Caption {
                        title: title.clone(),
                        alt,
                    },
                )
            })
            .collect();
        media::keep(
            cx,
            &Actor::CommandLine,
            Upload {
                file_name: entry.file,
                captions,
                is_shown: true,
                content,
            },
        )
        .await?;
    }
    Ok(())
}

/// The demo signs its emails; the DNS records are written to a file beside the
/// database.
async fn seed_keys(cx: &Context, folder: &Path) -> Result {
    let mut records = String::new();
    let made = dkim_keys::make(cx, &Actor::CommandLine, DOMAIN, SELECTOR).await?;
    for record in made.records {
        records.push_str(&format!("{} {}\n", record.name, record.text));
    }
    std::fs::write(folder.join("dkim-records.txt"), records)?;
    Ok(())
}

fn read(path: &str) -> Result<String> {
    let file = Sample::get(path).ok_or_else(|| broken(path))?;
    String::from_utf8(file.data.into_owned()).map_err(broken)
}

fn read_toml<T: serde::de::DeserializeOwned>(path: &str) -> Result<T> {
    toml::from_str(&read(path)?).map_err(broken)
}

fn english(words: &Words) -> &str {
    words.get("en").map_or("", String::as_str)
}

fn line(text: &str) -> Result<Title> {
    Title::parse(text).map_err(broken)
}

/// The sample is part of the binary: an error in it is a bug.
fn broken(cause: impl std::fmt::Display) -> CliError {
    CliError::Other(format!("the sample is broken: {cause}"))
}
