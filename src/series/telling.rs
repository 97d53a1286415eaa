//! A step that tells users of a reader. The first of a day are told one by one; a series that many
//! come through would bury everything else.

use jiff::tz::TimeZone;

use super::Result;
use super::turn::Turn;
use crate::address::EmailAddress;
use crate::model::notification::{Notice, StepOfDay};
use crate::notifications;
use crate::store::{Db, accounts};

/// Readers of one step and day who are told of one by one.
const ONE_BY_ONE: usize = 20;

/// Tells a user that a reader came to a step, in the transaction of the step.
pub(super) async fn tell(
    turn: &Turn<'_>,
    db: &mut Db,
    user: &EmailAddress,
    message: &str,
) -> Result<()> {
    // One who was removed since: then everybody who wants to know.
    let user = accounts::user_by_email(db, user).await?;
    let to = user.map(|user| vec![user.id]);
    let step = StepOfDay {
        series: turn.series.id,
        position: turn.reader.position,
        day: turn.now.to_jiff().to_zoned_datetime(TimeZone::UTC).date(),
    };
    let what = (turn.series.name.as_str(), message);
    for number in 1..=ONE_BY_ONE {
        let subscriber = turn.reader.subscriber_id;
        let notice = Notice::series_step(&step, number, what, subscriber, to.clone());
        if notifications::record(db, &notice, turn.now).await? {
            return Ok(());
        }
    }
    let notice = Notice::series_step_more(&step, what, to);
    notifications::record(db, &notice, turn.now).await?;
    Ok(())
}
