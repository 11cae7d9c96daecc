//! What is said of rows that belong to nobody, and of rows without a key. It decides nothing.

use crate::data::raw::listed;
use crate::data::rows::gather::Gathering;
use crate::diagnostic::Diagnostics;
use crate::diagnostic::code;
use indexmap::IndexMap;

/// Why a row belongs to nobody.
#[derive(PartialEq, Eq, Hash)]
pub(super) enum Orphan {
    Blank,
    Unknown(String),
    Several(String),
    InRepeated,
}

impl Gathering<'_, '_> {
    pub(super) fn report_orphans(
        &self,
        source: usize,
        orphans: IndexMap<Orphan, Vec<u32>>,
        found: &mut Diagnostics,
    ) {
        let here = &self.sources[source];
        if here.link.is_none() && here.raw.nested.is_none() {
            return; // The missing column is reported once, not once a row.
        }
        let link = here.link.map(|it| here.raw.headers[it].as_str());
        let above = link.unwrap_or("上级");
        for (why, rows) in orphans {
            let (zh_rows, en_rows) = listed(&rows);
            let (zh, en) = match &why {
                Orphan::Blank => ("没有写所属的上级".to_owned(), "name no parent row".to_owned()),
                Orphan::Unknown(key) => (
                    format!("所属的{above}“{key}”不存在"),
                    format!("belong to `{key}`, which is not there"),
                ),
                Orphan::Several(key) => (
                    format!("所属的{above}“{key}”有多行，分不清"),
                    format!("belong to `{key}`, which several rows are called"),
                ),
                Orphan::InRepeated => (
                    "写在重复的上级行之内".to_owned(),
                    "lie inside a parent row that is repeated".to_owned(),
                ),
            };
            let row = (0..here.raw.len()).find(|it| Some(&here.raw.place(*it)) == rows.first());
            let finding = here.raw.finding(
                code::PARENT_UNKNOWN,
                row,
                link,
                format!("第 {zh_rows} 行{zh}，不计入任何一例"),
                format!("row {en_rows}: they {en}; they are counted for no case"),
            );
            found.push(
                finding
                    .rows(rows)
                    .help("更正所属的上级，或补上那一行", "correct the parent, or add its row"),
            );
        }
    }

    pub(super) fn report_blank_keys(&self, source: usize, rows: &[u32], found: &mut Diagnostics) {
        let (Some(first), raw) = (rows.first(), self.sources[source].raw) else { return };
        let key = self.table.key.map_or("", |it| self.table.fields[it as usize].name.as_str());
        let (zh_rows, en_rows) = listed(rows);
        let row = (0..raw.len()).find(|it| raw.place(*it) == *first);
        let finding = raw.finding(
            code::KEY_BLANK,
            row,
            Some(key),
            format!("第 {zh_rows} 行没有填标识“{key}”，其他表不能指到它"),
            format!("row {en_rows}: the key `{key}` is blank, so other tables cannot name it"),
        );
        let finding = finding.rows(rows.to_vec());
        found.push(finding.help("每行填一个不重复的标识", "give every row a key of its own"));
    }
}
