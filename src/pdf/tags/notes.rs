//! Notes on cells: a mark in the cell refers to its note below the table, and the note to its mark.
//!
//! ISO 14289-1, 7.9: a Note with an identifier of its own. ISO 14289-2, 8.2.5.14: an FENote, and `Ref`
//! both ways. `Ref` is of PDF 2.0 (ISO 32000-2, table 355); readers of PDF 1.7 pass over it.

use lopdf::{Dictionary, Object, ObjectId, dictionary};

use super::Tree;
use crate::document::Table;
use crate::form::FigureId;
use crate::layout::NotePart;
use crate::pdf::marked_content::Key;
use crate::pdf::objects::string;

/// The elements of a note.
#[derive(Debug, Clone, Copy)]
pub(super) struct NoteIds {
    /// The note itself.
    note: ObjectId,
    /// Its mark in a cell.
    mark: ObjectId,
}

impl Tree<'_> {
    /// The mark of the note on a figure, in the cell that is `parent`; none where there is none.
    pub(super) fn mark(
        &mut self,
        table: &Table,
        block: usize,
        figure: FigureId,
        parent: ObjectId,
    ) -> Option<Object> {
        let note = table.note_on(figure)?;
        let part = NotePart::Mark;
        let key = Key::Note { block, note, part };
        if !self.content.contains_key(&key) {
            return None;
        }
        let ids = NoteIds {
            note: self.objects.new_object_id(),
            mark: self.objects.new_object_id(),
        };
        self.notes.insert((block, note), ids);
        let mut entries = dictionary! { "Ref" => vec![ids.note.into()] };
        let kids = self.content_of(ids.mark, key, &mut entries);
        self.element(ids.mark, "Reference", parent, kids, entries);
        Some(ids.mark.into())
    }

    /// The notes below a table, whose marks are there already, as one paragraph; none where there are
    /// none.
    pub(super) fn notes_below(
        &mut self,
        table: &Table,
        block: usize,
        parent: ObjectId,
    ) -> Option<Object> {
        if table.notes.is_empty() {
            return None;
        }
        let id = self.objects.new_object_id();
        let key = Key::Note {
            block,
            note: 0,
            part: NotePart::Opening,
        };
        let mut entries = Dictionary::new();
        let mut kids = self.content_of(id, key, &mut entries);
        for note in 0..table.notes.len() {
            kids.extend(self.note(block, note, id));
        }
        self.element(id, "P", parent, kids, entries);
        Some(id.into())
    }

    fn note(&mut self, block: usize, note: usize, parent: ObjectId) -> Option<Object> {
        let ids = *self.notes.get(&(block, note))?;
        let id = format!("{block}n{note}");
        let entries = dictionary! { "ID" => string(&id), "Ref" => vec![ids.mark.into()] };
        self.ids.insert(id, ids.note.into());
        let mut entries = self.of_pdf_2(entries);
        let tag = match self.namespace {
            Some(_) => "FENote",
            None => "Note",
        };
        let key = |part| Key::Note { block, note, part };
        let number = self.text("Lbl", ids.note, key(NotePart::Number));
        let mut kids = Vec::from_iter(number);
        kids.extend(self.content_of(ids.note, key(NotePart::Text), &mut entries));
        self.element(ids.note, tag, parent, kids, entries);
        Some(ids.note.into())
    }
}
