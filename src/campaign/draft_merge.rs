//! A campaign that two people changed at the same time: one campaign of what both set.

use super::attachments;
use super::campaign_draft::{CampaignDraft, Selection, draft_of, normal};
use super::content_spec::ContentSpec;
use super::revision::{self, draft_in};
use super::{CampaignError, Result};
use crate::clock::Timestamp;
use crate::context::Context;
use crate::document::merge::{Choice, Clash, Merging, Place, Taken};
use crate::document::pieces::Notation;
use crate::model::CampaignId;
use crate::render::{self, Budget};
use crate::store::campaign_contents::{CampaignText, CampaignVariant};
use crate::store::campaign_revisions;
use crate::text::locale::Language;

/// A campaign of what both set.
#[derive(Debug)]
pub struct Merged {
    /// The campaign; where [`Merged::clashes`] are left, with what is being saved.
    pub draft: CampaignDraft,
    /// What nobody has decided yet.
    pub clashes: Vec<Clash>,
    /// What was taken from the others.
    pub taken: Vec<Taken>,
    /// Who saved last, and when.
    pub by: String,
    /// When that was.
    pub at: Timestamp,
    /// How often the campaign was saved: the version that the merged one replaces.
    pub edit_count: i64,
}

/// Merges `mine`, made from the campaign as it was after `seen` saves, with the campaign as it is
/// now. `choices` are decisions by the keys of clashes. `None` where the version of then is not
/// kept, or where what the campaign mails was deleted.
pub async fn merge(
    cx: &Context,
    id: CampaignId,
    seen: i64,
    mine: &CampaignDraft,
    choices: Vec<(String, Choice)>,
) -> Result<Option<Merged>> {
    let theirs = match draft_of(cx, id).await {
        Ok(theirs) => normal(&theirs),
        Err(CampaignError::NoPost | CampaignError::NoItem) => return Ok(None),
        Err(error) => return Err(error),
    };
    let mut db = cx.store.read().await?;
    let edit_count = revision::edit_count(&mut db, id).await?;
    let base = campaign_revisions::after_saves(&mut db, id, seen).await?;
    let last = campaign_revisions::last(&mut db, id, 1).await?;
    drop(db);
    let base = base.as_ref().and_then(draft_in);
    let (Some(base), Some(last)) = (base, last.into_iter().next()) else {
        return Ok(None);
    };
    let mine = normal(&CampaignDraft {
        content: mine.content.tidied()?,
        ..mine.clone()
    });
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
    Ok(Some(Merged {
        draft,
        clashes,
        taken,
        by: last.actor,
        at: last.at,
        edit_count,
    }))
}

fn together(merging: &mut Merging<'_>, versions: [&CampaignDraft; 3]) -> CampaignDraft {
    let subjects = versions.map(|one| &one.subject);
    let subject = merging.value(Place::shared("subject"), subjects, String::clone);
    let content = content(merging, versions.map(|one| &one.content));
    let lists = versions.map(|one| &one.lists);
    let lists = merging.value(Place::shared("lists"), lists, |lists| {
        let names: Vec<String> = lists.iter().map(ToString::to_string).collect();
        names.join(", ")
    });
    let selections = versions.map(|one| &one.selection);
    let selection = merging.value(
        Place::shared("who"),
        selections,
        |selection| match selection {
            Selection::Everybody => "all".to_owned(),
            Selection::Segment(id) => id.to_string(),
            Selection::Conditions { .. } => "some".to_owned(),
        },
    );
    let from = versions.map(|one| &one.from);
    let from = merging.value(Place::shared("from"), from, |from| {
        from.clone().unwrap_or_default()
    });
    let layouts = versions.map(|one| &one.layout);
    let layout = merging.value(Place::shared("layout"), layouts, String::clone);
    let is_public = versions.map(|one| &one.is_public);
    let is_public = merging.value(Place::shared("is_public"), is_public, ToString::to_string);
    let is_urgent = versions.map(|one| &one.is_urgent);
    let is_urgent = merging.value(Place::shared("is_urgent"), is_urgent, ToString::to_string);
    let embeds = versions.map(|one| &one.embeds_pictures);
    let embeds = merging.value(
        Place::shared("embeds_pictures"),
        embeds,
        ToString::to_string,
    );
    let calendars = versions.map(|one| &one.calendar);
    let calendar = merging.value(Place::shared("calendar"), calendars, ToString::to_string);
    let files = versions.map(|one| &one.attachments);
    let files = merging.value(Place::shared("attachments"), files, |files| {
        attachments::listed(files)
    });
    CampaignDraft {
        subject,
        content,
        lists,
        selection,
        variants: variants(merging, versions.map(|one| one.variants.as_slice())),
        from,
        layout,
        is_public,
        is_urgent,
        embeds_pictures: embeds,
        calendar,
        attachments: files,
    }
}

fn variants(merging: &mut Merging<'_>, versions: [&[CampaignVariant]; 3]) -> Vec<CampaignVariant> {
    let languages = languages(versions.map(|all| all.iter().map(|one| one.language).collect()));
    let in_one = |language: Language| {
        let held = versions.map(|all| {
            let found = all.iter().find(|one| one.language == language);
            found.cloned().unwrap_or_default()
        });
        let [base, mine, theirs] = &held;
        CampaignVariant {
            language,
            subject: merging.value(
                Place::of("subject", language),
                [&base.subject, &mine.subject, &theirs.subject],
                String::clone,
            ),
            preheader: merging.value(
                Place::of("preheader", language),
                [&base.preheader, &mine.preheader, &theirs.preheader],
                String::clone,
            ),
            from_name: merging.value(
                Place::of("from_name", language),
                [&base.from_name, &mine.from_name, &theirs.from_name],
                String::clone,
            ),
        }
    };
    let merged = languages.into_iter().map(in_one);
    merged.filter(|variant| !variant.is_empty()).collect()
}

fn content(merging: &mut Merging<'_>, versions: [&ContentSpec; 3]) -> ContentSpec {
    let place = Place::shared("kind");
    let whole = |content: &ContentSpec| content.kind().as_str().to_owned();
    match versions {
        [
            ContentSpec::Post(base),
            ContentSpec::Post(mine),
            ContentSpec::Post(theirs),
        ] => {
            let posts = [base, mine, theirs];
            ContentSpec::Post(merging.value(Place::shared("post"), posts, ToString::to_string))
        }
        [
            ContentSpec::Digest {
                posts: base_posts,
                events: base_events,
                texts: base,
            },
            ContentSpec::Digest {
                posts: my_posts,
                events: my_events,
                texts: mine,
            },
            ContentSpec::Digest {
                posts: their_posts,
                events: their_events,
                texts: theirs,
            },
        ] => {
            let named = |slugs: &Vec<crate::model::list::Slug>| {
                let names: Vec<String> = slugs.iter().map(ToString::to_string).collect();
                names.join(", ")
            };
            let posts = [base_posts, my_posts, their_posts];
            let events = [base_events, my_events, their_events];
            ContentSpec::Digest {
                posts: merging.value(Place::shared("posts"), posts, named),
                events: merging.value(Place::shared("events"), events, named),
                texts: texts(merging, Notation::Markdown, [base, mine, theirs]),
            }
        }
        [
            ContentSpec::Markdown(base),
            ContentSpec::Markdown(mine),
            ContentSpec::Markdown(theirs),
        ] => ContentSpec::Markdown(texts(merging, Notation::Markdown, [base, mine, theirs])),
        [
            ContentSpec::Mjml(base),
            ContentSpec::Mjml(mine),
            ContentSpec::Mjml(theirs),
        ] => ContentSpec::Mjml(texts(merging, Notation::Design, [base, mine, theirs])),
        [
            ContentSpec::Html(base),
            ContentSpec::Html(mine),
            ContentSpec::Html(theirs),
        ] => ContentSpec::Html(texts(merging, Notation::Design, [base, mine, theirs])),
        // Of different kinds: one is taken whole.
        versions => merging.value(place, versions, whole),
    }
}

fn texts(
    merging: &mut Merging<'_>,
    notation: Notation,
    versions: [&Vec<CampaignText>; 3],
) -> Vec<CampaignText> {
    let languages = languages(versions.map(|all| all.iter().map(|one| one.language).collect()));
    let in_one = |language: Language| {
        let held = versions.map(|all| all.iter().find(|one| one.language == language));
        text(merging, notation, language, held)
    };
    languages.into_iter().filter_map(in_one).collect()
}

/// The text of one language. Where one side removed what the other has changed, the text stays.
fn text(
    merging: &mut Merging<'_>,
    notation: Notation,
    language: Language,
    versions: [Option<&CampaignText>; 3],
) -> Option<CampaignText> {
    let at = |field| Place::of(field, language);
    let (mine, theirs) = match versions {
        [_, Some(mine), Some(theirs)] => (mine, theirs),
        [base, mine, theirs] => {
            let left = mine.or(theirs)?;
            let is_removed = base == Some(left);
            if is_removed != theirs.is_some() {
                let place = at("title");
                merging.taken.push(Taken { place, pieces: 0 });
            }
            return (!is_removed).then(|| left.clone());
        }
    };
    let none = CampaignText {
        language,
        title: String::new(),
        preheader: String::new(),
        body: String::new(),
    };
    let base = versions[0].unwrap_or(&none);
    let bodies = [&base.body, &mine.body, &theirs.body];
    let body = if versions[0].is_some() {
        merging.text(at("body"), notation, bodies.map(String::as_str))
    } else {
        // Both wrote a first text in this language: one of them is chosen.
        merging.value(at("body"), bodies, String::clone)
    };
    let titles = [&base.title, &mine.title, &theirs.title];
    let preheaders = [&base.preheader, &mine.preheader, &theirs.preheader];
    Some(CampaignText {
        language,
        title: merging.value(at("title"), titles, String::clone),
        preheader: merging.value(at("preheader"), preheaders, String::clone),
        body,
    })
}

fn languages(versions: [Vec<Language>; 3]) -> Vec<Language> {
    let mut languages = versions.concat();
    languages.sort();
    languages.dedup();
    languages
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::calendar::CalendarChoice;

    fn draft(subject: &str, body: &str, lists: &[&str]) -> CampaignDraft {
        CampaignDraft {
            subject: subject.to_owned(),
            content: ContentSpec::Markdown(vec![CampaignText {
                language: Language::EN,
                title: "Hello".to_owned(),
                preheader: String::new(),
                body: body.to_owned(),
            }]),
            lists: lists.iter().map(|slug| slug.parse().unwrap()).collect(),
            selection: Selection::Everybody,
            variants: Vec::new(),
            from: None,
            layout: "letter".to_owned(),
            is_public: true,
            is_urgent: false,
            embeds_pictures: false,
            calendar: CalendarChoice::None,
            attachments: Vec::new(),
        }
    }

    #[test]
    fn a_draft_is_merged_field_by_field_and_block_by_block() {
        let base = draft("S", "One.\n\nTwo.\n", &["news"]);
        let mine = draft("S of mine", "One of mine.\n\nTwo.\n", &["news"]);
        let theirs = draft("S", "One.\n\nTwo of theirs.\n", &["news", "press"]);
        let never = |_: &str| None;
        let mut merging = Merging::new(&never);
        let merged = together(&mut merging, [&base, &mine, &theirs]);
        let both = "One of mine.\n\nTwo of theirs.\n";
        assert_eq!(merged, draft("S of mine", both, &["news", "press"]));
        assert!(merging.clashes.is_empty());
        let taken: Vec<_> = merging.taken.iter().map(|one| one.place.field).collect();
        assert_eq!(taken, ["body", "lists"]);
    }

    #[test]
    fn contents_of_different_kinds_are_chosen_whole() {
        let base = draft("S", "One.\n", &["news"]);
        let mine = draft("S", "Two.\n", &["news"]);
        let mut theirs = base.clone();
        theirs.content = ContentSpec::Post("spring".parse().unwrap());
        let never = |_: &str| None;
        let mut merging = Merging::new(&never);
        together(&mut merging, [&base, &mine, &theirs]);
        let places: Vec<_> = merging.clashes.iter().map(|one| one.place.field).collect();
        assert_eq!(places, ["kind"]);
    }
}
