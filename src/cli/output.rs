//! What a command has to say, delivered whole or not at all: results to standard output or a file, the rest to standard error.

use crate::cli::Exit;
use crate::cli::findings::Paint;
use crate::diagnostic::Lang;
use std::fs;
use std::io;
use std::io::IsTerminal;
use std::io::Write;
use std::path::Path;

/// The result of a command.
pub struct Output {
    /// For standard output, or for the file: text, or the bytes of a workbook.
    pub result: Vec<u8>,
    /// For standard error.
    pub remarks: String,
    /// How it went.
    pub exit: Exit,
    /// `--out`: where the result goes instead.
    pub file: Option<String>,
    /// The language of what can go wrong on the way out.
    pub lang: Lang,
}

impl Output {
    /// A result alone.
    pub fn new(result: impl Into<Vec<u8>>, exit: Exit, lang: Lang) -> Output {
        Output { result: result.into(), remarks: String::new(), exit, file: None, lang }
    }

    /// Only remarks.
    pub fn failed(remarks: String, exit: Exit, lang: Lang) -> Output {
        Output { result: vec![], remarks, exit, file: None, lang }
    }

    /// Writes it. Whoever reads may stop reading; a file that cannot be written is a failure.
    pub fn deliver(self) -> Exit {
        send(io::stderr().lock(), self.remarks.as_bytes());
        match &self.file {
            None => send(io::stdout().lock(), &self.result),
            Some(_) if self.result.is_empty() => {}
            Some(path) => {
                if let Err(why) = replace(Path::new(path), &self.result) {
                    let line = match self.lang {
                        Lang::Zh => format!("写不出“{path}”：{why}\n"),
                        Lang::En => format!("cannot write “{path}”: {why}\n"),
                    };
                    send(io::stderr().lock(), line.as_bytes());
                    return Exit::Failed;
                }
            }
        }
        self.exit
    }
}

/// What is said after a panic, which has named its place already.
pub fn broken() -> Exit {
    send(
        io::stderr().lock(),
        "heng 自身出错，没有结果；请连同输入一起反馈\nheng itself is at fault; please report it with its input\n"
            .as_bytes(),
    );
    Exit::Failed
}

/// Whether somebody looks at standard output.
pub fn is_terminal() -> bool {
    io::stdout().is_terminal()
}

/// How standard output is painted.
pub fn paint_of_output() -> Paint {
    paint(io::stdout().is_terminal())
}

/// How standard error is painted.
pub fn paint_of_remarks() -> Paint {
    paint(io::stderr().is_terminal())
}

fn paint(terminal: bool) -> Paint {
    let unwanted = std::env::var_os("NO_COLOR").is_some_and(|it| !it.is_empty());
    if terminal && !unwanted { Paint::Colours } else { Paint::Plain }
}

/// A pipe that closes early is no fault of ours, and there is nobody left to tell of another.
fn send(mut to: impl Write, bytes: &[u8]) {
    let _ = to.write_all(bytes).and_then(|()| to.flush());
}

/// The folder that the program runs in: other programs are told paths from here.
pub fn root() -> Option<String> {
    Some(std::env::current_dir().ok()?.to_str()?.replace(std::path::MAIN_SEPARATOR, "/"))
}

/// Writes beside the file and then takes its place, so that nobody sees half of it.
pub fn replace(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let name = path.file_name().ok_or_else(|| io::Error::from(io::ErrorKind::InvalidInput))?;
    let mut beside = name.to_os_string();
    beside.push(format!(".{}.tmp", std::process::id()));
    let beside = path.with_file_name(beside);
    let written = fs::write(&beside, bytes).and_then(|()| fs::rename(&beside, path));
    if written.is_err() {
        let _ = fs::remove_file(&beside);
    }
    written
}
