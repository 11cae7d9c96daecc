//! Numbers of articles, read and written. What the outline holds is seen elsewhere.

pub(super) const DIGITS: [char; 13] =
    ['零', '〇', '一', '二', '三', '四', '五', '六', '七', '八', '九', '十', '百'];

/// 第四条第二款第（一）项 → 第四条; what is no article stays whole.
pub(super) fn whole_article(place: &str) -> &str {
    let Some(at) = place.find('条') else { return place };
    let end = at + '条'.len_utf8();
    let rest = &place[end..];
    // 第四条之一 is an article of its own.
    match rest.strip_prefix('之') {
        Some(tail) => {
            let digits: usize =
                tail.chars().take_while(|it| DIGITS.contains(it)).map(char::len_utf8).sum();
            &place[..end + '之'.len_utf8() + digits]
        }
        None => &place[..end],
    }
}

/// The number of 第…条, written in Chinese numerals up to 999.
pub(super) fn article_number(place: &str) -> Option<u32> {
    let digits = place.strip_prefix('第')?.strip_suffix('条')?;
    let (mut total, mut digit) = (0, 0);
    for it in digits.chars() {
        match it {
            '百' => total += std::mem::take(&mut digit).max(1) * 100,
            '十' => total += std::mem::take(&mut digit).max(1) * 10,
            '零' | '〇' => digit = 0,
            _ => digit = DIGITS[2..11].iter().position(|one| *one == it)? as u32 + 1,
        }
    }
    Some(total + digit).filter(|it| *it > 0)
}

/// 16 → 十六, 20 → 二十, 105 → 一百零五, 110 → 一百一十.
pub(super) fn chinese(n: u32) -> String {
    let one = |n: u32| DIGITS[n as usize + 1];
    let mut text = String::new();
    if n >= 100 {
        text.push(one(n / 100));
        text.push('百');
        if !n.is_multiple_of(100) && n % 100 < 10 {
            text.push('零');
        }
    }
    let rest = n % 100;
    if rest >= 10 {
        if rest >= 20 || n >= 100 {
            text.push(one(rest / 10));
        }
        text.push('十');
    }
    if !rest.is_multiple_of(10) {
        text.push(one(rest % 10));
    }
    text
}

#[cfg(test)]
pub(super) fn numerals(n: u32) -> (String, Option<u32>) {
    let text = chinese(n);
    let back = article_number(&format!("第{text}条"));
    (text, back)
}
