//! Click counts of a campaign's links, for lists that enable them: how
//! often, and never by whom. Every recipient gets the same links.

use super::Result;
use super::preflight::links::web_address;
use crate::context::Context;
use crate::model::CampaignId;
use crate::store::campaign_renderings::Rendering;
use crate::store::reports::LinkRow;
use crate::store::{Db, lists, reports};
use crate::token::Token;

/// Whether a campaign's clicks are counted: all its lists must enable it.
pub async fn are_counted(db: &mut Db, id: CampaignId) -> Result<bool> {
    let lists = lists::of_campaign(db, id).await?;
    Ok(!lists.is_empty() && lists.iter().all(|list| list.options.counts_clicks))
}

/// Replaces the links of renderings by counting redirects, and stores their URLs.
pub async fn count(
    cx: &Context,
    db: &mut Db,
    id: CampaignId,
    renderings: &mut [Rendering],
) -> Result<()> {
    let site_url = cx.config().public_url();
    let mut urls = Vec::new();
    for rendering in renderings.iter_mut() {
        rendering.html = rewritten(&rendering.html, &mut urls, |number| {
            let token = Token::Link {
                campaign: id.0,
                number,
            };
            format!("{site_url}/l/{}", cx.keys.sign(&token))
        });
    }
    for (number, url) in (1..).zip(&urls) {
        reports::insert_link(db, id, number, url).await?;
    }
    Ok(())
}

/// HTML with each link that is the same for all recipients replaced by that of its
/// number; the URLs are added to `urls`, each once.
fn rewritten(html: &str, urls: &mut Vec<String>, link: impl Fn(i64) -> String) -> String {
    const START: &str = "href=\"";
    let mut out = String::with_capacity(html.len());
    let mut rest = html;
    while let Some(at) = rest.find(START) {
        let (before, after) = rest.split_at(at + START.len());
        out.push_str(before);
        let length = after.find('"').unwrap_or(after.len());
        let (address, tail) = after.split_at(length);
        // What mail clients load by themselves, such as fonts, is not a click.
        let is_fetched = before
            .rfind('<')
            .and_then(|open| before.get(open + 1..open + 5))
            .is_some_and(|name| name.eq_ignore_ascii_case("link"));
        match web_address(address).filter(|_| !is_fetched) {
            Some(address) => {
                let known = urls.iter().position(|url| *url == address);
                let index = known.unwrap_or_else(|| {
                    urls.push(address);
                    urls.len() - 1
                });
                out.push_str(&link(index as i64 + 1));
            }
            None => out.push_str(address),
        }
        rest = tail;
    }
    out.push_str(rest);
    out
}

/// The URL of a campaign's link; counts the click.
pub async fn follow(
    cx: &Context,
    id: CampaignId,
    number: i64,
    is_followed: bool,
) -> Result<Option<String>> {
    let url = reports::link(&mut cx.store.read().await?, id, number).await?;
    if url.is_some() && is_followed {
        let mut db = cx.store.write().await?;
        reports::count_click(&mut db, id, number).await?;
        db.commit().await?;
    }
    Ok(url)
}

/// The links of a campaign and their clicks.
pub async fn of_campaign(cx: &Context, id: CampaignId) -> Result<Vec<LinkRow>> {
    Ok(reports::links(&mut cx.store.read().await?, id).await?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_are_numbered_once_and_personal_ones_stay() {
        let mut urls = Vec::new();
        let html = "<a href=\"https://a.kz/?b=1&amp;c=2\">x</a><a class=\"y\" href=\"http://b.kz\">\
            <a href=\"\u{E000} unsubscribe_url \u{E001}\"><a href=\"mailto:a@b.kz\">\
            <link rel=\"stylesheet\" href=\"https://fonts.example/a.css\">\
            <a href=\"https://a.kz/?b=1&amp;c=2\">";
        let out = rewritten(html, &mut urls, |number| format!("/l/{number}"));
        assert_eq!(
            out,
            "<a href=\"/l/1\">x</a><a class=\"y\" href=\"/l/2\">\
            <a href=\"\u{E000} unsubscribe_url \u{E001}\"><a href=\"mailto:a@b.kz\">\
            <link rel=\"stylesheet\" href=\"https://fonts.example/a.css\"><a href=\"/l/1\">"
        );
        assert_eq!(urls, ["https://a.kz/?b=1&c=2", "http://b.kz"]);
    }
}
