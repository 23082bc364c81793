//! A report: typed, every figure with its origin.

use std::fmt;
use std::sync::Arc;

use rust_decimal::Decimal;
use serde::Serialize;

use super::date::Date;
use crate::data::Worded;
use crate::form::{FigureId, Form, Script, TextId};
use crate::source::{Place, Source};

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
    /// The body that reports.
    pub organ: Organ,
    /// Whom to ask.
    pub contact: Option<Contact>,
    /// The signature below the text (落款).
    pub signature: Option<Signature>,
    /// An opening paragraph of the body's own.
    pub opening: Option<Text>,
    /// The text sections, by [`TextId`].
    pub texts: Vec<Text>,
    /// Every figure of the form, by [`FigureId`].
    pub figures: Vec<Figure>,
}

/// Whose figures a report holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
pub enum Scope {
    /// The body's own (本机关).
    #[default]
    Own,
    /// Those of its whole region, added up (本行政区域汇总).
    Region,
}

impl Scope {
    /// `own` or `region`, as in the data file.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Own => "own",
            Self::Region => "region",
        }
    }
}

/// The body that reports.
#[derive(Debug, Clone)]
pub struct Organ {
    /// Its name.
    pub name: Worded,
    /// 统一社会信用代码.
    pub code: Option<Worded>,
    /// The region that it serves.
    pub region: Option<Worded>,
}

/// Whom to ask about the report: address, postcode, phone and email, as far as given.
#[derive(Debug, Clone, Default)]
pub struct Contact {
    /// The parts in that order.
    pub parts: [Option<Worded>; 4],
}

/// The signature (落款).
#[derive(Debug, Clone)]
pub struct Signature {
    /// Who signs, where it isn't the organ itself.
    pub name: Option<Worded>,
    /// The date, with its place.
    pub date: Option<(Date, Place)>,
    /// The picture of the seal.
    pub seal: Option<Arc<SealPicture>>,
    /// The name of that picture's file, as the data file gives it.
    pub seal_file: Option<String>,
}

/// The picture of a seal, cut to what is seen of it.
#[derive(Clone, PartialEq, Serialize)]
pub struct SealPicture {
    /// Width in pixels.
    pub width: usize,
    /// Height in pixels, the same as the width within a tenth.
    pub height: usize,
    /// Red, green, blue (sRGB) and alpha of each pixel, not premultiplied, by rows from the top:
    /// `width` × `height`.
    #[serde(serialize_with = "crate::digest::bytes")]
    pub rgba: Vec<[u8; 4]>,
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

    /// The text of a text section.
    pub fn text(&self, id: TextId) -> &Text {
        &self.texts[id.0]
    }

    /// Every text that the data file gives, with its place.
    pub fn worded(&self) -> impl Iterator<Item = &Worded> {
        let organ = [
            Some(&self.organ.name),
            self.organ.code.as_ref(),
            self.organ.region.as_ref(),
        ];
        let signature = self.signature.iter().filter_map(|s| s.name.as_ref());
        let contact = self.contact.iter().flat_map(|c| c.parts.iter().flatten());
        let lines = self
            .opening
            .iter()
            .chain(&self.texts)
            .flat_map(|text| &text.lines)
            .map(|line| &line.worded);
        let cells = self
            .figures
            .iter()
            .flat_map(|figure| figure.unit.iter().chain(&figure.note));
        organ
            .into_iter()
            .flatten()
            .chain(contact)
            .chain(lines)
            .chain(signature)
            .chain(cells)
    }
}
