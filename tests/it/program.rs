//! The program as its users meet it: arguments in; exit code, result and remarks out. It asserts only that nothing panics.

use std::path::Path;
use std::path::PathBuf;
use std::process::Command;

/// What a run of the program said.
pub struct Answer {
    /// Its exit code.
    pub exit: i32,
    /// Its standard output.
    pub result: String,
    /// Its standard error.
    pub remarks: String,
}

/// Runs `heng` in the package's folder.
pub fn heng(args: &[&str]) -> Answer {
    heng_in(Path::new(env!("CARGO_MANIFEST_DIR")), args)
}

/// Runs `heng` in a folder.
pub fn heng_in(folder: &Path, args: &[&str]) -> Answer {
    answer(Command::new(env!("CARGO_BIN_EXE_heng")).args(args).current_dir(folder), args)
}

/// The same with so many megabytes of memory and no more.
pub fn heng_within(megabytes: usize, folder: &Path, args: &[&str]) -> Answer {
    let limited = format!("ulimit -v {} && exec \"$0\" \"$@\"", megabytes * 1024);
    let mut command = Command::new("sh");
    command.args(["-c", &limited, env!("CARGO_BIN_EXE_heng")]).args(args).current_dir(folder);
    answer(&mut command, args)
}

fn answer(command: &mut Command, args: &[&str]) -> Answer {
    let output = command.output().unwrap();
    let answer = Answer {
        exit: output.status.code().unwrap_or(-1),
        result: String::from_utf8(output.stdout).expect("standard output is UTF-8"),
        remarks: String::from_utf8(output.stderr).expect("standard error is UTF-8"),
    };
    assert!(
        !answer.remarks.contains("panicked") && answer.exit >= 0,
        "{args:?}: {}",
        answer.remarks
    );
    answer
}

/// Settings for answers that are kept in a folder. Fingerprints are left out: an edited comment changes no verdict.
pub fn kept_in(folder: &Path) -> insta::Settings {
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path(folder);
    settings.set_prepend_module_to_snapshot(false);
    settings.remove_snapshot_suffix();
    settings.set_omit_expression(true);
    settings.add_filter("[0-9a-f]{64}", "[sha256]");
    settings.add_filter("(规则|数据|rules|data) [0-9a-f]{8}", "$1 [hash]");
    settings
}

/// A folder of its own for one test, with these files in it.
pub fn folder(name: &str, files: &[(&str, &[u8])]) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    let _ = std::fs::remove_dir_all(&folder);
    std::fs::create_dir_all(&folder).unwrap();
    for (path, bytes) in files {
        let path = folder.join(path);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, bytes).unwrap();
    }
    folder
}
