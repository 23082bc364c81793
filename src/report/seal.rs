//! The picture of the seal: a PNG on a transparent or a white ground, read into plain pixels.

use std::io::Cursor;
use std::path::Path;
use std::sync::Arc;

use super::model::SealPicture;
use super::reference;
use super::scan::{self, ScanError};
use crate::data::Worded;
use crate::data::fields::Fields;
use crate::text::{Code, Finding, Message};

/// Largest file, in bytes (4 MiB): a seal of a few colours is some 100 kB.
const MAX_BYTES: u64 = 4 * 1024 * 1024;
/// Largest width and height in pixels: a seal of 50 mm at 1200 dpi has 2362. Decoded it takes
/// four bytes a pixel, 23 MB.
const MAX_SIDE: u32 = 2400;
/// What the decoder may take for the picture and its rows, in bytes.
const MAX_MEMORY: usize = 64 * 1024 * 1024;
/// How much longer one side may be than the other: seals are round (国发〔1999〕25号, 一).
const UNEVEN: f64 = 1.1;
/// Diameters that a picture can state, in mm. A government's seal has 42 (乡镇) to 60 (国务院;
/// 国发〔1999〕25号); an institution's may be a little smaller. What is outside is the resolution of
/// a scanner or a screen, and says nothing of the seal.
const DIAMETERS: std::ops::RangeInclusive<f64> = 38.0..=60.0;

/// Key of the picture's name.
const KEY: &str = "signature.seal";

/// Reads the picture called `name`, a file in the data file's own folder.
pub(super) fn read(
    fields: &mut Fields<'_>,
    name: &Worded,
    folder: Option<&Path>,
) -> Option<Arc<SealPicture>> {
    let finding = match reference::read(&name.text, folder) {
        Ok(bytes) => match decode(&bytes) {
            Ok(picture) => return Some(Arc::new(picture)),
            Err(fault) => Finding::new(Code::BadReference, fault.message(&name.text))
                .at(name.place.clone())
                .key(KEY)
                .remedy(fault.remedy()),
        },
        Err(message) => reference::finding(message, name.clone(), KEY),
    };
    fields.push(finding);
    None
}

/// Why a picture can't be the seal's. Sizes are pixels.
#[derive(Debug, Clone, PartialEq, Eq)]
enum PictureError {
    FileTooLarge,
    NoPng,
    TooManyPixels(u32, u32),
    Damaged,
    Blank,
    Uneven(usize, usize),
    Ground,
}

impl PictureError {
    fn message(&self, name: &str) -> Message {
        match self {
            Self::FileTooLarge => Message::new(
                format!("“{name}”超过 4 MB，作印章图片太大"),
                format!("\"{name}\" is larger than 4 MB: too large for the picture of a seal"),
            ),
            Self::NoPng => Message::new(
                format!("“{name}”不是 PNG 图片"),
                format!("\"{name}\" is no PNG picture"),
            ),
            Self::TooManyPixels(width, height) => Message::new(
                format!("“{name}”是 {width}×{height} 像素，作印章图片太大"),
                format!("\"{name}\" has {width} × {height} pixels: too many for a seal"),
            ),
            // What the decoder says of it helps nobody at a desk.
            Self::Damaged => Message::new(
                format!("“{name}”已损坏，不能读"),
                format!("\"{name}\" is damaged and can't be read"),
            ),
            Self::Blank => Message::new(
                format!("“{name}”是空白的，里面没有印章"),
                format!("\"{name}\" is blank: there is no seal in it"),
            ),
            Self::Uneven(width, height) => Message::new(
                format!("“{name}”里的印章宽 {width}、高 {height} 像素，不是圆的"),
                format!("the seal in \"{name}\" is {width} by {height} pixels: not round"),
            ),
            Self::Ground => Message::new(
                format!("“{name}”里印章的底色太深，不是透明的，也不是白纸"),
                format!("what is around the seal in \"{name}\" is neither transparent nor white"),
            ),
        }
    }

    fn remedy(&self) -> Message {
        match self {
            Self::FileTooLarge | Self::TooManyPixels(..) => Message::new(
                format!("在看图软件里缩小到 1000×1000 像素左右；最大 {MAX_SIDE}×{MAX_SIDE}"),
                format!("scale it to about 1000 × 1000 pixels; {MAX_SIDE} × {MAX_SIDE} at most"),
            ),
            Self::NoPng => Message::new(
                "在看图软件里“另存为” PNG；只改文件名后缀不行",
                "save it as PNG in an image program; a new name alone is not enough",
            ),
            Self::Damaged => Message::new(
                "重新拷贝这个文件，或在看图软件里打开后重新存为 PNG",
                "copy the file again, or save it as PNG again",
            ),
            Self::Blank => Message::new(
                "换一个有印章的图片，或删去 seal 这一行",
                "name a picture with the seal in it, or take the line out",
            ),
            Self::Uneven(..) => Message::new(
                "裁去印章以外的部分；印章变了形的，按原来的长宽比例重新存",
                "cut off what is not the seal, and keep its proportions",
            ),
            Self::Ground => Message::new(
                "盖在白纸上重新扫描，纸要亮；或在图片软件里去掉底色，存为背景透明的 PNG",
                "scan it again from white paper, and brighter; or take the ground off and save it as \
                 PNG with a transparent ground",
            ),
        }
    }
}

fn decode(bytes: &[u8]) -> Result<SealPicture, PictureError> {
    const SIGNATURE: &[u8] = b"\x89PNG\r\n\x1a\n";
    if bytes.len() as u64 > MAX_BYTES {
        return Err(PictureError::FileTooLarge);
    }
    if !bytes.starts_with(SIGNATURE) {
        return Err(PictureError::NoPng);
    }
    let damaged = |_| PictureError::Damaged;
    let limits = png::Limits { bytes: MAX_MEMORY };
    let mut decoder = png::Decoder::new_with_limits(Cursor::new(bytes), limits);
    // Texts and colour profiles can be packed to any size, and nothing here reads them.
    decoder.set_ignore_text_chunk(true);
    decoder.set_ignore_iccp_chunk(true);
    decoder.set_transformations(
        png::Transformations::normalize_to_color8() | png::Transformations::ALPHA,
    );
    let (width, height) = decoder.read_header_info().map_err(damaged)?.size();
    if width > MAX_SIDE || height > MAX_SIDE {
        return Err(PictureError::TooManyPixels(width, height));
    }
    let mut reader = decoder.read_info().map_err(damaged)?;
    let density = reader.info().pixel_dims;
    let grey = reader.output_color_type().0 == png::ColorType::GrayscaleAlpha;
    let mut pixels = vec![0; reader.output_buffer_size().unwrap_or_default()];
    let frame = reader.next_frame(&mut pixels).map_err(damaged)?;
    pixels.truncate(frame.buffer_size());
    let rgba: Vec<[u8; 4]> = if grey {
        let (pairs, _) = pixels.as_chunks::<2>();
        pairs
            .iter()
            .map(|[v, alpha]| [*v, *v, *v, *alpha])
            .collect()
    } else {
        pixels.as_chunks::<4>().0.to_vec()
    };
    let picture = scan::seal(&rgba, width as usize).map_err(|error| match error {
        ScanError::Blank => PictureError::Blank,
        ScanError::Ground => PictureError::Ground,
    })?;
    let (wide, high) = (picture.width as f64, picture.height as f64);
    if wide.max(high) > UNEVEN * wide.min(high) {
        return Err(PictureError::Uneven(picture.width, picture.height));
    }
    let diameter = density
        .filter(|density| density.unit == png::Unit::Meter)
        .map(|density| {
            let metres = (wide / f64::from(density.xppu)).max(high / f64::from(density.yppu));
            metres * 1000.0
        })
        .filter(|diameter| DIAMETERS.contains(diameter));
    Ok(SealPicture {
        diameter,
        ..picture
    })
}
