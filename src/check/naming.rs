//! 名称规则: its lists, forms, levels and the fields a name must agree with (`semantics` §10). No name is read here.

use crate::check::Checker;
use crate::check::errors;
use crate::ir;
use crate::ir::Force;
use crate::ir::NamingId;
use crate::ir::NodeId;
use crate::ir::NodeKind;
use crate::ir::TableId;
use crate::ir::Ty;
use crate::ir::VocabularyId;
use crate::ir::VocabularyKind;
use crate::ir::naming::Ending;
use crate::ir::naming::Former;
use crate::ir::naming::Forms;
use crate::ir::naming::IndustrySource;
use crate::ir::naming::PlaceSource;
use crate::ir::naming::Rule;
use crate::ir::naming::Suffix;
use crate::syntax::ast;
use crate::syntax::ast::NamePart;
use crate::syntax::ast::NamePiece;

/// The nodes of a 名称规则.
pub(super) struct Named {
    /// Its place in the program.
    pub id: NamingId,
    /// Whether the 应 parts are as they must be.
    pub must: NodeId,
    /// Whether the 原则上 parts are, where it has any.
    pub should: Option<NodeId>,
}

impl Checker<'_> {
    /// What a 名称规则 asks; none if it has faults, which are reported.
    pub(super) fn naming(
        &mut self,
        it: &ast::Criterion,
        naming: &ast::Naming,
        at: TableId,
    ) -> Option<Named> {
        let name = self.named_field(it, naming, at);
        let former: Vec<_> = naming.former.iter().map(|it| self.vocabulary_named(it)).collect();
        let (place, industry, suffix) = self.composition(it, naming)?;
        let [place_part, industry_part] = self.name_parts(it, naming, [place, industry]);
        let places = place_part.map(|it| self.places(it, at));
        let industries = industry_part.map(|it| self.industry(it, at));
        let former = former.into_iter().collect::<Option<Vec<_>>>()?;
        let (place_force, sources, places) = places??;
        let (industry_force, source, industries) = industries??;
        let name = name?;
        let zones = self.zones(&sources);
        let rule = Rule {
            places: sources,
            former: former.into_iter().map(|list| Former { list, of: 0 }).collect(),
            place_force,
            industry: source,
            industry_force,
            suffix: Suffix::new(&crate::value::text::fold(&suffix.value)),
            endings: Ending::usual(zones),
        };
        let parts = [place.text.clone(), industry.text.clone()];
        let naming = ir::Naming { rule, name, places, industry: industries, parts };
        Some(self.naming_nodes(naming, at, it.name.span))
    }

    /// The place: its force, its sources, and the field that each must agree with.
    fn places(
        &mut self,
        part: &NamePart,
        at: TableId,
    ) -> Option<(Force, Vec<PlaceSource>, Vec<Option<NodeId>>)> {
        let force = self.part_force(part);
        let sources: Vec<_> = part.sources.iter().map(|it| self.place_source(it)).collect();
        let sources = sources.into_iter().collect::<Option<Vec<PlaceSource>>>();
        let lists: Option<Vec<_>> =
            sources.as_ref().map(|it| it.iter().map(|it| it.list).collect());
        let fields = self.matching(part, lists.as_deref(), at);
        Some((force?, sources?, fields?))
    }

    /// The industry: its force, its source, and the field it must agree with.
    fn industry(
        &mut self,
        part: &NamePart,
        at: TableId,
    ) -> Option<(Force, IndustrySource, Option<NodeId>)> {
        let force = self.part_force(part);
        let source = self.industry_source(part);
        let list = source.as_ref().map(|it| [it.list]);
        let fields = self.matching(part, list.as_ref().map(|it| &it[..]), at);
        Some((force?, source?, fields?[0]))
    }

    /// The source that would have a 高新区: one whose places lie in other places, else a roster after the divisions.
    fn zones(&self, sources: &[PlaceSource]) -> Option<usize> {
        let list = |at: &usize| self.program.vocabulary(sources[*at].list);
        let hosted = |at: &usize| list(at).members.iter().any(|it| it.host.is_some());
        let after = 1..sources.len();
        let roster = |at: &usize| list(at).kind == VocabularyKind::Roster;
        after.clone().find(hosted).or_else(|| after.clone().find(roster))
    }

    /// The nodes of the 应 parts and of the 原则上 parts. What the case says of a part of the other force
    /// cannot matter to the 应 parts.
    fn naming_nodes(&mut self, it: ir::Naming, at: TableId, span: crate::source::Span) -> Named {
        let id = NamingId(self.program.namings.len() as u32);
        let forces = [it.rule.place_force, it.rule.industry_force];
        let kind = |soft: bool| {
            let counts = |force: Force| soft || force == Force::Must;
            NodeKind::Naming {
                naming: id,
                soft,
                name: it.name,
                places: it.places.iter().map(|node| node.filter(|_| counts(forces[0]))).collect(),
                industry: it.industry.filter(|_| counts(forces[1])),
            }
        };
        let (must, should) = (kind(false), kind(true));
        let must = self.truth(must, at, span);
        let should = forces.contains(&Force::Should).then(|| self.truth(should, at, span));
        self.program.namings.push(it);
        Named { id, must, should }
    }

    /// The text field after 的.
    fn named_field(
        &mut self,
        it: &ast::Criterion,
        naming: &ast::Naming,
        at: TableId,
    ) -> Option<NodeId> {
        let Some(field) = &naming.field else {
            if !self.is_damaged(&it.name) {
                self.faults.push(errors::naming_without_field(&it.name));
            }
            return None;
        };
        let node = self.expr(&named(field), at)?;
        match self.ty(node) {
            Ty::Text => Some(node),
            other => {
                let found = self.describe(other);
                self.fail(errors::text_needed(field.span, &found))
            }
        }
    }

    /// 组成: a place, an industry and a text, in this order.
    fn composition<'n>(
        &mut self,
        it: &ast::Criterion,
        naming: &'n ast::Naming,
    ) -> Option<(&'n ast::Name, &'n ast::Name, &'n ast::Word)> {
        let fault = match naming.pieces.as_deref() {
            Some([NamePiece::Part(place), NamePiece::Part(industry), NamePiece::Text(suffix)])
                if place.text != industry.text && !suffix.value.trim().is_empty() =>
            {
                return Some((place, industry, suffix));
            }
            Some([NamePiece::Part(_), NamePiece::Part(industry)]) => {
                errors::naming_without_suffix(industry)
            }
            Some([first, ..]) => errors::naming_shape(match first {
                NamePiece::Part(name) => name.span,
                NamePiece::Text(text) => text.span,
            }),
            _ if self.is_damaged(&it.name) => return None,
            _ => errors::naming_without_composition(&it.name),
        };
        self.faults.push(fault);
        None
    }

    /// 其中: one clause for each part.
    fn name_parts<'n>(
        &mut self,
        it: &ast::Criterion,
        naming: &'n ast::Naming,
        names: [&ast::Name; 2],
    ) -> [Option<&'n NamePart>; 2] {
        let mut found: [Option<&NamePart>; 2] = [None, None];
        for part in &naming.parts {
            match names.iter().position(|it| it.text == part.name.text) {
                None => {
                    let known = names.map(|it| it.text.as_str());
                    self.faults.push(errors::unknown_part(&part.name, &known));
                }
                Some(at) => match found[at] {
                    Some(first) => {
                        self.faults.push(errors::part_twice(&part.name, first.name.span));
                    }
                    None => found[at] = Some(part),
                },
            }
        }
        for (part, name) in found.iter().zip(names) {
            if part.is_none() && !self.is_damaged(&it.name) {
                self.faults.push(errors::part_without_source(name));
            }
        }
        found
    }

    fn part_force(&mut self, part: &NamePart) -> Option<Force> {
        match (part.force, part.negated) {
            (ast::Force::Must, false) => Some(Force::Must),
            (ast::Force::Should, false) => Some(Force::Should),
            _ => {
                self.faults.push(errors::part_force(part.force_span));
                None
            }
        }
    }

    fn vocabulary_named(&mut self, name: &ast::Name) -> Option<VocabularyId> {
        let found = self.symbols.vocabularies.get(name.text.as_str()).copied();
        if found.is_none() {
            let known: Vec<&str> = self.symbols.vocabularies.keys().copied().collect();
            self.faults.push(errors::unknown_list(name, &known));
        }
        found
    }

    /// 行政区划（全称、简称）; without brackets every form that the list has.
    fn place_source(&mut self, it: &ast::NameSource) -> Option<PlaceSource> {
        let list = self.vocabulary_named(&it.list)?;
        let all = it.forms.is_empty();
        let mut forms = Forms { full: all, short: all, alias: all };
        for form in &it.forms {
            match form.text.as_str() {
                "全称" | "full" => forms.full = true,
                "简称" | "short" => forms.short = true,
                "别称" | "alias" => forms.alias = true,
                _ => {
                    self.faults.push(errors::unknown_form(form));
                    return None;
                }
            }
        }
        Some(PlaceSource { list, forms })
    }

    /// 战略性新兴产业（第三层、第二层）; without brackets every level, the lowest first.
    fn industry_source(&mut self, part: &NamePart) -> Option<IndustrySource> {
        let [it] = part.sources.as_slice() else {
            self.faults.push(errors::several_classifications(&part.sources[1].list));
            return None;
        };
        let list = self.vocabulary_named(&it.list)?;
        let levels = self.program.vocabulary(list).members.iter().map(|it| it.level);
        let deepest = levels.max().unwrap_or(1);
        if it.forms.is_empty() {
            return Some(IndustrySource { list, levels: (1..=deepest).rev().collect() });
        }
        let mut levels = vec![];
        for form in &it.forms {
            match level(&form.text).filter(|it| (1..=deepest).contains(it)) {
                Some(level) => levels.push(level),
                None => {
                    self.faults.push(errors::unknown_level(form, &it.list.text, deepest));
                    return None;
                }
            }
        }
        Some(IndustrySource { list, levels })
    }

    /// 与 … 一致: for each list, the field of the case that is of it.
    fn matching(
        &mut self,
        part: &NamePart,
        lists: Option<&[VocabularyId]>,
        at: TableId,
    ) -> Option<Vec<Option<NodeId>>> {
        let mut sound = true;
        let mut found = vec![None; lists.map_or(0, <[_]>::len)];
        for field in &part.matching {
            let Some(node) = self.expr(&named(field), at) else {
                sound = false;
                continue;
            };
            let Some(lists) = lists else { continue };
            let ty = self.ty(node);
            match lists.iter().position(|it| ty == Ty::Member(*it)) {
                Some(place) if found[place].is_none() => found[place] = Some(node),
                Some(_) => {
                    sound = false;
                    self.faults.push(errors::matched_twice(field));
                }
                None => {
                    sound = false;
                    let names: Vec<String> =
                        lists.iter().map(|it| self.program.vocabulary(*it).name.clone()).collect();
                    let is = self.describe(ty);
                    self.faults.push(errors::matching_type(field, &is, &names));
                }
            }
        }
        (sound && lists.is_some()).then_some(found)
    }
}

/// A name as a sentence.
fn named(name: &ast::Name) -> ast::Expr {
    ast::Expr { kind: ast::ExprKind::Name(name.clone()), span: name.span }
}

/// 第三层, 第3层, level_3
fn level(word: &str) -> Option<u32> {
    const DIGITS: [&str; 9] = ["一", "二", "三", "四", "五", "六", "七", "八", "九"];
    let inner = word
        .strip_prefix('第')
        .and_then(|it| it.strip_suffix('层'))
        .or_else(|| word.strip_prefix("level_"))?;
    let numeral = DIGITS.iter().position(|it| *it == inner).map(|it| it as u32 + 1);
    numeral.or_else(|| inner.parse().ok())
}
