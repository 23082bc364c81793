// Two windows, another program, a program that is killed: nothing typed is lost.
'use strict';
const assert = require('node:assert');
const { cell, execFileSync, folder, fs, path, sample, saved, start } = require('./desk');
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

for (const [late, which] of [[0, 'first'], [1, 'second']]) {
  exports[`the answer of a save that comes late does not undo a later one: the ${which}`] = async (open) => {
    const { page, where, close } = await opened(open);
    let number = 0;
    await page.route('**/save', async (route) => {
      const delay = number === late ? 1500 : 0;
      number += 1;
      const response = await route.fetch();
      await new Promise((later) => setTimeout(later, delay));
      await route.fulfill({ response });
    });
    await type(page, FIRST, '31');
    await page.waitForTimeout(500);
    await type(page, FIRST, '33');
    await page.waitForTimeout(500);
    await type(page, SECOND, '5');
    await saved(page);
    assert.strictEqual(await cell(page, FIRST), '33');
    assert.match(inFile(where, 'new '), /\[ *33, +5,/);
    await close();
  };
}

exports['who types without a pause is saved while she types'] = async (open) => {
  const { page, where, close } = await opened(open);
  await page.focus('[data-key="text.problems"]');
  await page.keyboard.press('Control+Home');
  for (let at = 0; at < 30; at += 1) {
    await page.keyboard.type('abcdefghij', { delay: 20 });
    if (at === 20) assert.match(fs.readFileSync(path.join(where, 'a.toml'), 'utf8'), /abcdefghij/, 'after four seconds of typing');
  }
  await saved(page);
  await close();
};

exports['a page that is hidden is saved at once'] = async (open) => {
  const { page, where, close } = await opened(open);
  await page.focus(`[data-key="${FIRST}"]`);
  await page.keyboard.type('31');
  const answered = page.waitForResponse(/save$/);
  await page.evaluate(() => document.dispatchEvent(new Event('visibilitychange')));
  await answered;
  assert.match(inFile(where, 'new '), /\[ *31,/);
  await close();
};

exports['a file that nobody changes is not reviewed again'] = async (open) => {
  const { page, close } = await opened(open);
  const asked = [];
  page.on('request', (request) => asked.push(request.url().split('/').pop()));
  await page.waitForResponse(/version$/, { timeout: 12000 });
  await page.waitForTimeout(300);
  assert.deepStrictEqual([...new Set(asked.filter((it) => it !== 'window'))], ['version']);
  await close();
};

exports['going back shows what is in the file'] = async (open) => {
  const { page, desk, close } = await opened(open);
  await type(page, FIRST, '31');
  await saved(page);
  await page.goto(desk.address);
  await page.goBack();
  await page.waitForFunction((key) => document.querySelector(`[data-key="${key}"]`).value === '31', FIRST);
  await type(page, FIRST, '32');
  await saved(page);
  await close();
};

exports['two programs on one folder do not lose each other\'s work'] = async (open) => {
  const { page, where, close } = await opened(open);
  // Where a second program gives way to the first, its page is the first one's.
  const second = await start(where);
  const other = await open();
  await other.goto(`${second.address}report/0`);
  await saved(other);
  await Promise.all([type(page, FIRST, '31'), type(other, SECOND, '9')]);
  await saved(page);
  await saved(other);
  assert.match(inFile(where, 'new '), /\[ *31, +9,/);
  await other.close();
  second.kill('SIGTERM');
  await close();
};

exports['what a killed program was about to write is offered'] = async (open) => {
  const text = sample('qingshi-2024.toml');
  const where = folder({ 'a.toml': text });
  fs.mkdirSync(path.join(where, '.nianbao'));
  fs.writeFileSync(path.join(where, '.nianbao', 'a.toml.saving'), text.replace('decisions = 358', 'decisions = 999'));
  const desk = await start(where);
  const page = await open();
  await page.goto(desk.address);
  assert.strictEqual((await page.$$('.list tbody tr')).length, 1, 'it is no report of its own');
  await page.goto(`${desk.address}report/0`);
  await saved(page);
  await page.click('#begun button');
  await page.waitForSelector('#earlier li button');
  assert.match(await page.textContent('#earlier li'), /没来得及写完.*当时 999，现在 358/);
  await page.click('#earlier li button');
  await page.waitForFunction(() => document.querySelector('[data-key="disclosure.licensing.decisions"]').value === '999');
  await page.close();
  desk.kill('SIGTERM');
  await desk.ended;
};

const isRoot = process.getuid && process.getuid() === 0;

exports['on a full disk what is typed is told, kept, taken away, and saved when there is room'] = async (open) => {
  if (!isRoot) return;
  const where = folder({});
  try { execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=64k', 'tmpfs', where]); } catch { return; }
  try {
    fs.writeFileSync(path.join(where, 'a.toml'), sample('qingshi-2024.toml'));
    const before = fs.readFileSync(path.join(where, 'a.toml'), 'utf8');
    const desk = await start(where);
    const page = await open();
    await page.goto(`${desk.address}report/0`);
    await saved(page);
    const filling = fs.openSync(path.join(where, 'filling'), 'w');
    try { for (;;) fs.writeSync(filling, Buffer.alloc(4096)); } catch { fs.closeSync(filling); }
    await type(page, FIRST, '31');
    await page.waitForFunction(() => /没有保存/.test(document.getElementById('trouble').textContent));
    assert.match(await page.textContent('#saved'), /未保存/);
    assert.strictEqual(await cell(page, FIRST), '31');
    assert.strictEqual(fs.readFileSync(path.join(where, 'a.toml'), 'utf8'), before);
    const [taken] = await Promise.all([page.waitForEvent('download'), page.click('#trouble button')]);
    assert.match(fs.readFileSync(await taken.path(), 'utf8'), /^new .*\[ *31,/m);
    fs.unlinkSync(path.join(where, 'filling'));
    await saved(page);
    assert.match(inFile(where, 'new '), /\[ *31,/);
    await page.close();
    desk.kill('SIGTERM');
    await desk.ended;
  } finally {
    execFileSync('umount', ['-l', where]);
  }
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
  for (let round = 0; round < Number(process.env.KILLS || 3); round += 1) {
    const { page, desk, where } = await opened(open);
    const typed = [];
    let over = false;
    const typing = (async () => {
      for (let number = 100; !over; number += 1) {
        await type(page, FIRST, String(number));
        typed.push([Date.now(), number]);
      }
    })().catch(() => {});
    await page.waitForTimeout(300 + Math.floor(Math.random() * 2500));
    desk.kill('SIGKILL');
    const killed = Date.now();
    await desk.ended;
    over = true;
    const again = await start(where);
    const now = await (await fetch(`${again.address}report/0/now`)).json();
    // What was in the cell a second before the end, or something later.
    const [, least] = typed.filter(([when]) => when < killed - 1000).pop() || [0, 27];
    const there = now.values[FIRST];
    // The beginning of one that was being typed within the last second is as good.
    const last = typed.length ? typed[typed.length - 1][1] + 1 : 100;
    let begun = false;
    for (let number = least; number <= last; number += 1) begun = begun || String(number).startsWith(there);
    assert.ok(Number(there) >= least || begun, `${there} of ${least}`);
    assert.strictEqual(now.values['text.problems'].length > 100, true);
    again.kill('SIGTERM');
    await again.ended;
    await typing;
    await page.close({ runBeforeUnload: false });
  }
};

exports['a folder that can not be written into is said at the start, and what is typed is taken away'] = async (open) => {
  const where = folder({ 'a.toml': sample('qingshi-2024.toml') });
  fs.chmodSync(where, 0o555);
  // Root writes anywhere.
  const desk = await start(where, [], isRoot ? { uid: 65534, gid: 65534 } : {});
  const page = await open();
  await page.goto(`${desk.address}report/0`);
  assert.match(await page.textContent('.readonly'), /只读/);
  await saved(page);
  await type(page, FIRST, '31');
  await page.waitForFunction(() => /没有保存/.test(document.getElementById('trouble').textContent));
  const [taken] = await Promise.all([page.waitForEvent('download'), page.click('#trouble button')]);
  assert.match(fs.readFileSync(await taken.path(), 'utf8'), /^new .*\[ *31,/m);
  await page.close();
  desk.kill('SIGTERM');
  await desk.ended;
};

exports['with the file gone what is typed is taken away with the rest'] = async (open) => {
  const { page, where, close } = await opened(open);
  fs.unlinkSync(path.join(where, 'a.toml'));
  await type(page, FIRST, '31');
  await page.waitForFunction(() => /不在文件夹里/.test(document.getElementById('trouble').textContent));
  const [taken] = await Promise.all([page.waitForEvent('download'), page.click('#trouble button')]);
  assert.match(fs.readFileSync(await taken.path(), 'utf8'), /^new .*\[ *31,/m);
  await close();
};

exports['a window closed right after a key is saved'] = async (open) => {
  const { page, where, desk } = await opened(open);
  await page.focus(`[data-key="${FIRST}"]`);
  await page.keyboard.type('31');
  await page.goto('about:blank');
  for (let times = 0; times < 50 && !/\[ *31,/.test(inFile(where, 'new ')); times += 1) await page.waitForTimeout(100);
  assert.match(inFile(where, 'new '), /\[ *31,/);
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
