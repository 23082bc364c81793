//! Pictures: the pixels of a seal as an image, and what the tags say of it.
//!
//! A seal lies over name and date, and its ink lets black shine through. The same is seen where black
//! lies over the ink: of white paper, ink and black, each takes away light from what is there already,
//! in whatever order. So the seal is drawn on white, before the text, and nothing on the page is
//! transparent: the text stays black alone on a press, as DeviceGray is blended into no colours.

use std::collections::BTreeMap;

use lopdf::{Dictionary, dictionary};
use printpdf::{PdfResources, RawImage, RawImageData, RawImageFormat, XObject, XObjectId};

use super::objects::rectangle;
use crate::document::{Block, Document};
use crate::layout::geometry::PAGE_HEIGHT;
use crate::layout::{Area, Item, Pages, Picture};
use crate::report::SealPicture;

/// The name of a block's picture as a resource.
pub(super) fn resource(block: usize) -> String {
    format!("P{block}")
}

/// Adds the images of a document.
pub(super) fn add(document: &Document, resources: &mut PdfResources) {
    for (block, content) in document.blocks.iter().enumerate() {
        if let Block::Signature {
            seal: Some(seal), ..
        } = content
        {
            let id = XObjectId(resource(block));
            resources.xobjects.map.insert(id, image(&seal.picture));
        }
    }
}

/// An image (ISO 32000-1, 8.9.5).
fn image(picture: &SealPicture) -> XObject {
    XObject::Image(RawImage {
        pixels: RawImageData::U8(picture.rgb.as_flattened().to_vec()),
        width: picture.width,
        height: picture.height,
        data_format: RawImageFormat::RGB8,
        tag: Vec::new(),
    })
}

/// Where the picture of each block is.
pub(super) fn areas(pages: &Pages) -> BTreeMap<usize, Area> {
    let items = pages.pages.iter().flat_map(|page| &page.items);
    items
        .filter_map(|item| match item {
            Item::Picture(Picture { block, area }) => Some((*block, *area)),
            _ => None,
        })
        .collect()
}

/// The layout attributes of a figure (ISO 32000-1, 14.8.5.4): where on the page it is.
pub(super) fn attributes(area: &Area) -> Dictionary {
    let (right, bottom) = (area.x + area.width, area.y + area.height);
    dictionary! {
        "O" => "Layout",
        "Placement" => "Block",
        "BBox" => rectangle([area.x, PAGE_HEIGHT - bottom, right, PAGE_HEIGHT - area.y]),
    }
}
