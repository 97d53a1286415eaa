//! Passkeys: adding, signing in, removing; answers that are repeated, late, from another site or
//! of a copied key.

use aws_lc_rs::rand::SystemRandom;
use aws_lc_rs::signature::{ECDSA_P256_SHA256_ASN1_SIGNING, EcdsaKeyPair, KeyPair};
use data_encoding::BASE64URL_NOPAD;
use jarshy::account::{self, Tokens};
use jarshy::model::user::Role;
use reqwest::header::LOCATION;
use reqwest::{Response, StatusCode};
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};

use crate::admin_client::AdminClient;
use crate::harness::{Database, TestApp};

const ORIGIN: &str = "http://localhost:8000";
const USER: &str = "keys@embassy.example";
const USER_PRESENT: u8 = 0x01;
const USER_VERIFIED: u8 = 0x04;
const HAS_KEY: u8 = 0x40;

async fn start(database: Database) -> TestApp {
    TestApp::start_with(database, |config| {
        config.public_url = Some(format!("{ORIGIN}/").parse().unwrap());
    })
    .await
}

/// An authenticator with one passkey, as far as a site sees it.
struct Authenticator {
    key: EcdsaKeyPair,
    id: Vec<u8>,
    /// The user's handle, once there is one.
    user: Value,
    counter: u32,
    flags: u8,
    origin: &'static str,
}

impl Authenticator {
    fn new() -> Self {
        Self {
            key: EcdsaKeyPair::generate(&ECDSA_P256_SHA256_ASN1_SIGNING).unwrap(),
            id: b"a credential id!".to_vec(),
            user: Value::Null,
            counter: 1,
            flags: USER_PRESENT | USER_VERIFIED,
            origin: ORIGIN,
        }
    }

    fn client_data(&self, kind: &str, options: &Value) -> Vec<u8> {
        let data = json!({
            "type": kind, "challenge": options["challenge"], "origin": self.origin,
            "crossOrigin": false,
        });
        data.to_string().into_bytes()
    }

    fn data(&self, more: u8) -> Vec<u8> {
        let mut data = Sha256::digest(b"localhost").to_vec();
        data.push(self.flags | more);
        data.extend(self.counter.to_be_bytes());
        data
    }

    /// `navigator.credentials.create`.
    fn create(&mut self, options: &Value) -> String {
        assert_eq!(options["rp"]["id"], "localhost");
        assert_eq!(options["authenticatorSelection"]["residentKey"], "required");
        assert_eq!(
            options["authenticatorSelection"]["userVerification"],
            "required"
        );
        self.user = options["user"]["id"].clone();
        let point = self.key.public_key().as_ref();
        let mut data = self.data(HAS_KEY);
        data.extend([0; 16]);
        data.extend(u16::try_from(self.id.len()).unwrap().to_be_bytes());
        data.extend(&self.id);
        // COSE: an elliptic curve key of two coordinates, ES256, on P-256.
        data.extend([0xa5, 0x01, 0x02, 0x03, 0x26, 0x20, 0x01, 0x21, 0x58, 0x20]);
        data.extend(&point[1..33]);
        data.extend([0x22, 0x58, 0x20]);
        data.extend(&point[33..]);
        let mut object = b"\xa3\x63fmt\x64none\x67attStmt\xa0\x68authData\x58".to_vec();
        object.push(u8::try_from(data.len()).unwrap());
        object.extend(data);
        let client_data = self.client_data("webauthn.create", options);
        json!({
            "id": BASE64URL_NOPAD.encode(&self.id), "rawId": BASE64URL_NOPAD.encode(&self.id),
            "type": "public-key", "extensions": {},
            "response": {
                "attestationObject": BASE64URL_NOPAD.encode(&object),
                "clientDataJSON": BASE64URL_NOPAD.encode(&client_data),
            },
        })
        .to_string()
    }

    /// `navigator.credentials.get`.
    fn get(&mut self, options: &Value) -> String {
        assert_eq!(options["userVerification"], "required");
        self.counter += 1;
        let client_data = self.client_data("webauthn.get", options);
        let data = self.data(0);
        let mut signed = data.clone();
        signed.extend(Sha256::digest(&client_data));
        let signature = self.key.sign(&SystemRandom::new(), &signed).unwrap();
        json!({
            "id": BASE64URL_NOPAD.encode(&self.id), "rawId": BASE64URL_NOPAD.encode(&self.id),
            "type": "public-key", "extensions": {},
            "response": {
                "authenticatorData": BASE64URL_NOPAD.encode(&data),
                "clientDataJSON": BASE64URL_NOPAD.encode(&client_data),
                "signature": BASE64URL_NOPAD.encode(signature.as_ref()),
                "userHandle": self.user,
            },
        })
        .to_string()
    }
}

/// What is between two texts of a page.
fn between<'a>(page: &'a str, before: &str, after: &str) -> &'a str {
    let (_, rest) = page
        .split_once(before)
        .unwrap_or_else(|| panic!("no {before} in {page}"));
    rest.split_once(after).unwrap().0
}

/// A challenge and the options for a new passkey, as the page has them.
async fn asked_to_create(person: &AdminClient) -> (String, Value) {
    let answer = person
        .post("/admin/account/passkeys/new", &[("passkey_name", "Phone")])
        .await;
    assert_eq!(answer.status(), StatusCode::OK);
    let page = answer.text().await.unwrap();
    let options = between(&page, "data-passkey-create=\"", "\"").replace("&#34;", "\"");
    let challenge = between(&page, "name=\"challenge\" value=\"", "\"").to_owned();
    (challenge, serde_json::from_str(&options).unwrap())
}

async fn create(person: &AdminClient, challenge: &str, answer: &str) -> String {
    let form = [
        ("passkey_name", "Phone"),
        ("challenge", challenge),
        ("answer", answer),
    ];
    person.submit("/admin/account/passkeys", &form).await
}

async fn asked_to_sign_in(person: &AdminClient) -> (String, Value) {
    let answer = person.post("/admin/sign-in/passkey/challenge", &[]).await;
    assert_eq!(answer.status(), StatusCode::OK);
    let mut body: Value = answer.json().await.unwrap();
    (
        body["challenge"].as_str().unwrap().to_owned(),
        body["options"].take(),
    )
}

async fn enter(person: &AdminClient, challenge: &str, answer: &str) -> Response {
    let form = [
        ("challenge", challenge),
        ("answer", answer),
        ("next", "/admin/account"),
    ];
    person.post("/admin/sign-in/passkey", &form).await
}

/// Somebody with a passkey, on a site where that is possible.
async fn with_passkey(app: &TestApp) -> (AdminClient, Authenticator) {
    let person = AdminClient::sign_in(app, USER, Role::Editor).await;
    let mut device = Authenticator::new();
    let (challenge, options) = asked_to_create(&person).await;
    let page = create(&person, &challenge, &device.create(&options)).await;
    assert!(page.contains("Passkey added"), "{page}");
    (person, device)
}

async fn a_passkey_is_added_used_and_removed(database: Database) {
    let app = start(database).await;
    let (person, mut device) = with_passkey(&app).await;
    let page = person.page("/admin/account").await;
    assert!(
        page.contains("Phone") && page.contains("not used yet"),
        "{page}"
    );
    let notice = app.mail_to(USER).await;
    assert!(
        notice.text.contains("A new passkey was added"),
        "{}",
        notice.text
    );

    let visitor = AdminClient::nobody(&app);
    let (challenge, options) = asked_to_sign_in(&visitor).await;
    assert_eq!(
        options["allowCredentials"].as_array().map_or(0, Vec::len),
        0,
        "nobody is named"
    );
    let entered = enter(&visitor, &challenge, &device.get(&options)).await;
    assert_eq!(entered.status(), StatusCode::SEE_OTHER);
    assert_eq!(entered.headers()[LOCATION], "/admin/account");
    let page = visitor.page("/admin/account").await;
    assert!(page.contains("last used"), "{page}");

    // Who has just used it may change credentials; after a while they are asked again.
    app.execute("UPDATE sessions SET authenticated_at = 0")
        .await;
    let asked = visitor.post("/admin/account/passkeys/1/remove", &[]).await;
    assert_eq!(asked.status(), StatusCode::OK);
    let (challenge, options) = asked_to_sign_in(&visitor).await;
    enter(&visitor, &challenge, &device.get(&options)).await;
    let stranger = AdminClient::sign_in(&app, "other@embassy.example", Role::Owner).await;
    let foreign = stranger.post("/admin/account/passkeys/1/remove", &[]).await;
    assert_eq!(foreign.status(), StatusCode::NOT_FOUND);
    let page = visitor
        .submit("/admin/account/passkeys/1/remove", &[])
        .await;
    assert!(page.contains("Passkey removed"), "{page}");
    app.mail_about(USER, "Your account was changed: Jarshy")
        .await;

    let (challenge, options) = asked_to_sign_in(&visitor).await;
    let refused = enter(&visitor, &challenge, &device.get(&options)).await;
    assert_eq!(refused.status(), StatusCode::UNPROCESSABLE_ENTITY);
    let owner = AdminClient::owner(&app).await;
    let log = owner.page("/admin/audit").await;
    assert!(log.contains("account.passkey_removed"), "{log}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_passkey_is_added_used_and_removed_on_sqlite() {
    a_passkey_is_added_used_and_removed(Database::Sqlite).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_passkey_is_added_used_and_removed_on_postgres() {
    a_passkey_is_added_used_and_removed(Database::Postgres).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_answer_signs_in_once() {
    let app = start(Database::Sqlite).await;
    let (_, mut device) = with_passkey(&app).await;
    let visitor = AdminClient::nobody(&app);
    let (challenge, options) = asked_to_sign_in(&visitor).await;
    let answer = device.get(&options);
    let first = enter(&visitor, &challenge, &answer).await;
    assert_eq!(first.status(), StatusCode::SEE_OTHER);
    let thief = AdminClient::nobody(&app);
    let again = enter(&thief, &challenge, &answer).await;
    assert_eq!(again.status(), StatusCode::UNPROCESSABLE_ENTITY);
    // Nor with another challenge.
    let (challenge, _) = asked_to_sign_in(&thief).await;
    let again = enter(&thief, &challenge, &answer).await;
    assert_eq!(again.status(), StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(thief.get("/admin").await.status(), StatusCode::SEE_OTHER);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_late_answer_is_refused_and_swept() {
    let app = start(Database::Sqlite).await;
    let (_, mut device) = with_passkey(&app).await;
    let visitor = AdminClient::nobody(&app);
    let (challenge, options) = asked_to_sign_in(&visitor).await;
    app.execute("UPDATE passkey_challenges SET expires_at = 1")
        .await;
    let late = enter(&visitor, &challenge, &device.get(&options)).await;
    assert_eq!(late.status(), StatusCode::UNPROCESSABLE_ENTITY);
    account::sweep(&app.cx).await.unwrap();
    // It would be in time again, if it was still there.
    app.execute("UPDATE passkey_challenges SET expires_at = 9999999999999")
        .await;
    let gone = enter(&visitor, &challenge, &device.get(&options)).await;
    assert_eq!(gone.status(), StatusCode::UNPROCESSABLE_ENTITY);
    let (challenge, options) = asked_to_sign_in(&visitor).await;
    let in_time = enter(&visitor, &challenge, &device.get(&options)).await;
    assert_eq!(in_time.status(), StatusCode::SEE_OTHER);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_not_this_site_this_user_or_this_key_is_refused() {
    let app = start(Database::Sqlite).await;
    let (_, mut device) = with_passkey(&app).await;
    let visitor = AdminClient::nobody(&app);
    let refused = async |device: &mut Authenticator, why: &str| {
        let (challenge, options) = asked_to_sign_in(&visitor).await;
        let answer = enter(&visitor, &challenge, &device.get(&options)).await;
        assert_eq!(answer.status(), StatusCode::UNPROCESSABLE_ENTITY, "{why}");
    };
    device.origin = "https://localhost.evil.example";
    refused(&mut device, "an answer that another site has got").await;
    device.origin = ORIGIN;

    device.flags = USER_PRESENT;
    refused(&mut device, "nobody has shown a finger or typed a PIN").await;
    device.flags |= USER_VERIFIED;

    let own = std::mem::replace(&mut device.user, json!(BASE64URL_NOPAD.encode(&[7; 16])));
    refused(&mut device, "a passkey of another user").await;
    device.user = own;

    device.counter = 0;
    refused(&mut device, "a copy that was used less often").await;
    device.counter = 40;

    let other = EcdsaKeyPair::generate(&ECDSA_P256_SHA256_ASN1_SIGNING).unwrap();
    let own = std::mem::replace(&mut device.key, other);
    refused(&mut device, "another key").await;
    device.key = own;

    // All the same, but the challenge was for adding.
    let person = AdminClient::sign_in(&app, USER, Role::Editor).await;
    let (challenge, options) = asked_to_create(&person).await;
    let answer = enter(
        &visitor,
        &challenge,
        &device.get(&options_for_get(&options)),
    )
    .await;
    assert_eq!(answer.status(), StatusCode::UNPROCESSABLE_ENTITY);

    let (challenge, options) = asked_to_sign_in(&visitor).await;
    let answer = enter(&visitor, &challenge, &device.get(&options)).await;
    assert_eq!(
        answer.status(),
        StatusCode::SEE_OTHER,
        "and the right one is accepted"
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn who_is_kept_out_or_signs_in_by_the_provider_has_no_use_of_a_passkey() {
    let app = start(Database::Sqlite).await;
    let (_, mut device) = with_passkey(&app).await;
    let owner = AdminClient::owner(&app).await;
    let visitor = AdminClient::nobody(&app);
    let mut tried = async || {
        let (challenge, options) = asked_to_sign_in(&visitor).await;
        let answer = enter(&visitor, &challenge, &device.get(&options)).await;
        (answer.status(), answer.text().await.unwrap())
    };
    let (status, _) = tried().await;
    assert_eq!(status, StatusCode::SEE_OTHER);

    let settings = json!({ "settings": {
        "oidc_issuer": "https://login.embassy.example", "oidc_client_id": "jarshy",
        "oidc_client_secret": "hush", "local_sign_in": false,
    } });
    let set = app.api("PATCH", "/settings").json(&settings).send().await;
    assert_eq!(set.unwrap().status(), StatusCode::OK);
    let (status, page) = tried().await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(
        page.contains("organisation’s account") || page.contains("organisation&#39;s account"),
        "{page}"
    );

    let settings = json!({ "settings": { "local_sign_in": true } });
    let set = app.api("PATCH", "/settings").json(&settings).send().await;
    assert_eq!(set.unwrap().status(), StatusCode::OK);
    let users = account::users::all(&app.cx).await.unwrap();
    let user = users
        .iter()
        .find(|one| one.email.as_str() == USER)
        .unwrap()
        .id;
    owner
        .submit(
            &format!("/admin/users/{user}/disable"),
            &[("confirmed", "yes")],
        )
        .await;
    let (status, _) = tried().await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    owner
        .submit(
            &format!("/admin/users/{user}/enable"),
            &[("confirmed", "yes")],
        )
        .await;
    let (status, _) = tried().await;
    assert_eq!(status, StatusCode::SEE_OTHER);
}

fn options_for_get(options: &Value) -> Value {
    json!({ "challenge": options["challenge"], "userVerification": "required" })
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_passkey_is_added_for_whom_the_challenge_was() {
    let app = start(Database::Sqlite).await;
    let person = AdminClient::sign_in(&app, USER, Role::Editor).await;
    let other = AdminClient::sign_in(&app, "other@embassy.example", Role::Editor).await;
    let mut device = Authenticator::new();
    let (challenge, options) = asked_to_create(&person).await;
    let answer = device.create(&options);
    let page = create(&other, &challenge, &answer).await;
    assert!(page.contains("No passkey was added"), "{page}");
    // Theirs still works, and once.
    let page = create(&person, &challenge, &answer).await;
    assert!(page.contains("Passkey added"), "{page}");
    let page = create(&person, &challenge, &answer).await;
    assert!(page.contains("No passkey was added"), "{page}");

    let mut elsewhere = Authenticator::new();
    elsewhere.origin = "https://evil.example";
    elsewhere.id = b"another one here".to_vec();
    let (challenge, options) = asked_to_create(&person).await;
    let page = create(&person, &challenge, &elsewhere.create(&options)).await;
    assert!(page.contains("No passkey was added"), "{page}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_reset_removes_passkeys_and_the_mailed_link_stays() {
    let app = start(Database::Sqlite).await;
    let (_, mut device) = with_passkey(&app).await;
    let email = USER.parse().unwrap();
    let link = account::reset_user(&app.cx, &email, Tokens::Revoke)
        .await
        .unwrap();
    let visitor = AdminClient::nobody(&app);
    let (challenge, options) = asked_to_sign_in(&visitor).await;
    let answer = enter(&visitor, &challenge, &device.get(&options)).await;
    assert_eq!(answer.status(), StatusCode::UNPROCESSABLE_ENTITY);
    let path = format!("/admin/sign-in/{}", link.unwrap().reveal());
    assert_eq!(
        visitor.post(&path, &[]).await.status(),
        StatusCode::SEE_OTHER
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_site_without_a_host_name_offers_none() {
    let app = TestApp::start(Database::Sqlite).await;
    let visitor = AdminClient::nobody(&app);
    let page = visitor.page("/admin/sign-in").await;
    assert!(!page.contains("data-passkey-challenge"), "{page}");
    let answer = visitor.post("/admin/sign-in/passkey/challenge", &[]).await;
    assert_eq!(answer.status(), StatusCode::UNPROCESSABLE_ENTITY);
    let owner = AdminClient::owner(&app).await;
    let page = owner.page("/admin/account").await;
    assert!(page.contains("Passkeys need a public address"), "{page}");
}
