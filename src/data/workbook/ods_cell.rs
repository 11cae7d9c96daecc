//! One row of an ods sheet: its cells with their values, repeated and covered ones included. Nothing is placed here.

use crate::data::workbook::sheet::MOST_COLUMNS;
use crate::data::workbook::text;
use crate::data::workbook::text::Typed;
use calamine::DataRef;
use quick_xml::Error;
use quick_xml::Reader;
use quick_xml::XmlVersion;
use quick_xml::escape::resolve_predefined_entity;
use quick_xml::events::BytesRef;
use quick_xml::events::BytesStart;
use quick_xml::events::Event;
use std::io::BufRead;
use std::rc::Rc;

/// Blanks that one mark may stand for.
const MOST_BLANKS: u32 = 1000;

/// A cell that is not blank, or begins a merged region.
pub struct Given {
    /// Its column, from 0.
    pub column: u32,
    /// In how many columns it stands.
    pub times: u32,
    /// What it holds.
    pub typed: Typed<'static>,
    /// Rows and columns it is merged over.
    pub spans: (u32, u32),
    /// Its formula.
    pub formula: Option<Rc<str>>,
    /// Whether the result of the formula is stored.
    pub stored: bool,
}

impl Given {
    /// The columns it stands in, up to one past the last that is read: that one tells that there are more.
    pub fn columns(&self) -> std::ops::Range<u32> {
        let first = self.column.min(MOST_COLUMNS);
        first..self.column.saturating_add(self.times).min(MOST_COLUMNS + 1)
    }
}

/// An attribute of a tag.
pub fn attribute(tag: &BytesStart<'_>, name: &str) -> Result<Option<String>, Error> {
    let Some(found) = tag.try_get_attribute(name)? else { return Ok(None) };
    Ok(Some(found.normalized_value(XmlVersion::Implicit1_0)?.into_owned()))
}

/// How often a row or cell stands there.
pub fn times(tag: &BytesStart<'_>, name: &str) -> Result<u32, Error> {
    Ok(attribute(tag, name)?.and_then(|it| it.parse().ok()).unwrap_or(1))
}

/// Reads the cells of a row up to its end.
pub fn row<R: BufRead>(xml: &mut Reader<R>, given: &mut Vec<Given>) -> Result<(), Error> {
    given.clear();
    let (mut buffer, mut column) = (vec![], 0u32);
    loop {
        buffer.clear();
        match xml.read_event_into(&mut buffer)? {
            Event::Start(tag)
                if ["table:table-cell", "table:covered-table-cell"].contains(&tag.name().0) =>
            {
                let head = Head::of(&tag)?;
                let end = tag.name().0.to_owned();
                let content = content(xml, &end)?;
                let cell = head.cell(column, content);
                column = column.saturating_add(cell.times);
                let merged = cell.spans != (1, 1);
                if !cell.typed.text.is_empty() || cell.formula.is_some() || merged {
                    given.push(cell);
                }
            }
            Event::End(tag) if tag.name().0 == "table:table-row" => return Ok(()),
            Event::Eof => {
                return Err(Error::Io(std::sync::Arc::new(
                    std::io::ErrorKind::UnexpectedEof.into(),
                )));
            }
            _ => {}
        }
    }
}

/// What the tag of a cell says.
#[derive(Default)]
struct Head {
    kind: String,
    error: bool,
    value: Option<String>,
    formula: Option<Rc<str>>,
    times: Option<u32>,
    down: Option<u32>,
    right: Option<u32>,
}

impl Head {
    fn of(tag: &BytesStart<'_>) -> Result<Head, Error> {
        let mut head = Head::default();
        for attribute in tag.attributes() {
            let attribute = attribute?;
            let value = || attribute.normalized_value(XmlVersion::Implicit1_0);
            match attribute.key.0 {
                "office:value-type" => head.kind = value()?.into_owned(),
                "calcext:value-type" => head.error = value()? == "error",
                "office:value"
                | "office:date-value"
                | "office:time-value"
                | "office:boolean-value"
                | "office:string-value" => {
                    head.value = Some(value()?.into_owned());
                }
                "table:formula" => head.formula = Some(value()?.as_ref().into()),
                "table:number-columns-repeated" => head.times = value()?.parse().ok(),
                "table:number-rows-spanned" => head.down = value()?.parse().ok(),
                "table:number-columns-spanned" => head.right = value()?.parse().ok(),
                _ => {}
            }
        }
        Ok(head)
    }

    fn cell(self, column: u32, content: String) -> Given {
        let stored = !self.kind.is_empty() || !content.is_empty();
        let at_least_one = |it: Option<u32>| it.unwrap_or(1).max(1);
        Given {
            column,
            times: at_least_one(self.times),
            spans: (at_least_one(self.down), at_least_one(self.right)),
            typed: typed(&self.kind, self.error, self.value, content),
            formula: self.formula,
            stored,
        }
    }
}

/// The value of a cell as the text a person typed.
fn typed(kind: &str, error: bool, value: Option<String>, content: String) -> Typed<'static> {
    if error {
        return text::error(content);
    }
    let number = || value.as_deref().and_then(|it| it.trim().parse::<f64>().ok());
    match (kind, number(), &value) {
        ("float" | "currency", Some(number), _) => text::of(&DataRef::Float(number), false),
        ("percentage", Some(number), _) => text::of(&DataRef::Float(number), true),
        ("boolean", _, Some(value)) => text::of(&DataRef::Bool(value == "true"), false),
        ("date", _, Some(day)) => text::of(&DataRef::DateTimeIso(day.clone()), false),
        ("time", _, Some(time)) => text::of(&DataRef::DurationIso(time.clone()), false),
        ("string", _, Some(text)) if !text.is_empty() => {
            text::of(&DataRef::String(text.clone()), false)
        }
        _ => text::of(&DataRef::String(content), false),
    }
}

/// The text a cell shows, its paragraphs as lines; notes and drawings are left out.
fn content<R: BufRead>(xml: &mut Reader<R>, end: &str) -> Result<String, Error> {
    let (mut text, mut buffer) = (String::new(), vec![]);
    let (mut paragraphs, mut inside) = (0, false);
    loop {
        buffer.clear();
        match xml.read_event_into(&mut buffer)? {
            Event::Start(tag) => match tag.name().0 {
                "text:p" | "text:h" => {
                    text.push_str(if paragraphs > 0 { "\n" } else { "" });
                    (paragraphs, inside) = (paragraphs + 1, true);
                }
                "text:s" => {
                    let count = times(&tag, "text:c")?.min(MOST_BLANKS);
                    (0..count).for_each(|_| text.push(' '));
                }
                "text:tab" => text.push('\t'),
                "text:line-break" => text.push('\n'),
                name if name == "office:annotation" || name.starts_with("draw:") => {
                    let end = tag.to_end().into_owned();
                    xml.read_to_end_into(end.name(), &mut vec![])?;
                }
                _ => {}
            },
            Event::Text(part) if inside => text.push_str(&part.xml10_content()),
            Event::CData(part) if inside => text.push_str(&part.xml10_content()),
            Event::GeneralRef(part) if inside => text.push_str(&entity(&part)?),
            Event::End(tag) if tag.name().0 == end => return Ok(text),
            Event::End(tag) if ["text:p", "text:h"].contains(&tag.name().0) => inside = false,
            Event::Eof => {
                return Err(Error::Io(std::sync::Arc::new(
                    std::io::ErrorKind::UnexpectedEof.into(),
                )));
            }
            _ => {}
        }
    }
}

/// &amp; and &#65;; one that the file itself would have to define stays as it is written.
fn entity(part: &BytesRef<'_>) -> Result<String, Error> {
    if let Some(mark) = part.resolve_char_ref()? {
        return Ok(mark.to_string());
    }
    let name = part.xml10_content();
    Ok(match resolve_predefined_entity(&name) {
        Some(text) => text.to_owned(),
        None => format!("&{name};"),
    })
}
