//! Which fonts these are, whatever their files are called, in a few hundred bytes.

use skrifa::FontRef;

use super::faces::{Face, RoleChain};
use crate::digest::Digest;

/// A table of a font: tag, checksum, offset and length, as the table directory has them (OpenType,
/// "Table directory"). The checksums stand for the content: to hash 50 MB of fonts would take longer
/// than a report.
type Table = ([u8; 4], u32, u32, u32);

/// The digest of some faces and of which serves which role.
pub(super) fn identity(faces: &[Face<'_>], chains: &[RoleChain]) -> Digest {
    let faces: Vec<_> = faces
        .iter()
        .map(|face| (face.data.len(), face.index, tables(&face.font)))
        .collect();
    let chains: Vec<_> = chains
        .iter()
        .map(|chain| {
            let ids = [&chain.latin, &chain.punctuation, &chain.han];
            let ids = ids.map(|ids| ids.iter().map(|id| id.0).collect::<Vec<_>>());
            (chain.role.as_str(), chain.unsure, ids)
        })
        .collect();
    Digest::of(&(faces, chains))
}

/// The tables of a font.
fn tables(font: &FontRef<'_>) -> Vec<Table> {
    let records = font.table_directory().table_records().iter();
    let tables = records.map(|record| {
        let place = (record.offset(), record.length());
        (
            record.tag().to_be_bytes(),
            record.checksum(),
            place.0,
            place.1,
        )
    });
    tables.collect()
}

/// Whether every table lies in the file. Of one that was cut short the front may look sound.
pub(super) fn is_whole(font: &FontRef<'_>, data: &[u8]) -> bool {
    tables(font).into_iter().all(|(_, _, offset, length)| {
        let end = u64::from(offset) + u64::from(length);
        end <= data.len() as u64
    })
}
