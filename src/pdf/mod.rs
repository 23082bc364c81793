//! Pages to PDF bytes.
//!
//! ```text
//! frames → glyphs used of each face → subsets ┐
//! frames → printpdf operations ───────────────┴→ lopdf objects → finishing → bytes
//! ```
//! `subset` makes a small font of each face, `content` turns frames into operations,
//! `finish` sets what printpdf doesn't: version, language, boxes, identifiers. Only here is
//! printpdf known. The same pages give the same bytes: no clock, no random number.

mod content;
mod finish;
mod subset;

use std::fmt;

use printpdf::{PdfDocument, PdfSaveOptions};

use crate::document::Document;
use crate::font::Faces;
use crate::layout::Pages;

/// Why no PDF could be made.
#[derive(Debug)]
pub enum Fault {
    /// A face that can't be cut to the glyphs in use.
    Subset {
        /// The face's family.
        family: String,
        /// What the subsetter says.
        error: subsetter::Error,
    },
    /// What printpdf warned of: a page that would not show what the layout says.
    Content(String),
    /// Writing the objects failed.
    Write(std::io::Error),
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Subset { family, error } => write!(f, "{family}: {error}"),
            Self::Content(warning) => f.write_str(warning),
            Self::Write(error) => error.fmt(f),
        }
    }
}

impl std::error::Error for Fault {}

/// Writes the pages as a PDF.
///
/// # Errors
/// A [`Fault`] where a face can't be subset or the objects can't be written.
pub fn write(pages: &Pages, document: &Document, faces: &Faces<'_>) -> Result<Vec<u8>, Fault> {
    let subsets = subset::subsets(pages, faces)?;
    let mut pdf = PdfDocument::new(&document.title.whole());
    for subset in subsets.values() {
        let font = printpdf::PdfFont::new(subset.font.clone());
        pdf.resources.fonts.map.insert(subset.id.clone(), font);
    }
    pdf.pages = pages
        .pages
        .iter()
        .map(|page| content::page(page, &subsets))
        .collect();
    let mut warnings = Vec::new();
    let mut objects = pdf.to_lopdf_document(&PdfSaveOptions::default(), &mut warnings);
    if let Some(warning) = warnings.first() {
        return Err(Fault::Content(format!("{warning:?}")));
    }
    finish::finish(&mut objects, document);
    objects.compress();
    let mut bytes = Vec::new();
    objects.save_to(&mut bytes).map_err(Fault::Write)?;
    Ok(bytes)
}
