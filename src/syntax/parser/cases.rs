//! 案例 and 测试: their clauses and the tables of raw cells. What a cell means is for the data to say.

use crate::source::Span;
use crate::syntax::ast::Case;
use crate::syntax::ast::Expect;
use crate::syntax::ast::Name;
use crate::syntax::ast::RawCell;
use crate::syntax::ast::SetValue;
use crate::syntax::ast::Setting;
use crate::syntax::ast::Test;
use crate::syntax::ast::TestHead;
use crate::syntax::ast::TestHeadKind;
use crate::syntax::ast::TestTable;
use crate::syntax::errors;
use crate::syntax::grammar::Rule;
use crate::syntax::keywords;
use crate::syntax::parser::Pair;
use crate::syntax::parser::Reader;
use crate::syntax::parser::child;
use crate::syntax::parser::children;
use crate::syntax::parser::clauses::Parts;
use crate::syntax::parser::fold;
use crate::syntax::parser::only;
use crate::syntax::parser::unquoted;
use crate::syntax::recover;

/// The rows of a raw table, the first of them its heads.
struct RawTable {
    heads: Vec<RawCell>,
    rows: Vec<(Vec<RawCell>, Span)>,
}

impl<'t> Reader<'t> {
    /// 案例
    pub fn case(&self, parts: Parts<'t>) -> Case {
        let mut it = Case { name: parts.name(), scope: parts.scope, sets: vec![], note: None };
        for clause in parts.clauses {
            match clause.as_rule() {
                Rule::set => it.sets.extend(self.set(clause)),
                _ => self.note(&mut it.note, clause),
            }
        }
        it
    }

    /// 测试
    pub fn test(&self, parts: Parts<'t>) -> Test {
        let mut it = Test {
            name: parts.name(),
            scope: parts.scope,
            given: vec![],
            drawn: None,
            snapshot: None,
            unconfirmed: None,
            sets: vec![],
            supposes: vec![],
            on: None,
            periods: vec![],
            expects: vec![],
            table: None,
            basis: vec![],
            note: None,
        };
        for clause in parts.clauses {
            match clause.as_rule() {
                Rule::given => self.given(&mut it, &clause),
                Rule::snapshot => {
                    let span = self.span(&clause);
                    self.once(&mut it.snapshot, &clause, Some(span));
                }
                Rule::unconfirmed => {
                    let span = self.span(&clause);
                    self.once(&mut it.unconfirmed, &clause, Some(span));
                }
                Rule::set => it.sets.extend(self.set(clause)),
                Rule::suppose => it.supposes.extend(self.suppose(clause)),
                Rule::on_day => {
                    let day = self.test_day(&clause);
                    self.once(&mut it.on, &clause, day);
                }
                Rule::in_period => it.periods.extend(self.period_words(clause)),
                Rule::expect => it.expects.extend(self.expect(clause)),
                Rule::basis => it.basis.extend(self.basis(clause)),
                Rule::raw_table => {
                    let table = self.test_table(clause.clone());
                    self.once(&mut it.table, &clause, table);
                }
                _ => self.note(&mut it.note, clause),
            }
        }
        it
    }

    /// 给定 甲、乙, or keys 取自 a file.
    fn given(&self, it: &mut Test, clause: &Pair<'t>) {
        let names = children(clause.clone(), Rule::names).flat_map(|it| self.names(it));
        let keys = children(clause.clone(), Rule::keys).flat_map(|it| children(it, Rule::key));
        let keys = keys.map(|key| match only(key.clone()) {
            name if name.as_rule() == Rule::name => self.name(&name),
            text => Name { text: fold(unquoted(text.as_str())), span: self.span(&key) },
        });
        let before = it.given.len();
        it.given.extend(names.chain(keys));
        let file = child(clause, Rule::text);
        // Made-up cases and rows of data do not stand in one run.
        if before > 0 && file.is_some() != it.drawn.is_some() {
            self.fault(errors::given_twice(self.span(clause)));
        }
        if let Some(file) = file {
            let word = self.word(&file);
            self.once(&mut it.drawn, clause, Some(word));
        }
    }

    fn set(&self, clause: Pair<'t>) -> Option<Setting> {
        let span = self.span(&clause);
        let field = self.name(&child(&clause, Rule::name)?);
        let value = match child(&clause, Rule::raw_value) {
            Some(value) => SetValue::Cell(self.raw(&value)),
            None => {
                let table = self.raw_table(child(&clause, Rule::raw_table)?)?;
                let heads = table.heads.into_iter().map(|it| self.head_name(it)).collect();
                SetValue::Rows { heads, rows: table.rows.into_iter().map(|it| it.0).collect() }
            }
        };
        Some(Setting { field, value, span })
    }

    fn suppose(&self, clause: Pair<'t>) -> Option<(Name, RawCell)> {
        let name = child(&clause, Rule::name)?;
        Some((self.name(&name), self.raw(&child(&clause, Rule::raw_value)?)))
    }

    fn test_day(&self, clause: &Pair<'t>) -> Option<chrono::NaiveDate> {
        let day = clause.clone().into_inner().nth(1)?;
        if day.as_rule() == Rule::period {
            self.fault(errors::day_wanted(self.span(&day), day.as_str().trim()));
            return None;
        }
        self.day(&day)
    }

    fn expect(&self, clause: Pair<'t>) -> Option<Expect> {
        let span = self.span(&clause);
        let grounds = children(clause.clone(), Rule::grounds);
        let (mut because, mut articles) = (vec![], vec![]);
        for ground in grounds.flat_map(|it| children(it, Rule::ground)).map(only) {
            match ground.as_rule() {
                Rule::citation => articles.push(self.citation(&ground)),
                _ => because.push(self.name(&ground)),
            }
        }
        let expr =
            self.sound(|| child(&clause, Rule::expression).map(|it| self.expression(it)))??;
        Some(Expect { expr, because, articles, span })
    }

    fn test_table(&self, pair: Pair<'t>) -> Option<TestTable> {
        let table = self.raw_table(pair)?;
        Some(TestTable {
            heads: table.heads.into_iter().map(|it| self.test_head(it)).collect(),
            rows: table.rows,
        })
    }

    /// 设 x, 假定 x, 期望 x, 评价日, 数据期; a bare name fills a field.
    fn test_head(&self, cell: RawCell) -> TestHead {
        let word =
            self.text[cell.span.range()].split(char::is_whitespace).next().unwrap_or_default();
        let kind = keywords::rules_of(word).iter().find_map(|rule| match rule {
            Rule::kw_set => Some(TestHeadKind::Set),
            Rule::kw_suppose => Some(TestHeadKind::Suppose),
            Rule::kw_expect => Some(TestHeadKind::Expect),
            Rule::kw_on_day => Some(TestHeadKind::On),
            Rule::kw_data_period => Some(TestHeadKind::Period),
            _ => None,
        });
        let rest = self.text[cell.span.range()][word.len()..].trim_start();
        match kind {
            Some(kind @ (TestHeadKind::On | TestHeadKind::Period)) if rest.is_empty() => {
                TestHead { kind, name: self.head_name(cell) }
            }
            Some(kind)
                if !matches!(kind, TestHeadKind::On | TestHeadKind::Period) && !rest.is_empty() =>
            {
                let end = cell.span.end as usize;
                let span = self.at(end - rest.len(), end);
                TestHead { kind, name: Name { text: fold(unquoted(rest)), span } }
            }
            _ => TestHead { kind: TestHeadKind::Set, name: self.head_name(cell) },
        }
    }

    fn head_name(&self, cell: RawCell) -> Name {
        if cell.text.is_empty() {
            self.fault(errors::empty_head(cell.span));
        }
        Name { text: fold(&cell.text), span: cell.span }
    }

    /// The rows of a table; a row that does not fit is a fault and left out.
    fn raw_table(&self, pair: Pair<'t>) -> Option<RawTable> {
        let mut rows = pair
            .into_inner()
            .filter(|it| matches!(it.as_rule(), Rule::raw_row | Rule::malformed_row));
        let first = rows.next()?;
        let heads = self.raw_row(&first);
        let mut found = Vec::new();
        for row in rows {
            let Some(cells) = self.raw_row(&row) else { continue };
            match &heads {
                Some(heads) if heads.len() != cells.len() => {
                    self.fault(errors::row_length(self.span(&row), cells.len(), heads.len()));
                }
                _ => found.push((cells, self.span(&row))),
            }
        }
        Some(RawTable { heads: heads?, rows: found })
    }

    fn raw_row(&self, row: &Pair<'t>) -> Option<Vec<RawCell>> {
        if row.as_rule() == Rule::malformed_row {
            self.fault(recover::row(self, row));
            return None;
        }
        let cells = child(row, Rule::raw_cells)?;
        Some(children(cells, Rule::raw_cell).map(|it| self.raw(&it)).collect())
    }
}
