//! One reader's steps that are due: each is written with its effect, in one transaction, while
//! the reader's row is held.

use std::collections::HashMap;
use std::collections::hash_map::Entry;

use super::turn::{Next, Turn};
use super::{Result, SeriesError, effects, email_content, emails};
use crate::context::Context;
use crate::model::SeriesReaderId;
use crate::model::list::Slug;
use crate::model::segment::Rule;
use crate::model::series::{ReaderState, Step, StepOutcome};
use crate::store::series::{self, Series};
use crate::store::series_emails::{self, EmailKey};
use crate::store::series_readers::{self, Due, DueReader};
use crate::store::{Db, segments, series_moves};

/// The steps of the versions that readers go through, read once.
#[derive(Default)]
pub(super) struct Versions(HashMap<i64, Vec<Step>>);

/// An email that must be made first, and the post that it mails.
type Missing = (EmailKey, Option<Slug>);

/// What came of a transaction.
enum Taken {
    /// Nothing of the reader is due any more.
    All,
    /// An email must be made first; nothing was written.
    NeedsEmail(Missing),
}

/// Takes the steps of a reader that are due, until one waits or none is left.
pub(super) async fn reader(
    cx: &Context,
    series: &Series,
    versions: &mut Versions,
    id: SeriesReaderId,
) -> Result<()> {
    let mut opened = None;
    loop {
        match take(cx, series, versions, id).await? {
            Taken::All => return Ok(()),
            // To open it again would do the same again.
            Taken::NeedsEmail((key, _)) if opened == Some(key) => {
                return Err(SeriesError::NotReady(key.position));
            }
            Taken::NeedsEmail((key, post)) => {
                emails::open(cx, series, key, post.as_ref()).await?;
                opened = Some(key);
            }
        }
    }
}

async fn take(
    cx: &Context,
    series: &Series,
    versions: &mut Versions,
    id: SeriesReaderId,
) -> Result<Taken> {
    let now = cx.clock.now();
    let mut db = cx.store.write().await?;
    // Another worker has them, or they have left, or the series was paused meanwhile.
    let Some((reader, state)) = series_readers::hold(&mut db, series.id, id, now).await? else {
        return Ok(Taken::All);
    };
    if !state.goes_on() {
        return Ok(Taken::All);
    }
    if let Some(out) = gone(&reader) {
        series_readers::end(&mut db, id, reader.position, out, now).await?;
        db.commit().await?;
        return Ok(Taken::All);
    }
    let goal = match series.goal_id {
        Some(goal) => segments::by_id(&mut db, goal).await?,
        None => None,
    };
    let steps = versions.of(&mut db, series, reader.version).await?;
    let mut walk = Walk {
        turn: Turn {
            cx,
            series,
            reader,
            now,
        },
        goal: goal.map(|goal| goal.rule),
    };
    if let Some(missing) = walk.go(&mut db, steps).await? {
        return Ok(Taken::NeedsEmail(missing));
    }
    db.commit().await?;
    cx.mail_queued.notify_waiters();
    Ok(Taken::All)
}

/// Why a reader is not to go on.
fn gone(reader: &DueReader) -> Option<ReaderState> {
    if !reader.is_on_list {
        Some(ReaderState::Left)
    } else if reader.is_suppressed {
        Some(ReaderState::Suppressed)
    } else {
        None
    }
}

impl Versions {
    async fn of(&mut self, db: &mut Db, series: &Series, version: i64) -> Result<&[Step]> {
        Ok(match self.0.entry(version) {
            Entry::Occupied(read) => read.into_mut(),
            Entry::Vacant(unread) => unread.insert(series::steps(db, series.id, version).await?),
        })
    }
}

/// A reader who goes through steps.
struct Walk<'a> {
    turn: Turn<'a>,
    goal: Option<Rule>,
}

impl Walk<'_> {
    /// Takes steps until one waits; the email that is missing, if one is.
    async fn go(&mut self, db: &mut Db, steps: &[Step]) -> Result<Option<Missing>> {
        loop {
            let (id, position, now) = (
                self.turn.reader.id,
                self.turn.reader.position,
                self.turn.now,
            );
            if let Some(goal) = &self.goal
                && segments::matches(db, goal, self.turn.reader.subscriber_id, now).await?
            {
                series_readers::end(db, id, position, ReaderState::Goal, now).await?;
                return Ok(None);
            }
            let at = usize::try_from(position - 1).unwrap_or(usize::MAX);
            let Some(step) = steps.get(at) else {
                series_readers::end(db, id, position, ReaderState::Finished, now).await?;
                return Ok(None);
            };
            let next = match step {
                Step::Send { post, .. } => {
                    let key = EmailKey {
                        version: self.turn.reader.version,
                        position,
                        edition: self.turn.reader.edition,
                    };
                    if self.was_sent(db, step).await? {
                        self.record(db, StepOutcome::Skipped, None).await?;
                        Next::Further(1)
                    } else {
                        match self.send(db, key, post.as_ref()).await? {
                            Some(next) => next,
                            None => return Ok(Some((key, post.clone()))),
                        }
                    }
                }
                other => {
                    let (outcome, next) = effects::take(&self.turn, db, other).await?;
                    self.record(db, outcome, None).await?;
                    next
                }
            };
            match next {
                Next::Further(steps) => self.turn.reader.position += steps,
                Next::At(due) => {
                    series_readers::set_next(db, id, position + 1, Due::At(due), now).await?;
                    return Ok(None);
                }
                Next::AfterPause(until) => {
                    let due = Due::AfterPause(until);
                    series_readers::set_next(db, id, position, due, now).await?;
                    return Ok(None);
                }
                Next::Nothing => {
                    series_readers::end(db, id, position, ReaderState::Finished, now).await?;
                    return Ok(None);
                }
            }
        }
    }

    /// Whether a reader who was moved here from another version has got this email there.
    async fn was_sent(&self, db: &mut Db, step: &Step) -> Result<bool> {
        let (reader, series) = (&self.turn.reader, self.turn.series.id);
        let sent = series_moves::sent_before(db, reader, series).await?;
        Ok(sent.contains(step))
    }

    /// Puts an email into the ledger; `None` where its campaign is not ready.
    async fn send(&self, db: &mut Db, key: EmailKey, post: Option<&Slug>) -> Result<Option<Next>> {
        if let Some(until) = self
            .turn
            .reader
            .paused_until
            .filter(|until| *until > self.turn.now)
        {
            return Ok(Some(Next::AfterPause(until)));
        }
        let email = series_emails::by_key(db, self.turn.series.id, key).await?;
        let Some(email) = email.filter(|email| !email.state.is_editable()) else {
            return Ok(None);
        };
        if let Some(slug) = post {
            let post = (key.position, slug);
            email_content::require_published(db, post, email.post_id, self.turn.now).await?;
        }
        let campaign =
            emails::queue(db, &email, self.turn.reader.subscriber_id, self.turn.now).await?;
        self.record(db, StepOutcome::Queued, Some(campaign)).await?;
        Ok(Some(Next::Further(1)))
    }

    async fn record(
        &self,
        db: &mut Db,
        outcome: StepOutcome,
        campaign: Option<crate::model::CampaignId>,
    ) -> Result<()> {
        let (reader, position) = (&self.turn.reader, self.turn.reader.position);
        series_readers::record_step(db, reader, position, outcome, campaign, self.turn.now).await?;
        Ok(())
    }
}
