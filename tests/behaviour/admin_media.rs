//! Media and events, on the admin pages and by API.

use std::io::Cursor;

use image::{GrayImage, ImageFormat, Luma, Rgb, RgbImage};
use img_parts::ImageEXIF;
use img_parts::jpeg::Jpeg;
use reqwest::header::{ACCEPT, LOCATION};
use rstest_reuse::apply;

use crate::admin_client::AdminClient;
use crate::harness::{TestApp, on_both_databases};

/// A small picture of one grey.
pub fn png(grey: u8) -> Vec<u8> {
    let mut content = Cursor::new(Vec::new());
    let image = GrayImage::from_pixel(8, 6, Luma([grey]));
    image.write_to(&mut content, ImageFormat::Png).unwrap();
    content.into_inner()
}

/// A photograph of 2,000 by 1,000 points as a camera on its side makes it, with
/// where it was taken.
pub fn photograph() -> Vec<u8> {
    let spot = |x: u32, y: u32| Rgb([(x / 8) as u8, (y / 4) as u8, (x * y / 997) as u8]);
    let image = RgbImage::from_fn(2000, 1000, spot);
    let mut content = Cursor::new(Vec::new());
    image.write_to(&mut content, ImageFormat::Jpeg).unwrap();
    // TIFF 6.0 §2: one entry, the orientation: turned by a quarter.
    let mut notes = b"II*\0\x08\0\0\0\x01\0\x12\x01\x03\0\x01\0\0\0\x06\0\0\0\0\0\0\0".to_vec();
    notes.extend_from_slice(b"taken at home");
    let mut jpeg = Jpeg::from_bytes(content.into_inner().into()).unwrap();
    jpeg.set_exif(Some(notes.into()));
    jpeg.encoder().bytes().to_vec()
}

fn holds(bytes: &[u8], text: &str) -> bool {
    bytes
        .windows(text.len())
        .any(|part| part == text.as_bytes())
}

#[apply(on_both_databases)]
async fn files_are_uploaded_captioned_and_deleted(app: TestApp) {
    let owner = AdminClient::owner(&app).await;
    let answer = owner
        .upload("/admin/media", &[], "My Photo.JPEG", &png(7))
        .await;
    assert_eq!(answer.status(), 303);
    let page = answer.headers()[LOCATION].to_str().unwrap().to_owned();
    let form = [
        ("title-en", "The gate"),
        ("alt-en", "A gate of carved stone"),
        ("title-kk", ""),
        ("alt-kk", "Қақпа"),
    ];
    let saved = owner.submit(&page, &form).await;
    assert!(
        saved.contains("![A gate of carved stone](/media/my-photo.png)"),
        "{saved}"
    );
    let media = &app.api_get("/media").await["items"][0];
    assert_eq!(media["captions"]["kk"]["alt"], "Қақпа");
    assert_eq!(
        app.get("/media/my-photo.png").await.bytes().await.unwrap(),
        png(7)
    );

    // The same file again is the one that is there; another gets a name of its own.
    let again = owner
        .upload("/admin/media", &[], "My Photo.JPEG", &png(7))
        .await;
    assert_eq!(again.headers()[LOCATION].to_str().unwrap(), page);
    owner
        .upload("/admin/media", &[], "my-photo.png", &png(8))
        .await;
    assert_eq!(
        app.api_get("/media").await["items"]
            .as_array()
            .unwrap()
            .len(),
        2
    );

    let script = owner
        .upload("/admin/media", &[], "x.svg", b"<svg onload=alert(1)>")
        .await;
    let told = owner
        .page(script.headers()[LOCATION].to_str().unwrap())
        .await;
    assert!(
        told.contains("A file of this kind cannot be kept"),
        "{told}"
    );
    let none = owner.upload("/admin/media", &[], "", b"").await;
    assert!(
        owner
            .page(none.headers()[LOCATION].to_str().unwrap())
            .await
            .contains("Choose a file")
    );

    app.create_post("gate", "Gate", "See ![](/media/my-photo.png)")
        .await;
    let asked = owner.refused(&format!("{page}/delete"), &[], 200).await;
    assert!(
        asked.contains("1 place that uses it will miss it: the post “Gate”"),
        "{asked}"
    );
    owner
        .submit(&format!("{page}/delete"), &[("confirmed", "yes")])
        .await;
    assert_eq!(app.get("/media/my-photo.png").await.status(), 404);
}

#[apply(on_both_databases)]
async fn a_photo_gets_smaller_versions_without_exif(app: TestApp) {
    let owner = AdminClient::owner(&app).await;
    let photograph = photograph();
    assert!(holds(&photograph, "taken at home"));
    let answer = owner
        .upload(
            "/admin/media",
            &[("shown", "yes")],
            "steppe.jpg",
            &photograph,
        )
        .await;
    let page = owner
        .page(answer.headers()[LOCATION].to_str().unwrap())
        .await;
    assert!(page.contains("1000 × 2000; also 480, 960 wide"), "{page}");
    for (path, width, height) in [("", 1000, 2000), ("480/", 480, 960), ("960/", 960, 1920)] {
        let answer = app.get(&format!("/media/{path}steppe.jpg")).await;
        assert_eq!(answer.headers()["content-type"], "image/jpeg");
        let bytes = answer.bytes().await.unwrap();
        assert!(!holds(&bytes, "taken at home"), "{path}");
        let image = image::load_from_memory(&bytes).unwrap();
        assert_eq!((image.width(), image.height()), (width, height));
    }
    for path in [
        "/media/481/steppe.jpg",
        "/media/x/steppe.jpg",
        "/media/480/none.jpg",
    ] {
        assert_eq!(app.get(path).await.status(), 404, "{path}");
    }
    app.create_post("steppe", "Steppe", "See ![The steppe](/media/steppe.jpg)")
        .await;
    let sources = "srcset=\"/media/480/steppe.jpg 480w, /media/960/steppe.jpg 960w, /media/steppe.jpg 1000w\"";
    for path in ["/media", "/posts/steppe"] {
        let page = app.get(path).await.text().await.unwrap();
        assert!(
            page.contains(sources) && page.contains("width=\"1000\" height=\"2000\""),
            "{page}"
        );
    }

    let broken = owner
        .upload("/admin/media", &[], "b.jpg", &photograph[..400])
        .await;
    let told = owner
        .page(broken.headers()[LOCATION].to_str().unwrap())
        .await;
    assert!(told.contains("The picture cannot be read"), "{told}");
}

#[apply(on_both_databases)]
async fn an_editor_upload_returns_markdown(app: TestApp) {
    let owner = AdminClient::owner(&app).await;
    let mut request = owner.upload_request("/admin/media", &[], "a.png", &png(7));
    request = request.header(ACCEPT, "application/json");
    let answer = request.send().await.unwrap();
    assert_eq!(answer.status(), 201);
    let body: serde_json::Value = answer.json().await.unwrap();
    assert_eq!(body["items"][0]["markdown"], "![](/media/a.png)");

    let request = owner.upload_request("/admin/media", &[], "a.exe", b"MZ\x90\0");
    let answer = request
        .header(ACCEPT, "application/json")
        .send()
        .await
        .unwrap();
    assert_eq!(answer.status(), 415);
    let body: serde_json::Value = answer.json().await.unwrap();
    assert!(
        body["detail"].as_str().unwrap().contains("pictures"),
        "{body}"
    );
}

#[apply(on_both_databases)]
async fn files_are_uploaded_and_deleted_by_api(app: TestApp) {
    let nobody = AdminClient::nobody(&app);
    let fields = [("title-en", "The gate"), ("alt-en", "A gate")];
    let request = nobody.upload_request("/api/v1/media", &fields, "gate.png", &png(7));
    assert_eq!(request.send().await.unwrap().status(), 401);
    let request = nobody.upload_request("/api/v1/media", &fields, "gate.png", &png(7));
    let answer = request.bearer_auth(app.token()).send().await.unwrap();
    assert_eq!(answer.status(), 201);
    let body: serde_json::Value = answer.json().await.unwrap();
    assert_eq!(body["captions"]["en"]["alt"], "A gate");
    assert_eq!(app.get("/media/gate.png").await.status(), 200);
    assert_eq!(
        app.api("DELETE", "/media/gate.png")
            .send()
            .await
            .unwrap()
            .status(),
        204
    );
    assert_eq!(
        app.api("DELETE", "/media/gate.png")
            .send()
            .await
            .unwrap()
            .status(),
        404
    );
}

#[apply(on_both_databases)]
async fn events_are_created_changed_and_deleted(app: TestApp) {
    let owner = AdminClient::owner(&app).await;
    let mut form = vec![
        ("starts_on", "2030-03-21"),
        ("starts_at", "18:30"),
        ("ends_on", "2030-03-21"),
        ("ends_at", "17:00"),
        ("slug", ""),
        ("title-en", "Nauryz"),
        ("place-en", "Embassy"),
        ("description-en", ""),
        ("title-kk", "Наурыз"),
        ("title-ru", ""),
        ("place-ru", "Посольство"),
    ];
    let refused = owner.refused("/admin/events", &form, 422).await;
    assert!(
        refused.contains("must not be empty") || refused.contains("Must not be empty"),
        "a place needs a title: {refused}"
    );
    form[10].1 = "";
    let refused = owner.refused("/admin/events", &form, 422).await;
    assert!(
        refused.contains("An event cannot end before it starts"),
        "{refused}"
    );
    form[3].1 = "20:00";
    form.push(("action", "publish"));
    let index = owner.submit("/admin/events", &form).await;
    assert!(index.contains("/admin/events/nauryz-2030-03-21"), "{index}");
    let event = &app.api_get("/events").await["items"][0];
    assert_eq!(event["starts_at"], "2030-03-21T18:30:00Z");
    assert!(
        app.get("/events/2030/3?language=kk")
            .await
            .text()
            .await
            .unwrap()
            .contains("Наурыз")
    );

    // All day, and no longer in Kazakh.
    let form = [
        ("starts_on", "2030-03-21"),
        ("ends_on", "2030-03-22"),
        ("all_day", "yes"),
        ("title-en", "Nauryz"),
    ];
    owner.submit("/admin/events/nauryz-2030-03-21", &form).await;
    let event = &app.api_get("/events").await["items"][0];
    assert_eq!(
        event["ends_at"], "2030-03-23T00:00:00Z",
        "the moment after the last"
    );
    let page = owner.page("/admin/events/nauryz-2030-03-21").await;
    assert!(
        page.contains("value=\"2030-03-22\"") && !page.contains("Наурыз"),
        "{page}"
    );
    owner
        .submit(
            "/admin/events/nauryz-2030-03-21/delete",
            &[("confirmed", "yes")],
        )
        .await;
    assert!(
        app.api_get("/events").await["items"]
            .as_array()
            .unwrap()
            .is_empty()
    );
}

#[apply(on_both_databases)]
async fn the_site_name_is_changed(app: TestApp) {
    let owner = AdminClient::owner(&app).await;
    let form = [
        ("name-en", "Embassy <of> Kazakhstan"),
        ("tagline-en", "In Wellington"),
        ("name-ru", "Посольство"),
    ];
    let page = owner.submit("/admin/site", &form).await;
    assert!(page.contains("Embassy &#60;of&#62; Kazakhstan"), "{page}");
    assert!(
        app.get("/join?language=ru")
            .await
            .text()
            .await
            .unwrap()
            .contains("Посольство")
    );
    assert!(
        app.get("/join?language=kk")
            .await
            .text()
            .await
            .unwrap()
            .contains("In Wellington")
    );
    let refused = owner
        .refused("/admin/site", &[("name-en", ""), ("tagline-en", "x")], 422)
        .await;
    assert!(
        refused.contains("Enter a name in at least one language"),
        "{refused}"
    );
}

#[apply(on_both_databases)]
async fn a_logo_is_uploaded_with_the_form_of_the_site(app: TestApp) {
    let owner = AdminClient::owner(&app).await;
    let form = |accent| [("name-en", "Embassy"), ("accent", accent), ("logo", "")];
    let no_picture = owner
        .upload("/admin/site", &form("#8a1538"), "logo.txt", b"A logo")
        .await;
    assert_eq!(no_picture.status(), 422);
    let page = no_picture.text().await.unwrap();
    assert!(page.contains("Choose a picture: JPEG"), "{page}");
    assert!(page.contains("value=\"#8a1538\""), "what was typed: {page}");

    // Another field is wrong: the picture need not be chosen again.
    let wrong_colour = owner
        .upload("/admin/site", &form("no colour"), "logo.png", &png(3))
        .await;
    assert_eq!(wrong_colour.status(), 422);
    let page = wrong_colour.text().await.unwrap();
    assert!(
        page.contains("<option selected>logo.png</option>"),
        "{page}"
    );

    let mut chosen = form("#8a1538");
    chosen[2].1 = "logo.png";
    let saved = owner.upload("/admin/site", &chosen, "", b"").await;
    assert_eq!(saved.status(), 303);
    let home = app.get("/en").await.text().await.unwrap();
    assert!(home.contains("/media/logo.png"), "{home}");

    let saved = owner
        .upload("/admin/site", &form("#8a1538"), "other.png", &png(4))
        .await;
    assert_eq!(saved.status(), 303);
    let home = app.get("/en").await.text().await.unwrap();
    assert!(home.contains("/media/other.png"), "{home}");
}
