//! What every page and call shares: errors and their rendering, forms and
//! uploads, protection against forged and excessive requests, headers, byte
//! ranges, and the server itself.

pub mod base_path;
pub(in crate::web) mod byte_range;
pub(in crate::web) mod cors;
pub(in crate::web) mod csrf;
pub(in crate::web) mod error;
pub(in crate::web) mod etag;
pub(in crate::web) mod form;
pub(in crate::web) mod join_origin;
pub(in crate::web) mod layers;
pub(in crate::web) mod mangled_links;
pub(in crate::web) mod page;
pub(in crate::web) mod proof_of_work;
pub mod rate_limits;
pub(in crate::web) mod security_headers;
pub mod server;
pub(in crate::web) mod upload;
