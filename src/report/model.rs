//! A report: typed, every figure with its origin.

use std::fmt;
use std::sync::Arc;

use rust_decimal::Decimal;

use super::particulars::Particulars;
use crate::data::Worded;
use crate::form::{FigureId, Form, Particular, ParticularKind, Script, TextId};
use crate::text::{Finding, Place, Source};

/// One body's report on one year, read against its form.
#[derive(Debug, Clone)]
pub struct Report {
    /// The data file.
    pub source: Arc<Source>,
    /// The form that it is read against.
    pub form: Arc<Form>,
    /// The year reported on.
    pub year: i32,
    /// Where the year stands.
    pub year_place: Place,
    /// Script of the official wording.
    pub script: Script,
    /// Whose figures these are.
    pub scope: Scope,
    /// The name of the body that reports.
    pub organ: Worded,
    /// What the file says of the body and the report, its name among it.
    pub particulars: Particulars,
    /// The picture of the seal over the signature (落款).
    pub seal: Option<Arc<SealPicture>>,
    /// An opening paragraph of the body's own.
    pub opening: Option<Text>,
    /// The text sections, by [`TextId`].
    pub texts: Vec<Text>,
    /// Every figure of the form, by [`FigureId`].
    pub figures: Vec<Figure>,
    /// Doubts about the file that it was read from; a check tells them with its own.
    pub doubts: Vec<Finding>,
}

/// Whose figures a report holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Scope {
    /// The body's own (本机关).
    #[default]
    Own,
    /// Those of its whole region, added up (本行政区域汇总).
    Region,
}

impl Scope {
    /// `own` or `region`, as in the data file.
    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Self::Own => "own",
            Self::Region => "region",
        }
    }
}

/// The picture of a seal, cut to what is seen of it.
#[derive(Clone, PartialEq)]
pub struct SealPicture {
    /// Width in pixels.
    pub width: usize,
    /// Height in pixels, the same as the width within a tenth.
    pub height: usize,
    /// Red, green and blue (sRGB) of each pixel as it looks on white paper, by rows from the top:
    /// `width` × `height`.
    pub rgb: Vec<[u8; 3]>,
    /// The longer side in mm as the picture states it; none where it states none that a seal has.
    pub diameter: Option<f64>,
}

impl fmt::Debug for SealPicture {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // A million pixels say nothing.
        f.debug_struct("SealPicture")
            .field("width", &self.width)
            .field("height", &self.height)
            .field("diameter", &self.diameter)
            .finish_non_exhaustive()
    }
}

/// A text of several paragraphs.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Text {
    /// One line is one paragraph; blank lines are left out.
    pub lines: Vec<Line>,
}

/// One paragraph as it was typed, the white space around it taken off.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// What was typed.
    pub worded: Worded,
    /// The same, split at the figures that it quotes.
    pub segments: Vec<Segment>,
}

/// A part of a paragraph.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Segment {
    /// Text as typed.
    Plain(String),
    /// A figure quoted as `{{key}}`.
    Quote(FigureId),
}

/// One figure of a report.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Figure {
    /// Its value; of a derived figure the computed one, whatever the file says.
    pub value: Decimal,
    /// Its unit, where the cell gives one.
    pub unit: Option<Worded>,
    /// A note on the cell.
    pub note: Option<Worded>,
    /// What the file gives, and where; none for a derived figure that it leaves out.
    pub given: Option<Given>,
}

/// A value that the file gives.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Given {
    /// The value.
    pub value: Decimal,
    /// Where it stands.
    pub place: Place,
}

impl Report {
    /// A figure of the report.
    pub fn figure(&self, id: FigureId) -> &Figure {
        &self.figures[id.0]
    }

    /// The figure that stands for figure `id` of `form`, by its key: the report on another year may
    /// have another form.
    pub(crate) fn counterpart(&self, form: &Form, id: FigureId) -> Option<&Figure> {
        let id = self.form.figure(&form.spec(id).key)?;
        Some(self.figure(id))
    }

    /// The text of a text section.
    pub fn text(&self, id: TextId) -> &Text {
        &self.texts[id.0]
    }

    /// The files that the data file names, as it names them: texts and the picture of the seal.
    pub fn files(&self) -> impl Iterator<Item = &str> {
        let texts = self.opening.iter().chain(&self.texts);
        let sources = texts
            .filter_map(|text| text.lines.first())
            .map(|line| &line.worded.place.source)
            .filter(|source| !Arc::ptr_eq(source, &self.source));
        let seal = self.particulars.get("signature.seal");
        let seal = seal.map(|seal| seal.text.as_str());
        sources.map(|source| source.name()).chain(seal)
    }

    /// Every text that the data file gives and that is printed, with its place.
    pub fn worded(&self) -> impl Iterator<Item = &Worded> {
        self.labels().chain(self.paragraphs())
    }

    /// The paragraphs of all texts.
    pub(crate) fn paragraphs(&self) -> impl Iterator<Item = &Worded> {
        let texts = self.opening.iter().chain(&self.texts);
        texts.flat_map(|text| &text.lines).map(|line| &line.worded)
    }

    /// What is printed beside the paragraphs: particulars, units and notes.
    pub(crate) fn labels(&self) -> impl Iterator<Item = &Worded> {
        // Not the name of a picture's file.
        let is_text = |key: &str| {
            let kind = Particular::of(key).map(|particular| &particular.kind);
            matches!(kind, Some(ParticularKind::Text))
        };
        let particulars = self.particulars.iter().filter(move |(key, _)| is_text(key));
        let cells = self
            .figures
            .iter()
            .flat_map(|figure| figure.unit.iter().chain(&figure.note));
        particulars.map(|(_, worded)| worded).chain(cells)
    }
}
