//! 沿用: the rulebooks that a rulebook builds on, read one after another, each once. What they say is not looked at.

use crate::amend;
use crate::amend::Layer;
use crate::diagnostic::Diagnostic;
use crate::source::FileId;
use crate::source::Span;
use crate::syntax::ast;
use crate::syntax::ast::ItemKind;
use crate::syntax::ast::Word;
use crate::workspace::Loader;
use crate::workspace::errors;
use crate::workspace::plain;
use crate::workspace::rule_files;
use crate::workspace::within;
use std::collections::BTreeMap;

/// Rulebooks upon rulebooks: more than these is a mistake.
const MOST: usize = 16;

/// Reads a rulebook and those below it; each stands after those it builds on.
pub fn load(
    loader: &mut Loader<'_>,
    path: &str,
    names: Vec<String>,
) -> Result<Vec<Layer>, Diagnostic> {
    let mut tower = Tower {
        loader,
        layers: vec![],
        open: vec![],
        done: BTreeMap::new(),
        trees: BTreeMap::new(),
    };
    tower.layer(path, "", &names)?;
    Ok(tower.layers)
}

/// What is known on the way.
struct Tower<'l, 'a> {
    loader: &'l mut Loader<'a>,
    layers: Vec<Layer>,
    /// The rulebooks being read, the first one asked for first.
    open: Vec<String>,
    /// Those that were read, by their paths.
    done: BTreeMap<String, usize>,
    /// Files that were read, by their paths; none is read twice.
    trees: BTreeMap<String, Option<(FileId, ast::File)>>,
}

impl Tower<'_, '_> {
    /// Reads the files of a rulebook, then those it builds on. `said` is how it was named, for the fingerprint.
    fn layer(&mut self, path: &str, said: &str, names: &[String]) -> Result<usize, Diagnostic> {
        let place = plain(path);
        self.open.push(place.clone());
        let mut trees = vec![];
        for name in names {
            let known = plain(name);
            if !self.trees.contains_key(&known) {
                let bytes = self.loader.files.read(name).map_err(errors::not_readable)?;
                self.loader.print.add(&format!("{said}{}", within(path, name)), &bytes);
                let tree = self.loader.parse(name, &bytes);
                self.trees.insert(known.clone(), tree);
            }
            trees.extend(self.trees[&known].clone().map(|it| (known, it)));
        }
        let named: Vec<(String, Word)> = trees
            .iter()
            .flat_map(|it| builds_on(&it.1.1))
            .map(|it| (self.loader.named(it), it.clone()))
            .collect();
        // A rulebook that lies in the same folder is that rulebook, not a part of this one.
        let apart = |known: &str| {
            named.iter().any(|(base, _)| {
                known
                    .strip_prefix(base.as_str())
                    .is_some_and(|it| it.is_empty() || it.starts_with('/'))
            })
        };
        let files = trees.into_iter().filter(|it| !apart(&it.0)).map(|it| it.1).collect();
        let mut bases: Vec<(usize, Span)> = vec![];
        for (base, word) in &named {
            match self.base(base, word) {
                Some(at) if bases.iter().all(|it| it.0 != at) => bases.push((at, word.span)),
                Some(_) => {}
                None => self.loader.unread = true,
            }
        }
        self.open.pop();
        self.layers.push(Layer { path: path.to_owned(), files, bases });
        self.done.insert(place, self.layers.len() - 1);
        Ok(self.layers.len() - 1)
    }

    /// A rulebook that is built on; none where it cannot be had, which is reported.
    fn base(&mut self, path: &str, word: &Word) -> Option<usize> {
        if let Some(at) = self.open.iter().position(|it| it == path) {
            let ring: Vec<&str> =
                self.open[at..].iter().map(String::as_str).chain([path]).collect();
            self.loader.findings.push(amend::base_loop(&ring, word.span));
            return None;
        }
        if let Some(at) = self.done.get(path) {
            return Some(*at);
        }
        if self.open.len() > MOST {
            self.loader.findings.push(amend::bases_too_deep(word.span, MOST));
            return None;
        }
        let fault = match rule_files(self.loader.files, path) {
            Ok(names) if names.is_empty() => {
                amend::base_without_rules(word.span, &word.value, None)
            }
            Err(why) => amend::base_without_rules(word.span, &word.value, Some(&why)),
            Ok(names) => match self.layer(path, &format!("{}/", word.value), &names) {
                Ok(at) => return Some(at),
                Err(fault) => {
                    let why = fault.message.zh;
                    amend::base_without_rules(word.span, &word.value, Some(&why))
                }
            },
        };
        self.loader.findings.push(fault);
        None
    }
}

/// Where the policies of a file say that they build on others.
fn builds_on(file: &ast::File) -> impl Iterator<Item = &Word> {
    file.items
        .iter()
        .filter_map(move |it| match &it.kind {
            ItemKind::Policy(policy) => Some(&policy.builds_on),
            _ => None,
        })
        .flatten()
}
