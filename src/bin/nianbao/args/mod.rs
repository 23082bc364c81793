//! What can be typed.

mod checking;
mod commands;
mod speech;

use std::ffi::OsString;

use clap::{ArgAction, Parser, Subcommand};

pub(super) use checking::{Checking, Fonts, FormFile, Jobs, PreviousPath};
pub(super) use commands::{
    BlankArgs, BuildArgs, CheckArgs, CompletionsArgs, DeskArgs, FontsArgs, FormsArgs, ImportArgs,
    NewArgs, PageArgs, RollupArgs, SchemaArgs,
};
pub(super) use speech::{Format, LangName, Speech};

/// The words of a command line.
#[derive(Parser)]
#[command(
    name = "nianbao",
    version,
    about = "年报：把一份核对过的数据文件做成政府信息公开工作年度报告的 PDF 和 Excel 工作簿\n\
             (one checked data file → the filed PDF and the workbook)",
    after_help = "一个命令怎么用：nianbao help 命令 (help on one command)\n\
                  退出码：0 完成 · 1 数据有错误 · 2 用法不对 · 3 无法运行（读不了、没有字体、\n\
                  磁盘满）(exit status: 0 done · 1 errors in the data · 2 wrong usage ·\n\
                  3 could not run)",
    override_usage = "nianbao [选项] <命令>",
    help_template = "{about}\n\n用法: {usage}\n\n{all-args}\n{after-help}\n",
    next_help_heading = "选项",
    subcommand_help_heading = "命令",
    subcommand_value_name = "命令",
    max_term_width = 80,
    disable_help_flag = true,
    disable_version_flag = true,
    disable_help_subcommand = true
)]
pub(super) struct Typed {
    #[command(subcommand)]
    pub command: Command,

    #[command(flatten)]
    pub speech: Speech,

    /// 显示帮助 (print help)
    #[arg(short, long, global = true, action = ArgAction::Help, display_order = 100)]
    help: Option<bool>,

    /// 显示版本 (print version)
    #[arg(short = 'V', long, action = ArgAction::Version)]
    version: Option<bool>,
}

const TEMPLATE: &str = "{about}\n\n用法: {usage}\n\n{all-args}\n";

/// The commands.
#[derive(Subcommand)]
pub(super) enum Command {
    /// 检查数据文件，不写任何文件 (check data files, write nothing)
    #[command(help_template = TEMPLATE, override_usage = "nianbao check [选项] <PATH>...")]
    Check(CheckArgs),
    /// 检查后写出 PDF 和 xlsx (check, then write PDF and xlsx)
    #[command(help_template = TEMPLATE, override_usage = "nianbao build [选项] <PATH>...")]
    Build(BuildArgs),
    /// 写出一份带中文说明、待填写的数据文件 (a data file to fill in)
    #[command(help_template = TEMPLATE, override_usage = "nianbao new [选项]")]
    New(NewArgs),
    /// 写出一份待填写的空白工作簿，用 Excel 或 WPS 填 (a blank workbook to fill in)
    #[command(help_template = TEMPLATE, override_usage = "nianbao blank [选项] -o <FILE>")]
    Blank(BlankArgs),
    /// 把填好的工作簿，或 build 写出的工作簿，变成数据文件 (a workbook into a data file)
    #[command(help_template = TEMPLATE, override_usage = "nianbao import [选项] <FILE>")]
    Import(ImportArgs),
    /// 把许多单位的报告汇总成一个工作簿，并可与本级报告核对 (many reports into one workbook)
    #[command(help_template = TEMPLATE, override_usage = "nianbao rollup [选项] -o <FILE> <PATH>...")]
    Rollup(RollupArgs),
    /// 打开填报页面：填写、检查、看页面、取文件 (the local page to fill in reports on)
    #[command(help_template = TEMPLATE, override_usage = "nianbao desk [选项] [FOLDER]")]
    Desk(DeskArgs),
    /// 列出可用的格式；给出名称就显示它的表和规则 (which forms there are; one in full by its name)
    #[command(help_template = TEMPLATE, override_usage = "nianbao forms [选项] [NAME]")]
    Forms(FormsArgs),
    /// 打印数据文件的 JSON Schema，供编辑器补全和检查键名 (JSON Schema of the data file)
    #[command(help_template = TEMPLATE, override_usage = "nianbao schema [选项]")]
    Schema(SchemaArgs),
    /// 列出各处用哪个字体、字体文件在哪里 (which font serves which role)
    #[command(help_template = TEMPLATE, override_usage = "nianbao fonts [选项]")]
    Fonts(FontsArgs),
    /// 打印命令行补全脚本，供终端加载 (a completion script for a shell)
    #[command(help_template = TEMPLATE, override_usage = "nianbao completions [选项] <SHELL>")]
    Completions(CompletionsArgs),
    /// 打印手册页，供 man 显示 (the manual page, for man)
    #[command(help_template = TEMPLATE, override_usage = "nianbao man [选项] [命令]")]
    Man(PageArgs),
    /// 显示帮助，或一个命令的帮助 (help, or that on one command)
    #[command(help_template = TEMPLATE, override_usage = "nianbao help [命令]")]
    Help(PageArgs),
    /// 显示版本 (print version)
    #[command(help_template = TEMPLATE, override_usage = "nianbao version")]
    Version,
}

impl Command {
    /// How many times silence was asked for.
    pub fn quiet(&self) -> u8 {
        match self {
            Self::Check(typed) => typed.checking.quiet.quiet,
            Self::Build(typed) => typed.checking.quiet.quiet,
            Self::New(typed) => typed.starting.quiet.quiet,
            Self::Blank(typed) => typed.starting.quiet.quiet,
            Self::Import(typed) => typed.quiet.quiet,
            Self::Rollup(typed) => typed.quiet.quiet,
            _ => 0,
        }
    }
}

/// Reads the words of a command line, the program's name first.
pub(super) fn parse(words: &[OsString]) -> Result<Typed, clap::Error> {
    Typed::try_parse_from(words)
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    #[test]
    fn the_command_line_is_sound() {
        super::Typed::command().debug_assert();
    }
}
