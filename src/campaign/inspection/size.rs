//! How large an email is, by part.

use std::collections::BTreeSet;

use serde::Serialize;
use url::Url;

use crate::context::Context;
use crate::mail::message::CLIP_LIMIT;
use crate::store::{Db, Result, media};
use crate::text::html;
use crate::text::markup::{self, Kind};

/// Pictures of one email that are looked up.
const LIMIT: usize = 200;

/// Bytes of each part of an email.
#[derive(Debug, Clone, Copy, Serialize, utoipa::ToSchema)]
pub struct EmailSize {
    /// Bytes of the HTML part, decoded: what Gmail measures before it clips an email at 102 KB.
    pub html: usize,
    /// Bytes of the text part, decoded.
    pub text: usize,
    /// Bytes of attached files and of pictures inside the email, encoded.
    pub files: usize,
    /// Bytes of what is for the reader's calendar, encoded.
    pub calendar: usize,
    /// Bytes of the whole message with its files, encoded, without signatures.
    pub message: usize,
    pub pictures: PictureSize,
}

/// The pictures that an email links; a reader's program fetches them.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct PictureSize {
    /// How many, each once.
    pub count: usize,
    /// Bytes of those from the media library.
    pub bytes: i64,
    /// How many are elsewhere, so that their size is not known.
    pub elsewhere: usize,
}

impl EmailSize {
    /// Percent of what Gmail shows; 100 and more is clipped.
    pub fn percent(&self) -> usize {
        self.html * 100 / CLIP_LIMIT
    }

    /// Whether Gmail clips it, or would after a little more text.
    pub fn is_large(&self) -> bool {
        self.percent() >= 90
    }

    pub fn is_clipped(&self) -> bool {
        self.html >= CLIP_LIMIT
    }
}

/// What an email links of pictures.
pub(super) async fn pictures(cx: &Context, html: &str) -> Result<PictureSize> {
    let sources = sources(html);
    let folder = format!("{}/media/", cx.config().public_url());
    let mut db = cx.store.read().await?;
    let mut size = PictureSize {
        count: sources.len(),
        elsewhere: sources.len().saturating_sub(LIMIT),
        ..PictureSize::default()
    };
    for source in sources.iter().take(LIMIT) {
        let bytes = match source.strip_prefix(&folder).map(file_name) {
            Some((width, name)) => own(&mut db, &name, width).await?,
            None => None,
        };
        match bytes {
            Some(bytes) => size.bytes += bytes,
            None => size.elsewhere += 1,
        }
    }
    Ok(size)
}

/// Bytes of a picture of the media library, in a width or in its own.
async fn own(db: &mut Db, name: &str, width: Option<i64>) -> Result<Option<i64>> {
    let Some(medium) = media::by_name(db, name).await? else {
        return Ok(None);
    };
    media::size_in(db, &medium, width).await
}

/// The width and the name of a file: `640/picture.jpg`, or `picture.jpg` in its own width.
fn file_name(path: &str) -> (Option<i64>, String) {
    let name = path.split(['?', '#']).next().unwrap_or_default();
    let (width, name) = match name.split_once('/') {
        Some((width, name)) => (width.parse().ok(), name),
        None => (None, name),
    };
    let name = percent_encoding::percent_decode_str(name).decode_utf8_lossy();
    (width, name.into_owned())
}

/// The addresses of pictures, each once.
fn sources(html: &str) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for token in markup::tokens(html) {
        let Kind::Open(tag) = &token.kind else {
            continue;
        };
        if !tag.name.eq_ignore_ascii_case("img") {
            continue;
        }
        let source = html::plain_text(tag.get("src").unwrap_or_default());
        if Url::parse(&source).is_ok_and(|url| matches!(url.scheme(), "http" | "https")) {
            found.insert(source);
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_linked_picture_counts_once() {
        let html = "<img src=\"https://a.kz/x.png?a=1&amp;b=2\"><IMG SRC='https://a.kz/x.png?a=1&amp;b=2'>\
            <img src=\"data:image/png;base64,AA\"><img src=\"cid:1\"><img><video src=\"https://a.kz/y.mp4\">";
        let found: Vec<String> = sources(html).into_iter().collect();
        assert_eq!(found, ["https://a.kz/x.png?a=1&b=2"]);
        assert_eq!(file_name("a%20b.png?x=1"), (None, "a b.png".to_owned()));
        assert_eq!(file_name("640/a.png"), (Some(640), "a.png".to_owned()));
    }

    #[test]
    fn an_email_is_large_from_nine_tenths_of_what_gmail_shows() {
        let of = |html| EmailSize {
            html,
            text: 0,
            files: 0,
            calendar: 0,
            message: 0,
            pictures: PictureSize::default(),
        };
        let facts = |size: EmailSize| (size.percent(), size.is_large(), size.is_clipped());
        assert_eq!(facts(of(50 * 1024)), (49, false, false));
        assert_eq!(facts(of(95 * 1024)), (93, true, false));
        assert_eq!(facts(of(102 * 1024)), (100, true, true));
    }
}
