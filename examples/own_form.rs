//! A form of one's own: another statistical table as a TOML file, its blank workbook, and a report on
//! it, checked by its rules: `cargo run --example own_form`. How a form is written: docs/forms.md.

#![allow(clippy::print_stdout)]

use std::error::Error;
use std::sync::Arc;

use nianbao::document;
use nianbao::form::{Form, Forms, Script, data_file};
use nianbao::report::Report;
use nianbao::text::Source;
use nianbao::xlsx;

fn main() -> Result<(), Box<dyn Error>> {
    let file = include_str!("../samples/forms/tongjibiao-2014.toml");
    let form = Arc::new(Form::read(Source::new("tongjibiao-2014.toml", file))?);

    // What is handed out: a data file with every row, or a workbook that adds up while it is filled in.
    let new = data_file::blank(&form, 2017, Some("双溪县水利局"));
    let blank = document::blank(&form, 2017, Script::Hans, Some("双溪县水利局"));
    println!(
        "{}: a data file of {} lines, a blank workbook of {} bytes",
        form.id,
        new.lines().count(),
        xlsx::write_blank(&blank)?.len()
    );

    // What comes back. A sum that is wrong is an error, which says where it is and what it should be.
    let forms = Forms::builtin()?.with(form);
    let read = |text: &str| Report::read(Source::new("shuangxi-2017.toml", text), &forms);
    let text = include_str!("../samples/forms/shuangxi-2017.toml");
    let right = read(text)?.check(None, |_| true)?;
    println!(
        "{}: {} figures agree",
        right.organ.text,
        right.figures.len()
    );
    let wrong = read(&text.replace("online    = 7", "online    = 8"))?;
    match wrong.check(None, |_| true) {
        Ok(_) => Err("a wrong sum went unnoticed".into()),
        Err(findings) => {
            println!("{findings}");
            Ok(())
        }
    }
}
