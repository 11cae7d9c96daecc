//! Number formats of spreadsheets, so far as they tell whether a number is shown as a percentage.

/// Whether a format code shows numbers with a percent sign: one outside of quoted text, for numbers above zero.
pub fn shows_percent(code: &str) -> bool {
    let mut quoted = false;
    let mut escaped = false;
    for mark in code.chars() {
        match mark {
            _ if escaped => escaped = false,
            '\\' | '_' | '*' if !quoted => escaped = true,
            '"' => quoted = !quoted,
            '%' if !quoted => return true,
            ';' if !quoted => return false,
            _ => {}
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use super::shows_percent;

    #[test]
    fn a_percent_sign_counts_outside_of_quotes() {
        for code in ["0%", "0.00%", "#,##0.0 %", "0%;[Red]-0%"] {
            assert!(shows_percent(code), "{code}");
        }
        for code in ["General", "0.00", "0\"%\"", "0\\%", "0;0%", "@"] {
            assert!(!shows_percent(code), "{code}");
        }
    }
}
