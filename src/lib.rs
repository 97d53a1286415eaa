//! Jarshy, a newsletter mailing-list manager.
