//! The limits of what a style may change, and why they are there.

use super::size::{self, MILLIMETRES, POINTS, Unit};
use crate::text::Message;

/// The limits of one value.
pub(super) struct Limit {
    pub least: f64,
    pub most: f64,
    pub unit: Unit,
    /// Why, in Chinese and English.
    pub why: (&'static str, &'static str),
}

/// 2号 is what GB/T 9704—2012, 7.3.1 has for titles; a long name may need 小二.
pub(super) const TITLE: Limit = Limit {
    least: 18.0,
    most: 22.0,
    unit: POINTS,
    why: (
        "标题一般用二号，名称很长时可以小到小二",
        "titles are 2号, and 小二 where a name is long",
    ),
};

/// GB/T 9704—2012, 5.2.2: 3号, to be adjusted in special cases. The squares are 15.79 pt: larger
/// type would run into each other, and below 15 pt more than a twentieth of a line is gaps.
pub(super) const TEXT: Limit = Limit {
    least: 15.0,
    most: 16.0,
    unit: POINTS,
    why: (
        "每行 28 字、每格 15.79 磅不变，比三号大就会挤，比小三小就会散",
        "a line has 28 squares of 15.79 pt: type above 3号 is crammed in them, below 小三 it is torn apart",
    ),
};

/// GB/T 9704—2012, 7.5: 4号.
pub(super) const PAGE_NUMBER: Limit = Limit {
    least: 12.0,
    most: 14.0,
    unit: POINTS,
    why: (
        "页码一般用四号，不小于小四",
        "page numbers are 4号, and not below 小四",
    ),
};

/// Below 9 pt (小五) print is hard to read; above 12 pt table three stands on no page.
pub(super) const TABLE: Limit = Limit {
    least: 9.0,
    most: 12.0,
    unit: POINTS,
    why: (
        "比小五小看不清，比小四大一页排不下表三",
        "type below 小五 is hard to read, and above 小四 table three stands on no page",
    ),
};

/// Not above 五号, so that a note stays below its table in size too.
pub(super) const NOTE: Limit = Limit {
    least: 8.0,
    most: 10.5,
    unit: POINTS,
    why: (
        "表注比表里的字小，但不能小得看不清",
        "a note is smaller than its table, but not hard to read",
    ),
};

/// Below 0.25 pt office printers drop parts of a line.
pub(super) const RULE: Limit = Limit {
    least: 0.25,
    most: 1.0,
    unit: POINTS,
    why: (
        "再细，打印机会断线；再粗，格子里放不下字",
        "printers drop parts of a thinner one, and a thicker one takes the room of the text",
    ),
};

/// Shops ask for 3 mm, some for 5 mm.
pub(super) const BLEED: Limit = Limit {
    least: 0.0,
    most: 5.0,
    unit: MILLIMETRES,
    why: (
        "印刷厂一般要 3 毫米",
        "a printer's shop asks for 3 mm as a rule",
    ),
};

/// 国发〔1999〕25号: from 42 mm (townships) to 60 mm (the State Council); some bodies' seals are
/// smaller, special seals (专用章) down to 30 mm.
pub(super) const SEAL: Limit = Limit {
    least: 30.0,
    most: 60.0,
    unit: MILLIMETRES,
    why: (
        "机关印章一般是 42 至 50 毫米",
        "the seals of public bodies are 42 to 50 mm as a rule",
    ),
};

impl Limit {
    /// Whether a value is within.
    pub fn holds(&self, value: f64) -> bool {
        (self.least..=self.most).contains(&value)
    }

    /// From the least to the most, with the names of sizes where both have one.
    pub fn range(&self) -> Message {
        let (least, most) = (self.least, self.most);
        let names = (self.unit == POINTS).then(|| Some((size::name(least)?, size::name(most)?)));
        let (zh, en) = match names.flatten() {
            Some((least, most)) => (
                format!("（{least}至{most}）"),
                format!(" ({least} to {most})"),
            ),
            None => (String::new(), String::new()),
        };
        Message::new(
            format!("{least} 至 {most} {}{zh}", self.unit.zh),
            format!("{least} to {most} {}{en}", self.unit.en),
        )
    }
}
