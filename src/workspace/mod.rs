//! A rulebook folder and a data folder, read through `Files`: texts, lists, the checked program, raw tables. Nothing is evaluated.

mod data;
mod decode;
mod digest;
mod drawn;
mod errors;
mod layers;
mod lists;

#[cfg(test)]
mod tests;

pub use data::Data;
pub use data::read_data;
pub use drawn::DrawnData;
pub use drawn::read_drawn;
pub use lists::written as written_list;

use crate::amend;
use crate::amend::Rulebook;
use crate::check;
use crate::data::vocabulary;
use crate::diagnostic::Diagnostic;
use crate::diagnostic::Diagnostics;
use crate::ir;
use crate::source::FileId;
use crate::source::Files;
use crate::source::Sources;
use crate::syntax;
use crate::syntax::ast;
use crate::workspace::digest::Fingerprint;

/// A rulebook, loaded.
pub struct Workspace {
    /// Its texts.
    pub sources: Sources,
    /// The checked program; none if the rulebook has errors.
    pub program: Option<ir::Program>,
    /// What was found wrong with it, in the order of files and places.
    pub findings: Diagnostics,
    /// Its items as they stand in the end, what it builds on taken in.
    pub book: Rulebook,
    /// One list for each 分类 and 名单 item, in the order of the items.
    pub lists: Vec<ir::Vocabulary>,
    /// The fingerprint of its files and of the lists they name: names and bytes, in order.
    pub sha256: String,
}

/// Loads a rulebook: a file, or all `.heng` files of a folder and its subfolders; and those it builds on.
/// It fails only where there is nothing to look at; what is wrong with the rules is in the findings.
pub fn load(files: &dyn Files, path: &str) -> Result<Workspace, Diagnostic> {
    read(files, path, None, Sources::default())
}

/// The same, with one more rule file that need not lie in the folder.
pub fn load_with(files: &dyn Files, path: &str, with: &str) -> Result<Workspace, Diagnostic> {
    read(files, path, Some(with), Sources::default())
}

/// Loads a rulebook whose texts stand after those of another, so that every place of both has a number of its own.
pub fn load_beside(
    files: &dyn Files,
    path: &str,
    sources: Sources,
) -> Result<Workspace, Diagnostic> {
    read(files, path, None, sources)
}

fn read(
    files: &dyn Files,
    path: &str,
    with: Option<&str>,
    sources: Sources,
) -> Result<Workspace, Diagnostic> {
    let mut names = rule_files(files, path).map_err(errors::not_readable)?;
    if let Some(with) = with.filter(|with| names.iter().all(|it| plain(it) != plain(with))) {
        names.push(with.to_owned());
    }
    if names.is_empty() {
        return Err(errors::no_rule_files(path));
    }
    let mut loader = Loader::new(files, sources);
    let layers = layers::load(&mut loader, path, names)?;
    let (book, faults) = amend::merge(&layers);
    loader.findings.extend(faults);
    let mut lists = vec![];
    for item in &book.file.items {
        if let ast::ItemKind::Vocabulary(written) = &item.kind {
            lists.push(loader.vocabulary(written));
        }
    }
    let broken = loader.findings.has_errors();
    let mut program = None;
    // What a file that is no text holds is not known, so nothing can be said about the names in the others.
    if !loader.unread {
        let (checked, mut findings) =
            check::check(std::slice::from_ref(&book.file), &book.bases, lists.clone());
        amend::tell_repealed(&mut findings, &book, &layers, &loader.sources);
        loader.findings.extend(findings);
        program = checked.filter(|_| !broken);
    }
    loader.findings.sort();
    Ok(Workspace {
        sources: loader.sources,
        program,
        findings: loader.findings,
        book,
        lists,
        sha256: loader.print.finish(),
    })
}

/// The rule files at a path: the file itself, or those of a folder and its subfolders.
fn rule_files(files: &dyn Files, path: &str) -> Result<Vec<String>, String> {
    let listed = files.list(path)?;
    let single = listed.len() == 1 && listed[0] == path;
    Ok(listed.into_iter().filter(|it| single || it.ends_with(".heng")).collect())
}

/// What is gathered while files are read.
struct Loader<'a> {
    files: &'a dyn Files,
    sources: Sources,
    findings: Diagnostics,
    print: Fingerprint,
    /// Whether a rule file is no text, or a rulebook that is built on is not there.
    unread: bool,
}

impl<'a> Loader<'a> {
    fn new(files: &'a dyn Files, sources: Sources) -> Loader<'a> {
        Loader {
            files,
            sources,
            findings: Diagnostics::default(),
            print: Fingerprint::default(),
            unread: false,
        }
    }

    /// The tree of a file; none where it is no text.
    fn parse(&mut self, name: &str, bytes: &[u8]) -> Option<(FileId, ast::File)> {
        let file: FileId = match decode::add(&mut self.sources, name, bytes) {
            Ok(file) => file,
            Err(fault) => {
                self.findings.push(fault);
                self.unread = true;
                return None;
            }
        };
        let text = &self.sources.get(file).text;
        if text.trim().is_empty() {
            self.findings.push(errors::empty_file(name, file));
        }
        let (tree, findings) = syntax::parse(file, text);
        self.findings.extend(findings);
        Some((file, tree))
    }

    /// A list; an empty one where its file cannot be read.
    fn vocabulary(&mut self, written: &ast::Vocabulary) -> ir::Vocabulary {
        match &written.members {
            ast::Members::Written(names) => lists::written(written, names),
            ast::Members::File(name) => match self.files.read(&self.named(name)) {
                Ok(bytes) => {
                    self.print.add(&name.value, &bytes);
                    let (list, findings) =
                        vocabulary::read(&lists::definition(written, name), &bytes);
                    self.findings.extend(findings);
                    list
                }
                Err(why) => {
                    self.findings.push(errors::list_not_readable(name, why));
                    lists::written(written, &[])
                }
            },
        }
    }
}

impl Loader<'_> {
    /// The path of what a rule file names.
    fn named(&self, word: &ast::Word) -> String {
        beside(&self.sources.get(word.span.file).name, &word.value)
    }
}

/// A file's name as seen from the path that the user gave.
fn within<'n>(path: &str, name: &'n str) -> &'n str {
    match name.strip_prefix(path) {
        Some("") | None => name.rsplit('/').next().unwrap_or(name),
        Some(rest) => rest.trim_start_matches('/'),
    }
}

/// The path of a file that a rule file names, from where the rule file stands.
fn beside(rule_file: &str, named: &str) -> String {
    let (folder, _) = rule_file.rsplit_once('/').unwrap_or(("", ""));
    if named.starts_with('/') {
        return named.to_owned();
    }
    match folder {
        "" if !rule_file.starts_with('/') => plain(named),
        folder => plain(&format!("{folder}/{named}")),
    }
}

/// A path without steps that lead nowhere: the same for the same place.
fn plain(path: &str) -> String {
    let rooted = path.starts_with('/');
    let mut parts: Vec<&str> = vec![];
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." if parts.last().is_some_and(|it| *it != "..") => {
                parts.pop();
            }
            part => parts.push(part),
        }
    }
    format!("{}{}", if rooted { "/" } else { "" }, parts.join("/"))
}
