//! What an import of posts came to, or would come to.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::clock::Timestamp;
use crate::model::post_import::{DraftReason, PostSystem};

/// Posts that are listed with their problem, or as a sample; all are counted.
const LISTED: usize = 200;
const SAMPLES: usize = 10;
/// Hosts of pictures that are counted one by one.
const HOSTS: usize = 50;

/// The counts of an import of posts, and what a person should look at.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct Balance {
    /// Whose file it is.
    pub system: PostSystem,
    /// Posts in the file.
    pub found: u64,
    /// New drafts.
    pub drafts: u64,
    /// New posts on the site, with their former dates.
    pub published: u64,
    /// Posts that were imported before and are replaced.
    pub updated: u64,
    /// Posts that were imported before and stay as they are.
    pub known: u64,
    /// Of those, how many were edited here since, and are not replaced.
    pub edited: u64,
    /// What is passed over: pages, threads, empty drafts.
    pub skipped: BTreeMap<String, u64>,
    /// Posts that cannot be imported.
    pub failed: u64,
    /// Why posts that were sent or published before become drafts.
    pub drafts_because: BTreeMap<String, u64>,
    /// Tags of a template language, and links that only the other system could fill in, that
    /// are left out.
    pub tags_dropped: u64,
    /// Parts of a kind that is not known: their words are kept.
    pub unknown_cards: u64,
    /// Pictures.
    pub pictures: PictureBalance,
    /// Posts that cannot be imported, or that somebody should look at.
    pub problems: Vec<Problem>,
    /// The first posts.
    pub samples: Vec<Sample>,
}

/// The pictures of an import.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct PictureBalance {
    /// Pictures in the posts.
    pub found: u64,
    /// How many are on which host.
    pub hosts: BTreeMap<String, u64>,
    /// Pictures whose address names no host.
    pub without_host: u64,
    /// Pictures that were within the text itself, and are left out.
    pub inline: u64,
    /// Pictures that were fetched.
    pub fetched: u64,
    /// Pictures that could not be fetched, and stay links.
    pub failed: u64,
    /// Some of them.
    pub failures: Vec<PictureFailure>,
}

/// A picture that could not be fetched.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct PictureFailure {
    /// Its address.
    pub address: String,
    /// Why.
    pub reason: String,
}

/// A post that somebody should look at.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct Problem {
    /// Its title.
    pub title: String,
    /// What is wrong with it.
    pub reason: String,
}

/// A post as it is or would be imported.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct Sample {
    /// Its title.
    pub title: String,
    /// Its slug here.
    pub slug: String,
    /// Its category.
    pub category: String,
    /// When it was published; `null` for a draft.
    #[schema(value_type = Option<String>)]
    #[serde(with = "optional_moment")]
    pub published_at: Option<Timestamp>,
    /// The start of its text, in Markdown.
    pub text: String,
}

mod optional_moment {
    use serde::{Deserialize, Deserializer, Serialize, Serializer};

    use super::Timestamp;

    pub fn serialize<S: Serializer>(at: &Option<Timestamp>, to: S) -> Result<S::Ok, S::Error> {
        at.map(Timestamp::rfc3339).serialize(to)
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<Option<Timestamp>, D::Error> {
        let text = Option::<String>::deserialize(from)?;
        Ok(text.and_then(|text| Timestamp::parse_rfc3339(&text).ok()))
    }
}

impl Balance {
    /// Nothing yet.
    pub fn new(system: PostSystem) -> Self {
        Self {
            system,
            found: 0,
            drafts: 0,
            published: 0,
            updated: 0,
            known: 0,
            edited: 0,
            skipped: BTreeMap::new(),
            failed: 0,
            drafts_because: BTreeMap::new(),
            tags_dropped: 0,
            unknown_cards: 0,
            pictures: PictureBalance::default(),
            problems: Vec::new(),
            samples: Vec::new(),
        }
    }

    /// Posts that are created or replaced.
    pub fn written(&self) -> u64 {
        self.drafts + self.published + self.updated
    }

    /// Counts what is passed over.
    pub(super) fn skip(&mut self, what: &str) {
        *self.skipped.entry(what.to_owned()).or_default() += 1;
    }

    /// Counts a post that becomes a draft.
    pub(super) fn draft_because(&mut self, reason: DraftReason) {
        let reason = reason.as_str().to_owned();
        *self.drafts_because.entry(reason).or_default() += 1;
    }

    /// Lists something about a post.
    pub(super) fn note(&mut self, title: &str, reason: impl Into<String>) {
        if self.problems.len() < LISTED {
            self.problems.push(Problem {
                title: clipped(title, 200),
                reason: clipped(&reason.into(), 300),
            });
        }
    }

    /// Lists a post as a sample.
    pub(super) fn sample(&mut self, make: impl FnOnce() -> Sample) {
        if self.samples.len() < SAMPLES {
            self.samples.push(make());
        }
    }

    /// Counts a picture by its host.
    pub(super) fn picture(&mut self, address: &str) {
        self.pictures.found += 1;
        let url = url::Url::parse(address).ok();
        let host = url.as_ref().and_then(|url| url.host_str());
        let Some(host) = host else {
            if !address.starts_with("/media/") {
                self.pictures.without_host += 1;
            }
            return;
        };
        let hosts = &mut self.pictures.hosts;
        let host = if hosts.len() < HOSTS || hosts.contains_key(host) {
            host
        } else {
            "others"
        };
        *hosts.entry(host.to_owned()).or_default() += 1;
    }

    /// Lists a picture that could not be fetched.
    pub(super) fn picture_failed(&mut self, address: &str, reason: &str) {
        self.pictures.failed += 1;
        if self.pictures.failures.len() < LISTED {
            self.pictures.failures.push(PictureFailure {
                address: clipped(address, 500),
                reason: clipped(reason, 300),
            });
        }
    }
}

/// At most `limit` characters.
pub(super) fn clipped(text: &str, limit: usize) -> String {
    let mut clipped: String = text.chars().take(limit).collect();
    if clipped.len() < text.len() {
        clipped.pop();
        clipped.push('…');
    }
    clipped
}
