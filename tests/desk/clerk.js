// A clerk's whole run by keyboard: this year's report from last year's, two mistakes made and mended, the
// pages looked at, the files fetched.
'use strict';
const assert = require('node:assert');
const { cell, execFileSync, folder, fs, path, paste, program, rows, sample, saved, start, sum } = require('./desk');

const LAST = sample('qingshi-2024.toml');

// Reached by the keyboard alone, however many presses it takes.
async function tabTo(page, test, what) {
  for (let presses = 0; presses < 400; presses += 1) {
    if (await page.evaluate(test)) return;
    await page.keyboard.press('Tab');
  }
  throw new Error(`${what} isn't reached by Tab`);
}

async function axe(page, where) {
  await page.evaluate(fs.readFileSync(require.resolve('axe-core'), 'utf8'));
  const { violations } = await page.evaluate(() => window.axe.run());
  assert.deepStrictEqual(violations.map((it) => [it.id, it.nodes.map((node) => node.target.join(' '))]), [], where);
}

// What is typed: every figure of the form, so that it adds up.
function figures(keys, carried) {
  const typed = {};
  for (const key of keys) typed[key] = '0';
  Object.assign(typed, {
    'disclosure.normative_documents.made': '1', 'disclosure.normative_documents.repealed': '1',
    'disclosure.normative_documents.in_force': '14', 'disclosure.licensing.decisions': '402',
    'disclosure.penalty.decisions': '6', 'disclosure.fees.amount': '131.2',
    'review.reconsideration.upheld': '1',
  });
  const received = { natural_person: 30, business: 5, research: 0, social: 1, legal: 2, other: 0 };
  for (const column of rows) {
    typed[`requests.new.${column}`] = String(received[column]);
    const all = received[column] + Number(carried[column]);
    typed[`requests.granted.${column}`] = String(all);
  }
  return typed;
}

module.exports = async function clerk(open, shots) {
  const where = folder({ '教育局2024.toml': LAST });
  const desk = await start(where);
  const page = await open();
  page.on('dialog', (dialog) => { throw new Error(`a dialog: ${dialog.message()}`); });
  await page.goto(desk.address);
  if (shots) await page.screenshot({ path: path.join(shots, 'home.png') });
  await axe(page, 'home');

  // A new report from last year's, by keyboard.
  await tabTo(page, () => document.activeElement.textContent === '新建', 'the button 新建');
  await Promise.all([page.waitForURL(/report/), page.keyboard.press('Enter')]);
  await page.waitForFunction(() => document.getElementById('left').textContent !== '…');
  assert.strictEqual(await cell(page, 'organ.name'), '青石县教育局');
  assert.strictEqual(await cell(page, 'year'), '2025');
  assert.strictEqual(await cell(page, 'contact.phone'), '0000-12345678');
  const carried = {};
  for (const column of rows) carried[column] = await cell(page, `requests.carried_in.${column}`);
  assert.deepStrictEqual(Object.values(carried), ['1', '0', '0', '0', '1', '0'], 'carried over');
  assert.strictEqual(await page.$eval('[data-key="disclosure.licensing.decisions"]', (it) => it.parentNode.dataset.last), '358');

  const keys = await page.$$eval('.figure input', (all) => all.map((it) => it.dataset.key));
  const typed = figures(keys, carried);
  for (const column of rows) typed[`requests.carried_in.${column}`] = carried[column];

  await page.keyboard.press('F8');
  assert.strictEqual(await page.evaluate(() => document.activeElement.dataset.key), 'text.overview', 'the first that is left');
  for (const [key, text] of Object.entries({
    'text.overview': '2025年，我局主动公开信息430条。\n（一）主动公开\n新制发规范性文件1件。',
    'text.problems': '公开的解读形式较少。下一步增加图解。',
    'text.other': '本年度未收取信息处理费。',
  })) {
    await page.focus(`[data-key="${key}"]`);
    await page.keyboard.insertText(text);
  }
  // Row by row as printed: Tab goes on.
  await page.focus(`[data-key="${keys[0]}"]`);
  for (const key of keys) {
    assert.strictEqual(await page.evaluate(() => document.activeElement.dataset.key), key);
    if (key === 'requests.granted.natural_person') break;
    await page.keyboard.type(typed[key]);
    await page.keyboard.press('Tab');
  }
  // The rest of table three comes out of Excel.
  const rest = keys.slice(keys.indexOf('requests.granted.natural_person'));
  const block = rest.filter((key) => key.startsWith('requests.'));
  const lines = [];
  const names = [...new Set(block.map((key) => key.replace(/\.[^.]*$/, '')))];
  for (const name of names.slice(0, 20)) lines.push(rows.map((column) => typed[`${name}.${column}`] || '0').join('\t'));
  await paste(page, block[0], { 'text/plain': `${lines.join('\r\n')}\r\n` });
  await saved(page);
  for (const key of block.slice(0, 6)) assert.strictEqual(await cell(page, key), typed[key], key);
  // What is left one by one, then zeros for the rest.
  for (const key of rest.filter((it) => typed[it] !== '0')) {
    await page.focus(`[data-key="${key}"]`);
    await page.keyboard.type(typed[key]);
  }
  await page.keyboard.press('Tab');
  await tabTo(page, () => document.activeElement.id === 'zeros', 'the button 其余补 0');
  await page.keyboard.press('Enter');
  await page.keyboard.press('Enter');
  await saved(page);
  for (const key of keys) assert.strictEqual(await cell(page, key), typed[key], key);

  // Two mistakes, told beside their cells, and mended.
  const wrong = 'requests.new.business';
  await page.focus(`[data-key="${wrong}"]`);
  await page.keyboard.type('约4');
  await page.keyboard.press('Tab');
  await saved(page);
  assert.strictEqual(await page.$eval(`[data-key="${wrong}"]`, (it) => it.getAttribute('aria-invalid')), 'true');
  await page.keyboard.press('Shift+Tab');
  assert.ok((await page.textContent('#note')).length > 5, 'nothing is said beside the cell');
  await page.keyboard.type('15');
  await page.keyboard.press('Enter');
  await saved(page);
  assert.match(await page.textContent('#findings'), /商业企业”一列/);
  if (shots) await page.screenshot({ path: path.join(shots, 'mistake.png') });
  await page.focus(`[data-key="${wrong}"]`);
  await page.keyboard.type(typed[wrong]);
  await page.keyboard.press('Enter');
  // The day of the signature is missing: not needed for a sound report.
  await page.focus('[data-key="signature.date"]');
  await page.keyboard.type('2026-01-15');
  await page.keyboard.press('Tab');
  await saved(page);
  assert.strictEqual(await page.textContent('#verdict'), '可以报送', await page.textContent('#findings'));
  assert.strictEqual(await sum(page, 'requests.new.total'), '38');
  if (shots) {
    await page.evaluate(() => document.querySelector('[data-table=requests]').scrollIntoView());
    await page.evaluate(() => window.scrollBy(0, -60));
    await page.screenshot({ path: path.join(shots, 'filled.png') });
  }
  await axe(page, 'report');

  // The pages.
  await page.keyboard.press('Control+p');
  await page.waitForSelector('#pages:not([hidden])');
  const look = await page.getAttribute('#pages iframe', 'src');
  await page.keyboard.press('Enter');
  // Both files, and what `build` makes of the file that was saved.
  await tabTo(page, () => document.activeElement.id === 'make', 'the button 写出文件');
  await page.keyboard.press('Enter');
  await page.waitForSelector('#taken a');
  const links = await page.$$eval('#taken a', (all) => all.map((it) => it.href));
  assert.strictEqual(links.length, 3);
  const file = fs.readdirSync(where).find((name) => name.endsWith('2025.toml'));
  const out = folder({});
  execFileSync(program, ['build', path.join(where, file), '-o', out, '--previous', where]);
  for (const ending of ['pdf', 'xlsx']) {
    const built = fs.readFileSync(path.join(out, file.replace('toml', ending)));
    assert.ok(built.equals(fs.readFileSync(path.join(where, file.replace('toml', ending)))), ending);
    const fetched = await (await fetch(links.find((link) => link.endsWith(ending)))).arrayBuffer();
    assert.ok(built.equals(Buffer.from(fetched)), `${ending} as fetched`);
    if (ending === 'pdf') {
      const looked = await (await fetch(new URL(look, desk.address))).arrayBuffer();
      assert.ok(built.equals(Buffer.from(looked)), 'the pages looked at');
    }
  }
  await page.goto(desk.address);
  assert.match(await page.textContent('main'), /可报送/);
  await page.close();
  desk.kill('SIGTERM');
  assert.deepStrictEqual(await desk.ended, { code: 0, signal: null });
};
