//! What a records office or a printer's shop is given: the standards that the file follows, the tint of
//! the bands, the page's boxes, crop marks.

use lopdf::{Document as Objects, ObjectId};
use printpdf::{Color, Greyscale, Rgb};

use super::objects::rectangle;
use crate::layout::geometry::mm;
use crate::layout::{Pages, Rule};

/// Length of a crop mark, in points: 5 mm.
const MARK_LENGTH: f64 = mm(5.0);
/// Least distance of a crop mark from the trimmed page, in points: 3 mm, so that none is left on it
/// where the cut is not exact.
const MARK_OFFSET: f64 = mm(3.0);
/// Thickness of a crop mark, in points.
const MARK_WIDTH: f64 = 0.25;

/// How pages are made ready for the archive and for printing.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct PrintStyle {
    /// The standards that the file follows.
    pub standard: Standard,
    /// The tint of the bands.
    pub band: Tint,
    /// By how much the bleed box is larger than the trimmed page on each side, in points.
    pub bleed: f64,
    /// Whether marks outside the bleed show where to cut.
    pub crop_marks: bool,
}

/// The standards that a file follows: one for the archive, and one for readers that speak. No file can
/// follow all of them: two are of PDF 1.7 and two of PDF 2.0.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Standard {
    /// PDF/A-2a (ISO 19005-2) and PDF/UA-1 (ISO 14289-1), in PDF 1.7 (ISO 32000-1).
    #[default]
    A2a,
    /// PDF/A-4 (ISO 19005-4) and PDF/UA-2 (ISO 14289-2), in PDF 2.0 (ISO 32000-2).
    A4,
}

impl Standard {
    /// The version of PDF that it is of, as a file's first line states it.
    pub(super) fn pdf_version(self) -> &'static str {
        match self {
            Self::A2a => "1.7",
            Self::A4 => "2.0",
        }
    }
}

/// A tint.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Tint {
    /// Red, green and blue of sRGB: DeviceRGB under the output intent.
    Rgb([u8; 3]),
    /// A grey, 0 for black and 1 for white: DeviceGray.
    Gray(f32),
}

impl Default for Tint {
    /// #C6D9F1, as the official form has it.
    fn default() -> Self {
        Self::Rgb([0xC6, 0xD9, 0xF1])
    }
}

impl Tint {
    /// The colour of an area (ISO 32000-1, 8.6.8).
    pub(super) fn color(self) -> Color {
        match self {
            Self::Rgb(parts) => {
                let [red, green, blue] = parts.map(|part| f32::from(part) / 255.0);
                Color::Rgb(Rgb::new(red, green, blue, None))
            }
            Self::Gray(gray) => Color::Greyscale(Greyscale::new(gray, None)),
        }
    }
}

impl PrintStyle {
    /// From the trimmed page's edge to where crop marks begin, in points.
    fn mark_offset(&self) -> f64 {
        self.bleed.max(MARK_OFFSET)
    }

    /// By how much the medium is larger than the trimmed page on each side, in points.
    fn slug(&self) -> f64 {
        if self.crop_marks {
            self.mark_offset() + MARK_LENGTH
        } else {
            self.bleed
        }
    }

    /// The crop marks of a page of this width and height, two at each corner, in the layout's
    /// coordinates.
    pub(super) fn marks(&self, (width, height): (f64, f64)) -> Vec<Rule> {
        if !self.crop_marks {
            return Vec::new();
        }
        let (near, far) = (self.mark_offset(), self.slug());
        let mark = |from, to| Rule {
            from,
            to,
            width: MARK_WIDTH,
        };
        let mut marks = Vec::new();
        // Each corner, and the way outwards from it.
        for (x, right) in [(0.0, -1.0), (width, 1.0)] {
            for (y, down) in [(0.0, -1.0), (height, 1.0)] {
                marks.push(mark((x + right * near, y), (x + right * far, y)));
                marks.push(mark((x, y + down * near), (x, y + down * far)));
            }
        }
        marks
    }
}

/// Gives every page its boxes (ISO 32000-1, 14.11.2). The trimmed page keeps its lower left corner
/// at the origin and the medium grows around it, so that no place on a page depends on the bleed.
/// The crop box is left out: it is then the medium.
pub(super) fn add_boxes(
    objects: &mut Objects,
    pages: &Pages,
    page_ids: &[ObjectId],
    style: &PrintStyle,
) {
    for (page, id) in pages.pages.iter().zip(page_ids) {
        let (width, height) = page.size();
        let around = |by: f64| rectangle([-by, -by, width + by, height + by]);
        if let Ok(page) = objects.get_dictionary_mut(*id) {
            page.set("MediaBox", around(style.slug()));
            page.set("BleedBox", around(style.bleed));
            page.set("TrimBox", around(0.0));
            page.remove(b"CropBox");
        }
    }
}
