//! Pages to PDF bytes.
//!
//! ```text
//! frames → glyphs used of each face → subsets ┐
//! frames → printpdf operations, marked ───────┴→ lopdf objects → tags, metadata, finishing → bytes
//! ```
//! `subset` makes a small font of each face, `picture` an image of each seal, `content` turns
//! frames into operations, with `marks` around what belongs together; `tags` adds the structure
//! tree, `metadata` what an archive asks for, `print` what a printer's shop does, `finish` the rest
//! that printpdf doesn't write. Only here is printpdf known. The same pages give the same bytes: no
//! clock, no random number.

mod content;
mod finish;
mod marks;
mod metadata;
mod picture;
mod print;
mod subset;
mod tags;

pub use print::{PrintStyle, Tint};

use std::fmt;

use lopdf::SaveOptions;
use printpdf::{PdfDocument, PdfSaveOptions};

use crate::document::Document;
use crate::font::Faces;
use crate::layout::Pages;

/// Objects in one object stream: the more, the better they deflate together.
const OBJECTS_PER_STREAM: usize = 1000;
/// The producer, as the document information and the metadata name it.
const PRODUCER: &str = "nianbao, printpdf";

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
pub fn write(
    pages: &Pages,
    document: &Document,
    faces: &Faces<'_>,
    style: &PrintStyle,
) -> Result<Vec<u8>, Fault> {
    let subsets = subset::subsets(pages, faces)?;
    let mut pdf = PdfDocument::new(&document.title.whole());
    for subset in subsets.iter() {
        let font = printpdf::PdfFont::new(subset.font.clone());
        pdf.resources.fonts.map.insert(subset.id.clone(), font);
    }
    picture::add(document, &mut pdf.resources);
    let mut marks = Vec::new();
    for page in &pages.pages {
        let (page, keys) = content::page(page, &subsets, style);
        pdf.pages.push(page);
        marks.push(keys);
    }
    let mut warnings = Vec::new();
    let mut objects = pdf.to_lopdf_document(&PdfSaveOptions::default(), &mut warnings);
    if let Some(warning) = warnings.first() {
        return Err(Fault::Content(format!("{warning:?}")));
    }
    let page_ids: Vec<_> = objects.get_pages().into_values().collect();
    print::boxes(&mut objects, &page_ids, style);
    tags::write(&mut objects, document, pages, &page_ids, &marks);
    picture::blend(&mut objects, pages, &page_ids);
    metadata::write(&mut objects, document, pages, &page_ids);
    finish::finish(&mut objects, document);
    objects.compress();
    let mut bytes = Vec::new();
    // Object streams (ISO 32000-1, 7.5.7): the structure tree is some 600 small objects, a
    // quarter of the file if each stands alone.
    let options = SaveOptions::builder()
        .use_object_streams(true)
        .use_xref_streams(true)
        .max_objects_per_stream(OBJECTS_PER_STREAM)
        .compression_level(9)
        .build();
    objects
        .save_with_options(&mut bytes, options)
        .map_err(Fault::Write)?;
    Ok(bytes)
}
