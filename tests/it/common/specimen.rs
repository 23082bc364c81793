//! A seal that is nobody's: a red ring and a star, without words.

use std::f64::consts::PI;
use std::sync::Arc;

use nianbao::document::{Block, Document, Seal};
use nianbao::report::SealPicture;

/// The colour of the ink, with its alpha.
pub const INK: [u8; 4] = [214, 32, 24, 230];

/// The specimen, `side` pixels wide and high, on a transparent ground.
pub fn pixels(side: usize) -> Vec<[u8; 4]> {
    let mut pixels = Vec::with_capacity(side * side);
    for row in 0..side {
        for column in 0..side {
            // Four points of each pixel, so that edges are smooth.
            let hits = [(0.25, 0.25), (0.75, 0.25), (0.25, 0.75), (0.75, 0.75)]
                .into_iter()
                .filter(|(dx, dy)| {
                    let at = |index: usize, d: &f64| (index as f64 + d) / side as f64 * 2.0 - 1.0;
                    inked(at(column, dx), at(row, dy))
                })
                .count();
            let [red, green, blue, alpha] = INK;
            let alpha = u16::from(alpha) * hits as u16 / 4;
            pixels.push([red, green, blue, alpha as u8]);
        }
    }
    pixels
}

/// Pixels as they look on white paper.
pub fn on_white(pixels: &[[u8; 4]]) -> Vec<[u8; 3]> {
    let mixed = |part: u8, alpha: u8| {
        let alpha = f64::from(alpha) / 255.0;
        (f64::from(part) * alpha + 255.0 * (1.0 - alpha)).round() as u8
    };
    let pixels = pixels.iter();
    pixels
        .map(|[red, green, blue, alpha]| [red, green, blue].map(|part| mixed(*part, *alpha)))
        .collect()
}

/// Whether there is ink at a point of the square from -1 to 1.
fn inked(x: f64, y: f64) -> bool {
    let distance = x.hypot(y);
    if distance > 0.94 {
        return distance <= 1.0;
    }
    // A star whose tip is 0.4 above the middle: each of its ten edges is that from the tip to the
    // notch beside it, turned and mirrored.
    let turn = x.atan2(-y).rem_euclid(0.4 * PI);
    let angle = turn.min(0.4 * PI - turn);
    let (along, across) = (distance * angle.cos(), distance * angle.sin());
    let (tip, notch) = (0.4, 0.4 * 0.382);
    let (notch_x, notch_y) = (notch * (0.2 * PI).cos(), notch * (0.2 * PI).sin());
    (tip - along) * notch_y >= (tip - notch_x) * across
}

/// The specimen as a report holds it.
pub fn picture(side: usize) -> SealPicture {
    SealPicture {
        width: side,
        height: side,
        rgb: on_white(&pixels(side)),
        diameter: None,
    }
}

/// A document with the specimen pressed over its signature.
pub fn sealed(mut document: Document) -> Document {
    for block in &mut document.blocks {
        if let Block::Signature { name, seal, .. } = block {
            *seal = Some(Seal {
                picture: Arc::new(picture(200)),
                diameter: 42.0,
                description: format!("{name}印章"),
            });
        }
    }
    document
}

/// A PNG of these pixels, with the resolution in pixels a metre if one is given.
pub fn png(width: usize, pixels: &[[u8; 4]], density: Option<u32>) -> Vec<u8> {
    let height = pixels.len() / width;
    let mut bytes = Vec::new();
    let mut encoder = png::Encoder::new(&mut bytes, width as u32, height as u32);
    encoder.set_color(png::ColorType::Rgba);
    encoder.set_pixel_dims(density.map(|ppu| png::PixelDimensions {
        xppu: ppu,
        yppu: ppu,
        unit: png::Unit::Meter,
    }));
    let mut writer = encoder.write_header().unwrap();
    writer.write_image_data(pixels.as_flattened()).unwrap();
    writer.finish().unwrap();
    bytes
}
