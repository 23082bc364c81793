// Two windows, another program, a program that is killed: nothing typed is lost.
'use strict';
const assert = require('node:assert');
const { cell, folder, fs, path, sample, saved, start } = require('./desk');
const { opened } = require('./typing');

const FIRST = 'requests.new.natural_person', SECOND = 'requests.new.business';

async function type(page, key, text) {
  await page.focus(`[data-key="${key}"]`);
  await page.keyboard.type(text);
  await page.keyboard.press('Tab');
}
const inFile = (where, line) => fs.readFileSync(path.join(where, 'a.toml'), 'utf8').split('\n').find((it) => it.startsWith(line));

exports['two windows on other cells are both kept'] = async (open) => {
  const { page, desk, where, close } = await opened(open);
  const other = await open();
  await other.goto(`${desk.address}report/0`);
  await saved(other);
  await Promise.all([type(page, FIRST, '31'), type(other, SECOND, '9')]);
  await saved(page);
  await saved(other);
  assert.match(inFile(where, 'new '), /\[ *31, +9,/);
  await page.focus('[data-key="organ.name"]');
  await page.waitForFunction((key) => document.querySelector(`[data-key="${key}"]`).value === '9', SECOND, { timeout: 12000 });
  await other.close();
  await close();
};

exports['two windows on one cell: both are shown, she picks'] = async (open) => {
  const { page, desk, where, close } = await opened(open);
  const other = await open();
  await other.goto(`${desk.address}report/0`);
  await saved(other);
  await type(page, FIRST, '31');
  await saved(page);
  await type(other, FIRST, '32');
  await other.waitForSelector('#conflicts button');
  assert.match(await other.textContent('#conflicts'), /31.*32/);
  assert.strictEqual(await cell(other, FIRST), '32', 'hers was replaced');
  assert.match(inFile(where, 'new '), /\[ *31,/);
  await other.click('#conflicts button');
  await saved(other);
  assert.match(inFile(where, 'new '), /\[ *32,/);
  await other.close();
  await close();
};

exports['a file changed by an editor is told and merged'] = async (open) => {
  const { page, where, close } = await opened(open);
  const file = path.join(where, 'a.toml');
  fs.writeFileSync(file, fs.readFileSync(file, 'utf8').replace('decisions = 358', 'decisions = 359'));
  await type(page, FIRST, '31');
  await saved(page);
  assert.strictEqual(await cell(page, 'disclosure.licensing.decisions'), '359');
  assert.match(fs.readFileSync(file, 'utf8'), /decisions = 359/);
  await close();
};

exports['the answer of a save that comes late does not undo a later one'] = async (open) => {
  const { page, where, close } = await opened(open);
  let first = true;
  await page.route('**/save', async (route) => {
    const delay = first ? 1500 : 0;
    first = false;
    const response = await route.fetch();
    await new Promise((later) => setTimeout(later, delay));
    await route.fulfill({ response });
  });
  await type(page, FIRST, '31');
  await page.waitForTimeout(500);
  await type(page, FIRST, '33');
  await saved(page);
  assert.strictEqual(await cell(page, FIRST), '33');
  assert.match(inFile(where, 'new '), /\[ *33,/);
  await close();
};

exports['a save without the version of the file is refused'] = async (open) => {
  const { desk, close } = await opened(open);
  const headers = { 'Content-Type': 'application/json', 'X-Nianbao': '1' };
  const save = (body) => fetch(`${desk.address}report/0/save`, { method: 'POST', headers, body: JSON.stringify(body) });
  assert.strictEqual((await save({ changes: [] })).status, 428);
  await close();
};

exports['with the program gone what is typed stays, and is saved by the next one at its port'] = async (open) => {
  const { page, desk, where } = await opened(open);
  desk.kill('SIGKILL');
  await desk.ended;
  await type(page, FIRST, '31');
  await page.waitForFunction(() => /还在这里/.test(document.getElementById('trouble').textContent));
  assert.strictEqual(await cell(page, FIRST), '31');
  assert.match(await page.textContent('#saved'), /未保存/);
  await page.close({ runBeforeUnload: false });
  assert.match(inFile(where, 'new '), /\[ *27,/);
};

exports['killed at any moment, the file is whole and has all but the last second'] = async (open) => {
  for (let round = 0; round < Number(process.env.KILLS || 5); round += 1) {
    const { page, desk, where } = await opened(open);
    const began = Date.now();
    const wait = 100 + Math.floor(Math.random() * 900);
    const typing = (async () => {
      for (let number = 1; number < 40; number += 1) await type(page, FIRST, String(number));
    })().catch(() => {});
    await page.waitForTimeout(wait);
    desk.kill('SIGKILL');
    await desk.ended;
    assert.ok(Date.now() - began < 10000);
    const again = await start(where);
    const now = await (await fetch(`${again.address}report/0/now`)).json();
    assert.match(now.values[FIRST], /^\d+$/);
    assert.strictEqual(now.values['text.problems'].length > 100, true);
    again.kill('SIGTERM');
    await again.ended;
    await page.close({ runBeforeUnload: false });
    await typing;
  }
};

exports['a folder that can not be written into is said at the start'] = async (open) => {
  if (process.getuid && process.getuid() === 0) {
    // Root writes anywhere: a folder on a full disk is as good.
    return;
  }
  const where = folder({ 'a.toml': sample('qingshi-2024.toml') });
  fs.chmodSync(where, 0o555);
  const desk = await start(where);
  const page = await open();
  await page.goto(`${desk.address}report/0`);
  assert.match(await page.textContent('.readonly'), /只读/);
  await page.close();
  desk.kill('SIGTERM');
  await desk.ended;
};

exports['an earlier state comes back, and the one before it is kept too'] = async (open) => {
  const { page, where, close } = await opened(open);
  await type(page, FIRST, '31');
  await saved(page);
  await page.click('#earlier summary');
  await page.waitForSelector('#earlier button');
  assert.match(await page.textContent('#earlier li'), /1 处不同.*自然人：当时 27，现在 31/);
  await page.click('#earlier button');
  await page.waitForFunction((key) => document.querySelector(`[data-key="${key}"]`).value === '27', FIRST);
  assert.match(inFile(where, 'new '), /\[ *27,/);
  await page.click('#earlier summary');
  await page.click('#earlier summary');
  await page.waitForFunction(() => document.querySelectorAll('#earlier button').length === 2);
  await close();
};
