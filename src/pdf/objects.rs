//! The values of PDF objects, beside those that lopdf makes of Rust's own: a whole number, a `bool`, a
//! name (`&str`), a reference, an array, a dictionary (`dictionary!`).

use lopdf::{Object, StringFormat};

pub(super) use lopdf::text_string as text;

/// A string that is no text for people: an identifier, a date, a language.
pub(super) fn string(ascii: &str) -> Object {
    Object::string_literal(ascii)
}

/// A string of any bytes.
pub(super) fn bytes(bytes: &[u8]) -> Object {
    Object::String(bytes.to_vec(), StringFormat::Hexadecimal)
}

/// A rectangle by its left, bottom, right and top edge, in points.
pub(super) fn rectangle(edges: [f64; 4]) -> Object {
    let edges = edges.map(|edge| Object::Real(thousandths(edge)));
    Object::Array(edges.to_vec())
}

/// A length with at most three decimals: of points, a third of a thousandth of a millimetre.
pub(super) fn thousandths(length: f64) -> f32 {
    ((length * 1000.0).round() / 1000.0) as f32
}
