//! The caught messages: one file per message, as received, with its envelope beside it, and an
//! index in memory that is rebuilt from the files.

use std::collections::VecDeque;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use parking_lot::{Mutex, MutexGuard};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::clock::Timestamp;
use crate::mail::receive::Envelope;

/// Messages that are kept; the oldest are deleted first.
const LIMIT: usize = 20_000;

/// An entry of the index.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Summary {
    pub id: Uuid,
    /// The envelope's sender.
    pub mail_from: String,
    /// The envelope's recipients.
    pub rcpt_to: Vec<String>,
    /// The decoded subject.
    pub subject: String,
    /// When it was received (RFC 3339).
    pub received_at: String,
    /// In bytes.
    pub size: usize,
}

/// The mailbox; cheap to clone.
#[derive(Clone)]
pub struct Mailbox {
    folder: Arc<PathBuf>,
    index: Arc<Mutex<VecDeque<Summary>>>,
}

impl Mailbox {
    /// Opens the mailbox in `folder`, which is created if it does not exist.
    pub fn open(folder: &Path) -> io::Result<Self> {
        std::fs::create_dir_all(folder)?;
        let mut index: Vec<Summary> = Vec::new();
        for entry in std::fs::read_dir(folder)? {
            let path = entry?.path();
            if path.extension().is_some_and(|ending| ending == "json") {
                match read_summary(&path) {
                    Ok(summary) => index.push(summary),
                    Err(error) => {
                        tracing::warn!(path = %path.display(), %error, "a caught mail cannot be read")
                    }
                }
            }
        }
        // Version 7 ids sort by time.
        index.sort_by_key(|summary| summary.id);
        Ok(Self {
            folder: Arc::new(folder.to_owned()),
            index: Arc::new(Mutex::new(index.into())),
        })
    }

    fn index(&self) -> MutexGuard<'_, VecDeque<Summary>> {
        // The index is consistent whatever happens to a thread that holds it.
        self.index.lock()
    }

    fn path(&self, id: Uuid, ending: &str) -> PathBuf {
        self.folder.join(format!("{}.{ending}", id.simple()))
    }

    /// Stores a message in its file before it returns.
    pub fn insert(&self, envelope: Envelope, message: &[u8], now: Timestamp) -> io::Result<()> {
        let parsed = mail_parser::MessageParser::default().parse(message);
        let summary = Summary {
            id: Uuid::now_v7(),
            mail_from: envelope.mail_from,
            rcpt_to: envelope.rcpt_to,
            subject: parsed
                .as_ref()
                .and_then(|parsed| parsed.subject())
                .unwrap_or_default()
                .to_owned(),
            received_at: now.rfc3339(),
            size: message.len(),
        };
        std::fs::write(self.path(summary.id, "eml"), message)?;
        std::fs::write(self.path(summary.id, "json"), serde_json::to_vec(&summary)?)?;
        let mut index = self.index();
        index.push_back(summary);
        while index.len() > LIMIT {
            if let Some(oldest) = index.pop_front() {
                self.remove(oldest.id);
            }
        }
        Ok(())
    }

    fn remove(&self, id: Uuid) {
        for ending in ["eml", "json"] {
            let _ = std::fs::remove_file(self.path(id, ending));
        }
    }

    /// Every message, newest first.
    pub fn list(&self) -> Vec<Summary> {
        self.index().iter().rev().cloned().collect()
    }

    /// How many messages there are.
    pub fn len(&self) -> usize {
        self.index().len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// One message's entry.
    pub fn get(&self, id: Uuid) -> Option<Summary> {
        self.index()
            .iter()
            .find(|summary| summary.id == id)
            .cloned()
    }

    /// One message as it was received.
    pub fn raw(&self, id: Uuid) -> Option<Vec<u8>> {
        self.get(id)?;
        std::fs::read(self.path(id, "eml")).ok()
    }

    /// Deletes all messages.
    pub fn clear(&self) {
        for summary in self.index().drain(..) {
            self.remove(summary.id);
        }
    }
}

fn read_summary(path: &Path) -> io::Result<Summary> {
    Ok(serde_json::from_slice(&std::fs::read(path)?)?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_caught_is_there_after_a_restart() {
        let folder = std::env::temp_dir().join(format!("jarshy-mailbox-{}", Uuid::now_v7()));
        let envelope = Envelope {
            mail_from: "a@b.kz".into(),
            rcpt_to: vec!["c@d.kz".into()],
        };
        let message = b"Subject: =?utf-8?B?0KHQsNC50LvQsNGD?=\r\n\r\nx\r\n";
        let mailbox = Mailbox::open(&folder).unwrap();
        mailbox
            .insert(envelope, message, Timestamp::from_millis(0))
            .unwrap();
        let again = Mailbox::open(&folder).unwrap();
        let list = again.list();
        assert_eq!(list.len(), 1);
        assert_eq!(list[0].subject, "Сайлау");
        assert_eq!(again.raw(list[0].id).unwrap(), message);
        again.clear();
        assert!(Mailbox::open(&folder).unwrap().is_empty());
        std::fs::remove_dir_all(folder).unwrap();
    }
}
