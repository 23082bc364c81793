// The three texts: pasted plain, shown as they will be set, figures quoted.
'use strict';
const assert = require('node:assert');
const { cell, paste, saved } = require('./desk');
const { opened } = require('./typing');

const TEXT = 'text.overview';

async function pasted(open, formats) {
  const it = await opened(open);
  await it.page.focus(`[data-key="${TEXT}"]`);
  await it.page.keyboard.press('Control+a');
  await paste(it.page, TEXT, formats);
  return it;
}

exports['text of Word comes plain, one line a paragraph, without blank lines'] = async (open) => {
  const { page, close } = await pasted(open, {
    'text/plain': '　　2025年，我局公开信息。\r\n\r\n　　（一）主动公开情况。公开430条。\r\n\r\n\r\n',
    'text/html': '<p><b>2025年</b></p>',
  });
  assert.strictEqual(await cell(page, TEXT), '2025年，我局公开信息。\n（一）主动公开情况。公开430条。');
  await page.keyboard.press('Control+z');
  assert.match(await cell(page, TEXT), /2024/, "the browser's own undo");
  await close();
};

exports['bullets and the printed heading are asked about'] = async (open) => {
  const { page, close } = await pasted(open, { 'text/plain': '一、总体情况\r\n• 公开430条\r\n●\t新制发1件\r\n- 收到3件\r\n-5 不是项目符号\r\n' });
  const asked = `[id="ask-${TEXT}"]`;
  assert.match(await page.textContent(asked), /3 行.*项目符号/);
  assert.match(await page.textContent(asked), /标题/);
  await page.click(`${asked} button`);
  await page.click(`${asked} button`);
  assert.strictEqual(await cell(page, TEXT), '公开430条\n新制发1件\n收到3件\n-5 不是项目符号');
  await saved(page);
  await close();
};

exports['a picture is refused with a word'] = async (open) => {
  const { page, close } = await pasted(open, {});
  assert.match(await page.textContent('#note'), /图片/);
  assert.match(await cell(page, TEXT), /2024/);
  await close();
};

exports['a text is shown as it will be set, with what it quotes'] = async (open) => {
  const { page, close } = await pasted(open, { 'text/plain': '（一）主动公开情况。公开430条。\n收到申请件' });
  await page.click(`.quote[data-into="${TEXT}"]`);
  await page.click('[data-sum="requests.new.total"]');
  await saved(page);
  assert.match(await cell(page, TEXT), /收到申请件\{\{requests\.new\.total\}\}$/);
  const set = `.set[data-of="${TEXT}"]`;
  await page.waitForFunction((set) => /收到申请件38/.test(document.querySelector(set).textContent), set);
  assert.strictEqual(await page.textContent(`${set} .level2`), '（一）主动公开情况。');
  await close();
};
