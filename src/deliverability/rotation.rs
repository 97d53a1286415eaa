//! Compares the signing keys of a domain with the DNS, and says what to do about each.

use super::dkim_keys::{self, KeyError, KeyPair, KeyRecord};
use crate::context::Context;
use crate::model::audit::Actor;
use crate::model::signing_key::KeyState;
use crate::text::datetime::Calendar;

use super::check::{Check, Finding};
use super::dns::{Dns, Silent};
use super::records::{is_same_key, tag};

/// Why a pair of keys cannot be activated.
#[derive(Debug, thiserror::Error)]
pub enum ActivateError {
    /// Receivers would find no key, or another one, and trust the email less.
    #[error("{0} does not hold our key yet; publish it first")]
    NotPublished(String),
    /// Unknown.
    #[error(transparent)]
    Silent(#[from] Silent),
    /// The keys' own state.
    #[error(transparent)]
    Key(#[from] KeyError),
}

/// Activates a pair once receivers can verify its signatures; `unseen` skips the DNS. Returns
/// the pairs that were active before.
///
/// # Errors
/// [`ActivateError`]; nothing has changed then.
pub async fn activate(
    cx: &Context,
    by: &Actor,
    dns: &Dns,
    domain: &str,
    selector: &str,
    unseen: bool,
) -> Result<Vec<String>, ActivateError> {
    let pair = dkim_keys::pair(cx, domain, selector).await?;
    let may_sign = matches!(pair.state, KeyState::New | KeyState::Retiring);
    if may_sign && !unseen {
        for record in &pair.records {
            if published(dns, record).await? != Published::Ours {
                return Err(ActivateError::NotPublished(record.name.clone()));
            }
        }
    }
    Ok(dkim_keys::activate(cx, by, domain, selector).await?)
}

/// What the DNS has under the name of a selector.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Published {
    Ours,
    Another,
    Nothing,
}

async fn published(dns: &Dns, record: &KeyRecord) -> Result<Published, Silent> {
    let texts = dns.texts(&record.name).await?;
    // An empty `p=` revokes the key (RFC 6376 §3.6.1).
    let is_key = |text: &String| tag(text, "p").is_some_and(|key| !key.is_empty());
    Ok(
        match texts.iter().any(|text| is_same_key(text, &record.text)) {
            true => Published::Ours,
            false if texts.iter().any(is_key) => Published::Another,
            false => Published::Nothing,
        },
    )
}

/// What to do about each key of a domain.
pub(super) async fn checks(dns: &Dns, pairs: &[KeyPair], calendar: &Calendar) -> Vec<Check> {
    let mut checks = Vec::new();
    if pairs.iter().all(|pair| pair.state != KeyState::Active) {
        // The reader has the admin pages or the command line.
        let advice = match pairs.iter().find(|pair| pair.state == KeyState::New) {
            Some(pair) => format!("publish the keys of {} and activate them", pair.selector),
            None => {
                "create keys under Deliverability, Signing keys, or by jarshy dkim-key".to_owned()
            }
        };
        let unsigned = Check::new("DKIM", Finding::Wrong, "mail of this domain is not signed");
        checks.push(unsigned.advise(advice));
    }
    for pair in pairs {
        for record in &pair.records {
            let check = match published(dns, record).await {
                Err(silent) => Some(Check::new("DKIM", Finding::Wrong, silent.to_string())),
                Ok(published) => check(pair, record, published, calendar),
            };
            checks.extend(check);
        }
    }
    checks
}

fn check(
    pair: &KeyPair,
    record: &KeyRecord,
    published: Published,
    calendar: &Calendar,
) -> Option<Check> {
    let name = &record.name;
    let say = |finding, found: String| Check::new("DKIM", finding, found);
    let missing = |finding| {
        let found = match published {
            Published::Another => "holds another key than ours",
            _ => "is not published",
        };
        say(finding, format!("{name} {found}")).publish(name, "TXT", &record.text)
    };
    Some(match (pair.state, published) {
        (KeyState::Active, Published::Ours) => say(Finding::Good, format!("{name} holds our key")),
        (KeyState::Active, _) => missing(Finding::Wrong).advise("publish our key"),
        (KeyState::New, Published::Ours) => {
            say(Finding::Good, format!("{name} holds our next key")).advise(format!(
                "once every name server has it, activate {}",
                pair.selector
            ))
        }
        (KeyState::New, _) => {
            missing(Finding::Weak).advise(format!("publish it, then activate {}", pair.selector))
        }
        (KeyState::Retiring, Published::Ours) => {
            say(Finding::Good, format!("{name} holds our last key")).advise(format!(
                "keep it published until {}, then retire {}",
                calendar.date(pair.needed_until()),
                pair.selector
            ))
        }
        (KeyState::Retiring, _) => missing(Finding::Weak).advise(format!(
            "mail that it signed is under way until {}; publish it again",
            calendar.date(pair.needed_until())
        )),
        (KeyState::Retired, Published::Nothing) => return None,
        (KeyState::Retired, _) => say(
            Finding::Weak,
            format!("{name} is published, and signs no more"),
        )
        .advise("take the record out of the DNS"),
    })
}
