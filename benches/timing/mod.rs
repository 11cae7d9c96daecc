//! What the benchmarks share: timing two ways of one job in turns, random numbers, files that lie in memory. No job stands here.
#![allow(dead_code, reason = "each benchmark uses some of it")]

use heng::source::Files;
use heng::workspace;
use heng::workspace::Workspace;
use std::time::Duration;
use std::time::Instant;

/// How often each way is timed.
const TIMES: usize = 9;

/// The medians of two ways of doing one job, timed by turns so that both meet the same noise.
#[expect(clippy::disallowed_methods, reason = "a benchmark is about time")]
pub fn by_turns(mut first: impl FnMut(), mut second: impl FnMut()) -> (Duration, Duration) {
    let time = |job: &mut dyn FnMut()| {
        let start = Instant::now();
        job();
        start.elapsed()
    };
    first();
    second();
    let mut times: (Vec<Duration>, Vec<Duration>) =
        (0..TIMES).map(|_| (time(&mut first), time(&mut second))).unzip();
    (median(&mut times.0), median(&mut times.1))
}

/// The median of one way.
pub fn alone(mut job: impl FnMut()) -> Duration {
    by_turns(&mut job, || {}).0
}

fn median(times: &mut [Duration]) -> Duration {
    times.sort();
    times[times.len() / 2]
}

/// Nanoseconds a record.
pub fn each(time: Duration, records: usize) -> f64 {
    time.as_nanos() as f64 / records as f64
}

/// A time over another.
pub fn ratio(ours: Duration, other: Duration) -> f64 {
    ours.as_secs_f64() / other.as_secs_f64()
}

/// Threads for evaluation.
pub fn threads(count: usize) -> rayon::ThreadPool {
    rayon::ThreadPoolBuilder::new().num_threads(count).build().expect("threads can be had")
}

/// splitmix64
pub struct Random(pub u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    /// Below `n`: the high half of the 128-bit product.
    pub fn below(&mut self, n: u64) -> u64 {
        ((self.next() as u128 * n as u128) >> 64) as u64
    }
}

/// Files by name.
pub struct Memory(pub Vec<(&'static str, String)>);

impl Files for Memory {
    fn read(&self, path: &str) -> Result<Vec<u8>, String> {
        let file = self.0.iter().find(|it| it.0 == path);
        file.map(|it| it.1.clone().into_bytes()).ok_or_else(|| format!("no file {path}"))
    }

    fn list(&self, path: &str) -> Result<Vec<String>, String> {
        Ok(vec![path.to_owned()])
    }
}

/// A rulebook in memory, checked.
pub fn rulebook(files: Vec<(&'static str, String)>, name: &str) -> Workspace {
    let Ok(workspace) = workspace::load(&Memory(files), name) else { panic!("no rulebook") };
    assert!(workspace.program.is_some(), "{:#?}", workspace.findings);
    workspace
}
