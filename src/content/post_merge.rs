//! A post that two people changed at the same time: one post of what both wrote.

use super::post_draft::{PostDraft, full_of};
use super::{ContentError, Result};
use crate::clock::Timestamp;
use crate::context::Context;
use crate::document::merge::{Choice, Clash, Merging, Place, Taken};
use crate::document::pieces::Notation;
use crate::model::list::Slug;
use crate::model::{MediaId, PostId};
use crate::render::{self, Budget};
use crate::store::posts::Variant;
use crate::store::{posts, revisions};
use crate::text::line::Title;
use crate::text::locale::Language;

/// A post of what both wrote.
#[derive(Debug)]
pub struct Merged {
    /// The post; where [`Merged::clashes`] are left, with what is being saved.
    pub draft: PostDraft,
    /// What nobody has decided yet.
    pub clashes: Vec<Clash>,
    /// What was taken from the others.
    pub taken: Vec<Taken>,
    /// Who saved last; empty where it was not a user of the admin.
    pub by: String,
    /// When that was: the version that the merged post replaces.
    pub at: Timestamp,
}

/// Merges `mine`, made from the post as it was at `seen`, with the post as it is now. `choices`
/// are decisions by the keys of clashes. `None` where the version of `seen` is not kept.
///
/// # Errors
/// [`ContentError::Overtaken`] where the post was deleted.
pub async fn merge(
    cx: &Context,
    id: PostId,
    seen: Timestamp,
    mine: &PostDraft,
    choices: Vec<(String, Choice)>,
) -> Result<Option<Merged>> {
    let mut db = cx.store.read().await?;
    let current = posts::by_id(&mut db, id).await?;
    let current = full_of(&mut db, current.ok_or(ContentError::Overtaken)?).await?;
    let base = revisions::saved_at(&mut db, id, seen).await?;
    let last = revisions::last(&mut db, id, 1).await?;
    drop(db);
    let at = current.post.updated_at;
    let base = base.as_ref().and_then(PostDraft::of_revision);
    let (Some(base), Some(theirs)) = (base, PostDraft::of(&current)) else {
        return Ok(None);
    };
    let mine = mine.clone();
    let work = move || {
        let choice = |key: &str| {
            let found = choices.iter().find(|(one, _)| one == key);
            found.map(|(_, choice)| *choice)
        };
        let mut merging = Merging::new(&choice);
        let draft = together(&mut merging, [&base, &mine, &theirs]);
        (draft, merging.clashes, merging.taken)
    };
    let (draft, clashes, taken) = render::run(Budget::Interactive, work).await?;
    let by = last.into_iter().next().map(|one| one.actor);
    Ok(Some(Merged {
        draft,
        clashes,
        taken,
        by: by.unwrap_or_default(),
        at,
    }))
}

fn together(merging: &mut Merging<'_>, versions: [&PostDraft; 3]) -> PostDraft {
    let slugs = versions.map(|one| &one.slug);
    let shown = |slug: &Option<Slug>| slug.as_ref().map(Slug::to_string).unwrap_or_default();
    let slug = merging.value(Place::shared("slug"), slugs, shown);
    let title = |title: &Title| title.to_string();
    let categories = versions.map(|one| &one.category);
    let category = merging.value(Place::shared("category"), categories, title);
    let authors = versions.map(|one| &one.author);
    let author = merging.value(Place::shared("author"), authors, title);
    let pictures = versions.map(|one| &one.picture);
    let number = |id: &Option<MediaId>| id.map(|id| id.to_string()).unwrap_or_default();
    let picture = merging.value(Place::shared("picture"), pictures, number);
    let times = versions.map(|one| &one.published_at);
    let time = |at: &Option<Timestamp>| at.map(|at| at.to_string()).unwrap_or_default();
    let published_at = merging.value(Place::shared("publish_at"), times, time);
    let mut languages: Vec<Language> = versions
        .iter()
        .flat_map(|one| one.variants.iter().map(|variant| variant.language))
        .collect();
    languages.sort();
    languages.dedup();
    let in_one = |language: Language| {
        let held = versions.map(|one| {
            let mut variants = one.variants.iter();
            variants.find(|variant| variant.language == language)
        });
        variant(merging, language, held)
    };
    PostDraft {
        slug,
        category,
        author,
        picture,
        published_at,
        variants: languages.into_iter().filter_map(in_one).collect(),
    }
}

/// The text of one language. Where one side removed what the other has changed, the text stays.
fn variant(
    merging: &mut Merging<'_>,
    language: Language,
    versions: [Option<&Variant>; 3],
) -> Option<Variant> {
    let title_at = Place::of("title", language);
    let (mine, theirs) = match versions {
        [_, Some(mine), Some(theirs)] => (mine, theirs),
        [base, mine, theirs] => {
            let (left, is_theirs) = match (mine, theirs) {
                (Some(mine), None) => (mine, false),
                (None, Some(theirs)) => (theirs, true),
                _ => return None,
            };
            // Unchanged since the base: the other side removed it, and that holds.
            let is_removed = base == Some(left);
            if is_removed != is_theirs {
                let place = title_at;
                merging.taken.push(Taken { place, pieces: 0 });
            }
            return (!is_removed).then(|| left.clone());
        }
    };
    let Some(base) = versions[0] else {
        // Both wrote a first text in this language: one of them is chosen, field by field.
        return Some(Variant {
            language,
            title: merging.value(
                title_at,
                [&String::new(), &mine.title, &theirs.title],
                String::clone,
            ),
            summary: merging.value(
                Place::of("summary", language),
                [&String::new(), &mine.summary, &theirs.summary],
                String::clone,
            ),
            body_markdown: merging.value(
                Place::of("body", language),
                [&String::new(), &mine.body_markdown, &theirs.body_markdown],
                String::clone,
            ),
        });
    };
    let summaries = [&base.summary, &mine.summary, &theirs.summary];
    let bodies = [
        base.body_markdown.as_str(),
        &mine.body_markdown,
        &theirs.body_markdown,
    ];
    Some(Variant {
        language,
        title: merging.value(
            title_at,
            [&base.title, &mine.title, &theirs.title],
            String::clone,
        ),
        summary: merging.value(Place::of("summary", language), summaries, String::clone),
        body_markdown: merging.text(Place::of("body", language), Notation::Markdown, bodies),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn draft(category: &str, texts: &[(&str, &str)]) -> PostDraft {
        let variant = |(tag, body): &(&str, &str)| Variant {
            language: tag.parse().unwrap(),
            title: format!("Title {tag}"),
            summary: String::new(),
            body_markdown: (*body).to_owned(),
        };
        PostDraft {
            slug: Some("a-post".parse().unwrap()),
            category: Title::parse(category).unwrap(),
            author: Title::parse("Press").unwrap(),
            picture: None,
            published_at: None,
            variants: texts.iter().map(variant).collect(),
        }
    }

    fn merged(versions: [&PostDraft; 3]) -> (PostDraft, Vec<&'static str>, Vec<&'static str>) {
        let never = |_: &str| None;
        let mut merging = Merging::new(&never);
        let draft = together(&mut merging, versions);
        let taken = merging.taken.iter().map(|one| one.place.field).collect();
        let clashes = merging.clashes.iter().map(|one| one.place.field).collect();
        (draft, taken, clashes)
    }

    #[test]
    fn fields_and_languages_are_merged_one_by_one() {
        let base = draft("News", &[("en", "One\n"), ("ru", "Один\n")]);
        let mine = draft("News", &[("en", "One of mine\n"), ("ru", "Один\n")]);
        let theirs = draft(
            "Culture",
            &[("en", "One\n"), ("kk", "Бір\n"), ("ru", "Один\n")],
        );
        let (draft, taken, clashes) = merged([&base, &mine, &theirs]);
        assert_eq!(draft.category.as_str(), "Culture");
        let texts: Vec<_> = draft
            .variants
            .iter()
            .map(|v| v.body_markdown.as_str())
            .collect();
        assert_eq!(texts.len(), 3);
        assert!(texts.contains(&"One of mine\n") && texts.contains(&"Бір\n"));
        assert_eq!(taken, ["category", "title"]);
        assert!(clashes.is_empty());
    }

    #[test]
    fn a_language_that_one_side_removed_stays_where_the_other_changed_it() {
        let base = draft("News", &[("en", "One\n"), ("ru", "Один\n")]);
        let removed = draft("News", &[("en", "One\n")]);
        let changed = draft("News", &[("en", "One\n"), ("ru", "Два\n")]);
        assert_eq!(merged([&base, &removed, &base]).0.variants.len(), 1);
        assert_eq!(merged([&base, &base, &removed]).0.variants.len(), 1);
        assert_eq!(merged([&base, &removed, &changed]).0.variants.len(), 2);
        assert_eq!(merged([&base, &changed, &removed]).0.variants.len(), 2);
    }

    #[test]
    fn a_first_text_of_both_is_chosen_whole() {
        let base = draft("News", &[("en", "One\n")]);
        let mine = draft("News", &[("en", "One\n"), ("ru", "Мой\n")]);
        let theirs = draft("News", &[("en", "One\n"), ("ru", "Их\n")]);
        let (_, _, clashes) = merged([&base, &mine, &theirs]);
        assert_eq!(clashes, ["body"]);
    }
}
