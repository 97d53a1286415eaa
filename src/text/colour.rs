//! Colours that can be read: contrast by WCAG 2.2, and a palette made of one.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// The minimum contrast of text by WCAG 2.2 (1.4.3).
pub const LEAST_CONTRAST: f64 = 4.5;

/// An opaque sRGB colour, `#rrggbb`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Colour([u8; 3]);

/// Why a colour cannot be used.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum ColourError {
    /// Not of the form `#rrggbb`.
    #[error("must be like #00677c: a hash and six hexadecimal digits")]
    Malformed,
    /// Too pale for text on white, and for white text on it.
    #[error(
        "is too pale to be read: its contrast is {contrast:.1} : 1, and text needs 4.5 : 1; {better} would do"
    )]
    Pale {
        /// Its lowest contrast.
        contrast: f64,
        /// The nearest darker colour with enough contrast.
        better: Colour,
    },
}

impl FromStr for Colour {
    type Err = ColourError;

    fn from_str(text: &str) -> Result<Self, ColourError> {
        let digits = text
            .trim()
            .strip_prefix('#')
            .ok_or(ColourError::Malformed)?;
        let is_hex = digits.len() == 6 && digits.bytes().all(|octet| octet.is_ascii_hexdigit());
        let number = u32::from_str_radix(digits, 16).ok().filter(|_| is_hex);
        let [_, red, green, blue] = number.ok_or(ColourError::Malformed)?.to_be_bytes();
        Ok(Self([red, green, blue]))
    }
}

impl TryFrom<String> for Colour {
    type Error = ColourError;

    fn try_from(text: String) -> Result<Self, ColourError> {
        text.parse()
    }
}

impl From<Colour> for String {
    fn from(colour: Colour) -> String {
        colour.to_string()
    }
}

impl fmt::Display for Colour {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [red, green, blue] = self.0;
        write!(f, "#{red:02x}{green:02x}{blue:02x}")
    }
}

/// A colour in emails, in light and dark mode: each has enough contrast on the
/// backgrounds of the shipped layouts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MailColours {
    /// Links, and the background of buttons.
    pub accent: Colour,
    /// Links in dark mode.
    pub accent_dark: Colour,
    /// Text on the accent.
    pub on_accent: Colour,
}

impl Colour {
    const WHITE: Colour = Colour([255; 3]);
    const BLACK: Colour = Colour([0; 3]);
    /// The backgrounds of `assets/css/tokens.css`.
    const LIGHT_GROUND: Colour = Colour([0xf3, 0xf8, 0xf9]);
    const DARK_GROUND: Colour = Colour([0x0a, 0x16, 0x1b]);
    const DARK_PAPER: Colour = Colour([0x10, 0x21, 0x2a]);
    const DARK_INK: Colour = Colour([0x05, 0x22, 0x2b]);
    /// The backgrounds of `templates/mail/`.
    const MAIL_GROUNDS: [Colour; 2] = [Colour::WHITE, Colour([0xee, 0xf3, 0xf5])];
    const DARK_MAIL_GROUNDS: [Colour; 2] = [Colour([0x0f, 0x18, 0x1d]), Colour([0x17, 0x23, 0x2a])];

    /// Relative luminance, by WCAG's definition.
    fn luminance(self) -> f64 {
        let linear = |octet: u8| {
            let share = f64::from(octet) / 255.0;
            if share <= 0.04045 {
                share / 12.92
            } else {
                ((share + 0.055) / 1.055).powf(2.4)
            }
        };
        let [red, green, blue] = self.0.map(linear);
        0.2126 * red + 0.7152 * green + 0.0722 * blue
    }

    /// The contrast of two colours, from 1 to 21.
    pub fn contrast(self, other: Colour) -> f64 {
        let (a, b) = (self.luminance(), other.luminance());
        (a.max(b) + 0.05) / (a.min(b) + 0.05)
    }

    /// This colour with a `share` of another, from 0 to 1.
    fn mixed(self, other: Colour, share: f64) -> Self {
        let mut octets = [0; 3];
        for (at, octet) in octets.iter_mut().enumerate() {
            let (own, its) = (f64::from(self.0[at]), f64::from(other.0[at]));
            *octet = (own + (its - own) * share).round() as u8;
        }
        Self(octets)
    }

    fn least_contrast(self, grounds: &[Colour]) -> f64 {
        let contrasts = grounds.iter().map(|ground| self.contrast(*ground));
        contrasts.fold(f64::MAX, f64::min)
    }

    /// Its lowest contrast as text on the light backgrounds of the site.
    pub fn light_contrast(self) -> f64 {
        let tint = self.mixed(Colour::WHITE, 0.9);
        self.least_contrast(&[Colour::WHITE, Colour::LIGHT_GROUND, tint])
    }

    /// Checks its contrast as text and as the background of white text.
    ///
    /// # Errors
    /// [`ColourError::Pale`] with one that can.
    pub fn check(self) -> Result<(), ColourError> {
        let contrast = self.light_contrast();
        if contrast >= LEAST_CONTRAST {
            return Ok(());
        }
        let darker = (1..=20).map(|step| self.mixed(Colour::BLACK, f64::from(step) * 0.05));
        let better = darker
            .into_iter()
            .find(|one| one.light_contrast() >= LEAST_CONTRAST);
        Err(ColourError::Pale {
            contrast,
            better: better.unwrap_or(Colour::BLACK),
        })
    }

    /// The nearest colours with enough contrast in emails.
    pub fn in_mail(self) -> MailColours {
        let toward = |end: Colour, grounds: &[Colour]| {
            let steps = (0..=40).map(|step| self.mixed(end, f64::from(step) * 0.025));
            let mut readable = steps.filter(|one| one.least_contrast(grounds) >= LEAST_CONTRAST);
            readable.next().unwrap_or(end)
        };
        // Text on a button is white: the contrast with white counts both ways.
        MailColours {
            accent: toward(Colour::BLACK, &Self::MAIL_GROUNDS),
            accent_dark: toward(Colour::WHITE, &Self::DARK_MAIL_GROUNDS),
            on_accent: Colour::WHITE,
        }
    }

    /// The style sheet that replaces the shipped blue by this colour, in
    /// light and in dark.
    pub fn style_sheet(self) -> String {
        let tokens = |shape: Colour,
                      text: Colour,
                      hover: Colour,
                      on: Colour,
                      tint: Colour,
                      deep: Colour| {
            format!(
                "--sky:{shape};--sky-text:{text};--sky-fill:{text};--sky-fill-hover:{hover};--on-sky:{on};--sky-tint:{tint};--sky-deep:{deep};--focus:{text}"
            )
        };
        let light = tokens(
            self.mixed(Colour::WHITE, 0.2),
            self,
            self.mixed(Colour::BLACK, 0.25),
            Colour::WHITE,
            self.mixed(Colour::WHITE, 0.9),
            self.mixed(Colour::BLACK, 0.5),
        );
        let dark_tint = self.mixed(Colour::DARK_PAPER, 0.75);
        let grounds = [Colour::DARK_GROUND, Colour::DARK_PAPER, dark_tint];
        let can_be_read = |one: &Colour| {
            one.least_contrast(&grounds) >= LEAST_CONTRAST
                && one.contrast(Colour::DARK_INK) >= LEAST_CONTRAST
        };
        let mut paler = (4..=20).map(|step| self.mixed(Colour::WHITE, f64::from(step) * 0.05));
        let pale = paler.find(can_be_read).unwrap_or(Colour::WHITE);
        let dark = tokens(
            pale.mixed(self, 0.3),
            pale,
            pale.mixed(Colour::WHITE, 0.4),
            Colour::DARK_INK,
            dark_tint,
            self.mixed(Colour::BLACK, 0.65),
        );
        format!(":root{{{light}}}\n@media (prefers-color-scheme: dark){{:root{{{dark}}}}}\n")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn colour(text: &str) -> Colour {
        text.parse().unwrap()
    }

    #[test]
    fn contrasts_are_those_of_the_guidelines() {
        assert!((colour("#000000").contrast(Colour::WHITE) - 21.0).abs() < 0.01);
        assert!((colour("#777777").contrast(Colour::WHITE) - 4.48).abs() < 0.01);
        assert!((colour("#00afca").contrast(Colour::WHITE) - 2.62).abs() < 0.05);
    }

    #[test]
    fn a_pale_colour_is_rejected_with_a_suggestion() {
        assert_eq!(colour("#8a1538").check(), Ok(()));
        assert_eq!(colour("#00677c").check(), Ok(()));
        for pale in ["#ffcc00", "#00afca", "#ffffff"] {
            let Err(ColourError::Pale { better, .. }) = colour(pale).check() else {
                panic!("{pale}");
            };
            assert_eq!(better.check(), Ok(()), "{pale}: {better}");
        }
        for bad in [
            "", "red", "#fff", "#00677cc", "00677c", "#gggggg", "#+12345",
        ] {
            assert_eq!(bad.parse::<Colour>(), Err(ColourError::Malformed), "{bad}");
        }
    }

    #[test]
    fn email_is_readable_with_any_accepted_colour() {
        for text in [
            "#8a1538", "#00677c", "#000000", "#ffffff", "#ffcc00", "#777777", "#0000ff",
        ] {
            let colours = colour(text).in_mail();
            for ground in Colour::MAIL_GROUNDS {
                assert!(colours.accent.contrast(ground) >= LEAST_CONTRAST, "{text}");
            }
            for ground in Colour::DARK_MAIL_GROUNDS {
                assert!(
                    colours.accent_dark.contrast(ground) >= LEAST_CONTRAST,
                    "{text}"
                );
            }
            let on = colours.on_accent.contrast(colours.accent);
            assert!(on >= LEAST_CONTRAST, "{text}");
        }
    }

    #[test]
    fn both_modes_are_readable_with_any_accepted_colour() {
        for text in ["#8a1538", "#00677c", "#1b1b1b", "#5b2c83", "#0000ff"] {
            let sheet = colour(text).style_sheet();
            let dark = sheet.split("dark").nth(1).unwrap();
            let token = |name: &str| {
                let (_, rest) = dark.split_once(&format!("{name}:")).unwrap();
                colour(&rest[..7])
            };
            for ground in [Colour::DARK_GROUND, Colour::DARK_PAPER, token("--sky-tint")] {
                assert!(
                    token("--sky-text").contrast(ground) >= LEAST_CONTRAST,
                    "{text}: {sheet}"
                );
            }
            assert!(
                token("--on-sky").contrast(token("--sky-fill")) >= LEAST_CONTRAST,
                "{text}"
            );
        }
    }
}
