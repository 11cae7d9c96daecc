//! The colours and fonts of workbooks, such as print well: pale fills, dark letters, thin lines. It writes no cell.

use crate::report::workbook::cells;
use rust_xlsxwriter::Color;
use rust_xlsxwriter::Format;
use rust_xlsxwriter::FormatAlign;
use rust_xlsxwriter::FormatBorder;
use std::collections::BTreeMap;

/// The font of every cell.
pub const FONT: &str = "微软雅黑";
const SIZE: f64 = 10.0;
const LINE: u32 = 0xBF_BFBF;

/// What a colour means.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Tone {
    /// Nothing.
    Plain,
    /// 符合
    Met,
    /// 符合（有提示）
    Noted,
    /// 不符合
    NotMet,
    /// 无法判定
    Undetermined,
    /// 不适用
    NotApplicable,
    /// A cell to be corrected.
    Fault,
    /// A cell to be filled in.
    Blank,
    /// A cell to be checked.
    Suspect,
    /// What stands in the head of a table.
    Head,
    /// The same over columns that heng has added.
    OwnHead,
}

impl Tone {
    /// Fill and letters.
    fn colours(self) -> Option<(u32, u32)> {
        match self {
            Tone::Plain => None,
            Tone::Met => Some((0xE2_EFDA, 0x1E_5C2E)),
            Tone::Noted => Some((0xF4_F4D3, 0x5F_5A00)),
            Tone::NotMet | Tone::Fault => Some((0xF9_DAD7, 0x8C_1414)),
            Tone::Undetermined | Tone::Suspect => Some((0xFD_E8C9, 0x7A_4100)),
            Tone::NotApplicable => Some((0xEE_EEEE, 0x55_5555)),
            Tone::Blank => Some((0xFF_F5B8, 0x5F_4B00)),
            Tone::Head => Some((0xD9_E4F1, 0x1B_2F4B)),
            Tone::OwnHead => Some((0xDD_D9EC, 0x33_2A55)),
        }
    }
}

/// How a cell looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Shape {
    /// A title over a sheet.
    Title,
    /// A remark below the title.
    Remark,
    /// A cell of a table, on one line.
    Cell,
    /// A cell of a table whose text flows over several lines.
    Flow,
    /// A cell in the middle of its column: a verdict, a head.
    Middle,
    /// A link to another cell.
    Link,
    /// A number with so many digits after its point.
    Number(u8),
}

/// The formats of one workbook; each is made once.
#[derive(Default)]
pub struct Styles {
    made: BTreeMap<(Shape, Tone), Format>,
}

impl Styles {
    /// The format of a shape in a tone.
    pub fn get(&mut self, shape: Shape, tone: Tone) -> &Format {
        self.made.entry((shape, tone)).or_insert_with(|| made(shape, tone))
    }
}

fn made(shape: Shape, tone: Tone) -> Format {
    let font = Format::new().set_font_name(FONT).set_font_size(SIZE);
    let boxed = || {
        let line = font.clone().set_border(FormatBorder::Thin).set_border_color(Color::RGB(LINE));
        line.set_align(FormatAlign::VerticalCenter)
    };
    let format = match shape {
        Shape::Title => font.set_font_size(15.0).set_bold().set_align(FormatAlign::VerticalCenter),
        Shape::Remark => {
            let grey = font.set_font_color(Color::RGB(0x55_5555));
            grey.set_text_wrap().set_align(FormatAlign::Top)
        }
        Shape::Cell => boxed(),
        Shape::Flow => boxed().set_text_wrap(),
        Shape::Middle => boxed().set_align(FormatAlign::Center).set_text_wrap(),
        Shape::Link => {
            boxed().set_text_wrap().set_underline(rust_xlsxwriter::FormatUnderline::Single)
        }
        Shape::Number(places) => boxed().set_num_format(cells::shown(places.into())),
    };
    let format = match (shape, tone) {
        (Shape::Link, _) => format.set_font_color(Color::RGB(0x1F_4E9E)),
        _ => format,
    };
    let format =
        if matches!(tone, Tone::Head | Tone::OwnHead) { format.set_bold() } else { format };
    match tone.colours() {
        Some((fill, letters)) => {
            let filled = format.set_background_color(Color::RGB(fill));
            if shape == Shape::Link { filled } else { filled.set_font_color(Color::RGB(letters)) }
        }
        None => format,
    }
}
