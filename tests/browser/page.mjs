// Opens a page of the report in headless Chromium as a reader would, finds a case, unfolds its tree, filters.
// Usage: node page.mjs DRIVER CHROMIUM PAGE HOSTILE: the folder with node_modules, the browser, two pages.
// The first page is that of the example, the second has names that would act if they could.
import assert from "node:assert/strict";
import { createRequire } from "node:module";
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";

const [driver, executablePath, page, hostile] = process.argv.slice(2);
const { chromium } = createRequire(resolve(driver, "package.json"))("playwright-core");

const args = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
  "--disable-component-update", "--disable-sync"];
const browser = await chromium.launch({ executablePath, args });

/** A tab with a file open; what it asks for and complains about is gathered. */
async function open(file, { hash = "", ...more } = {}) {
  const tab = await browser.newPage({ viewport: { width: 1280, height: 900 }, ...more });
  const heard = [];
  tab.on("console", (it) => heard.push(`console: ${it.text()}`));
  tab.on("pageerror", (it) => heard.push(`error: ${it}`));
  tab.on("dialog", (it) => { heard.push(`dialog: ${it.message()}`); it.dismiss(); });
  tab.on("request", (it) => { if (it.url().split("#")[0] !== pathToFileURL(file).href) heard.push(`request: ${it.url()}`); });
  await tab.goto(pathToFileURL(file).href + hash);
  return { tab, heard };
}

const rows = (tab) => tab.locator("#rows > tr:visible");

async function search() {
  const { tab, heard } = await open(page);
  assert.equal(await rows(tab).count(), 6);
  assert.equal(await tab.locator(".case > details[open]").count(), 0, "cases are folded at first");

  await tab.fill("#find", "咸宁 ｊｑ02");
  assert.equal(await rows(tab).count(), 1);
  assert.equal(await tab.locator(".case:visible").count(), 1);
  assert.match(await tab.locator("#shown").textContent(), /1 .*6/);

  await rows(tab).first().locator("a").click();
  const found = tab.locator(".case:visible");
  assert.equal(await found.getAttribute("id"), "case-JQ02");
  const cell = found.getByText("机构.csv 第 7–9 行").first();
  await cell.waitFor();
  assert.match(await found.locator(".box.x").innerText(), /还差 1 家研发机构/);

  const other = found.getByText("第五条 协同机制").first();
  assert.equal(await other.isVisible(), false, "what does not decide is folded");
  await found.locator("summary", { hasText: "其余" }).click();
  assert.equal(await other.isVisible(), true);
  assert.equal(await found.getByText("融通发展机制：是").isVisible(), false);
  await other.click();
  assert.equal(await found.getByText("融通发展机制：是").isVisible(), true);

  await tab.fill("#find", "没有这样的名称");
  assert.equal(await rows(tab).count(), 0);
  assert.equal(await tab.locator("#nothing").isVisible(), true);
  assert.deepEqual(heard, []);
  await tab.close();
}

async function filter() {
  const { tab, heard } = await open(page);
  for (const [verdict, count] of [["x", 1], ["q", 2], ["t", 1], ["m", 2], ["", 6]]) {
    await tab.locator(`#bar input[value="${verdict}"]`).check({ force: true });
    assert.equal(await rows(tab).count(), count, verdict);
    assert.equal(await tab.locator(".case:visible").count(), count, verdict);
  }
  await tab.click("#fold");
  assert.equal(await tab.locator(".case details:not([open])").count(), 0);
  await tab.click("#fold");
  assert.equal(await tab.locator(".case > details[open]").count(), 0);
  assert.deepEqual(heard, []);
  await tab.close();
}

async function link() {
  const { tab, heard } = await open(page, { hash: "#case-JQ05", viewport: { width: 390, height: 844 } });
  assert.equal(await tab.locator("#case-JQ05 > details").getAttribute("open"), "");
  const wide = await tab.evaluate(() => document.documentElement.scrollWidth);
  assert.ok(wide <= 390, `the page is ${wide} wide on a phone of 390`);
  assert.deepEqual(heard, []);
  await tab.close();
}

async function print() {
  const { tab, heard } = await open(page);
  await tab.emulateMedia({ media: "print" });
  assert.equal(await tab.locator("#bar").isVisible(), false);
  const leaf = tab.locator("#case-JQ01").getByText("融通发展机制：是");
  const tall = async () => (await leaf.boundingBox())?.height ?? 0;
  assert.ok(await tall() > 0, "nothing unfolded: all is printed");
  await tab.evaluate(() => { document.querySelector("#case-JQ02 > details").open = true; });
  assert.equal(await leaf.isVisible(), false, "something unfolded: that is printed");
  assert.deepEqual(heard, []);
  await tab.close();
}

async function without_script() {
  const { tab, heard } = await open(page, { javaScriptEnabled: false });
  assert.equal(await tab.locator("#bar").isVisible(), false, "what needs the script is not there without it");
  const leaf = tab.locator("#case-JQ02").getByText("机构.csv 第 7–9 行").first();
  assert.equal(await leaf.isVisible(), false);
  await tab.locator("#case-JQ02 > details > summary").click();
  assert.equal(await leaf.isVisible(), true);
  assert.deepEqual(heard, []);
  await tab.close();
}

async function harmless() {
  const { tab, heard } = await open(hostile);
  await tab.click("#fold");
  const names = await tab.locator("#rows th a").allInnerTexts();
  for (const name of ["<script>alert(1)</script>", "\"><img src=x onerror=alert(1)>", "=cmd|' /C calc'!A0", "</style></title><!--"]) {
    assert.ok(names.includes(name), `${name} is shown as it stands: ${names}`);
  }
  assert.equal(await tab.locator("img, iframe, object, embed").count(), 0);
  assert.equal(await tab.locator("script").count(), 1);
  for (const row of await rows(tab).all()) await row.locator("a").click();
  await tab.evaluate(() => { document.body.insertAdjacentHTML("beforeend", "<b onclick='window.ran = 1'>x</b>"); document.body.lastElementChild.click(); });
  assert.equal(await tab.evaluate(() => window.ran), undefined, "the security policy lets nothing else run");
  assert.ok(heard.every((it) => it.includes("Content Security Policy")), heard.join("\n"));
  await tab.close();
}

try {
  for (const story of [search, filter, link, print, without_script, harmless]) {
    await story();
    console.log(`ok ${story.name}`);
  }
} finally {
  await browser.close();
}
