//! The bytes of font files, mapped or read: the one place with `unsafe` in the program.
//!
//! A file that is cut short while it is mapped ends the program where it is read next (SIGBUS), and
//! one that is written over gives glyphs of neither font. Installers replace fonts by renaming,
//! which leaves the mapped file whole; `cp` writes over it. Reading all of them into memory rules
//! that out, but takes 20 ms, half of what a report takes, where a report needs a hundredth of their
//! pages. So the length of the run decides: one report or a few are over in the blink of an eye and
//! map the files; a run over a folder, which may go on for minutes while somebody works on the
//! computer, reads them once ([`Library::hold`](super::Library::hold)). And as outputs appear whole or
//! not at all, even a run that ends like that leaves nothing broken behind.

use std::fs::{self, File};
use std::io;
use std::ops::Deref;
use std::path::Path;

use memmap2::Mmap;

/// The bytes of a font file.
pub(super) enum Bytes {
    /// As the file has them at each moment.
    Mapped(Mmap),
    /// As it had them when it was read.
    Read(Vec<u8>),
}

impl Bytes {
    /// Maps a font file.
    ///
    /// # Errors
    /// What the operating system says.
    #[allow(unsafe_code)]
    pub fn map(path: &Path) -> io::Result<Self> {
        let file = File::open(path)?;
        // SAFETY: the mapping is private and read-only. What could go wrong is another program
        // cutting or overwriting the file while it is mapped; see above. All reading goes through
        // skrifa and subsetter, which check bounds and hold no references into the file that
        // assume its content.
        unsafe { Mmap::map(&file) }.map(Self::Mapped)
    }

    /// Reads a font file.
    ///
    /// # Errors
    /// What the operating system says.
    pub fn read(path: &Path) -> io::Result<Self> {
        fs::read(path).map(Self::Read)
    }
}

impl Deref for Bytes {
    type Target = [u8];

    fn deref(&self) -> &[u8] {
        match self {
            Self::Mapped(map) => map,
            Self::Read(bytes) => bytes,
        }
    }
}
