//! Importing posts of other systems.

use axum::Json;
use axum::extract::{DefaultBodyLimit, FromRequest, Multipart, Request, State};

use crate::model::post_import::{PostSystem, PublishAs};
use crate::post_import::run::{self, Run};
use crate::post_import::{Balance, SIZE_LIMIT, read};
use crate::text::line::Title;
use crate::text::locale::Language;
use crate::web::api::bearer::Caller;
use crate::web::api::request::field;
use crate::web::http::error::HttpError;
use crate::web::http::{post_import_fields, upload};
use crate::web::state::Web;

/// The parts of the body around the file.
const ENVELOPE: usize = 1024 * 1024;

/// The parts of the body.
#[derive(utoipa::ToSchema)]
#[expect(dead_code, reason = "describes the parts, which are read one by one")]
pub struct PostImportUpload {
    /// The file.
    #[schema(value_type = String, format = Binary)]
    file: Vec<u8>,
    /// Whose file it is. Recognised if left out.
    #[schema(required = false)]
    system: PostSystem,
    /// Whether nothing is written, and the answer says what would be. Default: `false`.
    #[schema(required = false)]
    dry_run: bool,
    /// Which posts are on the site. Default: `original`.
    #[schema(required = false)]
    publish: PublishAs,
    /// Whether posts are published, too, that not everybody could read: those for members or
    /// for those who paid, and those that were only emailed. Default: `false`, drafts.
    #[schema(required = false)]
    publish_restricted: bool,
    /// Whether posts that were imported before and not edited since are replaced. Default:
    /// `false`.
    #[schema(required = false)]
    update: bool,
    /// Whether pages are imported as posts. Default: `false`.
    #[schema(required = false)]
    pages: bool,
    /// Whether pictures are fetched into the site's media. Default: `false`, they stay links.
    #[schema(required = false)]
    pictures: bool,
    /// The language of the posts. Default: the site's.
    #[schema(required = false)]
    language: Language,
    /// The category of all posts. Default: the first tag of each.
    #[schema(required = false)]
    category: Title,
    /// The byline of all posts. Default: that of the file.
    #[schema(required = false)]
    author: Title,
    /// Where the former site was, such as `https://blog.example.org`: for addresses that the
    /// file has without a host.
    #[schema(required = false)]
    former_url: String,
}

/// Import posts of another system
///
/// The JSON export of Ghost, the ZIP archive of Substack, the ZIP archive or JSON of emails of
/// Buttondown, or the table of posts of beehiiv. Posts keep their dates, and their former paths
/// redirect to them once they are published. Posts that were imported before are passed over.
/// Nothing is emailed.
#[utoipa::path(post, path = "/posts/import", tag = "content", security(("bearer" = [])),
    request_body(content = PostImportUpload, content_type = "multipart/form-data"),
    responses((status = 200, body = Balance),
              (status = 413, description = "The file is too large, or unpacks to too much"),
              (status = 415, description = "The file is none of posts"),
              (status = 422, description = "The file cannot be read")))]
pub async fn import(
    caller: Caller,
    State(web): State<Web>,
    mut request: Request,
) -> Result<Json<Balance>, HttpError> {
    DefaultBodyLimit::max(SIZE_LIMIT.saturating_add(ENVELOPE)).apply(&mut request);
    let parts = Multipart::from_request(request, &web).await;
    let parts = parts.map_err(|error| HttpError::BadRequest(error.body_text()))?;
    let (file, fields) = upload::read_one(parts, SIZE_LIMIT).await?;
    let pairs = fields.iter().map(|(name, value)| (&**name, &**value));
    let fields = post_import_fields::parse(pairs)?;
    let file = file.ok_or_else(|| field("file")(&"is missing"))?;
    let now = web.cx.clock.now();
    let (_, found) = read::read(file.content, fields.system, now).await?;
    let run = Run {
        is_dry: fields.is_dry_run,
        since: now,
    };
    let by = caller.actor();
    let options = &fields.options;
    let balance = run::run(&web.cx, &by, found, options, run, &mut |_| ()).await?;
    Ok(Json(balance))
}
