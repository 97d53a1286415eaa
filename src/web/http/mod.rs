//! What every page and call shares: errors and their rendering, forms and
//! uploads, protection against forged and excessive requests, headers, byte
//! ranges, and the server itself.

pub(super) mod attachment;
pub mod base_path;
pub(super) mod byte_range;
pub(super) mod cors;
pub(super) mod csrf;
pub(super) mod error;
pub(super) mod error_response;
pub(super) mod etag;
pub(super) mod form;
pub(super) mod https_redirect;
pub(super) mod join_origin;
pub(super) mod layers;
pub(super) mod mangled_links;
pub(super) mod page;
pub(super) mod path;
pub(super) mod post_import_fields;
pub(super) mod problem;
pub(super) mod proof_of_work;
pub mod rate_limits;
pub(super) mod retry;
pub(super) mod security_headers;
pub mod server;
pub(super) mod upload;
