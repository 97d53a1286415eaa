//! HTTPS by the server itself: certificates of files and by ACME, from a real authority
//! (Pebble, which is made for such tests).

mod support;

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{Ipv4Addr, SocketAddr, TcpListener};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use reqwest::{Certificate, StatusCode, Version, redirect};
use serde_json::Value;
use support::{Folder, PATIENCE, jarshy};
use tokio::net::TcpStream;
use tokio_rustls::TlsConnector;
use tokio_rustls::rustls::pki_types::pem::PemObject;
use tokio_rustls::rustls::pki_types::{CertificateDer, ServerName};
use tokio_rustls::rustls::{ClientConfig, RootCertStore};

const HOST: &str = "news.example.test";

/// A port that nobody has at the moment.
fn free_port() -> u16 {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
    listener.local_addr().unwrap().port()
}

/// A program that ends with the test.
struct Program {
    child: Child,
    log: Arc<Mutex<String>>,
}

impl Program {
    fn start(mut command: Command) -> Self {
        let mut child = command
            .stdout(Stdio::null())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap_or_else(|error| panic!("{command:?}: {error}"));
        let log = Arc::new(Mutex::new(String::new()));
        let (written, lines) = (log.clone(), BufReader::new(child.stderr.take().unwrap()));
        std::thread::spawn(move || {
            for line in lines.lines().map_while(Result::ok) {
                let mut log = written.lock().unwrap();
                log.push_str(&line);
                log.push('\n');
            }
        });
        Self { child, log }
    }

    fn log(&self) -> String {
        self.log.lock().unwrap().clone()
    }

    async fn logs(&self, text: &str) {
        eventually(&format!("{text:?} in the log"), async || {
            self.log().contains(text).then_some(())
        })
        .await;
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
        if std::thread::panicking() {
            eprintln!("{}", self.log());
        }
    }
}

/// Waits until a check finds something.
async fn eventually<T>(what: &str, mut check: impl AsyncFnMut() -> Option<T>) -> T {
    let started = Instant::now();
    loop {
        if let Some(found) = check().await {
            return found;
        }
        assert!(started.elapsed() < PATIENCE, "{what}: not in time");
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
}

/// A certificate that says of itself that it is for `name`, and its key.
fn make(name: &str) -> (String, String) {
    let made = rcgen::generate_simple_self_signed([name.to_owned()]).unwrap();
    (made.cert.pem(), made.signing_key.serialize_pem())
}

/// A server over a new SQLite database.
fn server(folder: &Folder, port: u16, settings: &[(&str, &str)]) -> Command {
    let mut command = jarshy(&folder.0);
    command
        .arg("serve")
        .env("JARSHY_LISTEN", format!("127.0.0.1:{port}"))
        .envs(settings.iter().copied());
    command
}

/// What a server shows who connects to it for `name`, without a look at who signed it.
async fn shown(port: u16, name: &str, roots: &RootCertStore) -> Option<CertificateDer<'static>> {
    let config = ClientConfig::builder()
        .with_root_certificates(roots.clone())
        .with_no_client_auth();
    let address = SocketAddr::from((Ipv4Addr::LOCALHOST, port));
    let stream = TcpStream::connect(address).await.ok()?;
    let name = ServerName::try_from(name.to_owned()).unwrap();
    let stream = TlsConnector::from(Arc::new(config))
        .connect(name, stream)
        .await;
    let stream = stream.ok()?;
    stream
        .get_ref()
        .1
        .peer_certificates()?
        .first()
        .map(|own| own.clone().into_owned())
}

fn roots(pems: &[&str]) -> RootCertStore {
    let mut roots = RootCertStore::empty();
    for pem in pems {
        for root in CertificateDer::pem_slice_iter(pem.as_bytes()) {
            roots.add(root.unwrap()).unwrap();
        }
    }
    roots
}

fn der(pem: &str) -> CertificateDer<'static> {
    CertificateDer::from_pem_slice(pem.as_bytes()).unwrap()
}

async fn ready(port: u16) -> Option<String> {
    let url = format!("http://127.0.0.1:{port}/health/ready");
    reqwest::get(url).await.ok()?.text().await.ok()
}

#[tokio::test]
async fn a_certificate_of_files_is_served_and_replaced() {
    let folder = Folder::new();
    let (port, redirect_port) = (free_port(), free_port());
    let (first, first_key) = make("localhost");
    let (second, second_key) = make("localhost");
    let (cert, key) = (folder.path("cert.pem"), folder.path("key.pem"));
    std::fs::write(&cert, &first).unwrap();
    std::fs::write(&key, &first_key).unwrap();
    let url = format!("https://localhost:{port}");
    let redirect_listen = format!("127.0.0.1:{redirect_port}");
    let settings = [
        ("JARSHY_TLS_CERT", cert.to_str().unwrap()),
        ("JARSHY_TLS_KEY", key.to_str().unwrap()),
        ("JARSHY_PUBLIC_URL", &url),
        ("JARSHY_HTTP_REDIRECT_LISTEN", &redirect_listen),
    ];
    let server = Program::start(server(&folder, port, &settings));
    eventually("ready", async || {
        ready(port).await.filter(|text| text == "ready\n")
    })
    .await;

    // HTTP/2 where the client speaks it, HTTP/1.1 where not; the other headers as ever.
    let client = || {
        reqwest::Client::builder()
            .tls_certs_only([Certificate::from_pem(first.as_bytes()).unwrap()])
            .resolve("localhost", SocketAddr::from((Ipv4Addr::LOCALHOST, port)))
            .redirect(redirect::Policy::none())
    };
    let modern = client().build().unwrap();
    let page = modern.get(format!("{url}/")).send().await.unwrap();
    assert_eq!(
        (page.status(), page.version()),
        (StatusCode::OK, Version::HTTP_2)
    );
    let hsts = page.headers()["strict-transport-security"]
        .to_str()
        .unwrap();
    assert!(hsts.contains("max-age=31536000"), "{hsts}");
    assert!(page.text().await.unwrap().contains("<!doctype html>"));
    let old = client().http1_only().build().unwrap();
    let page = old.get(format!("{url}/")).send().await.unwrap();
    assert_eq!(
        (page.status(), page.version()),
        (StatusCode::OK, Version::HTTP_11)
    );
    // A form of an older browser, which sends `Origin` alone.
    for (origin, is_foreign) in [(url.as_str(), false), ("https://evil.example", true)] {
        let form = modern
            .post(format!("{url}/admin/sign-in"))
            .header("origin", origin);
        let form = form.form(&[("email", "a@example.org")]).send();
        let form = form.await.unwrap();
        assert_eq!(form.version(), Version::HTTP_2);
        let is_rejected = form.status() == StatusCode::FORBIDDEN;
        assert_eq!(is_rejected, is_foreign, "{origin}: {}", form.status());
    }
    // Many at once on one connection, with bodies.
    let joins = (0..40).map(|n| {
        let body = serde_json::json!({ "email": format!("r{n}@example.org"), "lists": [] });
        modern.post(format!("{url}/api/v1/join")).json(&body).send()
    });
    for join in joins.collect::<Vec<_>>() {
        assert_ne!(
            join.await.unwrap().status(),
            StatusCode::INTERNAL_SERVER_ERROR
        );
    }

    // Plain HTTP, on the port for it and on the wrong one.
    for port in [redirect_port, port] {
        let plain = modern.get(format!("http://127.0.0.1:{port}/posts?page=2"));
        let plain = plain.header("host", "evil.example").send().await.unwrap();
        assert_eq!(plain.status(), StatusCode::PERMANENT_REDIRECT);
        assert_eq!(plain.headers()["location"], format!("{url}/posts?page=2"));
    }

    // The system check of the command looks at the files itself.
    let check = || {
        let mut doctor = jarshy(&folder.0);
        let doctor = doctor.args(["doctor", "--json"]).envs(settings);
        let report = doctor.output().unwrap().stdout;
        let report: Value = serde_json::from_slice(&report).unwrap();
        let findings = report["findings"].as_array().unwrap();
        let own = findings.iter().find(|one| one["check"] == "certificate");
        own.unwrap().clone()
    };
    assert_eq!(check()["state"], "ok", "{}", check());

    // Another program renews: first one file, then the other.
    let both = roots(&[&first, &second]);
    std::fs::write(&cert, &second).unwrap();
    tokio::time::sleep(Duration::from_millis(500)).await;
    assert_eq!(shown(port, "localhost", &both).await.unwrap(), der(&first));
    std::fs::write(&key, &second_key).unwrap();
    eventually("the second certificate", async || {
        let shown = shown(port, "localhost", &both).await.unwrap();
        (shown == der(&second)).then_some(())
    })
    .await;

    // What cannot be used is named, and the old one stays.
    std::fs::write(&cert, "nonsense").unwrap();
    server
        .logs("the server's certificate cannot be replaced; the old one stays")
        .await;
    let warned = eventually("a warning", async || {
        ready(port).await.filter(|text| text.contains("warning"))
    })
    .await;
    assert!(
        warned.starts_with("ready\nwarning: certificate: "),
        "{warned}"
    );
    assert!(warned.contains("holds no certificate in PEM"), "{warned}");
    assert_eq!(check()["state"], "error", "{}", check());
    assert_eq!(shown(port, "localhost", &both).await.unwrap(), der(&second));
    std::fs::write(&cert, &second).unwrap();
    eventually("no warning", async || {
        ready(port).await.filter(|text| text == "ready\n")
    })
    .await;

    // One for another host is used, and named.
    let (other, other_key) = make("elsewhere.example");
    std::fs::write(&cert, &other).unwrap();
    std::fs::write(&key, &other_key).unwrap();
    let warned = eventually("a warning", async || {
        ready(port)
            .await
            .filter(|text| text.contains("is not for localhost"))
    })
    .await;
    assert!(warned.starts_with("ready\n"), "{warned}");
}

#[test]
fn what_cannot_be_served_prevents_the_start() {
    let folder = Folder::new();
    let (cert, key) = make("localhost");
    let (_, other_key) = make("localhost");
    for (name, text) in [
        ("cert.pem", &cert),
        ("key.pem", &key),
        ("other.pem", &other_key),
    ] {
        std::fs::write(folder.path(name), text).unwrap();
    }
    let failure = |settings: &[(&str, &str)]| {
        let output = server(&folder, free_port(), settings).output().unwrap();
        assert_eq!(output.status.code(), Some(1), "{settings:?}");
        String::from_utf8(output.stderr).unwrap()
    };
    let (cert, key) = (
        ("JARSHY_TLS_CERT", "cert.pem"),
        ("JARSHY_TLS_KEY", "key.pem"),
    );
    assert!(failure(&[cert]).contains("set both or none"));
    assert!(failure(&[cert, ("JARSHY_TLS_KEY", "none.pem")]).contains("none.pem cannot be read"));
    assert!(failure(&[cert, ("JARSHY_TLS_KEY", "other.pem")]).contains("another certificate"));
    assert!(failure(&[cert, key, ("JARSHY_ACME_EMAIL", "a@example.org")]).contains("set either"));
    assert!(failure(&[("JARSHY_ACME_EMAIL", "a@example.org")]).contains("JARSHY_PUBLIC_URL"));
    let redirect = ("JARSHY_HTTP_REDIRECT_LISTEN", "127.0.0.1:0");
    assert!(failure(&[redirect]).contains("set a certificate too"));
}

/// Pebble, an authority for tests, and a DNS server by which every host is this machine.
struct Authority {
    _dns: Program,
    pebble: Program,
    directory: String,
    management: String,
    /// Signs the directory's own certificate.
    ca: PathBuf,
}

impl Authority {
    /// Starts them; `tls_port` is where hosts must prove that they are theirs.
    async fn start(folder: &Path, port: u16, tls_port: u16, validity: Duration) -> Self {
        let (management, dns) = (free_port(), free_port());
        let (cert, key) = make("localhost");
        let ca = folder.join("pebble.pem");
        std::fs::write(&ca, cert).unwrap();
        std::fs::write(folder.join("pebble-key.pem"), key).unwrap();
        let config = serde_json::json!({ "pebble": {
            "listenAddress": format!("127.0.0.1:{port}"),
            "managementListenAddress": format!("127.0.0.1:{management}"),
            "certificate": ca,
            "privateKey": folder.join("pebble-key.pem"),
            "httpPort": free_port(),
            "tlsPort": tls_port,
            "certificateValidityPeriod": validity.as_secs(),
        }});
        let path = folder.join("pebble.json");
        let mut file = std::fs::File::create(&path).unwrap();
        file.write_all(config.to_string().as_bytes()).unwrap();
        let mut names = Command::new("pebble-challtestsrv");
        names.args([
            "-http01",
            "",
            "-https01",
            "",
            "-tlsalpn01",
            "",
            "-defaultIPv6",
            "",
        ]);
        names.args(["-dns01", &format!("127.0.0.1:{dns}")]);
        names.args(["-management", &format!("127.0.0.1:{}", free_port())]);
        let mut pebble = Command::new("pebble");
        pebble.arg("-config").arg(path);
        pebble.args(["-dnsserver", &format!("127.0.0.1:{dns}")]);
        pebble
            .env("PEBBLE_VA_NOSLEEP", "1")
            .env("PEBBLE_AUTHZREUSE", "0")
            .env("PEBBLE_WFE_NONCEREJECT", "0");
        let authority = Self {
            _dns: Program::start(names),
            pebble: Program::start(pebble),
            directory: format!("https://localhost:{port}/dir"),
            management: format!("https://localhost:{management}"),
            ca,
        };
        eventually("pebble", async || authority.root().await).await;
        authority
    }

    /// The root of its certificates.
    async fn root(&self) -> Option<String> {
        let ca = std::fs::read(&self.ca).unwrap();
        let client = reqwest::Client::builder()
            .tls_certs_only([Certificate::from_pem(&ca).unwrap()])
            .build()
            .unwrap();
        let answer = client
            .get(format!("{}/roots/0", self.management))
            .send()
            .await
            .ok()?;
        answer.text().await.ok()
    }
}

#[tokio::test]
async fn a_certificate_is_obtained_renewed_and_kept_by_acme() {
    let folder = Folder::new();
    let (port, directory_port) = (free_port(), free_port());
    let url = format!("https://{HOST}:{port}");
    let directory = format!("https://localhost:{directory_port}/dir");
    let validity = Duration::from_secs(30);
    let authority = Authority::start(&folder.0, directory_port, port, validity).await;
    assert_eq!(authority.directory, directory);
    let root = authority.root().await.unwrap();
    let settings = [
        ("JARSHY_ACME_EMAIL", "admin@example.test"),
        ("JARSHY_ACME_DIRECTORY", directory.as_str()),
        ("JARSHY_ACME_CA", authority.ca.to_str().unwrap()),
        ("JARSHY_PUBLIC_URL", &url),
    ];
    let running = Program::start(server(&folder, port, &settings));
    let root = roots(&[&root]);
    let first = eventually("a certificate", async || shown(port, HOST, &root).await).await;
    running.logs("a certificate was obtained by ACME").await;
    // The challenge is over, and its certificate shown to nobody.
    let renewed = eventually("another certificate", async || {
        shown(port, HOST, &root)
            .await
            .filter(|shown| *shown != first)
    })
    .await;
    assert_ne!(renewed, first);

    // The authority is away: what is stored serves on, over a restart.
    drop(running);
    drop(authority.pebble);
    let again = Program::start(server(&folder, port, &settings));
    let kept = eventually("the stored certificate", async || {
        shown(port, HOST, &root).await
    })
    .await;
    assert_eq!(kept, renewed);
    again.logs("no certificate was obtained by ACME").await;
    let warned = eventually("a warning", async || {
        ready(port)
            .await
            .filter(|text| text.contains("no certificate was obtained"))
    })
    .await;
    assert!(warned.starts_with("ready\n"), "{warned}");
}

#[tokio::test]
async fn what_the_authority_says_is_passed_on() {
    let folder = Folder::new();
    let (port, directory_port) = (free_port(), free_port());
    // The authority looks for the host at another port, where nobody answers.
    let validity = Duration::from_secs(3600);
    let authority = Authority::start(&folder.0, directory_port, free_port(), validity).await;
    let url = format!("https://{HOST}:{port}");
    let settings = [
        ("JARSHY_ACME_EMAIL", "admin@example.test"),
        ("JARSHY_ACME_DIRECTORY", authority.directory.as_str()),
        ("JARSHY_ACME_CA", authority.ca.to_str().unwrap()),
        ("JARSHY_PUBLIC_URL", &url),
    ];
    let running = Program::start(server(&folder, port, &settings));
    let expected = format!("the authority could not verify {HOST}: ");
    running.logs(&expected).await;
    running.logs(&format!("{expected}Failed to connect")).await;
    // Until there is a certificate, probes are answered in plain HTTP.
    let warned = eventually("an answer", async || ready(port).await).await;
    assert!(warned.contains(&expected), "{warned}");
    let mut raw = std::net::TcpStream::connect((Ipv4Addr::LOCALHOST, port)).unwrap();
    raw.write_all(b"GET /health/live HTTP/1.1\r\nhost: a\r\nconnection: close\r\n\r\n")
        .unwrap();
    let mut answer = String::new();
    raw.read_to_string(&mut answer).unwrap();
    assert!(answer.starts_with("HTTP/1.1 200"), "{answer}");
}
