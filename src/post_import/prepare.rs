//! A post as it would be written: its title, slug, date and paths, from what was found.

use super::balance::clipped;
use super::convert::{Converted, convert};
use super::found::{FoundPost, FoundState};
use super::options::Options;
use super::template_tags::with_literal_braces;
use super::{PostImportError, Result};
use crate::clock::Timestamp;
use crate::content::ContentError;
use crate::content::imported_post::ImportedPost;
use crate::model::list::Slug;
use crate::model::post_import::{DraftReason, PostSystem, PublishAs};
use crate::render::{self, Budget};
use crate::text::characters;
use crate::text::line::Title;
use crate::text::locale::Language;

/// The category of posts without tags.
const CATEGORY: &str = "General";
const TITLE_LIMIT: usize = 200;
const SUMMARY_LIMIT: usize = 1_000;
/// Paths that a post is known by, and bytes of one.
const PATHS: usize = 20;
const PATH_LIMIT: usize = 500;

/// What posts are prepared with.
#[derive(Debug)]
pub(super) struct Preparer<'a> {
    pub system: PostSystem,
    pub options: &'a Options,
    pub language: Language,
    /// The byline of posts without an author.
    pub site_name: String,
    pub now: Timestamp,
}

/// A post that is ready to be written.
#[derive(Debug)]
pub(super) struct Ready {
    pub post: ImportedPost,
    pub reason: Option<DraftReason>,
    pub converted: Converted,
}

impl Preparer<'_> {
    /// Prepares a post.
    ///
    /// # Errors
    /// Why its text cannot be a post here.
    pub(super) async fn ready(&self, post: FoundPost, id: String) -> Result<Ready> {
        let former_url = self.options.former_url.clone();
        let work = move || (convert(&post, former_url.as_ref()), post);
        let converted = render::run(Budget::Background, work).await;
        let (converted, post) = converted.map_err(ContentError::from)?;
        let converted = converted.map_err(PostImportError::Post)?;
        let (published_at, reason) = self.publication(&post, converted.is_mixed);
        let title = line(&shown_title(&post), TITLE_LIMIT);
        let category = post.tags.iter().find_map(|tag| parsed(tag));
        let author = parsed(&post.author);
        let fallback = |text: &str| {
            parsed(text).ok_or(ContentError::Text("a title of the site cannot be used"))
        };
        let ready = ImportedPost {
            system: self.system,
            slug: slug(&post, &id, self.system),
            category: match self.options.category.clone().or(category) {
                Some(category) => category,
                None => fallback(CATEGORY)?,
            },
            author: match self.options.author.clone().or(author) {
                Some(author) => author,
                None => fallback(&self.site_name)?,
            },
            published_at,
            language: self.language,
            title: fallback(&literal(&title, TITLE_LIMIT))?,
            summary: summary(&post.summary),
            body_markdown: converted.markdown.clone(),
            paths: self.paths(&post),
            former_id: id,
        };
        Ok(Ready {
            post: ready,
            reason,
            converted,
        })
    }

    /// When a post is published here, and why it is not, although it was there.
    fn publication(
        &self,
        post: &FoundPost,
        is_mixed: bool,
    ) -> (Option<Timestamp>, Option<DraftReason>) {
        let reason = match post.state {
            FoundState::Draft => return (None, None),
            FoundState::Limited(reason) => Some(reason),
            FoundState::Public if post.published_at.is_none() => Some(DraftReason::NoDate),
            FoundState::Public if is_mixed => Some(DraftReason::MixedAudience),
            FoundState::Public => None,
        };
        if self.options.publish.0 == PublishAs::Drafts {
            return (None, None);
        }
        let at = post.published_at.filter(|at| *at <= self.now);
        match reason {
            None => (at, at.is_none().then_some(DraftReason::Scheduled)),
            Some(reason) if self.options.publish_restricted && reason.can_be_published() => {
                (at, at.is_none().then_some(DraftReason::NoDate))
            }
            Some(reason) => (None, Some(reason)),
        }
    }

    /// The paths that lead to a post: with that of the former site, too, where it stood below
    /// one.
    fn paths(&self, post: &FoundPost) -> Vec<String> {
        let former = self.options.former_url.as_ref();
        let below = former.map_or("", |url| url.path().trim_end_matches('/'));
        let mut paths = Vec::new();
        for path in &post.paths {
            for path in [path.clone(), format!("{below}{path}")] {
                let path = normal_path(&path);
                if path.len() > 1 && path.len() <= PATH_LIMIT && !paths.contains(&path) {
                    paths.push(path);
                }
            }
        }
        paths.truncate(PATHS);
        paths
    }
}

/// A path as it is compared: without a slash at its end, decoded.
pub fn normal_path(path: &str) -> String {
    let decoded = percent_encoding::percent_decode_str(path).decode_utf8_lossy();
    let path = decoded.trim_end_matches('/');
    let path: String = path.chars().filter(|c| !c.is_control()).collect();
    format!("/{}", path.trim_start_matches('/'))
}

pub(super) fn shown_title(post: &FoundPost) -> String {
    let given = [post.title.as_str(), post.slug.as_str(), post.id.as_str()];
    let title = given.into_iter().find(|title| !title.trim().is_empty());
    line(title.unwrap_or("untitled"), TITLE_LIMIT)
}

/// One line without control characters.
fn line(text: &str, limit: usize) -> String {
    let text = characters::scrub(text);
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    clipped(&text, limit)
}

fn parsed(text: &str) -> Option<Title> {
    Title::parse(&line(text, TITLE_LIMIT)).ok()
}

fn summary(text: &str) -> String {
    literal(&line(text, SUMMARY_LIMIT), SUMMARY_LIMIT)
}

/// A text whose braces are literal ones; taken apart, where that would make it too long.
fn literal(text: &str, limit: usize) -> String {
    let literal = with_literal_braces(text);
    if literal.chars().count() <= limit {
        return literal;
    }
    text.replace("{{", "{")
        .replace("{%", "%")
        .replace("{#", "#")
}

/// Its slug there if it can be one here, or one from its title or id.
fn slug(post: &FoundPost, id: &str, system: PostSystem) -> Slug {
    let own = post.slug.parse().ok();
    let made = [&post.slug, &post.title];
    let made = || made.into_iter().find_map(|text| Slug::from_title(text));
    let numbered = || Slug::from_title(&format!("{system} {id}"));
    let last = || Slug::from_title("post");
    let slug = own.or_else(made).or_else(numbered).or_else(last);
    // The last of them is one.
    slug.unwrap_or_else(|| unreachable!())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_compared_without_their_end_and_encoding() {
        for (path, normal) in [
            ("/a/", "/a"),
            ("/a", "/a"),
            ("a", "/a"),
            ("//a//", "/a"),
            ("/%D1%84", "/ф"),
            ("/", "/"),
            ("", "/"),
        ] {
            assert_eq!(normal_path(path), normal, "{path}");
        }
    }

    #[test]
    fn a_slug_is_kept_or_made() {
        let of = |slug: &str, title: &str| {
            let post = FoundPost {
                slug: slug.to_owned(),
                title: title.to_owned(),
                ..FoundPost::default()
            };
            super::slug(&post, "12", PostSystem::Ghost).to_string()
        };
        assert_eq!(of("a-b", "C"), "a-b");
        assert_eq!(of("A_B", "C"), "a-b");
        assert_eq!(of("", "Über uns"), "uber-uns");
        assert_eq!(of("фото", "Фото"), "foto");
        assert_eq!(of("", "🌸"), "ghost-12");
    }
}
