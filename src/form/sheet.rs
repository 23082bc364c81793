//! The sheets that a workbook has besides those of the form's tables, and what its cells say while
//! nothing is filled in.

use super::wording::Script;

/// What a sum of a blank workbook shows while none of its figures is there: a mark that no number is,
/// and that is seen. An empty text would be stored as a formula without a result, which some programs
/// take for damage.
pub(crate) const EMPTY_SUM: &str = "—";

/// What stands before the label of a particular that a blank workbook can't do without.
pub(crate) const NEEDED: &str = "＊";

/// A sheet that the program adds; no table of a form may take its name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AddedSheet {
    /// How to fill in a blank workbook.
    Guide,
    /// Who reports, and the texts.
    Texts,
    /// Every figure in a row of its own.
    Listing,
    /// Every rule with both of its sides.
    Checks,
    /// Every figure beside that of the year before.
    Comparison,
    /// The units of a roll-up, one a row.
    Units,
    /// The figures of a roll-up, one a row.
    Figures,
    /// What became of each file of a roll-up, and what was found in it.
    Review,
    /// The parent's own figures beside the sums.
    Parent,
}

impl AddedSheet {
    /// All of them, in the order of the workbook.
    pub const ALL: [Self; 9] = [
        Self::Guide,
        Self::Texts,
        Self::Listing,
        Self::Checks,
        Self::Comparison,
        Self::Units,
        Self::Figures,
        Self::Review,
        Self::Parent,
    ];

    /// Its name.
    pub fn name(self, script: Script) -> &'static str {
        script.of(match self {
            Self::Guide => ["填写说明", "填寫說明"],
            Self::Texts => ["正文", "正文"],
            Self::Listing => ["明细", "明細"],
            Self::Checks => ["勾稽核对", "勾稽核對"],
            Self::Comparison => ["上年对比", "上年對比"],
            Self::Units => ["单位汇总", "單位匯總"],
            Self::Figures => ["指标汇总", "指標匯總"],
            Self::Review => ["核对", "核對"],
            Self::Parent => ["本级对比", "本級對比"],
        })
    }

    /// Whether no table's sheet can be called so, in whichever script: the program's own sheets
    /// are, and Excel keeps `History` for itself.
    pub(super) fn reserves(name: &str) -> bool {
        let taken = |sheet: Self| [Script::Hans, Script::Hant].map(|script| sheet.name(script));
        name.eq_ignore_ascii_case("History")
            || Self::ALL
                .into_iter()
                .any(|sheet| taken(sheet).contains(&name))
    }
}
