//! What tells that a text is another report's, or that a fact can't be right: one slip at a time in
//! the county bureau's sample.

use crate::common::{findings, found, project_file, read};
use nianbao::check;
use nianbao::form::{self, Forms};

const SAMPLE: &str = "samples/qingshi-2024.toml";

/// The sample with one thing changed, and the codes of what is found.
fn codes(changes: &[(&str, &str)]) -> Vec<String> {
    let mut text = project_file(SAMPLE);
    for (old, new) in changes {
        assert!(text.contains(old), "{old}");
        text = text.replacen(old, new, 1);
    }
    let found = findings(&text);
    found
        .iter()
        .map(|finding| finding.code.to_string())
        .collect()
}

fn overview(text: &str) -> String {
    crate::narrative::with_overview(SAMPLE, text)
}

/// What is found of a text as section one.
fn codes_of(text: &str) -> Vec<String> {
    let found = findings(&overview(text));
    found
        .iter()
        .map(|finding| finding.code.to_string())
        .collect()
}

fn assert_told(code: &str, texts: &[&str]) {
    for text in texts {
        assert!(
            codes_of(text).contains(&code.to_owned()),
            "{code} is not told of {text}: {:?}",
            codes_of(text)
        );
    }
}

fn assert_silent(texts: &[&str]) {
    for text in texts {
        assert_eq!(codes_of(text), [""; 0], "{text}");
    }
}

#[test]
fn text_of_another_year_is_told() {
    assert_told(
        "another-report",
        &[
            "本报告所列数据的统计期限为2023年1月1日至2023年12月31日。",
            "2023年，青石县教育局认真贯彻《条例》，扎实推进政务公开。",
            "（三）政府信息管理情况。2023年制作规范性文件，均已公开。",
            "（三）政府信息管理情况：2022年，局办公室共制定多项制度。",
            "2023年度，我局深入推进政务公开。",
        ],
    );
    assert_silent(&[
        "自2024年1月1日至2024年12月31日，依法公开政府信息。",
        "2023年以来，我局持续推进政务公开。",
        "公开2023年度部门决算和2024年度部门预算。",
        "2023年，我局夯实基础。2024年，我局规范办理。",
        "按照2023年度考核意见逐项整改。",
        "2023年，县政府办公室印发《青石县政务公开办法》，我局逐条落实。",
        "与2023年相比，栏目更加规范。",
        "《青石县教育事业发展规划（2021—2025年）》已公开。",
        "2025年，我局将进一步规范公开工作。",
    ]);
}

#[test]
fn text_of_another_body_is_told() {
    assert_told(
        "another-report",
        &[
            "2024年，白石县水利局深入贯彻《条例》，依法公开政府信息。",
            "2024年，青石县水利局深入贯彻《条例》，依法公开政府信息。",
            "本报告由白石县教育局按照《条例》要求编制。",
            "如有疑问，请与白石县教育局联系（地址：文昌路18号）。",
        ],
    );
    assert_silent(&[
        "2024年，青石县教育局深入贯彻《条例》。",
        "2024年，县教育局深入贯彻《条例》。",
        "2024年，我局深入贯彻《条例》。",
        "2024年，在青石县委、县政府的领导下，政务公开工作有序开展。",
        "本报告由青石县教育局按照《条例》要求编制。",
        "如有疑问，请与青石县教育局办公室联系（电话：0000-12345678）。",
        "青石县教育局积极参加甲市教育局组织的培训。",
    ]);
}

#[test]
fn the_wrong_notice_is_told() {
    assert_told(
        "another-report",
        &[
            "根据《通知》（国办公开办函〔2019〕60号）要求编制。",
            "根据《通知》（国办公开函〔2021〕30号）要求编制。",
            "根据《通知》（国办公开办函〔2021〕13号）要求编制。",
        ],
    );
    assert_silent(&[
        "根据《通知》（国办公开办函〔2021〕30号）要求编制。",
        "根据《解释》（国办公开办函〔2016〕201号）和县政府办的通知（青政办函〔2024〕3号）编制。",
    ]);
}

#[test]
fn last_year_s_text_is_told_above_one_half() {
    let text = project_file(SAMPLE);
    let same = text
        .replace("2024", "2023")
        .replace("2025-01-16", "2024-01-16");
    let previous = read(&same).unwrap();
    let told = |text: &str| {
        let report = read(text).unwrap();
        let findings = found(report.check(Some(&previous), |_| true));
        let again = findings
            .iter()
            .filter(|finding| finding.code.as_str() == "another-report");
        again
            .map(|finding| finding.message.zh.clone())
            .collect::<Vec<_>>()
    };
    // Sections one and five; six is too short to be told of.
    assert_eq!(told(&text).len(), 2, "{:?}", told(&text));
    let own = overview("2024年，我局换了一种写法：公开什么、不公开什么，逐项列出。")
        .replace("政策解读不够通俗", "解读材料偏少")
        .replace("部分直属学校公开栏目", "个别栏目")
        .replace("依申请公开答复的说理性", "答复的说理")
        .replace("学区、资助等重要政策出台时", "重要政策")
        .replace("制定中小学信息公开事项清单", "定期通报")
        .replace("建立答复会商机制", "共同研究");
    assert_eq!(told(&own), [""; 0]);
}

#[test]
fn a_heading_typed_again_is_told() {
    for (section, heading) in [
        ("overview", "一、总体情况"),
        ("problems", "五、存在的主要问题及改进情况"),
        ("other", "六、其他需要报告的事项"),
        ("problems", "存在的主要问题及改进情况："),
    ] {
        let start = format!("{section} = \"\"\"\n");
        let with = format!("{start}{heading}\n");
        assert_eq!(codes(&[(&start, &with)]), ["repeated-heading"], "{heading}");
    }
    assert_eq!(
        codes(&[(
            "problems = \"\"\"\n",
            "problems = \"\"\"\n五、存在的主要问题及改进情况2024年，仍有不足。\n"
        )]),
        ["repeated-heading"]
    );
    assert_silent(&["（一）总体情况良好。", "总体情况较好，各项任务按期完成。"]);
}

#[test]
fn blanks_and_markup_are_told_and_names_are_not() {
    assert_told(
        "template-text",
        &[
            "按××县要求公开。",
            "咨询电话：XXXX。",
            "全年公开信息___条。",
            "全年公开信息…条。",
            "登录某某网站查询。",
            "<p>依法公开政府信息。</p>",
            "&nbsp;&nbsp;依法公开政府信息。",
            "<span style=\"font-family:宋体\">依法公开政府信息。</span>",
            "依法公开<br/>政府信息。",
        ],
    );
    assert_silent(&[
        "登录县政府网站（http://www.qingshi.example.gov.cn/XXGK/）查询。",
        "可发邮件至QSXXGK@example.cn。",
        "赵某某诉县人民政府政府信息公开一案，法院判决驳回诉讼请求。",
        "李××反映的问题已经办结。",
        "招生、资助、师资……等信息都已公开。",
        "满意率>95%，差错率<1%。",
    ]);
}

#[test]
fn slips_of_typing_are_told() {
    assert_told(
        "typing",
        &[
            "2024年,我局依法公开政府信息，共公开各类信息，内容全面；解读及时，回应准确。",
            "（二)依申请公开。规范办理。",
            "统计至202412月31日。",
        ],
    );
    // A text that has no other punctuation is somebody's way to write.
    let half = overview(
        "2024年,我局依法公开,及时解读,认真答复,规范管理,加强监督,积极培训,主动回应,严格审查,持续改进,扎实推进,全面落实,逐项检查,依法办理,按时办结,广泛宣传,深入基层,听取意见,不断完善,取得成效,群众满意,工作有序",
    );
    let half = half
        .replace('，', ",")
        .replace('；', ";")
        .replace('：', ":");
    let found = findings(&half);
    assert!(
        found
            .iter()
            .all(|finding| finding.code.as_str() != "typing")
    );
    let hant = codes(&[("script = \"hans\"", "script = \"hant\"")]);
    assert!(hant.contains(&"typing".to_owned()), "{hant:?}");
    let hans = codes_of("我局嚴格執行條例，認真辦理政府信息公開申請。");
    assert_eq!(hans, ["typing"]);
    assert_silent(&[
        "局长李堃、校长邹镕基参加培训，H5、APP,三审三校等词照用。",
        "时间为9:00—17:00，比例为1:3。",
    ]);
}

#[test]
fn particulars_that_can_t_be_right_are_told() {
    for (old, new) in [
        ("\"000100\"", "\"00010\""),
        ("\"000100\"", "\"０００１００\""),
        ("zwgk@example.cn", "zwgk＠example．cn"),
        ("zwgk@example.cn", "局办公室邮箱"),
        ("zwgk@example.cn", "zwgk @example.cn"),
        ("\"0000-12345678\"", "\"局办公室电话\""),
        (
            "region = \"青石县\"",
            "code = \"1137\"\nregion = \"青石县\"",
        ),
        (
            "region = \"青石县\"",
            "code = \"11330782002609266B\"\nregion = \"青石县\"",
        ),
        ("name   = \"青石县教育局\"", "name   = \"青石县 教育局\""),
    ] {
        assert_eq!(codes(&[(old, new)]), ["particulars"], "{new}");
    }
    let right = "code = \"11330782002609266A\"\nregion = \"青石县\"";
    assert_eq!(codes(&[("region = \"青石县\"", right)]), [""; 0]);
}

#[test]
fn the_deadline_goes_by_the_kind_of_body() {
    let signed = |name: &str, scope: &str| {
        let text = project_file(SAMPLE)
            .replace("青石县教育局", name)
            .replace("2025-01-16", "2025-02-20")
            .replace("scope  = \"own\"", &format!("scope  = \"{scope}\""));
        let found = findings(&text);
        found
            .iter()
            .any(|finding| finding.code.as_str() == "deadline")
    };
    for late in [
        "甲市乙区人民政府丙街道办事处",
        "甲市人民政府国有资产监督管理委员会",
        "甲市人民政府外事办公室",
        "甲县人民政府办公室",
        "甲旗乙苏木人民政府",
        "甲县乙镇人民政府",
        "甲县教育局",
    ] {
        assert!(signed(late, "own"), "{late}");
    }
    for early in [
        "甲县人民政府",
        "甲市乙区人民政府",
        "甲自治区人民政府",
        "甲市人民政府（全市汇总）",
    ] {
        assert!(!signed(early, "own"), "{early}");
    }
    assert!(!signed("甲县人民政府办公室", "region"));
    assert!(signed("甲县乙镇人民政府", "region"));
}

#[test]
fn rules_of_bodies_that_make_none_are_told() {
    let with = |name: &str, figures: &str| {
        let text = project_file(SAMPLE).replace("青石县教育局", name).replacen(
            "made = 0, repealed = 0, in_force = 0",
            figures,
            1,
        );
        let found = findings(&text);
        found
            .iter()
            .any(|finding| finding.code.as_str() == "regulation-maker")
    };
    assert!(with(
        "甲县乙镇人民政府",
        "made = 0, repealed = 0, in_force = 6"
    ));
    assert!(with("甲县乙局", "made = 0, repealed = 2, in_force = 0"));
    assert!(with("甲旗人民政府", "made = 1, repealed = 0, in_force = 1"));
    assert!(with(
        "甲市乙区人民政府",
        "made = 1, repealed = 0, in_force = 1"
    ));
    assert!(with(
        "甲省交通运输厅",
        "made = 1, repealed = 0, in_force = 1"
    ));
    assert!(!with(
        "甲市人民政府",
        "made = 1, repealed = 0, in_force = 1"
    ));
    assert!(!with(
        "甲壮族自治区人民政府",
        "made = 1, repealed = 0, in_force = 1"
    ));
    assert!(!with(
        "国家税务总局",
        "made = 1, repealed = 0, in_force = 1"
    ));
}

#[test]
fn amounts_in_the_wrong_unit_are_told() {
    let fees = |amount: &str| {
        let text = project_file(SAMPLE).replace("128.6450", amount);
        let found = findings(&text);
        found
            .iter()
            .any(|finding| finding.code.as_str() == "money-unit")
    };
    assert!(fees("1286450"));
    assert!(!fees("128.6450"));
    assert!(!fees("59237.2449"));
    assert!(!fees("{ value = 1286450, unit = \"元\" }"));
}

#[test]
fn a_year_that_has_not_come_is_told() {
    let report = read(&project_file(SAMPLE)).unwrap();
    assert!(check::future(&report, 2024).is_none());
    assert!(check::future(&report, 2023).is_some());
}

#[test]
fn an_untouched_report_is_told() {
    let forms = Forms::builtin().unwrap();
    let text = form::data_file::blank(&forms[0], 2024, Some("青石县教育局"));
    let none = text.replace("\"\"\"\n\"\"\"", "\"无。\"");
    let codes = |text: &str| {
        let found = findings(text);
        found
            .iter()
            .map(|finding| finding.code.to_string())
            .collect::<Vec<_>>()
    };
    assert!(
        codes(&none).contains(&"blank-report".to_owned()),
        "{:?}",
        codes(&none)
    );
    let said = none.replacen("\"无。\"", "\"2024年，我局没有收到政府信息公开申请。\"", 1);
    assert!(!codes(&said).contains(&"blank-report".to_owned()));
}

#[test]
fn the_fee_statement_may_be_worded_in_many_ways() {
    let other = "2024年，本机关未收取政府信息公开信息处理费。";
    for said in [
        "本年度未收取政府信息公开处理费。",
        "本机关未就政府信息公开收取任何费用。",
        "收取信息公开处理费0元。",
        "2024年，无收费情况。",
    ] {
        let text =
            project_file(SAMPLE).replace(&format!("（一）收取信息处理费情况。{other}"), said);
        assert_eq!(findings(&text).len(), 0, "{said}");
    }
}
