//! What a data file says of the body and its report beside its texts and figures: the one table of
//! it, for data files, their schema, reports and workbooks.

use super::wording::Script;

/// One particular.
#[derive(Debug)]
pub struct Particular {
    /// Its key in a data file and its defined name in a workbook: `organ.name`.
    pub key: &'static str,
    /// What it is called on a workbook's sheet 正文, in both scripts.
    labels: [&'static str; 2],
    /// What it holds.
    pub kind: ParticularKind,
    /// Whether there is no report without it.
    pub needed: bool,
    /// What a new data file says of it; may be blank.
    pub comment: &'static str,
    /// What a blank workbook says of its cell, in both scripts.
    hints: [&'static str; 2],
}

/// What a particular holds.
#[derive(Debug, Clone, Copy)]
pub enum ParticularKind {
    /// A form's name.
    Form,
    /// A year of four digits.
    Year,
    /// One of a few words.
    Choice(&'static [Choice]),
    /// A text of one line, with the longest that it may be in characters.
    Text(usize),
    /// A day.
    Date,
    /// The file name of a picture.
    Picture,
}

/// One of a few words.
#[derive(Debug)]
pub struct Choice {
    /// As a data file has it.
    pub word: &'static str,
    /// What it is called, in both scripts.
    names: [&'static str; 2],
}

/// Longest name or address, in characters.
const LONGEST: usize = 120;

const SCOPES: &[Choice] = &[
    choice("own", "本机关", "本機關"),
    choice("region", "本行政区域汇总", "本行政區域匯總"),
];
const SCRIPTS: &[Choice] = &[
    choice("hans", "简体", "簡體"),
    choice("hant", "繁体", "繁體"),
];

const fn choice(word: &'static str, hans: &'static str, hant: &'static str) -> Choice {
    Choice {
        word,
        names: [hans, hant],
    }
}

/// A text that may be left out, and what it is called in both scripts.
const fn text(key: &'static str, hans: &'static str, hant: &'static str) -> Particular {
    Particular {
        key,
        labels: [hans, hant],
        kind: ParticularKind::Text(LONGEST),
        needed: false,
        comment: "",
        hints: ["可不填", "可不填"],
    }
}

impl Particular {
    const fn of_kind(self, kind: ParticularKind) -> Self {
        Self { kind, ..self }
    }

    const fn needed(self) -> Self {
        Self {
            needed: true,
            ..self
        }
    }

    const fn with_comment(self, comment: &'static str) -> Self {
        Self { comment, ..self }
    }

    const fn with_hint(self, hans: &'static str, hant: &'static str) -> Self {
        Self {
            hints: [hans, hant],
            ..self
        }
    }
}

/// Every particular, in the order of a workbook's sheet 正文.
pub static PARTICULARS: &[Particular] = &[
    text("organ.name", "单位名称", "單位名稱")
        .needed()
        .with_hint(
            "必填：单位全称，印在标题和落款里",
            "必填：單位全稱，印在標題和落款里",
        )
        .with_comment("单位全称；一行写不下时在哪里换行，可以用 | 标出"),
    text("organ.code", "统一社会信用代码", "統一社會信用代碼")
        .with_comment("统一社会信用代码，可不写"),
    text("organ.region", "所属行政区域", "所屬行政區域").with_comment("所属行政区域，可不写"),
    text("year", "报告年度", "報告年度")
        .of_kind(ParticularKind::Year)
        .needed()
        .with_comment("报告所属年度"),
    text("form", "格式", "格式")
        .of_kind(ParticularKind::Form)
        .with_comment("可不写，由年份决定；写了就必须相符"),
    text("scope", "统计范围", "統計范圍")
        .of_kind(ParticularKind::Choice(SCOPES))
        .with_comment("只统计本机关写 \"own\"；本行政区域汇总写 \"region\""),
    text("script", "官方文字", "官方文字")
        .of_kind(ParticularKind::Choice(SCRIPTS))
        .with_comment("官方文字用简体 \"hans\" 或繁体 \"hant\""),
    text("contact.address", "联系地址", "聯系地址"),
    text("contact.postcode", "邮编", "郵編"),
    text("contact.phone", "电话", "電話"),
    text("contact.email", "电子邮箱", "電子郵箱"),
    text("signature.name", "落款单位", "落款單位").with_hint(
        "可不填：填了日期、没填单位的，用单位全称",
        "可不填：填了日期、沒填單位的，用單位全稱",
    ),
    text("signature.date", "落款日期", "落款日期").of_kind(ParticularKind::Date),
    text("signature.seal", "印章图片", "印章圖片")
        .of_kind(ParticularKind::Picture)
        .with_comment("印章图片（背景透明的 PNG，放在本文件旁边），可不写；不写就在盖章处留空"),
];

/// The tables of a data file that hold particulars, and what a new data file says of each. First the
/// top of the file, which is no table.
pub static PARTICULAR_TABLES: [(&str, &str); 4] = [
    ("", ""),
    ("organ", "机关：name 用全称，印在标题和落款里"),
    (
        "contact",
        "联系方式：可整节不写；要写就去掉行首的“# ”，报告开头会自动生成说明段",
    ),
    (
        "signature",
        "落款：可整节不写；name 不写就用机关全称，日期不加引号",
    ),
];

/// What comes first at the top of a data file.
const TOP: [&str; 4] = ["form", "year", "script", "scope"];

/// The keys at the top of a data file that are the same for every form; the tables' names come
/// beside them.
pub fn data_file_keys() -> impl Iterator<Item = &'static str> {
    let top = Particular::of_table("").into_iter().map(Particular::name);
    let tables = PARTICULAR_TABLES.iter().map(|(table, _)| *table);
    top.chain(tables.filter(|table| !table.is_empty()))
        .chain(["text"])
}

impl Particular {
    /// The particular with this key.
    pub fn of(key: &str) -> Option<&'static Self> {
        PARTICULARS.iter().find(|particular| particular.key == key)
    }

    /// Those of a table of the data file, in the order in which it has them.
    pub fn of_table(table: &str) -> Vec<&'static Self> {
        let members = PARTICULARS
            .iter()
            .filter(|particular| particular.table() == table);
        let mut members: Vec<_> = members.collect();
        let place = |key: &str| TOP.iter().position(|top| *top == key).unwrap_or(TOP.len());
        members.sort_by_key(|particular| place(particular.key));
        members
    }

    /// The table of a data file that it stands in.
    pub fn table(&self) -> &'static str {
        self.key.split_once('.').map_or("", |(table, _)| table)
    }

    /// Its name there.
    pub fn name(&self) -> &'static str {
        self.key.split_once('.').map_or(self.key, |(_, name)| name)
    }

    /// What it is called.
    pub fn label(&self, script: Script) -> &'static str {
        in_script(self.labels, script)
    }

    /// What a blank workbook says of its cell.
    pub fn hint(&self, script: Script) -> &'static str {
        in_script(self.hints, script)
    }
}

impl ParticularKind {
    /// The words of which one is chosen; none where anything may be written.
    pub fn choices(self) -> &'static [Choice] {
        match self {
            Self::Choice(choices) => choices,
            _ => &[],
        }
    }
}

impl Choice {
    /// What it is called.
    pub fn name(&self, script: Script) -> &'static str {
        in_script(self.names, script)
    }

    /// Whether a text means it, in whichever script.
    pub fn is(&self, text: &str) -> bool {
        self.word == text || self.names.contains(&text)
    }
}

fn in_script([hans, hant]: [&'static str; 2], script: Script) -> &'static str {
    match script {
        Script::Hans => hans,
        Script::Hant => hant,
    }
}
