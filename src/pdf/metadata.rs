//! What a records office asks of the file itself: XMP metadata, the output intent, the outline.

use lopdf::{Dictionary, Document as Objects, Object, ObjectId, Stream, dictionary};

use crate::document::{Block, Document, Emphasis};
use crate::layout::geometry::PAGE_HEIGHT;
use crate::layout::{Item, Pages, Part};

/// An RGB display profile with the primaries of sRGB (IEC 61966-2-1) and a gamma of 2.2: the
/// smallest that says what the bands' tint means. Text and rules are DeviceGray, which the same
/// intent covers (ISO 19005-2, 6.2.4.3).
const PROFILE: &[u8] = include_bytes!("srgb.icc");

/// Adds metadata, output intent and outline to the catalog.
pub(super) fn write(
    objects: &mut Objects,
    document: &Document,
    pages: &Pages,
    page_ids: &[ObjectId],
) {
    let metadata = dictionary! { "Type" => "Metadata", "Subtype" => "XML" };
    // Archives look for the packet as plain text.
    let metadata = Stream::new(metadata, xmp(document).into_bytes()).with_compression(false);
    let metadata = objects.add_object(metadata);
    let profile = Stream::new(dictionary! { "N" => 3 }, PROFILE.to_vec());
    let profile = objects.add_object(profile);
    let intent = objects.add_object(dictionary! {
        "Type" => "OutputIntent",
        "S" => "GTS_PDFA1",
        "OutputConditionIdentifier" => Object::string_literal("sRGB IEC61966-2.1"),
        "Info" => Object::string_literal("sRGB IEC61966-2.1"),
        "DestOutputProfile" => profile,
    });
    let outline = outline(objects, document, pages, page_ids);
    if let Ok(catalog) = objects.catalog_mut() {
        catalog.set("Metadata", metadata);
        catalog.set("OutputIntents", vec![intent.into()]);
        if let Some(outline) = outline {
            catalog.set("Outlines", outline);
            catalog.set("PageMode", "UseOutlines");
        }
    }
}

/// The outline (ISO 32000-1, 12.3.3): one entry for each section, pointing at its heading.
fn outline(
    objects: &mut Objects,
    document: &Document,
    pages: &Pages,
    page_ids: &[ObjectId],
) -> Option<ObjectId> {
    let entries: Vec<Dictionary> = document
        .blocks
        .iter()
        .enumerate()
        .filter_map(|(index, block)| {
            let Block::Paragraph(paragraph) = block else {
                return None;
            };
            let is_section = paragraph.runs.iter().all(|(e, _)| *e == Emphasis::Heading1);
            let (page, y) = place(pages, index).filter(|_| is_section)?;
            let page = *page_ids.get(page)?;
            Some(dictionary! {
                "Title" => lopdf::text_string(&paragraph.text()),
                "Dest" => vec![page.into(), "XYZ".into(), Object::Null, y.into(), Object::Null],
            })
        })
        .collect();
    let ids: Vec<ObjectId> = entries.iter().map(|_| objects.new_object_id()).collect();
    let (first, last) = (*ids.first()?, *ids.last()?);
    let outline = objects.add_object(dictionary! {
        "Type" => "Outlines",
        "Count" => ids.len() as i64,
        "First" => first,
        "Last" => last,
    });
    for (index, mut entry) in entries.into_iter().enumerate() {
        entry.set("Parent", outline);
        if let Some(before) = index.checked_sub(1).and_then(|i| ids.get(i)) {
            entry.set("Prev", *before);
        }
        if let Some(next) = ids.get(index + 1) {
            entry.set("Next", *next);
        }
        if let Some(id) = ids.get(index) {
            objects.set_object(*id, entry);
        }
    }
    Some(outline)
}

/// Page, from 0, and upper edge of a block's first line, in PDF's coordinates.
fn place(pages: &Pages, wanted: usize) -> Option<(usize, f32)> {
    pages.pages.iter().enumerate().find_map(|(page, content)| {
        content.items.iter().find_map(|item| match item {
            Item::Run(run) => match run.part {
                Part::Block { block, .. } if block == wanted => {
                    let top = PAGE_HEIGHT - run.y + 1.5 * run.size;
                    Some((page, top.round() as f32))
                }
                _ => None,
            },
            _ => None,
        })
    })
}

/// The XMP packet: PDF/A-2a (ISO 19005-2, 6.6.4) and PDF/UA-1 (ISO 14289-1, 5), with the extension
/// schema that PDF/A asks for of the latter.
fn xmp(document: &Document) -> String {
    let (title, organ) = (escaped(&document.title.whole()), escaped(&document.organ));
    let lang = document.script.lang();
    let dates = document.date.map_or_else(String::new, |date| {
        let written = format!("{date}T00:00:00+08:00");
        format!(
            "<xmp:CreateDate>{written}</xmp:CreateDate><xmp:ModifyDate>{written}</xmp:ModifyDate>"
        )
    });
    format!(
        r#"<?xpacket begin="{bom}" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmlns:pdf="http://ns.adobe.com/pdf/1.3/" xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/">
<dc:format>application/pdf</dc:format>
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>
<dc:creator><rdf:Seq><rdf:li>{organ}</rdf:li></rdf:Seq></dc:creator>
<dc:language><rdf:Bag><rdf:li>{lang}</rdf:li></rdf:Bag></dc:language>
<xmp:CreatorTool>nianbao</xmp:CreatorTool>{dates}
<pdf:Producer>{producer}</pdf:Producer>
<pdfaid:part>2</pdfaid:part><pdfaid:conformance>A</pdfaid:conformance>
<pdfuaid:part>1</pdfuaid:part>
</rdf:Description>
<rdf:Description rdf:about="" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/" xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#" xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>PDF/UA Universal Accessibility Schema</pdfaSchema:schema>
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
<pdfaProperty:name>part</pdfaProperty:name><pdfaProperty:valueType>Integer</pdfaProperty:valueType>
<pdfaProperty:category>internal</pdfaProperty:category><pdfaProperty:description>part of ISO 14289 followed</pdfaProperty:description>
</rdf:li></rdf:Seq></pdfaSchema:property>
</rdf:li></rdf:Bag></pdfaExtension:schemas>
</rdf:Description>
</rdf:RDF></x:xmpmeta>
<?xpacket end="w"?>"#,
        bom = '\u{feff}',
        producer = super::PRODUCER,
    )
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
}
