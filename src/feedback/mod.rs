//! Feedback: what comes back after mail went out, and whether it is welcome.
//!
//! Owns bounces, complaints, wishes to leave and answers that come by mail or
//! by a provider's webhook, the checks of a sending domain, and the webhooks
//! that tell other programs. Never knows HTTP.

pub mod reading;
