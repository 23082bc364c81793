//! The objects to the bytes of a file: object streams and a cross-reference stream (ISO 32000-1, 7.5.7 and
//! 7.5.8).
//!
//! lopdf's own writer copies every object that goes into an object stream, writes it three times to learn
//! its length, and leaves the cross-reference stream as it is: a tenth of the time that a report's PDF
//! takes, and a hundredth of its size. Here each object is written once, by lopdf, and each stream
//! deflated once.

use std::fmt::Write as _;
use std::io::{self, Write as _};

use flate2::Compression;
use flate2::write::ZlibEncoder;
use lopdf::content::{Content, Operation};
use lopdf::{Dictionary, Document as Objects, Object, Stream, dictionary};
use sha2::{Digest, Sha256};

use super::Standard;
use super::objects::bytes;

/// How hard streams are deflated, of 0 to 9. Beyond 4 a file gets smaller by a half per cent at most:
/// outlines, its larger part, hold little that repeats.
const LEVEL: u32 = 4;
/// Objects in one object stream: the more, the better they deflate together. The structure tree is
/// some 600 small objects.
const OBJECTS_PER_STREAM: usize = 1000;
/// Bytes of the three fields of an entry of the cross-reference stream.
const FIELDS: [usize; 3] = [1, 4, 2];

/// Where an object is (7.5.8.3).
#[derive(Debug, Clone, Copy, Default)]
enum Place {
    /// Nowhere: the number is free.
    #[default]
    Free,
    /// At this byte of the file.
    At(usize),
    /// In the object stream of this number, as the object with this index.
    In(u32, usize),
}

/// Writes the file. The objects are numbered from 1, in generation 0.
pub(super) fn save(objects: Objects, standard: Standard) -> io::Result<Vec<u8>> {
    let mut writer = Writer {
        // Four bytes above 127 say that the file is no text (7.5.2).
        file: format!("%PDF-{}\n%", standard.pdf_version()).into_bytes(),
        places: Vec::new(),
        encoder: ZlibEncoder::new(Vec::new(), Compression::new(LEVEL)),
    };
    writer.file.extend(b"\xBB\xAD\xC0\xDE\n");
    let mut packed = Vec::new();
    for ((number, _), object) in objects.objects {
        match object {
            Object::Stream(stream) => writer.stream(number, stream)?,
            other => packed.push((number, other)),
        }
    }
    let mut next = objects.max_id + 1;
    while !packed.is_empty() {
        let rest = packed.split_off(packed.len().min(OBJECTS_PER_STREAM));
        writer.object_stream(next, packed)?;
        next += 1;
        packed = rest;
    }
    writer.end(next, objects.trailer)
}

struct Writer {
    file: Vec<u8>,
    /// The place of each object, by its number.
    places: Vec<Place>,
    encoder: ZlibEncoder<Vec<u8>>,
}

impl Writer {
    fn put(&mut self, number: u32, place: Place) {
        let number = number as usize;
        if self.places.len() <= number {
            self.places.resize(number + 1, Place::Free);
        }
        if let Some(slot) = self.places.get_mut(number) {
            *slot = place;
        }
    }

    /// Writes a stream, deflated where it isn't yet and may be.
    fn stream(&mut self, number: u32, mut stream: Stream) -> io::Result<()> {
        if stream.allows_compression && !stream.dict.has(b"Filter") {
            self.encoder.write_all(&stream.content)?;
            stream.set_content(self.encoder.reset(Vec::new())?);
            stream.dict.set("Filter", "FlateDecode");
        }
        self.put(number, Place::At(self.file.len()));
        writeln!(self.file, "{number} 0 obj")?;
        self.file.extend(written(stream.into())?);
        self.file.extend(b"\nendobj\n");
        Ok(())
    }

    /// Writes an object stream of these objects.
    fn object_stream(&mut self, number: u32, objects: Vec<(u32, Object)>) -> io::Result<()> {
        let (mut index, mut content) = (String::new(), Vec::new());
        let count = objects.len() as i64;
        for (place, (own, object)) in objects.into_iter().enumerate() {
            self.put(own, Place::In(number, place));
            // Writing to a String can't fail.
            let _ = write!(index, "{own} {} ", content.len());
            content.extend(written(object)?);
        }
        let first = index.len() as i64;
        let dictionary = dictionary! { "Type" => "ObjStm", "N" => count, "First" => first };
        let content = [index.into_bytes(), content].concat();
        self.stream(number, Stream::new(dictionary, content))
    }

    /// Writes the cross-reference stream with what is in the trailer, and the end of the file.
    fn end(mut self, number: u32, mut trailer: Dictionary) -> io::Result<Vec<u8>> {
        // The identifier (14.4) is made of all that the file holds: no clock, no path.
        let identifier = bytes(&Sha256::digest(&self.file)[..16]);
        trailer.set("ID", vec![identifier.clone(), identifier]);
        let start = self.file.len();
        self.put(number, Place::At(start));
        let mut content = Vec::new();
        for place in &self.places {
            let fields = match *place {
                Place::Free => [0, 0, 0xFFFF],
                Place::At(offset) => [1, offset as u64, 0],
                Place::In(stream, index) => [2, stream.into(), index as u64],
            };
            for (value, width) in fields.iter().zip(FIELDS) {
                let bytes = value.to_be_bytes();
                content.extend(bytes.iter().skip(bytes.len() - width));
            }
        }
        trailer.set("Type", "XRef");
        trailer.set("Size", self.places.len() as i64);
        let widths = FIELDS.map(|width| Object::from(width as i64));
        trailer.set("W", widths.to_vec());
        self.stream(number, Stream::new(trailer, content))?;
        write!(self.file, "startxref\n{start}\n%%EOF")?;
        Ok(self.file)
    }
}

/// An object as lopdf writes it: it shows no writer but that of content streams.
fn written(object: Object) -> io::Result<Vec<u8>> {
    let operations = vec![Operation::new("", vec![object])];
    Content { operations }.encode().map_err(io::Error::other)
}
