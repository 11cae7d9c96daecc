//! How far a long run is, on a terminal only: while large files are read, and while many cases are accounted for. It reads nothing itself.

use crate::source::Files;
use indicatif::ProgressBar;
use indicatif::ProgressDrawTarget;
use indicatif::ProgressFinish;
use indicatif::ProgressStyle;
use std::time::Duration;

/// Files of so many bytes together take a while.
const LARGE: u64 = 8 << 20;
/// So many cases take a while.
const MANY: usize = 5_000;
/// How often the bar moves while what is done cannot be counted.
const BEAT: Duration = Duration::from_millis(200);

/// Files whose reading is shown.
pub struct Watched<'a> {
    files: &'a dyn Files,
    bar: ProgressBar,
}

impl<'a> Watched<'a> {
    /// Shows the reading of these files once they are large.
    pub fn new(files: &'a dyn Files) -> Watched<'a> {
        let bar = ProgressBar::with_draw_target(Some(0), ProgressDrawTarget::hidden());
        let style = ProgressStyle::with_template("{bar:40} {bytes}/{total_bytes}  {eta}");
        let bar = bar.with_style(style.expect("the template is sound"));
        Watched { files, bar: bar.with_finish(ProgressFinish::AndClear) }
    }

    /// All is read; what follows is done at once and cannot be counted.
    pub fn bind(&self) {
        if self.is_large() {
            let style = ProgressStyle::with_template("{bar:40} {bytes}  {elapsed} {spinner}");
            self.bar.set_style(style.expect("the template is sound"));
            self.bar.enable_steady_tick(BEAT);
        }
    }

    /// Takes the bar away.
    pub fn finish(&self) {
        self.bar.finish_and_clear();
    }

    fn is_large(&self) -> bool {
        self.bar.length().is_some_and(|it| it >= LARGE)
    }
}

impl Files for Watched<'_> {
    fn read(&self, path: &str) -> Result<Vec<u8>, String> {
        let bytes = self.files.read(path)?;
        let shown = self.is_large();
        self.bar.inc_length(bytes.len() as u64);
        if !shown && self.is_large() {
            // It draws nothing where standard error is no terminal.
            self.bar.set_draw_target(ProgressDrawTarget::stderr());
        }
        Ok(bytes)
    }

    fn list(&self, path: &str) -> Result<Vec<String>, String> {
        self.files.list(path)
    }

    fn taken(&self, bytes: usize) {
        self.bar.inc(bytes as u64);
    }
}

/// A bar over so many cases.
pub fn of_cases(cases: usize) -> ProgressBar {
    if cases < MANY {
        return ProgressBar::hidden();
    }
    let style = ProgressStyle::with_template("{bar:40} {pos}/{len}  {eta}");
    ProgressBar::new(cases as u64).with_style(style.expect("the template is sound"))
}
