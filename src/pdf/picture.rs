//! Pictures: the pixels of a seal as an image with its transparency, and what pages and tags say
//! of it.

use std::collections::BTreeMap;

use lopdf::{Dictionary, Document as Objects, Object, ObjectId, dictionary};
use printpdf::{
    BlendMode, DictItem, ExtendedGraphicsState, ExtendedGraphicsStateId, ExternalStream,
    ExternalXObject, PdfResources, XObject, XObjectId,
};

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

/// An image (ISO 32000-1, 8.9.5) with its alpha as a soft mask (11.6.5.3). Pixels of which nothing
/// is seen take the colour before them: they deflate to nothing, and a viewer that scales the
/// image mixes no white into the edges.
fn image(picture: &SealPicture) -> XObject {
    let visible = |[.., alpha]: &&[u8; 4]| *alpha > 0;
    let mut last = picture.rgba.iter().find(visible).copied();
    let mut colours = Vec::with_capacity(picture.rgba.len() * 3);
    for pixel in &picture.rgba {
        last = Some(pixel).filter(visible).copied().or(last);
        let [red, green, blue, _] = last.unwrap_or_default();
        colours.extend([red, green, blue]);
    }
    let alphas = picture.rgba.iter().map(|[.., alpha]| *alpha).collect();
    let mask = DictItem::Stream {
        stream: samples(picture, "DeviceGray", alphas),
    };
    let mut stream = samples(picture, "DeviceRGB", colours);
    stream.dict.insert("SMask".into(), mask);
    XObject::External(ExternalXObject {
        stream,
        width: None,
        height: None,
        dpi: None,
    })
}

fn samples(picture: &SealPicture, space: &str, content: Vec<u8>) -> ExternalStream {
    let name = |name: &str| DictItem::Name(name.as_bytes().to_vec());
    let dict = [
        ("Type", name("XObject")),
        ("Subtype", name("Image")),
        ("Width", DictItem::Int(picture.width as i64)),
        ("Height", DictItem::Int(picture.height as i64)),
        ("ColorSpace", name(space)),
        ("BitsPerComponent", DictItem::Int(8)),
    ];
    ExternalStream {
        dict: dict
            .into_iter()
            .map(|(key, value)| (key.to_owned(), value))
            .collect(),
        content,
        compress: true,
    }
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
    let number = |value: f64| Object::Real(((value * 1000.0).round() / 1000.0) as f32);
    let bounds = [
        area.x,
        PAGE_HEIGHT - area.y - area.height,
        area.x + area.width,
        PAGE_HEIGHT - area.y,
    ];
    dictionary! {
        "O" => "Layout",
        "Placement" => "Block",
        "BBox" => bounds.map(number).to_vec(),
    }
}

/// States the colour space in which the pages with pictures are blended (ISO 32000-1, 11.4.7):
/// without, a viewer may take that of its printer, and the page would change its colours.
pub(super) fn blend(objects: &mut Objects, pages: &Pages, page_ids: &[ObjectId]) {
    for (page, id) in pages.pages.iter().zip(page_ids) {
        let pressed = page
            .items
            .iter()
            .any(|item| matches!(item, Item::Picture(_)));
        if pressed && let Ok(page) = objects.get_dictionary_mut(*id) {
            page.set(
                "Group",
                dictionary! { "S" => "Transparency", "CS" => "DeviceRGB" },
            );
        }
    }
}
