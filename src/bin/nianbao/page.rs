//! `nianbao help` and `nianbao man`: the program, or one command, described.

use clap::CommandFactory;

use super::args::{PageArgs, Typed};
use super::printing::Printer;
use super::{Halt, Status};
use nianbao::text::Message;

/// Prints the help that `--help` prints.
pub(super) fn help(typed: &PageArgs, printer: &Printer) -> Result<Status, Halt> {
    let help = described(typed)?.render_help();
    printer.result(&help.to_string())?;
    Ok(Status::Done)
}

/// Prints the manual page.
pub(super) fn man(typed: &PageArgs, printer: &Printer) -> Result<Status, Halt> {
    let mut page = Vec::new();
    let man = clap_mangen::Man::new(described(typed)?);
    man.render(&mut page).map_err(Halt::Print)?;
    printer.result(&String::from_utf8_lossy(&page))?;
    Ok(Status::Done)
}

/// The program, or the command that was named.
fn described(typed: &PageArgs) -> Result<clap::Command, Halt> {
    let mut program = Typed::command();
    program.build();
    let Some(name) = &typed.command else {
        return Ok(program);
    };
    program.find_subcommand(name).cloned().ok_or_else(|| {
        let known = program.get_subcommands().map(clap::Command::get_name);
        let known: Vec<&str> = known.collect();
        Halt::Usage(Message::new(
            format!("没有 {name} 这个命令；有：{}", known.join("、")),
            format!(
                "there is no command {name}; there are: {}",
                known.join(", ")
            ),
        ))
    })
}
