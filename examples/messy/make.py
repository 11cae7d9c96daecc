#!/usr/bin/env python3
"""Makes 集群评价材料.xlsx: the tables of examples/innovation-cluster as an office would hand them in.

The facts are those of the CSV files beside it, cell for cell; only the form is untidy: title rows, headers over two
rows, merged cells, money in another unit than the form asks for, dates as serial numbers and in four spellings,
ticks and crosses, numbers typed as text, formulas, hidden sheets, blank rows. It uses nothing but the standard
library and writes the same bytes every time.

    python3 examples/messy/make.py
"""
import csv
import datetime
import pathlib
import zipfile
from xml.sax.saxutils import escape

HERE = pathlib.Path(__file__).resolve().parent
CLEAN = HERE.parent / "innovation-cluster"

# Styles by number: plain, date, percent, bold.
PLAIN, DATE, PERCENT, BOLD = range(4)


def column(index):
    name = ""
    while True:
        name = chr(65 + index % 26) + name
        index = index // 26 - 1
        if index < 0:
            return name


class Sheet:
    def __init__(self, name, hidden=False):
        self.name, self.rows, self.merged = name, {}, []
        self.state = "hidden" if hidden else "visible"

    def put(self, row, col, xml):
        self.rows.setdefault(row, {})[col] = xml

    def text(self, row, col, value, style=PLAIN):
        if value != "":
            cell = f'<c r="{column(col)}{row}" s="{style}" t="inlineStr"><is><t xml:space="preserve">{escape(value)}</t></is></c>'
            self.put(row, col, cell)

    def number(self, row, col, value, style=PLAIN, formula=None):
        formula = f"<f>{escape(formula)}</f>" if formula else ""
        self.put(row, col, f'<c r="{column(col)}{row}" s="{style}">{formula}<v>{value}</v></c>')

    def merge(self, top, left, bottom, right):
        self.merged.append(f"{column(left)}{top}:{column(right)}{bottom}")

    def xml(self):
        rows = []
        for row in sorted(self.rows):
            cells = "".join(self.rows[row][col] for col in sorted(self.rows[row]))
            rows.append(f'<row r="{row}">{cells}</row>')
        merged = "".join(f'<mergeCell ref="{it}"/>' for it in self.merged)
        merged = f'<mergeCells count="{len(self.merged)}">{merged}</mergeCells>' if merged else ""
        return HEAD + f'<worksheet xmlns="{MAIN}"><sheetData>{"".join(rows)}</sheetData>{merged}</worksheet>'


HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
LINKS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
STYLES = f"""{HEAD}<styleSheet xmlns="{MAIN}"><fonts count="2"><font><sz val="11"/><name val="宋体"/></font><font><b/><sz val="14"/><name val="宋体"/></font></fonts><fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills><borders count="1"><border/></borders><cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs><cellXfs count="4"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/><xf numFmtId="14" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/><xf numFmtId="10" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/><xf numFmtId="0" fontId="1" fillId="0" borderId="0" xfId="0"/></cellXfs></styleSheet>"""


def workbook(sheets, path):
    listed = "".join(
        f'<sheet name="{escape(it.name)}" sheetId="{at}" state="{it.state}" r:id="rId{at}"/>'
        for at, it in enumerate(sheets, 1)
    )
    parts = {
        "[Content_Types].xml": HEAD
        + f'<Types xmlns="{PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/><Override PartName="/xl/styles.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml"/>'
        + "".join(
            f'<Override PartName="/xl/worksheets/sheet{at}.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/>'
            for at in range(1, len(sheets) + 1)
        )
        + "</Types>",
        "_rels/.rels": HEAD
        + f'<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="rId1" Type="{LINKS}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": HEAD
        + f'<workbook xmlns="{MAIN}" xmlns:r="{LINKS}"><sheets>{listed}</sheets></workbook>',
        "xl/_rels/workbook.xml.rels": HEAD
        + f'<Relationships xmlns="{PACKAGE}/relationships">'
        + "".join(
            f'<Relationship Id="rId{at}" Type="{LINKS}/worksheet" Target="worksheets/sheet{at}.xml"/>'
            for at in range(1, len(sheets) + 1)
        )
        + f'<Relationship Id="rId{len(sheets) + 1}" Type="{LINKS}/styles" Target="styles.xml"/></Relationships>',
        "xl/styles.xml": STYLES,
    }
    for at, it in enumerate(sheets, 1):
        parts[f"xl/worksheets/sheet{at}.xml"] = it.xml()
    with zipfile.ZipFile(path, "w") as out:
        for name, text in parts.items():
            info = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            info.compress_type = zipfile.ZIP_DEFLATED
            out.writestr(info, text.encode())


def read(name):
    with open(CLEAN / f"{name}.csv", encoding="utf-8-sig", newline="") as file:
        rows = list(csv.reader(file))
    return rows[0], [it for it in rows[1:] if any(it)]


def wide(text):
    return "".join(chr(ord(it) + 0xFEE0) if it.isdigit() else it for it in text)


def is_day(text):
    try:
        return datetime.date.fromisoformat(text)
    except ValueError:
        return None


def day(sheet, row, col, text, turn):
    """One day in one of the ways people enter it; what is no day stays as it was typed."""
    date = is_day(text)
    if date is None:
        sheet.text(row, col, text)
        return
    serial = (date - datetime.date(1899, 12, 30)).days
    if turn % 5 == 0:
        sheet.number(row, col, serial, DATE)
    elif turn % 5 == 1:
        sheet.text(row, col, f"{date.year}.{date.month}.{date.day}")
    elif turn % 5 == 2:
        sheet.text(row, col, f"{date.year}年{date.month}月{date.day}日")
    elif turn % 5 == 3:
        sheet.text(row, col, f" {date.year}/{date.month}/{date.day} ")
    else:
        sheet.number(row, col, serial)


def grouped(text):
    whole, _, part = text.partition(".")
    return f"{int(whole):,}" + (f".{part}" if part else "")


def figure(sheet, row, col, text, turn):
    """A number typed as one, as text, with full-width digits, with thousands commas, or as a formula."""
    try:
        float(text)
    except ValueError:
        sheet.text(row, col, text)
        return
    if text.startswith("-") or turn % 5 == 0:
        sheet.number(row, col, text)
    elif turn % 5 == 1:
        sheet.text(row, col, text + " ")
    elif turn % 5 == 2:
        sheet.text(row, col, wide(text))
    elif turn % 5 == 3:
        sheet.text(row, col, grouped(text))
    else:
        sheet.number(row, col, text, formula=f"{text}+0")


def in_wan(text):
    """Thousands of yuan as tens of thousands, exactly."""
    digits = text.replace(".", "")
    places = len(text.partition(".")[2]) + 1
    if not digits.isdigit():
        return text
    digits = digits.rjust(places + 1, "0")
    return f"{digits[:-places]}.{digits[-places:]}".rstrip("0").rstrip(".")


TICKS = {"是": "√", "否": "×"}


def clusters():
    head, rows = read("集群")
    sheet = Sheet("集群")
    sheet.text(1, 0, "创新型产业集群申报材料汇总表", BOLD)
    sheet.merge(1, 0, 1, len(head) - 1)
    sheet.text(2, 0, "填报单位（盖章）：")
    for col, name in enumerate(head):
        sheet.text(3, col, name.replace("所在高新区", "所在\n高新区"))
    for at, cells in enumerate(rows):
        row = at + 4 + (at > 20)  # A blank row after the twentieth.
        for col, (name, cell) in enumerate(zip(head, cells)):
            if is_day(cell):
                day(sheet, row, col, cell, at)
            elif cell in TICKS and at % 2:
                sheet.text(row, col, TICKS[cell])
            else:
                sheet.text(row, col, cell)
    return sheet


def firms():
    head, rows = read("企业")
    sheet = Sheet("企业")
    sheet.text(1, 0, "集群企业名录", BOLD)
    first, last = head.index("营业收入"), head.index("研发经费")
    for col, name in enumerate(head):
        if first <= col <= last:
            sheet.text(3, col, f"{name}（万元）")
        else:
            sheet.text(2, col, name)
            sheet.merge(2, col, 3, col)
    sheet.text(2, first, "经济指标")
    sheet.merge(2, first, 2, last)
    for at, cells in enumerate(rows):
        row = at + 4
        same = at and rows[at - 1][0] == cells[0]
        for col, (name, cell) in enumerate(zip(head, cells)):
            if first <= col <= last:
                figure(sheet, row, col, in_wan(cell), at)
            elif name in ("从业人员", "有效发明专利"):
                figure(sheet, row, col, cell, at + col)
            elif col or not same:
                sheet.text(row, col, cell)
        if at == len(rows) - 1 or rows[at + 1][0] != cells[0]:
            top = at
            while top and rows[top - 1][0] == cells[0]:
                top -= 1
            if top < at:
                sheet.merge(top + 4, 0, row, 0)
    return sheet


def bodies():
    head, rows = read("机构")
    sheet = Sheet("机构")
    for col, name in enumerate(head):
        sheet.text(1, col, {"名称": "F001", "类别": "F005"}.get(name, name))
    sheet.text(1, len(head) + 1, "备注")
    for at, cells in enumerate(rows):
        for col, cell in enumerate(cells):
            sheet.text(at + 2, col, cell + "　" if col == 1 and at % 7 == 0 else cell)
    sheet.text(5, len(head) + 1, "已电话核实")
    for row in range(len(rows) + 3, len(rows) + 40):
        sheet.text(row, 0, " ")
    return sheet


def guide():
    sheet = Sheet("填报说明")
    sheet.text(1, 0, "填报说明", BOLD)
    sheet.text(2, 0, "一、金额以万元计。二、日期按实际填写。")
    return sheet


def lists():
    sheet = Sheet("字典", hidden=True)
    for row, name in enumerate(["研发机构", "创新服务机构", "金融服务机构", "其他服务机构"], 1):
        sheet.text(row, 0, name)
    return sheet


workbook([guide(), clusters(), firms(), bodies(), lists()], HERE / "集群评价材料.xlsx")
