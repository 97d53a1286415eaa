//! Where files are found, and pictures in the widths that screens ask for.

use crate::store::media::Medium;

/// A picture's address, and those of smaller ones.
pub struct Sources {
    /// The picture itself.
    pub path: String,
    /// It and the smaller ones with their widths, as `srcset` wants them; empty
    /// where there is but one.
    pub srcset: String,
    /// Points across and down, where they are known.
    pub dimensions: Option<(i64, i64)>,
}

impl Sources {
    /// The sources of a picture that has smaller ones in these `widths`.
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

    /// What an article's picture says beside its address and words. A name of a
    /// file needs no escaping.
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

/// The address of a file.
pub fn path(medium: &Medium) -> String {
    format!("/media/{}", medium.file_name)
}

/// The address of a smaller picture.
pub fn smaller_path(medium: &Medium, width: i64) -> String {
    format!("/media/{width}/{}", medium.file_name)
}
