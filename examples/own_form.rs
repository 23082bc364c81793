//! A form of one's own: another statistical table as a TOML file, its blank workbook, and a report on
//! it, checked by its rules: `cargo run --example own_form`. How a form is written: docs/forms.md.

#![allow(clippy::print_stdout)]

use std::error::Error;
use std::sync::Arc;

use nianbao::finding::{Finding, Lang, text};
use nianbao::form::{self, Script, template::template};
use nianbao::source::Source;
use nianbao::{check, data, document, report, xlsx};

fn main() -> Result<(), Box<dyn Error>> {
    let file = include_str!("../samples/forms/tongjibiao-2014.toml");
    let source = Arc::new(Source::new("tongjibiao-2014.toml", file));
    let form = form::load(&source).map_err(|found| told(&found))?;

    // What is handed out: a data file with every row, or a workbook that adds up while it is filled in.
    let data_file = template(&form, 2017, Some("双溪县水利局"));
    let blank = document::blank(&form, 2017, Script::Hans, Some("双溪县水利局"));
    println!(
        "{}: a data file of {} lines, a blank workbook of {} bytes",
        form.id,
        data_file.lines().count(),
        xlsx::write_blank(&blank)?.len()
    );

    // What comes back.
    let forms = [Arc::new(form)];
    let text = include_str!("../samples/forms/shuangxi-2017.toml");
    let right = checked(text, &forms)?;
    println!(
        "{}: {} figures agree",
        right.organ.name.text,
        right.figures.len()
    );
    let wrong = text.replace("online    = 7", "online    = 8");
    let findings = checked(&wrong, &forms).err();
    println!("{}", findings.ok_or("a wrong sum went unnoticed")?);
    Ok(())
}

fn checked(text: &str, forms: &[Arc<form::Form>]) -> Result<check::Checked, String> {
    let source = Arc::new(Source::new("shuangxi-2017.toml", text));
    let reading = report::read(&data::read(&source), forms, None);
    let report = reading.report.ok_or_else(|| told(&reading.findings))?;
    let checking = check::check(report, None, |_| true);
    checking.checked.ok_or_else(|| told(&checking.findings))
}

/// Findings as a person reads them.
fn told(findings: &[Finding]) -> String {
    let drawn = findings.iter().map(|it| text::render(it, Lang::En, false));
    drawn.collect::<Vec<_>>().join("\n\n")
}
