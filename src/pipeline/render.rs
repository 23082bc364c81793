//! Documents into outputs.

use std::path::Path;
use std::sync::OnceLock;

use crate::document::Document;
use crate::font::{Faces, FontError, Library};
use crate::form::Script;
use crate::style::Style;
use crate::text::Failure;
use crate::{layout, pdf, xlsx};

/// A kind of file that a document becomes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Output {
    /// The filed PDF.
    Pdf,
    /// The workbook.
    Xlsx,
}

/// Makes one kind of output. The path is that of the data file, for the failure's sake.
type Write = fn(&Renderer<'_>, &Document, &Path) -> Result<Rendered, Failure>;

impl Output {
    /// All kinds, in the order in which they are written.
    pub const ALL: [Self; 2] = [Self::Pdf, Self::Xlsx];

    /// The list of outputs: what each is called, how the names of its files end, what makes it.
    fn entry(self) -> (&'static str, &'static str, Write) {
        match self {
            Self::Pdf => ("PDF", "pdf", write_pdf),
            Self::Xlsx => ("xlsx", "xlsx", write_xlsx),
        }
    }

    /// What a message calls it.
    pub fn name(self) -> &'static str {
        self.entry().0
    }

    /// How the names of its files end, without the dot.
    pub fn extension(self) -> &'static str {
        self.entry().1
    }
}

/// An output and what there is to say about it.
#[derive(Debug)]
pub struct Rendered {
    /// The file's bytes.
    pub bytes: Vec<u8>,
    /// Number of pages, of what has pages.
    pub pages: Option<usize>,
}

/// What every document of a run is made into outputs with. It is shared by all of them and changed
/// by none.
pub struct Renderer<'a> {
    library: &'a Library,
    style: Style,
    /// The faces of each script, looked up when the first report in it comes.
    hans: OnceLock<Result<Faces<'a>, FontError>>,
    hant: OnceLock<Result<Faces<'a>, FontError>>,
}

/// The threads of a run share one renderer: what is put into it must not take that away.
const _: () = {
    const fn shared<T: Sync>() {}
    shared::<Renderer<'static>>();
};

impl<'a> Renderer<'a> {
    /// A renderer with these fonts, for pages that look like this.
    pub fn new(library: &'a Library, style: Style) -> Self {
        Self {
            library,
            style,
            hans: OnceLock::new(),
            hant: OnceLock::new(),
        }
    }

    /// The faces that print `script`.
    ///
    /// # Errors
    /// What is wrong with the fonts, the same each time.
    pub fn faces(&self, script: Script) -> Result<&Faces<'a>, Failure> {
        let slot = match script {
            Script::Hans => &self.hans,
            Script::Hant => &self.hant,
        };
        slot.get_or_init(|| self.library.faces(script))
            .as_ref()
            .map_err(Failure::from)
    }

    /// Makes an output of a document. `path` is the data file's, for the failure's sake.
    ///
    /// # Errors
    /// A font that is missing, or a back end that failed.
    pub fn render(
        &self,
        document: &Document,
        output: Output,
        path: &Path,
    ) -> Result<Rendered, Failure> {
        let (_, _, write) = output.entry();
        write(self, document, path)
    }
}

fn write_pdf(
    renderer: &Renderer<'_>,
    document: &Document,
    path: &Path,
) -> Result<Rendered, Failure> {
    let faces = renderer.faces(document.script)?;
    let Style { page, print, .. } = &renderer.style;
    let pages = layout::lay_out(document, faces, page);
    let bytes = pdf::write(&pages, document, faces, print);
    Ok(Rendered {
        bytes: bytes.map_err(|error| match error {
            pdf::PdfError::Font(error) => Failure::from(&error),
            error => Failure::output(path, Output::Pdf.name(), &error),
        })?,
        pages: Some(pages.count()),
    })
}

fn write_xlsx(_: &Renderer<'_>, document: &Document, path: &Path) -> Result<Rendered, Failure> {
    let bytes = xlsx::write(document);
    Ok(Rendered {
        bytes: bytes.map_err(|error| Failure::output(path, Output::Xlsx.name(), &error))?,
        pages: None,
    })
}
