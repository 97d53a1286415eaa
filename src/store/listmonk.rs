//! Reading the PostgreSQL database of listmonk, which is another program's: in one transaction
//! that can change nothing.

use sqlx::postgres::{PgConnectOptions, PgConnection};
use sqlx::{Connection as _, Executor as _};

use super::error::{Result, StoreError};
use crate::clock::Timestamp;

/// Rows that are read at a time.
const SLICE: i64 = 5_000;
/// Campaigns that are read at a time: their texts may be long.
const CAMPAIGNS: i64 = 100;

/// An open database of listmonk.
pub struct Listmonk {
    connection: PgConnection,
}

/// A list of listmonk.
#[derive(Debug, Clone, sqlx::FromRow)]
pub struct ListmonkList {
    /// Its id.
    pub id: i32,
    /// Its name.
    pub name: String,
    /// What it is about.
    pub description: String,
    /// Whether everybody may see it.
    pub is_public: bool,
    /// Whether people confirm by a link.
    pub is_double: bool,
    /// Its members in any state.
    pub members: i64,
}

/// A subscriber of listmonk and their subscription to one list, or to none.
#[derive(Debug, Clone, sqlx::FromRow)]
pub struct ListmonkMember {
    /// Their id.
    pub id: i32,
    /// The id by which listmonk's links name them.
    pub uuid: String,
    /// Their address.
    pub email: String,
    /// May be empty.
    pub name: String,
    /// A JSON object.
    pub attributes: String,
    /// `enabled`, `disabled` or `blocklisted`, on all lists.
    pub status: String,
    /// `unconfirmed`, `confirmed` or `unsubscribed`; empty for one on no list.
    pub subscription: String,
    /// Where they confirmed from, if that was kept.
    pub opt_in_ip: Option<String>,
    /// `hard` or `complaint`, the worst that came back from them.
    pub bounce: Option<String>,
    /// When that was.
    pub bounced_at: Option<Timestamp>,
    /// When they became known.
    pub created_at: Option<Timestamp>,
    /// When they last changed.
    pub updated_at: Option<Timestamp>,
    /// When they were put on the list.
    pub joined_at: Option<Timestamp>,
    /// When their subscription last changed.
    pub moved_at: Option<Timestamp>,
}

/// A campaign of listmonk.
#[derive(Debug, Clone, sqlx::FromRow)]
pub struct ListmonkCampaign {
    /// Its row.
    pub id: i32,
    /// The id by which its links name it.
    pub uuid: String,
    /// Its subject.
    pub subject: String,
    /// Its text.
    pub body: String,
    /// `richtext`, `html`, `markdown`, `plain` or `visual`.
    pub content_type: String,
    /// Its tags.
    pub tags: Vec<String>,
    /// `draft`, `scheduled`, `running`, `paused`, `cancelled` or `finished`.
    pub status: String,
    /// Whether it is in the public archive.
    pub is_archived: bool,
    /// Its name in the addresses of the archive; may be empty.
    pub archive_slug: String,
    /// When it was sent, or made.
    pub sent_at: Option<Timestamp>,
}

impl Listmonk {
    /// Opens the database at a `postgres://` URL.
    ///
    /// # Errors
    /// [`StoreError::Url`], and what the server says.
    pub async fn open(url: &str) -> Result<Self> {
        let options: PgConnectOptions = url
            .parse()
            .map_err(|error: sqlx::Error| StoreError::Url(error.to_string()))?;
        let mut connection = PgConnection::connect_with(&options).await?;
        // What listmonk writes meanwhile is not seen, so that the parts fit each other.
        connection
            .execute("BEGIN TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
            .await?;
        Ok(Self { connection })
    }

    /// All lists, by name.
    pub async fn lists(&mut self) -> Result<Vec<ListmonkList>> {
        let lists = sqlx::query_as(
            "SELECT l.id, l.name, l.description, l.type = 'public' AS is_public,
                    l.optin = 'double' AS is_double,
                    (SELECT COUNT(*) FROM subscriber_lists m WHERE m.list_id = l.id) AS members
             FROM lists l ORDER BY l.name, l.id",
        );
        Ok(lists.fetch_all(&mut self.connection).await?)
    }

    /// Members of a list in any state, after the subscriber with the id `after`; none at the
    /// end.
    pub async fn members(&mut self, list: i32, after: i32) -> Result<Vec<ListmonkMember>> {
        let members = sqlx::query_as(
            "SELECT s.id, s.uuid::TEXT AS uuid, s.email, s.name, s.attribs::TEXT AS attributes, s.status::TEXT AS status,
                    m.status::TEXT AS subscription, m.meta ->> 'optin_ip' AS opt_in_ip,
                    b.type::TEXT AS bounce,
                    (EXTRACT(EPOCH FROM b.created_at) * 1000)::BIGINT AS bounced_at,
                    (EXTRACT(EPOCH FROM s.created_at) * 1000)::BIGINT AS created_at,
                    (EXTRACT(EPOCH FROM s.updated_at) * 1000)::BIGINT AS updated_at,
                    (EXTRACT(EPOCH FROM m.created_at) * 1000)::BIGINT AS joined_at,
                    (EXTRACT(EPOCH FROM m.updated_at) * 1000)::BIGINT AS moved_at
             FROM subscriber_lists m JOIN subscribers s ON s.id = m.subscriber_id
             LEFT JOIN LATERAL (
                 SELECT type, created_at FROM bounces
                 WHERE subscriber_id = s.id AND type IN ('hard', 'complaint')
                 ORDER BY type = 'complaint' DESC, created_at DESC LIMIT 1
             ) b ON TRUE
             WHERE m.list_id = $1 AND s.id > $2 ORDER BY s.id LIMIT $3",
        );
        let members = members.bind(list).bind(after).bind(SLICE);
        Ok(members.fetch_all(&mut self.connection).await?)
    }

    /// Subscribers on no list to whom no mail may go, after the id `after`; none at the end.
    pub async fn kept_off(&mut self, after: i32) -> Result<Vec<ListmonkMember>> {
        let members = sqlx::query_as(
            "SELECT s.id, s.uuid::TEXT AS uuid, s.email, s.name, s.attribs::TEXT AS attributes, s.status::TEXT AS status,
                    '' AS subscription, NULL AS opt_in_ip, b.type::TEXT AS bounce,
                    (EXTRACT(EPOCH FROM b.created_at) * 1000)::BIGINT AS bounced_at,
                    (EXTRACT(EPOCH FROM s.created_at) * 1000)::BIGINT AS created_at,
                    (EXTRACT(EPOCH FROM s.updated_at) * 1000)::BIGINT AS updated_at,
                    NULL::BIGINT AS joined_at, NULL::BIGINT AS moved_at
             FROM subscribers s
             LEFT JOIN LATERAL (
                 SELECT type, created_at FROM bounces
                 WHERE subscriber_id = s.id AND type IN ('hard', 'complaint')
                 ORDER BY type = 'complaint' DESC, created_at DESC LIMIT 1
             ) b ON TRUE
             WHERE NOT EXISTS (SELECT 1 FROM subscriber_lists m WHERE m.subscriber_id = s.id)
                 AND (s.status <> 'enabled' OR b.type IS NOT NULL)
                 AND s.id > $1 ORDER BY s.id LIMIT $2",
        );
        let members = members.bind(after).bind(SLICE);
        Ok(members.fetch_all(&mut self.connection).await?)
    }

    /// The number of subscribers on no list.
    pub async fn on_no_list(&mut self) -> Result<i64> {
        let count = sqlx::query_scalar(
            "SELECT COUNT(*) FROM subscribers s
             WHERE NOT EXISTS (SELECT 1 FROM subscriber_lists m WHERE m.subscriber_id = s.id)",
        );
        Ok(count.fetch_one(&mut self.connection).await?)
    }

    /// Campaigns that were sent or are in the public archive, after the one with the id
    /// `after`; none at the end. Only those of the archive if `only_archived`.
    pub async fn campaigns(
        &mut self,
        after: i32,
        only_archived: bool,
    ) -> Result<Vec<ListmonkCampaign>> {
        let campaigns = sqlx::query_as(
            "SELECT id, uuid::TEXT AS uuid, subject, body, content_type::TEXT AS content_type,
                    COALESCE(tags::TEXT[], '{}') AS tags, status::TEXT AS status,
                    archive AS is_archived, COALESCE(archive_slug, '') AS archive_slug,
                    (EXTRACT(EPOCH FROM COALESCE(started_at, created_at)) * 1000)::BIGINT AS sent_at
             FROM campaigns
             WHERE id > $1 AND (archive OR (NOT $2 AND status = 'finished' AND type = 'regular'))
             ORDER BY id LIMIT $3",
        );
        let campaigns = campaigns.bind(after).bind(only_archived).bind(CAMPAIGNS);
        Ok(campaigns.fetch_all(&mut self.connection).await?)
    }

    /// Where it is: the setting for its address.
    pub async fn root_url(&mut self) -> Result<Option<String>> {
        let value =
            sqlx::query_scalar("SELECT value #>> '{}' FROM settings WHERE key = 'app.root_url'");
        let value: Option<Option<String>> = value.fetch_optional(&mut self.connection).await?;
        Ok(value.flatten())
    }
}
