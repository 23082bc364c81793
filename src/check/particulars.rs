//! Facts about the body that can't be right: its postcode, telephone, e-mail, credit code and name.

use crate::report::{Report, Worded};
use crate::text::{Code, Finding, Message};

/// A key of the data file, whether what it says can be right, and its name and the remedy in both
/// languages.
type Fact = (&'static str, fn(&str) -> bool, [&'static str; 4]);

/// Every doubt about them.
pub(super) fn check(report: &Report) -> Vec<Finding> {
    let facts: [Fact; 5] = [
        (
            "contact.postcode",
            |text| text.len() == 6 && text.bytes().all(|b| b.is_ascii_digit()),
            [
                "邮编",
                "postcode",
                "写六位半角数字，如 545000",
                "write six digits, such as 545000",
            ],
        ),
        (
            "contact.phone",
            is_phone,
            [
                "电话",
                "telephone",
                "写半角数字，如 0772-2825345",
                "write it in digits, such as 0772-2825345",
            ],
        ),
        (
            "contact.email",
            |text| {
                text.split(['、', '；', ';', '，', ',', '/'])
                    .all(|part| is_email(part.trim()))
            },
            [
                "电子邮箱",
                "e-mail",
                "写成 name@example.gov.cn 这样，全用半角、不空格",
                "write it like name@example.gov.cn",
            ],
        ),
        (
            "organ.code",
            is_credit_code,
            [
                "统一社会信用代码",
                "credit code",
                "照证书写 18 位；抄错一位，校验码就对不上（GB 32100—2015）",
                "write the 18 characters of the certificate: one that is wrong breaks the check digit (GB 32100-2015)",
            ],
        ),
        (
            "organ.name",
            |text| !blank_within(text),
            [
                "机关名称",
                "name",
                "删去名称中间的空格",
                "take out the blank within the name",
            ],
        ),
    ];
    let wrong = facts.into_iter().filter_map(|(key, is_right, texts)| {
        let given = report.particulars.get(key)?;
        (!is_right(given.text.trim())).then(|| finding(given, key, texts))
    });
    wrong.collect()
}

fn finding(given: &Worded, key: &str, [zh, en, remedy_zh, remedy_en]: [&str; 4]) -> Finding {
    let text = &given.text;
    let mut finding = Finding::new(
        Code::Particulars,
        Message::new(
            format!("{zh}“{text}”不像是对的"),
            format!("the {en} \"{text}\" can't be right"),
        ),
    )
    .at(given.place.clone())
    .key(key)
    .remedy(Message::new(remedy_zh, remedy_en));
    finding.found = Some(text.clone());
    finding
}

/// Five digits (12345) or more, none of full width.
fn is_phone(text: &str) -> bool {
    let digits = text.bytes().filter(u8::is_ascii_digit).count();
    digits >= 5 && !text.contains(|c: char| ('０'..='９').contains(&c))
}

fn is_email(text: &str) -> bool {
    let Some((name, domain)) = text.split_once('@') else {
        return false;
    };
    let printable = |c: char| c.is_ascii_graphic() && c != '@';
    let labels = || domain.split('.');
    !name.is_empty()
        && text.chars().filter(|c| *c == '@').count() == 1
        && name.chars().chain(domain.chars()).all(printable)
        && labels().count() >= 2
        && labels().all(|label| !label.is_empty())
}

/// 18 characters, the last of them the check digit of the others (GB 32100—2015, 4.3 and annex A).
fn is_credit_code(code: &str) -> bool {
    const DIGITS: &str = "0123456789ABCDEFGHJKLMNPQRTUWXY";
    let values: Option<Vec<usize>> = code.chars().map(|c| DIGITS.find(c)).collect();
    let Some(values) = values.filter(|values| values.len() == 18) else {
        return false;
    };
    // The weight of each place is three times that of the one before, modulo 31.
    let mut weight = 1;
    let mut sum = 0;
    for value in values.iter().take(17) {
        sum += value * weight;
        weight = weight * 3 % 31;
    }
    values.last() == Some(&((31 - sum % 31) % 31))
}

/// A blank between two Chinese characters.
fn blank_within(text: &str) -> bool {
    let han = |c: char| ('\u{4e00}'..='\u{9fff}').contains(&c);
    text.split(char::is_whitespace)
        .zip(text.split(char::is_whitespace).skip(1))
        .any(|(before, after)| before.ends_with(han) && after.starts_with(han))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_credit_code_is_told_by_its_check_digit() {
        // The code of a city's bureau of transport, as its own page gives it.
        assert!(is_credit_code("11330782002609266A"));
        for wrong in [
            "11330782002609266B",
            "11330782002609267A",
            "1137",
            "11330782002609266a",
        ] {
            assert!(!is_credit_code(wrong), "{wrong}");
        }
    }

    #[test]
    fn addresses_and_numbers_are_told_from_words() {
        assert!(is_email("zwgk@example.gov.cn"));
        for wrong in [
            "zwgk＠example．cn",
            "局办公室邮箱",
            "zw gk@example.cn",
            "zwgk@example",
            "a@b@c.cn",
        ] {
            assert!(!is_email(wrong), "{wrong}");
        }
        assert!(is_phone("0772-2825345、12345"));
        assert!(!is_phone("局办公室电话"));
        assert!(blank_within("青石县 教育局"));
        assert!(!blank_within("青石县教育局"));
    }
}
