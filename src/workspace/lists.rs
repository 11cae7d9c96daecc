//! 分类 and 名单 items as `data` wants them: what a file of members must look like, or the members written out.

use crate::data::lookup;
use crate::data::vocabulary::Definition;
use crate::ir::Vocabulary;
use crate::ir::VocabularyKind;
use crate::syntax::ast;

/// What the item says of the file it names.
pub fn definition(written: &ast::Vocabulary, file: &ast::Word) -> Definition {
    let columns =
        written.columns.iter().map(|(role, column)| (role.text.clone(), column.text.clone()));
    Definition {
        name: written.name.text.clone(),
        kind: kind(written),
        complete: written.complete,
        columns: columns.collect(),
        file: file.value.clone(),
        span: written.name.span,
    }
}

/// A list whose members stand in the rule file.
pub fn written(written: &ast::Vocabulary, names: &[ast::Name]) -> Vocabulary {
    let names: Vec<String> = names.iter().map(|it| it.text.clone()).collect();
    lookup::of_names(&written.name.text, kind(written), written.complete, &names)
}

fn kind(written: &ast::Vocabulary) -> VocabularyKind {
    if written.hierarchy { VocabularyKind::Classification } else { VocabularyKind::Roster }
}
