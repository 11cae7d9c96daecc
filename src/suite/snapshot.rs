//! Snapshots of explanations: their text form, which insta and people read, and how they stand to what came out. It touches no disk.

use crate::diagnostic::Text;
use std::collections::BTreeMap;

/// The form written and read here.
const FORM: u32 = 1;

/// The explanation of one case as it is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Snapshot {
    /// Whose it is.
    pub title: String,
    /// The explanation.
    pub body: String,
}

/// What keeps a snapshot from being compared.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fault {
    /// It is no whole snapshot: why not, to be read after the file's name.
    Damaged(Text),
    /// It was written in another form of this number.
    OtherForm(String),
}

/// How one snapshot stands to what came out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum State {
    /// It says what came out.
    Same,
    /// Something else came out; this is what it says.
    Changed(String),
    /// There is none yet.
    Missing,
    /// It cannot be compared.
    Faulty(Fault),
    /// Nothing came out that it could be of.
    LeftOver,
}

/// One file of a folder of snapshots.
#[derive(Clone, Debug)]
pub struct Compared {
    /// Its path below the folder.
    pub file: String,
    /// How it stands.
    pub state: State,
    /// What came out; none of a left-over.
    pub now: Option<Snapshot>,
}

/// The text of a snapshot, as insta has it: a head between lines of `---`, then the body.
pub fn write(it: &Snapshot) -> String {
    let title = serde_json::Value::String(it.title.clone());
    let body = it.body.trim_end();
    format!("---\nsource: heng test\ndescription: {title}\ninfo:\n  heng: {FORM}\n---\n{body}\n")
}

/// The body of a snapshot.
pub fn read(bytes: &[u8]) -> Result<String, Fault> {
    let damaged = |zh: &str, en: &str| Fault::Damaged(Text::new(zh, en));
    let text = std::str::from_utf8(bytes)
        .map_err(|_| damaged("不是 UTF-8 文本", "is no UTF-8 text"))?
        .replace("\r\n", "\n");
    let text = text.strip_prefix('\u{feff}').unwrap_or(&text);
    let begins = |mark: &str| text.lines().any(|it| it.starts_with(mark));
    if begins("<<<<<<< ") && begins(">>>>>>> ") {
        let (zh, en) = ("里有没有解决的合并冲突", "holds a merge conflict that is not resolved");
        return Err(damaged(zh, en));
    }
    let head = text.strip_prefix("---\n").and_then(|it| it.split_once("\n---\n"));
    let Some((head, body)) = head else {
        return Err(damaged(
            "不完整：开头的说明不在两行 --- 之间",
            "is not whole: its head does not stand between lines of ---",
        ));
    };
    let form = head.lines().skip_while(|it| it.trim_end() != "info:");
    let form = form.skip(1).find_map(|it| it.strip_prefix("  heng:")).map(str::trim);
    let is_number = |it: &&str| !it.is_empty() && it.bytes().all(|it| it.is_ascii_digit());
    match form.filter(is_number) {
        Some(form) if form.parse() == Ok(FORM) => Ok(body.trim_end().to_owned()),
        Some(other) => Err(Fault::OtherForm(other.to_owned())),
        _ => Err(damaged("不是 heng test 存的快照", "is no snapshot of heng test")),
    }
}

/// A file of a folder: its bytes, or why they cannot be had.
pub type Read = Result<Vec<u8>, Text>;

/// What came out beside the files that a folder holds, in the order of their names; with `whole`, files of nothing are left over.
pub fn compare(
    wanted: BTreeMap<String, Snapshot>,
    mut found: BTreeMap<String, Read>,
    whole: bool,
) -> Vec<Compared> {
    let mut all: BTreeMap<String, Compared> = BTreeMap::new();
    for (file, now) in wanted {
        let state = match found.remove(&file).map(of_file) {
            None => State::Missing,
            Some(Err(fault)) => State::Faulty(fault),
            Some(Ok(body)) if body == now.body.trim_end() => State::Same,
            Some(Ok(body)) => State::Changed(body),
        };
        all.insert(file.clone(), Compared { file, state, now: Some(now) });
    }
    for (file, bytes) in found.into_iter().filter(|_| whole) {
        let state = match of_file(bytes) {
            Ok(_) => State::LeftOver,
            Err(fault) => State::Faulty(fault),
        };
        all.insert(file.clone(), Compared { file, state, now: None });
    }
    all.into_values().collect()
}

fn of_file(it: Read) -> Result<String, Fault> {
    read(&it.map_err(Fault::Damaged)?)
}

/// The most bytes of a key that a file's name holds.
const LONGEST: usize = 150;

/// A key as the name of a file: what no system takes in a name is written as %XX; a long one is cut and numbered by `taken`.
pub fn file_name(key: &str, taken: &BTreeMap<String, Snapshot>) -> String {
    let mut name = String::new();
    for (at, c) in key.chars().enumerate() {
        let refused = c.is_control() || r#"/\:*?"<>|%"#.contains(c) || (at == 0 && c == '.');
        match refused {
            true => c.to_string().bytes().for_each(|it| name += &format!("%{it:02X}")),
            false => name.push(c),
        }
        if name.len() > LONGEST {
            break;
        }
    }
    let is_taken =
        |it: &String| taken.keys().any(|known| known.to_lowercase() == it.to_lowercase());
    let plain = format!("{name}.snap");
    if !is_taken(&plain) {
        return plain;
    }
    let mut numbers = 2usize..;
    numbers.by_ref().map(|it| format!("{name}~{it}.snap")).find(|it| !is_taken(it)).unwrap_or(plain)
}
