//! The objects to the bytes of a file.

use std::io::{self, Write};

use flate2::Compression;
use flate2::write::ZlibEncoder;
use lopdf::{Document as Objects, Object, SaveOptions};
use sha2::{Digest, Sha256};

use super::Standard;
use super::objects::bytes;

/// How hard streams are deflated, of 0 to 9. Beyond 4 a file gets smaller by a half per cent at most:
/// outlines, its larger part, hold little that repeats.
const LEVEL: u32 = 4;
/// Objects in one object stream: the more, the better they deflate together. The structure tree is
/// some 600 small objects.
const OBJECTS_PER_STREAM: usize = 1000;

/// Deflates the streams, identifies the file and writes it, with object streams and a cross-reference
/// stream (ISO 32000-1, 7.5.7 and 7.5.8).
pub(super) fn save(mut objects: Objects, standard: Standard) -> io::Result<Vec<u8>> {
    objects.version = standard.pdf_version().to_owned();
    let mut encoder = ZlibEncoder::new(Vec::new(), Compression::new(LEVEL));
    let mut hash = Sha256::new();
    for object in objects.objects.values_mut() {
        match object {
            Object::Stream(stream) => {
                if stream.allows_compression && !stream.dict.has(b"Filter") {
                    encoder.write_all(&stream.content)?;
                    stream.set_content(encoder.reset(Vec::new())?);
                    stream.dict.set("Filter", "FlateDecode");
                }
                hash.update(&stream.content);
            }
            Object::Dictionary(page) if page.has_type(b"Page") => {
                hash.update(format!("{page:?}"));
            }
            _ => {}
        }
    }
    // The identifier (14.4) is made of what the pages hold, and of their boxes: no clock, no path.
    let identifier = bytes(&hash.finalize()[..16]);
    let identifier = vec![identifier.clone(), identifier];
    objects.trailer.set("ID", identifier);
    let options = SaveOptions::builder()
        .use_object_streams(true)
        .use_xref_streams(true)
        .max_objects_per_stream(OBJECTS_PER_STREAM)
        .compression_level(LEVEL)
        .build();
    let mut file = Vec::new();
    objects.save_with_options(&mut file, options)?;
    Ok(file)
}
