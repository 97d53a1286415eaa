//! Saved views of the table of subscribers, by their names.

use super::{Group, Item};
use crate::audience::subscriber_views;
use crate::finder::likeness::Wanted;
use crate::web::admin::subscriber_filter::view_path;
use crate::web::admin::viewer::Viewer;
use crate::web::http::error::HttpError;
use crate::web::state::Web;

/// Up to `limit` views that the user sees.
pub async fn find(
    web: &Web,
    viewer: &Viewer,
    wanted: &Wanted,
    limit: usize,
) -> Result<Group, HttpError> {
    let views = subscriber_views::seen_by(&web.cx, viewer.user.id).await?;
    let mut found: Vec<(u32, Item)> = Vec::new();
    for view in views {
        if let Some(distance) = wanted.distance(&view.name) {
            let item = Item {
                path: view_path(&view),
                title: view.name,
                detail: viewer.t("admin-nav-subscribers"),
                link: None,
            };
            found.push((distance, item));
        }
    }
    Ok(Group::best(
        viewer.t("admin-subscribers-views"),
        found,
        limit,
    ))
}
