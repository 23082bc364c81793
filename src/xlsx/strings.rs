//! The texts of all cells, each once (ECMA-376 Part 1, 18.4.9).

use std::collections::HashMap;

use super::xml::{integer, literally};

/// The texts of a workbook's cells.
#[derive(Default)]
pub(super) struct Strings {
    numbers: HashMap<Box<str>, u32>,
    /// Each as an element, in the order of their numbers.
    xml: Vec<u8>,
    /// How many cells have one.
    cells: u64,
}

impl Strings {
    /// The number of a text, from 0.
    pub fn number(&mut self, text: &str) -> u32 {
        self.cells += 1;
        if let Some(number) = self.numbers.get(text) {
            return *number;
        }
        // A sheet has 17 thousand million cells, but a package no more texts than memory holds.
        let number = u32::try_from(self.numbers.len()).unwrap_or(u32::MAX);
        self.numbers.insert(text.into(), number);
        let edge = |c: char| c == ' ' || c == '\t' || c == '\n';
        let kept = text.starts_with(edge) || text.ends_with(edge);
        self.xml.extend(if kept {
            &b"<si><t xml:space=\"preserve\">"[..]
        } else {
            b"<si><t>"
        });
        literally(&mut self.xml, text);
        self.xml.extend(b"</t></si>");
        number
    }

    /// The part of the package.
    pub fn part(&self) -> Vec<u8> {
        let mut xml = Vec::with_capacity(self.xml.len() + 256);
        xml.extend(b"<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n");
        xml.extend(
            b"<sst xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\" count=\"",
        );
        integer(&mut xml, self.cells);
        xml.extend(b"\" uniqueCount=\"");
        integer(&mut xml, self.numbers.len() as u64);
        xml.extend(b"\">");
        xml.extend(&self.xml);
        xml.extend(b"</sst>");
        xml
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn xml(text: &str) -> String {
        let mut strings = Strings::default();
        strings.number(text);
        let xml = String::from_utf8(strings.part()).unwrap();
        let (_, element) = xml.split_once("<si>").unwrap();
        element.split_once("</si>").unwrap().0.to_owned()
    }

    #[test]
    fn a_text_is_kept_once_and_counted_as_often_as_it_stands() {
        let mut strings = Strings::default();
        assert_eq!(
            ["甲", "乙", "甲"].map(|text| strings.number(text)),
            [0, 1, 0]
        );
        let part = String::from_utf8(strings.part()).unwrap();
        assert!(part.contains("count=\"3\" uniqueCount=\"2\""), "{part}");
        assert!(part.ends_with("<si><t>甲</t></si><si><t>乙</t></si></sst>"));
    }

    #[test]
    fn no_text_is_markup_and_none_is_lost() {
        assert_eq!(xml("a<b>&c"), "<t>a&lt;b&gt;&amp;c</t>");
        assert_eq!(xml(" 甲"), "<t xml:space=\"preserve\"> 甲</t>");
        assert_eq!(xml("甲\n乙\r\u{1}"), "<t>甲\n乙_x000D__x0001_</t>");
        assert_eq!(xml("\u{FFFE}甲\u{FFFF}"), "<t>_xFFFE_甲_xFFFF_</t>");
        assert_eq!(
            xml("_x0041_ _x00 _x_x0041_"),
            "<t>_x005F_x0041_ _x00 _x_x005F_x0041_</t>"
        );
    }
}
