//! Pages as pictures, compared with those in `tests/pictures/`: what no other test sees, such as a
//! glyph drawn from the wrong face or a tint over its text.
//!
//! `UPDATE_EXPECT=1 cargo test --test it pictures` draws them anew; look at them before you commit.

use std::path::Path;

use crate::common::pages::library;
use crate::common::{document, project_file, specimen};
use hayro::hayro_interpret::InterpreterSettings;
use hayro::hayro_syntax::Pdf;
use hayro::vello_cpu::color::palette::css::WHITE;
use hayro::{PixmapSettings, RenderCache, RenderSettings, render};
use nianbao::document::Document;
use nianbao::layout::{self, PageStyle};
use nianbao::pdf::{self, PrintStyle};

/// Pixels per point: enough to tell characters from each other, few enough to keep.
const SCALE: f32 = 0.75;
/// Side of the squares whose mean greys are compared, in pixels: a stroke that moved by less than
/// a pixel doesn't count, a character that is missing does.
const SQUARE: usize = 6;
/// Greatest difference of the mean grey of a square, of 255.
const TOLERANCE: i64 = 20;

/// A picture in grey, row by row.
struct Picture {
    width: usize,
    height: usize,
    greys: Vec<u8>,
}

impl Picture {
    fn read(path: &Path) -> Self {
        let file = std::fs::File::open(path).unwrap_or_else(|e| panic!("{}: {e}", path.display()));
        let mut reader = png::Decoder::new(std::io::BufReader::new(file))
            .read_info()
            .unwrap();
        let mut greys = vec![0; reader.output_buffer_size().unwrap()];
        let info = reader.next_frame(&mut greys).unwrap();
        assert_eq!(info.color_type, png::ColorType::Grayscale);
        Self {
            width: info.width as usize,
            height: info.height as usize,
            greys,
        }
    }

    fn write(&self, path: &Path) {
        let file = std::fs::File::create(path).unwrap();
        let mut encoder = png::Encoder::new(file, self.width as u32, self.height as u32);
        encoder.set_color(png::ColorType::Grayscale);
        encoder.set_compression(png::Compression::High);
        let mut writer = encoder.write_header().unwrap();
        writer.write_image_data(&self.greys).unwrap();
    }

    /// Sum of the greys of the square whose upper left corner is at `x`, `y`, and its pixels.
    fn square(&self, x: usize, y: usize) -> (i64, i64) {
        let (right, bottom) = ((x + SQUARE).min(self.width), (y + SQUARE).min(self.height));
        let mut sum = 0;
        for row in y..bottom {
            let greys = &self.greys[row * self.width + x..row * self.width + right];
            sum += greys.iter().map(|grey| i64::from(*grey)).sum::<i64>();
        }
        (sum, ((right - x) * (bottom - y)) as i64)
    }

    /// The squares, by their corners, in which two pictures differ.
    fn differences(&self, other: &Self) -> Vec<(usize, usize)> {
        let mut found = Vec::new();
        for y in (0..self.height).step_by(SQUARE) {
            for x in (0..self.width).step_by(SQUARE) {
                let ((one, pixels), (two, _)) = (self.square(x, y), other.square(x, y));
                if (one - two).abs() > TOLERANCE * pixels {
                    found.push((x, y));
                }
            }
        }
        found
    }
}

/// Page `number`, from 0, of a sample.
fn drawn(sample: &str, number: usize) -> Picture {
    drawn_document(&document(&project_file(sample)), number)
}

fn drawn_document(document: &Document, number: usize) -> Picture {
    let library = library();
    let faces = library.faces(document.script).unwrap();
    let pages = layout::lay_out(document, &faces, &PageStyle::default());
    let bytes = pdf::write(&pages, document, &faces, &PrintStyle::default()).unwrap();
    let pdf = Pdf::new(bytes).unwrap();
    let pixels = render(
        &pdf.pages()[number],
        &RenderCache::new(),
        &InterpreterSettings::default(),
        &RenderSettings::default(),
        &PixmapSettings {
            x_scale: SCALE,
            y_scale: SCALE,
            bg_color: WHITE,
        },
    );
    Picture {
        width: pixels.width().into(),
        height: pixels.height().into(),
        // ITU-R BT.601 luma.
        greys: pixels
            .data()
            .iter()
            .map(|p| {
                let luma = 299 * u32::from(p.r) + 587 * u32::from(p.g) + 114 * u32::from(p.b);
                (luma / 1000) as u8
            })
            .collect(),
    }
}

fn assert_looks_as(name: &str, picture: &Picture) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("tests/pictures/{name}.png"));
    if std::env::var_os("UPDATE_EXPECT").is_some() {
        picture.write(&path);
        return;
    }
    let expected = Picture::read(&path);
    assert_eq!(
        (picture.width, picture.height),
        (expected.width, expected.height)
    );
    let differences = picture.differences(&expected);
    if !differences.is_empty() {
        let seen = std::env::temp_dir().join(format!("nianbao-{name}.png"));
        picture.write(&seen);
        let at = &differences[..differences.len().min(10)];
        let count = differences.len();
        panic!(
            "{name}: {count} squares differ, the first at {at:?}; see {}",
            seen.display()
        );
    }
}

#[test]
fn the_first_page_of_the_2021_sample() {
    assert_looks_as(
        "qingshi-2024-page-1",
        &drawn("samples/qingshi-2024.toml", 0),
    );
}

#[test]
fn table_three_in_traditional_script() {
    assert_looks_as("liubei-2019-page-4", &drawn("samples/liubei-2019.toml", 3));
}

#[test]
fn a_seal_over_name_and_date() {
    let sealed = specimen::sealed(document(&project_file("samples/qingshi-2024.toml")));
    assert_looks_as("qingshi-2024-sealed", &drawn_document(&sealed, 5));
}

/// The comparison can fail: one character less is seen.
#[test]
fn a_character_that_is_missing_is_seen() {
    let mut picture = drawn("samples/qingshi-2024.toml", 0);
    let whole = drawn("samples/qingshi-2024.toml", 0);
    let (x, y) = (0..picture.width * picture.height)
        .map(|at| (at % picture.width, at / picture.width))
        .find(|(x, y)| whole.greys[y * whole.width + x] < 64)
        .unwrap();
    // The first black of the page is a stroke of the title: a square of 12 pixels around it goes.
    for row in y..(y + 12).min(picture.height) {
        let width = picture.width;
        picture.greys[row * width + x..row * width + (x + 12).min(width)].fill(255);
    }
    assert!(!whole.differences(&picture).is_empty());
}
