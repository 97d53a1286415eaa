//! Processing of uploaded pictures: EXIF and other metadata are removed, and smaller
//! copies are made for small screens.

use std::io::Cursor;

use bytes::Bytes;
use image::codecs::jpeg::JpegEncoder;
use image::codecs::png::PngEncoder;
use image::codecs::webp::{WebPDecoder, WebPEncoder};
use image::imageops::FilterType;
use image::metadata::Orientation;
use image::{
    DynamicImage, ExtendedColorType, ImageDecoder, ImageEncoder, ImageError, ImageFormat,
    ImageReader, Limits,
};
use img_parts::jpeg::{Jpeg, markers};
use img_parts::png::Png;
use img_parts::webp::WebP;
use img_parts::{ImageEXIF, ImageICC};

/// The widths of smaller copies.
pub const WIDTHS: [u32; 3] = [480, 960, 1600];
/// The maximum number of pixels: a decoded picture takes four bytes for each.
const LARGEST: u64 = 40_000_000;
/// The width from which on fine filters cost more than they show.
const LARGE: u32 = 3_200;
/// JPEG quality of smaller copies and rotated pictures.
const QUALITY: u8 = 82;
const QUALITY_TURNED: u8 = 92;

/// A processed picture.
#[derive(Debug)]
pub struct Picture {
    /// Its content without metadata.
    pub content: Vec<u8>,
    /// Its width in pixels.
    pub width: u32,
    /// Its height in pixels.
    pub height: u32,
    /// Its smaller copies: width and content.
    pub sizes: Vec<(u32, Vec<u8>)>,
}

/// Why a picture cannot be processed.
#[derive(Debug, thiserror::Error)]
pub enum PictureError {
    /// It would take too much memory.
    #[error("the picture has more than {} million pixels; make it smaller first", LARGEST / 1_000_000)]
    TooLarge,
    /// Its metadata cannot be removed.
    #[error(
        "the picture holds notes of the camera, perhaps of the place, that cannot be taken out of an AVIF; save it without metadata, or as JPEG, PNG or WebP"
    )]
    Notes,
    /// It is broken, or of an unknown kind.
    #[error("the picture cannot be read ({0}); save it again and retry")]
    Broken(String),
}

impl From<ImageError> for PictureError {
    fn from(error: ImageError) -> Self {
        match error {
            ImageError::Limits(_) => PictureError::TooLarge,
            other => PictureError::Broken(other.to_string()),
        }
    }
}

/// Processes a picture; `None` for kinds that are stored unchanged: GIF,
/// AVIF, and animations.
///
/// # Errors
/// [`PictureError`] for one that is too large or broken.
pub fn ready(media_type: &str, content: &[u8]) -> Result<Option<Picture>, PictureError> {
    let format = match media_type {
        "image/jpeg" => ImageFormat::Jpeg,
        "image/png" => ImageFormat::Png,
        "image/webp" => ImageFormat::WebP,
        "image/avif" if has_notes(content) => return Err(PictureError::Notes),
        _ => return Ok(None),
    };
    let mut reader = ImageReader::with_format(Cursor::new(content), format);
    let mut limits = Limits::default();
    // Eight bits of four channels for the largest; pictures with more bits must be smaller.
    limits.max_alloc = Some(LARGEST * 4);
    reader.limits(limits);
    let mut decoder = reader.into_decoder()?;
    let (width, height) = decoder.dimensions();
    if u64::from(width) * u64::from(height) > LARGEST {
        return Err(PictureError::TooLarge);
    }
    if moves(format, content)? {
        // An animation cannot be re-encoded; only its metadata is removed.
        return Ok(Some(Picture {
            content: without_notes(format, content)?,
            width,
            height,
            sizes: Vec::new(),
        }));
    }
    let mut profile = decoder.icc_profile()?.unwrap_or_default();
    // Pictures are encoded as RGB (ICC.1 §7.2.6 names the space at byte 16).
    if profile.get(16..20) != Some(b"RGB ") {
        profile.clear();
    }
    let orientation = decoder.orientation()?;
    let mut image = DynamicImage::from_decoder(decoder)?;
    image.apply_orientation(orientation);
    let whole = match orientation {
        Orientation::NoTransforms => without_notes(format, content)?,
        _ => encode(&image, format, QUALITY_TURNED, &profile)?,
    };
    let (width, height) = (image.width(), image.height());
    // A large picture is first reduced by a cheap filter, which takes no memory.
    let source = if width > LARGE {
        image.thumbnail(LARGE, u32::MAX)
    } else {
        image
    };
    let mut sizes = Vec::new();
    for smaller in WIDTHS.into_iter().filter(|smaller| *smaller < width) {
        let image = source.resize(smaller, u32::MAX, FilterType::Lanczos3);
        let bytes = encode(&image, format, QUALITY, &profile)?;
        // A copy that is not smaller is useless.
        if bytes.len() < whole.len() {
            sizes.push((smaller, bytes));
        }
    }
    Ok(Some(Picture {
        content: whole,
        width,
        height,
        sizes,
    }))
}

/// Whether an AVIF holds Exif or XMP. Its items are named in the box `iinf` of
/// its `meta` (ISO/IEC 14496-12 §8.11.6), each in an `infe` that ends in its
/// type; what they are is known only by that.
fn has_notes(content: &[u8]) -> bool {
    let entries = content
        .windows(4)
        .enumerate()
        .filter(|(_, name)| name == b"infe");
    entries.map(|(at, _)| at).any(|at| {
        // Version and flags, the item's number (two or four bytes) and its
        // protection (two), then the type.
        let kind = |offset: usize| content.get(at + offset..at + offset + 4);
        [12, 14]
            .into_iter()
            .any(|offset| matches!(kind(offset), Some(b"Exif" | b"mime")))
    })
}

/// Whether it is an animation.
fn moves(format: ImageFormat, content: &[u8]) -> Result<bool, PictureError> {
    Ok(match format {
        ImageFormat::WebP => WebPDecoder::new(Cursor::new(content))?.has_animation(),
        // The chunk comes before the first frame's data.
        ImageFormat::Png => Png::from_bytes(Bytes::copy_from_slice(content))
            .is_ok_and(|png| png.chunk_by_type(*b"acTL").is_some()),
        _ => false,
    })
}

fn encode(
    image: &DynamicImage,
    format: ImageFormat,
    quality: u8,
    profile: &[u8],
) -> Result<Vec<u8>, PictureError> {
    let mut out = Vec::new();
    // JPEG has no transparency, and sixteen bits are more than a page shows.
    let image = match (format, image.color().has_alpha()) {
        (ImageFormat::Jpeg, _) | (_, false) => DynamicImage::from(image.to_rgb8()),
        (_, true) => DynamicImage::from(image.to_rgba8()),
    };
    let color = ExtendedColorType::from(image.color());
    let (width, height) = (image.width(), image.height());
    let bytes = image.as_bytes();
    match format {
        ImageFormat::Jpeg => {
            let encoder = JpegEncoder::new_with_quality(&mut out, quality);
            write(encoder, bytes, width, height, color, profile)?;
        }
        ImageFormat::Png => {
            write(
                PngEncoder::new(&mut out),
                bytes,
                width,
                height,
                color,
                profile,
            )?;
        }
        _ => {
            let encoder = WebPEncoder::new_lossless(&mut out);
            write(encoder, bytes, width, height, color, profile)?;
        }
    }
    Ok(out)
}

fn write(
    mut encoder: impl ImageEncoder,
    bytes: &[u8],
    width: u32,
    height: u32,
    color: ExtendedColorType,
    profile: &[u8],
) -> Result<(), PictureError> {
    if !profile.is_empty() {
        // Without a profile, browsers assume sRGB, as for most pictures.
        let _ = encoder.set_icc_profile(profile.to_vec());
    }
    Ok(encoder.write_image(bytes, width, height, color)?)
}

/// The picture without Exif, XMP, IPTC and comments, which reveal where it
/// was taken, when, and with whose camera.
fn without_notes(format: ImageFormat, content: &[u8]) -> Result<Vec<u8>, PictureError> {
    let broken = |error: img_parts::Error| PictureError::Broken(error.to_string());
    let bytes = Bytes::copy_from_slice(content);
    let clean = match format {
        ImageFormat::Jpeg => {
            let mut jpeg = Jpeg::from_bytes(bytes).map_err(broken)?;
            jpeg.segments_mut().retain(|segment| {
                !matches!(
                    segment.marker(),
                    markers::APP1 | markers::APP13 | markers::COM
                )
            });
            jpeg.encoder().bytes()
        }
        ImageFormat::Png => {
            let mut png = Png::from_bytes(bytes).map_err(broken)?;
            png.chunks_mut().retain(|chunk| {
                !matches!(
                    &chunk.kind(),
                    b"eXIf" | b"tEXt" | b"zTXt" | b"iTXt" | b"tIME"
                )
            });
            png.encoder().bytes()
        }
        _ => {
            let mut webp = WebP::from_bytes(bytes).map_err(broken)?;
            let profile = webp.icc_profile();
            webp.set_exif(None);
            webp.remove_chunks_by_id(*b"XMP ");
            webp.set_icc_profile(profile);
            webp.encoder().bytes()
        }
    };
    Ok(clean.to_vec())
}

#[cfg(test)]
mod tests {
    use image::{GrayImage, Luma, RgbaImage};
    use img_parts::png::PngChunk;

    use super::*;

    fn encoded(image: &DynamicImage, format: ImageFormat) -> Vec<u8> {
        let mut content = Cursor::new(Vec::new());
        image.write_to(&mut content, format).unwrap();
        content.into_inner()
    }

    fn holds(bytes: &[u8], text: &str) -> bool {
        bytes
            .windows(text.len())
            .any(|part| part == text.as_bytes())
    }

    #[test]
    fn a_picture_without_metadata_is_stored_unchanged() {
        let image = DynamicImage::from(RgbaImage::new(20, 10));
        for (format, media_type) in [
            (ImageFormat::Png, "image/png"),
            (ImageFormat::WebP, "image/webp"),
        ] {
            let content = encoded(&image, format);
            let picture = ready(media_type, &content).unwrap().unwrap();
            assert_eq!(picture.content, content, "{media_type}");
            assert_eq!((picture.width, picture.height), (20, 10));
            assert!(picture.sizes.is_empty());
        }
    }

    #[test]
    fn metadata_is_removed_from_every_format() {
        let image = DynamicImage::from(RgbaImage::new(20, 10));
        let mut png = Png::from_bytes(encoded(&image, ImageFormat::Png).into()).unwrap();
        let note = PngChunk::new(*b"tEXt", Bytes::from_static(b"Comment\0at home"));
        png.chunks_mut().insert(1, note);
        let mut webp = WebP::from_bytes(encoded(&image, ImageFormat::WebP).into()).unwrap();
        webp.set_exif(Some(Bytes::from_static(
            b"II*\0\x08\0\0\0\0\0\0\0\0\0at home",
        )));
        for (content, media_type) in [
            (png.encoder().bytes(), "image/png"),
            (webp.encoder().bytes(), "image/webp"),
        ] {
            assert!(holds(&content, "at home"), "{media_type}");
            let picture = ready(media_type, &content).unwrap().unwrap();
            assert!(!holds(&picture.content, "at home"), "{media_type}");
            let again = image::load_from_memory(&picture.content).unwrap();
            assert_eq!(again.as_bytes(), image.as_bytes(), "{media_type}");
        }
    }

    #[test]
    fn moving_pictures_lose_their_notes_too() {
        let image = DynamicImage::from(RgbaImage::new(20, 10));
        let mut png = Png::from_bytes(encoded(&image, ImageFormat::Png).into()).unwrap();
        let control = Bytes::from_static(&[0, 0, 0, 1, 0, 0, 0, 0]);
        png.chunks_mut().insert(1, PngChunk::new(*b"acTL", control));
        let note = PngChunk::new(*b"tEXt", Bytes::from_static(b"Comment\0at home"));
        png.chunks_mut().insert(2, note);
        let content = png.encoder().bytes();
        let picture = ready("image/png", &content).unwrap().unwrap();
        assert!(!holds(&picture.content, "at home") && holds(&picture.content, "acTL"));
        assert!(picture.sizes.is_empty());
    }

    #[test]
    fn an_avif_with_a_location_is_rejected() {
        let with = |kind: &[u8; 4]| {
            let mut content = b"\0\0\0\x14ftypavif\0\0\0\0avif".to_vec();
            content.extend_from_slice(b"\0\0\0\x15infe\x02\0\0\0\0\x02\0\0");
            content.extend_from_slice(kind);
            content.push(0);
            content
        };
        let refused = ready("image/avif", &with(b"Exif"));
        assert!(matches!(refused, Err(PictureError::Notes)), "{refused:?}");
        assert!(ready("image/avif", &with(b"av01")).unwrap().is_none());
    }

    #[test]
    fn input_that_would_exhaust_memory_is_rejected() {
        let vast = DynamicImage::from(GrayImage::from_pixel(6_400, 6_300, Luma([9])));
        let content = encoded(&vast, ImageFormat::Png);
        assert!(content.len() < 1_000_000, "it looks harmless");
        let refused = ready("image/png", &content);
        assert!(
            matches!(refused, Err(PictureError::TooLarge)),
            "{refused:?}"
        );
    }

    #[test]
    fn noise_is_no_picture_and_others_are_left_alone() {
        assert!(matches!(
            ready("image/jpeg", b"\xff\xd8\xff\xe0 and no more"),
            Err(PictureError::Broken(_))
        ));
        assert!(ready("image/gif", b"GIF89a").unwrap().is_none());
    }
}
