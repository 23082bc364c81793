//! A workbook: its sheets, defined names and number formats.

use std::collections::HashMap;
use std::sync::Arc;

use super::damage::{Damage, limit};
use super::is;
use super::number_format::{NumberFormat, Section};
use super::package::{Package, target};
use super::sheet::{At, Cell, Room, Sheet};
use super::xml::{unescaped, walk};
use crate::form::AddedSheet;

/// Most sheets that are looked at.
const MOST_SHEETS: usize = 500;
/// How the names of sheets start that WPS makes, hides and doesn't let go of.
const RESERVED: &str = "WpsReserved_";
/// Most defined names: a report's workbook has some 300, and names that nobody needs gather in
/// workbooks over the years.
const MOST_NAMES: usize = 50_000;
/// Most texts that cells share, and most styles of cells (Excel has 65,490: "Excel specifications
/// and limits").
const MOST_SHARED: usize = 200_000;

/// A workbook.
pub(super) struct Book {
    /// What its file is called.
    pub file: Arc<str>,
    pub sheets: Vec<Sheet>,
    /// Defined names in lower case, for Excel doesn't tell it from upper case here, and what they
    /// refer to; of one that is given twice the first. A name of a single sheet counts where the
    /// workbook has none such.
    pub names: HashMap<String, String>,
    /// What the style of a cell shows a number as, by the style's number.
    formats: Vec<NumberFormat>,
    /// Days between the day 0 of this workbook and that of others (ECMA-376 Part 1, 18.2.28,
    /// `date1904`).
    pub days_later: i64,
}

/// Squares on a sheet.
pub(super) struct Area<'b> {
    pub sheet: &'b Sheet,
    pub first: At,
    pub last: At,
}

impl Book {
    /// Reads the workbook `file`: every sheet that may be a user's, or only the one that the name
    /// `only` refers to.
    pub fn read(file: &str, bytes: &[u8], only: Option<&str>) -> Result<Self, Damage> {
        let mut package = Package::open(bytes)?;
        let top = package.relations("")?;
        let part = target(&top, "/officeDocument").ok_or(Damage::NoWorkbook)?;
        let lower = part.to_ascii_lowercase();
        if lower.ends_with(".bin") {
            return Err(Damage::Binary);
        }
        if lower.starts_with("word/") || lower.starts_with("ppt/") {
            return Err(Damage::Document);
        }
        let xml = package.part(part)?.ok_or(Damage::NoWorkbook)?;
        let related = package.relations(part)?;
        let mut book = Self {
            file: Arc::from(file),
            sheets: Vec::new(),
            names: HashMap::new(),
            formats: Vec::new(),
            days_later: 0,
        };
        let mut found = Vec::new();
        let mut of_sheets: HashMap<String, String> = HashMap::new();
        let mut is_workbook = false;
        walk(&xml, &["definedName"], |element| {
            match element.name() {
                "workbook" => is_workbook = true,
                "workbookPr" => {
                    let given = element.get("date1904");
                    if given.is_some_and(|given| given == "1" || given == "true") {
                        book.days_later = 1462;
                    }
                }
                "sheet" => {
                    let id = element.get("id").unwrap_or_default();
                    let relation = related.iter().find(|relation| relation.id == id);
                    if let (Some(name), Some(relation)) = (element.get("name"), relation)
                        && relation.kind.ends_with("/worksheet")
                        && !name.starts_with(RESERVED)
                    {
                        let hidden = element.get("state").as_deref() == Some("veryHidden");
                        found.push((unescaped(&name), hidden, relation.target.as_str()));
                    }
                }
                "definedName" => {
                    if let Some(name) = element.get("name") {
                        let name = name.to_ascii_lowercase();
                        let refers = element.text("definedName").unwrap_or_default();
                        if element.get("localSheetId").is_none() {
                            book.names.entry(name).or_insert(refers.to_owned());
                        } else if squares(refers).is_some() {
                            of_sheets.entry(name).or_insert(refers.to_owned());
                        }
                    }
                }
                _ => {}
            }
            limit(found.len(), MOST_SHEETS)?;
            limit(book.names.len() + of_sheets.len(), MOST_NAMES)
        })?;
        if !is_workbook {
            return Err(Damage::NoWorkbook);
        }
        for (name, refers) in of_sheets {
            book.names.entry(name).or_insert(refers);
        }
        if only.is_none() && found.iter().any(|(name, ..)| is(name, AddedSheet::Units)) {
            return Err(Damage::RolledUp);
        }
        let mut strings = Vec::new();
        if let Some(part) = target(&related, "/sharedStrings") {
            let xml = package.part(part)?.ok_or(Damage::Broken)?;
            walk(&xml, &["si"], |element| {
                if element.name() == "si" {
                    strings.push(unescaped(element.text("t").unwrap_or_default()));
                }
                limit(strings.len(), MOST_SHARED)
            })?;
        }
        if let Some(part) = target(&related, "/styles") {
            let xml = package.part(part)?.ok_or(Damage::Broken)?;
            book.formats = formats(&xml)?;
        }
        let only = only.map(|name| {
            let refers = book.names.get(name);
            refers.and_then(|refers| Some(squares(refers)?.0))
        });
        // What the program works out itself is nobody's data.
        let is_made = |name: &str| {
            let mut added = AddedSheet::ALL.into_iter();
            added.any(|sheet| sheet != AddedSheet::Texts && is(name, sheet))
        };
        let mut room = Room::default();
        for (number, (name, hidden, part)) in found.into_iter().enumerate() {
            let wanted = match &only {
                Some(only) => only.as_ref() == Some(&name),
                None => !is_made(&name),
            };
            if wanted {
                let mut sheet = Sheet {
                    file: Arc::clone(&book.file),
                    number,
                    name: Arc::from(name),
                    hidden,
                    cells: Default::default(),
                    notes: Default::default(),
                };
                sheet.read(&mut package, part, &strings, &mut room)?;
                book.sheets.push(sheet);
            }
        }
        Ok(book)
    }

    /// How a cell shows a number.
    pub fn format(&self, cell: &Cell, number: f64) -> Section {
        let format = self.formats.get(cell.style);
        format.map_or_else(Section::default, |format| format.of(number))
    }

    /// What a defined name refers to; none where there is no such name, and no area where it
    /// refers to squares or a sheet that were deleted.
    pub fn named(&self, name: &str) -> Option<Option<Area<'_>>> {
        let refers = self.names.get(&name.to_ascii_lowercase())?;
        Some(self.area(refers))
    }

    /// `'依申请公开'!$D$4`, `正文!$B$2:$B$5`.
    pub fn area(&self, text: &str) -> Option<Area<'_>> {
        let (name, first, last) = squares(text)?;
        let sheet = self.sheets.iter().find(|sheet| *sheet.name == *name)?;
        Some(Area { sheet, first, last })
    }
}

fn formats(xml: &str) -> Result<Vec<NumberFormat>, Damage> {
    let mut codes: HashMap<u32, NumberFormat> = HashMap::new();
    let mut formats = Vec::new();
    let mut of_cells = false;
    walk(xml, &[], |element| {
        let id = element.number("numFmtId");
        match element.name() {
            "numFmt" => {
                if let (Some(id), Some(code)) = (id, element.get("formatCode")) {
                    codes.insert(id, NumberFormat::parse(&code));
                }
            }
            "xf" if of_cells => {
                let own = id.and_then(|id| codes.get(&id).cloned());
                formats.push(own.unwrap_or_else(|| NumberFormat::built_in(id.unwrap_or(0))));
            }
            name @ ("cellXfs" | "cellStyleXfs") => of_cells = name == "cellXfs",
            _ => {}
        }
        limit(formats.len(), MOST_SHARED)
    })?;
    Ok(formats)
}

/// The sheet and the corners of an area.
fn squares(text: &str) -> Option<(String, At, At)> {
    let (sheet, squares) = text.trim().trim_start_matches('=').rsplit_once('!')?;
    let sheet = match sheet.strip_prefix('\'').and_then(|s| s.strip_suffix('\'')) {
        Some(quoted) => quoted.replace("''", "'"),
        None => sheet.to_owned(),
    };
    let (first, last) = corners(squares)?;
    Some((sheet, first, last))
}

/// `$D$4` or `$B$2:$B$5`: the first and the last square.
pub(super) fn corners(text: &str) -> Option<(At, At)> {
    let (first, last) = text.split_once(':').unwrap_or((text, text));
    let (first, last) = (square(first)?, square(last)?);
    (first.0 <= last.0 && first.1 <= last.1).then_some((first, last))
}

/// `$D$4` as row and column from 0.
pub(super) fn square(text: &str) -> Option<At> {
    let text = text.strip_prefix('$').unwrap_or(text);
    let letters = text.bytes().take_while(u8::is_ascii_alphabetic).count();
    let (letters, digits) = text.split_at_checked(letters)?;
    let digits = digits.strip_prefix('$').unwrap_or(digits);
    let known = (1..=3).contains(&letters.len()) && (1..=7).contains(&digits.len());
    if !known || !digits.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    let column = letters.bytes().fold(0, |sum, letter| {
        sum * 26 + usize::from(letter.to_ascii_uppercase() - b'A') + 1
    });
    let row: usize = digits.parse().ok()?;
    Some((row.checked_sub(1)?, column.checked_sub(1)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_refer_to_squares() {
        let (sheet, first, last) = squares("'it''s'!$B$2:$C$15").unwrap();
        assert_eq!((sheet.as_str(), first, last), ("it's", (1, 1), (14, 2)));
        assert_eq!(squares("正文!$AA$1").unwrap().1, (0, 26));
        for wrong in ["正文!#REF!", "#REF!", "正文!$B", "1+1", "正文!$B$0"] {
            assert_eq!(squares(wrong), None, "{wrong}");
        }
    }
}
