//! What each command takes.

use std::path::PathBuf;

use clap::builder::{PossibleValuesParser, TypedValueParser};
use clap::{Args, ValueEnum};
use clap_complete::Shell;

use super::checking::{Checking, Deny, Fonts, FormFile, Jobs, Paths, PreviousPath, Quiet};
use nianbao::form::Script;
use nianbao::pdf::Standard;
use nianbao::pipeline::Output;

/// `nianbao check`.
#[derive(Args)]
#[command(next_help_heading = "选项")]
pub(in super::super) struct CheckArgs {
    #[command(flatten)]
    pub paths: Paths,

    /// 把工作簿里的问题标在旁边的“-有误.xlsx”里 (mark findings in a copy of the workbook)
    #[arg(long)]
    pub mark: bool,

    #[command(flatten)]
    pub checking: Checking,
}

/// `nianbao build`.
#[derive(Args)]
#[command(next_help_heading = "选项")]
pub(in super::super) struct BuildArgs {
    #[command(flatten)]
    pub paths: Paths,

    /// 写到哪个文件夹，没有就新建；默认 out (output folder, default out)
    #[arg(
        short,
        long,
        value_name = "DIR",
        default_value = "out",
        hide_default_value = true
    )]
    pub output: PathBuf,

    /// 写到数据文件旁边；工作簿的结果名字后面加“-报送” (write beside each data file)
    #[arg(long, conflicts_with = "output")]
    pub beside: bool,

    /// 只写一种 (write only this one)
    #[arg(
        long,
        value_parser = output(),
        value_name = "pdf|xlsx",
        hide_possible_values = true
    )]
    pub only: Option<Output>,

    /// PDF 合哪套标准：a2a（PDF/A-2a、PDF/UA-1，默认）或 a4（PDF/A-4、PDF/UA-2） (the PDF's standards)
    #[arg(
        long,
        value_parser = standard(),
        value_name = "a2a|a4",
        default_value = "a2a",
        hide_default_value = true,
        hide_possible_values = true
    )]
    pub pdf: Standard,

    /// 结果文件叫什么，可用 {organ}、{year}、{stem}；默认与数据文件同名 (what the outputs are called)
    #[arg(long, value_name = "NAME")]
    pub name: Option<String>,

    #[command(flatten)]
    pub force: Force,

    /// 结果还在、比数据新的不重做 (skip reports whose outputs are newer than their data)
    #[arg(long)]
    pub resume: bool,

    #[command(flatten)]
    pub checking: Checking,
}

/// `--force`.
#[derive(Args)]
#[command(next_help_heading = "选项")]
pub(in super::super) struct Force {
    /// 已有的文件不管是谁的都覆盖 (replace a file that is there, whoever made it)
    #[arg(long)]
    pub force: bool,
}

/// What starts a new report.
#[derive(Args)]
#[command(next_help_heading = "选项")]
pub(in super::super) struct Starting {
    #[command(flatten)]
    pub year: Year,

    /// 机关全称，不写就留空待填 (the body's full name)
    #[arg(long, value_name = "NAME")]
    pub organ: Option<String>,

    #[command(flatten)]
    pub force: Force,
    #[command(flatten)]
    pub form: FormFile,
    #[command(flatten)]
    pub quiet: Quiet,
}

/// `--year`.
#[derive(Args)]
#[command(next_help_heading = "选项")]
pub(in super::super) struct Year {
    /// 报告年度，默认去年 (the year reported on, last year by default)
    #[arg(long, value_name = "YEAR", value_parser = clap::value_parser!(i32).range(1000..=9999))]
    pub year: Option<i32>,
}

/// `nianbao new`.
#[derive(Args)]
#[command(next_help_heading = "选项")]
pub(in super::super) struct NewArgs {
    /// 写到哪个文件（.toml）；不写则打印出来 (output file)
    #[arg(short, long, value_name = "FILE")]
    pub output: Option<PathBuf>,
    #[command(flatten)]
    pub starting: Starting,
}

/// `nianbao blank`.
#[derive(Args)]
#[command(next_help_heading = "选项")]
pub(in super::super) struct BlankArgs {
    /// 写到哪个文件（.xlsx） (output file)
    #[arg(short, long, value_name = "FILE")]
    pub output: PathBuf,

    /// 上一年的报告：单位、结转照抄，上年的数在提示里 (take over from last year's report)
    #[arg(long, value_name = "FILE")]
    pub previous: Option<PathBuf>,

    /// 官方文字用简体 hans（默认）还是繁体 hant (script of the official wording)
    #[arg(
        long,
        value_enum,
        value_name = "hans|hant",
        hide_possible_values = true
    )]
    pub script: Option<ScriptName>,
    #[command(flatten)]
    pub starting: Starting,
}

/// `nianbao import`.
#[derive(Args)]
#[command(next_help_heading = "选项")]
pub(in super::super) struct ImportArgs {
    /// 工作簿（.xlsx）；或 -，读标准输入 (a workbook, or -)
    #[arg(value_name = "FILE", help_heading = "参数")]
    pub workbook: PathBuf,

    /// 写到哪个文件（.toml）；不写就显示出来 (output file)
    #[arg(short, long, value_name = "FILE")]
    pub output: Option<PathBuf>,

    /// 没填完的也写，没填的格子写 "" (write what is filled in so far)
    #[arg(long)]
    pub partial: bool,

    #[command(flatten)]
    pub force: Force,
    #[command(flatten)]
    pub form: FormFile,
    #[command(flatten)]
    pub quiet: Quiet,
}

/// `nianbao rollup`.
#[derive(Args)]
#[command(next_help_heading = "选项")]
pub(in super::super) struct RollupArgs {
    #[command(flatten)]
    pub paths: Paths,

    /// 汇总工作簿写到哪个文件（.xlsx） (output workbook)
    #[arg(short, long, value_name = "FILE")]
    pub output: PathBuf,

    #[command(flatten)]
    pub force: Force,

    /// 本级自己的报告，逐格与各单位之和核对；它本身不计入 (the parent's own report, compared with the sums)
    #[arg(long, value_name = "PARENT")]
    pub report: Option<PathBuf>,

    /// 应报单位名单，一行一个名称或统一社会信用代码 (list of the units that are to report)
    #[arg(long, value_name = "UNITS")]
    pub expected: Option<PathBuf>,

    /// 汇总数的数据文件（.toml）写到哪里 (the sums as a data file)
    #[arg(long, value_name = "FILE")]
    pub toml: Option<PathBuf>,

    /// 谁的汇总，印在标题里；不写就用本级报告的机关 (whose roll-up it is)
    #[arg(long, value_name = "NAME")]
    pub organ: Option<String>,

    /// 本行政区域汇总的报告也加进去 (add a region's figures to those of single bodies)
    #[arg(long)]
    pub mixed_scope: bool,

    /// 官方文字用简体 hans 还是繁体 hant，默认随多数报告 (script of the official wording)
    #[arg(
        long,
        value_enum,
        value_name = "hans|hant",
        hide_possible_values = true
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
    pub quiet: Quiet,
}

/// `nianbao forms`.
#[derive(Args)]
pub(in super::super) struct FormsArgs {
    /// 格式的名称，如 2021 (a form's name)
    #[arg(value_name = "NAME", help_heading = "参数")]
    pub name: Option<String>,
    #[command(flatten)]
    pub form: FormFile,
}

/// `nianbao schema`.
#[derive(Args)]
pub(in super::super) struct SchemaArgs {
    #[command(flatten)]
    pub year: Year,
    #[command(flatten)]
    pub form: FormFile,
}

/// `nianbao fonts`.
#[derive(Args)]
pub(in super::super) struct FontsArgs {
    #[command(flatten)]
    pub fonts: Fonts,
}

/// `nianbao completions`.
#[derive(Args)]
pub(in super::super) struct CompletionsArgs {
    /// 哪种终端：bash、elvish、fish、powershell 或 zsh (which shell)
    #[arg(
        value_enum,
        value_name = "SHELL",
        hide_possible_values = true,
        help_heading = "参数"
    )]
    pub shell: Shell,
}

/// `nianbao help` and `nianbao man`.
#[derive(Args)]
pub(in super::super) struct PageArgs {
    /// 哪个命令；不写是整个程序 (which command; the whole program without one)
    #[arg(value_name = "命令", help_heading = "参数")]
    pub command: Option<String>,
}

/// What `--script` names.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(in super::super) enum ScriptName {
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

/// `nianbao desk`.
#[derive(Args)]
#[command(next_help_heading = "选项")]
pub(in super::super) struct DeskArgs {
    /// 放报告的文件夹；默认是当前文件夹 (the folder of reports)
    #[arg(
        value_name = "FOLDER",
        default_value = ".",
        hide_default_value = true,
        help_heading = "参数"
    )]
    pub folder: PathBuf,

    /// 不打开浏览器，只打印地址 (print the address, leave the browser alone)
    #[arg(long)]
    pub no_browser: bool,

    /// 尽量用这个端口 (the port, where it is free)
    #[arg(long, value_name = "PORT")]
    pub port: Option<u16>,

    #[command(flatten)]
    pub fonts: Fonts,

    #[command(flatten)]
    pub form: FormFile,
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
