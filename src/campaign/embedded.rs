//! Pictures inside the email: the site's own, which the HTML then shows by `cid:` (RFC 2392)
//! instead of loading them. Pictures of other sites are never fetched, and stay as they are.

use std::collections::HashMap;
use std::ops::Range;
use std::sync::Arc;

use super::Result;
use crate::context::Context;
use crate::mail::attachment::EncodedFile;
use crate::model::attachment::{AttachmentName, encoded_size};
use crate::store::media::Medium;
use crate::store::{self, Db, media};

/// Pictures of one email that are looked up.
const LIMIT: usize = 50;

/// HTML that shows pictures of its own email.
pub(super) struct Embedded {
    pub html: String,
    pub pictures: Vec<Arc<EncodedFile>>,
}

/// The pictures of a campaign, encoded, by their address behind `/media/`.
#[derive(Default)]
pub(super) struct Pictures(HashMap<String, Option<Picture>>);

/// Its id, and the picture.
type Picture = (String, Arc<EncodedFile>);

impl Pictures {
    /// Puts the site's pictures into an email. One that is not there stays a link.
    pub async fn embed(&mut self, cx: &Context, html: &str) -> Result<Embedded> {
        let site_url = cx.config().public_url();
        let addresses = addresses(html, &site_url);
        let mut pictures = Vec::new();
        for address in &addresses {
            if !self.0.contains_key(*address) {
                let picture = read(&mut cx.store.read().await?, address).await?;
                self.0.insert((*address).to_owned(), picture);
            }
            if let Some(Some((_, file))) = self.0.get(*address) {
                pictures.push(file.clone());
            }
        }
        let html = replaced(html, &site_url, |address| {
            let (id, _) = self.0.get(address)?.as_ref()?;
            addresses.contains(&address).then_some(id.as_str())
        });
        Ok(Embedded { html, pictures })
    }
}

async fn read(db: &mut Db, address: &str) -> Result<Option<Picture>> {
    let Some((medium, width)) = find(db, address).await? else {
        return Ok(None);
    };
    let content = match width {
        Some(width) => media::smaller(db, medium.id, width).await?,
        None => Some(media::content(db, medium.id).await?),
    };
    // The same bytes always have the same id, and no others do.
    let digest = medium.digest.get(..16).unwrap_or("picture");
    let id = format!("{digest}.{}@media", width.unwrap_or(0));
    let name = AttachmentName::of_library(&medium.file_name);
    Ok(content.zip(name.ok()).map(|(content, name)| {
        let file = EncodedFile::inline(&name, &medium.media_type, &id, &content);
        (id, Arc::new(file))
    }))
}

/// Bytes that the pictures of an email would take inside it, encoded.
pub(super) async fn size(db: &mut Db, html: &str, site_url: &str) -> store::Result<u64> {
    let mut total = 0;
    for address in addresses(html, site_url) {
        if let Some((medium, width)) = find(db, address).await? {
            let size = media::size_in(db, &medium, width).await?;
            total += encoded_size(size.and_then(|size| size.try_into().ok()).unwrap_or(0));
        }
    }
    Ok(total)
}

/// The picture at an address behind `/media/`, such as `a.jpg` or `960/a.jpg`, and its width
/// there.
async fn find(db: &mut Db, address: &str) -> store::Result<Option<(Medium, Option<i64>)>> {
    let (width, name) = match address.split_once('/') {
        Some((width, name)) => match width.parse() {
            Ok(width) => (Some(width), name),
            Err(_) => return Ok(None),
        },
        None => (None, address),
    };
    let medium = media::by_name(db, name).await?;
    let medium = medium.filter(|medium| medium.dimensions().is_some());
    Ok(medium.map(|medium| (medium, width)))
}

/// What stands in front of the address of a picture of the site, as renderings are written.
fn start(site_url: &str) -> String {
    format!(" src=\"{site_url}/media/")
}

/// Where the attributes of the site's pictures begin, and the addresses behind `/media/`.
fn places(html: &str, site_url: &str) -> Vec<(usize, Range<usize>)> {
    let start = start(site_url);
    let place = |(at, _): (usize, &str)| {
        let from = at + start.len();
        let length = html[from..].find('"').unwrap_or(html.len() - from);
        is_picture(&html[..at]).then_some((at, from..from + length))
    };
    html.match_indices(&start).filter_map(place).collect()
}

/// The addresses of the site's pictures behind `/media/`, each once.
fn addresses<'a>(html: &'a str, site_url: &str) -> Vec<&'a str> {
    let mut found: Vec<&str> = Vec::new();
    for (_, address) in places(html, site_url) {
        let address = &html[address];
        if found.len() < LIMIT && !found.contains(&address) {
            found.push(address);
        }
    }
    found
}

/// Whether the tag that begins before an attribute is that of a picture.
fn is_picture(before: &str) -> bool {
    before
        .rfind('<')
        .is_some_and(|open| before[open..].starts_with("<img"))
}

fn replaced<'a>(html: &str, site_url: &str, id: impl Fn(&str) -> Option<&'a str>) -> String {
    let mut out = String::with_capacity(html.len());
    let mut done = 0;
    for (at, address) in places(html, site_url) {
        if let Some(id) = id(&html[address.clone()]) {
            out.push_str(&html[done..at]);
            out.push_str(&format!(" src=\"cid:{id}"));
            done = address.end;
        }
    }
    out.push_str(&html[done..]);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_pictures_of_the_site_move_into_the_email() {
        let html = "<img alt=\"x\" src=\"https://a.kz/media/960/b.jpg\" width=\"480\">\
            <audio src=\"https://a.kz/media/c.mp3\"></audio>\
            <img src=\"https://b.kz/media/d.png\"><img src=\"https://a.kz/media/e.png\">\
            <img src=\"https://a.kz/media/960/b.jpg\">";
        let site_url = "https://a.kz";
        assert_eq!(addresses(html, site_url), ["960/b.jpg", "e.png"]);
        let known = |address: &str| (address == "960/b.jpg").then_some("p1.7@a.kz");
        assert_eq!(
            replaced(html, site_url, known),
            "<img alt=\"x\" src=\"cid:p1.7@a.kz\" width=\"480\">\
            <audio src=\"https://a.kz/media/c.mp3\"></audio>\
            <img src=\"https://b.kz/media/d.png\"><img src=\"https://a.kz/media/e.png\">\
            <img src=\"cid:p1.7@a.kz\">"
        );
    }
}
