//! What the steps of a series name: posts, users and lists, which must be there. Segments are kept
//! by the database.

use super::{Result, SeriesError, email_content};
use crate::model::list_access::ListAccess;
use crate::model::series::Step;
use crate::store::{Db, accounts, lists};

/// Refuses steps that name what is not there, or not within reach.
///
/// # Errors
/// [`SeriesError`] names the first.
pub(super) async fn check(db: &mut Db, access: &ListAccess, steps: &[Step]) -> Result<()> {
    for (number, step) in (1..).zip(steps) {
        match step {
            Step::Send { .. } => email_content::check(db, number as i64, step).await?,
            Step::Notify { user, .. } if accounts::user_by_email(db, user).await?.is_none() => {
                return Err(SeriesError::UnknownUser(number));
            }
            Step::AddToList { list } => {
                let found = lists::by_slug(db, list).await?;
                if found.is_none_or(|found| !access.has(found.id)) {
                    return Err(SeriesError::UnknownList(list.to_string()));
                }
            }
            _ => {}
        }
    }
    Ok(())
}
