//! Pages to PDF bytes.
//!
//! ```text
//! frames → characters in use → subsets of faces ┐
//! frames → operations, marked ──────────────────┴→ printpdf → objects, tagged and described → lopdf → bytes
//! ```
//! printpdf makes the page tree, content streams, font objects and images: `content` turns frames into
//! its operations, with brackets around what belongs together (`marked_content`) and what is `english`,
//! `subset` cuts each face to what is in use, `picture` gives it the seals. What it doesn't make is added
//! to the objects that it gives: the boxes of a page (`print`), the structure tree (`tags`), the `outline`,
//! and what an archive asks of a file (`metadata`). `save` makes a file of them, each object written by
//! lopdf, and `origin` marks it as the program's own. `CONFORMANCE.md` says who guarantees which clause of
//! PDF/A and PDF/UA.
//!
//! The same pages give the same bytes: no clock, no random number.

mod actual_text;
mod content;
mod english;
mod marked_content;
mod metadata;
mod objects;
mod origin;
mod outline;
mod picture;
mod print;
mod save;
mod subset;
mod tags;

pub use origin::is_untouched;
pub use print::{PrintStyle, Standard, Tint};

use std::{fmt, io};

use printpdf::{Mm, PdfDocument, PdfPage, PdfSaveOptions};

use self::english::English;
use self::subset::Subsets;
use crate::document::Document;
use crate::font::{Faces, FontError};
use crate::layout::Pages;

/// Who made the file, as the document information and the metadata name it.
const PRODUCER: &str = "nianbao (printpdf, lopdf)";

/// Why no PDF could be made.
#[derive(Debug)]
pub enum PdfError {
    /// A font file that can't be read any more.
    Font(FontError),
    /// A face that can't be cut to the glyphs in use.
    Subset {
        /// The face's family.
        family: String,
        /// What the subsetter says.
        error: subsetter::Error,
    },
    /// What printpdf warned of.
    Content(String),
    /// The file can't be written to memory.
    Save(io::Error),
}

impl fmt::Display for PdfError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Font(error) => error.fmt(f),
            Self::Subset { family, error } => write!(f, "{family}: {error}"),
            Self::Content(warning) => f.write_str(warning),
            Self::Save(error) => error.fmt(f),
        }
    }
}

impl std::error::Error for PdfError {}

/// Writes the pages of a document as a PDF. `faces` are those that the pages were laid out with.
///
/// # Errors
/// A [`PdfError`] where a face can't be subset, or one of the libraries refuses what it is given.
pub fn write(
    pages: &Pages,
    document: &Document,
    faces: &Faces<'_>,
    style: &PrintStyle,
) -> Result<Vec<u8>, PdfError> {
    let subsets = Subsets::of(pages, faces)?;
    let mut pdf = PdfDocument::new(&document.title.whole());
    let mut marked = Vec::new();
    let english = English::of(pages);
    for (number, page) in pages.pages.iter().enumerate() {
        let (operations, content) = content::operations(number, page, &english, &subsets, style);
        // A4, GB/T 9704—2012, 5.1. The exact boxes are set below.
        let page = PdfPage::new(Mm(210.0), Mm(297.0), operations);
        pdf.pages.push(page);
        marked.push(content);
    }
    subsets.add_to(&mut pdf.resources);
    picture::add(document, &mut pdf.resources);
    let mut warnings = Vec::new();
    let mut objects = pdf.to_lopdf_document(&PdfSaveOptions::default(), &mut warnings);
    if let Some(warning) = warnings.first() {
        return Err(PdfError::Content(format!("{warning:?}")));
    }
    let page_ids: Vec<_> = objects.page_iter().collect();
    print::add_boxes(&mut objects, pages, &page_ids, style);
    let standard = style.standard;
    let headings = tags::add(&mut objects, document, pages, &page_ids, &marked, standard);
    outline::add(&mut objects, &headings, pages, &page_ids, standard);
    metadata::add(&mut objects, document, standard);
    let file = save::save(objects, standard).map_err(PdfError::Save)?;
    Ok(origin::mark(file))
}
