//! The data that tests are given rows of, read where the rule files say. Which rows is for the suite.

use crate::data;
use crate::data::RawTable;
use crate::diagnostic::Diagnostic;
use crate::ir::Program;
use crate::source::Files;
use crate::source::Sources;
use crate::source::Span;
use crate::workspace::beside;
use crate::workspace::read_data;
use std::collections::BTreeMap;

/// The data of all tests, each folder or file read once.
#[derive(Default)]
pub struct DrawnData {
    read: Vec<Result<Vec<RawTable>, Diagnostic>>,
    by_place: BTreeMap<Span, usize>,
}

impl DrawnData {
    /// The tables named at a place of a rule file, or why they cannot be had; none where they were not read.
    pub fn get(&self, place: Span) -> Option<&Result<Vec<RawTable>, Diagnostic>> {
        self.by_place.get(&place).map(|it| &self.read[*it])
    }

    /// Takes tables that were read already, for a place that names them.
    pub fn insert(&mut self, place: Span, tables: Vec<RawTable>) {
        self.by_place.insert(place, self.read.len());
        self.read.push(Ok(tables));
    }
}

/// Reads the data that tests name, each from where its rule file stands.
pub fn read_drawn(files: &dyn Files, program: &Program, sources: &Sources) -> DrawnData {
    let mut all = DrawnData::default();
    let mut by_path: BTreeMap<String, usize> = BTreeMap::new();
    for drawn in program.tests.iter().filter_map(|it| it.drawn.as_ref()) {
        let path = beside(&sources.get(drawn.span.file).name, &drawn.file);
        let at = *by_path.entry(path.clone()).or_insert_with(|| {
            all.read.push(read_data(files, &[path], None).map(|mut read| {
                data::settle(program, &mut read.tables);
                read.tables
            }));
            all.read.len() - 1
        });
        all.by_place.insert(drawn.span, at);
    }
    all
}
