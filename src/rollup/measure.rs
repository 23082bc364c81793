//! Figures in different units: sums of money are brought into one, counts need none.

use std::cmp::Reverse;

use rust_decimal::Decimal;

use super::agreement::most;

/// The units of money that can be converted into each other, by how many 元 they are.
const MONEY: [(&str, i64); 9] = [
    ("元", 1),
    ("百元", 100),
    ("千元", 1_000),
    ("万元", 10_000),
    ("萬元", 10_000),
    ("百万元", 1_000_000),
    ("百萬元", 1_000_000),
    ("亿元", 100_000_000),
    ("億元", 100_000_000),
];

/// Numerals that make a counting unit more than one thing: 12万件 is no 12件.
const NUMERALS: [char; 8] = ['百', '千', '万', '萬', '亿', '億', '十', '兆'];

/// How many 元 a unit is.
fn worth(unit: &str) -> Option<Decimal> {
    let unit = unit.strip_prefix("人民币").unwrap_or(unit);
    let unit = unit.strip_prefix("人民幣").unwrap_or(unit);
    let known = MONEY.iter().find(|(name, _)| *name == unit);
    known.map(|(_, worth)| Decimal::from(*worth))
}

/// The unit into which sums of money are brought: that which the form prints, otherwise that which
/// most of the figures are in, of several the first. None where none is in any.
pub(super) fn common<'a>(
    printed: Option<&'a str>,
    given: impl Iterator<Item = &'a str>,
) -> Option<&'a str> {
    printed.or_else(|| most(given, |_, place| Reverse(place)))
}

/// A sum of money in another unit, exactly; none where the one can't be converted into the other.
/// Nothing is nothing in every unit.
pub(super) fn convert(value: Decimal, from: Option<&str>, to: Option<&str>) -> Option<Decimal> {
    if from == to || value.is_zero() {
        return Some(value);
    }
    let (from, to) = (worth(from?)?, worth(to?)?);
    if from == to {
        return Some(value);
    }
    let product = value.checked_mul(from)?;
    let quotient = product.checked_div(to)?;
    // What does not come back as it was lost digits.
    (quotient.checked_mul(to)? == product).then(|| quotient.normalize())
}

/// Whether things counted in a unit are counted one by one.
pub(super) fn counts_ones(unit: &str) -> bool {
    !unit.contains(NUMERALS) && !unit.contains(|c: char| c.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn number(text: &str) -> Decimal {
        text.parse().unwrap()
    }

    #[test]
    fn money_is_converted_exactly() {
        let convert = |value: &str, from, to| convert(number(value), Some(from), Some(to));
        assert_eq!(convert("251000", "元", "万元"), Some(number("25.1")));
        assert_eq!(convert("0.01", "元", "亿元"), Some(number("0.0000000001")));
        assert_eq!(convert("1.5", "億元", "万元"), Some(number("15000")));
        assert_eq!(convert("7", "萬元", "万元"), Some(number("7")));
        assert_eq!(convert("7", "人民币元", "元"), Some(number("7")));
        assert_eq!(convert("7", "美元", "元"), None);
        assert_eq!(convert("0", "美元", "元"), Some(number("0")));
    }

    #[test]
    fn a_sum_without_a_unit_is_not_taken_for_one_with_a_unit() {
        assert_eq!(convert(number("7"), None, Some("元")), None);
        assert_eq!(convert(number("7"), Some("元"), None), None);
        assert_eq!(convert(number("7"), None, None), Some(number("7")));
    }

    #[test]
    fn the_common_unit_is_the_form_s_or_that_of_most() {
        let given = ["元", "万元", "万元", "元", "千元"];
        assert_eq!(common(Some("万元"), given.into_iter()), Some("万元"));
        assert_eq!(common(None, given.into_iter()), Some("元"));
        assert_eq!(common(None, given.into_iter().skip(1)), Some("万元"));
        assert_eq!(common(None, std::iter::empty()), None);
    }

    #[test]
    fn a_counting_unit_may_hold_no_numeral() {
        assert!(counts_ones("件") && counts_ones("条"));
        assert!(!counts_ones("万件") && !counts_ones("100件"));
    }
}
