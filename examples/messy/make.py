#!/usr/bin/env python3
"""Makes 集群评价材料.xlsx: the tables of examples/innovation-cluster as an office would hand them in.

The facts are those of the CSV files beside it, cell for cell; only the form is untidy: title rows, headers over two
rows and a row of units, merged cells, money in other units than the form asks for, dates as serial numbers and in
four spellings, years and quarters in three, ticks, crosses and truth values, percent formats, numbers typed as text,
formulas with what binary arithmetic leaves, codes of the statistical form, a line of totals, a hidden sheet, blank
rows. It uses nothing but the standard library and writes the same bytes every time.

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
# The texts of all sheets, each once, as spreadsheet programs keep them.
SHARED = {}


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
            at = SHARED.setdefault(value, len(SHARED))
            self.put(row, col, f'<c r="{column(col)}{row}" s="{style}" t="s"><v>{at}</v></c>')

    def told(self, row, col, value):
        """A formula that comes to a text."""
        formula = escape(f'TRIM("{value}")')
        self.put(row, col, f'<c r="{column(col)}{row}" t="str"><f>{formula}</f><v>{escape(value)}</v></c>')

    def truth(self, row, col, value):
        self.put(row, col, f'<c r="{column(col)}{row}" t="b"><v>{value}</v></c>')

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
        + f'<Types xmlns="{PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/><Override PartName="/xl/styles.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml"/><Override PartName="/xl/sharedStrings.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"/>'
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
        + f'<Relationship Id="rId{len(sheets) + 1}" Type="{LINKS}/styles" Target="styles.xml"/><Relationship Id="rId{len(sheets) + 2}" Type="{LINKS}/sharedStrings" Target="sharedStrings.xml"/></Relationships>',
        "xl/styles.xml": STYLES,
    }
    for at, it in enumerate(sheets, 1):
        parts[f"xl/worksheets/sheet{at}.xml"] = it.xml()
    texts = "".join(f'<si><t xml:space="preserve">{escape(it)}</t></si>' for it in SHARED)
    parts["xl/sharedStrings.xml"] = HEAD + f'<sst xmlns="{MAIN}">{texts}</sst>'
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


def dusty(text):
    """A value as binary arithmetic leaves it, the same to fifteen digits: 4126.0000000000005."""
    for factor in (3, 7, 1.1, 0.7):
        value = float(text) * factor / factor
        if value != float(text) and f"{value:.15g}" == f"{float(text):.15g}":
            return repr(value)
    return text


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
        sheet.number(row, col, dusty(text), formula=f"{text}*3/3")


def percent(sheet, row, col, text, turn):
    """A percentage by its format, with its sign, or as the form asks: a bare number in a column of percentages."""
    if text == "":
        return
    if turn % 4 == 0:
        sheet.number(row, col, moved(text, 2), PERCENT)
    elif turn % 4 == 1:
        sheet.text(row, col, text + "%")
    elif turn % 4 == 2:
        sheet.text(row, col, wide(text) + "％")
    else:
        sheet.number(row, col, text)


def moved(text, places):
    """A decimal with its point so many places further left, exactly: thousands as tens of thousands by one."""
    sign, digits = ("-", text[1:]) if text.startswith("-") else ("", text)
    whole, _, part = digits.partition(".")
    if not (whole + part).isdigit():
        return text
    digits = (whole + part).rjust(len(part) + places + 1, "0")
    point = len(digits) - len(part) - places
    return sign + f"{digits[:point]}.{digits[point:]}".rstrip("0").rstrip(".")


def truth(sheet, row, col, text, turn):
    """Yes or no as a word, a tick or a cross, or a truth value."""
    if text in TICKS and turn % 4 == 1:
        sheet.text(row, col, TICKS[text])
    elif text in TICKS and turn % 4 == 3:
        sheet.truth(row, col, 1 if text == "是" else 0)
    else:
        sheet.text(row, col, text)


TICKS = {"是": "√", "否": "×"}


def clusters():
    head, rows = read("集群")
    sheet = Sheet("集群")
    sheet.text(1, 0, "创新型产业集群申报材料汇总表", BOLD)
    sheet.merge(1, 0, 1, len(head) - 1)
    sheet.text(2, 0, "填报单位（盖章）：")
    for col, name in enumerate(head):
        name = name.replace("所在高新区", "所在\n高新区").replace("目标增速", "目标增速（%）")
        sheet.text(3, col, name)
    for at, cells in enumerate(rows):
        row = at + 4 + (at > 20)  # A blank row after the twentieth.
        for col, (name, cell) in enumerate(zip(head, cells)):
            if is_day(cell):
                day(sheet, row, col, cell, at)
            elif name == "目标增速":
                percent(sheet, row, col, cell, at)
            else:
                truth(sheet, row, col, cell, at)
    return sheet


def firms():
    head, rows = read("企业")
    sheet = Sheet("企业")
    sheet.text(1, 0, "集群企业名录", BOLD)
    first, last = head.index("营业收入"), head.index("研发经费")
    for col, name in enumerate(head):
        if first <= col <= last:
            sheet.text(3, col, f"{name}（万元）".replace("营业收入", "JQC05_0"))
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
                figure(sheet, row, col, moved(cell, 1), at)
            elif name in ("从业人员", "有效发明专利"):
                figure(sheet, row, col, cell, at + col)
            elif col or not same:
                truth(sheet, row, col, cell, at)
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
        for col, (name, cell) in enumerate(zip(head, cells)):
            if name == "所在地" and at % 11 == 0:
                sheet.told(at + 2, col, cell)
            else:
                truth(sheet, at + 2, col, cell + "　" if col == 1 and at % 7 == 0 else cell, at)
    sheet.text(5, len(head) + 1, "已电话核实")
    for row in range(len(rows) + 3, len(rows) + 40):
        sheet.text(row, 0, " ")
    return sheet


# The unit of each column of the yearly form, by what its code begins with; money is in tens of thousands.
UNITS = [("JQ0", "家"), ("JQD", "人"), ("JQC", "万元"), ("JKD", "个"), ("研发投入", "万元"), ("有效发明专利", "件")]
GROUPS = [("JQ0", "企业情况"), ("JQD", "人员情况"), ("JQC", "经济情况"), ("JKD", "机构情况")]


def years():
    head, rows = read("年报")
    sheet = Sheet("年报")
    sheet.text(1, 0, "产业集群综合情况（JQ-01）", BOLD)
    sheet.merge(1, 0, 1, len(head) - 1)
    sheet.text(2, 0, "国统制〔2017〕4 号")
    for begin, name in GROUPS:
        inside = [col for col, it in enumerate(head) if it.startswith(begin)]
        sheet.text(3, inside[0], name)
        sheet.merge(3, inside[0], 3, inside[-1])
    units = [next((unit for begin, unit in UNITS if it.startswith(begin)), "") for it in head]
    for col, name in enumerate(head):
        sheet.text(4, col, name)
        sheet.text(5, col, units[col] and f"（{units[col]}）")
    for at, cells in enumerate(rows):
        row = at + 6
        for col, (name, cell) in enumerate(zip(head, cells)):
            if name == "年度" and at % 3:
                sheet.text(row, col, cell + ("年" if at % 3 == 1 else "年度"))
            elif units[col] == "万元":
                figure(sheet, row, col, moved(cell, 1), at + col)
            elif col:
                figure(sheet, row, col, cell, at + col if name != "年度" else 0)
            else:
                sheet.text(row, col, cell)
    return sheet


# The quarterly form: each column in a unit of its own, and how many places its point is moved by that.
QUARTERLY = {"营业收入": ("万元", 1), "累计营业收入": ("亿元", 5), "研发投入": ("百万元", 3), "从业人员": ("人", 0)}


def quarters():
    head, rows = read("季报")
    sheet = Sheet("季报")
    for col, name in enumerate(head):
        unit = QUARTERLY.get(name, ("", 0))[0]
        sheet.text(1, col, f"{name}（{unit}）" if unit else name)
    for at, cells in enumerate(rows):
        row = at + 2
        for col, (name, cell) in enumerate(zip(head, cells)):
            if name == "季度":
                year, part = cell.split("Q")
                spelt = [cell, f"{year}年第{part}季度", f"{year}年{'一二三四'[int(part) - 1]}季度"]
                sheet.text(row, col, spelt[at % 3])
            elif name in QUARTERLY:
                figure(sheet, row, col, moved(cell, QUARTERLY[name][1]), at + col)
            else:
                sheet.text(row, col, cell)
    last = len(rows) + 1
    staff = head.index("从业人员")
    total = sum(int(it[staff]) for it in rows if it[staff].isdigit())
    sheet.text(last + 1, 0, "合计")
    sheet.number(last + 1, staff, total, formula=f"SUM({column(staff)}2:{column(staff)}{last})")
    return sheet


def platforms():
    head, rows = read("平台")
    sheet = Sheet("平台")
    for at, cells in enumerate([head] + rows):
        for col, cell in enumerate(cells):
            sheet.text(at + 1, col, cell)
    return sheet


def guide():
    sheet = Sheet("填报说明")
    sheet.text(1, 0, "填报说明", BOLD)
    sheet.text(2, 0, "一、金额的单位见各表表头。二、日期按实际填写。")
    return sheet


def lists():
    sheet = Sheet("字典", hidden=True)
    for row, name in enumerate(["研发机构", "创新服务机构", "金融服务机构", "其他服务机构"], 1):
        sheet.text(row, 0, name)
    return sheet


tables = [clusters(), firms(), bodies(), years(), quarters(), platforms()]
workbook([guide(), *tables, lists()], HERE / "集群评价材料.xlsx")
