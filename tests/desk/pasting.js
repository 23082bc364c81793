// Ten clipboards, cell by cell. The cell is 新收 · 自然人, the first of table three.
'use strict';
const assert = require('node:assert');
const { cell, paste, rows, saved, sum } = require('./desk');
const { opened } = require('./typing');

const FIRST = 'requests.new.natural_person';
const row = async (page, name) => Promise.all(rows.map((column) => cell(page, `requests.${name}.${column}`)));

// The cells of the row that are marked as wrong.
const wrong = (page) => page.$$eval('.wrong[data-key^="requests.new."]', (all) => all.map((it) => it.dataset.key.split('.').pop()));

async function pasted(open, formats, from = FIRST) {
  const it = await opened(open);
  await paste(it.page, from, formats);
  await saved(it.page);
  return it;
}

exports['paste 1: six cells of a row, the next row untouched'] = async (open) => {
  const { page, close } = await pasted(open, { 'text/plain': '3402\t99\t0\t4\t5\t1\r\n' });
  assert.deepStrictEqual(await row(page, 'new'), ['3402', '99', '0', '4', '5', '1']);
  assert.deepStrictEqual(await row(page, 'carried_in'), ['2', '1', '0', '0', '0', '0']);
  await page.keyboard.press('Control+z');
  assert.deepStrictEqual(await row(page, 'new'), ['27', '4', '1', '2', '3', '1']);
  await close();
};

exports['paste 2: a total is compared, not written'] = async (open) => {
  const { page, close } = await pasted(open, { 'text/plain': '91\t3\t0\t0\t2\t0\t97\r\n' });
  assert.deepStrictEqual(await row(page, 'new'), ['91', '3', '0', '0', '2', '0']);
  assert.strictEqual(await sum(page, 'requests.new.total'), '96');
  assert.match(await page.textContent('#note'), /97.*96/);
  assert.deepStrictEqual(await row(page, 'carried_in'), ['2', '1', '0', '0', '0', '0']);
  await close();
};

exports['paste 3: separators, full-width digits and quotes are taken off, and that is said'] = async (open) => {
  const { page, close } = await pasted(open, { 'text/plain': ' 1,808,595 \t1，286\t１２\t"7"\t1,80\t12.5\r\n' });
  assert.deepStrictEqual(await row(page, 'new'), ['1808595', '1286', '12', '7', '1,80', '12.5']);
  assert.match(await page.textContent('#note'), /去掉/);
  for (const column of ['legal', 'other']) {
    assert.ok(await page.$(`[data-key="requests.new.${column}"].wrong`), column);
  }
  await close();
};

exports['paste 4: dashes stay red and are asked about at once, empty cells keep what stood there'] = async (open) => {
  const { page, close } = await pasted(open, { 'text/plain': ' - \t—\t/\t0\t\t\r\n' });
  assert.deepStrictEqual((await row(page, 'new')).slice(3), ['0', '3', '1']);
  assert.deepStrictEqual((await wrong(page)).slice(0, 3), ['natural_person', 'business', 'research']);
  assert.match(await page.textContent('#note'), /2 格是空的/);
  assert.match(await page.textContent('#findings li'), /3 格.*是 0 吗/);
  await page.click('#findings li button');
  await saved(page);
  assert.deepStrictEqual(await row(page, 'new'), ['0', '0', '0', '0', '3', '1']);
  await page.keyboard.press('Control+z');
  assert.deepStrictEqual((await row(page, 'new')).slice(0, 3), ['-', '—', '/'], 'one step back');
  await close();
};

exports['paste 5: a column of labels is dropped, a line break in quotes is no row'] = async (open) => {
  const { page, close } = await pasted(open, { 'text/plain': '"自然\n人"\t3402\r\n"法律服务\n机构"\t5\r\n' });
  assert.strictEqual(await cell(page, FIRST), '3402');
  assert.strictEqual(await cell(page, 'requests.carried_in.natural_person'), '5');
  assert.strictEqual(await cell(page, 'requests.granted.natural_person'), '14');
  await close();
};

exports['paste 6: a table of Word goes by the wording of the form, another is refused'] = async (open) => {
  const { page, close } = await opened(open);
  const made = await page.evaluate(() => {
    const table = document.querySelector('[data-table=requests]').cloneNode(true);
    table.querySelectorAll('input').forEach((input, at) => { input.parentNode.textContent = String(at + 1); });
    table.querySelectorAll('.sum').forEach((box) => { box.textContent = '0'; });
    return table.outerHTML;
  });
  const markup = `<html xmlns:w="urn:schemas-microsoft-com:office:word"><body>${made}</body></html>`;
  await paste(page, 'requests.granted.legal', { 'text/plain': '表三\n的文字', 'text/html': markup });
  await saved(page);
  assert.deepStrictEqual(await row(page, 'new'), ['1', '2', '3', '4', '5', '6']);
  assert.deepStrictEqual(await row(page, 'carried_over'), ['139', '140', '141', '142', '143', '144']);
  await paste(page, FIRST, { 'text/plain': 'x', 'text/html': '<table><tr><td>姓名</td><td>甲</td></tr><tr><td>住址</td><td>乙</td></tr></table>' });
  assert.match(await page.textContent('#note'), /对不上/);
  assert.strictEqual(await cell(page, FIRST), '1');
  await close();
};

exports['paste 7: text goes before the markup of Excel'] = async (open) => {
  const { page, close } = await pasted(open, {
    'text/plain': '很长的标题\t\t123\t456\r\n',
    'text/html': '<table><tr><td colspan=2 style="mso-ignore:colspan">很长的标题</td><td>123</td><td>456</td></tr></table>',
  });
  const got = await row(page, 'new');
  assert.ok(!got.includes('很长的标题'));
  assert.ok(got.includes('123') && got.includes('456'), got.join());
  await close();
};

exports['paste 8: what Excel shows of a narrow column is red, an apostrophe goes'] = async (open) => {
  const { page, close } = await pasted(open, { 'text/plain': "####\t1.8E+06\t#REF!\t'14\t14.00\r\n" });
  assert.deepStrictEqual((await row(page, 'new')).slice(3, 5), ['14', '14']);
  assert.deepStrictEqual((await wrong(page)).slice(0, 3), ['natural_person', 'business', 'research']);
  const remedies = await page.$$eval('#findings .remedy', (all) => all.map((it) => it.textContent).join());
  assert.match(remedies, /列太窄.*拉宽.*缩写.*公式出错/);
  await close();
};

exports['paste 9: units and words are red, each with its remedy, and Enter takes it'] = async (open) => {
  const { page, close } = await pasted(open, { 'text/plain': '358件\t约4\t增10\t1\t1\t1\r\n' });
  assert.deepStrictEqual((await wrong(page)).slice(0, 3), ['natural_person', 'business', 'research']);
  assert.ok((await page.$$('#findings .remedy')).length >= 3);
  assert.match(await page.textContent('#note'), /按 Enter 改成 358/);
  await page.keyboard.press('Enter');
  assert.strictEqual(await cell(page, FIRST), '358');
  await page.keyboard.press('Enter');
  await page.keyboard.press('ArrowUp');
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('Enter');
  assert.strictEqual(await cell(page, 'requests.new.business'), '约4', 'nobody knows how many');
  const buttons = await page.$$eval('#findings button', (all) => all.map((it) => it.textContent));
  assert.ok(!buttons.includes('改成 0'), buttons.join());
  await paste(page, 'disclosure.fees.amount', { 'text/plain': '128.6450万元\t' });
  await saved(page);
  await page.focus(`[data-key="${FIRST}"]`);
  await page.focus('[data-key="disclosure.fees.amount"]');
  await page.keyboard.press('Enter');
  await saved(page);
  assert.strictEqual(await cell(page, 'disclosure.fees.amount'), '128.645');
  await page.keyboard.type('251000元');
  await page.keyboard.press('Tab');
  await saved(page);
  await page.focus('[data-key="disclosure.fees.amount"]');
  await page.keyboard.press('Enter');
  assert.strictEqual(await cell(page, 'disclosure.fees.amount'), '25.1');
  await close();
};

exports['paste 10: a block taller than its place is asked about, what falls outside is told, too much is refused'] = async (open) => {
  const lines = Array.from({ length: 30 }, () => '1\t1\t1\t1\t1\t1').join('\r\n');
  const { page, close } = await pasted(open, { 'text/plain': lines });
  assert.match(await page.textContent('#ask'), /30 行.*筛选/);
  assert.strictEqual(await cell(page, FIRST), '27', 'nothing is written before');
  await page.keyboard.press('Enter');
  await saved(page);
  assert.strictEqual(await cell(page, 'requests.carried_over.other'), '1');
  assert.match(await page.textContent('#note'), /余 \d+ 格在表外/);
  await paste(page, FIRST, { 'text/plain': '1\t'.repeat(2000000) });
  assert.match(await page.textContent('#note'), /太多/);
  assert.strictEqual(await cell(page, FIRST), '1');
  await close();
};

exports['a pasted block of 36 is one step to take back'] = async (open) => {
  const lines = Array.from({ length: 6 }, (_, at) => Array.from({ length: 6 }, (_, to) => String(at * 10 + to + 100)).join('\t')).join('\r\n');
  const { page, close } = await opened(open);
  const names = await page.$$eval('[data-table=requests] .figure input', (all) => all.slice(0, 36).map((it) => it.dataset.key));
  const values = () => Promise.all(names.map((key) => cell(page, key)));
  const before = await values();
  await paste(page, FIRST, { 'text/plain': `${lines}\r\n` });
  const after = await values();
  assert.notDeepStrictEqual(after, before);
  await page.keyboard.press('Control+z');
  assert.deepStrictEqual(await values(), before);
  await page.keyboard.press('Control+y');
  assert.deepStrictEqual(await values(), after);
  await close();
};

exports['a block is picked and copied out as text, sums included'] = async (open) => {
  const { page, close } = await opened(open);
  await page.focus('[data-key="requests.new.legal"]');
  for (const key of ['Right', 'Right', 'Down']) await page.keyboard.press(`Shift+Arrow${key}`);
  const copied = () => page.evaluate(() => {
    const data = new DataTransfer();
    document.activeElement.dispatchEvent(new ClipboardEvent('copy', { clipboardData: data, bubbles: true, cancelable: true }));
    return data.getData('text/plain');
  });
  assert.strictEqual(await copied(), '3\t1\t38\r\n0\t0\t3\r\n');
  await page.keyboard.press('Delete');
  assert.strictEqual(await cell(page, 'requests.carried_in.other'), '');
  await page.keyboard.press('Control+z');
  assert.strictEqual(await cell(page, 'requests.new.legal'), '3');
  await page.keyboard.press('Control+a');
  const lines = (await copied()).trim().split('\r\n').filter((line) => /\d/.test(line));
  assert.strictEqual(lines.length, 25);
  await close();
};
