//! Whether faces that meet on a line go together, in every role and script: height and thickness.

use skrifa::MetadataProvider;
use skrifa::instance::{LocationRef, Size};
use skrifa::outline::{DrawSettings, OutlinePen};

use super::faces::{DIGITS, Faces, HAN, KNOWN, MIDDLE};
use super::{Library, Role, Search};
use crate::form::Script;
use crate::text::class::class;

/// Characters of reports by which no face is shifted.
const TEXT: &str = "公开民法人和主要其他行政机关的理由重大事中文上下生安全市委受理";
/// Marks that stand in the middle of the square's height.
const CENTRED: &str = "（）《》〈〉〔〕［］·・／～—…―！？";
/// Brackets that are areas, or lines around one.
const LENTICULAR: &str = "【】〖〗";
/// Marks that are lines.
const LINES: &str = "～—―…";

fn library() -> Library {
    let mut library = Library::open(&Search::standard(None)).unwrap();
    library.read_all().unwrap();
    library
}

/// The ink of a character in a role, as it stands on the line.
fn ink(faces: &Faces<'_>, role: Role, c: char) -> [f64; 4] {
    let face = faces.face(faces.glyph(role, c).unwrap().face);
    let [left, bottom, right, top] = face.ink(c).unwrap();
    [left, bottom + face.rise, right, top + face.rise]
}

fn middle([_, bottom, _, top]: [f64; 4]) -> f64 {
    (bottom + top) / 2.0
}

fn mean(values: impl Iterator<Item = f64>) -> f64 {
    let values: Vec<f64> = values.collect();
    values.iter().sum::<f64>() / values.len() as f64
}

/// Length and enclosed area of a glyph's edges.
#[derive(Default)]
struct Edges {
    at: (f32, f32),
    start: (f32, f32),
    length: f64,
    area: f64,
}

impl OutlinePen for Edges {
    fn move_to(&mut self, x: f32, y: f32) {
        (self.at, self.start) = ((x, y), (x, y));
    }

    fn line_to(&mut self, x: f32, y: f32) {
        let (dx, dy) = (f64::from(x - self.at.0), f64::from(y - self.at.1));
        self.length += dx.hypot(dy);
        self.area += (f64::from(self.at.0) * dy - f64::from(self.at.1) * dx) / 2.0;
        self.at = (x, y);
    }

    fn quad_to(&mut self, cx: f32, cy: f32, x: f32, y: f32) {
        let (x0, y0) = self.at;
        for step in 1..=8 {
            let t = step as f32 / 8.0;
            let (a, b, c) = ((1.0 - t) * (1.0 - t), 2.0 * t * (1.0 - t), t * t);
            self.line_to(a * x0 + b * cx + c * x, a * y0 + b * cy + c * y);
        }
    }

    fn curve_to(&mut self, _: f32, _: f32, _: f32, _: f32, _: f32, _: f32) {
        panic!("no font of the project has cubic curves");
    }

    fn close(&mut self) {
        self.line_to(self.start.0, self.start.1);
    }
}

/// How thick the strokes of a character are in a role, in em: its area by half the length of its edges.
fn thickness(faces: &Faces<'_>, role: Role, c: char) -> f64 {
    let glyph = faces.glyph(role, c).unwrap();
    let face = faces.face(glyph.face);
    let outline = face
        .font
        .outline_glyphs()
        .get(skrifa::GlyphId::from(glyph.gid));
    let mut edges = Edges::default();
    let settings = DrawSettings::unhinted(Size::unscaled(), LocationRef::default());
    outline.unwrap().draw(settings, &mut edges).unwrap();
    2.0 * edges.area.abs() / edges.length / f64::from(face.units_per_em) * face.scale
}

fn stroke(faces: &Faces<'_>, role: Role) -> f64 {
    mean(TEXT.chars().map(|c| thickness(faces, role, c)))
}

#[test]
fn every_mark_is_one_by_which_faces_are_judged() {
    for c in ('\0'..='\u{ffff}').filter(|c| class(*c).is_chinese_mark()) {
        assert!(KNOWN.contains(c), "{c}");
    }
    assert!([HAN, DIGITS].concat().chars().all(|c| KNOWN.contains(c)));
}

/// ±0.1 mm at 16 pt.
#[test]
fn han_and_digits_of_all_faces_have_one_middle() {
    let library = library();
    for script in [Script::Hans, Script::Hant] {
        let faces = library.faces(script).unwrap();
        for face in &faces.faces {
            let inks = TEXT.chars().filter_map(|c| face.ink(c));
            let middles: Vec<f64> = inks.map(middle).collect();
            if !middles.is_empty() {
                let at = mean(middles.into_iter()) + face.rise;
                assert!((at - MIDDLE).abs() < 0.018, "{}: {at}", face.family);
            }
        }
        for role in Role::ALL {
            let at = mean(DIGITS.chars().map(|c| middle(ink(&faces, role, c))));
            assert!((at - MIDDLE).abs() < 0.018, "digits in {role:?}: {at}");
        }
    }
}

/// Digits and fallback beside 仿宋 and 楷体 look no bolder than these.
#[test]
fn digits_are_at_most_a_quarter_heavier_than_the_text() {
    let library = library();
    let faces = library.faces(Script::Hans).unwrap();
    let digits = mean(DIGITS.chars().map(|c| thickness(&faces, Role::Text, c)));
    let han = stroke(&faces, Role::Text);
    assert!(digits < 1.25 * han, "{digits} beside {han}");
}

/// Against Noto Serif, whose marks are the standard's: each mark of each role within 0.06 em where
/// it stands in the middle of the square, 0.13 em where it hangs on top or stands at the bottom, as smaller Han
/// have theirs nearer to the middle.
#[test]
fn marks_stand_at_the_height_of_what_is_beside_them() {
    let library = library();
    let standard = library.faces(Script::Hans).unwrap();
    let marks = KNOWN.chars().filter(|c| class(*c).is_chinese_mark());
    let marks = marks.filter(|c| standard.covers(*c));
    for script in [Script::Hans, Script::Hant] {
        let faces = library.faces(script).unwrap();
        for role in Role::ALL {
            for c in marks.clone() {
                let at = middle(ink(&faces, role, c));
                let off = at - middle(ink(&standard, Role::Table, c));
                let most = if CENTRED.contains(c) { 0.06 } else { 0.13 };
                assert!(
                    off.abs() < most,
                    "{c} in {role:?}, {script:?}: {at}, {off} off"
                );
            }
        }
    }
}

/// No hairline beside Han, no bar beside light ones.
#[test]
fn marks_are_as_thick_as_what_is_beside_them() {
    let library = library();
    let marks = KNOWN.chars().filter(|c| class(*c).is_chinese_mark());
    for script in [Script::Hans, Script::Hant] {
        let faces = library.faces(script).unwrap();
        for role in Role::ALL {
            let han = stroke(&faces, role);
            for c in marks
                .clone()
                .filter(|c| faces.covers(*c) && !LENTICULAR.contains(*c))
            {
                let thick = thickness(&faces, role, c);
                let least = if LINES.contains(c) { 0.75 } else { 0.25 };
                let within = (least * han..han + 0.06).contains(&thick);
                assert!(within, "{c} in {role:?}, {script:?}: {thick} beside {han}");
            }
        }
    }
}

/// Two dashes are one line, in ink and for programs that read the text.
#[test]
fn dashes_go_from_edge_to_edge() {
    let library = library();
    for script in [Script::Hans, Script::Hant] {
        let faces = library.faces(script).unwrap();
        for role in Role::ALL {
            for c in ['—', '―'] {
                let [left, _, right, _] = ink(&faces, role, c);
                let advance = faces.glyph(role, c).unwrap().advance;
                assert!(
                    left <= 0.0 && right >= advance && advance >= 1.0,
                    "{c} in {role:?}"
                );
            }
        }
    }
}

/// The six dots of …… are at one distance from each other, whichever … they belong to.
#[test]
fn dots_of_two_ellipses_are_even() {
    let library = library();
    for script in [Script::Hans, Script::Hant] {
        let faces = library.faces(script).unwrap();
        for role in Role::ALL {
            let [left, bottom, right, top] = ink(&faces, role, '…');
            let dot = top - bottom;
            let within = (right - left - dot) / 2.0;
            let between = faces.glyph(role, '…').unwrap().advance - 2.0 * within;
            assert!((between - within).abs() < 0.06, "{role:?}, {script:?}");
        }
    }
}

/// GB/T 15834: the marks of a sentence's end stand in the left half of their square.
#[test]
fn question_and_exclamation_marks_stand_at_the_left() {
    let library = library();
    for script in [Script::Hans, Script::Hant] {
        let faces = library.faces(script).unwrap();
        for role in Role::ALL {
            for c in ['？', '！'] {
                let [left, _, right, _] = ink(&faces, role, c);
                assert!(
                    (left + right) / 2.0 < 0.35,
                    "{c} in {role:?}: {left} to {right}"
                );
            }
        }
    }
}
