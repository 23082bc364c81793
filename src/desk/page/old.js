// Runs where nothing else does: IE kernels and browsers of before 2018.
(function () {
  var fits = window.fetch && window.Promise && window.Map && 'closest' in document.documentElement;
  if (!fits) { document.getElementById('old').removeAttribute('hidden'); }
})();
