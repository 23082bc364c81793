// How the desk begins and ends.
'use strict';
const assert = require('node:assert');
const { folder, sample, start } = require('./desk');
const { opened } = require('./typing');

exports['each signal ends it, and so does the button'] = async (open) => {
  for (const signal of ['SIGTERM', 'SIGHUP', 'SIGINT']) {
    const desk = await start(folder({ 'a.toml': sample('qingshi-2024.toml') }));
    desk.kill(signal);
    assert.deepStrictEqual(await desk.ended, { code: 0, signal: null }, signal);
  }
  const { page, desk } = await opened(open);
  await page.goto(desk.address);
  await page.click('#end');
  assert.deepStrictEqual(await desk.ended, { code: 0, signal: null });
  await page.close();
};

exports['a second run has another address, and the old one says so in words'] = async (open) => {
  const where = folder({ 'a.toml': sample('qingshi-2024.toml') });
  const first = await start(where);
  const port = new URL(first.address).port;
  first.kill('SIGTERM');
  await first.ended;
  const second = await start(where, ['--port', port]);
  assert.notStrictEqual(second.address, first.address);
  const page = await open();
  const answer = await page.goto(first.address);
  assert.strictEqual(answer.status(), 403);
  assert.match(await page.textContent('body'), /失效/);
  await page.close();
  second.kill('SIGTERM');
  await second.ended;
};
