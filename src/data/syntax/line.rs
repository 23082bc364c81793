//! What a single line of a data file is: the start of a text, of an entry, a comment.

use super::signs::{CLOSING, OPENING, is_odd_blank};

pub(super) const TEXT_QUOTES: &str = "\"\"\"";

/// `key = """`.
pub(super) fn starts_text(line: &str) -> bool {
    line.split_once('=').is_some_and(|(key, value)| {
        is_key(key.trim()) && value.trim_start().starts_with(TEXT_QUOTES)
    })
}

/// `key =` or `[table]`.
pub(super) fn starts_entry(code: &str) -> bool {
    let code = code.trim();
    let table = code
        .strip_prefix('[')
        .and_then(|rest| rest.strip_suffix(']'))
        .is_some_and(|name| is_key(name) && !name.starts_with(|c: char| c.is_ascii_digit()));
    table
        || code
            .split_once('=')
            .is_some_and(|(key, _)| is_key(key.trim()))
}

/// Whether a text can be a bare key, dots included.
pub(super) fn is_key(text: &str) -> bool {
    let part = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '.');
    !text.is_empty() && text.chars().all(part)
}

/// Whether a line is meant to be an entry, the head of a table or a comment, whatever is wrong with
/// it: not prose.
pub(super) fn is_meant_as_entry(line: &str) -> bool {
    let code = line.trim_start_matches(|c: char| c.is_whitespace() || is_odd_blank(c));
    if code.starts_with(['#', '[', '［', '【']) {
        return true;
    }
    let Some(end) = code.find(|c: char| !(c.is_alphanumeric() || "_-.（）".contains(c))) else {
        return is_key(code);
    };
    let key = code.get(..end).unwrap_or_default();
    let rest = code.get(end..).unwrap_or_default();
    let rest = rest.trim_start_matches(|c: char| c.is_whitespace() || is_odd_blank(c));
    !key.is_empty() && (rest.starts_with(['=', '＝']) || is_key(key))
}

/// Whether a line is meant to be the head of a table: a name in brackets of some kind.
pub(super) fn is_meant_as_head(line: &str) -> bool {
    let code = code_part(line).trim_matches(|c: char| c.is_whitespace() || is_odd_blank(c));
    let brackets = |c: char| OPENING.contains(&c) || CLOSING.contains(&c);
    let name = code.trim_matches(brackets).trim();
    name.len() < code.len()
        && name.starts_with(|c: char| c.is_alphabetic())
        && name
            .chars()
            .all(|c| c.is_alphanumeric() || "_-. ".contains(c))
}

/// The line without its comment.
pub(super) fn code_part(line: &str) -> &str {
    let mut open = None;
    let mut escaped = false;
    for (at, c) in line.char_indices() {
        match (c, open) {
            _ if escaped => escaped = false,
            ('\\', Some('"')) => escaped = true,
            ('"' | '\'', None) => open = Some(c),
            (c, Some(mark)) if c == mark => open = None,
            ('#', None) => return line.get(..at).unwrap_or_default(),
            _ => {}
        }
    }
    line
}
