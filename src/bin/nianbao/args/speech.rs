//! How the program speaks.

use std::ffi::OsString;

use clap::{Args, ValueEnum};

/// The variable that names the language where `--lang` doesn't.
const LANG: &str = "NIANBAO_LANG";

/// How the program speaks, whatever the command.
#[derive(Args)]
#[command(next_help_heading = "选项")]
pub(in super::super) struct Speech {
    /// 输出格式：text 给人看；json 每行一个对象 (output for a person or a program)
    #[arg(
        long,
        global = true,
        value_enum,
        value_name = "text|json",
        default_value_t,
        hide_default_value = true,
        hide_possible_values = true,
        display_order = 98
    )]
    pub format: Format,

    /// 提示的语言，也可写在环境变量 NIANBAO_LANG 里 (language of the messages)
    #[arg(
        long,
        global = true,
        value_enum,
        value_name = "zh|en",
        env = LANG,
        hide_env = true,
        default_value_t,
        hide_default_value = true,
        hide_possible_values = true,
        display_order = 99
    )]
    pub lang: LangName,
}

/// Output for a person or for a program.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum, Default)]
pub(in super::super) enum Format {
    #[default]
    Text,
    Json,
}

/// Language of the messages.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum, Default)]
pub(in super::super) enum LangName {
    #[default]
    Zh,
    En,
}

impl Speech {
    /// How the program is to speak of words that make no command.
    pub fn guessed(words: &[OsString]) -> Self {
        let said = |option: &str| {
            let joined = format!("{option}=");
            let mut pairs = words.iter().zip(words.iter().skip(1));
            let behind = pairs
                .find(|(word, _)| *word == option)
                .map(|(_, value)| value.to_str());
            let mut joins = words
                .iter()
                .filter_map(|word| word.to_str()?.strip_prefix(&joined));
            behind.flatten().or_else(|| joins.next()).map(str::to_owned)
        };
        let lang = said("--lang").or_else(|| std::env::var(LANG).ok());
        Self {
            format: match said("--format").as_deref() {
                Some("json") => Format::Json,
                _ => Format::Text,
            },
            lang: match lang.as_deref() {
                Some("en") => LangName::En,
                _ => LangName::Zh,
            },
        }
    }
}
