//! Objects to the bytes of a file: streams by themselves, everything else in object streams, and a
//! cross-reference stream (ISO 32000-1, 7.5.7 and 7.5.8).

use lopdf::{Dictionary, Document as Objects, Object, ObjectId, StringFormat, dictionary};
use sha2::{Digest as _, Sha256};

use super::Fault;
use super::serialize::{integer, object};
use crate::deflate::Deflate;

/// Objects in one object stream: the more, the better they deflate together. The structure tree is
/// some 600 small objects, a quarter of the file if each stands alone.
const OBJECTS_PER_STREAM: usize = 1000;
/// Bytes of an entry of the cross-reference stream: its type, an offset or the number of an object
/// stream, and a place in that.
const ENTRY: [usize; 3] = [1, 4, 2];

/// Where an object is.
#[derive(Clone, Copy)]
enum Place {
    /// No object has the number.
    Free,
    /// So many bytes into the file.
    At(usize),
    /// In the object stream of that number, from 0.
    In(u32, usize),
}

/// Small objects that are written already, to go into object streams.
#[derive(Default)]
pub(super) struct Written {
    bytes: Vec<u8>,
    /// Number of each object and where it begins.
    starts: Vec<(ObjectId, usize)>,
}

impl Written {
    /// Where the object of that number is to be appended.
    pub fn start(&mut self, id: ObjectId) -> &mut Vec<u8> {
        self.starts.push((id, self.bytes.len()));
        &mut self.bytes
    }

    fn iter(&self) -> impl Iterator<Item = (ObjectId, Small<'_>)> {
        let ends = self.starts.iter().skip(1).map(|(_, start)| *start);
        let ends = ends.chain([self.bytes.len()]);
        self.starts.iter().zip(ends).map(|((id, start), end)| {
            let bytes = self.bytes.get(*start..end).unwrap_or_default();
            (*id, Small::Written(bytes))
        })
    }
}

/// An object that goes into an object stream.
#[derive(Clone, Copy)]
enum Small<'a> {
    Object(&'a Object),
    Written(&'a [u8]),
}

/// Writes a file of objects and of those that are `written`. Streams that no filter was applied to are
/// deflated.
pub(super) fn write(
    objects: &Objects,
    written: &Written,
    deflate: &mut Deflate,
) -> Result<Vec<u8>, Fault> {
    let mut out = format!("%PDF-{}\n%", objects.version).into_bytes();
    // Four bytes above 127 (7.5.2): the file is not text.
    out.extend([0xE5, 0xB9, 0xB4, 0xE6, b'\n']);
    let mut content = Sha256::new();
    let mut places = vec![Place::Free; objects.max_id as usize + 1];
    let mut small = Vec::new();
    for (id, object) in &objects.objects {
        match object {
            Object::Stream(stream) => {
                let start = out.len();
                set(&mut places, *id, Place::At(start));
                let packed = if stream.allows_compression && !stream.dict.has(b"Filter") {
                    Some(deflate.zlib(&stream.content)?)
                } else {
                    None
                };
                match packed.filter(|packed| packed.len() < stream.content.len()) {
                    Some(packed) => {
                        let mut members = stream.dict.clone();
                        members.set("Filter", "FlateDecode");
                        self::stream(&mut out, id.0, members, &packed);
                    }
                    None => self::stream(&mut out, id.0, stream.dict.clone(), &stream.content),
                }
                // What came deflated is a subset's: its name, in a small object, says which.
                if !stream.dict.has(b"Filter") {
                    content.update(out.get(start..).unwrap_or_default());
                }
            }
            other => small.push((*id, Small::Object(other))),
        }
    }
    small.extend(written.iter());
    // Neighbours in the document are alike: they deflate better side by side.
    small.sort_unstable_by_key(|(id, _)| *id);
    for group in small.chunks(OBJECTS_PER_STREAM) {
        let number = places.len() as u32;
        for (index, (id, _)) in group.iter().enumerate() {
            set(&mut places, *id, Place::In(number, index));
        }
        places.push(Place::At(out.len()));
        let (together, first) = together(group);
        content.update(&together);
        let members = dictionary! {
            "Type" => "ObjStm",
            "N" => group.len() as i64,
            "First" => first as i64,
            "Filter" => "FlateDecode",
        };
        stream(&mut out, number, members, &deflate.zlib(&together)?);
    }
    let identifier = content.finalize();
    cross_reference(&mut out, objects, places, &identifier[..16], deflate)?;
    Ok(out)
}

fn set(places: &mut [Place], id: ObjectId, place: Place) {
    if let Some(slot) = places.get_mut(id.0 as usize) {
        *slot = place;
    }
}

/// Appends a stream with its bytes as they are.
fn stream(out: &mut Vec<u8>, number: u32, mut members: Dictionary, content: &[u8]) {
    members.set("Length", content.len() as i64);
    integer(out, i64::from(number));
    out.extend(b" 0 obj\n");
    object(out, &members.into());
    out.extend(b"stream\n");
    out.extend(content);
    out.extend(b"\nendstream\nendobj\n");
}

/// The content of an object stream: numbers and offsets of its objects, then the objects, and where
/// the first of them begins.
fn together(group: &[(ObjectId, Small<'_>)]) -> (Vec<u8>, usize) {
    let mut content = Vec::new();
    let mut bodies = Vec::new();
    for (id, member) in group {
        integer(&mut content, i64::from(id.0));
        content.push(b' ');
        integer(&mut content, bodies.len() as i64);
        content.push(b' ');
        match member {
            Small::Object(member) => object(&mut bodies, member),
            Small::Written(bytes) => bodies.extend(*bytes),
        }
        bodies.push(b' ');
    }
    let first = content.len();
    content.extend(bodies);
    (content, first)
}

/// Appends the cross-reference stream and the end of the file. Both halves of the file's identifier
/// are the same, as the file is new (14.4).
fn cross_reference(
    out: &mut Vec<u8>,
    objects: &Objects,
    mut places: Vec<Place>,
    identifier: &[u8],
    deflate: &mut Deflate,
) -> Result<(), Fault> {
    let start = out.len();
    let number = places.len() as u32;
    places.push(Place::At(start));
    let mut table = Vec::new();
    let mut above = [0; 7];
    for place in &places {
        let (kind, first, second) = match *place {
            Place::Free => (0, 0, 0xFFFF),
            Place::At(offset) => (1, offset as u32, 0),
            Place::In(number, index) => (2, number, index as u16),
        };
        let mut row = [kind; 7];
        row[1..5].copy_from_slice(&first.to_be_bytes());
        row[5..].copy_from_slice(&u16::to_be_bytes(second));
        // Only what differs from the row above (7.4.4.4): rows are nearly alike.
        table.push(2);
        table.extend(
            row.iter()
                .zip(above)
                .map(|(new, old)| new.wrapping_sub(old)),
        );
        above = row;
    }
    let identifier = Object::String(identifier.to_vec(), StringFormat::Hexadecimal);
    let mut members = objects.trailer.clone();
    members.set("Type", "XRef");
    members.set("Size", places.len() as i64);
    members.set(
        "W",
        ENTRY.map(|bytes| Object::Integer(bytes as i64)).to_vec(),
    );
    members.set("ID", vec![identifier.clone(), identifier]);
    members.set("Filter", "FlateDecode");
    let columns = ENTRY.iter().sum::<usize>() as i64;
    members.set(
        "DecodeParms",
        dictionary! { "Predictor" => 12, "Columns" => columns },
    );
    stream(out, number, members, &deflate.zlib(&table)?);
    out.extend(b"startxref\n");
    integer(out, start as i64);
    out.extend(b"\n%%EOF\n");
    Ok(())
}
