// How the desk is started, and started again.
'use strict';
const assert = require('node:assert');
const { once } = require('node:events');
const { cell, folder, fs, path, run, runtime, sample, saved, start } = require('./desk');
const { opened } = require('./typing');

const FIRST = 'requests.new.natural_person';
// Nothing to open a browser with.
const bare = { DISPLAY: '', WAYLAND_DISPLAY: '', BROWSER: '', WSL_DISTRO_NAME: '', PATH: '' };

// A stand-in for the browser, on a screen: says what it was asked to open.
function browser() {
  const bin = folder({});
  const asked = path.join(bin, 'asked');
  fs.writeFileSync(path.join(bin, 'xdg-open'), `#!/bin/sh\necho "$1" >>'${asked}'\n`, { mode: 0o755 });
  return { variables: { ...bare, DISPLAY: ':0', PATH: `${bin}:/bin:/usr/bin` }, asked: async () => {
    for (let tries = 0; tries < 100 && !fs.existsSync(asked); tries += 1) await new Promise((on) => setTimeout(on, 50));
    return fs.readFileSync(asked, 'utf8').trim();
  } };
}

exports['a second start opens the page of the first and ends'] = async () => {
  const where = folder({ 'a.toml': sample('qingshi-2024.toml') });
  const first = await start(where);
  const { variables, asked } = browser();
  // By another way to the same folder, and by a drop.
  const second = await run([path.join(where, '..', path.basename(where))], variables);
  assert.strictEqual(second.address, first.address);
  assert.strictEqual(await asked(), first.address);
  assert.deepStrictEqual(await second.ended, { code: 0, signal: null });
  const other = await start(folder({}));
  assert.notStrictEqual(new URL(other.address).port, new URL(first.address).port);
  for (const file of fs.readdirSync(path.join(runtime, 'nianbao'))) {
    assert.strictEqual(fs.statSync(path.join(runtime, 'nianbao', file)).mode & 0o077, 0, file);
  }
  for (const desk of [first, other]) { desk.kill('SIGTERM'); await desk.ended; }
};

exports['after a kill the old window finds the new desk and keeps what was typed'] = async (open) => {
  const { page, desk, where } = await opened(open);
  desk.kill('SIGKILL');
  await desk.ended;
  await page.focus(`[data-key="${FIRST}"]`);
  await page.keyboard.type('3402');
  await page.keyboard.press('Tab');
  await page.waitForFunction(() => /程序没在运行/.test(document.getElementById('trouble').textContent));
  const second = await start(where);
  assert.strictEqual(new URL(second.address).port, new URL(desk.address).port);
  assert.notStrictEqual(second.address, desk.address);
  await page.waitForFunction(() => /地址已失效/.test(document.getElementById('trouble').textContent), null, { timeout: 10000 });
  assert.strictEqual(await cell(page, FIRST), '3402');
  const fresh = await open();
  await fresh.goto(`${second.address}report/0`);
  await saved(fresh);
  assert.strictEqual(await cell(fresh, FIRST), '27');
  for (const one of [page, fresh]) await one.close();
  second.kill('SIGTERM');
  await second.ended;
};

exports['without a browser it says so and serves on, read by nobody'] = async (open) => {
  const where = folder({ 'a.toml': sample('qingshi-2024.toml') });
  const failing = { ...browser().variables };
  fs.writeFileSync(path.join(failing.PATH.split(':')[0], 'xdg-open'), '#!/bin/sh\nexit 3\n', { mode: 0o755 });
  failing.PATH = failing.PATH.split(':')[0];
  for (const variables of [bare, failing]) {
    const desk = await run(['desk', where], variables, 'pipe');
    desk.running.stdout.destroy();
    const [said] = await once(desk.running.stderr, 'data');
    assert.match(String(said), /^浏览器没有打开：请把这个地址复制/);
    desk.running.stderr.destroy();
    const page = await open();
    assert.strictEqual((await page.goto(desk.address)).status(), 200);
    await page.close();
    desk.kill('SIGTERM');
    assert.deepStrictEqual(await desk.ended, { code: 0, signal: null });
  }
};

exports['a double click opens the desk on 年报 in the documents'] = async () => {
  const home = folder({});
  fs.mkdirSync(path.join(home, '.config'));
  fs.mkdirSync(path.join(home, '文档'));
  fs.writeFileSync(path.join(home, '.config', 'user-dirs.dirs'), '# by the desktop\nXDG_DOCUMENTS_DIR="$HOME/文档"\n');
  const { variables, asked } = browser();
  const desk = await run([], { ...variables, HOME: home, XDG_CONFIG_HOME: '' }, 'pipe');
  assert.strictEqual(await asked(), desk.address);
  const page = await (await fetch(desk.address)).text();
  assert.ok(page.includes(path.join(home, '文档', '年报')), 'the folder is named');
  desk.kill('SIGTERM');
  assert.deepStrictEqual(await desk.ended, { code: 0, signal: null });
};
