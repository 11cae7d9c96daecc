//! What decided a case, line by line, each line once: for the overview, the page and the workbook. How it is laid out is no matter here.

use crate::diagnostic::CellRef;
use crate::diagnostic::Lang;
use crate::explain::CaseAccount;
use crate::explain::Cause;
use crate::explain::CauseKind;
use crate::explain::ConclusionAccount;
use crate::explain::CriterionAccount;
use crate::explain::NoteKind;
use crate::ir::CriterionId;
use crate::ir::Force;
use crate::ir::Program;
use crate::ir::Verdict;
use crate::report::requests::Request;
use crate::report::requests::requests;
use crate::report::words;
use crate::report::words::either;
use indexmap::IndexMap;
use indexmap::IndexSet;

/// One thing that decided a case, or keeps it open.
#[derive(Clone, Default)]
pub struct Line<'a> {
    /// The articles; before them a word where it is a veto.
    pub article: String,
    /// The name of the criterion, where it is a line of one.
    pub name: &'a str,
    /// What it comes to; none for a note on what is met.
    pub verdict: Option<Verdict>,
    /// One sentence.
    pub message: String,
    /// What would make it met.
    pub ways: String,
    /// Where it stands, as far as the sentence does not say it.
    pub place: String,
    /// What it rests on.
    pub causes: &'a [Cause],
    /// What is asked for, where the line asks for data.
    pub asks: Option<&'a Cause>,
}

impl Line<'_> {
    /// Article, message, remedy, place.
    pub fn row(&self) -> [String; 4] {
        let parts = [self.article.as_str(), self.name].into_iter().filter(|it| !it.is_empty());
        let title = parts.collect::<Vec<_>>().join(" ");
        let (message, ways, place) = (self.message.clone(), self.ways.clone(), self.place.clone());
        match self.asks {
            Some(_) => [self.article.clone(), message, place, String::new()],
            None => [title, message, ways, place],
        }
    }
}

/// What decided a case: of each conclusion that is not met what fails, of an open one what is asked for, of one that is
/// met its notes.
pub fn decided<'a>(case: &'a CaseAccount, program: &'a Program, lang: Lang) -> Vec<Line<'a>> {
    let mut lines = Lines { case, program, lang, rows: IndexMap::new() };
    for verdict in [Verdict::NotMet, Verdict::Undetermined, Verdict::Met] {
        for conclusion in case.conclusions.iter().filter(|it| it.verdict == verdict) {
            match verdict {
                Verdict::NotMet => lines.failing(conclusion),
                Verdict::Undetermined => lines.open(conclusion),
                Verdict::Met | Verdict::NotApplicable => lines.noted(conclusion),
            }
        }
    }
    if case.conclusions.is_empty() {
        lines.alone();
    }
    lines.rows.into_values().collect()
}

/// Gathers the lines of one case; a line that is there already is not added again.
struct Lines<'a> {
    case: &'a CaseAccount,
    program: &'a Program,
    lang: Lang,
    rows: IndexMap<[String; 4], Line<'a>>,
}

impl<'a> Lines<'a> {
    fn add(&mut self, line: Line<'a>) {
        self.rows.entry(line.row()).or_insert(line);
    }

    /// What must be fulfilled and is not, where the rulebook draws no conclusion.
    fn alone(&mut self) {
        let open = |it: &&CriterionAccount| {
            it.force == Force::Must && matches!(it.verdict, Verdict::NotMet | Verdict::Undetermined)
        };
        let case = self.case;
        for account in case.criteria.iter().filter(open) {
            self.add(self.line(account));
        }
    }

    /// The criteria that fail: condition with figure and bound, distance, place.
    fn failing(&mut self, conclusion: &'a ConclusionAccount) {
        for id in &conclusion.decisive {
            let Some(account) = self.account(*id) else { continue };
            let struck = conclusion.struck.iter().find(|it| it.criterion == *id);
            let mut line = self.line(account);
            if let Some(struck) = struck {
                line.causes = &struck.causes;
                line.place = places(line.causes, struck.message.get(self.lang), self.lang);
                line.message = struck.message.get(self.lang).to_owned();
                line.ways = words::alternatives(&struck.remedies, self.lang);
                let veto = either(self.lang, "一票否决", "veto:");
                line.article = format!("{veto} {}", line.article).trim_end().to_owned();
            }
            self.add(line);
        }
        self.own(conclusion);
    }

    /// What fails, or is in error, of the conclusion's own sentences.
    fn own(&mut self, conclusion: &ConclusionAccount) {
        for own in &conclusion.own {
            let head = &self.program.conclusion(own.conclusion).head;
            self.add(Line {
                article: words::list(&head.articles, self.lang),
                name: &head.name,
                verdict: Some(conclusion.verdict),
                message: own.text.get(self.lang).to_owned(),
                ways: words::alternatives(&own.remedies, self.lang),
                place: own.place.as_ref().map_or("", |it| it.get(self.lang)).to_owned(),
                ..Line::default()
            });
        }
    }

    /// What no data mends first, then what to correct and to supply.
    fn open(&mut self, conclusion: &'a ConclusionAccount) {
        let in_error = |it: &&CriterionAccount| {
            it.causes.iter().any(|cause| matches!(cause.kind, CauseKind::Error | CauseKind::Tie))
        };
        let decisive = conclusion.decisive.iter().filter_map(|id| self.account(*id));
        let errors: Vec<&CriterionAccount> = decisive.filter(in_error).collect();
        for account in errors {
            self.add(self.line(account));
        }
        self.own(conclusion);
        let case = self.case;
        for request in requests(&case.supply, self.lang) {
            self.add(self.request(request));
        }
        if self.rows.is_empty() {
            self.failing(conclusion);
        }
    }

    /// The notes, each after the articles of the criterion it comes from.
    fn noted(&mut self, conclusion: &ConclusionAccount) {
        let case = self.case;
        for note in &conclusion.notes {
            let owner = case.criteria.iter().find(|it| it.notes.contains(note));
            let line = owner.map(|it| self.line(it)).unwrap_or_default();
            let message = note.text.get(self.lang).to_owned();
            let (ways, place) = (String::new(), String::new());
            self.add(Line { verdict: None, message, ways, place, ..line });
        }
    }

    /// Article and name, message, remedies, place.
    fn line(&self, account: &'a CriterionAccount) -> Line<'a> {
        // What an open one waits for is its message.
        let ways = match account.verdict {
            Verdict::Undetermined => String::new(),
            _ => words::alternatives(&account.remedies, self.lang),
        };
        // Where a departure from a condition that is met strikes, it is what there is to say.
        let departure = account.notes.iter().find(|it| it.kind == NoteKind::Departure);
        let departure = departure.filter(|_| account.verdict == Verdict::Met);
        let message = departure.map_or(&account.message, |it| &it.text).get(self.lang).to_owned();
        let place = places(&account.causes, &format!("{message} {ways}"), self.lang);
        let head = &self.program.criterion(account.criterion).head;
        Line {
            article: words::list(&head.articles, self.lang),
            name: &head.name,
            verdict: Some(account.verdict),
            message,
            ways,
            place,
            causes: &account.causes,
            asks: None,
        }
    }

    fn request(&self, request: Request<'a>) -> Line<'a> {
        // The criterion that waits for it, where only one does.
        let waits = |it: &&CriterionAccount| {
            it.verdict == Verdict::Undetermined
                && it
                    .causes
                    .iter()
                    .any(|it| it.source == request.cause.source && it.text == request.cause.text)
        };
        let mut waiting = self.case.criteria.iter().filter(waits);
        let only = waiting.next().filter(|_| waiting.next().is_none());
        let name = only.map_or("", |it| self.program.criterion(it.criterion).head.name.as_str());
        Line {
            article: request.article,
            name,
            verdict: Some(Verdict::Undetermined),
            message: request.text,
            ways: String::new(),
            place: request.place,
            causes: std::slice::from_ref(request.cause),
            asks: Some(request.cause),
        }
    }

    fn account(&self, id: CriterionId) -> Option<&'a CriterionAccount> {
        self.case.criteria.iter().find(|it| it.criterion == id)
    }
}

/// Where the causes stand, each place once, beside a text: the rows of each file, with their columns where the text does not
/// name them all; more than two places are counted.
fn places(causes: &[Cause], text: &str, lang: Lang) -> String {
    // A file whose rows the text names is not named again.
    let told = |it: &&CellRef| it.row.is_some() || !text.contains(&it.file);
    let of = |it: &'_ Cause| match it.cells.is_empty() {
        true => it.source.iter().cloned().collect::<Vec<_>>(),
        false => it.cells.clone(),
    };
    let cells: Vec<CellRef> = causes.iter().flat_map(of).collect();
    type Rows<'c> = (IndexSet<u32>, IndexSet<&'c str>);
    let mut files: IndexMap<(&str, Option<&str>), Rows> = IndexMap::new();
    for cell in cells.iter().filter(told) {
        let (rows, columns) = files.entry((&cell.file, cell.sheet.as_deref())).or_default();
        rows.extend(cell.row);
        columns.extend(cell.column.as_deref());
    }
    let place = |((file, sheet), (rows, columns)): ((&str, Option<&str>), Rows)| {
        let rows: Vec<u32> = rows.into_iter().collect();
        let columns: Vec<&str> = columns.into_iter().collect();
        words::place(file, sheet, &rows, &columns, text, lang)
    };
    let all: Vec<String> = files.into_iter().map(place).collect();
    let shown = all[..all.len().min(2)].join(either(lang, "；", "; "));
    match (all.len(), lang) {
        (0..=2, _) => shown,
        (all, Lang::Zh) => format!("{shown} 等 {all} 处"),
        (all, Lang::En) => format!("{shown} and {} more", all - 2),
    }
}
