//! The workbook's own parts: which sheets there are, defined names, shared texts, number formats.

use std::collections::HashMap;
use std::sync::Arc;

use super::number_format::{NumberFormat, Section};
use super::package::{Damage, Package};
use super::sheet::Cell;
use super::xml::{Item, unescaped, walk};

/// Most sheets that are looked at.
const MOST_SHEETS: usize = 500;
/// How the names of sheets start that WPS makes, hides and doesn't let go of.
const RESERVED: &str = "WpsReserved_";
/// Most relations of a part, and most defined names: a report's workbook has some 20 and 300, and
/// names that nobody needs gather in workbooks over the years.
const MOST_NAMES: usize = 50_000;
/// Most texts that cells share, and most styles of cells (Excel has 65,490: "Excel specifications
/// and limits").
const MOST_SHARED: usize = 200_000;

/// A workbook whose sheets are not read yet.
pub(super) struct Book<'a> {
    pub package: Package<'a>,
    /// Name and part of each sheet; those left out that programs keep for themselves.
    pub sheets: Vec<(Arc<str>, String)>,
    /// Names of sheets that no menu of Excel shows: programs keep things there.
    pub very_hidden: Vec<Arc<str>>,
    /// Defined names in lower case, for Excel doesn't tell it from upper case here, and what they
    /// refer to; of one that is given twice the first. A name of a single sheet counts where the
    /// workbook has none such.
    pub names: HashMap<String, String>,
    /// Texts that cells share, by number.
    pub strings: Vec<String>,
    /// What the style of a cell shows a number as, by the style's number.
    pub formats: Vec<NumberFormat>,
    /// Days between the day 0 of this workbook and that of others (ECMA-376 Part 1, 18.2.28,
    /// `date1904`).
    pub days_later: i64,
    /// What the cells of all sheets may still hold.
    pub room: Room,
}

/// How many cells with something in them may still come, and how many bytes of texts: a text that
/// cells share takes its room in each of them.
pub(super) struct Room {
    pub cells: usize,
    pub bytes: usize,
}

impl Room {
    /// Most cells with something in them: a report's workbook has some 500.
    const MOST_CELLS: usize = 100_000;
    /// Most bytes of texts (64 MiB): a report's have 2 MB.
    const MOST_BYTES: usize = 64 * 1024 * 1024;

    /// Takes the room of a cell with `bytes` of text.
    pub fn take(&mut self, bytes: usize) -> Result<(), Damage> {
        self.cells = self.cells.checked_sub(1).ok_or(Damage::TooLarge)?;
        self.bytes = self.bytes.checked_sub(bytes).ok_or(Damage::TooLarge)?;
        Ok(())
    }
}

/// Squares on a sheet; rows and columns from 0.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Area {
    pub sheet: String,
    pub first: (u32, u32),
    pub last: (u32, u32),
}

impl<'a> Book<'a> {
    pub fn open(bytes: &'a [u8]) -> Result<Self, Damage> {
        let mut package = Package::open(bytes)?;
        let top = relations(&mut package, "")?;
        let part = target(&top, "/officeDocument").ok_or(Damage::NoWorkbook)?;
        let part_of = |start: &str| {
            part.get(..start.len())
                .is_some_and(|s| s.eq_ignore_ascii_case(start))
        };
        if part.to_ascii_lowercase().ends_with(".bin") {
            return Err(Damage::Binary);
        }
        if part_of("word/") || part_of("ppt/") {
            return Err(Damage::Document);
        }
        let xml = package.part(&part)?.ok_or(Damage::NoWorkbook)?;
        let related = relations(&mut package, &part)?;
        let mut book = Self {
            package,
            sheets: Vec::new(),
            very_hidden: Vec::new(),
            names: HashMap::new(),
            strings: Vec::new(),
            formats: Vec::new(),
            days_later: 0,
            room: Room {
                cells: Room::MOST_CELLS,
                bytes: Room::MOST_BYTES,
            },
        };
        let mut name: Option<(String, bool, String)> = None;
        let mut of_sheets: HashMap<String, String> = HashMap::new();
        let mut is_workbook = false;
        walk(&xml, |item| {
            match item {
                Item::Open("workbook", _) => is_workbook = true,
                Item::Open("workbookPr", attributes) => {
                    let given = attributes.get("date1904");
                    if given.is_some_and(|given| given == "1" || given == "true") {
                        book.days_later = 1462;
                    }
                }
                Item::Open("sheet", attributes) => {
                    let id = attributes.get("id").unwrap_or_default();
                    let relation = related.iter().find(|relation| relation.id == id);
                    let is_sheet = |relation: &&Relation| relation.kind.ends_with("/worksheet");
                    if let (Some(sheet), Some(relation)) =
                        (attributes.get("name"), relation.filter(is_sheet))
                        && !sheet.starts_with(RESERVED)
                    {
                        let sheet: Arc<str> = Arc::from(unescaped(&sheet));
                        if attributes.get("state").as_deref() == Some("veryHidden") {
                            book.very_hidden.push(Arc::clone(&sheet));
                        }
                        book.sheets.push((sheet, relation.target.clone()));
                    }
                }
                Item::Open("definedName", attributes) => {
                    let of_sheet = attributes.get("localSheetId").is_some();
                    let given = attributes.get("name");
                    name = given.map(|name| (name, of_sheet, String::new()));
                }
                Item::Text(text) => {
                    if let Some((_, _, refers)) = &mut name {
                        refers.push_str(text);
                    }
                }
                Item::Close("definedName") => {
                    if let Some((name, of_sheet, refers)) = name.take() {
                        let name = name.to_ascii_lowercase();
                        if !of_sheet {
                            book.names.entry(name).or_insert(refers);
                        } else if area(&refers).is_some() {
                            of_sheets.entry(name).or_insert(refers);
                        }
                    }
                }
                _ => {}
            }
            book.sheets.len() <= MOST_SHEETS && book.names.len() + of_sheets.len() <= MOST_NAMES
        })?;
        if !is_workbook {
            return Err(Damage::NoWorkbook);
        }
        if book.sheets.len() > MOST_SHEETS || book.names.len() + of_sheets.len() > MOST_NAMES {
            return Err(Damage::TooLarge);
        }
        for (name, refers) in of_sheets {
            book.names.entry(name).or_insert(refers);
        }
        if let Some(part) = target(&related, "/sharedStrings") {
            let xml = book.package.part(&part)?.ok_or(Damage::Broken)?;
            book.strings = strings(&xml)?;
        }
        if let Some(part) = target(&related, "/styles") {
            let xml = book.package.part(&part)?.ok_or(Damage::Broken)?;
            book.formats = formats(&xml)?;
        }
        Ok(book)
    }

    /// How a cell shows a number.
    pub fn format(&self, cell: &Cell, number: f64) -> Section {
        let format = self.formats.get(cell.style);
        format.map_or_else(Section::default, |format| format.of(number))
    }

    /// What a defined name refers to; none where there is no such name, and no area where it
    /// refers to squares that were deleted.
    pub fn named(&self, name: &str) -> Option<Option<Area>> {
        let refers = self.names.get(&name.to_ascii_lowercase())?;
        Some(area(refers))
    }
}

/// A part that another part names.
pub(super) struct Relation {
    id: String,
    pub kind: String,
    pub target: String,
}

/// The part of one kind that `relations` name.
pub(super) fn target(relations: &[Relation], kind: &str) -> Option<String> {
    let found = relations.iter().find(|r| r.kind.ends_with(kind))?;
    Some(found.target.clone())
}

/// The parts that `part` names, those outside the file left out (ECMA-376 Part 2, 6.5).
pub(super) fn relations(package: &mut Package<'_>, part: &str) -> Result<Vec<Relation>, Damage> {
    let (folder, name) = part.rsplit_once('/').unwrap_or(("", part));
    let list = if folder.is_empty() {
        format!("_rels/{name}.rels")
    } else {
        format!("{folder}/_rels/{name}.rels")
    };
    let mut found = Vec::new();
    let Some(xml) = package.part(&list)? else {
        return Ok(found);
    };
    walk(&xml, |item| {
        if let Item::Open("Relationship", attributes) = item
            && attributes.get("TargetMode").as_deref() != Some("External")
            && let (Some(id), Some(kind), Some(target)) = (
                attributes.get("Id"),
                attributes.get("Type"),
                attributes.get("Target"),
            )
        {
            let target = within(folder, &target);
            found.push(Relation { id, kind, target });
        }
        found.len() <= MOST_NAMES
    })?;
    if found.len() > MOST_NAMES {
        return Err(Damage::TooLarge);
    }
    Ok(found)
}

/// The name of a part that stands as `target` in `folder`.
fn within(folder: &str, target: &str) -> String {
    let mut parts: Vec<&str> = match target.strip_prefix(['/', '\\']) {
        Some(_) => Vec::new(),
        None => folder.split('/').filter(|part| !part.is_empty()).collect(),
    };
    for part in target.split(['/', '\\']) {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop();
            }
            part => parts.push(part),
        }
    }
    parts.join("/")
}

fn strings(xml: &str) -> Result<Vec<String>, Damage> {
    let mut strings = Vec::new();
    let (mut text, mut inside, mut reading_aid) = (String::new(), false, false);
    walk(xml, |item| {
        match item {
            Item::Open("si", _) => text.clear(),
            Item::Open("rPh", _) => reading_aid = true,
            Item::Close("rPh") => reading_aid = false,
            Item::Open("t", _) => inside = !reading_aid,
            Item::Close("t") => inside = false,
            Item::Text(part) if inside => text.push_str(part),
            Item::Close("si") => strings.push(unescaped(&text)),
            _ => {}
        }
        strings.len() <= MOST_SHARED
    })?;
    if strings.len() > MOST_SHARED {
        return Err(Damage::TooLarge);
    }
    Ok(strings)
}

fn formats(xml: &str) -> Result<Vec<NumberFormat>, Damage> {
    let mut codes: HashMap<u32, NumberFormat> = HashMap::new();
    let mut formats = Vec::new();
    let mut of_cells = false;
    let id = |text: Option<String>| text.and_then(|text| text.parse::<u32>().ok());
    walk(xml, |item| {
        match item {
            Item::Open("numFmt", attributes) => {
                let code = attributes.get("formatCode");
                if let (Some(id), Some(code)) = (id(attributes.get("numFmtId")), code) {
                    codes.insert(id, NumberFormat::parse(&code));
                }
            }
            Item::Open("cellXfs", _) => of_cells = true,
            Item::Close("cellXfs") => of_cells = false,
            Item::Open("xf", attributes) if of_cells => {
                let id = id(attributes.get("numFmtId")).unwrap_or(0);
                let own = codes.get(&id).cloned();
                formats.push(own.unwrap_or_else(|| NumberFormat::built_in(id)));
            }
            _ => {}
        }
        formats.len() <= MOST_SHARED
    })?;
    if formats.len() > MOST_SHARED {
        return Err(Damage::TooLarge);
    }
    Ok(formats)
}

/// `'依申请公开'!$D$4`, `正文!$B$2:$B$5`.
pub(super) fn area(text: &str) -> Option<Area> {
    let (sheet, squares) = text.trim().trim_start_matches('=').rsplit_once('!')?;
    let sheet = match sheet.strip_prefix('\'').and_then(|s| s.strip_suffix('\'')) {
        Some(quoted) => quoted.replace("''", "'"),
        None => sheet.to_owned(),
    };
    let (first, last) = squares.split_once(':').unwrap_or((squares, squares));
    let (first, last) = (square(first)?, square(last)?);
    (first.0 <= last.0 && first.1 <= last.1).then_some(Area { sheet, first, last })
}

/// `$D$4` as row and column from 0.
pub(super) fn square(text: &str) -> Option<(u32, u32)> {
    let text = text.strip_prefix('$').unwrap_or(text);
    let letters = text.bytes().take_while(u8::is_ascii_alphabetic).count();
    let (letters, digits) = text.split_at_checked(letters)?;
    let digits = digits.strip_prefix('$').unwrap_or(digits);
    if !(1..=3).contains(&letters.len()) || !(1..=7).contains(&digits.len()) {
        return None;
    }
    let column = letters.bytes().fold(0, |sum, letter| {
        sum * 26 + u32::from(letter.to_ascii_uppercase() - b'A') + 1
    });
    if !digits.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    let row: u32 = digits.parse().ok()?;
    Some((row.checked_sub(1)?, column.checked_sub(1)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_refer_to_squares() {
        let found = area("'it''s'!$B$2:$C$15").unwrap();
        assert_eq!((found.sheet.as_str(), found.first), ("it's", (1, 1)));
        assert_eq!(found.last, (14, 2));
        assert_eq!(area("正文!$AA$1").unwrap().first, (0, 26));
        for wrong in ["正文!#REF!", "#REF!", "正文!$B", "1+1", "正文!$B$0"] {
            assert_eq!(area(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn parts_are_named_from_where_they_are_named() {
        assert_eq!(
            within("xl/worksheets", "../comments1.xml"),
            "xl/comments1.xml"
        );
        assert_eq!(within("xl", "/xl/styles.xml"), "xl/styles.xml");
        assert_eq!(within("", "../../etc/passwd"), "etc/passwd");
    }
}
