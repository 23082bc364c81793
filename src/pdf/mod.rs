//! Pages to PDF bytes.
//!
//! ```text
//! frames → glyphs used of each face → subsets → fonts ┐
//! frames → operators, marked ─────────────────────────┤
//! printpdf: page tree, resources, pictures ───────────┴→ lopdf objects → tags, metadata → bytes
//! ```
//! `subset` makes a small font of each face (`truetype` takes off it what draws nothing) and `fonts`
//! its objects, `picture` an image of each seal, `content` turns frames into operators, with `marks`
//! around what belongs together; `tags` adds the structure tree, `metadata` what an archive asks for,
//! `print` what a printer's shop does, `finish` the rest that printpdf doesn't write; `file` puts the
//! objects into bytes, `serialize` serves it. Only here is printpdf known: it makes the document that
//! everything is put into, its page tree and its pictures. Fonts, pages and the file itself are what
//! a report's time and size go into, and are written here: printpdf and lopdf would copy each font
//! several times, deflate it for every report again, and write a glyph as a string of its own.
//!
//! The same pages give the same bytes: no clock, no random number.

mod content;
mod file;
mod finish;
mod fonts;
mod kept;
mod marks;
mod metadata;
mod picture;
mod print;
mod serialize;
mod subset;
mod tags;
mod truetype;

pub use print::{PrintStyle, Tint};

use std::fmt;

use lopdf::{Dictionary, Document as Objects, Object, ObjectId, Stream};
use printpdf::{Mm, PdfDocument, PdfPage, PdfSaveOptions};

use self::kept::Kept;
use crate::deflate::{self, Deflate};
use crate::document::Document;
use crate::font::Faces;
use crate::layout::Pages;

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
    /// What printpdf warned of.
    Content(String),
    /// Deflating the objects failed.
    Write(deflate::Fault),
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

impl From<deflate::Fault> for Fault {
    fn from(fault: deflate::Fault) -> Self {
        Self::Write(fault)
    }
}

/// Writes PDFs, and keeps of one what serves the next. Threads may share it: no byte depends on
/// what was written before.
#[derive(Default)]
pub struct Writer {
    kept: Kept,
}

impl Writer {
    /// Writes the pages as a PDF. The faces are those of one library whenever this writer is used.
    ///
    /// # Errors
    /// A [`Fault`] where a face can't be subset or the objects can't be written.
    pub fn write(
        &self,
        pages: &Pages,
        document: &Document,
        faces: &Faces<'_>,
        style: &PrintStyle,
    ) -> Result<Vec<u8>, Fault> {
        let mut deflate = Deflate::new();
        let subsets = subset::subsets(pages, faces, &self.kept, &mut deflate)?;
        let mut objects = frame(document, pages)?;
        let page_ids: Vec<_> = objects.get_pages().into_values().collect();
        let fonts = fonts::add(&mut objects, &subsets);
        let fonts = objects.add_object(fonts);
        let mut marks = Vec::new();
        for (page, id) in pages.pages.iter().zip(&page_ids) {
            let (content, keys) = content::page(page, &subsets, style);
            fill(&mut objects, *id, content, fonts);
            marks.push(keys);
        }
        print::boxes(&mut objects, &page_ids, style);
        let tags = tags::write(&mut objects, document, pages, &page_ids, &marks);
        picture::blend(&mut objects, pages, &page_ids);
        metadata::write(&mut objects, document, pages, &page_ids);
        finish::finish(&mut objects, document);
        file::write(&objects, &tags, &mut deflate)
    }
}

/// Writes the pages as a PDF, with nothing kept for another.
///
/// # Errors
/// As [`Writer::write`].
pub fn write(
    pages: &Pages,
    document: &Document,
    faces: &Faces<'_>,
    style: &PrintStyle,
) -> Result<Vec<u8>, Fault> {
    Writer::default().write(pages, document, faces, style)
}

/// The document without fonts and with blank pages.
fn frame(document: &Document, pages: &Pages) -> Result<Objects, Fault> {
    let mut pdf = PdfDocument::new(&document.title.whole());
    picture::add(document, &mut pdf.resources);
    // A4, GB/T 9704—2012, 5.1.
    let blank = || PdfPage::new(Mm(210.0), Mm(297.0), Vec::new());
    pdf.pages = pages.pages.iter().map(|_| blank()).collect();
    let mut warnings = Vec::new();
    let objects = pdf.to_lopdf_document(&PdfSaveOptions::default(), &mut warnings);
    match warnings.first() {
        Some(warning) => Err(Fault::Content(format!("{warning:?}"))),
        None => Ok(objects),
    }
}

/// Gives a page its content and fonts.
fn fill(objects: &mut Objects, page: ObjectId, content: Vec<u8>, fonts: ObjectId) {
    let reference = |key: &[u8]| {
        let page = objects.get_dictionary(page).ok()?;
        page.get(key).and_then(Object::as_reference).ok()
    };
    let (blank, resources) = (reference(b"Contents"), reference(b"Resources"));
    if let Some(id) = blank {
        objects.set_object(id, Stream::new(Dictionary::new(), content));
    }
    if let Some(resources) = resources.and_then(|id| objects.get_dictionary_mut(id).ok()) {
        resources.set("Font", fonts);
    }
}
