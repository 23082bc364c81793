//! Sizes of type by name (字号).

/// The sizes of Chinese word processors and their points.
const SIZES: [(&str, f64); 16] = [
    ("初号", 42.0),
    ("小初", 36.0),
    ("一号", 26.0),
    ("小一", 24.0),
    ("二号", 22.0),
    ("小二", 18.0),
    ("三号", 16.0),
    ("小三", 15.0),
    ("四号", 14.0),
    ("小四", 12.0),
    ("五号", 10.5),
    ("小五", 9.0),
    ("六号", 7.5),
    ("小六", 6.5),
    ("七号", 5.5),
    ("八号", 5.0),
];

/// The points of a size by its name: 三号, 小三, and with a digit as GB/T 9704 writes it: 3号.
pub(super) fn points(name: &str) -> Option<f64> {
    let digits = ["零", "一", "二", "三", "四", "五", "六", "七", "八"];
    let plain: String = name
        .trim()
        .chars()
        .filter_map(|c| match c.to_digit(10) {
            Some(digit) => digits.get(digit as usize).copied().map(str::to_owned),
            None => Some(c.to_string()),
        })
        .collect();
    let plain = match plain.strip_suffix('号') {
        // 小三号 is 小三.
        Some(short) if short.starts_with('小') => short.to_owned(),
        _ => plain,
    };
    let known = SIZES.iter().find(|(known, _)| *known == plain);
    known.map(|(_, points)| *points)
}

/// The name of a size that has one.
pub(super) fn name(points: f64) -> Option<&'static str> {
    let known = SIZES.iter().find(|(_, known)| *known == points);
    known.map(|(name, _)| *name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_are_known_as_word_processors_and_the_standard_write_them() {
        for (name, size) in [
            ("三号", 16.0),
            ("3号", 16.0),
            ("小三", 15.0),
            ("小3号", 15.0),
        ] {
            assert_eq!(points(name), Some(size), "{name}");
        }
        for name in ["", "号", "九号", "9号", "三", "16pt"] {
            assert_eq!(points(name), None, "{name}");
        }
    }
}
