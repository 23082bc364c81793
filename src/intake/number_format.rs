//! What a number format says of the number in a cell: decimal places, unit, whether it is a date.

/// What a number format shows.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct NumberFormat {
    /// Digits behind the point.
    pub places: usize,
    /// Text behind the digits: `0"条"`.
    pub unit: String,
    /// Whether it shows a day or a time.
    pub is_date: bool,
    /// Whether it shows hundredths.
    pub is_percent: bool,
}

/// Longest code that is read, in bytes: 255 characters of three or four.
const LONGEST: usize = 1_000;

impl NumberFormat {
    /// A format that every workbook has (ECMA-376 Part 1, 18.8.30): 14 to 22 and 45 to 47 show
    /// days and times, and in Chinese Excel 27 to 36 and 50 to 58 too.
    pub fn built_in(id: u32) -> Self {
        match id {
            2 | 4 | 39 | 40 | 43 | 44 => Self {
                places: 2,
                ..Self::default()
            },
            9 | 10 => Self {
                is_percent: true,
                ..Self::default()
            },
            14..=22 | 27..=36 | 45..=47 | 50..=58 => Self {
                is_date: true,
                ..Self::default()
            },
            _ => Self::default(),
        }
    }

    /// A format by its code, of which the first section counts: that for numbers above zero.
    pub fn parse(code: &str) -> Self {
        let mut format = Self::default();
        // Excel takes 255 characters at most; what is longer says nothing.
        if code.eq_ignore_ascii_case("general") || code.len() > LONGEST {
            return format;
        }
        let (mut digits, mut point) = (false, false);
        let mut characters = code.chars();
        while let Some(c) = characters.next() {
            match c {
                ';' => break,
                '"' => {
                    let quoted: String = characters.by_ref().take_while(|c| *c != '"').collect();
                    format.literal(&quoted, digits);
                }
                '\\' => {
                    let literal: String = characters.next().into_iter().collect();
                    format.literal(&literal, digits);
                }
                // A space as wide as the next character, and a character that fills the cell.
                '_' | '*' => {
                    characters.next();
                }
                // Colours, conditions and languages; [h] is a number of hours.
                '[' => {
                    let inner: String = characters.by_ref().take_while(|c| *c != ']').collect();
                    let hours = ["h", "m", "s"].contains(&inner.to_lowercase().trim());
                    format.is_date |= hours;
                }
                '0' | '#' | '?' => {
                    digits = true;
                    format.places += usize::from(point);
                }
                '.' => point = true,
                '%' => format.is_percent = true,
                'y' | 'Y' | 'd' | 'D' | 'h' | 'H' | 's' | 'S' | 'm' | 'M' | 'e' if !digits => {
                    format.is_date = true;
                }
                c if c as u32 >= 0x2E80 => format.literal(&c.to_string(), digits),
                _ => {}
            }
        }
        if format.is_date {
            format.unit.clear();
        }
        format
    }

    /// A text before the digits (￥) is no unit.
    fn literal(&mut self, text: &str, behind_digits: bool) {
        if behind_digits {
            self.unit.push_str(text);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(code: &str) -> (usize, String, bool) {
        let format = NumberFormat::parse(code);
        (format.places, format.unit, format.is_date)
    }

    #[test]
    fn units_stand_behind_the_digits() {
        for code in ["0\"条\"", "0\\条", "0条", "#,##0\"条\"", "0\"条\";-0\"条\""] {
            assert_eq!(shown(code), (0, "条".to_owned(), false), "{code}");
        }
        assert_eq!(shown("0.0000\"万元\""), (4, "万元".to_owned(), false));
        assert_eq!(shown("\"￥\"0.00_ "), (2, String::new(), false));
        assert_eq!(shown("0\"a\"\\\"\"b\""), (0, "a\"b".to_owned(), false));
    }

    #[test]
    fn days_are_told_from_numbers() {
        for code in [
            "yyyy\"年\"m\"月\"d\"日\"",
            "[$-804]yyyy-mm-dd",
            "YYYY\\年M\\月D\\日",
            "[h]:mm",
        ] {
            assert!(shown(code).2, "{code}");
        }
        for code in ["0", "General", "@", "[Red]0", "0.00_);(0.00)"] {
            assert!(!shown(code).2, "{code}");
        }
    }
}
