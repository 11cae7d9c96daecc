//! Random programs of the oracle, nested as deep as they come, with holes, 不适用 and errors: as live workbooks.

use crate::laws::FREE;
use crate::laws::SETTLED;
use crate::live::recalculated;
use crate::oracle::case::Case;
use crate::oracle::tape::Tapes;
use crate::oracle::tape::mix;
use crate::program::folder;
use heng::diagnostic::Lang;
use heng::eval;
use heng::ir::Head;
use heng::ir::Indicator;
use heng::report::live;
use heng::report::live::Told;
use heng::report::workbook::names::SheetNames;
use heng::report::workbook::styles::Styles;
use heng::source::Source;
use heng::source::Sources;
use rust_xlsxwriter::Workbook;

/// So many programs are made.
const COUNT: u64 = 48;

#[test]
fn generated_programs_recalculated_are_what_heng_found() {
    let here = folder("live_programs", &[]);
    let mut sources = Sources::default();
    sources.add(Source::new("r.heng", "x"));
    let mut files = vec![];
    for seed in 0..COUNT {
        let tape =
            |key: u64, length: u64| (0..length).map(|it| mix(seed * 7 + key, it) as u16).collect();
        let tapes = Tapes { rules: tape(1, 260), data: tape(2, 500) };
        let style = if seed % 2 == 0 { SETTLED } else { FREE };
        let mut case = Case::new(&tapes, style);
        let truths = case.program.criteria.iter().map(|it| (it.head.clone(), it.table, it.node));
        let truths: Vec<(Head, _, _)> = truths.collect();
        for (head, table, node) in truths {
            let (unit, show, others) = (None, None, vec![]);
            let reported = node;
            let it = Indicator { head, table, node, reported, unit, show, others };
            case.program.indicators.push(it);
        }
        let facts = case.facts(&case.data);
        let outcome = eval::evaluate(&case.program, &facts, &case.run);
        let told = Told {
            program: &case.program,
            sources: &sources,
            facts: &facts,
            run: &case.run,
            outcome: &outcome,
            lang: Lang::Zh,
        };
        let mut book = Workbook::new();
        live::add(&told, &mut book, &mut Styles::default(), &mut SheetNames::default()).unwrap();
        let file = here.join(format!("p{seed}.xlsx"));
        book.save(&file).unwrap();
        files.push(file);
    }
    let Some(counts) = recalculated(&files) else { return };
    assert!(counts.iter().sum::<usize>() > 1200, "{counts:?} formulas");
}
