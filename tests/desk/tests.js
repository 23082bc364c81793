// All tests, by what they show; ONLY names some by a part of it.
'use strict';
const tests = {
  ...require('./typing'), ...require('./pasting'), ...require('./texts'), ...require('./looks'), ...require('./saving'), ...require('./starting'), ...require('./ending'),
  "a clerk's whole run by keyboard": require('./clerk'),
};
delete tests.opened;

exports.chosen = () => Object.entries(tests).filter(([name]) => name.includes(process.env.ONLY || ''));
