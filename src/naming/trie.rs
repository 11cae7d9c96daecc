//! A trie over names, by character, in two flat arrays. It knows no meaning: a name leads to a number.

use std::collections::BTreeMap;
use std::str::Chars;

/// No name ends here.
const NONE: u32 = u32::MAX;
/// Han characters start here; the first character of nearly every name is found by its place in a table.
const FIRST_HAN: u32 = 0x4E00;
const HAN: usize = 0x5200;

/// Names and what they lead to.
#[derive(Debug)]
pub(crate) struct Trie {
    /// The children of a node stand together, ascending by label.
    nodes: Vec<Node>,
    /// For each Han character, the child of the root; 0, the root, is none.
    heads: Vec<u32>,
}

#[derive(Clone, Copy, Debug)]
struct Node {
    /// The last character of the path to it.
    label: char,
    value: u32,
    first: u32,
    count: u32,
}

impl Trie {
    /// The trie of these names; an empty name is left out.
    pub fn new(names: &BTreeMap<String, u32>) -> Trie {
        let spelled: Vec<(Vec<char>, u32)> =
            names.iter().map(|(name, value)| (name.chars().collect(), *value)).collect();
        let node = |label| Node { label, value: NONE, first: 0, count: 0 };
        let mut nodes = vec![node('\0')];
        // What each node holds, by its place: a run of names that agree up to a depth.
        let mut runs = vec![(0, spelled.len(), 0)];
        let mut at = 0;
        while at < nodes.len() {
            let (mut from, to, depth) = runs[at];
            while from < to && spelled[from].0.len() == depth {
                nodes[at].value = if depth > 0 { spelled[from].1 } else { NONE };
                from += 1;
            }
            nodes[at].first = nodes.len() as u32;
            while from < to {
                let label = spelled[from].0[depth];
                let run =
                    spelled[from..to].iter().take_while(|(name, _)| name[depth] == label).count();
                nodes.push(node(label));
                runs.push((from, from + run, depth + 1));
                from += run;
            }
            nodes[at].count = nodes.len() as u32 - nodes[at].first;
            at += 1;
        }
        let mut heads = vec![0; HAN];
        for child in nodes[0].first..nodes[0].first + nodes[0].count {
            let place = (nodes[child as usize].label as u32).wrapping_sub(FIRST_HAN) as usize;
            if let Some(head) = heads.get_mut(place) {
                *head = child;
            }
        }
        Trie { nodes, heads }
    }

    /// The names that stand at the head of the text, shortest first: where each ends, and its number.
    pub fn walk<'t>(&'t self, text: &'t str) -> Walk<'t> {
        Walk { trie: self, rest: text.chars(), length: text.len(), node: 0 }
    }

    /// The number of the name that is the whole text.
    pub fn get(&self, text: &str) -> Option<u32> {
        let mut node = 0;
        for it in text.chars() {
            node = self.child(node, it)?;
        }
        Some(self.nodes[node as usize].value).filter(|value| *value != NONE)
    }

    #[inline]
    fn child(&self, node: u32, it: char) -> Option<u32> {
        if node == 0
            && let Some(head) = self.heads.get((it as u32).wrapping_sub(FIRST_HAN) as usize)
        {
            return (*head != 0).then_some(*head);
        }
        let Node { first, count, .. } = self.nodes[node as usize];
        let children = &self.nodes[first as usize..(first + count) as usize];
        let found = if children.len() <= 8 {
            children.iter().position(|child| child.label == it)
        } else {
            children.binary_search_by_key(&it, |child| child.label).ok()
        };
        found.map(|at| first + at as u32)
    }
}

/// See [`Trie::walk`].
pub(crate) struct Walk<'t> {
    trie: &'t Trie,
    rest: Chars<'t>,
    length: usize,
    node: u32,
}

impl Iterator for Walk<'_> {
    type Item = (usize, u32);

    fn next(&mut self) -> Option<(usize, u32)> {
        loop {
            self.node = self.trie.child(self.node, self.rest.next()?)?;
            let value = self.trie.nodes[self.node as usize].value;
            if value != NONE {
                return Some((self.length - self.rest.as_str().len(), value));
            }
        }
    }
}

/// Lists of numbers, one for each number, in one array.
#[derive(Debug)]
pub(crate) struct Groups<T> {
    all: Vec<T>,
    starts: Vec<u32>,
}

impl<T> Groups<T> {
    /// The lists in their order.
    pub fn new(groups: Vec<Vec<T>>) -> Groups<T> {
        let mut it = Groups { all: vec![], starts: vec![0] };
        for group in groups {
            it.all.extend(group);
            it.starts.push(it.all.len() as u32);
        }
        it
    }

    /// The list of a number.
    pub fn get(&self, at: u32) -> &[T] {
        &self.all[self.starts[at as usize] as usize..self.starts[at as usize + 1] as usize]
    }
}
