//! A rulebook folder and a data folder, read through `Files`: texts, lists, the checked program, raw tables. Nothing is evaluated.

mod data;
mod decode;
mod digest;
mod errors;
mod lists;

#[cfg(test)]
mod tests;

pub use data::Data;
pub use data::read_data;

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
    /// The fingerprint of its files and of the lists they name: names and bytes, in order.
    pub sha256: String,
}

/// Loads a rulebook: a file, or all `.heng` files of a folder and its subfolders.
/// It fails only where there is nothing to look at; what is wrong with the rules is in the findings.
pub fn load(files: &dyn Files, path: &str) -> Result<Workspace, Diagnostic> {
    let listed = files.list(path).map_err(errors::not_readable)?;
    let single = listed.len() == 1 && listed[0] == path;
    let names: Vec<String> =
        listed.into_iter().filter(|it| single || it.ends_with(".heng")).collect();
    if names.is_empty() {
        return Err(errors::no_rule_files(path));
    }
    let mut loader = Loader::new(files);
    let mut trees = vec![];
    for name in &names {
        let bytes = files.read(name).map_err(errors::not_readable)?;
        loader.print.add(within(path, name), &bytes);
        trees.push(loader.parse(name, &bytes));
    }
    let mut lists = vec![];
    for (tree, name) in trees.iter().zip(&names) {
        for item in &tree.items {
            if let ast::ItemKind::Vocabulary(written) = &item.kind {
                lists.push(loader.vocabulary(written, name));
            }
        }
    }
    let broken = loader.findings.has_errors();
    let mut program = None;
    // What a file that is no text holds is not known, so nothing can be said about the names in the others.
    if !loader.undecoded {
        let (checked, findings) = check::check(&trees, lists);
        loader.findings.extend(findings);
        program = checked.filter(|_| !broken);
    }
    loader.findings.sort();
    Ok(Workspace {
        sources: loader.sources,
        program,
        findings: loader.findings,
        sha256: loader.print.finish(),
    })
}

/// What is gathered while files are read.
struct Loader<'a> {
    files: &'a dyn Files,
    sources: Sources,
    findings: Diagnostics,
    print: Fingerprint,
    /// Whether a rule file is no text.
    undecoded: bool,
}

impl<'a> Loader<'a> {
    fn new(files: &'a dyn Files) -> Loader<'a> {
        Loader {
            files,
            sources: Sources::default(),
            findings: Diagnostics::default(),
            print: Fingerprint::default(),
            undecoded: false,
        }
    }

    /// The tree of a file; an empty one where it is no text.
    fn parse(&mut self, name: &str, bytes: &[u8]) -> ast::File {
        let file: FileId = match decode::add(&mut self.sources, name, bytes) {
            Ok(file) => file,
            Err(fault) => {
                self.findings.push(fault);
                self.undecoded = true;
                return ast::File::default();
            }
        };
        let text = &self.sources.get(file).text;
        if text.trim().is_empty() {
            self.findings.push(errors::empty_file(name, file));
        }
        let (tree, findings) = syntax::parse(file, text);
        self.findings.extend(findings);
        tree
    }

    /// A list; an empty one where its file cannot be read.
    fn vocabulary(&mut self, written: &ast::Vocabulary, rule_file: &str) -> ir::Vocabulary {
        match &written.members {
            ast::Members::Written(names) => lists::written(written, names),
            ast::Members::File(name) => match self.files.read(&beside(rule_file, &name.value)) {
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
    let rooted = rule_file.starts_with('/');
    let mut parts: Vec<&str> = vec![];
    for part in folder.split('/').chain(named.split('/')) {
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
