//! What lasts: told when it begins, and again only when it comes back after a day without it.

use std::collections::HashSet;
use std::time::Duration;

use crate::clock::Timestamp;
use crate::context::Context;
use crate::model::notification::{Notice, NotificationKind};
use crate::store::{Db, Result, notifications};

/// What comes back sooner is the same: a disk about its limit is told of once a day.
const RELAPSE: Duration = Duration::from_secs(24 * 3600);

/// One thing that was looked at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Condition {
    Bad(Notice),
    /// Nothing is wrong with this subject.
    Fine(NotificationKind, String),
}

impl Condition {
    fn key(&self) -> (NotificationKind, &str) {
        match self {
            Self::Bad(notice) => (notice.kind, &notice.subject),
            Self::Fine(kind, subject) => (*kind, subject),
        }
    }

    /// Whether it differs from what is recorded.
    fn is_news(&self, lasting: &HashSet<(NotificationKind, &str)>) -> bool {
        matches!(self, Self::Bad(_)) != lasting.contains(&self.key())
    }
}

/// Records what has begun and what is over, of all that was looked at.
pub async fn settle(cx: &Context, conditions: &[Condition]) -> Result<()> {
    let lasting = notifications::lasting(&mut cx.store.read().await?).await?;
    let lasting: HashSet<(NotificationKind, &str)> = lasting
        .iter()
        .map(|(kind, subject)| (*kind, subject.as_str()))
        .collect();
    let is_news = |condition: &&Condition| condition.is_news(&lasting);
    let news: Vec<&Condition> = conditions.iter().filter(is_news).collect();
    if news.is_empty() {
        return Ok(());
    }
    let mut db = cx.store.write().await?;
    for condition in news {
        apply(&mut db, condition, cx.clock.now()).await?;
    }
    db.commit().await
}

/// Records one condition, within the caller's transaction.
pub async fn apply(db: &mut Db, condition: &Condition, now: Timestamp) -> Result<()> {
    match condition {
        Condition::Bad(notice) => begin(db, notice, now).await,
        Condition::Fine(kind, subject) => notifications::resolve(db, *kind, subject, now).await,
    }
}

async fn begin(db: &mut Db, notice: &Notice, now: Timestamp) -> Result<()> {
    let (kind, since) = (notice.kind, now.before(RELAPSE));
    if !notifications::reopen(db, kind, &notice.subject, since).await? {
        notifications::insert(db, notice, now).await?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_change_is_news() {
        let kind = NotificationKind::DiskNearlyFull;
        let bad = Condition::Bad(Notice::disk_nearly_full("a".to_owned(), "full"));
        let fine = Condition::Fine(kind, "a".to_owned());
        let (none, lasting) = (HashSet::new(), HashSet::from([(kind, "a")]));
        assert!(bad.is_news(&none) && !bad.is_news(&lasting));
        assert!(fine.is_news(&lasting) && !fine.is_news(&none));
    }
}
