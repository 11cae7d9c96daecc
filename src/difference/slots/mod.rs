//! The clauses of an item, each by its word, so that two items can be compared and mixed clause by clause. It compares nothing.

mod clauses;
mod parts;
mod spoken;

pub use clauses::shape;
pub use clauses::slots;
pub use spoken::spoken;

use std::any::Any;
use std::fmt::Debug;

/// The word of a clause in both tongues, and whether an outcome can depend on it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Label {
    /// Chinese.
    pub zh: &'static str,
    /// English.
    pub en: &'static str,
    /// Whether it may change what a case comes to; 说明, 口径 and the like do not.
    pub decides: bool,
}

/// A clause that may decide.
const fn deciding(zh: &'static str, en: &'static str) -> Label {
    Label { zh, en, decides: true }
}

/// A clause for the reader.
const fn wording(zh: &'static str, en: &'static str) -> Label {
    Label { zh, en, decides: false }
}

/// The name of an item.
pub const NAME: Label = deciding("名称", "name");

/// A clause that is kept or replaced as a whole.
pub trait Clause: Debug {
    /// A copy of it.
    fn copy(&self) -> Box<dyn Any>;
    /// Puts a copy of a clause of the same kind in its place.
    fn put(&mut self, from: Box<dyn Any>);
}

impl<T: Clone + Debug + 'static> Clause for T {
    fn copy(&self) -> Box<dyn Any> {
        Box::new(self.clone())
    }

    fn put(&mut self, from: Box<dyn Any>) {
        if let Ok(it) = from.downcast::<T>() {
            *self = *it;
        }
    }
}

/// Something of which a clause holds several.
pub trait Part: Clone + Debug + 'static {
    /// What makes it the same part in another version, where that can be told.
    fn key(&self) -> String;
    /// How much of it is alike in another version: what it tests, what it gives.
    fn halves(&self) -> [String; 2] {
        [self.key(), String::new()]
    }
}

/// A clause of several parts.
pub trait List {
    /// The parts, to be read.
    fn parts(&self) -> Vec<&dyn Debug>;
    /// [`Part::halves`] of each.
    fn halves(&self) -> Vec<[String; 2]>;
    /// A copy of one.
    fn copy(&self, at: usize) -> Box<dyn Any>;
    /// Puts parts of the same kind in the place of all.
    fn put(&mut self, parts: Vec<Box<dyn Any>>);
}

impl<T: Part> List for Vec<T> {
    fn parts(&self) -> Vec<&dyn Debug> {
        self.iter().map(|it| it as &dyn Debug).collect()
    }

    fn halves(&self) -> Vec<[String; 2]> {
        self.iter().map(Part::halves).collect()
    }

    fn copy(&self, at: usize) -> Box<dyn Any> {
        Box::new(self[at].clone())
    }

    fn put(&mut self, parts: Vec<Box<dyn Any>>) {
        *self = parts.into_iter().filter_map(|it| it.downcast::<T>().ok()).map(|it| *it).collect();
    }
}

/// A clause of an item.
pub struct Slot<'a> {
    /// Its word.
    pub label: Label,
    /// What stands there.
    pub place: Place<'a>,
}

/// What stands in a clause.
pub enum Place<'a> {
    /// One thing.
    One(&'a mut dyn Clause),
    /// Several, whose order says something or not.
    List(&'a mut dyn List, Order),
}

/// Whether the order of parts says something.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Order {
    /// It does: the first that holds counts.
    Read,
    /// It does not.
    Free,
}

fn one<'a>(label: Label, it: &'a mut dyn Clause) -> Slot<'a> {
    Slot { label, place: Place::One(it) }
}

fn free<'a>(label: Label, it: &'a mut dyn List) -> Slot<'a> {
    Slot { label, place: Place::List(it, Order::Free) }
}

fn read<'a>(label: Label, it: &'a mut dyn List) -> Slot<'a> {
    Slot { label, place: Place::List(it, Order::Read) }
}
