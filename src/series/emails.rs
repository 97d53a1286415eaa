//! The emails of a series: each is a campaign of its own kind, which is not shown among
//! campaigns, and whose recipients come one by one.
//!
//! It is made and rendered once for each version, step and year, by the same code as every
//! campaign. While nobody is queued in it, it is finished; a reader who is queued opens it again,
//! and the worker finishes it once their delivery has ended.

use super::{Result, SeriesError, email_content};
use crate::campaign::test_email::{self, TestAddresses};
use crate::campaign::{CampaignError, preview, series_email};
use crate::clock::Timestamp;
use crate::context::Context;
use crate::model::audit::{Actor, AuditAction};
use crate::model::campaign::{CampaignAction, CampaignState, next};
use crate::model::list::Slug;
use crate::model::series::{Step, edition};
use crate::model::{CampaignId, SubscriberId};
use crate::store::campaigns;
use crate::store::series::{self, Series};
use crate::store::series_emails::{self, EmailKey, SeriesEmail};
use crate::store::{Db, StoreError, campaign_completion, series_readers};
use crate::text::locale::Language;

/// The campaign of an email, made as a draft where there is none.
async fn ensure(cx: &Context, series: &Series, key: EmailKey) -> Result<SeriesEmail> {
    let mut db = cx.store.read().await?;
    if let Some(email) = series_emails::by_key(&mut db, series.id, key).await? {
        return Ok(email);
    }
    let steps = series::steps(&mut db, series.id, key.version).await?;
    drop(db);
    let at = usize::try_from(key.position - 1).unwrap_or(usize::MAX);
    let fields = email_content::campaign(cx, series, key.position, steps.get(at)).await?;
    let mut db = cx.store.write().await?;
    let made = campaigns::insert(&mut db, &fields, cx.clock.now()).await?;
    match series_emails::insert(&mut db, series.id, key, made).await {
        Ok(()) => db.commit().await?,
        // Another worker has made it.
        Err(StoreError::Exists) => drop(db),
        Err(error) => return Err(error.into()),
    }
    let email = series_emails::by_key(&mut cx.store.read().await?, series.id, key).await?;
    email.ok_or(SeriesError::NotFound)
}

/// Makes an email ready to take recipients: it is checked and rendered.
///
/// # Errors
/// [`SeriesError::Email`] says why it cannot be sent, [`SeriesError::PostGone`] that `post`, which
/// it mails, is not published.
pub async fn open(cx: &Context, series: &Series, key: EmailKey, post: Option<&Slug>) -> Result<()> {
    let email = ensure(cx, series, key).await?;
    if let Some(slug) = post {
        let (mut db, now) = (cx.store.read().await?, cx.clock.now());
        let post = (key.position, slug);
        email_content::require_published(&mut db, post, email.post_id, now).await?;
    }
    if !email.state.is_editable() {
        return Ok(());
    }
    match series_email::start(cx, email.campaign_id).await {
        Ok(_) => Ok(()),
        // Another worker has opened it meanwhile.
        Err(CampaignError::Forbidden(_) | CampaignError::Overtaken) => {
            let email = series_emails::by_key(&mut cx.store.read().await?, series.id, key).await?;
            match email {
                Some(email) if !email.state.is_editable() => Ok(()),
                _ => Err(of_step(key.position, CampaignError::Overtaken)),
            }
        }
        Err(error) => Err(of_step(key.position, error)),
    }
}

fn of_step(position: i64, cause: CampaignError) -> SeriesError {
    match cause {
        // A change of the series has just dropped it.
        CampaignError::NotFound => SeriesError::Overtaken,
        cause => SeriesError::Email {
            position,
            cause: Box::new(cause),
        },
    }
}

/// Makes the emails of a version ready for who comes in now.
///
/// # Errors
/// [`SeriesError::Email`] names the first that cannot be sent, and why.
pub async fn open_all(cx: &Context, series: &Series, version: i64, steps: &[Step]) -> Result<()> {
    let edition = edition(cx.clock.now());
    for (position, step) in (1..).zip(steps) {
        if let Step::Send { post, .. } = step {
            let key = EmailKey {
                version,
                position,
                edition,
            };
            open(cx, series, key, post.as_ref()).await?;
        }
    }
    Ok(())
}

/// Queues an email to one reader, in the transaction of the step.
///
/// # Errors
/// [`SeriesError::Closed`] where its campaign takes no recipients.
pub(super) async fn queue(
    db: &mut Db,
    email: &SeriesEmail,
    subscriber: SubscriberId,
    now: Timestamp,
) -> Result<CampaignId> {
    let id = email.campaign_id;
    // Held before its state is read: who finishes it must see the delivery, or come before it.
    let state = campaign_completion::lock(db, id).await?;
    let closed = || SeriesError::Closed(email.position);
    let state = state.ok_or_else(closed)?;
    // A finished one goes on, a paused one stays paused, as when deliveries are sent again.
    let to = next(state, CampaignAction::Resend).map_err(|_| closed())?;
    if to != state {
        campaigns::set_state(db, id, state, to, "", now).await?;
    }
    series_readers::queue_email(db, id, subscriber, now).await?;
    Ok(id)
}

/// Pauses the emails that are being sent.
pub(super) async fn pause_all(cx: &Context, by: &Actor, series: &Series) -> Result<()> {
    for email in open_emails(cx, series, CampaignState::Sending).await? {
        unless_moved(series_email::pause(cx, by, email).await)?;
    }
    Ok(())
}

/// Resumes the emails that are paused.
pub(super) async fn resume_all(cx: &Context, by: &Actor, series: &Series) -> Result<()> {
    for email in open_emails(cx, series, CampaignState::Paused).await? {
        unless_moved(series_email::resume(cx, by, email).await)?;
    }
    Ok(())
}

/// Cancels the emails that are not finished: what is queued in them is not sent.
pub(super) async fn cancel_all(cx: &Context, by: &Actor, series: &Series) -> Result<()> {
    for state in [CampaignState::Sending, CampaignState::Paused] {
        for email in open_emails(cx, series, state).await? {
            unless_moved(series_email::cancel(cx, by, email).await)?;
        }
    }
    Ok(())
}

async fn open_emails(
    cx: &Context,
    series: &Series,
    state: CampaignState,
) -> Result<Vec<CampaignId>> {
    let emails = series_emails::of_series(&mut cx.store.read().await?, series.id).await?;
    let emails = emails.iter().filter(|email| email.state == state);
    Ok(emails.map(|email| email.campaign_id).collect())
}

/// An email that has finished meanwhile needs nothing.
fn unless_moved<T>(moved: crate::campaign::Result<T>) -> Result<()> {
    match moved {
        Ok(_) | Err(CampaignError::Forbidden(_) | CampaignError::Overtaken) => Ok(()),
        Err(error) => Err(error.into()),
    }
}

/// An email to test: the step that sends it, and what the subject says before its own words.
#[derive(Debug, Clone)]
pub struct Tested {
    pub position: i64,
    pub note: String,
}

/// Sends emails of the version that new readers get to a few addresses, as tests, in this order.
///
/// # Errors
/// [`SeriesError::NoEmail`] for a step that sends none; [`SeriesError::Email`] says why one cannot
/// be rendered.
pub async fn send_tests(
    cx: &Context,
    by: &Actor,
    series: &Series,
    tests: &[Tested],
    to: &TestAddresses,
    language: Language,
) -> Result<()> {
    let mut emails = Vec::new();
    for test in tests {
        let key = EmailKey {
            version: series.version,
            position: test.position,
            edition: edition(cx.clock.now()),
        };
        let email = ensure(cx, series, key).await?;
        let made = preview::test_emails(cx, email.campaign_id, (&[language], None), None).await;
        let made = made.map_err(|cause| of_step(test.position, cause))?;
        for mut preview in made {
            if !test.note.is_empty() {
                preview.mail.subject = format!("{}: {}", test.note, preview.mail.subject);
            }
            emails.push(preview);
        }
    }
    let what = (AuditAction::SeriesTest, series.name.clone());
    Ok(test_email::queue(cx, by, what, to, emails).await?)
}
