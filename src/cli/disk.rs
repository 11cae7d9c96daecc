//! The disk as the core sees it: bytes of a file, and the files below a folder in one fixed order.

use crate::diagnostic::Lang;
use crate::source::Files;
use std::fs;
use std::io::ErrorKind;
use std::io::Read;
use std::path::Path;
use std::path::PathBuf;

/// The largest file that is read, in bytes.
const LIMIT: u64 = 4 << 30;

/// The files of this machine; faults are told in the language given.
/// Names that begin with a point are hidden and not listed.
pub struct Disk(pub Lang);

impl Files for Disk {
    fn read(&self, path: &str) -> Result<Vec<u8>, String> {
        let refused = |why: std::io::Error| self.refused(path, &why);
        let about = fs::metadata(path).map_err(refused)?;
        if !about.is_file() {
            return Err(self.say(path, "不是文件", "is not a file"));
        }
        if about.len() > LIMIT {
            return Err(self.say(path, "超过 4 GB，不读", "is larger than 4 GB and not read"));
        }
        let mut bytes = Vec::with_capacity(about.len() as usize);
        let file = fs::File::open(path).map_err(refused)?;
        file.take(LIMIT).read_to_end(&mut bytes).map_err(refused)?;
        Ok(bytes)
    }

    fn list(&self, path: &str) -> Result<Vec<String>, String> {
        let about = fs::metadata(path).map_err(|why| self.refused(path, &why))?;
        if !about.is_dir() {
            return Ok(vec![path.to_owned()]);
        }
        let mut found = vec![];
        let trimmed = path.trim_end_matches('/');
        let folder = Path::new(if trimmed.is_empty() { path } else { trimmed });
        self.walk(folder, &mut vec![], &mut found)?;
        found.sort();
        Ok(found)
    }
}

/// How a path is written in a file of a folder, or in the folder itself: from there, with 上级 as `..`.
pub fn seen_from(place: &str, path: &str) -> String {
    let whole = |it: &Path| {
        it.canonicalize().or_else(|_| std::path::absolute(it)).unwrap_or_else(|_| it.to_owned())
    };
    let place = Path::new(place);
    let folder = match place.is_dir() {
        true => whole(place),
        false => match place.parent().filter(|it| !it.as_os_str().is_empty()) {
            Some(parent) => whole(parent),
            None => whole(Path::new(".")),
        },
    };
    let target = whole(Path::new(path));
    let shared = folder.components().zip(target.components()).take_while(|(a, b)| a == b).count();
    let up = folder.components().skip(shared).map(|_| "..".to_owned());
    let down =
        target.components().skip(shared).map(|it| it.as_os_str().to_string_lossy().into_owned());
    let steps: Vec<String> = up.chain(down).collect();
    if steps.is_empty() { ".".to_owned() } else { steps.join("/") }
}

impl Disk {
    /// Lists a folder; `above` are the folders on the way to it, so that a link back to one is noticed.
    fn walk(
        &self,
        folder: &Path,
        above: &mut Vec<PathBuf>,
        found: &mut Vec<String>,
    ) -> Result<(), String> {
        let refused = |why: std::io::Error| self.refused(&folder.to_string_lossy(), &why);
        let real = folder.canonicalize().map_err(refused)?;
        if above.contains(&real) {
            let shown = folder.to_string_lossy();
            return Err(self.say(
                &shown,
                "是指回上层文件夹的链接，无法列出",
                "links back to a folder above it and cannot be listed",
            ));
        }
        above.push(real);
        for entry in fs::read_dir(folder).map_err(refused)? {
            let path = entry.map_err(refused)?.path();
            if path.file_name().is_some_and(|it| it.as_encoded_bytes().starts_with(b".")) {
                continue;
            }
            let shown = path.to_string_lossy();
            if fs::metadata(&path).map_err(|why| self.refused(&shown, &why))?.is_dir() {
                self.walk(&path, above, found)?;
            } else if path.to_str().is_none() {
                return Err(self.say(&shown, "的文件名不是 UTF-8", "has a name that is not UTF-8"));
            } else {
                found.push(shown.replace(std::path::MAIN_SEPARATOR, "/"));
            }
        }
        above.pop();
        Ok(())
    }

    fn say(&self, path: &str, zh: &str, en: &str) -> String {
        match self.0 {
            Lang::Zh => format!("“{path}”{zh}"),
            Lang::En => format!("“{path}” {en}"),
        }
    }

    fn refused(&self, path: &str, why: &std::io::Error) -> String {
        match why.kind() {
            ErrorKind::NotFound => self.say(path, "不存在", "does not exist"),
            ErrorKind::PermissionDenied => {
                self.say(path, "没有权限读", "may not be read by this user")
            }
            _ => self.say(path, &format!("读不出（{why}）"), &format!("cannot be read ({why})")),
        }
    }
}
