//! Many people at once, while workers send: no call fails because another is made at the same
//! moment, and every recipient gets each campaign once at most.

use std::collections::HashSet;
use std::time::Duration;

use rand::rngs::StdRng;
use rand::{Rng, SeedableRng};
use reqwest::{Method, StatusCode};
use serde_json::{Value, json};

use crate::installation::{Database, Installation, Process, recipient_addresses};
use crate::relay::TestRelay;
use crate::siege::{SETTINGS, delayed_relay, seeded};
use crate::support::PATIENCE;

const RECIPIENTS: usize = 300;
const LISTS: [&str; 3] = ["crowd-a", "crowd-b", "crowd-c"];
/// Calls of each kind of person.
const CALLS: usize = 40;

struct Crowd {
    /// Dropped first: they print their logs where a test fails.
    _processes: Vec<Process>,
    installation: Installation,
    relay: TestRelay,
    subscribers: Vec<i64>,
    campaigns: Vec<i64>,
}

impl Crowd {
    /// Campaigns to the same people, not started.
    async fn gather(installation: Installation, relay: TestRelay, processes: Vec<Process>) -> Self {
        let people = recipient_addresses("p", RECIPIENTS);
        let mut campaigns = Vec::new();
        for list in LISTS {
            campaigns.push(installation.draft(list, &people).await);
        }
        let mut subscribers = Vec::new();
        let mut cursor = String::new();
        loop {
            let path = format!("/subscribers?limit=200{cursor}");
            let page = installation.get(&path).await;
            let items = page["items"].as_array().unwrap().iter();
            subscribers.extend(items.map(|one| one["id"].as_i64().unwrap()));
            match page["next_cursor"].as_str() {
                Some(next) => cursor = format!("&cursor={next}"),
                None => break,
            }
        }
        assert_eq!(subscribers.len(), RECIPIENTS);
        Self {
            _processes: processes,
            installation,
            relay,
            subscribers,
            campaigns,
        }
    }

    /// Makes a call that may be refused, since others have done something before, and must
    /// not fail.
    async fn call(&self, method: Method, path: String, body: Value) {
        let (status, answer) = self
            .installation
            .try_call(method.clone(), &path, body)
            .await;
        let is_refused = matches!(status, StatusCode::NOT_FOUND | StatusCode::CONFLICT);
        assert!(
            status.is_success() || is_refused,
            "{method} {path}: {status} {answer}"
        );
    }

    fn one_of<'a, T>(random: &mut StdRng, all: &'a [T]) -> &'a T {
        &all[random.random_range(0..all.len())]
    }

    /// Pauses and resumes campaigns but the first, and sends again what failed.
    async fn manage(&self, mut random: StdRng) {
        for _ in 0..CALLS {
            let actions = ["pause", "resume", "resume", "resend", "retry-failed"];
            let action = Self::one_of(&mut random, &actions);
            let first = usize::from(*action == "pause");
            let id = Self::one_of(&mut random, &self.campaigns[first..]);
            let path = format!("/campaigns/{id}/{action}");
            self.call(Method::POST, path, json!({})).await;
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    }

    /// Cancels the first campaign in its middle.
    async fn cancel(&self) {
        assert!(self.relay.reaches(RECIPIENTS / 3, PATIENCE).await);
        let path = format!("/campaigns/{}/cancel", self.campaigns[0]);
        self.call(Method::POST, path, json!({})).await;
    }

    /// Leaves lists.
    async fn leave(&self, mut random: StdRng) {
        for _ in 0..CALLS {
            let body = json!({
                "subscriber": Self::one_of(&mut random, &self.subscribers),
                "list": Self::one_of(&mut random, &LISTS),
                "state": "unsubscribed",
            });
            self.call(Method::POST, "/subscriptions".into(), body).await;
        }
    }

    /// Pauses email, asks for less of it, and is tagged.
    async fn change(&self, mut random: StdRng) {
        for n in 0..CALLS {
            let id = Self::one_of(&mut random, &self.subscribers);
            let change = match n % 3 {
                0 => json!({ "paused_until": jarshy::clock::Clock::system().now()
                             .after(Duration::from_secs(24 * 3600)).to_string() }),
                1 => json!({ "frequency": "weekly", "tags": ["crowd", "often"] }),
                _ => json!({ "paused_until": null, "tags": ["crowd"] }),
            };
            self.call(Method::PATCH, format!("/subscribers/{id}"), change)
                .await;
        }
    }

    /// Is erased, or is suppressed.
    async fn vanish(&self, mut random: StdRng) {
        for n in 0..CALLS / 4 {
            let id = Self::one_of(&mut random, &self.subscribers);
            if n % 2 == 0 {
                self.call(Method::DELETE, format!("/subscribers/{id}"), Value::Null)
                    .await;
            } else {
                let email =
                    Self::one_of(&mut random, &recipient_addresses("p", RECIPIENTS)).clone();
                let body = json!({ "email": email, "reason": "manual" });
                self.call(Method::POST, "/suppressions".into(), body).await;
            }
        }
    }

    /// Is added once more, with others and alone.
    async fn add(&self, mut random: StdRng) {
        let people = recipient_addresses("p", RECIPIENTS);
        let sheet = self.installation.folder.path("again.csv");
        for n in 0..CALLS / 4 {
            let body = json!({
                "email": Self::one_of(&mut random, &people), "tags": ["crowd", "again"],
                "lists": LISTS, "status": "confirmed",
            });
            self.call(Method::POST, "/subscribers".into(), body).await;
            if n % 4 == 0 {
                std::fs::write(&sheet, format!("email\n{}\n", people.join("\n"))).unwrap();
                let sheet = sheet.display().to_string();
                let list = Self::one_of(&mut random, &LISTS);
                let mut command = self.installation.command();
                command.args(["import", &sheet, "--list", list]);
                let output = tokio::task::spawn_blocking(move || command.output());
                let output = output.await.unwrap().unwrap();
                let errors = String::from_utf8_lossy(&output.stderr).into_owned();
                assert!(output.status.success(), "{errors}");
            }
        }
    }

    /// Everybody gets each campaign once at most, and nothing of it is left open.
    async fn ends_well(&self) {
        for id in &self.campaigns {
            let (id, campaign) = (*id, self.installation.campaign(*id).await);
            if campaign["state"] == "paused" {
                self.installation.act(id, "resume").await;
            }
            let has_ended = |campaign: &Value| {
                let state = &campaign["state"];
                let open = ["queued", "deferred", "sending"];
                (state == "finished" || state == "cancelled")
                    && open.iter().all(|state| campaign["counts"][state] == 0)
            };
            self.installation.until(id, PATIENCE, has_ended).await;
        }
        let violations = self.relay.violations();
        assert!(violations.is_empty(), "SMTP broken: {violations:?}");
        let mut seen = HashSet::new();
        for taken in self.relay.taken() {
            let copy = (taken.recipient.clone(), taken.message_id.clone());
            assert!(seen.insert(copy), "a second copy to {}", taken.recipient);
        }
        assert!(seen.len() > RECIPIENTS, "{} emails", seen.len());
    }
}

async fn many_people_act_while_campaigns_are_sent(database: Database) {
    let relay = delayed_relay(2).await;
    let mut installation = Installation::build(database).await;
    // Where nothing becomes uncertain, nothing is sent twice at anybody's request.
    installation.set("JARSHY_LEASE", "60");
    let processes = installation.start(database, &relay, SETTINGS).await;
    let crowd = Crowd::gather(installation, relay, processes).await;
    let mut random = seeded();
    let mut next = || StdRng::from_rng(&mut random);
    for id in &crowd.campaigns {
        crowd.installation.act(*id, "start").await;
    }
    tokio::join!(
        crowd.manage(next()),
        crowd.manage(next()),
        crowd.leave(next()),
        crowd.leave(next()),
        crowd.change(next()),
        crowd.change(next()),
        crowd.vanish(next()),
        crowd.add(next()),
        crowd.cancel(),
    );
    crowd.ends_well().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn many_people_act_while_campaigns_are_sent_sqlite() {
    many_people_act_while_campaigns_are_sent(Database::Sqlite).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn many_people_act_while_campaigns_are_sent_postgres() {
    many_people_act_while_campaigns_are_sent(Database::Postgres).await;
}
