// The cells and the keyboard.
'use strict';
const assert = require('node:assert');
const { cell, folder, fs, path, sample, saved, start, sum } = require('./desk');

const FIRST = 'requests.new.natural_person';

async function opened(open, files = { 'a.toml': sample('qingshi-2024.toml') }) {
  const where = folder(files);
  const desk = await start(where);
  const page = await open();
  await page.goto(`${desk.address}report/0`);
  await page.waitForFunction(() => /^已保存/.test(document.getElementById('saved').textContent));
  return { where, desk, page, close: async () => { await page.close(); desk.kill('SIGTERM'); await desk.ended; } };
}
const focused = (page) => page.evaluate(() => document.activeElement.dataset.key || document.activeElement.dataset.sum);

exports.opened = opened;

exports['a name with markup in it is shown as it is written'] = async (open) => {
  const name = '<img src=x onerror=alert(1)>局';
  const { page, close } = await opened(open, { 'a.toml': sample('qingshi-2024.toml').replaceAll('青石县教育局', name) });
  page.on('dialog', () => { throw new Error('the markup was obeyed'); });
  assert.match(await page.textContent('h1'), /<img src=x/);
  assert.strictEqual(await page.$('h1 img'), null);
  await close();
};

exports['the arrows go over the printed squares and remember their column'] = async (open) => {
  const { page, close } = await opened(open);
  await page.focus(`[data-key="${FIRST}"]`);
  for (let steps = 0; steps < 24; steps += 1) await page.keyboard.press('ArrowDown');
  assert.strictEqual(await focused(page), 'requests.carried_over.natural_person');
  for (let steps = 0; steps < 24; steps += 1) await page.keyboard.press('ArrowUp');
  assert.strictEqual(await focused(page), FIRST);
  for (let steps = 0; steps < 9; steps += 1) await page.keyboard.press('ArrowRight');
  assert.strictEqual(await focused(page), 'requests.new.total', 'sums are reached');
  await page.keyboard.type('5');
  assert.strictEqual(await sum(page, 'requests.new.total'), '38', 'but not typed into');
  await close();
};

exports['a cell that is entered is typed over, F2 puts the caret into it, Escape takes back'] = async (open) => {
  const { page, close } = await opened(open);
  await page.focus(`[data-key="${FIRST}"]`);
  await page.keyboard.press('F2');
  await page.keyboard.press('ArrowLeft');
  await page.keyboard.type('0');
  assert.strictEqual(await cell(page, FIRST), '207');
  await page.keyboard.press('Escape');
  assert.strictEqual(await cell(page, FIRST), '27');
  await page.keyboard.type('3402');
  await page.keyboard.press('ArrowRight');
  assert.strictEqual(await focused(page), 'requests.new.business');
  assert.strictEqual(await cell(page, FIRST), '3402');
  await close();
};

exports['the Enter that picks a candidate of an input method stays in the cell'] = async (open) => {
  const { page, close } = await opened(open);
  await page.focus(`[data-key="${FIRST}"]`);
  for (const composing of [true, false]) {
    await page.evaluate((composing) => {
      const event = new KeyboardEvent('keydown', { key: 'Enter', keyCode: 229, isComposing: composing, bubbles: true, cancelable: true });
      Object.defineProperty(event, 'keyCode', { get: () => 229 });
      document.activeElement.dispatchEvent(event);
    }, composing);
    assert.strictEqual(await focused(page), FIRST);
  }
  // While a candidate is chosen nothing is saved or rewritten.
  const session = await page.context().newCDPSession(page);
  await page.focus('[data-key="text.overview"]');
  let sent = 0;
  page.on('request', (request) => { if (/save$/.test(request.url())) sent += 1; });
  await session.send('Input.imeSetComposition', { text: 'zheng', selectionStart: 5, selectionEnd: 5 });
  await page.waitForTimeout(900);
  assert.strictEqual(sent, 0, 'saved while composing');
  await session.send('Input.insertText', { text: '政' });
  await saved(page);
  assert.match(await cell(page, 'text.overview'), /政/);
  await close();
};

exports['full-width digits are made plain, and that is said'] = async (open) => {
  const { page, close } = await opened(open);
  for (const [typed, plain] of [['３５８', '358'], ['1,286', '1286'], ['１，２８６', '1286'], [' 7 ', '7']]) {
    await page.focus(`[data-key="${FIRST}"]`);
    await page.keyboard.insertText(typed);
    await page.keyboard.press('Tab');
    assert.strictEqual(await cell(page, FIRST), plain);
  }
  await page.waitForFunction(() => /记作/.test(document.getElementById('status').textContent));
  await page.focus('[data-key="disclosure.fees.amount"]');
  await page.keyboard.insertText('3。15');
  await page.keyboard.press('Tab');
  assert.strictEqual(await cell(page, 'disclosure.fees.amount'), '3.15');
  await close();
};

exports['the wheel over a cell changes nothing'] = async (open) => {
  const { page, close } = await opened(open);
  await page.focus(`[data-key="${FIRST}"]`);
  const box = await (await page.$(`[data-key="${FIRST}"]`)).boundingBox();
  await page.mouse.move(box.x + 5, box.y + 5);
  await page.mouse.wheel(0, 300);
  await page.mouse.wheel(0, -300);
  assert.strictEqual(await cell(page, FIRST), '27');
  await close();
};

exports['letters typed while a save is under way are not lost'] = async (open) => {
  const { page, close, where } = await opened(open);
  await page.route('**/save', async (route) => { await new Promise((later) => setTimeout(later, 300)); await route.continue(); });
  await page.focus('[data-key="text.problems"]');
  await page.keyboard.press('Control+Home');
  const words = 'abcdefghijklmnopqrstuvwxyz0123456789ABCD';
  await page.keyboard.type(words, { delay: 40 });
  await saved(page);
  assert.ok((await cell(page, 'text.problems')).startsWith(words));
  assert.ok(fs.readFileSync(path.join(where, 'a.toml'), 'utf8').includes(words));
  await close();
};

exports['zeros for the rest are asked about, counted, and taken back in one step'] = async (open) => {
  const { page, close } = await opened(open);
  for (const column of ['natural_person', 'business', 'legal']) {
    await page.focus(`[data-key="requests.new.${column}"]`);
    await page.keyboard.press('Backspace');
  }
  await page.keyboard.press('Tab');
  await saved(page);
  assert.match(await page.textContent('#next'), /还差 3 处/);
  assert.strictEqual(await sum(page, 'requests.new.total'), '', 'a sum of what is not all there');
  await page.keyboard.press('F8');
  assert.strictEqual(await focused(page), FIRST);
  await page.keyboard.press('Control+.');
  assert.strictEqual(await focused(page), 'requests.new.business', 'the other key for the next');
  await page.click('#zeros');
  assert.match(await page.textContent('#zeros'), /3 格/);
  await page.click('#zeros');
  assert.strictEqual(await cell(page, FIRST), '0');
  await page.focus(`[data-key="${FIRST}"]`);
  await page.keyboard.press('Control+z');
  assert.strictEqual(await cell(page, FIRST), '');
  assert.strictEqual(await cell(page, 'requests.new.legal'), '');
  await page.keyboard.press('Control+y');
  assert.strictEqual(await cell(page, FIRST), '0');
  await close();
};

exports['every cell has a name of its own, there is one live region and no role of a grid'] = async (open) => {
  const { page, close } = await opened(open);
  const names = await page.$$eval('.figure input', (all) => all.map((it) => it.getAttribute('aria-label')));
  assert.strictEqual(new Set(names).size, names.length, names.filter((name, at) => names.indexOf(name) !== at).join(' | '));
  assert.strictEqual(names.length, 166);
  assert.strictEqual((await page.$$('[role=grid], output')).length, 0);
  assert.strictEqual((await page.$$('[role=status], [aria-live]')).length, 1);
  await close();
};

exports['a file with the wrong syntax is shown with what is wrong, and is not written'] = async (open) => {
  const text = 'year = 2024\n[organ\nname = "甲局"\n';
  const where = folder({ 'a.toml': text });
  const desk = await start(where);
  const page = await open();
  await page.goto(`${desk.address}report/0`);
  await page.waitForSelector('#findings li');
  assert.match(await page.textContent('#findings'), /\]/);
  assert.strictEqual(fs.readFileSync(path.join(where, 'a.toml'), 'utf8'), text);
  await page.close();
  desk.kill('SIGTERM');
  await desk.ended;
};
