//! The rule of entry of a column: what a spreadsheet lets in, and what it offers. It holds no rule of its own: all comes from the declaration.

use crate::diagnostic::Lang;
use crate::ir::Domain;
use crate::ir::Field;
use crate::ir::FieldKind;
use crate::ir::Program;
use crate::ir::TableId;
use crate::ir::Ty;
use crate::ir::VocabularyKind;
use crate::report::form::describe;
use crate::report::form::lists::Lists;
use crate::report::form::lists::Source;
use crate::report::form::plan::FormColumn;
use crate::report::form::plan::FormTable;
use crate::report::form::plan::is_key;
use crate::report::form::plan::is_percent;
use crate::report::words::either;
use crate::value::End;
use crate::value::Hull;
use crate::value::PeriodKind;
use crate::value::Unit;
use rust_xlsxwriter::DataValidation;
use rust_xlsxwriter::DataValidationErrorStyle;
use rust_xlsxwriter::DataValidationRule;
use rust_xlsxwriter::Formula;
use rust_xlsxwriter::XlsxError;
use rust_xlsxwriter::utility::column_number_to_name;

/// The most characters of a message or a formula of a rule of entry.
const MESSAGE: usize = 255;
/// Spreadsheets keep fifteen digits.
const MOST: i64 = 999_999_999_999_999;
/// 9999-12-31
const LAST_SERIAL: i32 = 2_958_465;
/// Day 0 of spreadsheets, as a day number: 1899-12-30.
pub const DAY_ZERO: i32 = 693_594;
/// The first day that spreadsheets and calendars number alike: 1900-03-01.
pub const FIRST_DAY: i32 = DAY_ZERO + 61;

/// What the rules of entry of a form rest on.
pub struct Entries<'a> {
    /// The rulebook.
    pub program: &'a Program,
    /// Its sheets.
    pub tables: &'a [FormTable<'a>],
    /// What drop-downs offer.
    pub lists: &'a Lists,
    /// The last row that is prepared, from 1, by table.
    pub last_rows: &'a [u32],
    /// The language of messages.
    pub lang: Lang,
}

/// A condition of entry and how firmly it is kept.
struct Rule {
    validation: DataValidation,
    style: DataValidationErrorStyle,
}

impl Entries<'_> {
    /// The rule of a column of a sheet; none where everything may be written.
    pub fn of(&self, table: &FormTable<'_>, at: u16) -> Result<Option<DataValidation>, XlsxError> {
        let column = &table.columns[usize::from(at)];
        let rule = match column {
            FormColumn::Link(parent) => self.link(*parent),
            FormColumn::Field(id, field) => {
                let name = column_number_to_name(at);
                let key = is_key(table.table, *id) && table.table.parent.is_none();
                match key || field.unique {
                    true => Some(self.unlike_others(table, &name)),
                    false => self.field(field, &format!("{name}2"))?,
                }
            }
        };
        let Some(Rule { validation, style }) = rule else { return Ok(None) };
        let title = either(self.lang, "与填报要求不符", "not as asked");
        let validation = validation.set_error_style(style).set_error_title(title)?;
        Ok(Some(validation.set_error_message(self.message(column))?))
    }

    fn message(&self, column: &FormColumn<'_>) -> String {
        let kind = describe::kind(self.program, column).get(self.lang).to_owned();
        let range = match column {
            FormColumn::Field(_, field) => describe::range(field),
            FormColumn::Link(_) => None,
        };
        let range = range.map(|it| it.get(self.lang).to_owned());
        let blank = describe::blank(self.program, column, None).get(self.lang).to_owned();
        let parts = [Some(kind), range, Some(blank)].into_iter().flatten().collect::<Vec<_>>();
        parts.join(either(self.lang, "；", "; ")).chars().take(MESSAGE).collect()
    }

    /// The keys of the parent's rows, as many as are filled in.
    fn link(&self, parent: TableId) -> Option<Rule> {
        let table = self.tables.iter().find(|it| it.id == parent)?;
        let Some(column) = table.table.key.and_then(|it| table.column_of(it)) else {
            let first = DataValidationRule::GreaterThanOrEqualTo(Formula::new("1"));
            let validation = DataValidation::new().allow_whole_number_formula(first);
            return Some(Rule { validation, style: DataValidationErrorStyle::Warning });
        };
        let column = column_number_to_name(column);
        let last = self.last_rows[parent.0 as usize];
        let name = table.table.name.replace('\'', "''");
        let keys = format!("'{name}'!${column}$2");
        let all = format!("'{name}'!${column}$2:${column}${last}");
        let list = format!("OFFSET({keys},0,0,MAX(1,COUNTA({all})),1)");
        let validation = DataValidation::new().allow_list_formula(Formula::new(list));
        Some(Rule { validation, style: DataValidationErrorStyle::Warning })
    }

    /// Letter by letter, so that long codes are not compared as numbers.
    fn unlike_others(&self, table: &FormTable<'_>, column: &str) -> Rule {
        let last = self.last_rows[table.id.0 as usize];
        let same = format!("SUMPRODUCT(--EXACT(${column}$2:${column}${last},{column}2))");
        Rule {
            validation: DataValidation::new().allow_custom(Formula::new(format!("{same}<=1"))),
            style: DataValidationErrorStyle::Warning,
        }
    }

    fn field(&self, field: &Field, cell: &str) -> Result<Option<Rule>, XlsxError> {
        let FieldKind::Scalar { ty, unit, domain } = &field.kind else { return Ok(None) };
        let firm = |validation| Rule { validation, style: DataValidationErrorStyle::Stop };
        let soft = |validation| Rule { validation, style: DataValidationErrorStyle::Warning };
        Ok(match ty {
            Ty::Truth => {
                let none = describe::marks(self.program).into_iter();
                let none = none.take_while(|_| field.may_be_none);
                let words: Vec<&str> = ["是", "否"].into_iter().chain(none).collect();
                Some(firm(DataValidation::new().allow_list_strings(&words)?))
            }
            Ty::Member(_) => self.member(field)?,
            Ty::Number(_) => {
                let number = self.number(field, (domain, unit.as_ref()), cell);
                // 6% typed as such is 0.06 to a spreadsheet.
                number.map(|it| if is_percent(field) { soft(it) } else { firm(it) })
            }
            Ty::Duration(_) => self.number(field, (domain, None), cell).map(firm),
            Ty::Date => self.date(field, domain, cell).map(firm),
            Ty::Period(kind) => Some(soft(period(*kind, cell))),
            Ty::Text | Ty::NotApplicable => None,
        })
    }

    fn member(&self, field: &Field) -> Result<Option<Rule>, XlsxError> {
        let Some(source) = self.lists.source(self.program, field) else { return Ok(None) };
        let validation = match source {
            Source::Inline(entries) => DataValidation::new().allow_list_strings(&entries)?,
            Source::Named(name) => DataValidation::new().allow_list_formula(Formula::new(name)),
            Source::TooMany => return Ok(None),
        };
        let FieldKind::Scalar { ty: Ty::Member(id), .. } = field.kind else { return Ok(None) };
        let list = self.program.vocabulary(id);
        let style = match list.kind {
            VocabularyKind::Enumeration { .. } | VocabularyKind::Grades => {
                DataValidationErrorStyle::Stop
            }
            _ if field.or_other || !list.complete => DataValidationErrorStyle::Information,
            // A code or a short name is as good as the name.
            _ => DataValidationErrorStyle::Warning,
        };
        Ok(Some(Rule { validation, style }))
    }

    fn number(
        &self,
        field: &Field,
        (domain, unit): (&Domain, Option<&Unit>),
        cell: &str,
    ) -> Option<DataValidation> {
        let everything = Hull::everything();
        let (hull, whole) = match domain {
            Domain::Numbers { hull, whole } => (hull, *whole),
            _ => (&everything, false),
        };
        let whole = whole || matches!(field.kind, FieldKind::Scalar { ty: Ty::Duration(_), .. });
        if let Some(rule) = one_range(hull, unit).filter(|_| !field.may_be_none) {
            let new = DataValidation::new();
            return Some(match whole {
                true => new.allow_whole_number_formula(rule),
                false => new.allow_decimal_number_formula(rule),
            });
        }
        let mut tests = vec![format!("ISNUMBER({cell})")];
        if whole {
            tests.push(format!("{cell}=INT({cell})"));
        }
        for (end, closed, open) in [(&hull.low, ">=", ">"), (&hull.high, "<=", "<")] {
            let Some(end) = end else { continue };
            let sign = if end.closed { closed } else { open };
            tests.push(format!("{cell}{sign}{}", describe::in_unit(&end.at, unit)));
        }
        self.tested(field, tests, cell)
    }

    fn date(&self, field: &Field, domain: &Domain, cell: &str) -> Option<DataValidation> {
        let serial = |it: i32| it.max(FIRST_DAY) - DAY_ZERO;
        let (low, high) = match domain {
            Domain::Dates(hull) => (hull.low.map(serial), hull.high.map(serial)),
            _ => (None, None),
        };
        let (low, high) = (low.unwrap_or(1), high.unwrap_or(LAST_SERIAL));
        if !field.may_be_none {
            let between = DataValidationRule::Between(
                Formula::new(low.to_string()),
                Formula::new(high.to_string()),
            );
            return Some(DataValidation::new().allow_date_formula(between));
        }
        let tests =
            [format!("ISNUMBER({cell})"), format!("{cell}>={low}"), format!("{cell}<={high}")];
        self.tested(field, tests.to_vec(), cell)
    }

    /// All tests hold, or a mark says that there is none. What is no number never meets its bounds.
    fn tested(&self, field: &Field, tests: Vec<String>, cell: &str) -> Option<DataValidation> {
        let nested = tests.into_iter().rev().reduce(|all, it| format!("IF({it},{all},FALSE)"));
        let mut nested = nested.unwrap_or_else(|| "TRUE".to_owned());
        if field.may_be_none {
            let marks = describe::marks(self.program).into_iter();
            let marks = marks.map(|it| format!("{cell}=\"{}\"", it.replace('"', "\"\"")));
            nested = format!("OR({nested},{})", marks.collect::<Vec<_>>().join(","));
        }
        let fits = nested.encode_utf16().count() <= MESSAGE;
        fits.then(|| DataValidation::new().allow_custom(Formula::new(nested)))
    }
}

/// A range as spreadsheets know them; none for one that is open at one end and closed at the other.
fn one_range(hull: &Hull, unit: Option<&Unit>) -> Option<DataValidationRule<Formula>> {
    let at = |it: &End| Formula::new(describe::in_unit(&it.at, unit));
    Some(match (&hull.low, &hull.high) {
        (None, None) => DataValidationRule::Between(
            Formula::new(format!("-{MOST}")),
            Formula::new(MOST.to_string()),
        ),
        (Some(low), None) if low.closed => DataValidationRule::GreaterThanOrEqualTo(at(low)),
        (Some(low), None) => DataValidationRule::GreaterThan(at(low)),
        (None, Some(high)) if high.closed => DataValidationRule::LessThanOrEqualTo(at(high)),
        (None, Some(high)) => DataValidationRule::LessThan(at(high)),
        (Some(low), Some(high)) if low.closed && high.closed => {
            DataValidationRule::Between(at(low), at(high))
        }
        _ => return None,
    })
}

/// Four digits of a year, alone or in front.
fn period(kind: PeriodKind, cell: &str) -> DataValidation {
    let test = match kind {
        PeriodKind::Year => format!("ISNUMBER(VALUE(LEFT({cell},4)))"),
        PeriodKind::Quarter | PeriodKind::Month => {
            format!("IF(LEN({cell})>=6,ISNUMBER(VALUE(LEFT({cell},4))),FALSE)")
        }
    };
    DataValidation::new().allow_custom(Formula::new(test))
}
