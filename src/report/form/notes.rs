//! The note at the head of a column: what is wanted, who supplies it, which articles use it. It cites; it explains no rule.

use crate::diagnostic::Lang;
use crate::ir::Field;
use crate::ir::FieldId;
use crate::ir::Program;
use crate::report::form::describe;
use crate::report::form::plan::FormColumn;
use crate::report::form::plan::FormTable;
use crate::report::form::plan::header;
use crate::report::form::sheet::Form;
use crate::report::form::uses::Cited;
use crate::report::words;
use crate::report::words::either;
use crate::source::Sources;
use crate::source::Span;

/// More rules of one article than this are counted in a note; the sheet of instructions lists them all.
const RULES: usize = 3;

/// The note of a column.
pub fn of(form: &Form<'_>, table: &FormTable<'_>, column: &FormColumn<'_>) -> String {
    let lang = form.entries.lang;
    let line = |zh: &str, en: &str, text: String| {
        (!text.is_empty()).then(|| match lang {
            Lang::Zh => format!("{zh}：{text}"),
            Lang::En => format!("{en}: {text}"),
        })
    };
    let facts = Facts::of(form, table, column);
    let used = cited(&facts, RULES, lang);
    let lines = [
        Some(header(form.entries.program, column)),
        line("填什么", "what", facts.kind),
        line("范围", "range", facts.range),
        line("是否必填", "required", facts.blank),
        line("来源", "from", facts.supplier),
        line("别名或代码", "also called", facts.aliases),
        line("说明", "about", facts.note),
        line("用于", "used by", used),
        line("还决定是否要填", "also decides whether to fill in", facts.guards),
    ];
    lines.into_iter().flatten().collect::<Vec<String>>().join("\n")
}

/// What there is to say of a column, in one language; empty where there is nothing.
pub struct Facts<'a> {
    /// What its cells hold.
    pub kind: String,
    /// Between what they lie.
    pub range: String,
    /// Whether they may be blank.
    pub blank: String,
    /// 来源
    pub supplier: String,
    /// 别名
    pub aliases: String,
    /// 说明
    pub note: String,
    /// The rules that use it, by article.
    pub rules: Cited<'a>,
    /// Whether it is the day that decides which rules hold.
    pub decides: bool,
    /// The fields that are asked for only as it says.
    pub guards: String,
}

impl<'a> Facts<'a> {
    /// Of a column of a table.
    pub fn of(form: &Form<'a>, table: &FormTable<'_>, column: &FormColumn<'_>) -> Facts<'a> {
        let (program, lang) = (form.entries.program, form.entries.lang);
        let kind = describe::kind(program, column).get(lang).to_owned();
        let (id, field) = match column {
            FormColumn::Link(_) => {
                return Facts {
                    kind,
                    range: String::new(),
                    blank: describe::blank(program, column, None).get(lang).to_owned(),
                    supplier: String::new(),
                    aliases: String::new(),
                    note: String::new(),
                    rules: form.uses.of_table(table.id),
                    decides: false,
                    guards: String::new(),
                };
            }
            FormColumn::Field(id, field) => (*id, *field),
        };
        let only_if = field.applies.map(|it| folded(form.sources, program.node(it).span));
        Facts {
            kind,
            range: describe::range(field).map_or_else(String::new, |it| it.get(lang).to_owned()),
            blank: describe::blank(program, column, only_if.as_deref()).get(lang).to_owned(),
            supplier: field.supplier.clone().unwrap_or_default(),
            aliases: words::list(&field.aliases, lang),
            note: about(field),
            rules: form.uses.of_field(id),
            decides: decides(form.entries.program, id, field),
            guards: words::list(form.uses.guarded_by(id), lang),
        }
    }
}

fn about(field: &Field) -> String {
    field.note.clone().unwrap_or_default()
}

/// Whether a field is the policy's 适用时点.
fn decides(program: &Program, id: FieldId, field: &Field) -> bool {
    program.policy.rule_date.as_deref() == Some(field.name.as_str())
        && program.case_tables.contains(&id.table)
}

/// 第四条：产业重点；第十条：年报营业收入、收入核对 等 5 条. At most so many rules of one article are named.
pub fn cited(facts: &Facts<'_>, most: usize, lang: Lang) -> String {
    let decides = facts
        .decides
        .then(|| either(lang, "决定适用哪一天的规则", "decides the day whose rules hold"));
    let cite = |(article, names): (&String, &Vec<&str>)| {
        let mut named = words::list(&names[..names.len().min(most)], lang);
        if names.len() > most {
            named += &match lang {
                Lang::Zh => format!(" 等 {} 条", names.len()),
                Lang::En => format!(" and {} more", names.len() - most),
            };
        }
        match (article.is_empty(), lang) {
            (true, _) => named,
            (false, Lang::Zh) => format!("{article}：{named}"),
            (false, Lang::En) => format!("{article}: {named}"),
        }
    };
    let rules = decides.map(str::to_owned).into_iter().chain(facts.rules.iter().map(cite));
    rules.collect::<Vec<String>>().join(either(lang, "；", "; "))
}

/// The words of a span, in one line, without remarks.
fn folded(sources: &Sources, span: Span) -> String {
    let lines =
        sources.slice(span).lines().map(|line| line.split(['#', '＃']).next().unwrap_or_default());
    lines.flat_map(str::split_whitespace).collect::<Vec<&str>>().join(" ")
}
