//! Approval by a second person, where the installation asks for it: without it no campaign
//! starts or is scheduled. It holds for exactly what was approved: every later change of the
//! campaign, what it mails, its layout or its audience voids it.

use super::{CampaignError, Result};
use crate::account::audit;
use crate::clock::Timestamp;
use crate::context::Context;
use crate::model::CampaignId;
use crate::model::audit::{Actor, AuditAction};
use crate::model::campaign::{CampaignAction, ChangedPart, ContentKind, next};
use crate::model::notification::Notice;
use crate::notifications;
use crate::store::campaign_approvals::{self, ApprovalRow};
use crate::store::campaigns::{self, Campaign};
use crate::store::{Db, campaign_changes};

/// Where a campaign is on its way to an approval.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Approval {
    /// The installation asks for none, or the system makes the campaign.
    NotNeeded,
    /// Nobody has asked for it.
    Missing,
    /// Somebody has, and nobody has given it.
    Requested { by: String, at: Timestamp },
    /// It may start.
    Approved { by: String, at: Timestamp },
    /// It was approved, and has changed since.
    Void {
        approved_by: String,
        /// Who made the last change, and of what.
        changed_by: String,
        changed: ChangedPart,
    },
}

impl Approval {
    pub(super) fn new(cx: &Context, campaign: &Campaign, row: Option<ApprovalRow>) -> Self {
        if !cx.config().approval
            || matches!(campaign.kind, ContentKind::Weekly | ContentKind::Series)
        {
            return Self::NotNeeded;
        }
        Self::of_row(campaign, row)
    }

    fn of_row(campaign: &Campaign, row: Option<ApprovalRow>) -> Self {
        let Some(row) = row else {
            return Self::Missing;
        };
        match (row.approved_by, row.approved_at, row.approved_change) {
            (Some(by), Some(at), Some(change)) if change == campaign.change_count => {
                Self::Approved { by, at }
            }
            (Some(approved_by), ..) => Self::Void {
                approved_by,
                changed_by: campaign.changed_by.clone(),
                changed: campaign.changed_part,
            },
            (None, ..) => Self::Requested {
                by: row.requested_by,
                at: row.requested_at,
            },
        }
    }

    /// Whether the campaign may start as far as this is concerned.
    pub fn permits_start(&self) -> bool {
        matches!(self, Self::NotNeeded | Self::Approved { .. })
    }

    /// Whether a person may give it: neither who asks for it, nor who made the last change.
    fn may_be_given_by(&self, campaign: &Campaign, person: &str) -> bool {
        matches!(self, Self::Requested { by, .. } if by != person) && campaign.changed_by != person
    }
}

/// The approval of a campaign.
pub async fn of(cx: &Context, campaign: &Campaign) -> Result<Approval> {
    let mut db = cx.store.read().await?;
    let row = campaign_approvals::of_campaign(&mut db, campaign.id).await?;
    Ok(Approval::new(cx, campaign, row))
}

/// Whether a user may approve a campaign now.
pub fn may_approve(campaign: &Campaign, approval: &Approval, by: &Actor) -> bool {
    approval.may_be_given_by(campaign, by.as_str())
}

/// Refuses what is not approved, within the transaction that starts or schedules it.
///
/// # Errors
/// [`CampaignError::NotApproved`].
pub(super) async fn require(cx: &Context, db: &mut Db, campaign: &Campaign) -> Result<()> {
    let row = campaign_approvals::of_campaign(db, campaign.id).await?;
    if Approval::new(cx, campaign, row).permits_start() {
        Ok(())
    } else {
        Err(CampaignError::NotApproved)
    }
}

async fn that_may_start(cx: &Context, id: CampaignId) -> Result<Campaign> {
    let campaign = campaigns::by_id(&mut cx.store.read().await?, id).await?;
    let campaign = campaign.ok_or(CampaignError::NotFound)?;
    next(campaign.state, CampaignAction::Start)?;
    Ok(campaign)
}

/// Asks for the approval of a campaign.
///
/// # Errors
/// [`CampaignError::Forbidden`] where it cannot start anyway,
/// [`CampaignError::NoApprovalNeeded`].
pub async fn request(cx: &Context, by: &Actor, id: CampaignId) -> Result<Campaign> {
    let campaign = that_may_start(cx, id).await?;
    match of(cx, &campaign).await? {
        Approval::NotNeeded => return Err(CampaignError::NoApprovalNeeded),
        Approval::Approved { .. } | Approval::Requested { .. } => return Ok(campaign),
        Approval::Missing | Approval::Void { .. } => {}
    }
    let now = cx.clock.now();
    let mut db = cx.store.write().await?;
    campaign_approvals::request(&mut db, id, by.as_str(), now).await?;
    let notice = Notice::approval_requested(id, &campaign.subject, now);
    notifications::record(&mut db, &notice, now).await?;
    audit::record(&mut db, by, AuditAction::CampaignRequestApproval, id, now).await?;
    db.commit().await?;
    Ok(campaign)
}

/// Approves a campaign as it was when it had been changed `seen` times.
///
/// # Errors
/// [`CampaignError::NotRequested`] where nobody asks for it,
/// [`CampaignError::OwnApproval`] for who asks or made the last change,
/// [`CampaignError::Overtaken`] where it has changed since it was seen.
pub async fn approve(cx: &Context, by: &Actor, id: CampaignId, seen: i64) -> Result<Campaign> {
    let campaign = that_may_start(cx, id).await?;
    let now = cx.clock.now();
    let mut db = cx.store.write().await?;
    if campaign.change_count != seen || !campaign_changes::lock_as_seen(&mut db, &campaign).await? {
        return Err(CampaignError::Overtaken);
    }
    let row = campaign_approvals::of_campaign(&mut db, id).await?;
    let approval = Approval::new(cx, &campaign, row);
    if !matches!(approval, Approval::Requested { .. }) {
        return Err(CampaignError::NotRequested);
    }
    if !approval.may_be_given_by(&campaign, by.as_str()) {
        return Err(CampaignError::OwnApproval);
    }
    if !campaign_approvals::approve(&mut db, id, by.as_str(), seen, now).await? {
        return Err(CampaignError::NotRequested);
    }
    audit::record(&mut db, by, AuditAction::CampaignApprove, id, now).await?;
    db.commit().await?;
    Ok(campaign)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::calendar::CalendarChoice;
    use crate::model::campaign::CampaignState;
    use crate::store::campaigns::CampaignLimits;

    const NOW: Timestamp = Timestamp::from_millis(1);

    fn campaign(change_count: i64, changed_by: &str) -> Campaign {
        Campaign {
            id: CampaignId(1),
            subject: "News".to_owned(),
            layout: "letter".to_owned(),
            kind: ContentKind::Post,
            post_id: None,
            from_mailbox: None,
            is_public: true,
            state: CampaignState::Draft,
            pause_reason: String::new(),
            scheduled_at: None,
            local_start: None,
            is_start_delayed: false,
            change_count,
            changed_by: changed_by.to_owned(),
            changed_part: ChangedPart::Post,
            started_at: None,
            finished_at: None,
            folded_at: None,
            paused_at: None,
            is_frozen: false,
            sends_rest: false,
            limits: CampaignLimits::default(),
            is_urgent: false,
            embeds_pictures: false,
            calendar: CalendarChoice::None,
            weekly_reader_count: 0,
            created_at: NOW,
        }
    }

    fn row(approval: Option<(&str, i64)>) -> Option<ApprovalRow> {
        Some(ApprovalRow {
            campaign_id: CampaignId(1),
            requested_by: "a@x.example".to_owned(),
            requested_at: NOW,
            approved_by: approval.map(|(by, _)| by.to_owned()),
            approved_at: approval.map(|_| NOW),
            approved_change: approval.map(|(_, change)| change),
        })
    }

    #[test]
    fn an_approval_holds_until_the_next_change() {
        let approved = row(Some(("b@x.example", 3)));
        let as_approved = Approval::of_row(&campaign(3, "a@x.example"), approved.clone());
        assert!(as_approved.permits_start(), "{as_approved:?}");
        let later = Approval::of_row(&campaign(4, "c@x.example"), approved);
        let void = Approval::Void {
            approved_by: "b@x.example".to_owned(),
            changed_by: "c@x.example".to_owned(),
            changed: ChangedPart::Post,
        };
        assert_eq!(later, void);
        assert!(!later.permits_start());
        for row in [None, row(None)] {
            assert!(!Approval::of_row(&campaign(0, ""), row).permits_start());
        }
    }

    #[test]
    fn nobody_approves_what_they_ask_for_or_changed_last() {
        let campaign = campaign(3, "c@x.example");
        let requested = Approval::of_row(&campaign, row(None));
        for (person, may) in [
            ("a@x.example", false),
            ("b@x.example", true),
            ("c@x.example", false),
        ] {
            assert_eq!(
                requested.may_be_given_by(&campaign, person),
                may,
                "{person}"
            );
        }
        let approved = Approval::of_row(&campaign, row(Some(("b@x.example", 3))));
        for approval in [Approval::Missing, Approval::NotNeeded, approved] {
            assert!(!approval.may_be_given_by(&campaign, "b@x.example"));
        }
    }
}
