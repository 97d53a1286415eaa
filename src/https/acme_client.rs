//! The HTTP client that speaks to an authority.

use std::future::Future;
use std::path::Path;
use std::pin::Pin;
use std::time::Duration;

use instant_acme::{Account, AccountBuilder, BodyWrapper, BytesResponse, Error, HttpClient};
use reqwest::Certificate;

const TIMEOUT: Duration = Duration::from_secs(30);

/// Why there is no client.
#[derive(Debug, thiserror::Error)]
pub enum ClientError {
    #[error("{path} cannot be read: {cause}")]
    File { path: String, cause: std::io::Error },
    #[error(transparent)]
    Http(#[from] reqwest::Error),
}

/// A client that trusts the authorities of the system, or those of the file `ca` alone.
pub(super) fn client(ca: Option<&Path>) -> Result<reqwest::Client, ClientError> {
    let mut builder = reqwest::Client::builder().timeout(TIMEOUT);
    if let Some(path) = ca {
        let pem = std::fs::read(path).map_err(|cause| ClientError::File {
            path: path.display().to_string(),
            cause,
        })?;
        builder = builder.tls_certs_only(Certificate::from_pem_bundle(&pem)?);
    }
    Ok(builder.build()?)
}

pub(super) fn account_builder(client: &reqwest::Client) -> AccountBuilder {
    Account::builder_with_http(Box::new(Client(client.clone())))
}

struct Client(reqwest::Client);

type Request = hyper::Request<BodyWrapper<bytes::Bytes>>;

impl HttpClient for Client {
    fn request(
        &self,
        request: Request,
    ) -> Pin<Box<dyn Future<Output = Result<BytesResponse, Error>> + Send>> {
        let client = self.0.clone();
        Box::pin(async move {
            let request = request.map(reqwest::Body::wrap);
            let request = reqwest::Request::try_from(request).map_err(other)?;
            let response = client.execute(request).await.map_err(other)?;
            let response: hyper::Response<reqwest::Body> = response.into();
            Ok(BytesResponse::from(response))
        })
    }
}

fn other(error: reqwest::Error) -> Error {
    Error::Other(Box::new(error))
}
