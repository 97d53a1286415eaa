//! Setting the test of a campaign that has not started.

use super::plan::{AbTest, NOT_COUNTED, Variant};
use crate::account::{audit, campaign_changes, list_access};
use crate::campaign::campaign_draft::draft_of;
use crate::campaign::clicks;
use crate::campaign::content_spec::ContentSpec;
use crate::campaign::subjects::tidied;
use crate::campaign::{CampaignError, Result, rendering, require_own};
use crate::context::Context;
use crate::model::CampaignId;
use crate::model::ab_test::{AbVariant, Differs, Fallback, Measure};
use crate::model::audit::{Actor, AuditAction};
use crate::store::ab_tests::{self, AbTestFields};
use crate::store::campaign_changes::Changed;
use crate::store::campaign_contents::CampaignVariant;
use crate::store::{Db, campaigns};

/// Variants of a test, with A.
pub const MOST_VARIANTS: usize = 4;
/// A test may wait for results for up to 30 days.
pub const MOST_MINUTES: i64 = 30 * 24 * 60;
/// A variant may be sent up to a week after A.
pub const MOST_MINUTES_LATER: i64 = 7 * 24 * 60;

/// What a user sets of a variant beside A.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct VariantDraft {
    /// What inboxes show of it, by language. Only that in which the variants differ counts.
    pub texts: Vec<CampaignVariant>,
    /// The campaign whose text it mails, as it is now; `None` for the one that it has already.
    pub campaign: Option<CampaignId>,
    pub minutes_later: i64,
}

/// What a user sets of a test.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AbTestDraft {
    pub differs: Differs,
    pub share: i64,
    pub minutes: i64,
    pub measure: Measure,
    pub fallback: Fallback,
    /// Beside A: one to three.
    pub variants: Vec<VariantDraft>,
}

/// The test of a campaign, if it has one.
pub async fn of_campaign(cx: &Context, id: CampaignId) -> Result<Option<AbTest>> {
    Ok(AbTest::of_campaign(&mut cx.store.read().await?, id).await?)
}

/// Sets the test of a campaign. An approval that it has is void, as after every change.
///
/// # Errors
/// [`CampaignError::Started`] once it has started, [`CampaignError::Automatic`] and
/// [`CampaignError::OfSeries`] for what the system makes, [`CampaignError::AbTest`] for what cannot
/// be.
pub async fn set(cx: &Context, by: &Actor, id: CampaignId, draft: &AbTestDraft) -> Result<AbTest> {
    check_numbers(draft)?;
    let before = of_campaign(cx, id).await?;
    let mut variants = Vec::new();
    for (variant, one) in AbVariant::first(MOST_VARIANTS).skip(1).zip(&draft.variants) {
        let mut known = before.iter().flat_map(|test| &test.variants);
        let known = known.find(|known| known.variant == variant);
        variants.push(checked(cx, by, (id, draft.differs), variant, one, known).await?);
    }
    if (1..variants.len()).any(|at| variants[..at].iter().any(|one| same(one, &variants[at]))) {
        return Err(CampaignError::AbTest("two variants are the same"));
    }
    refuse_same_as_a(cx, id, &variants).await?;
    let fields = AbTestFields {
        differs: draft.differs,
        share: draft.share,
        minutes: draft.minutes,
        measure: draft.measure,
        fallback: draft.fallback,
    };
    let now = cx.clock.now();
    let mut db = cx.store.write().await?;
    require_draft(&mut db, id).await?;
    if draft.measure == Measure::Clicks && !clicks::are_counted(&mut db, id).await? {
        return Err(CampaignError::AbTest(NOT_COUNTED));
    }
    let rows: Vec<_> = variants.iter().map(Variant::row).collect();
    ab_tests::set(&mut db, id, &fields, &rows, now).await?;
    campaign_changes::note(&mut db, by, Changed::Campaign(id), now).await?;
    audit::record(&mut db, by, AuditAction::AbTestSet, id, now).await?;
    db.commit().await?;
    of_campaign(cx, id).await?.ok_or(CampaignError::NotFound)
}

/// Takes the test off a campaign.
///
/// # Errors
/// [`CampaignError::NoAbTest`] where it has none, [`CampaignError::Started`] once it has started.
pub async fn remove(cx: &Context, by: &Actor, id: CampaignId) -> Result<()> {
    let now = cx.clock.now();
    let mut db = cx.store.write().await?;
    require_draft(&mut db, id).await?;
    if !ab_tests::remove(&mut db, id).await? {
        return Err(CampaignError::NoAbTest);
    }
    campaign_changes::note(&mut db, by, Changed::Campaign(id), now).await?;
    audit::record(&mut db, by, AuditAction::AbTestRemove, id, now).await?;
    db.commit().await?;
    Ok(())
}

/// Gives a duplicate of a campaign the same test, without anything that came of it.
pub(in crate::campaign) async fn copy(
    cx: &Context,
    from: CampaignId,
    to: CampaignId,
) -> Result<()> {
    let Some(test) = of_campaign(cx, from).await? else {
        return Ok(());
    };
    let rows: Vec<_> = test.variants.iter().map(Variant::row).collect();
    let mut db = cx.store.write().await?;
    ab_tests::set(&mut db, to, &test.row.fields, &rows, cx.clock.now()).await?;
    db.commit().await?;
    Ok(())
}

async fn require_draft(db: &mut Db, id: CampaignId) -> Result<()> {
    let campaign = campaigns::by_id(db, id).await?;
    let campaign = campaign.ok_or(CampaignError::NotFound)?;
    require_own(&campaign)?;
    if !campaign.state.is_editable() {
        return Err(CampaignError::Started);
    }
    Ok(())
}

fn check_numbers(draft: &AbTestDraft) -> Result<()> {
    let wrong = |why| Err(CampaignError::AbTest(why));
    if !(1..MOST_VARIANTS).contains(&draft.variants.len()) {
        return wrong("a test has two to four variants, with A");
    }
    if !(1..=100).contains(&draft.share) {
        return wrong("the share must be from 1 to 100 percent");
    }
    if !(1..=MOST_MINUTES).contains(&draft.minutes) {
        return wrong("a test waits for results from one minute to 30 days");
    }
    let later = |one: &VariantDraft| (1..=MOST_MINUTES_LATER).contains(&one.minutes_later);
    if draft.differs == Differs::Hour && !draft.variants.iter().all(later) {
        return wrong("each other hour must be from one minute to a week after that of A");
    }
    Ok(())
}

/// A variant with nothing but that in which it differs.
async fn checked(
    cx: &Context,
    by: &Actor,
    (id, differs): (CampaignId, Differs),
    variant: AbVariant,
    draft: &VariantDraft,
    known: Option<&Variant>,
) -> Result<Variant> {
    let mut made = Variant {
        variant,
        texts: Vec::new(),
        content: None,
        content_name: String::new(),
        minutes_later: 0,
    };
    match differs {
        Differs::Hour => made.minutes_later = draft.minutes_later,
        Differs::Content => match (draft.campaign, known) {
            (Some(other), _) => {
                (made.content, made.content_name) = content_of(cx, by, id, other).await?;
            }
            (None, Some(known)) if known.content.is_some() => {
                made.content = known.content.clone();
                made.content_name = known.content_name.clone();
            }
            _ => {
                let why = "choose the campaign whose text each variant mails";
                return Err(CampaignError::AbTest(why));
            }
        },
        Differs::Subject | Differs::FromName | Differs::Preheader => {
            for text in &draft.texts {
                let text = tidied(text)?;
                let empty = CampaignVariant {
                    language: text.language,
                    ..CampaignVariant::default()
                };
                let text = match differs {
                    Differs::Subject => CampaignVariant {
                        subject: text.subject,
                        ..empty
                    },
                    Differs::FromName => CampaignVariant {
                        from_name: text.from_name,
                        ..empty
                    },
                    _ => CampaignVariant {
                        preheader: text.preheader,
                        ..empty
                    },
                };
                if !text.is_empty() {
                    made.texts.retain(|one| one.language != text.language);
                    made.texts.push(text);
                }
            }
            if made.texts.is_empty() {
                let why = "write what each variant says in at least one language";
                return Err(CampaignError::AbTest(why));
            }
            made.texts.sort_by_key(|text| text.language);
        }
    }
    Ok(made)
}

/// The text of another campaign, as it is now: what is approved with the test is what goes out.
async fn content_of(
    cx: &Context,
    by: &Actor,
    id: CampaignId,
    other: CampaignId,
) -> Result<(Option<ContentSpec>, String)> {
    let mut db = cx.store.read().await?;
    let access = list_access::of_actor(&mut db, by).await?;
    let is_within = list_access::has_campaign(&mut db, &access, other).await?;
    drop(db);
    let unknown = "there is no such campaign to take the text of a variant from";
    if !is_within || other == id {
        return Err(CampaignError::AbTest(unknown));
    }
    let draft = match draft_of(cx, other).await {
        Err(CampaignError::NotFound) => return Err(CampaignError::AbTest(unknown)),
        found => found?,
    };
    match draft.content {
        content @ (ContentSpec::Markdown(_) | ContentSpec::Mjml(_) | ContentSpec::Html(_)) => {
            Ok((Some(content), draft.subject))
        }
        ContentSpec::Post(_) | ContentSpec::Digest { .. } => Err(CampaignError::AbTest(
            "a variant takes its text from a campaign with a text of its own",
        )),
    }
}

/// Refuses a variant that reads as A does. Of a campaign that cannot be rendered yet the checks
/// before the start say it.
async fn refuse_same_as_a(cx: &Context, id: CampaignId, variants: &[Variant]) -> Result<()> {
    let campaign = campaigns::by_id(&mut cx.store.read().await?, id).await?;
    let campaign = campaign.ok_or(CampaignError::NotFound)?;
    let Ok(a) = rendering::render_pieces(cx, &campaign).await else {
        return Ok(());
    };
    for variant in variants.iter().filter(|one| one.minutes_later == 0) {
        let rendered = rendering::render_variant(cx, &campaign, &a, variant).await;
        if rendered.is_ok_and(|rendered| rendered.is_same_as(&a)) {
            return Err(CampaignError::SameAsA(variant.variant.letter()));
        }
    }
    Ok(())
}

fn same(one: &Variant, other: &Variant) -> bool {
    one.texts == other.texts
        && one.content == other.content
        && one.minutes_later == other.minutes_later
}
