//! Which member of a list lies under which: by the parent each row names, or by the levels of an outline.

use crate::data::lookup;
use crate::data::vocabulary::Reader;
use crate::data::vocabulary::Row;
use crate::data::vocabulary::role_of;
use crate::diagnostic::code;
use crate::ir::Member;
use crate::value::text;
use indexmap::IndexMap;

impl Reader<'_> {
    /// Sets parent and level: by 上级 where there is such a column, else by the levels of an outline.
    pub(super) fn find_parents(&mut self, members: &mut [Member], rows: &[&Row<'_>]) {
        let has = |use_of: usize| {
            self.definition.columns.iter().any(|(role, _)| role_of(role) == Some(use_of))
        };
        if has(4) {
            let index = lookup::index_of(members);
            for (at, row) in rows.iter().enumerate().filter(|(_, row)| !row.cells[4].is_empty()) {
                let above = &row.cells[4];
                members[at].parent = self.parent(members, &index, row.place, above);
            }
            self.cut_cycles(members, rows);
        } else if has(5) {
            self.follow_outline(members, rows);
        }
        for at in 0..members.len() {
            let above = |it: &u32| members[*it as usize].parent;
            members[at].level = std::iter::successors(Some(at as u32), above).count() as u32;
        }
    }

    /// The member a parent's code names, else the only one its name does.
    fn parent(
        &mut self,
        members: &[Member],
        index: &IndexMap<String, Vec<u32>>,
        row: u32,
        above: &str,
    ) -> Option<u32> {
        let folded = text::fold(above);
        let bearers = index.get(folded.as_ref()).map_or(&[][..], Vec::as_slice);
        let coded = |it: &&u32| {
            members[**it as usize].code.as_deref().is_some_and(|it| text::fold(it) == folded)
        };
        match (bearers.iter().find(coded), bearers) {
            (Some(member), _) | (None, [member]) => Some(*member),
            (None, []) => {
                let zh = format!("上级“{above}”不在这份名单中");
                self.at(
                    code::LIST_PARENT,
                    row,
                    Some(4),
                    zh,
                    format!("the parent `{above}` is not in the list"),
                );
                None
            }
            (None, _) => {
                let zh = format!("上级“{above}”有 {} 个同名者，请写代码", bearers.len());
                let en = format!(
                    "{} members are called `{above}`: write the parent's code",
                    bearers.len()
                );
                self.at(code::LIST_PARENT, row, Some(4), zh, en);
                None
            }
        }
    }

    /// Reports each loop once and opens it at the member met first.
    fn cut_cycles(&mut self, members: &mut [Member], rows: &[&Row<'_>]) {
        // 0: not seen; otherwise the walk that met the member.
        let mut seen = vec![0; members.len()];
        for start in 0..members.len() {
            let mut at = start;
            while seen[at] == 0 {
                seen[at] = start + 1;
                let Some(above) = members[at].parent else { break };
                if seen[above as usize] == start + 1 {
                    let entry = above as usize;
                    let mut names = vec![members[entry].name.to_string()];
                    let mut step = members[entry].parent;
                    while let Some(next) =
                        step.filter(|it| *it as usize != entry && names.len() < 8)
                    {
                        names.push(members[next as usize].name.to_string());
                        step = members[next as usize].parent;
                    }
                    names.push(members[entry].name.to_string());
                    let zh = format!("上级绕成一圈：{}", names.join(" → "));
                    let en = format!("the parents form a loop: {}", names.join(" → "));
                    self.at(code::LIST_CYCLE, rows[entry].place, Some(4), zh, en);
                    members[entry].parent = None;
                    break;
                }
                at = above as usize;
            }
        }
    }

    /// The member above is the nearest one before with a higher level. Levels are numbers, or words in the
    /// order in which they first appear.
    fn follow_outline(&mut self, members: &mut [Member], rows: &[&Row<'_>]) {
        let mut words: Vec<&str> = Vec::new();
        let mut open: Vec<(u64, u32)> = Vec::new();
        let numbered = rows.iter().all(|row| text::fold(&row.cells[5]).parse::<u64>().is_ok());
        for (at, row) in rows.iter().enumerate() {
            let written = row.cells[5].as_ref();
            if written.is_empty() {
                self.at(code::LIST_LEVEL, row.place, Some(5), "没有写层级", "the level is missing");
                continue;
            }
            if !words.contains(&written) {
                words.push(written);
            }
            let order = words.iter().position(|it| *it == written).unwrap_or(0) as u64;
            let level = if numbered { text::fold(written).parse().unwrap_or(0) } else { order };
            open.retain(|(above, _)| *above < level);
            members[at].parent = open.last().map(|(_, member)| *member);
            open.push((level, at as u32));
        }
    }
}
