//! Paths of media files, `srcset` of pictures, and which of them stands for a link.

use crate::store::media::{Medium, SizedPicture};

/// A picture and its smaller versions.
pub struct Sources {
    /// The picture itself.
    pub path: String,
    /// The value of `srcset`; empty if there are no smaller versions.
    pub srcset: String,
    /// Width and height in pixels, if known.
    pub dimensions: Option<(i64, i64)>,
}

impl Sources {
    /// For a picture with smaller versions in these widths.
    pub fn new(medium: &Medium, widths: &[i64]) -> Self {
        let path = path(medium);
        let dimensions = medium.dimensions();
        let srcset = match dimensions {
            Some((width, _)) if !widths.is_empty() => {
                let smaller = |width: &i64| format!("{} {width}w", smaller_path(medium, *width));
                let mut sources: Vec<String> = widths.iter().map(smaller).collect();
                sources.push(format!("{path} {width}w"));
                sources.join(", ")
            }
            _ => String::new(),
        };
        Self {
            path,
            srcset,
            dimensions,
        }
    }

    /// `srcset`, `sizes`, `width` and `height` as HTML. A file name needs no
    /// escaping.
    pub fn attributes(&self, sizes: &str) -> String {
        let mut said = Vec::new();
        if !self.srcset.is_empty() {
            said.push(format!("srcset=\"{}\" sizes=\"{sizes}\"", self.srcset));
        }
        if let Some((width, height)) = self.dimensions {
            said.push(format!("width=\"{width}\" height=\"{height}\""));
        }
        said.join(" ")
    }
}

/// The width that pages which show a link want its picture to have.
const PREVIEW_WIDTH: i64 = 1200;

/// The path of the smallest version that is wide enough for the preview of a link.
pub fn preview_path(picture: &SizedPicture) -> String {
    let widths = picture.widths();
    match widths.iter().find(|width| **width >= PREVIEW_WIDTH) {
        Some(width) => smaller_path(&picture.medium, *width),
        None => path(&picture.medium),
    }
}

/// The path of a file.
pub fn path(medium: &Medium) -> String {
    format!("/media/{}", medium.file_name)
}

/// The path of a smaller version.
pub fn smaller_path(medium: &Medium, width: i64) -> String {
    format!("/media/{width}/{}", medium.file_name)
}
