//! A 评分 as a rule file. What it means is not looked at.

use crate::oracle::score::Among;
use crate::oracle::score::Book;
use crate::oracle::score::Entry;
use crate::oracle::score::Form;
use crate::oracle::score::IfNone;
use crate::oracle::score::Leaf;
use crate::oracle::score::Line;
use crate::oracle::score::Method;
use crate::oracle::score::Missing;
use crate::oracle::score::Part;
use crate::oracle::score::Same;
use crate::oracle::score::Ties;
use std::fmt::Write;

/// The names of the fields that are scored.
pub const FIELDS: [&str; 3] = ["甲", "乙", "丙"];

const HEAD: &str = "\
政策 评分
  文号 “试”
  条文 第一条

数据 集群
  名称   文本
  甲     整数（0 至 3）
  乙     整数（0 至 3）
  丙     整数（0 至 3），可无
  组     枚举 东、西
  失信   是否
  参评   是否

分级 甲档 对 集群
  按 甲
  | ≥ 2  | 100 分 |
  | ≥ 1  | 40 分  |
  | 其余 | 0 分   |

分级 乙档 对 集群
  按 乙
  | ≥ 2  | 100 分 |
  | ≥ 1  | 40 分  |
  | 其余 | 0 分   |

分级 丙档 对 集群
  按 丙
  | 不适用 | 不适用 |
  | ≥ 2    | 100 分 |
  | ≥ 1    | 40 分  |
  | 其余   | 0 分   |

";

impl Book {
    /// The rule file, its weights times a factor.
    pub fn written(&self, factor: i64) -> String {
        let mut out = HEAD.to_owned() + "评分 总评 对 集群\n";
        if self.among == Among::Applies {
            out += "  适用 当 参评\n";
        }
        match &self.form {
            Form::Weights { parts, flat } => self.write_table(&mut out, parts, *flat, factor),
            Form::Items(items) => items.iter().for_each(|it| write_entry(&mut out, "项目", *it)),
        }
        self.bonus.iter().for_each(|it| write_entry(&mut out, "加分", *it));
        self.deduction.iter().for_each(|it| write_entry(&mut out, "扣分", *it));
        self.write_terms(&mut out);
        self.write_places(&mut out);
        out
    }

    fn write_table(&self, out: &mut String, parts: &[Part], flat: bool, factor: i64) {
        let weight = |it: i64| match self.normalised {
            true => (it * factor).to_string(),
            false => format!("{it}%"),
        };
        let leaf = |it: &Leaf| {
            let direction = if it.reversed { "逆向" } else { "正向" };
            let name = FIELDS[it.field];
            format!("{name} | {} | {direction} | {} |", weight(it.weight), method(it))
        };
        *out += match flat {
            true => "  | 指标 | 权重 | 方向 | 标准化 |\n",
            false => "  | 一级 | 权重 | 二级 | 权重 | 方向 | 标准化 |\n",
        };
        for (at, part) in parts.iter().enumerate() {
            for it in &part.leaves {
                let above = format!("组{at} | {} | ", weight(part.weight));
                let _ = writeln!(out, "  | {}{}", if flat { "" } else { &above }, leaf(it));
            }
        }
    }

    fn write_terms(&self, out: &mut String) {
        let mut say = |words: String| *out += &format!("  {words}\n");
        if self.geometric {
            say("合成 加权几何".into());
        }
        if self.normalised {
            say("权重 归一".into());
        }
        match self.same {
            Same::Unsaid => {}
            Same::Full => say("同值 满分".into()),
            Same::Half => say("同值 半分".into()),
            Same::Zero => say("同值 零分".into()),
            Same::NotApplicable => say("同值 不适用".into()),
        }
        say(match self.missing {
            Missing::Interval => "缺失 区间".into(),
            Missing::Reported => "缺失 区间，极值取已报者".into(),
            Missing::Zero => "缺失 记零分".into(),
            Missing::Mean => "缺失 取均值".into(),
            Missing::Median => "缺失 取中位".into(),
            Missing::Redistribute => "缺失 分摊".into(),
            Missing::Excluded => "缺失 不参评".into(),
        });
        match self.if_none {
            IfNone::Shared => {}
            IfNone::Full => say("不适用 记满分".into()),
            IfNone::Zero => say("不适用 记零分".into()),
        }
        if let Some(cap) = self.cap {
            say(format!("封顶 {cap} 分"));
        }
        if let Some(places) = self.keep {
            say(format!("得分 保留 {places} 位小数"));
        }
        if self.veto {
            say("一票否决 失信".into());
        }
        if let Some(line) = self.pass {
            say(format!("合格 ≥ {line} 分"));
        }
        if self.among == Among::Range {
            say("范围 全部集群 中 参评".into());
        }
    }

    fn write_places(&self, out: &mut String) {
        let order = if self.ascending { "从低到高" } else { "从高到低" };
        let ties = match self.ties {
            Ties::Competition => "",
            Ties::Dense => "、并列连续",
            Ties::Mean => "、平均名次",
        };
        let then = if self.then_by { "、再比 乙" } else { "" };
        let _ = writeln!(out, "  排名 {order}{ties}{then}");
        let line = match self.select.line {
            Line::Unsaid => "",
            Line::All => "，并列 全入选",
            Line::Nobody => "，并列 全不选",
            Line::ThenBy => "，并列 再比 乙",
        };
        let unit = if self.select.share { "%" } else { " 名" };
        let _ = writeln!(out, "  入选 前 {}{unit}{line}", self.select.top);
        if let Some(each) = self.select.quota {
            let _ = writeln!(out, "  名额 按 组，每组 {each} 名");
        }
    }
}

fn write_entry(out: &mut String, word: &str, it: Entry) {
    let name = format!("{word}{}", FIELDS[it.field]);
    let (field, factor, full) = (FIELDS[it.field], it.factor, it.full);
    let _ = writeln!(out, "  {word} {name}，满分 {full} 分，公式 {field} × {factor}");
}

fn method(it: &Leaf) -> String {
    let uncut = |cut: bool| if cut { "" } else { "，不截断" };
    let number = |it: i64| it.to_string().replace('-', "−");
    match it.method {
        Method::Range => "极差".into(),
        Method::Stated { low, high, cut } => {
            format!("极差（{}，{}{}）", number(low), number(high), uncut(cut))
        }
        Method::Effect { base } => format!("功效（{base}，{}）", 100 - base),
        Method::StatedEffect { base, low, high, cut } => {
            let (low, high) = (number(low), number(high));
            format!("功效（{base}，{}，{low}，{high}{}）", 100 - base, uncut(cut))
        }
        Method::Standard { whole: false } => "标准分".into(),
        Method::Standard { whole: true } => "标准分（总体标准差）".into(),
        Method::Target(at) => format!("目标（{at}）"),
        Method::Banded => format!("分档（{}档）", FIELDS[it.field]),
    }
}
