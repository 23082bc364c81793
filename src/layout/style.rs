//! What a page's style may change: sizes of type and the thickness of rules. The type area, its 22
//! lines and 28 squares are the page's own.

/// Sizes and thicknesses, in points. The default is GB/T 9704—2012.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct PageStyle {
    /// Size of the title: 2号 (GB/T 9704—2012, 7.3.1).
    pub title: f64,
    /// Size of text and headings: 3号 (5.2.2). Smaller type stands in the same squares.
    pub text: f64,
    /// Size of page numbers: 4号 (7.5).
    pub page_number: f64,
    /// Size of notes below a table: 小五.
    pub note: f64,
    /// Largest size of a table's type: 小四.
    pub table_max: f64,
    /// Smallest size of a table's type: 小五.
    pub table_min: f64,
    /// Thickness of a table's rules.
    pub rule: f64,
    /// Diameter of a seal in mm, whatever its picture says.
    pub seal: Option<f64>,
}

impl Default for PageStyle {
    fn default() -> Self {
        Self {
            title: 22.0,
            text: 16.0,
            page_number: 14.0,
            note: 9.0,
            table_max: 12.0,
            table_min: 9.0,
            rule: 0.5,
            seal: None,
        }
    }
}
