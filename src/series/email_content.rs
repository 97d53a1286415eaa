//! What an email of a series is made of, as campaigns know it.
//!
//! A card of an event without a slug shows, in a series that an event starts, that event.

use super::{Result, SeriesError};
use crate::campaign::CampaignError;
use crate::campaign::content::Content;
use crate::campaign::content_spec::ContentSpec;
use crate::clock::Timestamp;
use crate::context::Context;
use crate::document::{self, Block, SlugAttrs};
use crate::model::PostId;
use crate::model::calendar::CalendarChoice;
use crate::model::campaign::ContentKind;
use crate::model::list::Slug;
use crate::model::series::{EmailFormat, EmailText, Step};
use crate::render::{self, Budget};
use crate::store::campaign_contents::CampaignText;
use crate::store::campaigns::CampaignFields;
use crate::store::series::Series;
use crate::store::{Db, posts};

/// What the campaign of a step mails; `None` where the step sends no email.
fn spec(step: &Step) -> Option<ContentSpec> {
    match step {
        Step::Send {
            post: Some(slug), ..
        } => Some(ContentSpec::Post(slug.clone())),
        Step::Send { texts, format, .. } => {
            let texts = texts.iter().map(text).collect();
            Some(match format {
                EmailFormat::Markdown => ContentSpec::Markdown(texts),
                EmailFormat::Mjml => ContentSpec::Mjml(texts),
                EmailFormat::Html => ContentSpec::Html(texts),
            })
        }
        _ => None,
    }
}

fn text(text: &EmailText) -> CampaignText {
    CampaignText {
        language: text.language,
        // The subject in its language, too.
        title: text.subject.clone(),
        preheader: text.preheader.clone(),
        body: text.body.clone(),
    }
}

/// Holds the email of a step to the rules of every campaign, as far as they need no rendering.
///
/// # Errors
/// [`SeriesError::Email`] names the step and what is wrong with its email.
pub(super) async fn check(db: &mut Db, position: i64, step: &Step) -> Result<()> {
    let of_step = |cause| SeriesError::Email {
        position,
        cause: Box::new(cause),
    };
    let Some(spec) = spec(step) else {
        return Ok(());
    };
    spec.tidied().map_err(of_step)?;
    if let ContentSpec::Post(slug) = spec {
        let post = posts::by_slug(db, &slug).await?;
        post.ok_or_else(|| of_step(CampaignError::UnknownPost(slug.to_string())))?;
    }
    Ok(())
}

/// The campaign that sends the email of a step.
///
/// # Errors
/// [`SeriesError::NoEmail`] where it sends none, [`SeriesError::Email`] where its post is not
/// there any more.
pub(super) async fn campaign(
    cx: &Context,
    series: &Series,
    position: i64,
    step: Option<&Step>,
) -> Result<CampaignFields> {
    let spec = step.and_then(spec).ok_or(SeriesError::NoEmail)?;
    let made = async {
        let spec = with_event(spec, series.start().event()).await?;
        Content::of_spec(cx, &spec).await
    };
    let content = made.await.map_err(|cause| SeriesError::Email {
        position,
        cause: Box::new(cause),
    })?;
    Ok(CampaignFields {
        subject: subject(cx, &content),
        layout: series.layout.clone(),
        kind: ContentKind::Series,
        post_id: content.post_id(),
        texts: content.texts().to_vec(),
        variants: Vec::new(),
        items: Vec::new(),
        segment: None,
        from_mailbox: series.from_mailbox.clone(),
        is_public: false,
        // Its time is the reader's own: no digest of a week could keep it.
        is_urgent: true,
        embeds_pictures: false,
        calendar: CalendarChoice::None,
        attachments: Vec::new(),
        lists: vec![series.list_id],
    })
}

/// Names the event for which a series waits in the cards that name none.
async fn with_event(
    mut spec: ContentSpec,
    event: Option<&Slug>,
) -> std::result::Result<ContentSpec, CampaignError> {
    if let (ContentSpec::Markdown(texts), Some(event)) = (&mut spec, event) {
        for text in texts
            .iter_mut()
            .filter(|text| text.body.contains(":::event"))
        {
            let (body, slug) = (text.body.clone(), event.to_string());
            let named = render::run(Budget::Interactive, move || name_event(body, &slug));
            text.body = named.await?;
        }
    }
    Ok(spec)
}

fn name_event(body: String, slug: &str) -> String {
    let Ok(mut document) = document::read(&body) else {
        // Rendering the text says what is wrong with it.
        return body;
    };
    let mut is_named = false;
    document.replace(&mut |block| match block {
        Block::Event { attrs } if attrs.slug.trim().is_empty() => {
            is_named = true;
            let slug = slug.to_owned();
            let attrs = SlugAttrs { slug };
            Some(vec![Block::Event { attrs }])
        }
        _ => None,
    });
    if is_named {
        document::write(&document)
    } else {
        body
    }
}

/// A title of the content: each language has its own as its subject.
fn subject(cx: &Context, content: &Content) -> String {
    let site = cx.config().language;
    let title = match content {
        Content::Post(full) => full.variant(cx.reader(site)).map(|one| &one.title),
        other => {
            let texts = other.texts();
            let own = texts.iter().find(|text| text.language == site);
            own.or(texts.first()).map(|text| &text.title)
        }
    };
    title.cloned().unwrap_or_default()
}

/// Refuses to mail a post that visitors may not see: its link would lead nowhere.
///
/// # Errors
/// [`SeriesError::PostGone`] names the step and the post.
pub(super) async fn require_published(
    db: &mut Db,
    (position, slug): (i64, &Slug),
    post: Option<PostId>,
    now: Timestamp,
) -> Result<()> {
    let post = match post {
        Some(id) => posts::by_id(db, id).await?,
        None => None,
    };
    if post.is_some_and(|post| post.is_public(now)) {
        Ok(())
    } else {
        Err(SeriesError::PostGone(position, slug.to_string()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_card_without_a_slug_shows_the_event_of_the_series() {
        let named = |body: &str| name_event(body.to_owned(), "concert");
        let text = "Come.\n\n:::event\n:::\n\n:::event slug=\"other\"\n:::\n";
        let written = named(text);
        assert!(written.contains(":::event slug=\"concert\""), "{written}");
        assert!(written.contains(":::event slug=\"other\""), "{written}");
        assert_eq!(written.matches("concert").count(), 1, "{written}");
        // What names its own stays as it was typed.
        let own = "Come *now*.\n\n:::event   slug=\"other\"\n:::\n";
        assert_eq!(named(own), own);
    }
}
