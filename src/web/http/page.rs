//! Rendering a template as an HTML response.

use askama::Template;
use axum::response::Html;

use super::error::HttpError;

/// Renders a page.
pub fn render_page(template: &impl Template) -> Result<Html<String>, HttpError> {
    Ok(Html(template.render()?))
}
