//! Streams made small.

use flate2::{Compress, Compression, FlushCompress, Status};

use super::Fault;

/// The level, of 1 to 9. Of a report's fonts and pages zlib-rs makes 201.1 kB in 5.4 ms at 5, 200.9 in 5.7
/// at 6, 199.8 in 6.8 at 7 and 202.0 in 16.9 at 9.
const LEVEL: u32 = 5;

/// A compressor that all streams of a file share: its tables take longer to make than a small
/// stream to deflate.
pub(super) struct Deflate(Compress);

impl Deflate {
    pub fn new() -> Self {
        Self(Compress::new(Compression::new(LEVEL), true))
    }

    /// The bytes in zlib's format (ISO 32000-1, 7.4.4).
    pub fn compress(&mut self, bytes: &[u8]) -> Result<Vec<u8>, Fault> {
        self.0.reset();
        // More than bytes that can't be made smaller grow by (zlib's compressBound).
        let bound = bytes.len() + bytes.len() / 8 + 64;
        let mut packed = Vec::with_capacity(bound);
        let status = self
            .0
            .compress_vec(bytes, &mut packed, FlushCompress::Finish)
            .map_err(|error| Fault::Write(error.into()))?;
        if status != Status::StreamEnd {
            return Err(Fault::Write(std::io::ErrorKind::WriteZero.into()));
        }
        Ok(packed)
    }
}

#[cfg(test)]
mod tests {
    use std::io::Read;

    use super::*;

    #[test]
    fn a_stream_is_the_same_whatever_came_before_it() {
        let noise: Vec<u8> = (0..100_000_u32)
            .map(|n| (n.wrapping_mul(2_654_435_761) >> 13) as u8)
            .collect();
        let mut deflate = Deflate::new();
        let first = deflate.compress(b"BT ET BT ET BT ET").unwrap();
        let hard = deflate.compress(&noise).unwrap();
        assert_eq!(deflate.compress(b"BT ET BT ET BT ET").unwrap(), first);
        let mut back = Vec::new();
        let mut unpacked = flate2::read::ZlibDecoder::new(hard.as_slice());
        unpacked.read_to_end(&mut back).unwrap();
        assert_eq!(back, noise);
    }
}
