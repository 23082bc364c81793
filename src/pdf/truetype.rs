//! A TrueType font as a PDF has it: with the tables that draw its glyphs, and no others.

use skrifa::Tag;

/// The tables that a TrueType font in a PDF has (ISO 32000-1, 9.9), in the order of their names;
/// `cvt`, `fpgm` and `prep` where it has instructions. In a font of a few glyphs its names and
/// licence would be the larger part.
const TABLES: [&[u8; 4]; 9] = [
    b"cvt ", b"fpgm", b"glyf", b"head", b"hhea", b"hmtx", b"loca", b"maxp", b"prep",
];
/// Bytes of the table of tables, and of each entry in it.
const HEADER: usize = 12;
const ENTRY: usize = 16;
/// Where `head` has the number that makes the sum of the whole font [`SUM`].
const ADJUSTMENT: usize = 8;
const SUM: u32 = 0xB1B0_AFBA;

/// A font made anew of the tables that a PDF needs; none if it cannot be read.
pub(super) fn program(font: &[u8]) -> Option<Vec<u8>> {
    let font = skrifa::FontRef::new(font).ok()?;
    let found = TABLES.iter().filter_map(|tag| {
        let data = font.table_data(Tag::new(tag))?;
        Some((*tag, data.as_bytes().to_vec()))
    });
    let mut tables: Vec<(&[u8; 4], Vec<u8>)> = found.collect();
    let (_, head) = tables.iter_mut().find(|(tag, _)| *tag == b"head")?;
    head.get_mut(ADJUSTMENT..)?.get_mut(..4)?.fill(0);

    let count = u16::try_from(tables.len()).ok()?;
    let selector = count.ilog2() as u16;
    let range = (ENTRY as u16) << selector;
    let mut out = vec![0, 1, 0, 0];
    for number in [count, range, selector, count * ENTRY as u16 - range] {
        out.extend(number.to_be_bytes());
    }
    let (mut at, mut adjusted, mut whole) = (HEADER + ENTRY * tables.len(), 0, 0_u32);
    for (tag, data) in &tables {
        if *tag == b"head" {
            adjusted = at + ADJUSTMENT;
        }
        let sum = sum(data);
        whole = whole.wrapping_add(sum);
        out.extend(*tag);
        out.extend(sum.to_be_bytes());
        out.extend(u32::try_from(at).ok()?.to_be_bytes());
        out.extend(u32::try_from(data.len()).ok()?.to_be_bytes());
        at += data.len().next_multiple_of(4);
    }
    whole = whole.wrapping_add(sum(&out));
    for (_, data) in tables {
        out.extend(data);
        out.resize(out.len().next_multiple_of(4), 0);
    }
    let adjustment = SUM.wrapping_sub(whole).to_be_bytes();
    let place = out.get_mut(adjusted..)?.get_mut(..4)?;
    place.copy_from_slice(&adjustment);
    Some(out)
}

/// The sum of words of four bytes, the last one filled up with zeros.
fn sum(data: &[u8]) -> u32 {
    let (words, rest) = data.as_chunks();
    let mut last = [0; 4];
    for (to, from) in last.iter_mut().zip(rest) {
        *to = *from;
    }
    let words = words.iter().chain([&last]);
    words.fold(0, |sum: u32, word| {
        sum.wrapping_add(u32::from_be_bytes(*word))
    })
}
