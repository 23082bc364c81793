//! What can be typed.

use std::ffi::OsString;
use std::num::NonZeroUsize;
use std::path::PathBuf;

use clap::builder::{PossibleValuesParser, TypedValueParser};
use clap::{ArgAction, Args, Parser, Subcommand, ValueEnum};
use clap_complete::Shell;

use nianbao::form::Script;
use nianbao::pdf::Standard;
use nianbao::pipeline::Output;

/// The words of a command line.
#[derive(Parser)]
#[command(
    name = "nianbao",
    version,
    about = "年报：把一份核对过的数据文件做成政府信息公开工作年度报告的 PDF 和 Excel 工作簿\n\
             (one checked data file → the filed PDF and the workbook)",
    after_help = "退出码：0 完成 · 1 数据有错误 · 2 用法不对 · 3 无法运行（读不了、没有字体、磁盘满）\n\
                  (exit status: 0 done · 1 errors in the data · 2 wrong usage · 3 could not run)",
    help_template = "{about}\n\n用法：{usage}\n\n{all-args}\n{after-help}\n",
    subcommand_help_heading = "命令",
    subcommand_value_name = "命令",
    disable_help_flag = true,
    disable_version_flag = true,
    disable_help_subcommand = true
)]
pub(super) struct Typed {
    #[command(subcommand)]
    pub command: Command,

    /// 显示帮助 (print help)
    #[arg(short, long, global = true, action = ArgAction::Help, help_heading = "选项", display_order = 100)]
    help: Option<bool>,

    /// 显示版本 (print version)
    #[arg(short = 'V', long, action = ArgAction::Version, help_heading = "选项")]
    version: Option<bool>,
}

const TEMPLATE: &str = "{about}\n\n用法：{usage}\n\n{all-args}\n";

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
}

/// `nianbao check`.
#[derive(Args)]
pub(super) struct CheckArgs {
    #[command(flatten)]
    pub paths: Paths,
    #[command(flatten)]
    pub checking: Checking,
}

/// `nianbao build`.
#[derive(Args)]
pub(super) struct BuildArgs {
    #[command(flatten)]
    pub paths: Paths,

    /// 写到哪个文件夹，没有就新建 (output folder)
    #[arg(
        short,
        long,
        value_name = "DIR",
        default_value = "out",
        hide_default_value = true,
        help_heading = "选项",
        help = "写到哪个文件夹，没有就新建；默认 out (output folder, default out)"
    )]
    pub output: PathBuf,

    /// 只写一种 (write only this one)
    #[arg(
        long,
        value_parser = output(),
        value_name = "pdf|xlsx",
        hide_possible_values = true,
        help_heading = "选项"
    )]
    pub only: Option<Output>,

    /// PDF 合哪套标准：a2a（PDF/A-2a、PDF/UA-1，默认）或 a4（PDF/A-4、PDF/UA-2） (the PDF's standards)
    #[arg(
        long,
        value_parser = standard(),
        value_name = "a2a|a4",
        default_value = "a2a",
        hide_default_value = true,
        hide_possible_values = true,
        help_heading = "选项"
    )]
    pub pdf: Standard,

    /// 结果文件叫什么，可用 {organ}、{year}、{stem}；默认与数据文件同名 (what the outputs are called)
    #[arg(long, value_name = "NAME", help_heading = "选项")]
    pub name: Option<String>,

    #[command(flatten)]
    pub force: Force,

    /// 结果还在、比数据新的不重做 (skip reports whose outputs are newer than their data)
    #[arg(long, help_heading = "选项")]
    pub resume: bool,

    #[command(flatten)]
    pub checking: Checking,
}

/// `--force`.
#[derive(Args)]
pub(super) struct Force {
    /// 已有的文件不管是谁的都覆盖 (replace a file that is there, whoever made it)
    #[arg(long, help_heading = "选项")]
    pub force: bool,
}

/// What every command that checks data files takes.
#[derive(Args)]
pub(super) struct Checking {
    #[command(flatten)]
    pub previous: PreviousPath,
    #[command(flatten)]
    pub form: FormFile,
    #[command(flatten)]
    pub deny: Deny,
    #[command(flatten)]
    pub fonts: Fonts,
    #[command(flatten)]
    pub running: Running,
    #[command(flatten)]
    pub speech: Speech,
    #[command(flatten)]
    pub quiet: Quiet,
}

/// How many data files are worked on.
#[derive(Args)]
pub(super) struct Running {
    #[command(flatten)]
    pub jobs: Jobs,

    /// 遇到第一份有错误的就停，后面的不看 (stop at the first file with errors)
    #[arg(long, help_heading = "选项")]
    pub fail_fast: bool,
}

/// `-j`.
#[derive(Args)]
pub(super) struct Jobs {
    /// 同时处理几份，默认用上所有的核 (how many at once, default all cores)
    #[arg(short, long, value_name = "N", help_heading = "选项")]
    pub jobs: Option<NonZeroUsize>,
}

/// `nianbao new`.
#[derive(Args)]
pub(super) struct NewArgs {
    /// 报告年度，默认去年 (the year reported on, last year by default)
    #[arg(long, value_name = "YEAR", value_parser = clap::value_parser!(i32).range(1000..=9999), help_heading = "选项")]
    pub year: Option<i32>,

    /// 机关全称 (the body's full name)
    #[arg(long, value_name = "NAME", help_heading = "选项")]
    pub organ: Option<String>,

    /// 写到哪个文件（.toml）；不写则打印出来 (output file)
    #[arg(short, long, value_name = "FILE", help_heading = "选项")]
    pub output: Option<PathBuf>,

    #[command(flatten)]
    pub force: Force,

    #[command(flatten)]
    pub form: FormFile,
    #[command(flatten)]
    pub speech: Speech,
    #[command(flatten)]
    pub quiet: Quiet,
}

/// `nianbao blank`.
#[derive(Args)]
pub(super) struct BlankArgs {
    /// 报告年度，默认去年 (the year reported on, last year by default)
    #[arg(long, value_name = "YEAR", value_parser = clap::value_parser!(i32).range(1000..=9999), help_heading = "选项")]
    pub year: Option<i32>,

    /// 机关全称，不写就留空待填 (the body's full name)
    #[arg(long, value_name = "NAME", help_heading = "选项")]
    pub organ: Option<String>,

    /// 官方文字用简体 hans（默认）还是繁体 hant (script of the official wording)
    #[arg(
        long,
        value_enum,
        value_name = "hans|hant",
        default_value_t,
        hide_default_value = true,
        hide_possible_values = true,
        help_heading = "选项"
    )]
    pub script: ScriptName,

    /// 写到哪个文件（.xlsx） (output file)
    #[arg(short, long, value_name = "FILE", help_heading = "选项")]
    pub output: PathBuf,

    #[command(flatten)]
    pub force: Force,

    #[command(flatten)]
    pub form: FormFile,
    #[command(flatten)]
    pub speech: Speech,
    #[command(flatten)]
    pub quiet: Quiet,
}

/// `nianbao rollup`.
#[derive(Args)]
pub(super) struct RollupArgs {
    #[command(flatten)]
    pub paths: Paths,

    /// 汇总工作簿写到哪个文件（.xlsx） (output workbook)
    #[arg(short, long, value_name = "FILE", help_heading = "选项")]
    pub output: PathBuf,

    #[command(flatten)]
    pub force: Force,

    /// 本级自己的报告，逐格与各单位之和核对；它本身不计入 (the parent's own report, compared with the sums)
    #[arg(long, value_name = "PARENT", help_heading = "选项")]
    pub report: Option<PathBuf>,

    /// 应报单位名单，一行一个名称或统一社会信用代码 (list of the units that are to report)
    #[arg(long, value_name = "UNITS", help_heading = "选项")]
    pub expected: Option<PathBuf>,

    /// 汇总数的数据文件（.toml）写到哪里 (the sums as a data file)
    #[arg(long, value_name = "FILE", help_heading = "选项")]
    pub toml: Option<PathBuf>,

    /// 谁的汇总，印在标题里；不写就用本级报告的机关 (whose roll-up it is)
    #[arg(long, value_name = "NAME", help_heading = "选项")]
    pub organ: Option<String>,

    /// 本行政区域汇总的报告也加进去 (add a region's figures to those of single bodies)
    #[arg(long, help_heading = "选项")]
    pub mixed_scope: bool,

    /// 官方文字用简体 hans 还是繁体 hant，默认随多数报告 (script of the official wording)
    #[arg(
        long,
        value_enum,
        value_name = "hans|hant",
        hide_possible_values = true,
        help_heading = "选项"
    )]
    pub script: Option<ScriptName>,

    #[command(flatten)]
    pub previous: PreviousPath,
    #[command(flatten)]
    pub form: FormFile,
    #[command(flatten)]
    pub deny: Deny,
    #[command(flatten)]
    pub jobs: Jobs,
    #[command(flatten)]
    pub speech: Speech,
    #[command(flatten)]
    pub quiet: Quiet,
}

/// `nianbao forms`.
#[derive(Args)]
pub(super) struct FormsArgs {
    /// 格式的名称，如 2021 (a form's name)
    #[arg(value_name = "NAME", help_heading = "参数")]
    pub name: Option<String>,
    #[command(flatten)]
    pub form: FormFile,
    #[command(flatten)]
    pub speech: Speech,
}

/// `nianbao schema`.
#[derive(Args)]
pub(super) struct SchemaArgs {
    /// 哪一年的格式，默认去年 (the year whose form it is for, last year by default)
    #[arg(long, value_name = "YEAR", value_parser = clap::value_parser!(i32).range(1000..=9999), help_heading = "选项")]
    pub year: Option<i32>,
    #[command(flatten)]
    pub form: FormFile,
    #[command(flatten)]
    pub speech: Speech,
}

/// `nianbao fonts`.
#[derive(Args)]
pub(super) struct FontsArgs {
    #[command(flatten)]
    pub fonts: Fonts,
    #[command(flatten)]
    pub speech: Speech,
}

/// `nianbao completions`.
#[derive(Args)]
pub(super) struct CompletionsArgs {
    /// 哪种终端：bash、elvish、fish、powershell 或 zsh (which shell)
    #[arg(
        value_enum,
        value_name = "SHELL",
        hide_possible_values = true,
        help_heading = "参数"
    )]
    pub shell: Shell,
    #[command(flatten)]
    pub speech: Speech,
}

/// `nianbao import`.
#[derive(Args)]
pub(super) struct ImportArgs {
    /// 工作簿（.xlsx）；或 -，读标准输入 (a workbook, or -)
    #[arg(value_name = "FILE", help_heading = "参数")]
    pub workbook: PathBuf,

    /// 写到哪个文件（.toml）；不写就显示出来 (output file)
    #[arg(short, long, value_name = "FILE", help_heading = "选项")]
    pub output: Option<PathBuf>,

    #[command(flatten)]
    pub force: Force,

    #[command(flatten)]
    pub form: FormFile,
    #[command(flatten)]
    pub speech: Speech,
    #[command(flatten)]
    pub quiet: Quiet,
}

/// The data files.
#[derive(Args)]
pub(super) struct Paths {
    /// 数据文件或填好的工作簿；或文件夹，找其中所有的数据文件和工作簿；或 -，读标准输入 (file, folder or -)
    #[arg(value_name = "PATH", required = true, help_heading = "参数")]
    pub paths: Vec<PathBuf>,
}

/// `--previous`.
#[derive(Args)]
pub(super) struct PreviousPath {
    /// 上一年的数据文件，或存放它的文件夹，用来做跨年核对 (last year's data, for rules across years)
    #[arg(long, value_name = "PATH", help_heading = "选项")]
    pub previous: Option<PathBuf>,
}

/// `--form`.
#[derive(Args)]
pub(super) struct FormFile {
    /// 用自己的格式文件 (a form file of your own)
    #[arg(long = "form", value_name = "FILE", help_heading = "选项")]
    pub file: Option<PathBuf>,
}

/// `--deny`.
#[derive(Args)]
pub(super) struct Deny {
    /// 警告也当作错误 (warnings count as errors)
    #[arg(
        long,
        value_enum,
        value_name = "warnings",
        hide_possible_values = true,
        help_heading = "选项"
    )]
    pub deny: Option<Denied>,
}

/// `--style`, and where its fonts are.
#[derive(Args)]
pub(super) struct Fonts {
    /// 页面样式文件：字体、字号、底色、裁切线 (a style file: fonts, sizes, tint, crop marks)
    #[arg(long, value_name = "FILE", help_heading = "选项")]
    pub style: Option<PathBuf>,

    /// 先在这个文件夹里找字体 (look for fonts here first)
    #[arg(long, value_name = "DIR", help_heading = "选项")]
    pub fonts: Option<PathBuf>,

    /// 本机安装的字体也用 (use the computer's own fonts too)
    #[arg(long, help_heading = "选项")]
    pub system_fonts: bool,
}

/// How the program speaks.
#[derive(Args)]
pub(super) struct Speech {
    /// 输出格式：text 给人看；json 每行一个对象 (output for a person or a program)
    #[arg(
        long,
        value_enum,
        value_name = "text|json",
        default_value_t,
        hide_default_value = true,
        hide_possible_values = true,
        help_heading = "选项"
    )]
    pub format: Format,

    /// 提示的语言 (language of the messages)
    #[arg(
        long,
        value_enum,
        value_name = "zh|en",
        default_value_t,
        hide_default_value = true,
        hide_possible_values = true,
        help_heading = "选项"
    )]
    pub lang: LangName,
}

/// `-q`.
#[derive(Args)]
pub(super) struct Quiet {
    /// 不显示进展，只显示问题 (findings only, no status lines)
    #[arg(short, long, help_heading = "选项")]
    pub quiet: bool,
}

/// Output for a person or for a program.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum, Default)]
pub(super) enum Format {
    #[default]
    Text,
    Json,
}

/// Language of the messages.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum, Default)]
pub(super) enum LangName {
    #[default]
    Zh,
    En,
}

/// What `--script` names.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum, Default)]
pub(super) enum ScriptName {
    #[default]
    Hans,
    Hant,
}

impl ScriptName {
    /// The script.
    pub fn script(self) -> Script {
        match self {
            Self::Hans => Script::Hans,
            Self::Hant => Script::Hant,
        }
    }
}

/// What `--only` names: an output by the ending of its files' names.
fn output() -> impl TypedValueParser<Value = Output> {
    let endings = PossibleValuesParser::new(Output::ALL.map(Output::extension));
    endings.try_map(|named| {
        let mut outputs = Output::ALL.into_iter();
        let output = outputs.find(|output| output.extension() == named);
        output.ok_or("no output's files are called that")
    })
}

/// What `--pdf` names.
fn standard() -> impl TypedValueParser<Value = Standard> {
    PossibleValuesParser::new(["a2a", "a4"]).map(|named| match named.as_str() {
        "a4" => Standard::A4,
        _ => Standard::A2a,
    })
}

/// What `--deny` names.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Denied {
    Warnings,
}

impl Command {
    /// How the program is to speak.
    pub fn speech(&self) -> &Speech {
        match self {
            Self::Check(typed) => &typed.checking.speech,
            Self::Build(typed) => &typed.checking.speech,
            Self::New(typed) => &typed.speech,
            Self::Blank(typed) => &typed.speech,
            Self::Import(typed) => &typed.speech,
            Self::Rollup(typed) => &typed.speech,
            Self::Forms(typed) => &typed.speech,
            Self::Schema(typed) => &typed.speech,
            Self::Fonts(typed) => &typed.speech,
            Self::Completions(typed) => &typed.speech,
        }
    }

    /// Whether status lines are left out.
    pub fn quiet(&self) -> bool {
        match self {
            Self::Check(typed) => typed.checking.quiet.quiet,
            Self::Build(typed) => typed.checking.quiet.quiet,
            Self::New(typed) => typed.quiet.quiet,
            Self::Blank(typed) => typed.quiet.quiet,
            Self::Import(typed) => typed.quiet.quiet,
            Self::Rollup(typed) => typed.quiet.quiet,
            Self::Forms(_) | Self::Schema(_) | Self::Fonts(_) | Self::Completions(_) => false,
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
