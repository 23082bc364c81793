// Nothing that the oldest browsers of the desk lack: Chromium 69, Firefox 62 (package.json, browserslist).
'use strict';
const compat = require('eslint-plugin-compat');
const es = require('eslint-plugin-es-x');
const { browserslist } = require('./package.json');

module.exports = [
  {
    files: ['**/*.js'],
    languageOptions: { ecmaVersion: 2018, sourceType: 'script' },
    settings: { targets: [browserslist] },
    plugins: { compat, 'es-x': es },
    rules: {
      'compat/compat': 'error',
      ...es.configs['flat/restrict-to-es2018'].rules,
      // Within ES2018, but from Chromium 62 or 64 and Firefox 78 on.
      'es-x/no-regexp-lookbehind-assertions': 'error',
      'es-x/no-regexp-unicode-property-escapes': 'error',
      'es-x/no-regexp-s-flag': 'error',
      'es-x/no-regexp-named-capture-groups': 'error',
    },
  },
];
