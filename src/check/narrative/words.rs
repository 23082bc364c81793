//! The words around a number: which leave it the number of the table, and which don't.
//!
//! A number is taken for a figure only where every word of its clause is known. So a word that
//! is missing here costs a warning that might have been; a word too many could cause a false one.

use std::collections::HashMap;
use std::sync::OnceLock;

/// A list of words that is looked through at every character of a text.
pub(super) struct Words {
    list: &'static [&'static str],
    by_first: OnceLock<HashMap<char, Vec<&'static str>>>,
}

impl Words {
    const fn new(list: &'static [&'static str]) -> Self {
        Self {
            list,
            by_first: OnceLock::new(),
        }
    }

    /// The words that start with `c`.
    pub fn starting_with(&self, c: char) -> &[&'static str] {
        let by_first = self.by_first.get_or_init(|| {
            let mut by_first: HashMap<char, Vec<&str>> = HashMap::new();
            for word in self.list {
                if let Some(first) = word.chars().next() {
                    by_first.entry(first).or_default().push(word);
                }
            }
            by_first
        });
        by_first.get(&c).map_or(&[], Vec::as_slice)
    }

    /// Whether one of them is in `text`.
    pub fn any_in(&self, text: &str) -> bool {
        self.list.iter().any(|word| text.contains(word))
    }
}

/// What may stand before a phrase and leaves its number that of the whole year and the whole body.
#[rustfmt::skip]
pub(super) static LEAD: Words = Words::new(&[
    "本年度", "本年", "今年", "全年", "年内", "当年", "一年来", "年度", "报告期内", "统计期内",
    "我们", "共", "共计", "总共", "一共", "合计", "总计", "共有", "有", "实际", "已", "的", "对",
    "经", "在", "经审查", "由", "及时", "按时", "按期", "依法", "依规", "依法依规", "规范",
    "依申请公开方面", "政府信息公开申请", "信息公开申请", "公开申请", "依申请公开", "申请",
    "政府信息公开", "信息公开", "工作", "中", "过程中", "方面", "事项", "办理结果",
    "处理结果", "办结的申请中", "办理的申请中", "答复的申请中", "因", "涉及", "涉", "有关",
    "相关", "引发", "引起", "产生", "导致", "发生", "被", "被申请", "被提起", "提起", "提出",
    "备案", "不服", "案件", "各类", "一是", "二是", "三是", "四是", "五是", "六是", "情况",
]);

/// A body that reports for itself.
#[rustfmt::skip]
pub(super) static OWN: Words = Words::new(&[
    "本机关", "本单位", "本部门", "本局", "本办", "本委", "本厅", "本院", "本所", "本中心",
    "本镇", "本乡", "本街道", "我单位", "我部门", "我机关", "我局", "我办", "我委", "我厅",
    "我院", "我所", "我队", "我中心", "我站", "我会", "我部", "我镇", "我乡", "我街道", "我街",
]);

/// A region that reports for all its bodies.
#[rustfmt::skip]
pub(super) static REGION: Words = Words::new(&[
    "全市", "全县", "全区", "全省", "全州", "全旗", "全盟", "我市", "我县", "我区", "我省",
    "我州", "我旗", "本市", "本县", "本区", "本省", "各级行政机关", "行政机关", "各级各部门",
]);

/// What may stand between a phrase and its number.
#[rustfmt::skip]
pub(super) static FILLER: Words = Words::new(&[
    "的", "了", "政府信息公开申请", "政府信息公开的申请", "信息公开申请", "公开申请",
    "依申请公开申请", "依申请公开政府信息申请", "依申请公开", "政府信息公开", "信息公开", "申请",
    "申请书", "案件", "案", "事项", "件数", "数量", "总数", "数", "量", "情形", "情况", "类",
    "共", "共计", "合计", "总计", "为", "是", "有", "各类", "书面", "继续办理", "：", ":",
]);

/// What may stand between two phrases whose numbers are added up.
#[rustfmt::skip]
pub(super) static JOINER: Words = Words::new(&[
    "、", "和", "及", "与", "或", "或者", "以及",
]);

/// What is counted.
#[rustfmt::skip]
pub(super) static UNIT: Words = Words::new(&[
    "件", "份", "宗", "起", "例",
]);

/// What may say behind the unit once more what is counted.
#[rustfmt::skip]
pub(super) static OBJECT: Words = Words::new(&[
    "政府信息公开申请", "信息公开申请", "公开申请", "依申请公开申请", "依申请公开", "申请",
    "案件",
]);

/// What may follow behind a number; the rest of the clause says nothing about it.
#[rustfmt::skip]
pub(super) static TAIL: Words = Words::new(&[
    "占", "均", "全部", "都", "皆", "已", "同比", "环比", "较上", "较去", "比上", "比去",
]);

/// Between one number and the next.
#[rustfmt::skip]
pub(super) static SEPARATOR: Words = Words::new(&[
    "、", "和", "及", "以及", "与", "并", "且",
]);

/// Behind the number of a whole that is divided: 答复的805件中.
#[rustfmt::skip]
pub(super) static WITHIN: Words = Words::new(&[
    "中", "里", "当中", "之中",
]);

/// First words of a clause that narrows down what the next ones count.
#[rustfmt::skip]
pub(super) static NARROWING_STARTS: Words = Words::new(&["对于", "针对", "关于", "凡", "符合", "属于", "涉及"]);

/// Last characters of such a clause: 涉及征地的申请中, 征地类.
pub(super) const NARROWING_ENDS: &str = "中里内的类者";

/// Last characters of the names of bodies.
pub(super) const BODY_ENDS: &str = "局委镇乡院";

/// What the name of a body starts with.
pub(super) const BODY_STARTS: &str = "省市州县区旗镇乡";

/// Behind a number: it holds those that follow.
pub(super) static INCLUDING: Words = Words::new(&["其中", "含", "包括", "包含", "另"]);

/// Rows and columns of the tables: their numbers are parts of the one before.
#[rustfmt::skip]
pub(super) static PARTS: Words = Words::new(&[
    "自然人", "公民", "个人", "法人", "商业企业", "企业", "科研机构", "社会公益组织",
    "法律服务机构", "其他组织", "结果维持", "维持", "结果纠正", "纠正", "其他结果", "尚未审结",
    "属于", "涉及国家秘密", "国家秘密", "其他法律行政法规禁止公开", "危及", "保护第三方",
    "本机关不掌握", "没有现成信息", "补正后", "信访举报投诉", "重复申请", "要求提供公开出版物",
    "无正当理由", "要求行政机关",
]);

/// Publishing of one's own accord: its numbers are of something else, but the body is the same.
#[rustfmt::skip]
pub(super) static PROACTIVE: Words = Words::new(&[
    "主动公开", "公开", "发布", "政府信息", "各类信息", "政务信息", "信息", "各类", "了",
    "通过门户网站", "通过政府网站", "门户网站", "政府网站", "网站", "通过",
]);

/// The words that compare with another year.
#[rustfmt::skip]
pub(super) static COMPARED: Words = Words::new(&[
    "同比", "环比", "同期", "较上", "较去", "较前", "较20", "比上", "比去", "比20", "相比",
]);

/// The words that tell a change.
#[rustfmt::skip]
pub(super) static CHANGE: Words = Words::new(&[
    "增", "减", "升", "降", "多", "少", "持平", "提高", "长", "翻",
]);

/// Words behind which numbers are of another time.
#[rustfmt::skip]
pub(super) static TIME: Words = Words::new(&[
    "去年", "上年", "上一年", "往年", "历年", "前年", "明年", "次年", "来年", "下年", "下一年",
    "近年", "近三年", "近五年", "年均", "季度", "上半年", "下半年", "月份", "截至", "截止",
    "目前", "累计", "累积", "以来", "期间", "迄今", "至今", "今后", "下一步", "计划", "预计",
    "拟", "力争", "目标", "每月", "每季", "每年", "月均", "当月", "当日", "当天", "例如", "试点",
]);

/// Words behind which numbers are of other bodies, or of a part of one.
#[rustfmt::skip]
pub(super) static BODIES: Words = Words::new(&[
    "下属", "所属", "直属", "下辖", "派出", "部门", "各单位", "各地", "各镇", "各乡", "各街道",
    "各县", "各区", "各市", "各局", "各委", "各科", "各股", "各处", "各有关", "县级", "区级",
    "市级", "省级", "镇级", "乡镇", "乡级", "分局", "支队", "大队", "事业单位", "企事业",
    "国有企业", "学校", "医院", "社区", "村", "园区", "开发区", "管委会", "其他单位", "其它单位",
    "代办", "代为", "上级", "中央", "全系统", "系统内", "条线", "国务院", "兄弟", "邻",
]);

/// Words behind which numbers are of one way in which applications came or went.
#[rustfmt::skip]
pub(super) static WAYS: Words = Words::new(&[
    "网络", "网上", "线上", "线下", "在线", "信函", "邮寄", "邮件", "邮箱", "传真", "当面",
    "现场", "窗口", "电子", "纸质", "热线",
]);

/// Words behind which numbers are of another matter.
#[rustfmt::skip]
pub(super) static MATTERS: Words = Words::new(&[
    "建议", "提案", "议案", "信访", "投诉", "举报", "留言", "来信", "来电", "咨询", "许可",
    "处罚", "强制", "公文", "发文", "文件", "规章", "政策", "合同", "案卷", "审批", "采购",
    "双公示", "舆情", "问卷", "诉求", "民事", "刑事", "应诉", "出庭", "败诉", "胜诉", "司法",
    "纠错", "典型", "抽查", "检查", "评查", "抽取", "培训", "测评", "模拟",
]);
