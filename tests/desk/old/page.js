// A page of an old Puppeteer with the words of Playwright's that the tests use.
'use strict';

function adapted(page) {
  page.on('pageerror', (error) => { throw error; });
  const element = (selector) => page.waitForSelector(selector, { timeout: 10000 });
  const keys = page.keyboard;
  const own = {
    keyboard: {
      // `Control+z` is two keys.
      press: async (chord) => {
        const held = chord.split('+');
        const last = held.pop();
        for (const key of held) await keys.down(key);
        await keys.press(last);
        for (const key of held.reverse()) await keys.up(key);
      },
      type: (text, options) => keys.type(text, options),
      insertText: (text) => keys.sendCharacter(text),
    },
    mouse: {
      move: (x, y) => page.mouse.move(x, y),
      wheel: (deltaX, deltaY) => page._client.send('Input.dispatchMouseEvent', { type: 'mouseWheel', x: 100, y: 100, deltaX, deltaY }),
    },
    close: () => page.close(),
    click: async (selector) => (await element(selector)).click(),
    textContent: async (selector) => { await element(selector).catch(() => page.waitForSelector(selector, { timeout: 1 })); return page.$eval(selector, (it) => it.textContent); },
    getAttribute: (selector, name) => page.$eval(selector, (it, name) => it.getAttribute(name), name),
    setViewportSize: (size) => page.setViewport(size),
    waitForFunction: (test, argument, options) => page.waitForFunction(test, { timeout: 10000, ...options }, argument),
    waitForTimeout: (time) => page.waitFor(time),
    waitForURL: async (pattern) => { while (!pattern.test(page.url())) await page.waitFor(30); },
    goto: (address) => page.goto(address),
  };
  return new Proxy(page, {
    get: (page, name) => {
      if (name in own) return own[name];
      return typeof page[name] === 'function' ? page[name].bind(page) : page[name];
    },
  });
}

module.exports = { adapted };
