//! Numbers of articles, read and written. What the outline holds is seen elsewhere.

pub(super) const DIGITS: [char; 13] =
    ['零', '〇', '一', '二', '三', '四', '五', '六', '七', '八', '九', '十', '百'];

/// What a place lies in, the narrowest first: 附件一第三条第（一）项 → 附件一第三条, 附件一; 第四条第二款 → 第四条.
pub(super) fn around(place: &str) -> Vec<&str> {
    let annex = annex_end(place);
    let article = article_end(&place[annex..]).map(|it| annex + it);
    let ends = article.into_iter().chain((annex > 0).then_some(annex));
    ends.filter(|it| *it < place.len()).map(|it| &place[..it]).collect()
}

/// Where the name of an annex ends: 附件一|第三条; 0 where the place lies in none.
fn annex_end(place: &str) -> usize {
    match place.strip_prefix("附件") {
        Some(rest) => place.len() - rest.trim_start_matches(DIGITS).len(),
        None => 0,
    }
}

/// Where an article ends: 第四条之一|第二款.
fn article_end(place: &str) -> Option<usize> {
    let end = place.strip_prefix('第').and(place.find('条'))? + '条'.len_utf8();
    // 第四条之一 is an article of its own.
    Some(match place[end..].strip_prefix('之') {
        Some(tail) => place.len() - tail.trim_start_matches(DIGITS).len(),
        None => end,
    })
}

/// A place that ends in a number, as what stands before it and the number: 第十六条, 附件四, 附件一第三条.
pub(super) fn numbered(place: &str) -> Option<(&str, u32)> {
    let annex = annex_end(place);
    if annex > 0 && annex == place.len() {
        return Some(("附件", number(place.strip_prefix("附件")?)?));
    }
    Some((&place[..annex], article_number(&place[annex..])?))
}

/// The place of a number that [`numbered`] read.
pub(super) fn place_of(before: &str, n: u32) -> String {
    match before {
        "附件" => format!("附件{}", chinese(n)),
        annex => format!("{annex}第{}条", chinese(n)),
    }
}

/// The number of 第…条, written in Chinese numerals up to 999.
pub(super) fn article_number(place: &str) -> Option<u32> {
    number(place.strip_prefix('第')?.strip_suffix('条')?)
}

fn number(digits: &str) -> Option<u32> {
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
