//! The files as users look for them: by name, caption, tag and kind.

use std::collections::HashMap;

use super::Result;
use crate::context::Context;
use crate::model::MediaId;
use crate::model::content::MediaKind;
use crate::model::tag;
use crate::store::media::{self, Medium};

/// A file with its tags.
#[derive(Debug, Clone)]
pub struct LibraryFile {
    /// The file.
    pub medium: Medium,
    /// Its tags, in their alphabetical order.
    pub tags: Vec<String>,
}

/// Which files are looked for.
#[derive(Debug, Clone, Copy, Default)]
pub struct Filter<'a> {
    /// Words, each in the file's name, a caption, an alternative text or a tag.
    pub search: &'a str,
    /// A tag; empty for all.
    pub tag: &'a str,
    /// Only files of this kind.
    pub kind: Option<MediaKind>,
}

impl Filter<'_> {
    fn finds(&self, file: &LibraryFile) -> bool {
        let wanted = tag::key(self.tag);
        let has_tag = wanted.is_empty() || file.tags.iter().any(|one| tag::key(one) == wanted);
        let is_of_kind = self.kind.is_none_or(|kind| kind == file.medium.kind);
        has_tag && is_of_kind && self.finds_words(file)
    }

    fn finds_words(&self, file: &LibraryFile) -> bool {
        let captions = file.medium.captions.values();
        let captions = captions.flat_map(|caption| [&caption.title, &caption.alt]);
        let texts: Vec<String> = std::iter::once(&file.medium.file_name)
            .chain(captions)
            .chain(&file.tags)
            .map(|text| text.to_lowercase())
            .collect();
        let search = self.search.to_lowercase();
        let mut words = search.split_whitespace();
        words.all(|word| texts.iter().any(|text| text.contains(word)))
    }
}

/// What was found.
#[derive(Debug, Clone, Default)]
pub struct Library {
    /// The files, newest first.
    pub files: Vec<LibraryFile>,
    /// Every tag that a file has, in their alphabetical order.
    pub tags: Vec<String>,
    /// Whether there are files at all.
    pub is_empty: bool,
}

/// The files that a filter finds.
pub async fn search(cx: &Context, filter: Filter<'_>) -> Result<Library> {
    let mut db = cx.store.read().await?;
    let all = media::all(&mut db).await?;
    let mut tags: Vec<String> = Vec::new();
    let mut by_file: HashMap<MediaId, Vec<String>> = HashMap::new();
    for (id, name) in media::tags(&mut db).await? {
        // Ordered by their keys, so that those of one key follow one another.
        if tags
            .last()
            .is_none_or(|last| tag::key(last) != tag::key(&name))
        {
            tags.push(name.clone());
        }
        by_file.entry(id).or_default().push(name);
    }
    let is_empty = all.is_empty();
    let with_tags = |medium: Medium| LibraryFile {
        tags: by_file.remove(&medium.id).unwrap_or_default(),
        medium,
    };
    let files = all.into_iter().map(with_tags);
    Ok(Library {
        files: files.filter(|file| filter.finds(file)).collect(),
        tags,
        is_empty,
    })
}

/// The tags of a file, in their alphabetical order.
pub async fn tags_of(cx: &Context, id: MediaId) -> Result<Vec<String>> {
    Ok(media::tags_of(&mut cx.store.read().await?, id).await?)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clock::Timestamp;
    use crate::store::media::Caption;

    fn file() -> LibraryFile {
        let caption = Caption {
            title: "Наурыз мейрамы".to_owned(),
            alt: "People around a yurt".to_owned(),
        };
        LibraryFile {
            medium: Medium {
                id: MediaId(1),
                file_name: "nauryz-2026.jpg".to_owned(),
                kind: MediaKind::Picture,
                media_type: "image/jpeg".to_owned(),
                size: 1,
                width: None,
                height: None,
                digest: String::new(),
                captions: [("kk".to_owned(), caption)].into(),
                is_shown: false,
                created_at: Timestamp::from_millis(0),
            },
            tags: vec!["Holidays".to_owned()],
        }
    }

    #[test]
    fn files_are_found_by_name_caption_tag_and_kind() {
        let filter = |search, tag, kind| Filter { search, tag, kind };
        for (search, tag, kind, is_found) in [
            ("", "", None, true),
            ("NAURYZ", "", None, true),
            ("НАУРЫЗ", "", None, true),
            ("yurt 2026", "", None, true),
            ("yurt 2025", "", None, false),
            ("holiday", "", None, true),
            ("", "holidays", None, true),
            ("", "holiday", None, false),
            ("", "", Some(MediaKind::Picture), true),
            ("", "", Some(MediaKind::Audio), false),
        ] {
            let filter = filter(search, tag, kind);
            assert_eq!(filter.finds(&file()), is_found, "{filter:?}");
        }
    }
}
