//! Tints: how they are written, and whether black type can be read on them.

use crate::pdf::Tint;

/// Least contrast of black type on a tint: WCAG 2.1, 1.4.6 (enhanced).
const LEAST_CONTRAST: f64 = 7.0;

/// The tint of `#RRGGBB`.
pub(super) fn hexadecimal(text: &str) -> Option<Tint> {
    let digits = text.trim().strip_prefix('#')?;
    if digits.len() != 6 || !digits.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        return None;
    }
    let number = u32::from_str_radix(digits, 16).ok()?;
    let [_, red, green, blue] = number.to_be_bytes();
    Some(Tint::Rgb([red, green, blue]))
}

/// Whether black type stands out enough.
pub(super) fn is_light_enough(tint: Tint) -> bool {
    let luminance = match tint {
        Tint::Gray(gray) => linear(f64::from(gray)),
        Tint::Rgb(parts) => {
            let [r, g, b] = parts.map(|part| linear(f64::from(part) / 255.0));
            0.2126 * r + 0.7152 * g + 0.0722 * b
        }
    };
    (luminance + 0.05) / 0.05 >= LEAST_CONTRAST
}

/// The linear value of a component of sRGB (IEC 61966-2-1).
fn linear(part: f64) -> f64 {
    if part <= 0.04045 {
        part / 12.92
    } else {
        ((part + 0.055) / 1.055).powf(2.4)
    }
}
