//! What an API token may do.

use std::fmt;
use std::str::FromStr;
use strum::VariantArray as _;

use super::string_enum::{UnknownValue, string_enum};

string_enum! {
    /// A family of API calls that a token can be limited to.
    pub enum Resource {
        /// Lists, and how they grow.
        Lists,
        /// Subscribers, subscriptions, tags, segments and imports.
        Subscribers,
        /// Suppressed addresses, and returned emails that a user has to review.
        Suppressions,
        /// Posts.
        Posts,
        /// Events.
        Events,
        /// Uploaded files.
        Media,
        /// Campaigns, their reports and deliveries, and series.
        Campaigns,
        /// Mail designs, and templates of transactional email.
        Layouts,
        /// Text overrides.
        Texts,
        /// Mail that another program asks for.
        Transactional,
        /// Webhooks.
        Webhooks,
        /// Settings of the installation.
        Settings,
        /// What the token's user is notified of.
        Notifications,
    }
}

impl Resource {
    /// The resource of an API path, with or without `/api/v1` before it, or `/api` where the
    /// call is in listmonk's form. A path
    /// without one is open to unlimited tokens alone, so that a new call is
    /// closed until somebody decides what it belongs to.
    pub fn of_path(path: &str) -> Option<Self> {
        let own = path.strip_prefix("/api/v1");
        let path = own.or(path.strip_prefix("/api")).unwrap_or(path);
        match path.trim_start_matches('/').split('/').next()? {
            "lists" | "growth" => Some(Self::Lists),
            "subscribers" | "subscriptions" | "segments" | "tags" | "imports" => {
                Some(Self::Subscribers)
            }
            "suppressions" | "set-aside" => Some(Self::Suppressions),
            "posts" | "snippets" | "feeds" => Some(Self::Posts),
            "events" => Some(Self::Events),
            "media" => Some(Self::Media),
            "campaigns" | "campaign-templates" | "recurring-campaigns" | "series" => {
                Some(Self::Campaigns)
            }
            "layouts" | "templates" | "email-templates" => Some(Self::Layouts),
            "texts" => Some(Self::Texts),
            "transactional" | "tx" => Some(Self::Transactional),
            "webhooks" => Some(Self::Webhooks),
            "settings" | "site" | "system-check" => Some(Self::Settings),
            "notifications" => Some(Self::Notifications),
            _ => None,
        }
    }
}

/// What a call does with a resource.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Access {
    /// It looks.
    Read,
    /// It changes something. Includes reading.
    Write,
}

/// One thing that an API token may do, within its user's role.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Scope {
    /// Whatever its user may.
    All,
    /// Read everything, change nothing.
    Read,
    /// Calls of one resource: `campaigns:write`.
    Of(Resource, Access),
}

impl Scope {
    /// Every scope, in the order in which pages list them.
    pub fn every() -> impl Iterator<Item = Self> {
        let by_resource = Resource::VARIANTS.iter().copied().flat_map(|resource| {
            let accesses: &[Access] = match resource {
                // There is nothing to read.
                Resource::Transactional => &[Access::Write],
                _ => &[Access::Read, Access::Write],
            };
            accesses
                .iter()
                .map(move |access| Self::Of(resource, *access))
        });
        [Self::All, Self::Read].into_iter().chain(by_resource)
    }

    /// Whether it opens a call. A call of no resource is open to `all`, and to
    /// `read` where it only looks.
    pub fn permits(self, resource: Option<Resource>, access: Access) -> bool {
        match self {
            Self::All => true,
            Self::Read => access == Access::Read,
            Self::Of(own, may) => Some(own) == resource && access <= may,
        }
    }
}

impl fmt::Display for Scope {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::All => f.write_str("all"),
            Self::Read => f.write_str("read"),
            Self::Of(Resource::Transactional, _) => f.write_str("transactional:send"),
            Self::Of(resource, Access::Read) => write!(f, "{resource}:read"),
            Self::Of(resource, Access::Write) => write!(f, "{resource}:write"),
        }
    }
}

impl FromStr for Scope {
    type Err = UnknownValue;

    /// Reads a scope; a resource alone (`media`) means reading and writing it.
    fn from_str(text: &str) -> Result<Self, UnknownValue> {
        let text = text.trim();
        let whole = text.parse::<Resource>().ok();
        whole
            .map(|resource| Self::Of(resource, Access::Write))
            .or_else(|| Self::every().find(|scope| scope.to_string() == text))
            .ok_or_else(|| {
                UnknownValue::new(
                    text,
                    "all read, and of lists subscribers suppressions posts events media \
                        campaigns layouts texts webhooks settings notifications each :read or :write, transactional:send"
                        .to_owned(),
                )
            })
    }
}

/// What an API token may do: one scope or several, never none.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Scopes(Vec<Scope>);

/// A token that may do nothing is a mistake.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("choose at least one permission")]
pub struct NoScope;

impl Scopes {
    /// A set of scopes.
    ///
    /// # Errors
    /// [`NoScope`] where there is none.
    pub fn new(scopes: impl IntoIterator<Item = Scope>) -> Result<Self, NoScope> {
        let mut kept: Vec<Scope> = Vec::new();
        for scope in scopes {
            if !kept.contains(&scope) {
                kept.push(scope);
            }
        }
        if kept.is_empty() {
            Err(NoScope)
        } else {
            Ok(Self(kept))
        }
    }

    /// Whether any of them opens a call.
    pub fn permit(&self, resource: Option<Resource>, access: Access) -> bool {
        self.0.iter().any(|scope| scope.permits(resource, access))
    }

    /// Whether none of them changes anything.
    pub fn only_read(&self) -> bool {
        let reads = |scope: &Scope| matches!(scope, Scope::Read | Scope::Of(_, Access::Read));
        self.0.iter().all(reads)
    }

    /// Each of them.
    pub fn iter(&self) -> impl Iterator<Item = Scope> {
        self.0.iter().copied()
    }
}

impl From<Scope> for Scopes {
    fn from(scope: Scope) -> Self {
        Self(vec![scope])
    }
}

impl fmt::Display for Scopes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let words: Vec<String> = self.0.iter().map(Scope::to_string).collect();
        f.write_str(&words.join(" "))
    }
}

/// Why a text is not a list of scopes.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ScopeError {
    /// One of them means nothing.
    #[error(transparent)]
    Unknown(#[from] UnknownValue),
    /// There is none.
    #[error(transparent)]
    None(#[from] NoScope),
}

impl FromStr for Scopes {
    type Err = ScopeError;

    /// Reads scopes with spaces or commas between them.
    fn from_str(text: &str) -> Result<Self, ScopeError> {
        let words = text
            .split([' ', ','])
            .map(str::trim)
            .filter(|word| !word.is_empty());
        let scopes: Vec<Scope> = words.map(str::parse).collect::<Result<_, UnknownValue>>()?;
        Ok(Self::new(scopes)?)
    }
}

impl TryFrom<String> for Scopes {
    type Error = ScopeError;

    fn try_from(text: String) -> Result<Self, ScopeError> {
        text.parse()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_scope_is_read_as_it_is_written() {
        for scope in Scope::every() {
            assert_eq!(scope.to_string().parse::<Scope>(), Ok(scope));
        }
        let media = Scope::Of(Resource::Media, Access::Write);
        assert_eq!("media".parse::<Scope>(), Ok(media));
        for wrong in ["", "everything", "media:send", "transactional:read", "ALL"] {
            assert!(wrong.parse::<Scope>().is_err(), "{wrong}");
        }
        assert!(" , ".parse::<Scopes>().is_err());
    }

    #[test]
    fn a_limited_token_reaches_its_own_resource_alone() {
        let may = |scopes: &str, path: &str, access| {
            let scopes: Scopes = scopes.parse().unwrap();
            scopes.permit(Resource::of_path(path), access)
        };
        use Access::{Read, Write};
        for (scopes, path, access, expected) in [
            ("all", "/api/v1/webhooks/7", Write, true),
            ("all", "/api/v1/anything-new", Write, true),
            ("read", "/api/v1/anything-new", Read, true),
            ("read", "/api/v1/lists", Write, false),
            ("lists:read", "/lists/news", Read, true),
            ("lists:read", "/lists", Write, false),
            ("lists:write", "/lists", Read, true),
            ("lists:write", "/listsandmore", Read, false),
            ("subscribers:write", "/api/v1/subscriptions", Write, true),
            ("subscribers:write", "/api/v1/suppressions", Read, false),
            ("subscribers:write", "/api/v1/anything-new", Read, false),
            ("transactional:send", "/api/v1/transactional", Write, true),
            ("transactional:send", "/api/v1/campaigns", Read, false),
            ("transactional:send", "/api/tx", Write, true),
            ("lists:write", "/api/lists/7", Write, true),
            ("lists:write", "/api/subscribers/lists", Write, false),
            ("posts:read,media:write", "/api/v1/media", Write, true),
            ("posts:read media:write", "/api/v1/posts", Write, false),
        ] {
            assert_eq!(
                may(scopes, path, access),
                expected,
                "{scopes} {path} {access:?}"
            );
        }
    }
}
