//! What a records office asks of the file itself: language and title, the document information, XMP
//! metadata, the output intent.

use lopdf::{Dictionary, Document as Objects, Object, Stream, dictionary};

use super::objects::{string, text};
use super::{PRODUCER, Standard};
use crate::document::Document;

/// An RGB display profile with the primaries of sRGB (IEC 61966-2-1) and a gamma of 2.2: the
/// smallest that says what the bands' tint means. Text and rules are DeviceGray, which the same
/// intent covers (ISO 19005-2, 6.2.4.3).
const PROFILE: &[u8] = include_bytes!("srgb.icc");

/// Adds all of it, in place of the document information that printpdf writes, with the date of a clock or
/// of 1970, and of its page layout, which is the reader's own choice.
pub(super) fn add(objects: &mut Objects, document: &Document, standard: Standard) {
    if let Some(Object::Reference(old)) = objects.trailer.remove(b"Info") {
        objects.objects.remove(&old);
    }
    // In PDF 2.0 the metadata say it, and PDF/A-4 forbids it (ISO 19005-4, 6.1.3).
    if standard == Standard::A2a {
        let information = objects.add_object(information(document));
        objects.trailer.set("Info", information);
    }
    let metadata = dictionary! { "Type" => "Metadata", "Subtype" => "XML" };
    // Archives look for the packet as plain text.
    let metadata =
        Stream::new(metadata, xmp(document, standard).into_bytes()).with_compression(false);
    let metadata = objects.add_object(metadata);
    let profile = Stream::new(dictionary! { "N" => 3 }, PROFILE.to_vec());
    let profile = objects.add_object(profile);
    let intent = dictionary! {
        "Type" => "OutputIntent",
        "S" => "GTS_PDFA1",
        "OutputConditionIdentifier" => string("sRGB IEC61966-2.1"),
        "Info" => string("sRGB IEC61966-2.1"),
        "DestOutputProfile" => profile,
    };
    if let Ok(catalog) = objects.catalog_mut() {
        catalog.remove(b"PageLayout");
        catalog.set("Lang", string(document.script.lang()));
        catalog.set(
            "ViewerPreferences",
            dictionary! { "DisplayDocTitle" => true },
        );
        catalog.set("Metadata", metadata);
        catalog.set("OutputIntents", vec![intent.into()]);
    }
}

/// The document information (ISO 32000-1, 14.3.3).
fn information(document: &Document) -> Dictionary {
    let mut information = dictionary! {
        "Title" => text(&document.title.whole()),
        "Author" => text(&document.organ),
        "Creator" => text("nianbao"),
        "Producer" => text(PRODUCER),
    };
    // The date of signature stands for that of creation: the clock would make every run differ.
    if let Some(date) = document.date {
        let (year, month, day) = (date.year(), date.month(), date.day());
        let written = format!("D:{year:04}{month:02}{day:02}000000+08'00'");
        information.set("CreationDate", string(&written));
        information.set("ModDate", string(&written));
    }
    information
}

/// What the XMP packet says of PDF/A-2a (ISO 19005-2, 6.6.4) and PDF/UA-1 (ISO 14289-1, 5).
const A2A: &str = "<pdfaid:part>2</pdfaid:part><pdfaid:conformance>A</pdfaid:conformance>
<pdfuaid:part>1</pdfuaid:part>";
/// What it says of PDF/A-4 (ISO 19005-4, 6.7.3) and PDF/UA-2 (ISO 14289-2, 5).
const A4: &str = "<pdfaid:part>4</pdfaid:part><pdfaid:rev>2020</pdfaid:rev>
<pdfuaid:part>2</pdfuaid:part><pdfuaid:rev>2024</pdfuaid:rev>";

/// The extension schema that PDF/A-2 asks for of PDF/UA's property (ISO 19005-2, 6.6.2.3).
const EXTENSION_SCHEMA: &str = r#"
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
</rdf:Description>"#;

/// The XMP packet.
fn xmp(document: &Document, standard: Standard) -> String {
    let (identification, schema) = match standard {
        Standard::A2a => (A2A, EXTENSION_SCHEMA),
        Standard::A4 => (A4, ""),
    };
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
<pdf:Producer>{PRODUCER}</pdf:Producer>
{identification}
</rdf:Description>{schema}
</rdf:RDF></x:xmpmeta>
<?xpacket end="w"?>"#,
        bom = '\u{feff}',
    )
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
}
