//! The files of a revision of a git repository, read by `git` as a child process. It writes nothing and checks nothing out.

use crate::diagnostic::Diagnostic;
use crate::diagnostic::Lang;
use crate::diagnostic::code;
use crate::source::Files;
use std::io::ErrorKind;
use std::process::Command;

/// The files of one revision; paths count from the top of the repository.
pub struct Revision {
    /// The commit.
    commit: String,
    /// As the user wrote it.
    pub name: String,
    lang: Lang,
}

/// `REV:folder` taken apart, where it is no path of this machine.
pub fn of(side: &str) -> Option<(&str, &str)> {
    let (revision, path) = side.split_once(':')?;
    let here = std::path::Path::new(side).exists();
    (!here && !revision.is_empty()).then_some((revision, path))
}

impl Revision {
    /// A revision, and the path in it as it counts from the top of the repository.
    pub fn find(name: &str, path: &str, lang: Lang) -> Result<(Revision, String), Diagnostic> {
        let inside = git(&["rev-parse", "--show-prefix"])?;
        let Some(prefix) = inside else { return Err(no_repository(name, path)) };
        let prefix = prefix.trim_end_matches('\n');
        let wanted = format!("{name}^{{commit}}");
        let args = ["rev-parse", "--verify", "--quiet", "--end-of-options", &wanted];
        let Some(commit) = git(&args)? else { return Err(no_revision(name)) };
        let commit = commit.trim().to_owned();
        let path = match path.strip_prefix("./") {
            Some(rest) => format!("{prefix}{rest}"),
            None => path.to_owned(),
        };
        let path = path.trim_end_matches('/').to_owned();
        let revision = Revision { commit, name: name.to_owned(), lang };
        if revision.list(&path).map(|it| it.is_empty()).unwrap_or(true) {
            return Err(no_folder(name, &path));
        }
        Ok((revision, path))
    }

    fn said(&self, path: &str, zh: &str, en: &str) -> String {
        match self.lang {
            Lang::Zh => format!("“{}:{path}”{zh}", self.name),
            Lang::En => format!("“{}:{path}” {en}", self.name),
        }
    }
}

impl Files for Revision {
    fn read(&self, path: &str) -> Result<Vec<u8>, String> {
        let object = format!("{}:{path}", self.commit);
        let output = Command::new("git").args(["cat-file", "blob", &object]).output();
        match output {
            Ok(output) if output.status.success() => Ok(output.stdout),
            _ => Err(self.said(path, "不存在", "does not exist")),
        }
    }

    fn list(&self, path: &str) -> Result<Vec<String>, String> {
        let mut args = vec!["ls-tree", "-r", "-z", "--full-tree", &self.commit];
        let folder = format!(":(top,literal){path}");
        if !path.is_empty() {
            args.extend(["--", path]);
        }
        let listed = Command::new("git").arg("--literal-pathspecs").args(&args).output();
        let listed = match listed {
            Ok(output) if output.status.success() => output.stdout,
            _ => return Err(self.said(&folder, "列不出", "cannot be listed")),
        };
        let text = String::from_utf8(listed)
            .map_err(|_| self.said(path, "里有文件名不是 UTF-8", "has a name that is not UTF-8"))?;
        let mut found = vec![];
        for entry in text.split('\0').filter(|it| !it.is_empty()) {
            let Some((about, name)) = entry.split_once('\t') else { continue };
            if about.starts_with("120000") {
                return Err(self.said(
                    name,
                    "是链接，不能从 git 里读",
                    "is a link, which is not read from git",
                ));
            }
            if about.starts_with("160000") || hidden(path, name) {
                continue;
            }
            found.push(name.to_owned());
        }
        found.sort();
        Ok(found)
    }
}

/// Whether a name, below the path asked for, begins with a point.
fn hidden(path: &str, name: &str) -> bool {
    let below = name.strip_prefix(path).unwrap_or(name);
    below.split('/').any(|it| it.starts_with('.') && it.len() > 1)
}

/// What git answers; none where it refuses.
fn git(args: &[&str]) -> Result<Option<String>, Diagnostic> {
    match Command::new("git").args(args).output() {
        Ok(output) if output.status.success() => {
            Ok(Some(String::from_utf8_lossy(&output.stdout).into_owned()))
        }
        Ok(_) => Ok(None),
        Err(why) if why.kind() == ErrorKind::NotFound => Err(no_git()),
        Err(why) => Err(git_fails(&why.to_string())),
    }
}

fn no_git() -> Diagnostic {
    Diagnostic::new(
        code::NOT_READABLE,
        "没有找到 git，读不出“版本:文件夹”",
        "git was not found, so REV:folder cannot be read",
    )
    .help(
        "请安装 git，或把那一版导出到文件夹，写文件夹的路径",
        "install git, or export that revision and give its folder",
    )
}

fn git_fails(why: &str) -> Diagnostic {
    Diagnostic::new(
        code::NOT_READABLE,
        format!("git 运行不了：{why}"),
        format!("git cannot be run: {why}"),
    )
}

fn no_repository(name: &str, path: &str) -> Diagnostic {
    Diagnostic::new(
        code::NOT_READABLE,
        format!("“{name}:{path}”不存在，这里也不是 git 仓库"),
        format!("“{name}:{path}” does not exist, and this is no git repository"),
    )
    .help(
        "请核对路径；“版本:文件夹”要在仓库里运行",
        "check the path; REV:folder is for use inside a repository",
    )
}

fn no_revision(name: &str) -> Diagnostic {
    Diagnostic::new(
        code::NOT_READABLE,
        format!("git 仓库里没有版本“{name}”"),
        format!("the git repository has no revision “{name}”"),
    )
    .help(
        "写分支、标签或提交号，如 main、HEAD~1",
        "name a branch, a tag or a commit, such as main or HEAD~1",
    )
}

fn no_folder(name: &str, path: &str) -> Diagnostic {
    Diagnostic::new(
        code::NOT_READABLE,
        format!("版本“{name}”里没有“{path}”"),
        format!("revision “{name}” has no “{path}”"),
    )
    .help(
        "路径从仓库的顶层算起；从当前文件夹算起的，前面写 ./",
        "the path counts from the top of the repository; with ./ before it, from here",
    )
}
