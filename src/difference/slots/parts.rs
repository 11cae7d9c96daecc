//! What marks a part of a clause, so that it is found again in another version. Where it stands in its clause is no matter here.

use crate::difference::slots::Part;
use crate::syntax::ast::DecisionRow;
use crate::syntax::ast::Entry;
use crate::syntax::ast::Exception;
use crate::syntax::ast::Expr;
use crate::syntax::ast::Field;
use crate::syntax::ast::ListItem;
use crate::syntax::ast::Name;
use crate::syntax::ast::NamePart;
use crate::syntax::ast::Requirement;
use crate::syntax::ast::ScoreRow;
use crate::syntax::ast::Validity;

impl Part for Requirement {
    fn key(&self) -> String {
        String::new()
    }
}

impl Part for ListItem {
    fn key(&self) -> String {
        self.label.as_ref().map_or_else(String::new, |it| it.text.clone())
    }
}

impl Part for NamePart {
    fn key(&self) -> String {
        self.name.text.clone()
    }
}

impl Part for Exception {
    fn key(&self) -> String {
        self.article.place.clone()
    }
}

impl Part for (Option<Validity>, Expr) {
    fn key(&self) -> String {
        let day = |it: Option<chrono::NaiveDate>| it.map_or_else(String::new, |it| it.to_string());
        self.0.as_ref().map_or_else(String::new, |it| format!("{}/{}", day(it.from), day(it.until)))
    }

    /// Its days, and what it is worth.
    fn halves(&self) -> [String; 2] {
        [self.key(), format!("{:?}", self.1)]
    }
}

impl Part for DecisionRow {
    fn key(&self) -> String {
        format!("{:?}", self.cells)
    }

    fn halves(&self) -> [String; 2] {
        [self.key(), format!("{:?}", self.results)]
    }
}

impl Part for ScoreRow {
    fn key(&self) -> String {
        format!("{:?}", self.cells.get(2).or(self.cells.first()))
    }
}

impl Part for Entry {
    fn key(&self) -> String {
        self.name.text.clone()
    }
}

impl Part for Field {
    fn key(&self) -> String {
        self.name.text.clone()
    }
}

impl Part for Name {
    fn key(&self) -> String {
        self.text.clone()
    }
}

impl Part for Expr {
    fn key(&self) -> String {
        String::new()
    }
}
