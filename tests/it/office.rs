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
    let stem = file.file_stem().unwrap().to_string_lossy();
    let home = file.parent().unwrap().join(format!("office-{stem}"));
    std::fs::create_dir_all(home.join("user")).unwrap();
    std::fs::write(home.join("user/registrymodifications.xcu"), RECALCULATE).unwrap();
    let run = Command::new("soffice")
        .arg(format!("-env:UserInstallation=file://{}", home.display()))
        .args(["--headless", "--convert-to", filter, "--outdir"])
        .arg(home.join("out"))
        .arg(file)
        .output();
    let output = match run {
        Ok(output) => output,
        Err(why) if std::env::var_os("CI").is_some() => panic!("soffice: {why}"),
        Err(why) => {
            eprintln!("SKIPPED office::{stem}: no LibreOffice ({why}); tests/run.sh installs it");
            return None;
        }
    };
    let ending = filter.split(':').next().unwrap();
    let written = home.join("out").join(format!("{stem}.{ending}"));
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(output.status.success() && written.exists(), "{}: {said}", file.display());
    Some(written)
}
