// The texts: shown as they will be set, pasted plain, with figures quoted by picking them.
// ES2018 without anything newer than Chromium 69 and Firefox 62.
(function () {
  'use strict';
  var desk = window.nianbao;
  if (!desk) { return; }
  var all = desk.all, element = desk.element, fields = desk.fields, typed = desk.typed, show = desk.show, say = desk.say;

  // ------------------------------------------------------------------ as they will be set
  function draw(set) {
    all('.set').forEach(function (box) {
      var paragraphs = set && set[box.dataset.of] || [];
      box.hidden = !paragraphs.length;
      var inner = box.querySelector('div');
      inner.textContent = '';
      paragraphs.forEach(function (one) {
        var line = element('p');
        if (one.level) { line.appendChild(element('span', one.heading, 'level' + one.level)); }
        line.appendChild(document.createTextNode(one.text));
        if (one.open) { line.appendChild(element('em', '（引用的数还没有填）')); }
        inner.appendChild(line);
      });
    });
  }
  document.addEventListener('set', function (event) { draw(event.detail); });
  draw(desk.set);

  // ------------------------------------------------------------------ pasted plain
  var BULLET = /^[ \t\u3000]*(?:[•·●○◆◇■□▪▫►➢➤※★☆\uF06C\uF0B7\uF0D8]|[*－—–-](?=\s))[ \t\u3000]*/;
  function squeezed(text) { return text.replace(/[\s\u00A0\u3000]/g, ''); }
  // What the form prints already: its own heading of this text.
  function isPrinted(line, area) {
    var heading = document.getElementById(area.getAttribute('aria-labelledby'));
    return !!heading && squeezed(line) === squeezed(heading.textContent);
  }
  document.addEventListener('paste', function (event) {
    var area = event.target;
    if (!area.matches || !area.matches('textarea')) { return; }
    event.preventDefault();
    var text = event.clipboardData.getData('text/plain');
    if (!text) { desk.tell('图片和文件放不进正文，正文里只有文字'); return; }
    if (text.length > 1000000) { desk.tell('复制的内容太多，没有粘贴'); return; }
    // One paragraph is one line; white space around it is nothing.
    var lines = text.replace(/\r\n?|\u000B|\u2028|\u2029/g, '\n').replace(/[\u200B\uFEFF]/g, '').split('\n');
    var several = lines.length > 1;
    lines = several ? lines.map(function (line) { return line.replace(/^[ \t\u00A0\u3000]+|[ \t\u00A0\u3000]+$/g, ''); }) : lines;
    var full = several ? lines.filter(function (line) { return line; }) : lines;
    insert(area, full.join('\n'));
    if (full.length < lines.length) { desk.tell('空行没有粘贴：一行就是一段'); }
    questions(area, full);
  });
  // As if typed, so that the browser's own undo takes it back.
  function insert(area, text) {
    if (document.execCommand && document.execCommand('insertText', false, text)) { return; }
    area.setRangeText(text, area.selectionStart, area.selectionEnd, 'end');
    typed(area.dataset.key);
  }
  function questions(area, lines) {
    var box = document.getElementById('ask-' + area.dataset.key);
    if (!box) { return; }
    box.textContent = '';
    var bullets = lines.filter(function (line) { return BULLET.test(line); }).length;
    var heading = lines.some(function (line) { return isPrinted(line, area); });
    if (bullets) {
      question(box, bullets + ' 行开头有项目符号', '去掉', function () {
        rewrite(area, function (line) { return [line.replace(BULLET, '')]; });
      });
    }
    if (heading) {
      question(box, '粘贴的第一行是表上印好的标题', '去掉这一行', function () {
        rewrite(area, function (line) { return isPrinted(line, area) ? [] : [line]; });
      });
    }
    box.hidden = !box.childNodes.length;
    if (!box.hidden) { say(box.textContent); }
  }
  function question(box, words, yes, then) {
    var line = element('p', words + ' ');
    [[yes, then], ['留着', function () {}]].forEach(function (choice) {
      var button = element('button', choice[0]);
      button.type = 'button';
      button.addEventListener('click', function () {
        box.removeChild(line);
        box.hidden = !box.childNodes.length;
        choice[1]();
      });
      line.appendChild(button);
    });
    box.appendChild(line);
  }
  function rewrite(area, of) {
    var lines = area.value.split('\n').reduce(function (out, line) { return out.concat(of(line)); }, []);
    area.focus();
    area.select();
    insert(area, lines.join('\n'));
  }

  // ------------------------------------------------------------------ quoting a figure
  var into = null;
  all('.quote').forEach(function (button) {
    button.addEventListener('click', function () {
      into = fields[button.dataset.into];
      document.body.classList.add('quoting');
      say('点一下要引用的格子');
      document.querySelector('.grid').scrollIntoView();
    });
  });
  document.addEventListener('click', function (event) {
    if (!into || event.target.closest('.quote')) { return; }
    var box = event.target.closest('.figure, .sum');
    var field = into;
    into = null;
    document.body.classList.remove('quoting');
    if (!box) { return; }
    var key = box.dataset.sum || box.querySelector('input').dataset.key;
    var start = field.selectionStart;
    field.value = field.value.slice(0, start) + '{{' + key + '}}' + field.value.slice(field.selectionEnd);
    typed(field.dataset.key);
    show(field);
    field.setSelectionRange(start + key.length + 4, start + key.length + 4);
  });
})();
