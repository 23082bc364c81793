//! What a number format shows of the number in a cell: decimal places, unit, whether it is a day,
//! and whether it is that number at all.

use std::cmp::Ordering;

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
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct Section {
    /// What is shown.
    pub shows: Shows,
    /// Digits that stand behind the point even where they are zeros.
    pub places: usize,
    /// Text behind the digits: `0"条"`.
    pub unit: String,
    condition: Option<Condition>,
    /// Whether it has a mark of numbers below zero: a sign or brackets.
    below_zero: bool,
    /// Whether it is red, as numbers below zero may be in place of a mark.
    red: bool,
}

/// A number format by its sections (ECMA-376 Part 1, 18.8.31); none for one that says nothing.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct NumberFormat(Vec<Section>);

/// `[>=10000]`: the numbers that a section is for.
#[derive(Debug, Clone, PartialEq)]
struct Condition {
    sign: String,
    bound: f64,
}

/// Longest code that is read, in bytes: 255 characters, the most that Excel takes, of three or four.
const LONGEST: usize = 1_000;
/// What General is called: by every program in English, in Chinese by some.
const GENERAL: [&str; 4] = ["general", "G/通用格式", "G/標準", "G/标准"];

impl NumberFormat {
    /// A format that every workbook has (ECMA-376 Part 1, 18.8.30): 14 to 22 and 45 to 47 show
    /// days and times, and in Chinese Excel 27 to 36 and 50 to 58 too.
    pub fn built_in(id: u32) -> Self {
        Self::parse(match id {
            2 | 4 | 39 | 40 | 43 | 44 => "0.00",
            9 | 10 => "0%",
            14..=17 | 22 | 27..=31 | 36 | 50..=54 | 57 | 58 => "d",
            18..=21 | 32..=35 | 45..=47 | 55 | 56 => "h",
            _ => "",
        })
    }

    /// A format by its code.
    pub fn parse(code: &str) -> Self {
        let mut sections = Vec::new();
        let mut rest = Some(code).filter(|code| !code.is_empty() && code.len() <= LONGEST);
        while let Some(code) = rest {
            let mut scan = Scan::default();
            rest = scan.section(code);
            sections.push(scan);
        }
        // A last section with `@`, and any fourth one, is for texts.
        if sections.len() > 1 {
            sections.pop_if(|last| last.text);
        }
        sections.truncate(3);
        Self(sections.into_iter().map(Scan::done).collect())
    }

    /// The section that a number is shown by: the first whose condition it meets; without
    /// conditions the first is for numbers above zero, the second for those below, the third for
    /// zero, and each for those that have none of their own.
    pub fn of(&self, number: f64) -> Section {
        let mut sections = self.0.iter();
        let conditional = sections.clone().any(|section| section.condition.is_some());
        let below = !conditional && self.0.len() > 1 && number < 0.0;
        let found = if conditional {
            let met = |section: &&Section| section.condition.as_ref().is_some_and(|c| c.is(number));
            // What no condition asks for is shown by the first section without one.
            let other = sections.clone().find(|section| section.condition.is_none());
            sections.find(met).or(other)
        } else if below {
            self.0.get(1)
        } else if number == 0.0 && self.0.len() == 3 {
            self.0.last()
        } else {
            self.0.first()
        };
        let mut section = found.cloned().unwrap_or_default();
        // Excel writes the sign of a number itself where there is no section for those below zero.
        let other_sign = match number < 0.0 {
            true => below && !section.below_zero && !section.red,
            false => section.below_zero,
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
        let (sign, bound) = text.split_at(text.find(|c| !"<=>".contains(c))?);
        let known = ["<", "<=", "=", ">=", ">", "<>"].contains(&sign);
        let (sign, bound) = (sign.to_owned(), bound.trim().parse().ok()?);
        known.then_some(Self { sign, bound })
    }

    fn is(&self, number: f64) -> bool {
        let asked = match number.partial_cmp(&self.bound) {
            Some(Ordering::Less) => '<',
            Some(Ordering::Equal) => '=',
            Some(Ordering::Greater) => '>',
            None => return false,
        };
        self.sign.contains(asked)
    }
}

/// One section as it is read.
#[derive(Default)]
struct Scan {
    section: Section,
    /// Whether digits came, the point, and the `E` of a power of ten.
    digits: bool,
    point: bool,
    power: bool,
    /// Commas behind the last digit: thousands parted where digits follow, thousandths where not.
    commas: bool,
    /// Texts before the digits, and those since the last digit.
    before: String,
    behind: String,
    day: bool,
    month: bool,
    time: bool,
    percentage: bool,
    another: bool,
    text: bool,
}

impl Scan {
    /// Reads up to the next `;` outside of literals; returns what comes after it.
    fn section<'c>(&mut self, code: &'c str) -> Option<&'c str> {
        let mut rest = code.chars();
        loop {
            let general = GENERAL.iter().find_map(|name| {
                let (start, after) = rest.as_str().split_at_checked(name.len())?;
                start.eq_ignore_ascii_case(name).then_some(after)
            });
            if let Some(after) = general {
                self.digit();
                rest = after.chars();
                continue;
            }
            let c = rest.next()?;
            let next = rest.clone().next();
            match c {
                ';' => return Some(rest.as_str()),
                '"' => self.literal(&rest.by_ref().take_while(|c| *c != '"').collect::<String>()),
                // `!` is the `\` of the Chinese Excel.
                '\\' | '!' => self.literal(&rest.next().map(String::from).unwrap_or_default()),
                // A space as wide as the next character, and a character that fills the cell.
                '_' | '*' => _ = rest.next(),
                '[' => self.bracket(&rest.by_ref().take_while(|c| *c != ']').collect::<String>()),
                '0' | '#' | '?' if self.power => {}
                '0' | '#' | '?' => {
                    self.digit();
                    self.section.places += usize::from(self.point && c == '0');
                }
                '@' => {
                    self.digit();
                    self.text = true;
                }
                ',' if self.digits => self.commas = true,
                '.' if self.digits || matches!(next, Some('0' | '#' | '?')) => {
                    self.another |= self.commas;
                    self.point = true;
                }
                '%' | '‰' => self.percentage = true,
                'E' | 'e' if self.digits && matches!(next, Some('+' | '-')) => {
                    self.power = true;
                    rest.next();
                }
                'y' | 'Y' | 'd' | 'D' | 'e' | 'E' | 'g' | 'b' | 'B' => self.day |= !self.digits,
                'a' | 'A' => self.day |= rest.as_str().to_ascii_lowercase().starts_with("aa"),
                'h' | 'H' | 's' | 'S' => self.time |= !self.digits,
                'm' | 'M' => self.month |= !self.digits,
                c if c as u32 >= 0x2E80 || "$-+/():^&'~{}<>= −".contains(c) => {
                    self.literal(&c.to_string());
                }
                _ => {}
            }
        }
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
        match self.digits {
            true => self.behind.push_str(text),
            false => self.before.push_str(text),
        }
    }

    /// Colours, conditions, languages and currencies; `[h]` is a number of hours.
    fn bracket(&mut self, inner: &str) {
        if let Some(currency) = inner.strip_prefix('$') {
            self.literal(currency.split('-').next().unwrap_or_default());
        } else if ["h", "hh", "m", "mm", "s", "ss"].contains(&inner.to_lowercase().trim()) {
            self.time = true;
        } else if inner.eq_ignore_ascii_case("red") || inner == "红色" {
            self.section.red = true;
        } else if self.section.condition.is_none() {
            self.section.condition = Condition::parse(inner);
        }
    }

    fn done(self) -> Section {
        let unit = self.behind.trim();
        let is_digit = |c: char| c.is_ascii_digit() || "０１２３４５６７８９〇○".contains(c);
        // 4 shown as 40 or 14.
        let another = self.another
            || self.commas
            || self.before.contains(is_digit)
            || unit.starts_with(|c: char| is_digit(c) || ".,，．".contains(c));
        let mut section = self.section;
        section.below_zero = self.before.contains(['-', '−', '－', '(', '（', '△', '▲']);
        section.shows = match () {
            () if self.day || (self.month && !self.time) => Shows::Day,
            () if self.time => Shows::Time,
            () if self.percentage || unit.starts_with(['%', '‰', '％']) => Shows::Percentage,
            () if !self.digits => Shows::Nothing,
            () if another => Shows::Another,
            () => Shows::Number,
        };
        if section.shows == Shows::Number {
            section.unit = unit.to_owned();
        }
        section
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
