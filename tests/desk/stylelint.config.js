// As eslint.config.js, for the style sheet.
'use strict';
const { browserslist } = require('./package.json');

module.exports = {
  plugins: ['stylelint-no-unsupported-browser-features'],
  rules: {
    'plugin/no-unsupported-browser-features': [true, {
      browsers: [browserslist],
      // What falls away there without harm.
      ignore: ['forced-colors', 'css-resize', 'css-sticky', 'css-appearance', 'user-select-none', 'css-font-rendering-controls'],
      ignorePartialSupport: true,
    }],
  },
};
