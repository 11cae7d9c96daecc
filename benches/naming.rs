//! Job D of the workloads: a million names split and judged with reasons, beside a bare walk of a trie in the same run.

#[path = "../tests/it/naming/world.rs"]
#[allow(dead_code)]
mod world;

#[path = "../src/naming/trie.rs"]
#[allow(dead_code)]
mod trie;

use heng::ir::Vocabulary;
use heng::naming::Case;
use heng::naming::Given;
use heng::naming::Namer;
use heng::value::Foreign;
use heng::value::MemberSet;
use heng::value::Possible;
use heng::value::Truth;
use std::collections::BTreeMap;
use std::hint::black_box;
use std::time::Duration;
use std::time::Instant;
use trie::Trie;

const NAMES: usize = 1_000_000;
const RUNS: usize = 9;
/// Names that neither begin with 虚构 nor end in 产业集群.
const WELL_FORMED: usize = 959_739;

/// splitmix64; `below` is the high half of the 128-bit product.
struct Random(u64);

impl Random {
    fn below(&mut self, n: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^= z >> 31;
        ((u128::from(z) * u128::from(n)) >> 64) as u64
    }
}

/// A name and what its case says: the first division and the first class of these names.
struct Row {
    name: String,
    place: u32,
    industry: u32,
}

fn rows(lists: &[Vocabulary]) -> Vec<Row> {
    let first = |list: &Vocabulary, level: &dyn Fn(u32) -> bool| {
        let mut names: BTreeMap<String, u32> = BTreeMap::new();
        for (member, at) in list.members.iter().zip(0..).filter(|(member, _)| level(member.level)) {
            names.entry(member.name.to_string()).or_insert(at);
        }
        names.into_iter().collect::<Vec<_>>()
    };
    let (places, industries) =
        (first(&lists[0], &|_| true), first(&lists[2], &|level| level == 2 || level == 3));
    let mut random = Random(5);
    let one = |_| {
        let k = random.below(100);
        let (place, at) = &places[random.below(places.len() as u64) as usize];
        let (industry, class) = &industries[random.below(industries.len() as u64) as usize];
        let head = if k < 2 { "虚构" } else { "" };
        let tail = if (2..4).contains(&k) { "产业集群" } else { "创新型产业集群" };
        Row { name: format!("{head}{place}{industry}{tail}"), place: *at, industry: *class }
    };
    (0..NAMES).map(one).collect()
}

/// The end of the longest name at the head of a text.
fn longest(trie: &Trie, text: &str) -> usize {
    trie.walk(text).last().map_or(0, |it| it.0)
}

fn trie<'n>(names: impl Iterator<Item = &'n str>) -> Trie {
    Trie::new(&names.zip(0..).map(|(name, at)| (name.to_owned(), at)).collect())
}

fn median(mut times: Vec<Duration>) -> f64 {
    times.sort();
    times[times.len() / 2].as_secs_f64()
}

fn main() {
    let (lists, rule) = (world::lists(), world::rule());
    let namer = Namer::new(&rule, &lists);
    let rows = rows(&lists);
    let places = trie(lists[0].members.iter().map(|it| it.name.as_ref()));
    let industries = trie(
        lists[2].members.iter().filter(|it| matches!(it.level, 2 | 3)).map(|it| it.name.as_ref()),
    );
    let bare = || {
        let well = |row: &&Row| {
            let place = longest(&places, &row.name);
            let industry = place + longest(&industries, &row.name[place..]);
            place > 0 && industry > place && row.name[industry..] == *"创新型产业集群"
        };
        rows.iter().filter(well).count()
    };
    let blank = Possible::values(MemberSet { members: None, foreign: Foreign::No });
    let none = Possible::not_applicable();
    let judged =
        |keep: &mut Vec<_>| {
            keep.clear();
            for row in &rows {
                let places = [Given::One(row.place), Given::Set(&none)];
                keep.push(namer.verdict(
                    &row.name,
                    &Case { places: &places, industry: Given::One(row.industry) },
                ));
            }
        };
    let open = || {
        let places = [Given::Set(&blank), Given::Set(&blank)];
        let case = Case { places: &places, industry: Given::Set(&blank) };
        rows.iter().filter(|row| namer.verdict(&row.name, &case).truth != Truth::FALSE).count()
    };
    #[expect(clippy::disallowed_methods, reason = "a bench measures time")]
    let time = |job: &mut dyn FnMut()| {
        let start = Instant::now();
        job();
        start.elapsed()
    };
    let mut kept = Vec::with_capacity(NAMES);
    let (mut loops, mut ours, mut blanks) = (vec![], vec![], vec![]);
    let mut count = 0;
    for _ in 0..RUNS {
        loops.push(time(&mut || count = black_box(bare())));
        ours.push(time(&mut || judged(black_box(&mut kept))));
        blanks.push(time(&mut || assert_eq!(black_box(open()), WELL_FORMED)));
    }
    let conforming = kept.iter().filter(|it| it.truth == Truth::TRUE).count();
    println!(
        "names {NAMES}, well formed by the bare walk {count}, conforming {conforming} of {WELL_FORMED}"
    );
    let noted = kept.iter().filter(|it| it.truth == Truth::TRUE && it.soft != Truth::TRUE).count();
    println!("conforming with a note {noted}; {} bytes a verdict", std::mem::size_of_val(&kept[0]));
    let (walk, ours, blanks) = (median(loops), median(ours), median(blanks));
    println!(
        "bare walk {:.0} ns, judged {:.0} ns, with nothing known of the case {:.0} ns a name",
        walk * 1e3,
        ours * 1e3,
        blanks * 1e3
    );
    println!("ratio {:.2}", ours / walk);
}
