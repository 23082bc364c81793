//! What the commands share that read data files.

use std::num::NonZeroUsize;
use std::path::PathBuf;

use clap::{ArgAction, Args, ValueEnum};

/// What every command that checks data files takes.
#[derive(Args)]
#[command(next_help_heading = "选项")]
pub(in super::super) struct Checking {
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
    pub quiet: Quiet,
}

/// The data files.
#[derive(Args)]
pub(in super::super) struct Paths {
    /// 数据文件或填好的工作簿；或文件夹，找其中所有的数据文件和工作簿；或 -，读标准输入 (file, folder or -)
    #[arg(value_name = "PATH", required = true, help_heading = "参数")]
    pub paths: Vec<PathBuf>,
}

/// How many data files are worked on.
#[derive(Args)]
#[command(next_help_heading = "选项")]
pub(in super::super) struct Running {
    #[command(flatten)]
    pub jobs: Jobs,

    /// 遇到第一份有错误的就停，后面的不看 (stop at the first file with errors)
    #[arg(long)]
    pub fail_fast: bool,
}

/// `-j`.
#[derive(Args)]
#[command(next_help_heading = "选项")]
pub(in super::super) struct Jobs {
    /// 同时处理几份，默认用上所有的核 (how many at once, default all cores)
    #[arg(short, long, value_name = "N")]
    pub jobs: Option<NonZeroUsize>,
}

/// `--previous`.
#[derive(Args)]
#[command(next_help_heading = "选项")]
pub(in super::super) struct PreviousPath {
    /// 上一年的数据文件，或存放它的文件夹，用来做跨年核对 (last year's data, for rules across years)
    #[arg(long, value_name = "PATH")]
    pub previous: Option<PathBuf>,
}

/// `--form`.
#[derive(Args)]
#[command(next_help_heading = "选项")]
pub(in super::super) struct FormFile {
    /// 用自己的格式文件 (a form file of your own)
    #[arg(long = "form", value_name = "FILE")]
    pub file: Option<PathBuf>,
}

/// `--deny`.
#[derive(Args)]
#[command(next_help_heading = "选项")]
pub(in super::super) struct Deny {
    /// 警告也当作错误 (warnings count as errors)
    #[arg(long, value_enum, value_name = "warnings", hide_possible_values = true)]
    pub deny: Option<Denied>,
}

/// What `--deny` names.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(in super::super) enum Denied {
    Warnings,
}

/// `--style`, and where its fonts are.
#[derive(Args)]
#[command(next_help_heading = "选项")]
pub(in super::super) struct Fonts {
    /// 页面样式文件：字体、字号、底色、裁切线 (a style file: fonts, sizes, tint, crop marks)
    #[arg(long, value_name = "FILE")]
    pub style: Option<PathBuf>,

    /// 先在这个文件夹里找字体 (look for fonts here first)
    #[arg(long, value_name = "DIR")]
    pub fonts: Option<PathBuf>,

    /// 本机安装的字体也用 (use the computer's own fonts too)
    #[arg(long)]
    pub system_fonts: bool,
}

/// `-q`.
#[derive(Args)]
#[command(next_help_heading = "选项")]
pub(in super::super) struct Quiet {
    /// 不逐份说结果；-qq 连进展、总数也不显示 (no line for each file; -qq: findings only)
    #[arg(short, long, action = ArgAction::Count)]
    pub quiet: u8,
}
