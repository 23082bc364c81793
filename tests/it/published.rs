//! Reports as bodies have published them: what was found wrong in each by hand is told, and nothing
//! else.

use crate::common::{findings, project_file};

/// The report, the sentences of its text that give figures, and what is wrong: code and number.
type Report = (
    &'static str,
    &'static str,
    &'static [(&'static str, &'static str)],
);

const REPORTS: [Report; 14] = [
    (
        "D2025-01",
        "（三）政府信息管理情况。2024年制作规范性文件，并及时公开。",
        &[("another-report", "2024")],
    ),
    (
        "D2025-02",
        "（二）依申请公开。2025年，本单位共收到政府信息公开申请34件，均已办结。",
        &[("narrative", "34")],
    ),
    (
        "D2025-03",
        "（二）依申请公开。2025年，我局收到政府信息公开申请6件，均按时答复。",
        &[],
    ),
    (
        "D2025-05",
        "2025年，我局收到政府信息公开申请21件，因政府信息公开引起的行政复议9件。",
        &[],
    ),
    (
        "D2025-06",
        "2025年，我局收到政府信息公开申请1件。",
        &[
            ("row-total", "0"),
            ("row-total", "6"),
            ("row-total", "0"),
            ("row-total", "0"),
        ],
    ),
    (
        "D2025-07",
        "2025年，我局共收到政府信息公开申请21件，其中予以公开1件、部分公开11件、不予公开3件、无法提供2件、其他处理2件，结转下年度2件。",
        &[("narrative", "2"), ("narrative", "2")],
    ),
    (
        "D2025-08",
        "2025年，我局收到政府信息公开申请3件。",
        &[("in-force-low", "0")],
    ),
    (
        "D2025-09",
        "2025年，我局收到政府信息公开申请1件，作出行政处罚决定204件。",
        &[],
    ),
    (
        "H2025",
        "（一）主动公开。发布规章与规范性文件若干。\n（二）依申请公开。规范办理程序。",
        &[],
    ),
    (
        "P2019",
        "全年公开行政许可类信息69条、施工许可证76条，推进行政执法信息公开。",
        &[],
    ),
    (
        "P2021",
        "（二）依申请公开方面。坚持第一时间登记受理。本年度全区共收到70件申请，及时依法依规办结69件，1件结转下年度继续办理。",
        &[],
    ),
    (
        "P2022",
        "集中公开现行有效行政规范性文件698件，动态更新本年度制发的规范性文件88件。\n（二）依申请公开方面。2022年，全区收到政府信息公开申请75件，涉及自然人72件、商业企业3件，均在法定期限内予以答复，办结率100%。2022年，全区政府信息公开工作方面共有行政诉讼案件1件、行政复议案件2件，均已结案。",
        &[("narrative", "75")],
    ),
    (
        "P2023",
        "清理并集中发布现行有效行政规范性文件393件，动态更新本年度制发的规范性文件77件。\n（二）依申请公开方面。2023年全区接收通过邮寄、网络提交的各类政府信息公开申请共计81件，涉及自然人80件、商业企业1件。办结依申请公开81件，其中：予以公开及部分公开42件，占51.85%；不予公开5件，占6.17%；无法提供31件，占38.27%；不予处理1件，占1.23%；其他处理2件，占2.47%；因政府信息公开引起的行政复议案件2件、行政诉讼案件7件。",
        &[("narrative", "393")],
    ),
    (
        "P2025",
        "（二）依申请公开方面。2025年，全区共收到政府信息公开申请154件，共办结148件，结转至2026年6件。全年办理因政府信息公开申请引发的行政复议36起，行政诉讼9起。",
        &[],
    ),
];

#[test]
fn what_is_wrong_in_published_reports_is_told_and_nothing_else() {
    for (name, text, expected) in REPORTS {
        let file = project_file(&format!("tests/data/published/{name}.toml"));
        assert!(file.contains("（一）主动公开。按规定公开。"), "{name}");
        let found = findings(&file.replace("（一）主动公开。按规定公开。", text));
        let told: Vec<(&str, &str)> = found
            .iter()
            .map(|finding| {
                (
                    finding.code.as_str(),
                    finding.found.as_deref().unwrap_or_default(),
                )
            })
            .collect();
        assert_eq!(told, expected, "{name}: {}", crate::common::shown(&found));
    }
}
