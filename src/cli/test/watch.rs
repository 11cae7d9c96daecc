//! `heng test --watch`: run, then run again whenever a file that was read, or a folder that was listed, is not as it was.

use crate::cli::Disk;
use crate::cli::output::Output;
use crate::cli::test::args::Args;
use crate::cli::test::once;
use crate::diagnostic::Lang;
use crate::report::words::either;
use crate::source::Files;
use std::cell::RefCell;
use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::io::Write;
use std::thread;
use std::time::Duration;
use std::time::SystemTime;

/// How often is looked.
const EVERY: Duration = Duration::from_millis(300);

/// What is seen of a file from outside.
type Look = Option<(SystemTime, u64)>;

/// The disk, and what was asked of it.
struct Noted {
    disk: Disk,
    seen: RefCell<BTreeMap<String, Look>>,
}

impl Noted {
    fn note(&self, path: &str) {
        self.seen.borrow_mut().entry(path.to_owned()).or_insert_with(|| look(path));
    }
}

impl Files for Noted {
    fn read(&self, path: &str) -> Result<Vec<u8>, String> {
        self.note(path);
        self.disk.read(path)
    }

    fn list(&self, path: &str) -> Result<Vec<String>, String> {
        self.note(path);
        let listed = self.disk.list(path)?;
        for it in &listed {
            // A folder changes when a file in it comes or goes.
            it.match_indices('/')
                .map(|(at, _)| &it[..at])
                .filter(|it| it.starts_with(path))
                .for_each(|it| self.note(it));
        }
        Ok(listed)
    }
}

fn look(path: &str) -> Look {
    let about = fs::metadata(path).ok()?;
    Some((about.modified().ok()?, about.len()))
}

/// Runs until it is stopped from outside, or until nobody reads what it says.
pub fn run(args: &Args, lang: Lang) -> Output {
    loop {
        let noted = Noted { disk: Disk(lang), seen: RefCell::default() };
        let output = once(args, &noted, lang);
        let waiting =
            either(lang, "等待文件改动（Ctrl-C 结束）\n", "waiting for changes (Ctrl-C ends)\n");
        let said = io::stderr()
            .write_all(output.remarks.as_bytes())
            .and_then(|()| io::stdout().write_all(&output.result))
            .and_then(|()| io::stdout().flush())
            .and_then(|()| io::stderr().write_all(waiting.as_bytes()));
        let seen = noted.seen.into_inner();
        if said.is_err() || seen.is_empty() {
            return Output::failed(String::new(), output.exit, lang);
        }
        while seen.iter().all(|(path, was)| look(path) == *was) {
            thread::sleep(EVERY);
        }
    }
}
