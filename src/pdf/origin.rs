//! What tells the program's PDFs from others: a comment before the end, with a digest of all before it.
//!
//! A comment may stand between any two tokens (ISO 32000-1, 7.2.3), and readers look for `startxref` from
//! the end (7.5.5). Who writes the file anew leaves the comment out, and who adds to it (7.5.6, an
//! incremental update: notes, a signature, a filled-in field) writes behind it.

use std::fs::{self, File};
use std::io::{self, Read, Seek, SeekFrom};
use std::path::Path;

use sha2::{Digest, Sha256};

/// How the comment begins.
const COMMENT: &[u8] = b"%nianbao ";
/// How the end of a file begins.
const END: &[u8] = b"startxref\n";
/// Longest end: `startxref`, an offset, `%%EOF` and their line breaks.
const LONGEST_END: usize = 48;

/// A file with the comment.
pub(super) fn mark(mut file: Vec<u8>) -> Vec<u8> {
    if let Some(at) = end(&file) {
        let comment = comment(file.get(..at).unwrap_or_default());
        file.splice(at..at, comment);
    }
    file
}

/// Whether the file at `path` is a PDF of the program's, byte for byte as it was written.
pub fn is_untouched(path: &Path) -> bool {
    // Another program's PDF may be of any size: its end is looked at first.
    ends_marked(path).unwrap_or(false) && fs::read(path).is_ok_and(|file| is_marked(&file))
}

/// Whether the comment stands before the end of a file.
fn ends_marked(path: &Path) -> io::Result<bool> {
    let longest = comment(&[]).len() + LONGEST_END;
    let mut file = File::open(path)?;
    let length = file.metadata()?.len();
    let from = length.saturating_sub(longest.try_into().unwrap_or(u64::MAX));
    file.seek(SeekFrom::Start(from))?;
    let mut bytes = Vec::with_capacity(longest);
    file.read_to_end(&mut bytes)?;
    Ok(bytes.windows(COMMENT.len()).any(|window| window == COMMENT))
}

fn is_marked(file: &[u8]) -> bool {
    let Some(before) = end(file).and_then(|at| file.get(..at)) else {
        return false;
    };
    let length = comment(&[]).len();
    before
        .split_at_checked(before.len().saturating_sub(length))
        .is_some_and(|(content, said)| said == comment(content))
}

/// Where the end begins.
fn end(file: &[u8]) -> Option<usize> {
    let from = file.len().saturating_sub(LONGEST_END);
    let end = file.get(from..)?;
    let at = end.windows(END.len()).rposition(|window| window == END)?;
    let offset = end.get(at + END.len()..)?.strip_suffix(b"\n%%EOF")?;
    offset.iter().all(u8::is_ascii_digit).then_some(from + at)
}

/// The comment that stands behind `content`.
fn comment(content: &[u8]) -> Vec<u8> {
    let digest = Sha256::digest(content);
    let digits = digest.iter().take(16).map(|byte| format!("{byte:02x}"));
    let digits: String = digits.collect();
    [COMMENT, digits.as_bytes(), b"\n"].concat()
}
