//! An OpenID Connect provider inside the test, at the level of the protocol: it signs with a key
//! of its own and can be told to lie in every way that a client must notice.

use std::collections::HashMap;
use std::net::{Ipv4Addr, SocketAddr};
use std::sync::Arc;

use aws_lc_rs::hmac;
use aws_lc_rs::rand::SystemRandom;
use aws_lc_rs::signature::{ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, KeyPair as _};
use axum::body::Body;
use axum::extract::{Form, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use axum::{Json, Router};
use bytes::Bytes;
use data_encoding::{BASE64, BASE64URL_NOPAD};
use parking_lot::Mutex;
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};
use url::Url;
use uuid::Uuid;

pub const CLIENT: &str = "jarshy";
pub const SECRET: &str = "s3cret+&=";

/// How ID tokens are signed.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Signing {
    Properly,
    /// By a key that is not published, under the name of one that is.
    ByAnotherKey,
    /// With the algorithm `none`.
    NotAtAll,
    /// With the client's secret.
    BySecret,
}

/// What is wrong with the answer to the discovery.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Metadata {
    Proper,
    /// It is elsewhere.
    Moved,
    Endless,
    OfAnotherIssuer,
}

type Change = Box<dyn Fn(&mut Value) + Send>;

struct Issued {
    nonce: String,
    challenge: String,
    redirect_uri: String,
}

struct Inner {
    key: EcdsaKeyPair,
    key_name: String,
    signing: Signing,
    metadata: Metadata,
    /// Of the person who signs in, in the token.
    person: Value,
    /// In the answer of the user info endpoint.
    more: Value,
    change: Option<Change>,
    codes: HashMap<String, Issued>,
}

#[derive(Clone)]
pub struct Issuer {
    pub url: String,
    inner: Arc<Mutex<Inner>>,
}

fn new_key() -> EcdsaKeyPair {
    EcdsaKeyPair::generate(&ECDSA_P256_SHA256_FIXED_SIGNING).unwrap()
}

impl Issuer {
    pub async fn start() -> Self {
        let any = SocketAddr::from((Ipv4Addr::LOCALHOST, 0));
        let listener = tokio::net::TcpListener::bind(any).await.unwrap();
        let issuer = Self {
            url: format!("http://{}", listener.local_addr().unwrap()),
            inner: Arc::new(Mutex::new(Inner {
                key: new_key(),
                key_name: "first".to_owned(),
                signing: Signing::Properly,
                metadata: Metadata::Proper,
                person: json!({}),
                more: json!({}),
                change: None,
                codes: HashMap::new(),
            })),
        };
        let app = Router::new()
            .route("/.well-known/openid-configuration", get(metadata))
            .route("/moved", get(metadata))
            .route("/keys", get(keys))
            .route("/token", post(token))
            .route("/userinfo", get(user_info))
            .with_state(issuer.clone());
        tokio::spawn(async move { axum::serve(listener, app).await });
        issuer
    }

    /// Who signs in next.
    pub fn person(&self, claims: Value) {
        self.inner.lock().person = claims;
    }

    /// What only the user info endpoint says.
    pub fn more(&self, claims: Value) {
        self.inner.lock().more = claims;
    }

    pub fn signing(&self, signing: Signing) {
        self.inner.lock().signing = signing;
    }

    pub fn metadata(&self, metadata: Metadata) {
        self.inner.lock().metadata = metadata;
    }

    /// Changes the claims of each token.
    pub fn change(&self, change: impl Fn(&mut Value) + Send + 'static) {
        self.inner.lock().change = Some(Box::new(change));
    }

    pub fn change_nothing(&self) {
        self.inner.lock().change = None;
    }

    /// Signs with a new key from now on; the old one is withdrawn.
    pub fn rotate(&self) {
        let mut inner = self.inner.lock();
        inner.key = new_key();
        inner.key_name = "second".to_owned();
    }

    /// Does what the authorization endpoint does for a person who agrees, and gives the path
    /// that their browser comes back to.
    pub fn agree(&self, asked: &Url) -> String {
        let asked: HashMap<String, String> = asked.query_pairs().into_owned().collect();
        assert_eq!(asked["response_type"], "code");
        assert_eq!(asked["client_id"], CLIENT);
        assert_eq!(asked["code_challenge_method"], "S256");
        let scopes: Vec<&str> = asked["scope"].split(' ').collect();
        assert!(scopes.contains(&"openid") && scopes.contains(&"email"));
        let code = Uuid::new_v4().to_string();
        let issued = Issued {
            nonce: asked["nonce"].clone(),
            challenge: asked["code_challenge"].clone(),
            redirect_uri: asked["redirect_uri"].clone(),
        };
        self.inner.lock().codes.insert(code.clone(), issued);
        self.back(&asked, &[("code", &code)])
    }

    /// The path that the browser comes back to with an error.
    pub fn refuse(&self, asked: &Url) -> String {
        let asked: HashMap<String, String> = asked.query_pairs().into_owned().collect();
        let error = [
            ("error", "access_denied"),
            ("error_description", "not today"),
        ];
        self.back(&asked, &error)
    }

    fn back(&self, asked: &HashMap<String, String>, answer: &[(&str, &str)]) -> String {
        let mut back = Url::parse(&asked["redirect_uri"]).unwrap();
        back.query_pairs_mut()
            .append_pair("state", &asked["state"])
            .append_pair("iss", &self.url)
            .extend_pairs(answer);
        format!("{}?{}", back.path(), back.query().unwrap())
    }
}

async fn metadata(State(issuer): State<Issuer>, uri: axum::http::Uri) -> Response {
    let url = &issuer.url;
    let what = issuer.inner.lock().metadata;
    let named = match what {
        Metadata::Moved if uri.path() != "/moved" => {
            return (StatusCode::FOUND, [(header::LOCATION, "/moved")]).into_response();
        }
        Metadata::Endless => {
            let spaces = futures_util::stream::repeat_with(|| {
                Ok::<_, std::io::Error>(Bytes::from_static(&[b' '; 8192]))
            });
            let headers = [(header::CONTENT_TYPE, "application/json")];
            return (headers, Body::from_stream(spaces)).into_response();
        }
        Metadata::OfAnotherIssuer => "https://elsewhere.example",
        _ => url,
    };
    let metadata = json!({
        "issuer": named,
        "authorization_endpoint": format!("{url}/authorize"),
        "token_endpoint": format!("{url}/token"),
        "userinfo_endpoint": format!("{url}/userinfo"),
        "jwks_uri": format!("{url}/keys"),
        "response_types_supported": ["code"],
        "subject_types_supported": ["public"],
        // More than a careful client takes.
        "id_token_signing_alg_values_supported": ["ES256", "HS256", "none"],
    });
    Json(metadata).into_response()
}

async fn keys(State(issuer): State<Issuer>) -> Json<Value> {
    let inner = issuer.inner.lock();
    // Uncompressed: 4, x, y.
    let point = inner.key.public_key().as_ref();
    Json(json!({ "keys": [{
        "kty": "EC", "crv": "P-256", "use": "sig", "alg": "ES256", "kid": inner.key_name,
        "x": BASE64URL_NOPAD.encode(&point[1..33]),
        "y": BASE64URL_NOPAD.encode(&point[33..]),
    }] }))
}

async fn token(
    State(issuer): State<Issuer>,
    headers: HeaderMap,
    Form(form): Form<HashMap<String, String>>,
) -> Response {
    // RFC 6749 §2.3.1: both are form-encoded first.
    let expected = format!("{CLIENT}:s3cret%2B%26%3D");
    let expected = format!("Basic {}", BASE64.encode(expected.as_bytes()));
    let mut inner = issuer.inner.lock();
    let issued = inner.codes.remove(&form["code"]);
    let digest = Sha256::digest(form["code_verifier"].as_bytes());
    let is_right = |issued: &Issued| {
        headers.get(header::AUTHORIZATION).map(|v| v.as_bytes()) == Some(expected.as_bytes())
            && issued.challenge == BASE64URL_NOPAD.encode(&digest)
            && issued.redirect_uri == form["redirect_uri"]
    };
    let Some(issued) = issued.filter(is_right) else {
        let error = json!({ "error": "invalid_grant" });
        return (StatusCode::BAD_REQUEST, Json(error)).into_response();
    };
    Json(json!({
        "access_token": "an access token",
        "token_type": "Bearer",
        "expires_in": 60,
        "id_token": id_token(&inner, &issuer.url, &issued.nonce),
    }))
    .into_response()
}

async fn user_info(State(issuer): State<Issuer>, headers: HeaderMap) -> Response {
    let bearer = headers.get(header::AUTHORIZATION);
    if bearer.map(|value| value.as_bytes()) != Some(b"Bearer an access token") {
        return StatusCode::UNAUTHORIZED.into_response();
    }
    let inner = issuer.inner.lock();
    let mut claims = json!({ "sub": inner.person["sub"] });
    merge(&mut claims, &inner.more);
    Json(claims).into_response()
}

fn merge(claims: &mut Value, more: &Value) {
    let more = more.as_object().unwrap().clone();
    claims.as_object_mut().unwrap().extend(more);
}

fn id_token(inner: &Inner, issuer: &str, nonce: &str) -> String {
    let now = jiff::Timestamp::now().as_second();
    let mut claims = json!({
        "iss": issuer, "aud": CLIENT, "iat": now, "exp": now + 60, "nonce": nonce,
    });
    merge(&mut claims, &inner.person);
    if let Some(change) = &inner.change {
        change(&mut claims);
    }
    let algorithm = match inner.signing {
        Signing::Properly | Signing::ByAnotherKey => "ES256",
        Signing::NotAtAll => "none",
        Signing::BySecret => "HS256",
    };
    let head = json!({ "alg": algorithm, "kid": inner.key_name, "typ": "JWT" });
    let part = |value: &Value| BASE64URL_NOPAD.encode(value.to_string().as_bytes());
    let signed = format!("{}.{}", part(&head), part(&claims));
    let by = |key: &EcdsaKeyPair| {
        let signature = key.sign(&SystemRandom::new(), signed.as_bytes()).unwrap();
        signature.as_ref().to_vec()
    };
    let signature = match inner.signing {
        Signing::Properly => by(&inner.key),
        Signing::ByAnotherKey => by(&new_key()),
        Signing::NotAtAll => Vec::new(),
        Signing::BySecret => {
            let key = hmac::Key::new(hmac::HMAC_SHA256, SECRET.as_bytes());
            hmac::sign(&key, signed.as_bytes()).as_ref().to_vec()
        }
    };
    format!("{signed}.{}", BASE64URL_NOPAD.encode(&signature))
}
