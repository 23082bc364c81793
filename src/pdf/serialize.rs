//! Objects and numbers as they are written in a file (ISO 32000-1, 7.3).

use std::io::Write;

use lopdf::{Dictionary, Object, ObjectId, StringFormat};

/// Appends an object.
pub(super) fn object(out: &mut Vec<u8>, object: &Object) {
    match object {
        Object::Null => out.extend(b"null"),
        Object::Boolean(true) => out.extend(b"true"),
        Object::Boolean(false) => out.extend(b"false"),
        Object::Integer(value) => integer(out, *value),
        // Writing to memory doesn't fail. The shortest digits that give the same number back.
        Object::Real(value) => drop(write!(out, "{value}")),
        Object::Name(bytes) => name(out, bytes),
        Object::String(bytes, StringFormat::Literal) => literal(out, bytes),
        Object::String(bytes, StringFormat::Hexadecimal) => {
            out.push(b'<');
            for byte in bytes {
                hexadecimal(out, *byte);
            }
            out.push(b'>');
        }
        Object::Array(objects) => {
            out.push(b'[');
            for (index, member) in objects.iter().enumerate() {
                if index > 0 && !delimits_itself(member) {
                    out.push(b' ');
                }
                self::object(out, member);
            }
            out.push(b']');
        }
        Object::Dictionary(members) => dictionary(out, members),
        Object::Stream(stream) => {
            dictionary(out, &stream.dict);
            out.extend(b"stream\n");
            out.extend(&stream.content);
            out.extend(b"\nendstream");
        }
        Object::Reference(id) => reference(out, *id),
    }
}

/// Appends a reference to an object.
pub(super) fn reference(out: &mut Vec<u8>, (number, generation): ObjectId) {
    integer(out, i64::from(number));
    out.push(b' ');
    integer(out, i64::from(generation));
    out.extend(b" R");
}

fn dictionary(out: &mut Vec<u8>, members: &Dictionary) {
    out.extend(b"<<");
    for (key, value) in members {
        name(out, key);
        if !delimits_itself(value) {
            out.push(b' ');
        }
        object(out, value);
    }
    out.extend(b">>");
}

/// Whether an object begins with a delimiter, so that no space is needed before it (7.2.2).
fn delimits_itself(object: &Object) -> bool {
    matches!(
        object,
        Object::Name(_)
            | Object::String(..)
            | Object::Array(_)
            | Object::Dictionary(_)
            | Object::Stream(_)
    )
}

/// Appends a name; what is no regular character is written as its number (7.3.5).
pub(super) fn name(out: &mut Vec<u8>, bytes: &[u8]) {
    out.push(b'/');
    for &byte in bytes {
        let regular = byte.is_ascii_graphic() && !b"()<>[]{}/%#".contains(&byte);
        if regular {
            out.push(byte);
        } else {
            out.push(b'#');
            hexadecimal(out, byte);
        }
    }
}

/// Appends a string in brackets. All of its own brackets are escaped, also those in pairs (7.3.4.2).
pub(super) fn literal(out: &mut Vec<u8>, bytes: &[u8]) {
    out.push(b'(');
    for &byte in bytes {
        match byte {
            b'(' | b')' | b'\\' => out.extend([b'\\', byte]),
            // A bare one would be read as a line feed.
            b'\r' => out.extend(b"\\r"),
            _ => out.push(byte),
        }
    }
    out.push(b')');
}

/// Appends a byte as two hexadecimal digits.
pub(super) fn hexadecimal(out: &mut Vec<u8>, byte: u8) {
    let digit = |value: u8| match value {
        0..=9 => b'0' + value,
        _ => b'A' + value - 10,
    };
    out.extend([digit(byte >> 4), digit(byte & 15)]);
}

/// Appends a whole number.
pub(super) fn integer(out: &mut Vec<u8>, value: i64) {
    out.extend(itoa::Buffer::new().format(value).bytes());
}

/// Appends a number with at most three decimals: of points, a third of a thousandth of a
/// millimetre.
pub(super) fn number(out: &mut Vec<u8>, value: f64) {
    let thousandths = (value * 1000.0).round() as i64;
    if thousandths < 0 {
        out.push(b'-');
    }
    let size = thousandths.unsigned_abs();
    let (whole, mut rest) = (size / 1000, size % 1000);
    if whole > 0 || rest == 0 {
        integer(out, whole as i64);
    }
    if rest == 0 {
        return;
    }
    out.push(b'.');
    let mut unit = 100;
    while rest > 0 {
        out.push(b'0' + (rest / unit) as u8);
        rest %= unit;
        unit /= 10;
    }
}

#[cfg(test)]
mod tests {
    use lopdf::dictionary;

    use super::*;

    fn written(object: &Object) -> String {
        let mut out = Vec::new();
        self::object(&mut out, object);
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn numbers_are_short() {
        let short = |value| {
            let mut out = Vec::new();
            number(&mut out, value);
            String::from_utf8(out).unwrap()
        };
        let values = [0.0, -0.0002, 1.0, -12.5, 0.05, -0.007, 841.8896, 100.0];
        let expected = ["0", "0", "1", "-12.5", ".05", "-.007", "841.89", "100"];
        assert_eq!(values.map(short), expected);
        assert_eq!(written(&Object::Integer(i64::MIN)), i64::MIN.to_string());
        assert_eq!(written(&Object::Real(-0.25)), "-0.25");
    }

    #[test]
    fn objects_are_written_so_that_they_are_read_back() {
        let object: Object = dictionary! {
            "K" => vec![1.into(), Object::Null, "N#1".into(), (7, 0).into(), true.into()],
            "S" => Object::string_literal("a(b\\\r"),
            "H" => Object::String(vec![0, 0xAB], StringFormat::Hexadecimal),
        }
        .into();
        assert_eq!(
            written(&object),
            "<</K[1 null/N#231 7 0 R true]/S(a\\(b\\\\\\r)/H<00AB>>>"
        );
    }
}
