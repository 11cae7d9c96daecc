//! Where snapshots lie on the disk: reading a folder of them, accepting what came out. What they say is no matter here.

use crate::cli::Disk;
use crate::cli::Exit;
use crate::cli::judge::How;
use crate::cli::output::Output;
use crate::cli::output::replace;
use crate::cli::test::trial::Folder;
use crate::diagnostic::Lang;
use crate::diagnostic::Text;
use crate::report::words::day;
use crate::report::words::either;
use crate::source::Files;
use crate::suite::snapshot;
use crate::suite::snapshot::Read;
use crate::suite::snapshot::State;
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

/// The folder that holds all snapshots of a rulebook: inside its folder, or beside its file. Each language has its own.
fn home(rulebook: &str, lang: Lang) -> String {
    let name = either(lang, "快照", "snapshots");
    let trimmed = rulebook.trim_end_matches('/');
    match Path::new(rulebook).is_dir() {
        true if trimmed.is_empty() => format!("/{name}"),
        true => format!("{trimmed}/{name}"),
        false => format!("{}.{name}", rulebook.strip_suffix(".heng").unwrap_or(rulebook)),
    }
}

/// The folder for one set of data: called as the data are, with the day and the period where they are given.
pub fn folder(rulebook: &str, data: &[String], how: &How, lang: Lang) -> String {
    let name = |path: &String| {
        let trimmed = path.trim_end_matches('/');
        let real = fs::canonicalize(trimmed).ok();
        let real = real.as_deref().unwrap_or(Path::new(trimmed)).file_name();
        real.map_or_else(|| trimmed.to_owned(), |it| it.to_string_lossy().into_owned())
    };
    let mut names = data.iter().map(name).collect::<Vec<_>>().join("+");
    if let Some(on) = how.on {
        names += &format!("@{}", day(on));
    }
    for (kind, period) in &how.period {
        names += &format!("@{}", kind.show(*period));
    }
    format!("{}/{names}", home(rulebook, lang))
}

/// The folder for tests that keep their explanations.
pub fn folder_of_tests(rulebook: &str, lang: Lang) -> String {
    format!("{}/{}", home(rulebook, lang), either(lang, "测试", "tests"))
}

/// The snapshots of a folder, by their paths in it; none where there is no such folder.
pub fn found(
    files: &dyn Files,
    folder: &str,
    lang: Lang,
) -> Result<BTreeMap<String, Read>, Output> {
    let failed = |why: String| Output::failed(why + "\n", Exit::Failed, lang);
    let mut found = BTreeMap::new();
    if let Some(it) = Path::new(folder).ancestors().find(|it| it.is_file()) {
        let (zh, en) = (
            "是一个文件，快照要放在这个名称的文件夹里",
            "is a file where the folder of snapshots should be",
        );
        return Err(failed(format!("“{}”{}", it.display(), either(lang, zh, en))));
    }
    if !Path::new(folder).is_dir() {
        return Ok(found);
    }
    for path in files.list(folder).map_err(failed)? {
        let name = path.strip_prefix(folder).unwrap_or(&path).trim_start_matches('/');
        if name.ends_with(".snap") {
            let unread =
                |why: String| Text::new(format!("读不出：{why}"), format!("cannot be read: {why}"));
            found.insert(name.to_owned(), files.read(&path).map_err(unread));
        }
    }
    Ok(found)
}

/// The folders of snapshots that a run has not looked at.
pub fn unseen(rulebook: &str, seen: &[Folder], lang: Lang) -> Vec<String> {
    let home = home(rulebook, lang);
    let Ok(listed) = Disk(lang).list(&home) else { return vec![] };
    let mut folders: Vec<String> = listed
        .iter()
        .filter(|it| it.ends_with(".snap"))
        .filter_map(|it| {
            let (folder, _) = it.strip_prefix(&home)?.trim_start_matches('/').split_once('/')?;
            Some(format!("{home}/{folder}"))
        })
        .filter(|it| seen.iter().all(|folder| folder.path != *it))
        .collect();
    folders.dedup();
    folders
}

/// Writes what came out where it is not kept so, removes what is of nothing; and says each. What is accepted is the same then.
/// A file that is of nothing and no snapshot of ours is left alone.
pub fn accept(folders: &mut [Folder], lang: Lang) -> Result<Vec<String>, String> {
    let mut done = vec![];
    for folder in folders {
        for at in (0..folder.files.len()).rev() {
            if let Some(line) = accept_one(folder, at, lang)? {
                done.push(line);
            }
        }
    }
    done.sort();
    Ok(done)
}

/// The same for one file of a folder; none where there is nothing to do.
pub fn accept_one(folder: &mut Folder, at: usize, lang: Lang) -> Result<Option<String>, String> {
    let it = &mut folder.files[at];
    let path = format!("{}/{}", folder.path, it.file);
    match (&it.state, &it.now) {
        (State::Same, _) => Ok(None),
        (_, Some(now)) => {
            put(&path, snapshot::write(now).as_bytes(), lang)?;
            it.state = State::Same;
            Ok(Some(format!("{}{path}", either(lang, "已写入 ", "written: "))))
        }
        (State::LeftOver, None) => {
            fs::remove_file(&path).map_err(|why| refused(&path, &why, lang))?;
            folder.files.remove(at);
            Ok(Some(format!("{}{path}", either(lang, "已删除 ", "removed: "))))
        }
        (_, None) => Ok(None),
    }
}

/// Writes a file whole, with the folders it lies in.
pub fn put(path: &str, bytes: &[u8], lang: Lang) -> Result<(), String> {
    let place = Path::new(path);
    let parent = place.parent().filter(|it| !it.as_os_str().is_empty());
    let made = parent.map_or(Ok(()), fs::create_dir_all);
    made.and_then(|()| replace(place, bytes)).map_err(|why| refused(path, &why, lang))
}

fn refused(path: &str, why: &std::io::Error, lang: Lang) -> String {
    match lang {
        Lang::Zh => format!("写不出“{path}”：{why}\n"),
        Lang::En => format!("cannot write “{path}”: {why}\n"),
    }
}
