//! What the cells' XML is written with.

/// Appends a whole number.
pub(super) fn integer(xml: &mut Vec<u8>, number: u64) {
    xml.extend(itoa::Buffer::new().format(number).bytes());
}

/// Appends a text. What XML has no place for is written as its number, as Excel does.
pub(super) fn escaped(xml: &mut Vec<u8>, text: &str) {
    let bytes = text.as_bytes();
    let mut done = 0;
    for (at, byte) in bytes.iter().enumerate() {
        let replaced: &[u8] = match byte {
            b'&' => b"&amp;",
            b'<' => b"&lt;",
            b'>' => b"&gt;",
            b'\t' | b'\n' => continue,
            0..0x20 => b"",
            // U+FFFE and U+FFFF, the only ones beyond that are no characters of XML.
            0xEF if matches!(bytes.get(at + 1..at + 3), Some([0xBF, 0xBE | 0xBF])) => b"",
            _ => continue,
        };
        xml.extend(bytes.get(done..at).unwrap_or_default());
        done = at + 1;
        if !replaced.is_empty() {
            xml.extend(replaced);
        } else if *byte < 0x20 {
            xml.extend(format!("_x{byte:04X}_").bytes());
        } else {
            let last = bytes.get(at + 2).copied().unwrap_or(0xBF);
            xml.extend(format!("_xFF{:02X}_", last | 0x40).bytes());
            done = at + 3;
        }
    }
    xml.extend(bytes.get(done..).unwrap_or_default());
}

/// Appends a text of which `_x0041_` is to stay what it is: to Excel it would be an A (ECMA-376 Part
/// 1, 22.9.2.19).
pub(super) fn literally(xml: &mut Vec<u8>, text: &str) {
    let mut rest = text;
    while let Some(at) = rest.find("_x") {
        let (before, from) = rest.split_at(at);
        escaped(xml, before);
        let code = from.as_bytes().get(2..7);
        if code
            .is_some_and(|code| code.ends_with(b"_") && code[..4].iter().all(u8::is_ascii_hexdigit))
        {
            xml.extend(b"_x005F_");
        } else {
            xml.push(b'_');
        }
        xml.push(b'x');
        rest = from.get(2..).unwrap_or_default();
    }
    escaped(xml, rest);
}
