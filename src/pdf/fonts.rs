//! The font objects of a subset (ISO 32000-1, 9.7): a composite font with two bytes a glyph, its
//! descendant, descriptor, program, widths, and the characters that its glyphs stand for.

use lopdf::{Dictionary, Document as Objects, Object, ObjectId, Stream, dictionary};

use super::serialize::hexadecimal;
use super::subset::{Held, Program, Subset, Subsets};

/// The width of a glyph that none is given for: a square's.
const DEFAULT_WIDTH: u16 = 1000;
/// Most entries of one list of characters (Adobe Technical Note 5014, 1.4.1).
const CHARACTERS_IN_LIST: usize = 100;

/// The name of a subset as a resource of a page.
pub(super) fn resource(number: usize) -> String {
    format!("F{number}")
}

/// Adds the fonts of all subsets: the resources by name.
pub(super) fn add(objects: &mut Objects, subsets: &Subsets) -> Dictionary {
    let mut resources = Dictionary::new();
    for (number, subset) in subsets.iter().enumerate() {
        resources.set(resource(number), font(objects, subset));
    }
    resources
}

fn font(objects: &mut Objects, subset: &Subset) -> ObjectId {
    let name = || Object::Name(subset.name.clone().into_bytes());
    let (subtype, file, program) = program(&subset.program);
    let program = objects.add_object(program);
    let metrics = &subset.metrics;
    let descriptor = objects.add_object(dictionary! {
        "Type" => "FontDescriptor",
        "FontName" => name(),
        // 9.8.2: a font of the standard Latin characters, or none.
        "Flags" => 32,
        "FontBBox" => metrics.bounds.map(Object::Integer).to_vec(),
        "ItalicAngle" => 0,
        "Ascent" => metrics.ascent,
        "Descent" => metrics.descent,
        "CapHeight" => metrics.ascent,
        "StemV" => stem(metrics.weight),
        file => program,
    });
    let mut descendant = dictionary! {
        "Type" => "Font",
        "Subtype" => subtype,
        "BaseFont" => name(),
        "CIDSystemInfo" => dictionary! {
            "Registry" => Object::string_literal("Adobe"),
            "Ordering" => Object::string_literal("Identity"),
            "Supplement" => 0,
        },
        "DW" => i64::from(DEFAULT_WIDTH),
        "W" => widths(&subset.glyphs),
        "FontDescriptor" => descriptor,
    };
    if let Program::TrueType(..) = subset.program {
        descendant.set("CIDToGIDMap", "Identity");
    }
    let characters = objects.add_object(Stream::new(
        dictionary! { "Filter" => "FlateDecode" },
        subset.characters.clone(),
    ));
    objects.add_object(dictionary! {
        "Type" => "Font",
        "Subtype" => "Type0",
        "BaseFont" => name(),
        "Encoding" => "Identity-H",
        "DescendantFonts" => vec![descendant.into()],
        "ToUnicode" => characters,
    })
}

/// The kind of font, the key of its program in the descriptor, and the program.
fn program(program: &Program) -> (&'static str, &'static str, Stream) {
    match program {
        Program::Cff(packed) => {
            let members = dictionary! { "Subtype" => "CIDFontType0C", "Filter" => "FlateDecode" };
            let stream = Stream::new(members, packed.clone());
            ("CIDFontType0", "FontFile3", stream)
        }
        Program::TrueType(packed, length) => {
            let members = dictionary! { "Length1" => *length as i64, "Filter" => "FlateDecode" };
            let stream = Stream::new(members, packed.clone());
            ("CIDFontType2", "FontFile2", stream)
        }
    }
}

/// The thickness of upright stems, which no table of a font has: about 88 at weight 400 and 166 at
/// 700, as is usual.
fn stem(weight: u16) -> i64 {
    50 + (f64::from(weight) / 65.0).powi(2).round() as i64
}

/// The widths that are not the default, glyphs that follow each other together (9.7.4.3).
fn widths(glyphs: &[Held]) -> Vec<Object> {
    let mut found = Vec::new();
    let others: Vec<&Held> = glyphs
        .iter()
        .filter(|glyph| glyph.width != DEFAULT_WIDTH)
        .collect();
    for group in others.chunk_by(|a, b| a.new + 1 == b.new) {
        if let Some(first) = group.first() {
            found.push(i64::from(first.new).into());
            let widths = group.iter().map(|glyph| i64::from(glyph.width).into());
            found.push(Object::Array(widths.collect()));
        }
    }
    found
}

/// The characters that the glyphs stand for (9.10.3).
pub(super) fn characters(glyphs: &[Held]) -> Vec<u8> {
    let mut out = b"/CIDInit /ProcSet findresource begin
12 dict begin
begincmap
/CIDSystemInfo 3 dict dup begin
/Registry (Adobe) def
/Ordering (UCS) def
/Supplement 0 def
end def
/CMapName /Adobe-Identity-UCS def
/CMapType 2 def
1 begincodespacerange
<0000> <FFFF>
endcodespacerange
"
    .to_vec();
    for list in glyphs.chunks(CHARACTERS_IN_LIST) {
        out.extend(format!("{} beginbfchar\n", list.len()).bytes());
        for glyph in list {
            code(&mut out, &[glyph.new]);
            out.push(b' ');
            code(&mut out, glyph.c.encode_utf16(&mut [0; 2]));
            out.push(b'\n');
        }
        out.extend(b"endbfchar\n");
    }
    out.extend(b"endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n");
    out
}

/// Appends numbers of two bytes as one hexadecimal string.
fn code(out: &mut Vec<u8>, units: &[u16]) {
    out.push(b'<');
    for byte in units.iter().flat_map(|unit| unit.to_be_bytes()) {
        hexadecimal(out, byte);
    }
    out.push(b'>');
}
