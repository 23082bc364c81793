//! Pictures: the pixels of a seal as an image with its transparency, and what pages and tags say
//! of it.

use std::collections::BTreeMap;

use lopdf::{Dictionary, Document as Objects, ObjectId, dictionary};
use printpdf::{
    BlendMode, ExtendedGraphicsState, ExtendedGraphicsStateId, PdfResources, RawImage,
    RawImageData, RawImageFormat, XObject, XObjectId,
};

use super::objects::rectangle;
use crate::document::{Block, Document};
use crate::layout::geometry::PAGE_HEIGHT;
use crate::layout::{Area, Item, Pages, Picture};
use crate::report::SealPicture;

/// The name of a block's picture as a resource.
pub(super) fn resource(block: usize) -> String {
    format!("P{block}")
}

/// The name of the graphics state that a seal is pressed in. Its ink lets black shine through
/// (Multiply: ISO 32000-1, 11.3.5.2): name and date are read below the star too.
pub(super) const INK: &str = "Ink";

/// Adds the images of a document, and what they are drawn with.
pub(super) fn add(document: &Document, resources: &mut PdfResources) {
    for (block, content) in document.blocks.iter().enumerate() {
        if let Block::Signature {
            seal: Some(seal), ..
        } = content
        {
            let ink_state = ExtendedGraphicsState::default().with_blend_mode(BlendMode::multiply());
            let ink = ExtendedGraphicsStateId(INK.to_owned());
            resources.extgstates.map.insert(ink, ink_state);
            let id = XObjectId(resource(block));
            resources.xobjects.map.insert(id, image(&seal.picture));
        }
    }
}

/// An image (ISO 32000-1, 8.9.5), of whose alpha printpdf makes a soft mask (11.6.5.3). Pixels of which
/// nothing is seen take the colour before them: they deflate to nothing, and a viewer that scales the
/// image mixes no white into the edges.
fn image(picture: &SealPicture) -> XObject {
    let visible = |[.., alpha]: &&[u8; 4]| *alpha > 0;
    let mut last = picture.rgba.iter().find(visible).copied();
    let mut pixels = Vec::with_capacity(picture.rgba.len() * 4);
    for pixel in &picture.rgba {
        last = Some(pixel).filter(visible).copied().or(last);
        let [red, green, blue, _] = last.unwrap_or_default();
        pixels.extend([red, green, blue, pixel[3]]);
    }
    XObject::Image(RawImage {
        pixels: RawImageData::U8(pixels),
        width: picture.width,
        height: picture.height,
        data_format: RawImageFormat::RGBA8,
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

/// States the colour space in which the pages with pictures are blended (ISO 32000-1, 11.4.7):
/// without, a viewer may take that of its printer, and the page would change its colours.
pub(super) fn add_blending_space(objects: &mut Objects, pages: &Pages, page_ids: &[ObjectId]) {
    for (page, id) in pages.pages.iter().zip(page_ids) {
        let is_picture = |item: &Item| matches!(item, Item::Picture(_));
        if page.items.iter().any(is_picture)
            && let Ok(page) = objects.get_dictionary_mut(*id)
        {
            let group = dictionary! { "S" => "Transparency", "CS" => "DeviceRGB" };
            page.set("Group", group);
        }
    }
}
