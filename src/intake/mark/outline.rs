//! Where the elements just below the root of a part stand, so that others can be put between them.

use std::ops::Range;

use quick_xml::Reader;
use quick_xml::events::Event;

use super::super::damage::Damage;

/// A part's root.
pub(super) struct Outline {
    /// What stands before the names of the root's elements: `x:`, or nothing.
    pub prefix: String,
    /// Its children's names without prefixes, and their bytes.
    pub children: Vec<(String, Range<usize>)>,
    /// Where its end tag begins.
    pub end: usize,
}

impl Outline {
    pub fn of(xml: &str) -> Result<Self, Damage> {
        let mut reader = Reader::from_str(xml);
        let (mut depth, mut began) = (0_usize, 0);
        let mut outline = Self {
            prefix: String::new(),
            children: Vec::new(),
            end: 0,
        };
        loop {
            let before = position(&reader);
            match reader.read_event().map_err(|_| Damage::Broken)? {
                Event::Start(start) => {
                    let name = start.name().into_inner().to_owned();
                    let (prefix, local) = match name.split_once(':') {
                        Some((prefix, local)) => (format!("{prefix}:"), local.to_owned()),
                        None => (String::new(), name),
                    };
                    match depth {
                        0 => outline.prefix = prefix,
                        1 => {
                            began = before;
                            outline.children.push((local, before..before));
                        }
                        _ => {}
                    }
                    depth += 1;
                }
                Event::Empty(empty) if depth == 1 => {
                    let local = empty.local_name().into_inner().to_owned();
                    outline.children.push((local, before..position(&reader)));
                }
                // A root without anything in it has no room.
                Event::Empty(_) if depth == 0 => return Err(Damage::Broken),
                Event::End(_) => {
                    depth = depth.checked_sub(1).ok_or(Damage::Broken)?;
                    match depth {
                        0 => {
                            outline.end = before;
                            return Ok(outline);
                        }
                        1 => {
                            if let Some((_, range)) = outline.children.last_mut() {
                                *range = began..position(&reader);
                            }
                        }
                        _ => {}
                    }
                }
                Event::Eof => return Err(Damage::Broken),
                _ => {}
            }
        }
    }

    /// Where an element belongs that comes before those of `later`.
    pub fn before(&self, later: &[&str]) -> usize {
        let mut children = self.children.iter();
        let next = children.find(|(name, _)| later.contains(&name.as_str()));
        next.map_or(self.end, |(_, range)| range.start)
    }

    /// The bytes of a child.
    pub fn child(&self, name: &str) -> Option<Range<usize>> {
        let mut children = self.children.iter();
        Some(children.find(|(child, _)| child == name)?.1.clone())
    }
}

fn position(reader: &Reader<&[u8]>) -> usize {
    usize::try_from(reader.buffer_position()).unwrap_or(usize::MAX)
}

/// `xml` with `more` put in at a byte.
pub(super) fn put(xml: &str, at: usize, more: &str) -> Result<String, Damage> {
    let (before, after) = xml.split_at_checked(at).ok_or(Damage::Broken)?;
    Ok(format!("{before}{more}{after}"))
}
