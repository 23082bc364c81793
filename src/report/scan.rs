//! The picture of a seal as it stands on white paper, without the paper of a scan.

use super::model::SealPicture;

/// From this much ink on, of 255, a pixel is seen: fainter ones are the grain of a scan.
const SEEN: u8 = 16;
/// The darkest paper that is taken for white, of 255: a scanner's or a photograph's is 200 to 255.
const DARKEST_PAPER: u8 = 200;
/// Most of its square that a seal may cover, on average. Ring, star and characters cover a third; a
/// disc that is filled up covers π/4 of it, and is a photograph.
const MAX_COVER: f64 = 0.6;

/// Why pixels are no seal on white paper.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum ScanError {
    /// There is nothing to be seen.
    Blank,
    /// What is around the seal is no white.
    Ground,
}

/// A seal from its pixels, red, green, blue and alpha by rows: on white, the paper around it made
/// white, and cut to what is seen of it: it is measured and placed by its own edges.
pub(super) fn seal(rgba: &[[u8; 4]], width: usize) -> Result<SealPicture, ScanError> {
    let mut pixels: Vec<[u8; 3]> = rgba.iter().map(on_white).collect();
    let paper = paper(&pixels, width);
    if paper.iter().any(|part| *part < DARKEST_PAPER) {
        return Err(ScanError::Ground);
    }
    for pixel in &mut pixels {
        for (part, paper) in pixel.iter_mut().zip(paper) {
            let lit = u16::from(*part) * 255 / u16::from(paper);
            *part = lit.min(255) as u8;
        }
        if ink(pixel) < SEEN {
            *pixel = [255; 3];
        }
    }
    let picture = seen(&pixels, width).ok_or(ScanError::Blank)?;
    let cover: f64 = picture.rgb.iter().map(|it| f64::from(ink(it))).sum();
    if cover / 255.0 > MAX_COVER * picture.rgb.len() as f64 {
        return Err(ScanError::Ground);
    }
    Ok(picture)
}

/// A pixel laid on white paper.
fn on_white(&[red, green, blue, alpha]: &[u8; 4]) -> [u8; 3] {
    let alpha = u32::from(alpha);
    [red, green, blue].map(|part| {
        let mixed = u32::from(part) * alpha + 255 * (255 - alpha);
        ((mixed + 127) / 255) as u8
    })
}

/// How much a pixel differs from white.
fn ink(pixel: &[u8; 3]) -> u8 {
    255 - pixel.iter().min().copied().unwrap_or(255)
}

/// The colour of the paper: of the picture's outermost pixels the middle one, each part by itself.
/// A round seal touches them in four places at most.
fn paper(pixels: &[[u8; 3]], width: usize) -> [u8; 3] {
    let rows: Vec<&[[u8; 3]]> = pixels.chunks_exact(width.max(1)).collect();
    let ends = rows.iter().flat_map(|row| [row.first(), row.last()]);
    let edges = [rows.first(), rows.last()].into_iter().flatten();
    let around: Vec<&[u8; 3]> = ends
        .flatten()
        .chain(edges.flat_map(|row| row.iter()))
        .collect();
    std::array::from_fn(|part| {
        let mut values: Vec<u8> = around.iter().map(|pixel| pixel[part]).collect();
        values.sort_unstable();
        values.get(values.len() / 2).copied().unwrap_or(255)
    })
}

/// What is seen of a picture, without the margins around it. None where nothing is seen. A speck of
/// dust fills less than a hundredth of a row or column, and is no edge.
fn seen(pixels: &[[u8; 3]], width: usize) -> Option<SealPicture> {
    let rows: Vec<&[[u8; 3]]> = pixels.chunks_exact(width.max(1)).collect();
    let is_seen = |pixel: &&[u8; 3]| ink(pixel) >= SEEN;
    let in_rows = rows.iter().map(|row| row.iter().filter(is_seen).count());
    let (top, bottom) = edges(&in_rows.collect::<Vec<_>>(), width)?;
    let rows = rows.get(top..=bottom)?;
    let mut in_columns = vec![0; width];
    for row in rows {
        for (count, pixel) in in_columns.iter_mut().zip(*row) {
            *count += usize::from(is_seen(&pixel));
        }
    }
    let (left, right) = edges(&in_columns, rows.len())?;
    let cut = rows.iter().filter_map(|row| row.get(left..=right));
    Some(SealPicture {
        width: right + 1 - left,
        height: rows.len(),
        rgb: cut.flatten().copied().collect(),
        diameter: None,
    })
}

/// The first and the last line in which more is seen than a speck, of lines `length` pixels long.
fn edges(seen: &[usize], length: usize) -> Option<(usize, usize)> {
    let is_seen = |count: &usize| *count >= (length / 100).max(1);
    Some((
        seen.iter().position(is_seen)?,
        seen.iter().rposition(is_seen)?,
    ))
}
