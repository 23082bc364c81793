//! Walking through a part's XML. Names are taken without their prefixes: other programs choose
//! other ones.

use std::borrow::Cow;

use quick_xml::Reader;
use quick_xml::escape::resolve_xml_entity;
use quick_xml::events::{BytesStart, Event};

use super::damage::Damage;

/// The elements whose text is looked at.
const TEXTS: [&str; 5] = ["v", "f", "t", "author", "definedName"];

/// An element, and, where it was waited for, the texts within it.
pub(super) struct Element<'a> {
    start: BytesStart<'a>,
    texts: [Option<String>; TEXTS.len()],
}

impl<'a> Element<'a> {
    fn new(start: BytesStart<'a>) -> Self {
        Self {
            start,
            texts: Default::default(),
        }
    }

    pub fn name(&self) -> &str {
        self.start.local_name().into_inner()
    }

    /// The value of an attribute.
    pub fn get(&self, name: &str) -> Option<String> {
        // Looking for names given twice takes the square of their number.
        let mut all = self.start.attributes();
        let mut all = all.with_checks(false).flatten();
        let found = all.find(|attribute| attribute.key.local_name().as_ref() == name)?;
        let value = found.normalized_value(quick_xml::XmlVersion::Implicit1_0);
        Some(value.ok()?.into_owned())
    }

    /// The value of an attribute that is a number.
    pub fn number<N: std::str::FromStr>(&self, name: &str) -> Option<N> {
        self.get(name)?.parse().ok()
    }

    /// What all elements of one name within it say, or it itself, reading aids left out; none where
    /// there is no such element.
    pub fn text(&self, name: &str) -> Option<&str> {
        let index = TEXTS.iter().position(|text| *text == name)?;
        self.texts.get(index)?.as_deref()
    }
}

/// Walks through `xml` until its end or a fault. `each` is given the elements called as in `whole`
/// when they close, with their texts and without what else is in them, all others when they open.
/// Nothing but the entities of XML itself is resolved, and no other file is ever opened.
pub(super) fn walk(
    xml: &str,
    whole: &[&str],
    mut each: impl FnMut(&Element<'_>) -> Result<(), Damage>,
) -> Result<(), Damage> {
    let mut reader = Reader::from_str(xml.trim_start_matches('\u{feff}'));
    reader.config_mut().expand_empty_elements = true;
    let mut depth = 0_usize;
    let mut open: Option<(usize, Element<'_>)> = None;
    let (mut text, mut reading_aid) = (None, false);
    loop {
        let said: Cow<'_, str> = match reader.read_event().map_err(|_| Damage::Broken)? {
            Event::Start(start) => {
                depth += 1;
                let name = start.local_name().into_inner();
                reading_aid |= name == "rPh";
                let index = TEXTS.iter().position(|text| *text == name);
                text = index.filter(|_| !reading_aid);
                if open.is_none() {
                    let element = Element::new(start.clone());
                    if whole.contains(&name) {
                        open = Some((depth, element));
                    } else {
                        each(&element)?;
                    }
                }
                Cow::Borrowed("")
            }
            Event::End(end) => {
                text = None;
                reading_aid &= end.local_name().into_inner() != "rPh";
                if let Some((_, element)) = open.take_if(|(at, _)| *at == depth) {
                    each(&element)?;
                }
                depth = depth.checked_sub(1).ok_or(Damage::Broken)?;
                continue;
            }
            Event::Text(text) => text.xml10_content(),
            Event::CData(text) => text.xml10_content(),
            Event::GeneralRef(entity) => {
                match entity.resolve_char_ref().map_err(|_| Damage::Broken)? {
                    Some(c) => c.to_string().into(),
                    None => resolve_xml_entity(&entity.xml10_content())
                        .ok_or(Damage::Broken)?
                        .into(),
                }
            }
            Event::Eof if depth == 0 => return Ok(()),
            Event::Eof => return Err(Damage::Broken),
            // Empty elements come as one that opens and one that closes.
            Event::Comment(_)
            | Event::Decl(_)
            | Event::PI(_)
            | Event::DocType(_)
            | Event::Empty(_) => continue,
        };
        if let (Some((_, element)), Some(index)) = (&mut open, text)
            && let Some(text) = element.texts.get_mut(index)
        {
            text.get_or_insert_default().push_str(&said);
        }
    }
}

/// A text as a part stores it: `_x000D_` is a character (ECMA-376 Part 1, 22.4.2.4, ST_Xstring).
pub(super) fn unescaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find("_x") {
        let (before, from) = rest.split_at(at);
        out.push_str(before);
        let code = from.get(2..6).filter(|_| from.get(6..7) == Some("_"));
        let code = code.filter(|code| code.bytes().all(|b| b.is_ascii_hexdigit()));
        let code = code.and_then(|code| u32::from_str_radix(code, 16).ok());
        let (character, length) = match code.and_then(char::from_u32) {
            Some(c) => (c, 7),
            None => ('_', 1),
        };
        out.push(character);
        rest = from.get(length..).unwrap_or_default();
    }
    out + rest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_closed_is_broken() {
        let walk = |xml: &str| walk(xml, &["b"], |_| Ok(()));
        assert_eq!(walk("<a><b/></a>"), Ok(()));
        for xml in ["<a><b></a>", "<a>", "</a>", "<a>&evil;</a>", "<a"] {
            assert_eq!(walk(xml), Err(Damage::Broken), "{xml}");
        }
    }

    #[test]
    fn escapes_of_the_format_are_resolved() {
        assert_eq!(unescaped("一_x000D_\n二"), "一\r\n二");
        assert_eq!(unescaped("a_x_b_xZZZZ__x005F_x"), "a_x_b_xZZZZ__x");
    }
}
