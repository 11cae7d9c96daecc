//! LibreOffice without a screen: it opens a workbook, computes it anew where asked, and writes it in another format. It judges nothing.

use std::path::Path;
use std::path::PathBuf;
use std::process::Command;

/// LibreOffice trusts the results stored in a file unless its settings say otherwise.
const RECALCULATE: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load"><prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>0</value></prop></item>
</oor:items>
"#;

/// The file as LibreOffice writes it after opening it and computing every formula. `filter` is a format as
/// `--convert-to` takes it: `xlsx`, `pdf`. None, said aloud, without LibreOffice; CI has it (`tests/run.sh`).
pub fn rewritten(file: &Path, filter: &str) -> Option<PathBuf> {
    all_rewritten(&[file.to_owned()], filter).map(|mut it| it.remove(0))
}

/// The same of several files, whose names differ, at one go.
pub fn all_rewritten(files: &[PathBuf], filter: &str) -> Option<Vec<PathBuf>> {
    let first = &files[0];
    let home = first.with_extension("office");
    let _ = std::fs::remove_dir_all(&home);
    std::fs::create_dir_all(home.join("user")).unwrap();
    std::fs::write(home.join("user/registrymodifications.xcu"), RECALCULATE).unwrap();
    let inside = home.join("in");
    std::fs::create_dir_all(&inside).unwrap();
    let ending = filter.split(':').next().unwrap();
    let mut written = vec![];
    for (at, file) in files.iter().enumerate() {
        // Files of one name may come from several folders.
        let name = format!("{at}.{}", file.extension().unwrap().to_string_lossy());
        std::fs::copy(file, inside.join(&name)).unwrap();
        written.push(home.join("out").join(format!("{at}.{ending}")));
    }
    let run = Command::new("soffice")
        .arg(format!("-env:UserInstallation=file://{}", home.display()))
        .args(["--headless", "--convert-to", filter, "--outdir"])
        .arg(home.join("out"))
        .args((0..files.len()).map(|at| {
            inside.join(format!("{at}.{}", files[at].extension().unwrap().to_string_lossy()))
        }))
        .output();
    let output = match run {
        Ok(output) => output,
        Err(why) if std::env::var_os("CI").is_some() => panic!("soffice: {why}"),
        Err(why) => {
            let name = first.display();
            eprintln!("SKIPPED office::{name}: no LibreOffice ({why}); tests/run.sh installs it");
            return None;
        }
    };
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(output.status.success(), "{}: {said}", first.display());
    for (file, written) in files.iter().zip(&written) {
        assert!(written.exists(), "{} was not opened: {said}", file.display());
    }
    Some(written)
}
