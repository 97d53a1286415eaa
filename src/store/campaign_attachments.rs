//! Queries on the files that the emails of campaigns carry.

use std::collections::HashMap;

use super::{Db, Result, execute, run};
use crate::model::{CampaignId, MediaId};
use crate::text::locale::Language;

/// A file of a campaign.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct CampaignAttachment {
    /// The file; `None` once it was deleted for good.
    pub media_id: Option<MediaId>,
    /// Its name in the library; once it was deleted for good, the one it was chosen by.
    pub file_name: String,
    /// The name under which recipients get it.
    pub name: String,
    /// Whose readers get it; `None`: those of every language.
    pub language: Option<Language>,
    /// Its media type; empty once it was deleted for good.
    pub media_type: String,
    /// Bytes, before they are encoded.
    pub size: i64,
    /// Whether it is in the library, and not in the trash.
    pub is_there: bool,
}

impl CampaignAttachment {
    /// Whether the readers of a language get it.
    pub fn is_for(&self, language: Language) -> bool {
        self.language.is_none_or(|own| own == language)
    }
}

/// A file to be attached.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewAttachment {
    /// The file; `None` for one that was deleted for good and stays until it is taken off.
    pub media_id: Option<MediaId>,
    /// Its name in the library.
    pub file_name: String,
    /// The name under which recipients get it.
    pub name: String,
    /// `None`: in every language.
    pub language: Option<Language>,
}

macro_rules! select {
    ($rest:literal) => {
        concat!(
            "SELECT a.campaign_id, a.media_id, COALESCE(m.file_name, a.file_name) AS file_name, a.name,
                    a.language, COALESCE(m.media_type, '') AS media_type,
                    COALESCE(m.size, 0) AS size,
                    m.id IS NOT NULL AND m.deleted_at IS NULL AS is_there
             FROM campaign_attachments a LEFT JOIN media m ON m.id = a.media_id ",
            $rest
        )
    };
}

/// The files of a campaign, in their order.
pub async fn of_campaign(db: &mut Db, id: CampaignId) -> Result<Vec<CampaignAttachment>> {
    run!(db, c => sqlx::query_as(select!("WHERE a.campaign_id = $1 ORDER BY a.position"))
        .bind(id)
        .fetch_all(c))
}

/// The files of each campaign between two, in their order.
pub async fn between(
    db: &mut Db,
    first: CampaignId,
    last: CampaignId,
) -> Result<HashMap<CampaignId, Vec<CampaignAttachment>>> {
    #[derive(sqlx::FromRow)]
    struct Row {
        campaign_id: CampaignId,
        #[sqlx(flatten)]
        attachment: CampaignAttachment,
    }
    let rows: Vec<Row> = run!(db, c => sqlx::query_as(
        select!("WHERE a.campaign_id BETWEEN $1 AND $2 ORDER BY a.campaign_id, a.position"),
    )
    .bind(first)
    .bind(last)
    .fetch_all(c))?;
    let mut attachments: HashMap<CampaignId, Vec<CampaignAttachment>> = HashMap::new();
    for row in rows {
        let of_campaign = attachments.entry(row.campaign_id).or_default();
        of_campaign.push(row.attachment);
    }
    Ok(attachments)
}

/// Sets the files of a campaign, in place of those it had.
pub async fn set(db: &mut Db, id: CampaignId, attachments: &[NewAttachment]) -> Result<()> {
    execute!(
        db,
        sqlx::query("DELETE FROM campaign_attachments WHERE campaign_id = $1").bind(id)
    )?;
    for (position, attachment) in (0_i64..).zip(attachments) {
        execute!(
            db,
            sqlx::query(
                "INSERT INTO campaign_attachments
                     (campaign_id, position, media_id, file_name, name, language)
                 VALUES ($1, $2, $3, $4, $5, $6)",
            )
            .bind(id)
            .bind(position)
            .bind(attachment.media_id)
            .bind(&attachment.file_name)
            .bind(&attachment.name)
            .bind(attachment.language)
        )?;
    }
    Ok(())
}
