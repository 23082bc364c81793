//! What an output is made of, in 16 bytes that the output carries: where they are the same, making
//! it again would give the same file.

use std::fmt;
use std::io::{self, BufWriter, Write};
use std::sync::Arc;

use serde::{Serialize, Serializer};
use sha2::Sha256;

/// The first half of a SHA-256.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Digest([u8; 16]);

impl Digest {
    /// The digest of some values, with the program's version. They are hashed as JSON, which is
    /// the same on any machine.
    pub fn of(made_of: &impl Serialize) -> Self {
        let mut hash = BufWriter::new(Hash(sha2::Digest::new()));
        // JSON can fail for keys that are no texts only, and the hash takes everything.
        let _ = serde_json::to_writer(&mut hash, &(env!("CARGO_PKG_VERSION"), made_of));
        let _ = hash.flush();
        let whole: [u8; 32] = sha2::Digest::finalize(hash.into_parts().0.0).into();
        let mut half = [0; 16];
        half.copy_from_slice(&whole[..16]);
        Self(half)
    }

    /// The bytes.
    pub fn bytes(&self) -> [u8; 16] {
        self.0
    }

    /// Reads what `Display` writes.
    pub fn parse(text: &[u8]) -> Option<Self> {
        let mut bytes = [0; 16];
        if text.len() != 2 * bytes.len() {
            return None;
        }
        for (byte, digits) in bytes.iter_mut().zip(text.chunks(2)) {
            *byte = u8::from_str_radix(std::str::from_utf8(digits).ok()?, 16).ok()?;
        }
        Some(Self(bytes))
    }
}

impl fmt::Display for Digest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

impl Serialize for Digest {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

/// Serialises many bytes as their digest.
pub(crate) fn bytes<S: Serializer>(pixels: &[[u8; 4]], serializer: S) -> Result<S::Ok, S::Error> {
    let hash: [u8; 32] = <Sha256 as sha2::Digest>::digest(pixels.as_flattened()).into();
    hash.serialize(serializer)
}

/// Serialises what is shared as if it were not.
pub(crate) fn shared<T: Serialize, S: Serializer>(
    value: &Arc<T>,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    value.as_ref().serialize(serializer)
}

struct Hash(Sha256);

impl Write for Hash {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        sha2::Digest::update(&mut self.0, bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_digest_reads_back_and_depends_on_every_value() {
        let digest = Digest::of(&("年报", 1));
        assert_eq!(Digest::parse(digest.to_string().as_bytes()), Some(digest));
        assert_ne!(digest, Digest::of(&("年报", 2)));
        assert_eq!(Digest::parse(b"00"), None);
        assert_eq!(Digest::parse(&[b'x'; 32]), None);
    }
}
