//! Chinese numerals of articles, there and back.

use super::articles::numerals;

#[test]
fn article_numbers_are_written_and_read_alike() {
    for n in 1..=999 {
        assert_eq!(numerals(n).1, Some(n), "{}", numerals(n).0);
    }
    for (n, text) in
        [(1, "一"), (10, "十"), (16, "十六"), (20, "二十"), (105, "一百零五"), (110, "一百一十")]
    {
        assert_eq!(numerals(n).0, text);
    }
}
