//! Faults and findings as SARIF 2.1.0, which code hosts show beside the lines of a change. It finds nothing itself.

use crate::diagnostic::Diagnostic;
use crate::diagnostic::Lang;
use crate::diagnostic::Severity;
use crate::report::annotations::Place;
use crate::report::annotations::place;
use crate::report::json::write;
use crate::report::words::either;
use crate::source::Sources;
use indexmap::IndexMap;
use serde::Serialize;

#[derive(Serialize)]
struct Log<'a> {
    #[serde(rename = "$schema")]
    schema: &'static str,
    version: &'static str,
    runs: [Run<'a>; 1],
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Run<'a> {
    tool: Tool<'a>,
    /// Columns count characters, as everywhere in heng.
    column_kind: &'static str,
    results: Vec<Found<'a>>,
}

#[derive(Serialize)]
struct Tool<'a> {
    driver: Driver<'a>,
}

#[derive(Serialize)]
struct Driver<'a> {
    name: &'static str,
    version: &'static str,
    rules: Vec<Rule<'a>>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Rule<'a> {
    id: &'a str,
    short_description: Message,
    default_configuration: Configuration,
}

#[derive(Serialize)]
struct Configuration {
    level: &'static str,
}

#[derive(Serialize)]
struct Message {
    text: String,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Found<'a> {
    rule_id: &'a str,
    rule_index: usize,
    level: &'static str,
    message: Message,
    locations: Vec<Location>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    related_locations: Vec<Location>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Location {
    physical_location: Physical,
    #[serde(skip_serializing_if = "Option::is_none")]
    message: Option<Message>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Physical {
    artifact_location: Artifact,
    #[serde(skip_serializing_if = "Option::is_none")]
    region: Option<Region>,
}

#[derive(Serialize)]
struct Artifact {
    uri: String,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Region {
    start_line: usize,
    #[serde(skip_serializing_if = "Option::is_none")]
    start_column: Option<usize>,
    end_line: usize,
    #[serde(skip_serializing_if = "Option::is_none")]
    end_column: Option<usize>,
}

/// All findings as one log. `root` is the folder that paths are told from, where they lie in it.
pub fn sarif(all: &[Diagnostic], sources: &Sources, root: Option<&str>, lang: Lang) -> String {
    let mut codes: IndexMap<&str, &Diagnostic> = IndexMap::new();
    for it in all {
        codes.entry(it.code.0).or_insert(it);
    }
    let rules = codes.values().map(|it| rule(it, lang)).collect();
    let index = |it: &Diagnostic| codes.get_index_of(it.code.0).unwrap_or_default();
    let results = all.iter().map(|it| result(it, index(it), sources, root, lang)).collect();
    write(&Log {
        schema: "https://json.schemastore.org/sarif-2.1.0.json",
        version: "2.1.0",
        runs: [Run {
            tool: Tool {
                driver: Driver {
                    name: env!("CARGO_PKG_NAME"),
                    version: env!("CARGO_PKG_VERSION"),
                    rules,
                },
            },
            column_kind: "unicodeCodePoints",
            results,
        }],
    })
}

fn rule(it: &Diagnostic, lang: Lang) -> Rule<'_> {
    let meaning = it.code.meaning().map_or("", |(zh, en)| either(lang, zh, en));
    Rule {
        id: it.code.0,
        short_description: Message { text: meaning.to_owned() },
        default_configuration: Configuration { level: level(it.severity()) },
    }
}

fn result<'a>(
    it: &'a Diagnostic,
    rule_index: usize,
    sources: &Sources,
    root: Option<&str>,
    lang: Lang,
) -> Found<'a> {
    let mut text = it.message.get(lang).to_owned();
    if let Some(help) = &it.help {
        text += &format!("\n{}{}", either(lang, "改法：", "help: "), help.get(lang));
    }
    if let Some(said) = it.labels.first().map(|it| it.text.get(lang)).filter(|it| !it.is_empty()) {
        text = format!("{text}\n{said}");
    }
    let main = place(it, sources, root);
    let others = it.labels.iter().skip(1).map(|label| {
        let said = label.text.get(lang);
        let message = (!said.is_empty()).then(|| Message { text: said.to_owned() });
        Location { message, ..location(&Place::of(label.span, sources, root)) }
    });
    Found {
        rule_id: it.code.0,
        rule_index,
        level: level(it.severity()),
        message: Message { text },
        locations: main.iter().map(location).collect(),
        related_locations: others.collect(),
    }
}

fn location(it: &Place) -> Location {
    let region = it.lines.map(|(start_line, end_line)| Region {
        start_line,
        start_column: it.columns.map(|it| it.0),
        end_line,
        end_column: it.columns.map(|it| it.1),
    });
    let artifact_location = Artifact { uri: uri(&it.file) };
    Location { physical_location: Physical { artifact_location, region }, message: None }
}

/// A path as a reference of a URI: what is no plain sign is percent-encoded, byte by byte.
fn uri(path: &str) -> String {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~/".contains(&byte);
    let mut text = String::with_capacity(path.len());
    if path.starts_with('/') {
        text.push_str("file://");
    }
    for byte in path.bytes() {
        match plain(byte) {
            true => text.push(byte as char),
            false => text.push_str(&format!("%{byte:02X}")),
        }
    }
    text
}

fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Info => "note",
    }
}
