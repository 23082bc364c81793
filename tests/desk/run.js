// node run.js [SHOTS]: the desk in a real browser, on real files. Pictures go to SHOTS.
'use strict';
const { chromium } = require('playwright-core');
const tests = require('./tests');

const browser = process.env.CHROMIUM || '/usr/bin/chromium';

(async () => {
  const shots = process.argv[2];
  const running = await chromium.launch({ executablePath: browser, args: ['--no-sandbox'] });
  const open = async () => {
    const page = await running.newPage({ viewport: { width: 1366, height: 768 } });
    page.on('pageerror', (error) => { throw error; });
    return page;
  };
  let failed = 0;
  const chosen = tests.chosen();
  for (const [name, test] of chosen) {
    const from = Date.now();
    try {
      await test(open, shots);
      console.log(`ok    ${name}, ${Date.now() - from} ms`);
    } catch (error) {
      failed += 1;
      console.log(`FAULT ${name}: ${error.stack}`);
    }
  }
  await running.close();
  console.log(`${failed} of ${chosen.length} failed`);
  process.exit(failed || !chosen.length ? 1 : 0);
})();
