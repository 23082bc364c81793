//! Walking through a part's XML: elements open and close, texts come in between. Names are
//! taken without their prefixes: other programs choose other ones.

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use super::package::Damage;

/// What is met on the way.
pub(super) enum Item<'a> {
    /// An element opens.
    Open(&'a str, Attributes<'a>),
    /// It closes.
    Close(&'a str),
    /// Text within it, in one piece or in several.
    Text(&'a str),
}

/// The attributes of an element.
pub(super) struct Attributes<'a>(&'a BytesStart<'a>);

impl Attributes<'_> {
    /// The value of an attribute.
    pub fn get(&self, name: &str) -> Option<String> {
        // Looking for names given twice takes the square of their number.
        let mut all = self.0.attributes();
        let mut all = all.with_checks(false).flatten();
        let found = all.find(|attribute| attribute.key.local_name().as_ref() == name)?;
        let value = found.normalized_value(quick_xml::XmlVersion::Implicit1_0);
        Some(value.ok()?.into_owned())
    }
}

/// Walks through `xml` until its end, or until `each` says that it has seen enough (`false`).
/// Nothing but the entities of XML itself is resolved, and no other file is ever opened.
pub(super) fn walk(xml: &str, mut each: impl FnMut(Item<'_>) -> bool) -> Result<(), Damage> {
    let mut reader = Reader::from_str(xml.trim_start_matches('\u{feff}'));
    let mut depth = 0_usize;
    loop {
        let goes_on = match reader.read_event().map_err(|_| Damage::Broken)? {
            Event::Start(element) => {
                depth += 1;
                let name = element.local_name();
                each(Item::Open(name.as_ref(), Attributes(&element)))
            }
            Event::Empty(element) => {
                let name = element.local_name();
                each(Item::Open(name.as_ref(), Attributes(&element)))
                    && each(Item::Close(name.as_ref()))
            }
            Event::End(element) => {
                depth = depth.checked_sub(1).ok_or(Damage::Broken)?;
                each(Item::Close(element.local_name().as_ref()))
            }
            Event::Text(text) => each(Item::Text(&text.xml10_content())),
            Event::CData(text) => each(Item::Text(&text.xml10_content())),
            Event::GeneralRef(entity) => {
                let name = entity.xml10_content();
                let character = entity.resolve_char_ref().map_err(|_| Damage::Broken)?;
                let text = match (character, &*name) {
                    (Some(c), _) => c.to_string(),
                    (None, "amp") => "&".to_owned(),
                    (None, "lt") => "<".to_owned(),
                    (None, "gt") => ">".to_owned(),
                    (None, "quot") => "\"".to_owned(),
                    (None, "apos") => "'".to_owned(),
                    _ => return Err(Damage::Broken),
                };
                each(Item::Text(&text))
            }
            Event::Eof if depth == 0 => return Ok(()),
            Event::Eof => return Err(Damage::Broken),
            Event::Comment(_) | Event::Decl(_) | Event::PI(_) | Event::DocType(_) => true,
        };
        if !goes_on {
            return Ok(());
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
        let character = code
            .and_then(|code| u32::from_str_radix(code, 16).ok())
            .and_then(char::from_u32);
        match character {
            Some(c) => {
                out.push(c);
                rest = from.get(7..).unwrap_or_default();
            }
            None => {
                out.push_str("_x");
                rest = from.get(2..).unwrap_or_default();
            }
        }
    }
    out.push_str(rest);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_closed_is_broken() {
        let nothing = |_: Item<'_>| true;
        assert_eq!(walk("<a><b/></a>", nothing), Ok(()));
        for xml in ["<a><b></a>", "<a>", "</a>", "<a>&evil;</a>", "<a"] {
            assert_eq!(walk(xml, nothing), Err(Damage::Broken), "{xml}");
        }
    }

    #[test]
    fn escapes_of_the_format_are_resolved() {
        assert_eq!(unescaped("一_x000D_\n二"), "一\r\n二");
        assert_eq!(unescaped("a_x_b_xZZZZ__x005F_x"), "a_x_b_xZZZZ__x");
    }
}
