//! A user with a browser of their own on the admin pages.

use jarshy::account;
use jarshy::model::user::Role;
use reqwest::header::{CONTENT_TYPE, LOCATION};
use reqwest::{Client, RequestBuilder, Response, StatusCode};

use crate::harness::TestApp;

pub struct AdminClient {
    pub client: Client,
    url: String,
}

impl AdminClient {
    /// Signs somebody in by the link that the command line prints.
    pub async fn sign_in(app: &TestApp, email: &str, role: Role) -> Self {
        let email = email.parse().unwrap();
        let link = account::add_user(&app.cx, &email, role).await.unwrap();
        let person = Self::nobody(app);
        let path = format!("/admin/sign-in/{}", link.reveal());
        let answer = person.post(&path, &[]).await;
        assert_eq!(answer.status(), StatusCode::SEE_OTHER);
        person
    }

    pub async fn owner(app: &TestApp) -> Self {
        Self::sign_in(app, "owner@embassy.example", Role::Owner).await
    }

    /// A browser that nobody has signed in with.
    pub fn nobody(app: &TestApp) -> Self {
        let client = Client::builder()
            .cookie_store(true)
            .redirect(reqwest::redirect::Policy::none())
            .build()
            .unwrap();
        Self {
            client,
            url: app.url.clone(),
        }
    }

    pub async fn get(&self, path: &str) -> Response {
        let url = format!("{}{path}", self.url);
        self.client.get(url).send().await.unwrap()
    }

    /// A page's HTML, which must be there.
    pub async fn page(&self, path: &str) -> String {
        let answer = self.get(path).await;
        assert_eq!(answer.status(), StatusCode::OK, "GET {path}");
        answer.text().await.unwrap()
    }

    pub async fn post(&self, path: &str, form: &[(&str, &str)]) -> Response {
        let url = format!("{}{path}", self.url);
        self.client.post(url).form(form).send().await.unwrap()
    }

    /// Uploads a file as a browser's form does, with its other fields before it.
    pub async fn upload(
        &self,
        path: &str,
        fields: &[(&str, &str)],
        name: &str,
        content: &[u8],
    ) -> Response {
        let request = self.upload_request(path, fields, name, content);
        request.send().await.unwrap()
    }

    pub fn upload_request(
        &self,
        path: &str,
        fields: &[(&str, &str)],
        name: &str,
        content: &[u8],
    ) -> RequestBuilder {
        let edge = "----edge-of-a-part";
        let mut body = Vec::new();
        for (field, value) in fields {
            let part = format!(
                "--{edge}\r\nContent-Disposition: form-data; name=\"{field}\"\r\n\r\n{value}\r\n"
            );
            body.extend_from_slice(part.as_bytes());
        }
        let head = format!(
            "--{edge}\r\nContent-Disposition: form-data; name=\"file\"; filename=\"{name}\"\r\n\
             Content-Type: application/octet-stream\r\n\r\n"
        );
        body.extend_from_slice(head.as_bytes());
        body.extend_from_slice(content);
        body.extend_from_slice(format!("\r\n--{edge}--\r\n").as_bytes());
        self.client
            .post(format!("{}{path}", self.url))
            .header(
                CONTENT_TYPE,
                format!("multipart/form-data; boundary={edge}"),
            )
            .body(body)
    }

    /// Sends a form that must be taken, and gives the page it leads to.
    pub async fn submit(&self, path: &str, form: &[(&str, &str)]) -> String {
        let answer = self.post(path, form).await;
        let status = answer.status();
        let to = answer.headers().get(LOCATION).cloned();
        assert_eq!(
            status,
            StatusCode::SEE_OTHER,
            "POST {path}: {}",
            answer.text().await.unwrap()
        );
        self.page(to.unwrap().to_str().unwrap()).await
    }

    /// Sends a form that is answered by a page, with this status.
    pub async fn refused(&self, path: &str, form: &[(&str, &str)], status: u16) -> String {
        let answer = self.post(path, form).await;
        assert_eq!(answer.status().as_u16(), status, "POST {path}");
        answer.text().await.unwrap()
    }
}
