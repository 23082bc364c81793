// node run.js [SHOTS]: the desk in a real browser, on real files. Pictures go to SHOTS.
'use strict';
const { chromium } = require('playwright-core');
const tests = require('./tests');

// A linter doesn't know what `x.at()` is called on: what Chromium 69 and Firefox 62 lack isn't there.
function older() {
  if (location.hostname !== '127.0.0.1') return; // the viewer of PDF
  const gone = [
    [Array.prototype, 'at findLast findLastIndex toReversed toSorted toSpliced with'],
    [String.prototype, 'at replaceAll matchAll isWellFormed'],
    [Object, 'fromEntries hasOwn groupBy'], [Promise, 'allSettled any withResolvers try'],
    [Element.prototype, 'replaceChildren checkVisibility toggleAttribute getHTML'],
    [HTMLElement.prototype, 'showPopover hidePopover togglePopover inert'],
    [HTMLDialogElement.prototype, 'show showModal'], [HTMLFormElement.prototype, 'requestSubmit'],
    [Blob.prototype, 'text arrayBuffer stream'], [URLSearchParams.prototype, 'size'],
    [AbortSignal, 'timeout any abort'], [Crypto.prototype, 'randomUUID'],
    [window, 'structuredClone queueMicrotask ResizeObserver reportError requestIdleCallback'],
  ];
  for (const [owner, names] of gone) for (const name of names.split(' ')) delete owner[name];
}

const browser = process.env.CHROMIUM || '/usr/bin/chromium';

(async () => {
  const shots = process.argv[2];
  const running = await chromium.launch({ executablePath: browser, args: ['--no-sandbox'] });
  const open = async () => {
    const page = await running.newPage({ viewport: { width: 1366, height: 768 } });
    await page.addInitScript(older);
    page.on('pageerror', (error) => { throw error; });
    return page;
  };
  let failed = 0;
  const chosen = tests.chosen(), waiting = [...chosen];
  // Most of a test is waiting, for keys, saves and answers: a few go on at a time.
  await Promise.all(Array.from({ length: 3 }, async () => {
    for (let next = waiting.pop(); next; next = waiting.pop()) {
      const [name, test] = next;
      const from = Date.now();
      try {
        await test(open, shots);
        console.log(`ok    ${name}, ${Date.now() - from} ms`);
      } catch (error) {
        failed += 1;
        console.log(`FAULT ${name}: ${error.stack}`);
      }
    }
  }));
  await running.close();
  console.log(`${failed} of ${chosen.length} failed`);
  process.exit(failed || !chosen.length ? 1 : 0);
})();
