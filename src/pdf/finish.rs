//! What printpdf doesn't write: version, language, the title shown, document information without
//! clock or chance.

use lopdf::{Dictionary, Document as Objects, Object, dictionary};

use crate::document::Document;

/// Finishes the objects of a document.
pub(super) fn finish(objects: &mut Objects, document: &Document) {
    objects.version = "1.7".to_owned();
    let info = objects.add_object(information(document));
    let old = objects
        .trailer
        .get(b"Info")
        .and_then(Object::as_reference)
        .ok();
    if let Some(old) = old {
        objects.objects.remove(&old);
    }
    objects.trailer.set("Info", info);
    for object in objects.objects.values_mut() {
        if let Object::Dictionary(dictionary) = object {
            tidy(dictionary);
        }
    }
    if let Ok(catalog) = objects.catalog_mut() {
        catalog.set("Lang", Object::string_literal(document.script.lang()));
        catalog.set(
            "ViewerPreferences",
            dictionary! { "DisplayDocTitle" => true },
        );
    }
}

/// Takes off what printpdf writes and nobody needs.
fn tidy(dictionary: &mut Dictionary) {
    if dictionary.has_type(b"Page") {
        let no_links = dictionary
            .get(b"Annots")
            .and_then(Object::as_array)
            .is_ok_and(Vec::is_empty);
        if no_links {
            dictionary.remove(b"Annots");
        }
    }
    if dictionary.has_type(b"Catalog") {
        dictionary.remove(b"PageLayout");
    }
}

/// The document information (ISO 32000-1, 14.3.3).
fn information(document: &Document) -> Dictionary {
    let mut info = dictionary! {
        "Title" => lopdf::text_string(&document.title.whole()),
        "Author" => lopdf::text_string(&document.organ),
        "Creator" => lopdf::text_string("nianbao"),
        "Producer" => lopdf::text_string(super::PRODUCER),
    };
    // The date of signature stands for that of creation: the clock would make every run differ.
    if let Some(date) = document.date {
        let written = format!(
            "D:{:04}{:02}{:02}000000+08'00'",
            date.year(),
            date.month(),
            date.day()
        );
        info.set("CreationDate", Object::string_literal(written.clone()));
        info.set("ModDate", Object::string_literal(written));
    }
    info
}
