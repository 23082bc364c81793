//! What a single line of a data file is: the start of a text, of an entry, a comment.

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

fn is_key(text: &str) -> bool {
    let part = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '.');
    !text.is_empty() && text.chars().all(part)
}

/// The line without its comment.
pub(super) fn code_part(line: &str) -> &str {
    let mut quoted = false;
    for (at, c) in line.char_indices() {
        match c {
            '"' => quoted = !quoted,
            '#' if !quoted => return line.get(..at).unwrap_or_default(),
            _ => {}
        }
    }
    line
}
