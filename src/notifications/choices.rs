//! How each user wants to be told.

use strum::VariantArray as _;

use crate::context::Context;
use crate::model::UserId;
use crate::model::notification::{Channels, NotificationKind};
use crate::model::user::Role;
use crate::store::{Result, notifications};

/// A kind, and how a user is told of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Choice {
    pub kind: NotificationKind,
    pub channels: Channels,
}

/// Every kind that a user may choose, with their choice or what their role begins with.
pub async fn of_user(cx: &Context, user: UserId, role: Role) -> Result<Vec<Choice>> {
    let chosen = notifications::choices(&mut cx.store.read().await?, user).await?;
    Ok(with_defaults(&chosen, role))
}

fn with_defaults(chosen: &[(NotificationKind, Channels)], role: Role) -> Vec<Choice> {
    let kinds = NotificationKind::VARIANTS.iter().copied();
    let choice = |kind: NotificationKind| {
        let own = chosen.iter().find(|(of, _)| *of == kind);
        Choice {
            kind,
            channels: kind.channels(role, own.map(|(_, channels)| *channels)),
        }
    };
    kinds.filter(|kind| kind.is_for(role)).map(choice).collect()
}

/// Sets a user's choices.
pub async fn set(cx: &Context, user: UserId, choices: &[Choice]) -> Result<()> {
    let mut db = cx.store.write().await?;
    for choice in choices {
        notifications::choose(&mut db, user, choice.kind, choice.channels).await?;
    }
    db.commit().await
}

/// Lets a user's role decide again.
pub async fn reset(cx: &Context, user: UserId) -> Result<()> {
    let mut db = cx.store.write().await?;
    notifications::forget_choices(&mut db, user).await?;
    db.commit().await
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_choice_goes_before_the_role_and_only_open_kinds_are_offered() {
        let chosen = [(NotificationKind::CampaignFinished, Channels::NONE)];
        let choices = with_defaults(&chosen, Role::Editor);
        assert_eq!(choices[0].kind, NotificationKind::CampaignFinished);
        assert_eq!(choices[0].channels, Channels::NONE);
        assert_eq!(choices[1].channels, Channels::BOTH);
        let offers = |role, kind| {
            let choices = with_defaults(&[], role);
            choices.iter().any(|choice| choice.kind == kind)
        };
        assert!(!offers(Role::Editor, NotificationKind::DiskNearlyFull));
        assert!(offers(Role::Owner, NotificationKind::DiskNearlyFull));
    }
}
