//! Colours for a terminal: the signs of verdicts in a report, and nothing where there is no terminal.

use crate::cli::findings::Paint;
use crate::cli::output::paint_of_output;

/// How a result is painted that goes to a file, or to standard output.
pub fn of(file: Option<&str>) -> Paint {
    if file.is_some() { Paint::Plain } else { paint_of_output() }
}

/// Paints the sign that a line begins with, after the branches of a tree.
pub fn signs(text: &str, paint: Paint) -> String {
    if paint == Paint::Plain {
        return text.to_owned();
    }
    let mut painted = String::with_capacity(text.len() + text.len() / 8);
    for line in text.split_inclusive('\n') {
        let start = line.find(|c| !"│├└─ ".contains(c)).unwrap_or(line.len());
        let (branches, rest) = line.split_at(start);
        painted.push_str(branches);
        match rest.chars().next().and_then(|it| Some((it, colour(it)?))) {
            Some((sign, colour)) if rest[sign.len_utf8()..].starts_with(' ') => {
                painted.push_str(&format!(
                    "\x1b[1;{colour}m{sign}\x1b[0m{}",
                    &rest[sign.len_utf8()..]
                ));
            }
            _ => painted.push_str(rest),
        }
    }
    painted
}

fn colour(sign: char) -> Option<u8> {
    match sign {
        '✓' => Some(32),
        '✗' | '!' => Some(31),
        '?' => Some(33),
        '–' => Some(90),
        _ => None,
    }
}
