//! Names are not given twice, and every function shows itself in its example.

use super::ALL;

#[test]
fn names_are_unique_and_examples_use_them() {
    for (at, one) in ALL.iter().enumerate() {
        assert!(one.example.contains(one.zh), "{}: {}", one.zh, one.example);
        for other in &ALL[at + 1..] {
            assert!(one.zh != other.zh && one.en != other.en, "{} is there twice", one.zh);
        }
    }
}
