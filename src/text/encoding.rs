//! Bytes into text: UTF-8, the encodings that Chinese Windows writes, and what is no text at all.

use encoding_rs::{GB18030, UTF_16BE, UTF_16LE};

use super::Message;

/// Of a hundred characters of two bytes, most that may lie outside of GB 2312. In simplified text one in
/// hundreds does, a rare character of a name; in Big5 read as GBK it is every third.
const MOST_RARE: usize = 10;

/// Why bytes are no text.
pub(super) struct NoText {
    pub message: Message,
    pub remedy: Message,
    /// The bytes at the start that are sound.
    pub sound: Vec<u8>,
}

/// The text that bytes hold. A byte order mark is dropped; without one they are UTF-8, or else
/// GB 18030 (GBK), which 记事本 (“ANSI”) and older programs write.
pub(super) fn decode(mut bytes: Vec<u8>) -> Result<String, NoText> {
    if let Some((zh, en)) = kind(&bytes) {
        return Err(NoText {
            message: Message::new(
                format!("这是{zh}，不是数据文件"),
                format!("this is {en}, no data file"),
            ),
            remedy: Message::new(
                "给数据文件（.toml）或填好的工作簿（.xlsx）；用 nianbao new 或 nianbao blank 写一份来填",
                "give a data file (.toml) or a workbook (.xlsx); nianbao new or nianbao blank writes one to fill in",
            ),
            sound: Vec::new(),
        });
    }
    for (mark, encoding) in [([0xFF, 0xFE], UTF_16LE), ([0xFE, 0xFF], UTF_16BE)] {
        if let Some(rest) = bytes.strip_prefix(&mark)
            && let Some(text) = encoding.decode_without_bom_handling_and_without_replacement(rest)
        {
            return Ok(text.into_owned());
        }
    }
    if bytes.starts_with(&[0xEF, 0xBB, 0xBF]) {
        bytes.drain(..3);
    }
    let error = match String::from_utf8(bytes) {
        Ok(text) => return Ok(text),
        Err(error) => error,
    };
    let bytes = error.as_bytes();
    if is_gbk(bytes)
        && let Some(text) = GB18030.decode_without_bom_handling_and_without_replacement(bytes)
    {
        return Ok(text.into_owned());
    }
    Err(NoText {
        message: Message::new(
            "文件不是 UTF-8 或 GBK 编码的文本（可能根本不是文本）",
            "the file is neither UTF-8 nor GBK text (perhaps no text at all)",
        ),
        remedy: Message::new(
            "在记事本或 WPS 中“另存为”，编码选 UTF-8",
            "save it again with the encoding UTF-8",
        ),
        sound: bytes
            .get(..error.utf8_error().valid_up_to())
            .unwrap_or_default()
            .to_vec(),
    })
}

/// Whether bytes are text in GBK: sound pairs of bytes, nearly all of GB 2312. Bytes of other
/// encodings make pairs too, but not of characters that anybody writes.
fn is_gbk(bytes: &[u8]) -> bool {
    let (mut pairs, mut rare) = (0_usize, 0_usize);
    let mut rest = bytes.iter().copied();
    while let Some(byte) = rest.next() {
        match byte {
            0..0x09 | 0x0E..0x20 | 0x7F => return false,
            0..0x80 => {}
            lead => {
                let Some(trail) = rest.next() else {
                    return false;
                };
                // Four bytes: a character that GBK doesn't have.
                if trail.is_ascii_digit() && rest.nth(1).is_none() {
                    return false;
                }
                pairs += 1;
                // Rows 1 to 3 have punctuation and letters, 16 to 87 the characters.
                let common = matches!(lead, 0xA1..=0xA3 | 0xB0..=0xF7) && trail >= 0xA1;
                rare += usize::from(!common);
            }
        }
    }
    pairs > 0 && rare * 100 <= pairs * MOST_RARE
}

/// What files of other kinds start with.
fn kind(bytes: &[u8]) -> Option<(&'static str, &'static str)> {
    let starts: [(&[u8], &str, &str); 13] = [
        (b"%PDF", " PDF 文件", "a PDF"),
        (b"{\\rtf", " Word 文件（.rtf）", "a text document (.rtf)"),
        (
            b"PK\x03\x04",
            " Word 文件或压缩包",
            "a Word document or an archive",
        ),
        (
            b"\xD0\xCF\x11\xE0",
            "旧格式的 Word 或 Excel 文件",
            "an old Office document",
        ),
        (b"\x89PNG", "图片（PNG）", "a picture (PNG)"),
        (b"\xFF\xD8\xFF", "图片（JPEG）", "a picture (JPEG)"),
        (b"GIF8", "图片（GIF）", "a picture (GIF)"),
        (b"BM", "图片（BMP）", "a picture (BMP)"),
        (b"II*\0", "图片（TIFF）", "a picture (TIFF)"),
        (b"MM\0*", "图片（TIFF）", "a picture (TIFF)"),
        (b"Rar!", "压缩包（RAR）", "an archive (RAR)"),
        (b"7z\xBC\xAF", "压缩包（7z）", "an archive (7z)"),
        (b"\x1F\x8B", "压缩包（gz）", "an archive (gz)"),
    ];
    let found = starts.iter().find(|(start, ..)| bytes.starts_with(start));
    let found = found.filter(|(start, ..)| *start != b"BM" || bytes.get(6..10) == Some(&[0; 4]));
    let found = found.map(|(_, zh, en)| (*zh, *en));
    let page = bytes.trim_ascii_start();
    let web = ["<!doctype", "<html"].iter().any(|start| {
        page.get(..start.len())
            .is_some_and(|it| it.eq_ignore_ascii_case(start.as_bytes()))
    });
    found.or(web.then_some(("网页", "a web page")))
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str =
        "# 青石县教育局\nyear = 2024 # “一、总体情况”——镕\n[organ]\nname = \"青石县教育局\"\n";

    #[test]
    fn gbk_and_utf_16_are_read_as_what_they_say() {
        let (gbk, _, _) = GB18030.encode(TEXT);
        let gbk = gbk.into_owned();
        assert!(std::str::from_utf8(&gbk).is_err());
        let utf16 = |bytes: fn(u16) -> [u8; 2]| -> Vec<u8> {
            let units = std::iter::once(0xFEFF).chain(TEXT.encode_utf16());
            units.flat_map(bytes).collect()
        };
        for bytes in [
            gbk,
            utf16(u16::to_le_bytes),
            utf16(u16::to_be_bytes),
            TEXT.into(),
        ] {
            assert_eq!(decode(bytes).ok().as_deref(), Some(TEXT));
        }
    }

    #[test]
    fn big5_and_what_is_no_text_are_refused() {
        let (big5, _, _) =
            encoding_rs::BIG5.encode("柳北區文化體育廣電和旅游局的政府信息公開工作年度報告");
        assert!(decode(big5.into_owned()).is_err());
        assert!(decode(vec![0x80, 0, 0xC4, 0xEA]).is_err());
        assert!(decode(b"year = 2019 \xC4".to_vec()).is_err());
        for (bytes, said) in [
            (&b"%PDF-1.7\n"[..], "PDF"),
            (b"\x89PNG\r\n", "图片"),
            (b"{\\rtf1\\ansi", "Word"),
            (b"<!DOCTYPE html>", "网页"),
        ] {
            let refused = decode(bytes.to_vec()).err().unwrap();
            assert!(refused.message.zh.contains(said), "{}", refused.message.zh);
        }
    }
}
