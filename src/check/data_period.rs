//! 数据期: what the policy and the tests say of it. Rows by period are elsewhere.

use crate::check::Checker;
use crate::check::errors;
use crate::ir::NodeId;
use crate::ir::NodeKind;
use crate::ir::StatedPeriod;
use crate::ir::TableId;
use crate::ir::Ty;
use crate::source::Span;
use crate::syntax::ast;
use crate::value::PeriodKind;
use crate::value::period;
use std::collections::BTreeMap;

impl Checker<'_> {
    /// 数据期 of the policy: 上年, 当季, 2022年.
    pub(super) fn data_periods(&mut self, words: &[ast::Word]) {
        for word in words {
            let Some(stated) = stated(&word.value) else {
                self.faults.push(errors::data_period_unknown(word));
                continue;
            };
            if self.program.policy.data_periods.iter().any(|it| it.0 == stated.0) {
                self.faults.push(errors::data_period_twice(word, stated.0));
                continue;
            }
            self.program.policy.data_periods.push(stated);
        }
    }

    /// 数据期 of a 测试.
    pub(super) fn test_periods(&mut self, words: &[ast::Word]) -> BTreeMap<PeriodKind, i32> {
        let mut given = BTreeMap::new();
        for word in words {
            match period::parse(&word.value) {
                Some((kind, index)) => _ = given.insert(kind, index),
                None => self.faults.push(errors::data_period_unknown(word)),
            }
        }
        given
    }

    /// The data period of a kind, in the rows of a table.
    pub(super) fn data_period(
        &mut self,
        kind: PeriodKind,
        at: TableId,
        span: Span,
    ) -> Option<NodeId> {
        let stated = self.program.policy.data_periods.iter().find(|it| it.0 == kind);
        let Some(&(_, stated)) = stated else {
            return self.fail(errors::no_data_period(span, kind));
        };
        let day = match stated {
            StatedPeriod::Back(_) => Some(self.rule_day(at, span)?),
            StatedPeriod::Fixed(_) => None,
        };
        let node = NodeKind::DataPeriod { kind, stated, day };
        Some(self.node(node, Ty::Period(kind), None, at, span))
    }

    /// 数据期 as a word of a sentence.
    pub(super) fn data_period_word(&mut self, at: TableId, span: Span) -> Option<NodeId> {
        let own = self.program.table(at).periods.map(|it| it.kind);
        let stated = self.program.policy.data_periods.first().map(|it| it.0);
        self.data_period(own.or(stated).unwrap_or(PeriodKind::Year), at, span)
    }
}

/// What a word of 数据期 says.
pub(super) fn stated(word: &str) -> Option<(PeriodKind, StatedPeriod)> {
    use PeriodKind::*;
    let (kind, back) = match word {
        "当年" | "本年" | "this_year" => (Year, 0),
        "上年" | "上一年" | "上年度" | "last_year" => (Year, 1),
        "当季" | "本季" | "this_quarter" => (Quarter, 0),
        "上季" | "上季度" | "last_quarter" => (Quarter, 1),
        "当月" | "本月" | "this_month" => (Month, 0),
        "上月" | "last_month" => (Month, 1),
        _ => return period::parse(word).map(|(kind, index)| (kind, StatedPeriod::Fixed(index))),
    };
    Some((kind, StatedPeriod::Back(back)))
}

/// How many periods of a table one unit of 近 N … holds; none where it is finer than a period, or no unit of time.
pub(super) fn periods_in(word: &str, kind: PeriodKind) -> Option<i32> {
    let unit = match word {
        "期" | "periods" | "period" => return Some(1),
        "年" | "年度" | "years" | "year" => PeriodKind::Year,
        "季" | "季度" | "个季度" | "quarters" | "quarter" => PeriodKind::Quarter,
        "月" | "个月" | "months" | "month" => PeriodKind::Month,
        _ => return None,
    };
    let times = kind.in_a_year() / unit.in_a_year();
    (times >= 1).then_some(times)
}
