//! Font files mapped into memory: the one place with `unsafe` in the program.

use std::fs::File;
use std::io;
use std::path::Path;

use memmap2::Mmap;

/// Maps a font file for reading.
///
/// # Errors
/// What the operating system says.
#[allow(unsafe_code)]
pub(super) fn map(path: &Path) -> io::Result<Mmap> {
    let file = File::open(path)?;
    // SAFETY: the mapping is private and read-only. What could go wrong is another program
    // cutting or overwriting the file while it is mapped. Installers replace font files by
    // renaming, which leaves the mapped one whole; a font being overwritten in place during a
    // run is outside what is promised, as it is for every program that maps fonts. All reading
    // goes through skrifa and subsetter, which check bounds and hold no references into the file
    // that assume its content.
    unsafe { Mmap::map(&file) }
}
