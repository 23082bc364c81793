//! What a number format shows of the number in a cell: decimal places, unit, whether it is a day,
//! and whether it is that number at all.

/// What a cell shows of the number that it holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Shows {
    /// That number.
    #[default]
    Number,
    /// A day, with or without a time.
    Day,
    /// A time without a day.
    Time,
    /// Hundredths or thousandths.
    Percentage,
    /// Another number: thousandths of it (`0,`), digits put between its own (`0\.0000`), a sign
    /// that it doesn't have.
    Another,
    /// No number: `;;;`.
    Nothing,
}

/// What one section of a number format says.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Section {
    /// What is shown.
    pub shows: Shows,
    /// Digits that stand behind the point even where they are zeros.
    pub places: usize,
    /// Text behind the digits: `0"条"`.
    pub unit: String,
    /// Whether it has a mark of numbers below zero: a sign or brackets.
    below_zero: bool,
    /// Whether it is red, as numbers below zero may be in place of a mark.
    red: bool,
}

/// A number format by its sections (ECMA-376 Part 1, 18.8.31); none for General.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct NumberFormat {
    sections: Vec<(Option<Condition>, Section)>,
}

/// `[>=10000]`: the numbers that a section is for.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Condition {
    less: bool,
    equal: bool,
    greater: bool,
    bound: f64,
}

/// Longest code that is read, in bytes: 255 characters of three or four.
const LONGEST: usize = 1_000;
/// What General is called: by every program in English, in Chinese by some.
const GENERAL: [&str; 4] = ["general", "G/通用格式", "G/標準", "G/标准"];

impl NumberFormat {
    /// A format that every workbook has (ECMA-376 Part 1, 18.8.30): 14 to 22 and 45 to 47 show
    /// days and times, and in Chinese Excel 27 to 36 and 50 to 58 too.
    pub fn built_in(id: u32) -> Self {
        let (shows, places) = match id {
            2 | 4 | 39 | 40 | 43 | 44 => (Shows::Number, 2),
            9 | 10 => (Shows::Percentage, 0),
            14..=17 | 22 | 27..=31 | 36 | 50..=54 | 57 | 58 => (Shows::Day, 0),
            18..=21 | 32..=35 | 45..=47 | 55 | 56 => (Shows::Time, 0),
            _ => return Self::default(),
        };
        let section = Section {
            shows,
            places,
            ..Section::default()
        };
        Self {
            sections: vec![(None, section)],
        }
    }

    /// A format by its code.
    pub fn parse(code: &str) -> Self {
        // Excel takes 255 characters at most; what is longer says nothing.
        let general = GENERAL.iter().any(|name| code.eq_ignore_ascii_case(name));
        if code.is_empty() || general || code.len() > LONGEST {
            return Self::default();
        }
        let mut sections = split(code);
        // A last section with `@`, and any fourth one, is for texts.
        if sections.len() > 1 && sections.last().is_some_and(|last| last.contains('@')) {
            sections.pop();
        }
        sections.truncate(3);
        Self {
            sections: sections.into_iter().map(Scan::section).collect(),
        }
    }

    /// The section that a number is shown by: the first whose condition it meets; without
    /// conditions the first is for numbers above zero, the second for those below, the third for
    /// zero, and each for those that have none of their own.
    pub fn of(&self, number: f64) -> Section {
        let sections = &self.sections;
        let conditional = sections.iter().any(|(condition, _)| condition.is_some());
        let index = if conditional {
            // What no condition asks for is shown by the first section without one.
            let met = |(condition, _): &(Option<Condition>, Section)| {
                condition.is_some_and(|condition| condition.holds(number))
            };
            let found = sections.iter().position(met);
            found.or_else(|| {
                sections
                    .iter()
                    .position(|(condition, _)| condition.is_none())
            })
        } else {
            Some(match sections.len() {
                0 | 1 => 0,
                _ if number < 0.0 => 1,
                3 if number == 0.0 => 2,
                _ => 0,
            })
        };
        let found = index.and_then(|index| sections.get(index));
        let mut section = found.map_or_else(Section::default, |(_, section)| section.clone());
        let marked = section.below_zero;
        // Excel writes the sign of a number itself where there is no section for those below zero.
        let other_sign = if number < 0.0 {
            !conditional && index == Some(1) && !marked && !section.red
        } else {
            marked
        };
        if other_sign && section.shows == Shows::Number {
            section.shows = Shows::Another;
        }
        // A zero may be shown as a dash or not at all: it is none the less a zero.
        if number == 0.0 && matches!(section.shows, Shows::Nothing | Shows::Another) {
            section = Section::default();
        }
        section
    }
}

impl Condition {
    /// `>=10000`; none for colours and languages.
    fn parse(text: &str) -> Option<Self> {
        let marks = text.len() - text.trim_start_matches(['<', '=', '>']).len();
        let (sign, bound) = text.split_at_checked(marks)?;
        let bound = bound.trim().parse().ok()?;
        let (less, equal, greater) = match sign {
            "<" => (true, false, false),
            "<=" => (true, true, false),
            "=" => (false, true, false),
            ">=" => (false, true, true),
            ">" => (false, false, true),
            "<>" => (true, false, true),
            _ => return None,
        };
        Some(Self {
            less,
            equal,
            greater,
            bound,
        })
    }

    fn holds(self, number: f64) -> bool {
        (self.less && number < self.bound)
            || (self.equal && number == self.bound)
            || (self.greater && number > self.bound)
    }
}

/// The sections of a code: parted by `;` outside of literals.
fn split(code: &str) -> Vec<&str> {
    let mut sections = Vec::new();
    let (mut start, mut quoted, mut escaped) = (0, false, false);
    for (at, c) in code.char_indices() {
        match c {
            _ if escaped => escaped = false,
            '"' => quoted = !quoted,
            '\\' | '!' | '_' | '*' if !quoted => escaped = true,
            ';' if !quoted => {
                sections.extend(code.get(start..at));
                start = at + 1;
            }
            _ => {}
        }
    }
    sections.extend(code.get(start..));
    sections
}

/// One section as it is read.
#[derive(Default)]
struct Scan {
    condition: Option<Condition>,
    /// Whether digits came, the point, and the `E` of a power of ten.
    digits: bool,
    point: bool,
    power: bool,
    /// Commas behind the last digit: thousands parted where digits follow, thousandths where not.
    commas: bool,
    /// Texts before the digits, and those since the last digit.
    before: String,
    behind: String,
    places: usize,
    day: bool,
    month: bool,
    time: bool,
    percentage: bool,
    another: bool,
    red: bool,
}

impl Scan {
    fn section(code: &str) -> (Option<Condition>, Section) {
        let mut scan = Self::default();
        let mut rest = code;
        while let Some(c) = rest.chars().next() {
            let general = GENERAL.iter().find(|name| {
                let start = rest.get(..name.len());
                start.is_some_and(|start| start.eq_ignore_ascii_case(name))
            });
            if let Some(name) = general {
                scan.digit();
                rest = rest.get(name.len()..).unwrap_or_default();
                continue;
            }
            rest = rest.get(c.len_utf8()..).unwrap_or_default();
            rest = scan.take(c, rest);
        }
        scan.done()
    }

    /// Takes what starts with `c` and goes on with `rest`; returns what comes after it.
    fn take<'c>(&mut self, c: char, rest: &'c str) -> &'c str {
        let first = rest.chars().next();
        let behind_first = || {
            rest.get(first.map_or(0, char::len_utf8)..)
                .unwrap_or_default()
        };
        match c {
            '"' => {
                let (quoted, after) = rest.split_once('"').unwrap_or((rest, ""));
                self.literal(quoted);
                return after;
            }
            // `!` is the `\` of the Chinese Excel.
            '\\' | '!' => {
                self.literal(first.map(String::from).unwrap_or_default().as_str());
                return behind_first();
            }
            // A space as wide as the next character, and a character that fills the cell.
            '_' | '*' => return behind_first(),
            '[' => {
                let (inner, after) = rest.split_once(']').unwrap_or((rest, ""));
                self.bracket(inner);
                return after;
            }
            '0' | '#' | '?' if self.power => {}
            '0' | '#' | '?' => {
                self.digit();
                self.places += usize::from(self.point && c == '0');
            }
            '@' => self.digit(),
            ',' if self.digits => self.commas = true,
            '.' if self.digits || matches!(first, Some('0' | '#' | '?')) => {
                self.another |= self.commas;
                self.point = true;
            }
            '%' | '‰' => self.percentage = true,
            'E' | 'e' if self.digits && matches!(first, Some('+' | '-')) => {
                self.power = true;
                return behind_first();
            }
            'y' | 'Y' | 'd' | 'D' | 'e' | 'E' | 'g' | 'b' | 'B' if !self.digits => self.day = true,
            'a' | 'A' if rest.to_ascii_lowercase().starts_with("aa") => self.day = true,
            'h' | 'H' | 's' | 'S' if !self.digits => self.time = true,
            'm' | 'M' if !self.digits => self.month = true,
            c if c as u32 >= 0x2E80 || "$-+/():^&'~{}<>= −".contains(c) => {
                self.literal(&c.to_string());
            }
            _ => {}
        }
        rest
    }

    /// A digit of the number, which parts the texts around it.
    fn digit(&mut self) {
        self.digits = true;
        if !self.point {
            self.commas = false;
        }
        // A blank parts thousands; anything else makes it another number: 0!.0, 000-0000.
        self.another |= !self.behind.trim().is_empty();
        self.behind.clear();
    }

    fn literal(&mut self, text: &str) {
        if self.digits {
            self.behind.push_str(text);
        } else {
            self.before.push_str(text);
        }
    }

    /// Colours, conditions, languages and currencies; `[h]` is a number of hours.
    fn bracket(&mut self, inner: &str) {
        if let Some(currency) = inner.strip_prefix('$') {
            let currency = currency.split_once('-').map_or(currency, |(name, _)| name);
            self.literal(currency);
        } else if ["h", "hh", "m", "mm", "s", "ss"].contains(&inner.to_lowercase().trim()) {
            self.time = true;
        } else if inner.eq_ignore_ascii_case("red") || inner == "红色" {
            self.red = true;
        } else if self.condition.is_none() {
            self.condition = Condition::parse(inner);
        }
    }

    fn done(self) -> (Option<Condition>, Section) {
        let unit = self.behind.trim();
        let is_digit = |c: char| c.is_ascii_digit() || "０１２３４５６７８９〇○".contains(c);
        // 4 shown as 40 or 14.
        let another = self.another
            || self.commas
            || self.before.contains(is_digit)
            || unit.starts_with(|c: char| is_digit(c) || ".,，．".contains(c));
        let shows = if self.day || (self.month && !self.time) {
            Shows::Day
        } else if self.time {
            Shows::Time
        } else if self.percentage || unit.starts_with(['%', '‰', '％']) {
            Shows::Percentage
        } else if !self.digits {
            Shows::Nothing
        } else if another {
            Shows::Another
        } else {
            Shows::Number
        };
        let unit = match shows {
            Shows::Number => unit.to_owned(),
            _ => String::new(),
        };
        let section = Section {
            shows,
            places: self.places,
            unit,
            below_zero: self.before.contains(['-', '−', '－', '(', '（', '△', '▲']),
            red: self.red,
        };
        (self.condition, section)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(code: &str, number: f64) -> (Shows, usize, String) {
        let section = NumberFormat::parse(code).of(number);
        (section.shows, section.places, section.unit)
    }

    #[test]
    fn units_stand_behind_the_digits() {
        for code in [
            "0\"条\"",
            "0\\条",
            "0条",
            "#,##0\"条\"",
            "0\"条\";-0\"条\"",
            "0\" 条 \"",
            "General\"条\"",
            "G/通用格式\"条\"",
            "0[$条-804]",
            "[>=100]0!.0,;0\"条\"",
            "[红色][<0]-0;0条",
        ] {
            assert_eq!(
                shown(code, 6.0),
                (Shows::Number, 0, "条".to_owned()),
                "{code}"
            );
        }
        assert_eq!(
            shown("0.0000\"万元\"", 6.0),
            (Shows::Number, 4, "万元".to_owned())
        );
        assert_eq!(
            shown("0\"千元\"", 6.0),
            (Shows::Number, 0, "千元".to_owned())
        );
        assert_eq!(shown("0\"a\"\\\"\"b\"", 6.0).2, "a\"b");
    }

    #[test]
    fn what_is_no_unit_is_none() {
        for (code, places) in [
            ("General", 0),
            ("@", 0),
            ("General;-General", 0),
            ("[DBNum1][$-804]General", 0),
            ("0\\ ", 0),
            ("\"￥\"0.00_ ", 2),
            ("[$￥-804]#,##0.00", 2),
            ("[Red]0", 0),
            ("0_ ;[Red]-0\\ ", 0),
            ("0.00_);(0.00)", 2),
            ("_ * #,##0.00_ ;_ * -#,##0.00_ ;_ * \"-\"??_ ;_ @_ ", 2),
            ("0.##", 0),
            ("0.00E+00", 2),
        ] {
            assert_eq!(
                shown(code, 6.0),
                (Shows::Number, places, String::new()),
                "{code}"
            );
        }
        assert_eq!(shown("0_ ;[Red]0_ ", -6.0).0, Shows::Number);
        assert_eq!(shown("0.00_);(0.00)", -6.0).0, Shows::Number);
        assert_eq!(shown("0;-0;\"—\"", 0.0).0, Shows::Number);
    }

    #[test]
    fn formats_that_show_another_number_are_known() {
        for code in [
            "0\\.0000\"万元\"",
            "0!.0000\"万元\"",
            "0\".\"0,\"万元\"",
            "0!.0,",
            "#,##0,\"千元\"",
            "0.00,,",
            "0,.00",
            "[>=10]0;[>=1]0!.0,\"万\";0",
            "000-0000",
            "0\"0\"",
            "\"1\"0",
            "-0",
            "General,",
        ] {
            assert_eq!(shown(code, 6.0).0, Shows::Another, "{code}");
        }
        assert_eq!(shown("0;0", -6.0).0, Shows::Another);
        for code in [";;;", "\"无\"", "\"0\""] {
            assert_eq!(shown(code, 6.0).0, Shows::Nothing, "{code}");
        }
        for code in ["0%", "0.0\"%\"", "0‰"] {
            assert_eq!(shown(code, 6.0).0, Shows::Percentage, "{code}");
        }
    }

    #[test]
    fn days_are_told_from_times_and_numbers() {
        for code in [
            "yyyy\"年\"m\"月\"d\"日\"",
            "[$-804]yyyy-mm-dd",
            "YYYY\\年M\\月D\\日",
            "[DBNum1][$-804]yyyy\"年\"m\"月\";@",
            "m\"月\"",
            "yyyy/m/d h:mm",
        ] {
            assert_eq!(shown(code, 6.0).0, Shows::Day, "{code}");
        }
        for code in ["[h]:mm", "h:mm:ss.000", "mm:ss"] {
            assert_eq!(shown(code, 6.0).0, Shows::Time, "{code}");
        }
    }
}
