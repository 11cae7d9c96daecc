//! Names of sheets as spreadsheets allow them, each once. What the sheets hold is no matter here.

use std::collections::BTreeSet;

/// The most units of UTF-16 in a name.
const LONGEST: usize = 31;

/// The names of the sheets of one workbook.
#[derive(Default)]
pub struct SheetNames {
    /// What is taken, in small letters: a spreadsheet tells names apart without regard to case.
    taken: BTreeSet<String>,
}

impl SheetNames {
    /// The name wanted, as near as is allowed and free; it is taken from now on.
    pub fn take(&mut self, wanted: &str) -> String {
        let plain = allowed(wanted);
        let mut name = cut(&plain, LONGEST).to_owned();
        let mut turn = 2;
        while !self.taken.insert(name.to_lowercase()) {
            let mark = format!(" {turn}");
            name = format!("{}{mark}", cut(&plain, LONGEST - mark.len()));
            turn += 1;
        }
        name
    }
}

/// A name without the characters a spreadsheet forbids: their full-width brothers stand for them.
fn allowed(wanted: &str) -> String {
    let replaced: String =
        wanted.trim().chars().filter(|it| !it.is_control()).map(brother).collect();
    let name = match replaced.strip_prefix('\'') {
        Some(rest) => format!("’{rest}"),
        None => replaced,
    };
    match name.to_lowercase().as_str() {
        "" => "表".to_owned(),
        // Spreadsheets keep this one for themselves.
        "history" => format!("{name}_"),
        _ => name,
    }
}

fn brother(it: char) -> char {
    match it {
        '[' => '［',
        ']' => '］',
        ':' => '：',
        '*' => '＊',
        '?' => '？',
        '/' => '／',
        '\\' => '＼',
        it => it,
    }
}

/// The beginning of a name, no longer than so many units; it ends in no blank or apostrophe.
fn cut(name: &str, most: usize) -> &str {
    let mut units = 0;
    let end = name.char_indices().find(|(_, it)| {
        units += it.len_utf16();
        units > most
    });
    name[..end.map_or(name.len(), |(at, _)| at)].trim_end_matches([' ', '\''])
}

/// A cell as a link within the workbook names it: `'集群 2'!B5`. Row and column count from 0.
pub fn cell_of(sheet: &str, row: u32, column: u16) -> String {
    let cell = rust_xlsxwriter::utility::row_col_to_cell(row, column);
    format!("'{}'!{cell}", sheet.replace('\'', "''"))
}

#[cfg(test)]
mod tests {
    use super::SheetNames;
    use super::cell_of;

    #[test]
    fn a_name_is_allowed_and_stands_once() {
        let mut names = SheetNames::default();
        assert_eq!(names.take("集群"), "集群");
        assert_eq!(names.take(" 集群 "), "集群 2");
        assert_eq!(names.take("Data"), "Data");
        assert_eq!(names.take("DATA"), "DATA 2");
        assert_eq!(names.take("a/b:c*d?[e]\\"), "a／b：c＊d？［e］＼");
        assert_eq!(names.take("'甲'"), "’甲");
        assert_eq!(names.take(""), "表");
        assert_eq!(names.take("History"), "History_");
        let long = "长".repeat(40);
        assert_eq!(names.take(&long).encode_utf16().count(), 31);
        let second = names.take(&long);
        assert!(second.ends_with("长 2") && second.encode_utf16().count() == 31, "{second}");
        let wide = "𠮷".repeat(20);
        assert_eq!(names.take(&wide).encode_utf16().count(), 30);
    }

    #[test]
    fn a_link_names_its_cell() {
        assert_eq!(cell_of("集群", 4, 1), "'集群'!B5");
        assert_eq!(cell_of("it's", 0, 26), "'it''s'!AA1");
    }
}
