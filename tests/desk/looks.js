// What the page looks like and says: zoom, print, high contrast, a reader, other people's extensions.
'use strict';
const assert = require('node:assert');
const { cell, folder, fs, path, saved, sample, start, sum } = require('./desk');
const { opened } = require('./typing');

const FIRST = 'requests.new.natural_person';

exports['at 125 and 150 % of 1366 by 768 nothing is cut off, and the bar stays'] = async (open, shots) => {
  const { page, close } = await opened(open);
  for (const [width, height] of [[1366, 768], [1093, 614], [911, 512], [911, 480]]) {
    await page.setViewportSize({ width, height });
    const wide = await page.evaluate(() => document.documentElement.scrollWidth);
    assert.ok(wide <= width, `${wide} px in ${width}`);
    await page.evaluate((key) => document.querySelector(`[data-key="${key}"]`).scrollIntoView({ block: 'center' }), FIRST);
    const top = await page.evaluate(() => document.querySelector('.bar').getBoundingClientRect().top);
    assert.strictEqual(top, 0, 'the bar is out of sight');
    if (shots) await page.screenshot({ path: path.join(shots, `wide-${width}-${height}.png`) });
  }
  await close();
};

exports['in high contrast a mistake and an empty cell are told by lines'] = async (open, shots) => {
  const { page, close } = await opened(open);
  await page.emulateMedia({ forcedColors: 'active' });
  await page.focus(`[data-key="${FIRST}"]`);
  await page.keyboard.type('约4');
  await page.focus('[data-key="requests.new.business"]');
  await page.keyboard.press('Backspace');
  await page.keyboard.press('Tab');
  await saved(page);
  const outline = (key) => page.$eval(`[data-key="${key}"]`, (it) => getComputedStyle(it).outlineStyle);
  assert.strictEqual(await outline(FIRST), 'double');
  assert.strictEqual(await outline('requests.new.business'), 'dashed');
  if (shots) await page.screenshot({ path: path.join(shots, 'contrast.png') });
  await close();
};

exports['printed, the page is the tables without buttons'] = async (open, shots) => {
  const { page, close } = await opened(open);
  await page.emulateMedia({ media: 'print' });
  const shown = await page.$$eval('button, .bar, aside, .button', (all) => all.filter((it) => it.offsetParent).length);
  assert.strictEqual(shown, 0);
  assert.ok(await page.$eval('[data-table=requests]', (it) => it.offsetParent !== null));
  if (shots) await page.screenshot({ path: path.join(shots, 'print.png'), fullPage: true });
  await close();
};

exports['an extension that wraps all words in elements of its own does not stop the sums'] = async (open) => {
  const { page, close } = await opened(open);
  assert.strictEqual(await page.getAttribute('html', 'translate'), 'no');
  await page.evaluate(() => {
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    const nodes = [];
    while (walker.nextNode()) if (walker.currentNode.parentNode.nodeName !== 'SCRIPT') nodes.push(walker.currentNode);
    for (const node of nodes) {
      const font = document.createElement('font');
      node.parentNode.replaceChild(font, node);
      font.appendChild(node);
    }
  });
  await page.focus(`[data-key="${FIRST}"]`);
  await page.keyboard.type('30');
  await page.keyboard.press('Tab');
  await saved(page);
  assert.strictEqual(await sum(page, 'requests.new.total'), '41');
  await page.keyboard.press('Backspace');
  await page.keyboard.press('Tab');
  await saved(page);
  assert.match(await page.textContent('#next'), /还差.*1.*处/);
  await close();
};

exports['a reader is told at most once a cell, and hears sums when asked'] = async (open) => {
  const { page, close } = await opened(open);
  await page.focus(`[data-key="${FIRST}"]`);
  await page.evaluate(() => {
    window.heard = [];
    const status = document.getElementById('status');
    new MutationObserver(() => { if (status.textContent) window.heard.push(status.textContent); }).observe(status, { childList: true });
  });
  await page.keyboard.type('１２３４５');
  await page.keyboard.press('Tab');
  await saved(page);
  await page.waitForTimeout(1200);
  assert.strictEqual((await page.evaluate(() => window.heard)).length, 1);
  await page.keyboard.press('Alt+s');
  await page.waitForFunction(() => window.heard.length === 2);
  assert.match((await page.evaluate(() => window.heard))[1], /总计/);
  await close();
};

exports['a report of the form of 2019 is filled in too'] = async (open, shots) => {
  const { page, where, close } = await opened(open, { 'a.toml': sample('liubei-2019.toml') });
  const key = await page.$eval('.figure input', (it) => it.dataset.key);
  await page.focus(`[data-key="${key}"]`);
  await page.keyboard.type('7');
  await page.keyboard.press('Tab');
  await saved(page);
  assert.strictEqual(await cell(page, key), '7');
  assert.match(fs.readFileSync(path.join(where, 'a.toml'), 'utf8'), /7/);
  const names = await page.$$eval('.figure input', (all) => all.map((it) => it.getAttribute('aria-label')));
  assert.strictEqual(new Set(names).size, names.length);
  if (shots) await page.screenshot({ path: path.join(shots, 'form-2019.png') });
  await close();
};

exports['a file that can not be read is listed with its fault, one of another encoding is filled in'] = async (open) => {
  // “青石县教育局” in GBK.
  const gbk = Buffer.concat([Buffer.from('year = 2024\n[organ]\nname = "'), Buffer.from('c7e0caafcfd8bdccd3fdbed6', 'hex'), Buffer.from('"\n')]);
  const where = folder({ 'a.toml': gbk, 'b.toml': Buffer.from([0xff, 0x00, 0x80, 0x81]) });
  const desk = await start(where);
  const page = await open();
  await page.goto(desk.address);
  const rows = await page.$$eval('.list tbody tr', (all) => all.map((it) => it.textContent));
  assert.match(rows[0], /青石县教育局/);
  assert.match(rows[1], /有错误/);
  await page.goto(`${desk.address}report/1`);
  await page.waitForSelector('#findings li');
  await page.goto(`${desk.address}report/0`);
  await saved(page);
  await page.focus(`[data-key="${FIRST}"]`);
  await page.keyboard.type('7');
  await page.keyboard.press('Tab');
  await saved(page);
  assert.match(fs.readFileSync(path.join(where, 'a.toml'), 'utf8'), /青石县教育局/);
  await page.close();
  desk.kill('SIGTERM');
  await desk.ended;
};

exports['the pages are shown, and a link opens them'] = async (open, shots) => {
  const { page, close } = await opened(open);
  await page.keyboard.press('Control+p');
  await page.waitForSelector('#pages:not([hidden])');
  const opens = await page.getAttribute('#open-pages', 'href');
  const answer = await page.evaluate((href) => fetch(href).then((it) => it.headers.get('content-type')), opens);
  assert.strictEqual(answer, 'application/pdf');
  await page.waitForTimeout(1500);
  if (shots) await page.screenshot({ path: path.join(shots, 'pages.png') });
  await close();
};

exports['a browser that is too old is told so in words'] = async (open) => {
  const { page, desk, close } = await opened(open);
  assert.strictEqual(await page.isVisible('#old'), false);
  await page.addInitScript(() => { delete window.fetch; window.addEventListener('error', (event) => event.stopImmediatePropagation()); });
  page.removeAllListeners('pageerror');
  await page.goto(desk.address);
  assert.match(await page.textContent('#old'), /极速模式/);
  assert.strictEqual(await page.isVisible('#old'), true);
  await close();
};

exports['Ctrl+S says when it was saved, the arrows keep to the caret where that is wanted'] = async (open) => {
  const { page, close } = await opened(open);
  await page.focus(`[data-key="${FIRST}"]`);
  await page.keyboard.press('Control+s');
  await page.waitForFunction(() => /^已保存 \d\d:\d\d/.test(document.getElementById('status').textContent));
  await page.click('#caret');
  await page.focus(`[data-key="${FIRST}"]`);
  await page.keyboard.press('ArrowRight');
  assert.strictEqual(await page.evaluate(() => document.activeElement.dataset.key), FIRST);
  await close();
};
