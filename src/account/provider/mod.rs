//! Sign-in by the OpenID Connect provider of an organisation.
//!
//! A sign-in leaves for the provider by [`begin`] and comes back by [`finish`], once, to the
//! browser that began it. What the provider says is verified by `protocol`, and `decision`
//! decides whom that lets in.

use std::time::Duration;

use url::Url;

use self::claims::{Account, GivenRole};
use self::decision::{Candidate, Decision, Invited, Policy, admitted, decide};
use self::error::one_line;
use self::protocol::{Proof, Provider};
use super::audit;
use super::change_notice::notify;
use super::credentials::{self, Next};
use super::secret::Secret;
use super::session::{self, Browser, SESSION_IDLE};
use crate::address::EmailAddress;
use crate::config::Config;
use crate::context::Context;
use crate::model::UserId;
use crate::model::audit::{Actor, AuditAccess, AuditAction};
use crate::model::user::{CredentialChange, DisabledBy};
use crate::store::accounts::{self, User};
use crate::store::identities::{self, Begun, Identity, NewSignIn};
use crate::store::{self, Db, invitations, users};
use crate::token::Purpose;

mod claims;
mod decision;
mod error;
mod protocol;

pub use error::{ProviderError, Refusal};
pub use protocol::CALLBACK;

type Result<T> = std::result::Result<T, ProviderError>;

/// How long a person may take at the provider.
const SIGN_IN_LIFETIME: Duration = Duration::from_secs(15 * 60);

/// A sign-in that leaves for the provider.
pub struct Departing {
    /// Where the browser goes.
    pub url: Url,
    /// What the browser keeps until it comes back.
    pub browser: Secret,
}

/// What comes back from the provider, by the browser.
#[derive(Debug, Clone, Default, serde::Deserialize)]
pub struct Return {
    #[serde(default)]
    state: String,
    #[serde(default)]
    code: String,
    #[serde(default)]
    error: String,
    #[serde(default)]
    error_description: String,
    /// RFC 9207.
    #[serde(default)]
    iss: String,
}

/// What has come of it.
pub enum Arrival {
    SignedIn(Next),
    /// The account is linked to the user who is signed in.
    Linked,
}

/// Begins a sign-in, or the linking of an account to a user who is signed in.
///
/// # Errors
/// [`ProviderError`] where the provider cannot be used.
pub async fn begin(cx: &Context, link_to: Option<UserId>) -> Result<Departing> {
    let config = cx.config();
    let provider = Provider::discover(&config).await;
    let provider = provider.inspect_err(|error| {
        tracing::error!(%error, "nobody can sign in by the provider");
    })?;
    let departure = provider.depart(&config.oidc_scopes);
    let proof = serde_json::to_vec(&departure.proof).unwrap_or_default();
    let browser = Secret::generate("");
    let new = NewSignIn {
        digest: Secret::given(&departure.state).digest(),
        browser: browser.digest(),
        secrets: &cx.keys.encrypt(Purpose::ProviderSignIn, &proof),
        issuer: issuer_of(&config)?,
        user: link_to,
        expires_at: cx.clock.now().after(SIGN_IN_LIFETIME),
    };
    let mut db = cx.store.write().await?;
    identities::begin(&mut db, &new).await?;
    db.commit().await?;
    Ok(Departing {
        url: departure.url,
        browser,
    })
}

/// Takes what comes back from the provider to the browser that holds `kept`. A failure is in
/// the log and, unless nobody has begun such a sign-in, in the audit log.
///
/// # Errors
/// [`ProviderError`] says why nobody is signed in.
pub async fn finish(
    cx: &Context,
    back: Return,
    kept: Option<&Secret>,
    browser: &Browser,
) -> Result<Arrival> {
    let mut who = Actor::System;
    let done = arrive(cx, back, kept, browser, &mut who).await;
    if let Err(error) = &done {
        note_failure(cx, error, &who, &browser.network).await;
    }
    done
}

async fn note_failure(cx: &Context, error: &ProviderError, who: &Actor, network: &str) {
    tracing::warn!(network, %error, "a sign-in by the provider failed");
    metrics::counter!("sign_ins_failed_total").increment(1);
    // Anybody can send what nobody has begun.
    if matches!(error, ProviderError::Expired | ProviderError::Store(_)) {
        return;
    }
    let subject = format!("provider from {network}: {error}");
    let noted = audit::record_access(cx, who, AuditAccess::SignInFailed, subject).await;
    if let Err(error) = noted {
        tracing::error!(%error, "a failed sign-in could not be recorded");
    }
}

fn issuer_of(config: &Config) -> Result<&str> {
    let issuer = config
        .oidc_issuer
        .as_ref()
        .filter(|_| config.has_provider());
    issuer
        .map(|issuer| issuer.as_str())
        .ok_or(ProviderError::NotConfigured)
}

async fn arrive(
    cx: &Context,
    back: Return,
    kept: Option<&Secret>,
    browser: &Browser,
    who: &mut Actor,
) -> Result<Arrival> {
    let kept = kept.ok_or(ProviderError::Expired)?;
    let begun = take(cx, &back.state, kept).await?;
    let begun = begun.ok_or(ProviderError::Expired)?;
    let config = cx.config();
    let issuer = issuer_of(&config)?;
    // The settings have changed meanwhile.
    if begun.issuer != issuer {
        return Err(ProviderError::Expired);
    }
    if !back.iss.is_empty() && back.iss != issuer {
        let problem = format!("the answer is of another issuer: {}", one_line(&back.iss));
        return Err(ProviderError::Invalid(problem));
    }
    if !back.error.is_empty() {
        let words = one_line(&format!("{} {}", back.error, back.error_description));
        return Err(ProviderError::Declined(words));
    }
    if back.code.is_empty() {
        let problem = "the answer has no code".to_owned();
        return Err(ProviderError::Invalid(problem));
    }
    let proof = cx
        .keys
        .decrypt(Purpose::ProviderSignIn, &begun.secrets)
        .ok();
    let proof = proof.and_then(|text| serde_json::from_slice::<Proof>(&text).ok());
    let proof = proof.ok_or(ProviderError::Expired)?;
    let provider = Provider::discover(&config).await?;
    let now = cx.clock.now();
    let account = provider.redeem(&config, back.code, proof, now).await?;
    match begun.user_id {
        Some(user) => link(cx, &config, &account, user, browser, who).await,
        None => sign_in(cx, &config, &account, browser, who).await,
    }
}

async fn take(cx: &Context, state: &str, kept: &Secret) -> Result<Option<Begun>> {
    let (state, kept) = (Secret::given(state).digest(), kept.digest());
    let mut db = cx.store.write().await?;
    let begun = identities::take(&mut db, &state, &kept, cx.clock.now()).await?;
    db.commit().await?;
    Ok(begun)
}

fn policy(config: &Config) -> Policy {
    Policy {
        domains: config.oidc_domains.clone(),
        creates_users: config.creates_users(),
        links_by_email: config.oidc_link_by_email,
    }
}

async fn sign_in(
    cx: &Context,
    config: &Config,
    account: &Account,
    browser: &Browser,
    who: &mut Actor,
) -> Result<Arrival> {
    let mut db = cx.store.write().await?;
    let known = identities::of_account(&mut db, &account.issuer, &account.subject).await?;
    let linked = match known {
        Some(identity) => Some(candidate(cx, &mut db, account, identity.user_id).await?),
        None => None,
    };
    let found = match (&linked, &account.verified_email) {
        (None, Some(email)) => accounts::user_by_email(&mut db, email).await?,
        _ => None,
    };
    let by_email = match found {
        Some(user) => Some(candidate(cx, &mut db, account, user.id).await?),
        None => None,
    };
    if let Some(user) = linked.as_ref().or(by_email.as_ref())
        && let Some(email) = users::email(&mut db, user.id).await?
    {
        *who = Actor::User(email);
    }
    let decision = decide(&policy(config), account, linked.as_ref(), by_email.as_ref());
    let user = match decision {
        Decision::Refuse(refusal) => return Err(ProviderError::Refused(refusal)),
        Decision::ShutOut(user) => {
            shut_out(cx, &mut db, user).await?;
            db.commit().await?;
            return Err(ProviderError::Refused(Refusal::NoRole));
        }
        Decision::SignIn(user) => {
            let_in(cx, &mut db, user).await?;
            let key = (account.issuer.as_str(), account.subject.as_str());
            let email = email_of(account)?.as_str();
            identities::see(&mut db, key, email, cx.clock.now()).await?;
            user
        }
        Decision::Link(user) => {
            link_account(cx, &mut db, account, user).await?;
            user
        }
        Decision::Create(role) => {
            let (email, now) = (email_of(account)?, cx.clock.now());
            let user = accounts::upsert_user(&mut db, email, role, now).await?;
            let subject = format!("{email} {role}, by the provider");
            let action = AuditAction::UserAdd;
            audit::record(&mut db, &Actor::System, action, subject, now).await?;
            *who = Actor::User(email.clone());
            link_account(cx, &mut db, account, user.id).await?;
            user.id
        }
    };
    give_role(cx, &mut db, account, user).await?;
    let found = store::credentials::of_user(&mut db, user).await?;
    let found = found.ok_or(ProviderError::Refused(Refusal::Disabled))?;
    let next = if config.oidc_has_second_factor {
        Next::SignedIn(session::begin(cx, &mut db, user, browser).await?)
    } else {
        credentials::next(cx, &mut db, &found, browser).await?
    };
    db.commit().await?;
    Ok(Arrival::SignedIn(next))
}

fn email_of(account: &Account) -> Result<&EmailAddress> {
    let email = account.verified_email.as_ref();
    email.ok_or(ProviderError::Refused(Refusal::Unverified))
}

async fn candidate(cx: &Context, db: &mut Db, account: &Account, id: UserId) -> Result<Candidate> {
    let invitation = match invitations::of_user(db, id).await? {
        None => Invited::No,
        Some(invitation) if invitation.expires_at > cx.clock.now() => Invited::Open,
        Some(_) => Invited::Expired,
    };
    let at_issuer = identities::of_user(db, &account.issuer, id).await?;
    Ok(Candidate {
        id,
        disabled_by: users::disabled_by(db, id).await?,
        invitation,
        has_account: at_issuer.is_some(),
    })
}

/// Ends the access of a user without a role. The last owner stays one, and can sign in by
/// password or link.
async fn shut_out(cx: &Context, db: &mut Db, user: UserId) -> Result<()> {
    if users::disable(db, user, DisabledBy::Provider).await? {
        store::credentials::end_sessions(db, user, None).await?;
        store::credentials::end_sign_in_links(db, user).await?;
        let subject = format!(
            "{}, without a role at the provider",
            name_of(db, user).await?
        );
        let (by, action) = (Actor::System, AuditAction::UserDisable);
        audit::record(db, &by, action, subject, cx.clock.now()).await?;
    }
    Ok(())
}

/// Undoes [`shut_out`].
async fn let_in(cx: &Context, db: &mut Db, user: UserId) -> Result<()> {
    if users::enable(db, user).await? {
        let subject = format!("{}, by the provider", name_of(db, user).await?);
        let (by, action) = (Actor::System, AuditAction::UserEnable);
        audit::record(db, &by, action, subject, cx.clock.now()).await?;
    }
    Ok(())
}

async fn name_of(db: &mut Db, user: UserId) -> Result<String> {
    let email = users::email(db, user).await?;
    Ok(email.map_or_else(String::new, String::from))
}

/// Sets the role that the provider gives. The last owner keeps theirs.
async fn give_role(cx: &Context, db: &mut Db, account: &Account, user: UserId) -> Result<()> {
    let GivenRole::Role(role) = account.role else {
        return Ok(());
    };
    let found = store::credentials::of_user(db, user).await?;
    if found.is_none_or(|found| found.role == role) {
        return Ok(());
    }
    let email = name_of(db, user).await?;
    if users::set_role(db, user, role).await? {
        let subject = format!("{email} {role}, by the provider");
        let (by, action) = (Actor::System, AuditAction::UserRole);
        audit::record(db, &by, action, subject, cx.clock.now()).await?;
    } else {
        tracing::warn!(email, %role, "the provider gives the last owner another role");
    }
    Ok(())
}

/// Links an account to a user, who is told by mail.
async fn link_account(cx: &Context, db: &mut Db, account: &Account, user: UserId) -> Result<()> {
    let key = (account.issuer.as_str(), account.subject.as_str());
    let (theirs, now) = (email_of(account)?, cx.clock.now());
    if !identities::insert(db, key, user, theirs.as_str(), now).await? {
        return Err(ProviderError::Refused(Refusal::OtherAccount));
    }
    let Some(email) = users::email(db, user).await? else {
        return Ok(());
    };
    notify(cx, db, &email, CredentialChange::ProviderLinked).await?;
    let subject = format!("{email}: {theirs} at {}", account.issuer);
    let action = AuditAction::AccountProviderLink;
    audit::record(db, &Actor::User(email), action, subject, now).await?;
    Ok(())
}

/// Links an account to the user who began this, and is still signed in.
async fn link(
    cx: &Context,
    config: &Config,
    account: &Account,
    user: UserId,
    browser: &Browser,
    who: &mut Actor,
) -> Result<Arrival> {
    let session = browser.session.as_ref().ok_or(ProviderError::Expired)?;
    let now = cx.clock.now();
    let mut db = cx.store.write().await?;
    let idle_since = now.before(SESSION_IDLE);
    let present = accounts::user_of_session(&mut db, &session.digest(), now, idle_since).await?;
    let present = present.filter(|present| present.id == user);
    *who = Actor::User(present.ok_or(ProviderError::Expired)?.email);
    admitted(&policy(config), account).map_err(ProviderError::Refused)?;
    if account.role == GivenRole::None {
        return Err(ProviderError::Refused(Refusal::NoRole));
    }
    match identities::of_account(&mut db, &account.issuer, &account.subject).await? {
        Some(identity) if identity.user_id == user => {}
        Some(_) => return Err(ProviderError::Refused(Refusal::Taken)),
        None => link_account(cx, &mut db, account, user).await?,
    }
    db.commit().await?;
    cx.mail_queued.notify_waiters();
    Ok(Arrival::Linked)
}

/// The account at the provider that a user has linked.
pub async fn linked(cx: &Context, user: UserId) -> store::Result<Option<Identity>> {
    match &cx.config().oidc_issuer {
        Some(issuer) => {
            let mut db = cx.store.read().await?;
            identities::of_user(&mut db, issuer.as_str(), user).await
        }
        None => Ok(None),
    }
}

/// Takes the links of a user away, who is told by mail; `false` where they could not sign in
/// any more.
pub async fn unlink(cx: &Context, user: &User) -> store::Result<bool> {
    if !cx.config().allows_local_sign_in(user.role) {
        return Ok(false);
    }
    let mut db = cx.store.write().await?;
    if identities::delete(&mut db, user.id).await? > 0 {
        notify(cx, &mut db, &user.email, CredentialChange::ProviderUnlinked).await?;
        let by = Actor::User(user.email.clone());
        let (action, now) = (AuditAction::AccountProviderUnlink, cx.clock.now());
        audit::record(&mut db, &by, action, &user.email, now).await?;
    }
    db.commit().await?;
    cx.mail_queued.notify_waiters();
    Ok(true)
}

/// Fetches the provider's metadata and keys, and returns how many keys it has.
///
/// # Errors
/// [`ProviderError`] says why nobody could sign in by it.
pub async fn check(config: &Config) -> Result<usize> {
    match Provider::discover(config).await?.keys() {
        0 => {
            let problem = "it has no keys to sign with".to_owned();
            Err(ProviderError::Unavailable(problem))
        }
        keys => Ok(keys),
    }
}
