//! The run as JUnit XML, which CI systems show. It carries no times: the same input gives the same bytes.

use crate::cli::test::trial::Trial;
use crate::cli::test::trial::fails;
use crate::cli::test::trial::sentence;
use crate::diagnostic::Lang;
use crate::report::words::either;
use crate::suite::Standing;
use quick_junit::NonSuccessKind;
use quick_junit::Report;
use quick_junit::TestCase;
use quick_junit::TestCaseStatus;
use quick_junit::TestSuite;

/// One suite of tests, and one for each folder of snapshots.
pub fn report(trial: &Trial, strict: bool, lang: Lang) -> String {
    let mut report = Report::new(trial.program.policy.title.as_str());
    let mut suite = TestSuite::new(either(lang, "测试", "tests"));
    for (outcome, reasons) in &trial.tests {
        let source = trial.workspace.sources.get(outcome.span.file);
        let (line, _) = source.position(outcome.span.start as usize);
        let mut status = match outcome.confirmed {
            true => TestCaseStatus::success(),
            false => {
                let mut it = TestCaseStatus::skipped();
                it.set_message(either(lang, "待确认", "unconfirmed"));
                it
            }
        };
        if outcome.standing() == Standing::Failed {
            status = TestCaseStatus::non_success(NonSuccessKind::Failure);
            let messages: Vec<&str> =
                outcome.failures.iter().map(|it| it.message.get(lang)).collect();
            status.set_message(messages.join(either(lang, "；", "; ")));
            let mut text = format!("{}:{line}\n", source.name);
            for (failure, reasons) in outcome.failures.iter().zip(reasons) {
                text += &format!("{}\n", failure.message.get(lang));
                let labels = failure.labels.iter().map(|it| it.text.get(lang));
                let help = failure.help.iter().map(|it| it.get(lang));
                for said in labels.chain(help).filter(|it| !it.is_empty()) {
                    text += &format!("{said}\n");
                }
                for (item, tree) in reasons {
                    text += &format!("{item}\n{tree}");
                }
            }
            status.set_description(text);
        }
        let mut case = TestCase::new(outcome.name.as_str(), status);
        case.set_classname(source.name.as_str());
        suite.add_test_case(case);
    }
    report.add_test_suite(suite);
    for folder in &trial.folders {
        let mut suite = TestSuite::new(folder.path.as_str());
        for it in &folder.files {
            let mut status = TestCaseStatus::success();
            if fails(&it.state, strict) {
                let (zh, en) = sentence(&it.state);
                status = TestCaseStatus::non_success(NonSuccessKind::Failure);
                status.set_message(format!("{} {}", it.file, either(lang, &zh, &en)));
            }
            let title = it.now.as_ref().map_or(it.file.as_str(), |it| it.title.as_str());
            let mut case = TestCase::new(title, status);
            case.set_classname(folder.path.as_str());
            suite.add_test_case(case);
        }
        report.add_test_suite(suite);
    }
    // Writing into memory fails for no input.
    report.to_string().unwrap_or_default()
}
