//! `nianbao schema`: the JSON Schema of the data file.

use super::args::SchemaArgs;
use super::new::serving;
use super::printing::Printer;
use super::{Halt, Status};
use nianbao::form::schema;

/// Prints the schema.
pub(super) fn run(typed: &SchemaArgs, printer: &Printer) -> Result<Status, Halt> {
    let forms = typed.form.open()?;
    let (form, _) = serving(&forms, typed.year.year, &typed.form)?;
    let mut text = format!("{:#}", schema(form));
    text.push('\n');
    printer.result(&text)?;
    Ok(Status::Done)
}
