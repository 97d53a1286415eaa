//! The generated audience and its campaign.

use std::collections::BTreeMap;
use std::time::Instant;

use super::super::{CliError, Result};
use crate::audience::list_admin::{self, ListFields};
use crate::campaign::content_spec::ContentSpec;
use crate::campaign::draft::{self, CampaignDraft, Selection};
use crate::campaign::lifecycle;
use crate::content::post::{self, Article, PostChange};
use crate::context::Context;
use crate::delivery::{sample_message, signing};
use crate::model::CampaignId;
use crate::model::audit::Actor;
use crate::model::calendar::CalendarChoice;
use crate::model::list::{OptIn, Visibility};
use crate::store::bench;
use crate::store::lists::ListOptions;
use crate::text::line::Title;
use crate::text::locale::Language;

/// Messages at the start and at the end that are timed separately.
pub(super) const WINDOW: i64 = 10_000;
/// Subscribers per statement.
const SLICE: i64 = 50_000;
const SIGNATURES: u32 = 400;
const SENTENCE: &str = "The ensemble plays kobyz and dombra, tells where each song comes from, \
     and [invites everybody](https://bench.example/concert) to stay for tea. ";

fn broken(error: impl std::fmt::Display) -> CliError {
    CliError::Other(error.to_string())
}

/// A draft to `recipients` subscribers, with messages of about `size` bytes.
pub(super) async fn campaign(
    cx: &Context,
    recipients: i64,
    domains: i64,
    size: usize,
) -> Result<CampaignId> {
    if !list_admin::all(cx).await?.is_empty() {
        return Err(broken("the database is in use; a bench needs an empty one"));
    }
    let list = ListFields {
        slug: "bench".parse().map_err(broken)?,
        name: Title::parse("Bench").map_err(broken)?,
        description: String::new(),
        translations: BTreeMap::new(),
        visibility: Visibility::Public,
        opt_in: OptIn::Double,
        options: ListOptions::default(),
    };
    let list = list_admin::create(cx, &Actor::System, &list).await?;
    for from in (0..recipients).step_by(SLICE as usize) {
        let to = (from + SLICE).min(recipients);
        let mut db = cx.store.write().await?;
        bench::add_recipients(&mut db, list.id, (from, to), domains, cx.clock.now()).await?;
        db.commit().await?;
    }
    cx.store.analyze().await?;
    let article = Article {
        slug: "bench".parse().map_err(broken)?,
        category: Title::parse("Culture").map_err(broken)?,
        author: Title::parse("Bench").map_err(broken)?,
        picture: None,
        published_at: Some(cx.clock.now()),
        language: Language::EN,
        title: Title::parse("A concert for {{ name }}").map_err(broken)?,
        summary: "Songs of the steppe.".to_owned(),
        body_markdown: "Dear {{ name }},\n\nwelcome.".to_owned(),
    };
    let post = post::create(cx, &Actor::System, &article, false).await?;
    let draft = CampaignDraft {
        subject: "A concert for {{ name }}".to_owned(),
        content: ContentSpec::Post(article.slug.clone()),
        lists: vec![list.slug],
        selection: Selection::Everybody,
        variants: Vec::new(),
        from: None,
        layout: "letter".to_owned(),
        is_public: true,
        is_urgent: false,
        embeds_pictures: false,
        calendar: CalendarChoice::None,
        attachments: Vec::new(),
    };
    let campaign = draft::create(cx, &Actor::System, &draft).await?;
    // The size of a sentence is measured with the first hundred.
    let empty = message_size(cx, campaign.id).await?;
    let bare = article.body_markdown.clone();
    let text = |sentences| PostChange {
        language: Language::EN,
        body_markdown: Some(filled(&bare, sentences)),
        ..PostChange::default()
    };
    post::change(cx, &Actor::System, post, text(100)).await?;
    let each = (message_size(cx, campaign.id).await? - empty) / 100;
    let sentences = size.saturating_sub(empty) / each.max(1);
    post::change(cx, &Actor::System, post, text(sentences)).await?;
    Ok(campaign.id)
}

fn filled(text: &str, sentences: usize) -> String {
    let mut text = text.to_owned();
    for n in 0..sentences {
        text.push_str(if n % 4 == 0 { "\n\n" } else { "" });
        text.push_str(SENTENCE);
    }
    text
}

/// The size of the message to the first recipient.
pub(super) async fn message_size(cx: &Context, id: CampaignId) -> Result<usize> {
    let campaign = lifecycle::by_id(cx, id).await?;
    Ok(sample_message(cx, campaign).await?.len())
}

/// Microseconds to sign one message, including hashing.
pub(super) async fn signature_cost(cx: &Context, domain: &str, bytes: usize) -> Result<f64> {
    let signer = signing::signer(cx, domain).await?;
    if signer.is_empty() {
        return Ok(0.0);
    }
    let head = b"From: a@bench.example\r\nSubject: b\r\n\r\n".to_vec();
    let message = [head, b"Text of the message\r\n".repeat(bytes / 21)].concat();
    // The first runs warm up processor and caches.
    let mut best = f64::MAX;
    for _ in 0..5 {
        let started = Instant::now();
        for _ in 0..SIGNATURES / 5 {
            signer.sign(message.clone()).map_err(broken)?;
        }
        best = best.min(started.elapsed().as_secs_f64() / f64::from(SIGNATURES / 5));
    }
    Ok(best * 1e6)
}

/// Seconds that the ledger took for [`WINDOW`] messages from the `rank`-th on.
pub(super) async fn window(cx: &Context, id: CampaignId, rank: i64) -> Result<Option<f64>> {
    let mut db = cx.store.read().await?;
    if rank < 0 {
        return Ok(None);
    }
    let from = bench::recorded_at(&mut db, id, rank).await?;
    let to = bench::recorded_at(&mut db, id, rank + WINDOW - 1).await?;
    Ok(from.zip(to).map(|(from, to)| (to - from) as f64 / 1_000.0))
}
