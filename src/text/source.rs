//! A text that was read, and places in it.
//!
//! Everything that a finding points at is a [`Place`]: a source and a byte range.
//! Lines and columns are worked out only when a finding is shown.

use std::io::Read;
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::encoding;
use super::{Code, Failure, Finding, Findings, Message, ReadError};

/// Largest data file that is read, in bytes (16 MiB): a real one is about 20 kB.
pub const MAX_BYTES: u64 = 16 * 1024 * 1024;

/// The path that stands for standard input.
const STDIN: &str = "-";

/// A byte range in the text of a [`Source`].
pub type Span = Range<usize>;

/// One text with the name that findings show for it.
#[derive(Debug, PartialEq, Eq)]
pub struct Source {
    name: String,
    text: String,
    /// Byte offset at which each line starts; the first is 0.
    line_starts: Vec<usize>,
    /// Of a text that was made of a workbook: which of its bytes stand in which cell.
    cells: Option<Vec<SheetCell>>,
    /// Where the files lie that it may name.
    folder: Option<PathBuf>,
}

/// A cell of a workbook, and the bytes of a [`Source`] that were made of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SheetCell {
    /// Number of its sheet in the workbook, from 0.
    pub number: usize,
    /// Name of its sheet.
    pub sheet: Arc<str>,
    /// Its row, from 0.
    pub row: u32,
    /// Its column, from 0.
    pub column: u32,
    /// Every byte that belongs to it, quotation marks and the like included.
    pub whole: Span,
    /// What of them the cell shows.
    pub inner: Span,
    /// What the cell shows, where the text says it in other words.
    pub shown: Option<String>,
}

impl SheetCell {
    /// `E12`.
    pub fn name(&self) -> String {
        let mut letters = Vec::new();
        let mut left = self.column + 1;
        while left > 0 {
            letters.push(char::from(
                b'A' + u8::try_from((left - 1) % 26).unwrap_or(0),
            ));
            left = (left - 1) / 26;
        }
        let letters: String = letters.iter().rev().collect();
        format!("{letters}{}", self.row.saturating_add(1))
    }
}

/// Line and column, both from 1; the column counts characters, not bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Position {
    /// Line, from 1.
    pub line: usize,
    /// Column in characters, from 1.
    pub column: usize,
}

/// A range in a source.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// The text that the range lies in.
    pub source: Arc<Source>,
    /// Bytes of that text.
    pub span: Span,
}

/// The bytes of the file at `path`, or of standard input where it is `-`; of a larger one than
/// [`MAX_BYTES`] one byte more than that.
///
/// # Errors
/// What the system says where it can't be read.
pub fn read_bytes(path: &Path) -> Result<Vec<u8>, Failure> {
    let read = if path == Path::new(STDIN) {
        first_bytes(std::io::stdin())
    } else {
        std::fs::File::open(path).and_then(first_bytes)
    };
    read.map_err(|error| Failure::io(path, &error))
}

/// Where the files lie that the data file at `path` may name; none for standard input.
pub(crate) fn folder_of(path: &Path) -> Option<&Path> {
    if path == Path::new(STDIN) {
        return None;
    }
    path.parent().map(|folder| match folder.as_os_str() {
        here if here.is_empty() => Path::new("."),
        _ => folder,
    })
}

fn first_bytes(file: impl Read) -> std::io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    file.take(MAX_BYTES + 1).read_to_end(&mut bytes)?;
    Ok(bytes)
}

impl Source {
    /// A source from a text at hand; `name` is what findings call it.
    pub fn new(name: impl Into<String>, text: impl Into<String>) -> Self {
        let text = text.into();
        let mut line_starts = vec![0];
        line_starts.extend(text.match_indices('\n').map(|(at, _)| at + 1));
        Self {
            name: name.into(),
            text,
            line_starts,
            cells: None,
            folder: None,
        }
    }

    /// The text that was made of the workbook `name`, and the cells that it was made of; of cells
    /// that lie within each other the inner one comes later. A workbook of which nothing was made
    /// is a blank text without cells.
    pub(crate) fn of_workbook(
        name: impl Into<String>,
        text: impl Into<String>,
        cells: Vec<SheetCell>,
    ) -> Self {
        Self {
            cells: Some(cells),
            ..Self::new(name, text)
        }
    }

    /// Reads the file at `path`, or standard input where `path` is `-`.
    ///
    /// # Errors
    /// A [`Failure`] where the file can't be read, [`Findings`] where it is larger than
    /// 16 MiB or no text.
    pub fn read(path: &Path) -> Result<Self, ReadError> {
        let bytes = read_bytes(path)?;
        let source = Self::from_bytes(path.display().to_string(), bytes)?;
        Ok(source.in_folder(folder_of(path)))
    }

    /// The same text, which may name files that lie in `folder` or below; without one it may
    /// name none.
    #[must_use]
    pub fn in_folder(self, folder: Option<&Path>) -> Self {
        Self {
            folder: folder.map(Path::to_owned),
            ..self
        }
    }

    /// Where the files lie that the text may name.
    pub(crate) fn folder(&self) -> Option<&Path> {
        self.folder.as_deref()
    }

    /// A source from bytes: UTF-8, UTF-16 with its byte order mark, GB 18030 (GBK); a mark is dropped.
    ///
    /// # Errors
    /// A `syntax` finding that names the place of the first wrong byte.
    pub fn from_bytes(name: impl Into<String>, bytes: Vec<u8>) -> Result<Self, Findings> {
        let name = name.into();
        let refuse = |message: Message, remedy: Message, readable: &[u8]| {
            let text = String::from_utf8_lossy(readable).into_owned();
            let end = text.len();
            let source = Arc::new(Self::new(name.clone(), text));
            let finding = Finding::new(Code::Syntax, message);
            let finding = finding.at(Place::new(&source, end..end)).remedy(remedy);
            Findings::from(finding)
        };
        if bytes.len() as u64 > MAX_BYTES {
            return Err(refuse(
                Message::new(
                    "文件超过 16 MB，不是数据文件",
                    "the file is larger than 16 MB: this is no data file",
                ),
                Message::new("请检查是否选错了文件", "check that this is the right file"),
                &[],
            ));
        }
        match encoding::decode(bytes) {
            Ok(text) => Ok(Self::new(name, text)),
            Err(no) => Err(refuse(no.message, no.remedy, &no.sound)),
        }
    }

    /// Whether this text was made of a workbook.
    pub(crate) fn is_workbook(&self) -> bool {
        self.cells.is_some()
    }

    /// The cell that the byte `offset` was made of.
    fn cell(&self, offset: usize) -> Option<&SheetCell> {
        let holds = |cell: &&SheetCell| {
            cell.whole.contains(&offset) || (cell.whole.is_empty() && cell.whole.start == offset)
        };
        self.cells.as_ref()?.iter().rev().find(holds)
    }

    /// The name that findings show.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The whole text.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The text in `span`, empty where the span is not one of this text.
    pub fn slice(&self, span: &Span) -> &str {
        self.text.get(span.clone()).unwrap_or_default()
    }

    /// Index of the line, from 0, that holds the byte `offset`.
    pub(crate) fn line_of(&self, offset: usize) -> usize {
        self.line_starts.partition_point(|&start| start <= offset) - 1
    }

    /// The bytes of line `index`, from 0, without its line break.
    pub(crate) fn line_span(&self, index: usize) -> Span {
        let start = self
            .line_starts
            .get(index)
            .copied()
            .unwrap_or(self.text.len());
        let end = self
            .line_starts
            .get(index + 1)
            .map_or(self.text.len(), |next| next - 1)
            .max(start);
        // A line break of Windows has two characters.
        let broken = end < self.text.len() && self.slice(&(start..end)).ends_with('\r');
        start..if broken { end - 1 } else { end }
    }

    /// Where the byte `offset` stands.
    pub(crate) fn position(&self, offset: usize) -> Position {
        let offset = self.floor_char(offset);
        let line = self.line_of(offset);
        let start = self.line_span(line).start;
        Position {
            line: line + 1,
            column: self.slice(&(start..offset)).chars().count() + 1,
        }
    }

    /// `offset`, moved back to the start of the character that it falls in.
    fn floor_char(&self, offset: usize) -> usize {
        let mut offset = offset.min(self.text.len());
        while !self.text.is_char_boundary(offset) {
            offset -= 1;
        }
        offset
    }
}

impl Place {
    /// A place in `source`; the span is cut to whole characters of its text.
    pub(crate) fn new(source: &Arc<Source>, span: Span) -> Self {
        let start = source.floor_char(span.start);
        let mut end = span.end.min(source.text.len()).max(start);
        while !source.text.is_char_boundary(end) {
            end += 1;
        }
        Self {
            source: Arc::clone(source),
            span: start..end,
        }
    }

    /// The place of `length` bytes at byte `at` of a text that stands at `place`. A quoted text
    /// starts behind its quotation mark; one that was written with escapes is not in the source
    /// as it reads, and then the whole place is given.
    pub(crate) fn within(place: &Self, text: &str, at: usize, length: usize) -> Self {
        match place.source.slice(&place.span).find(text) {
            Some(offset) => {
                let start = place.span.start + offset + at;
                Self::new(&place.source, start..start + length)
            }
            None => place.clone(),
        }
    }

    /// The cell that the place is in, where its text was made of a workbook.
    pub fn cell(&self) -> Option<&SheetCell> {
        self.source.cell(self.span.start)
    }

    /// Where the character behind the last of the place stands; none of a workbook, which has cells.
    pub fn end(&self) -> Option<Position> {
        (!self.source.is_workbook()).then(|| self.source.position(self.span.end))
    }

    /// Where the place starts; of a cell its row and column.
    pub fn position(&self) -> Position {
        match self.cell() {
            Some(cell) => Position {
                line: cell.row as usize + 1,
                column: cell.column as usize + 1,
            },
            None => self.source.position(self.span.start),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_count_characters() {
        let source = Source::new("t", "年报\nname = \"青石县\"\n");
        assert_eq!(source.position(0), Position { line: 1, column: 1 });
        assert_eq!(source.position(3), Position { line: 1, column: 2 });
        let at = source.text().find('石').unwrap();
        assert_eq!(
            source.position(at),
            Position {
                line: 2,
                column: 10
            }
        );
        assert_eq!(
            source.position(at + 1),
            Position {
                line: 2,
                column: 10
            }
        );
    }

    #[test]
    fn a_line_break_of_windows_is_no_part_of_the_line() {
        let source = Source::new("t", "a = 1\r\nb = 2\r\n\r\nc\r");
        let lines: Vec<&str> = (0..4).map(|i| source.slice(&source.line_span(i))).collect();
        assert_eq!(lines, ["a = 1", "b = 2", "", "c\r"]);
    }

    #[test]
    fn byte_order_mark_is_dropped_and_what_is_no_text_refused() {
        let source = Source::from_bytes("t", b"\xEF\xBB\xBFyear = 2019".to_vec()).unwrap();
        assert_eq!(source.text(), "year = 2019");
        let findings = Source::from_bytes("t", b"year = 2019\n# \xC4".to_vec()).unwrap_err();
        assert_eq!(findings[0].code, Code::Syntax);
        let place = findings[0].place.as_ref().unwrap();
        assert_eq!(place.position(), Position { line: 2, column: 3 });
    }
}
