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

/** The first case that does not meet: its key, its section, a line of what decides it, another line of it. */
async function failing(tab) {
  const row = tab.locator('#rows > tr[data-s="x"]').first();
  const name = (await row.locator("a").getAttribute("href")).slice(1);
  const section = tab.locator(`[id="${name}"]`);
  return {
    row, name, section,
    key: await row.locator("th code").innerText(),
    decides: section.locator(".tree").first().locator("li.x").first(),
    rest: section.locator(".tree").first().locator("summary", { hasText: "其余" }).first(),
    other: section.locator(".tree").first().locator("li:last-child > details > ul > li").first(),
  };
}

async function search() {
  const { tab, heard } = await open(page);
  const all = await rows(tab).count();
  assert.ok(all >= 6);
  assert.equal(await tab.locator(".case > details[open]").count(), 0, "cases are folded at first");

  const it = await failing(tab);
  // Wide letters find narrow ones, capitals small ones; each word counts.
  const wide = it.key.toLowerCase().replace(/[a-z0-9]/g, (c) => String.fromCharCode(c.charCodeAt(0) + 0xfee0));
  await tab.fill("#find", `产业 ${wide}`);
  assert.equal(await rows(tab).count(), 1);
  assert.equal(await tab.locator(".case:visible").count(), 1);
  assert.equal(await tab.locator("#shown").textContent(), `显示 1 例，共 ${all} 例`);

  assert.equal(await it.decides.isVisible(), false);
  await it.row.locator("a").click();
  await it.decides.waitFor();
  assert.match(await it.section.locator(".box.x").first().innerText(), /^要变为符合/);

  assert.equal(await it.other.isVisible(), false, "what does not decide is folded");
  await it.rest.click();
  assert.equal(await it.other.isVisible(), true);
  const leaf = it.section.locator("li:last-child > details > ul > li > details:not([open]) > ul > li").first();
  assert.equal(await leaf.isVisible(), false);
  await it.section.locator("li:last-child > details > ul > li > details:not([open]) > summary").first().click();
  assert.equal(await it.section.locator("li:last-child > details > ul > li > details[open] > ul > li").first().isVisible(), true);

  await tab.fill("#find", "没有这样的名称");
  assert.equal(await rows(tab).count(), 0);
  assert.equal(await tab.locator("#nothing").isVisible(), true);
  assert.deepEqual(heard, []);
  await tab.close();
}

async function filter() {
  const { tab, heard } = await open(page);
  const all = await rows(tab).count();
  let seen = 0;
  for (const label of await tab.locator("#bar label.chip").all()) {
    const count = Number((await label.innerText()).match(/\d+$/)[0]);
    const verdict = await label.locator("input").getAttribute("value");
    await label.click();
    assert.equal(await rows(tab).count(), count, verdict);
    assert.equal(await tab.locator(".case:visible").count(), count, verdict);
    if (verdict) {
      assert.equal(await tab.locator(`#rows > tr[data-s="${verdict}"]`).count(), count);
      seen += count;
    }
  }
  assert.equal(seen, all, "each case has one verdict");
  await tab.locator("#bar label.chip").first().click();
  await tab.click("#fold");
  assert.equal(await tab.locator(".case details:not([open])").count(), 0);
  await tab.click("#fold");
  assert.equal(await tab.locator(".case > details[open]").count(), 0);
  assert.deepEqual(heard, []);
  await tab.close();
}

async function link() {
  const first = await open(page);
  const { name } = await failing(first.tab);
  await first.tab.close();
  const { tab, heard } = await open(page, { hash: `#${name}`, viewport: { width: 390, height: 844 } });
  assert.equal(await tab.locator(`[id="${name}"] > details`).getAttribute("open"), "");
  const wide = await tab.evaluate(() => document.documentElement.scrollWidth);
  assert.ok(wide <= 390, `the page is ${wide} wide on a phone of 390`);
  assert.deepEqual(heard, []);
  await tab.close();
}

async function print() {
  const { tab, heard } = await open(page);
  const { decides, other } = await failing(tab);
  await tab.emulateMedia({ media: "print" });
  assert.equal(await tab.locator("#bar").isVisible(), false);
  const tall = async () => (await other.boundingBox())?.height ?? 0;
  assert.ok(await tall() > 0, "nothing unfolded: all is printed");
  await tab.evaluate(() => { document.querySelector(".case:last-of-type > details").open = true; });
  assert.equal(await decides.isVisible(), false, "something unfolded: that is printed");
  assert.deepEqual(heard, []);
  await tab.close();
}

async function without_script() {
  const { tab, heard } = await open(page, { javaScriptEnabled: false });
  assert.equal(await tab.locator("#bar").isVisible(), false, "what needs the script is not there without it");
  const { section, decides } = await failing(tab);
  assert.equal(await decides.isVisible(), false);
  await section.locator("summary").first().click();
  assert.equal(await decides.isVisible(), true);
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
