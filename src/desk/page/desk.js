// The page: what is typed goes to the program at once, and what the program says of it comes back.
// ES2018 without anything newer than Chromium 69 and Firefox 62.
(function () {
  'use strict';
  var byId = function (id) { return document.getElementById(id); };
  var all = function (selector, within) {
    return Array.prototype.slice.call((within || document).querySelectorAll(selector));
  };
  // The path of the page's own window: /TOKEN/ or /TOKEN/report/N.
  var top = location.pathname.split('/').slice(0, 2).join('/') + '/';

  function send(path, body, type, more, keepalive) {
    var headers = { 'Content-Type': type || 'application/json', 'X-Nianbao': '1' };
    Object.keys(more || {}).forEach(function (name) { headers[name] = more[name]; });
    var options = { method: 'POST', headers: headers, body: type ? body : JSON.stringify(body) };
    // What a closing page sends is sent whole up to 64 kB (Fetch, 4.6).
    if (keepalive && options.body.length < 20000) { options.keepalive = true; }
    return fetch(path, options).then(read);
  }
  function read(response) {
    if (response.status === 204) { return null; }
    return response.json().then(function (answer) {
      if (!response.ok) { throw { told: answer.error, status: response.status }; }
      return answer;
    }, function () {
      throw { told: '地址已失效：请用年报程序打开的新页面', status: response.status };
    });
  }
  // The same words are left alone: a button in them may be under her finger while saving is tried again.
  function trouble(words, button) {
    var box = byId('trouble');
    if (box.dataset.words === (words || '')) { return; }
    box.dataset.words = box.textContent = words || '';
    if (button) { box.appendChild(button); }
  }
  var speaking;
  // One region, emptied first, and not while she is still typing.
  function say(words) {
    clearTimeout(speaking);
    byId('status').textContent = '';
    speaking = setTimeout(function () { byId('status').textContent = words; }, 600);
  }

  var id = String(Math.random()).slice(2) + String(Date.now());
  function here(open) {
    var body = JSON.stringify({ id: id, open: open });
    var headers = { 'Content-Type': 'application/json', 'X-Nianbao': '1' };
    fetch(top + 'window', { method: 'POST', headers: headers, body: body, keepalive: !open }).catch(function () {});
  }
  here(true);
  setInterval(function () { here(true); }, 60000);
  window.addEventListener('pagehide', function () { here(false); });
  window.addEventListener('pageshow', function (event) { if (event.persisted) { location.reload(); } });

  if (document.body.dataset.page === 'home') { home(); } else { report(); }

  function home() {
    function failed(error) { trouble(error.told || '程序没在运行，请重新打开'); }
    byId('new-report').addEventListener('submit', function (event) {
      event.preventDefault();
      var form = event.target;
      var from = form.elements.from.value;
      send(top + 'reports', {
        year: parseInt(form.elements.year.value, 10) || 0,
        organ: form.elements.organ.value,
        from: from === '' ? null : parseInt(from, 10)
      }).then(function (made) { location.href = top + 'report/' + made.number; }, failed);
    });
    byId('new-report').elements.from.addEventListener('change', function (event) {
      var chosen = event.target.selectedOptions[0];
      if (!chosen.dataset.year) { return; }
      event.target.form.elements.year.value = parseInt(chosen.dataset.year, 10) + 1;
      event.target.form.elements.organ.value = chosen.dataset.organ;
    });
    function bring(file) {
      if (!file) { return; }
      send(top + 'bring', file, 'application/octet-stream', { 'X-Name': encodeURIComponent(file.name) })
        .then(function (made) { location.href = top + 'report/' + made.number; }, failed);
    }
    byId('bring-file').addEventListener('change', function (event) { bring(event.target.files[0]); });
    var drop = byId('drop');
    document.addEventListener('dragover', function (event) { event.preventDefault(); drop.classList.add('over'); });
    document.addEventListener('dragleave', function () { drop.classList.remove('over'); });
    document.addEventListener('drop', function (event) {
      event.preventDefault();
      drop.classList.remove('over');
      bring(event.dataTransfer.files[0]);
    });
    byId('end').addEventListener('click', function () {
      send(top + 'end', {}).then(function () {
        document.querySelector('main').textContent = '程序已结束，这个窗口可以关了。';
      }, failed);
    });
  }

  function report() {
    var base = top + 'report/' + document.body.dataset.number + '/';
    var fields = {};
    all('[data-key]').forEach(function (field) { fields[field.dataset.key] = field; });
    var cells = all('.figure input');
    var saved = {};        // what the file says, as this window knows it
    var version = null;
    var last = null;       // the program's last answer
    var pending = {};      // keys typed into since
    var saves = 0;         // how many were sent
    var sending = {};      // what the save under way says, by key
    var leaving = false;   // whether the page is being closed
    var busy = false, underway = null, waiting = null, composing = false;
    var done = [], undone = [];
    var conflicted = {};

    // ------------------------------------------------------------------ what is typed is saved
    function value(key) { return fields[key].value; }
    function typed(key) {
      pending[key] = true;
      undress(key);
      // From the first key on, not the last: who types without a pause is saved too.
      if (waiting === null) { waiting = setTimeout(saveSoon, 300); }
      showSaved();
    }
    function undress(key) {
      var field = fields[key];
      var needed = field.matches('.figure input, textarea');
      field.classList.toggle('empty', needed && field.value.trim() === '');
    }
    function changes() {
      return Object.keys(pending).filter(function (key) { return !conflicted[key]; }).map(function (key) {
        return { key: key, was: saved[key] || '', now: value(key) };
      });
    }
    function saveSoon() { save().catch(function () {}); }
    function save() {
      clearTimeout(waiting);
      waiting = null;
      // Whoever waits for what is typed now to be saved waits for the save under way, and for the next.
      if (busy && leaving) { lastWord(); return underway; }
      if (busy) { return underway.then(function () { return save(); }); }
      if (composing || version === null) { return Promise.resolve(); }
      var sent = changes().filter(function (change) { return change.was !== change.now; });
      Object.keys(pending).forEach(function (key) { if (value(key) === (saved[key] || '')) { delete pending[key]; } });
      if (!sent.length) { showSaved(); return Promise.resolve(); }
      busy = true;
      sending = {};
      sent.forEach(function (change) { sending[change.key] = change.now; });
      saves += 1;
      showSaved();
      underway = send(base + 'save', { version: version, changes: sent }, null, null, leaving).then(function (answer) {
        busy = false;
        trouble('');
        var differing = answer.conflicts.map(function (one) { return one.key; });
        sent.forEach(function (change) {
          if (differing.indexOf(change.key) >= 0) { return; }
          saved[change.key] = change.now;
          if (value(change.key) === change.now) { delete pending[change.key]; }
        });
        answer.conflicts.forEach(conflict);
        if (answer.changed_elsewhere) { say('别的窗口或程序也改了这份报告，已合并'); }
        take(answer);
        if (changes().length && waiting === null) { waiting = setTimeout(saveSoon, 0); }
      }, function (error) {
        busy = false;
        trouble(error.told ? '没有保存：' + error.told + ' 您写的还在这里。' :
          '程序没在运行，您写的还在这里。重新打开程序后会接着保存；也可以选中复制出去。',
        error.told && error.status !== 403 ? takeAside() : null);
        showSaved();
        clearTimeout(waiting);
        waiting = setTimeout(saveSoon, 2000);
        throw error;
      });
      // What went wrong is shown already; only who waits for the save need know.
      underway.catch(function () {});
      return underway;
    }
    // A page that is closed can't wait for the answer of the save under way.
    function lastWord() {
      var rest = changes().map(function (change) {
        return { key: change.key, was: change.key in sending ? sending[change.key] : change.was, now: change.now };
      }).filter(function (change) { return change.was !== change.now; });
      if (rest.length) { send(base + 'save', { version: version, changes: rest }, null, null, true).catch(function () {}); }
    }
    // The file with what was typed, where it can't be saved in its place: to another disk.
    function takeAside() {
      var button = element('button', '另存到…');
      button.type = 'button';
      button.addEventListener('click', function () {
        send(base + 'aside', { version: version, changes: changes() }).then(function () {
          var link = element('a');
          link.href = base + 'take/aside';
          link.download = '';
          document.body.appendChild(link);
          link.click();
          document.body.removeChild(link);
        }, function (error) { trouble(error.told || '程序没在运行，您写的还在这里'); });
      });
      return button;
    }
    // Whether the file is another than the one known is asked first: reading it anew takes a while.
    function look() {
      if (busy || composing || changes().length) { return; }
      // An answer that a save has overtaken says nothing any more.
      var since = saves;
      fetch(base + 'version').then(read).then(function (answer) {
        trouble('');
        showSaved();
        others(answer.others);
        if (answer.version === version || saves !== since) { return null; }
        return fetch(base + 'now').then(read).then(function (answer) {
          if (saves === since && (version === null || !changes().length)) {
            if (version !== null) { say('这份报告在别处改过，已换成新的'); }
            take(answer);
            // What was typed before the first answer.
            if (changes().length) { saveSoon(); }
          }
        });
      }).catch(function (error) {
        trouble(error.told || '程序没在运行，您写的还在这里');
      });
    }
    function others(names) {
      byId('others').textContent = names.map(function (name) { return name + ' 也正在填这份报告'; }).join('；');
    }
    function showSaved() {
      if (version === null) { return; }
      var open = busy || changes().some(function (change) { return change.was !== change.now; });
      var mark = byId('saved');
      mark.classList.toggle('unsaved', open && !!byId('trouble').textContent);
      var now = new Date();
      var clock = ('0' + now.getHours()).slice(-2) + ':' + ('0' + now.getMinutes()).slice(-2);
      mark.textContent = open ? (byId('trouble').textContent ? '未保存' : '正在保存…') : '已保存 ' + clock;
    }
    window.addEventListener('beforeunload', function (event) {
      if (changes().length && byId('trouble').textContent) { event.preventDefault(); event.returnValue = ''; }
    });
    ['visibilitychange', 'pagehide', 'blur'].forEach(function (name) {
      (name === 'visibilitychange' ? document : window).addEventListener(name, function () {
        leaving = name === 'pagehide';
        commit();
        saveSoon();
      });
    });
    window.addEventListener('focus', look);
    setInterval(look, 5000);

    // ------------------------------------------------------------------ what the program says
    function take(answer) {
      version = answer.version;
      last = answer;
      Object.keys(fields).forEach(function (key) {
        var said = answer.values[key] || '';
        var field = fields[key];
        if (!pending[key]) {
          saved[key] = said;
          // Nothing changes under her hands; what is new there is shown when she has left the cell.
          if (field !== document.activeElement && field.value !== said) { field.value = said; }
        }
        if (answer.elsewhere[key]) {
          field.readOnly = true;
          field.placeholder = '写在 ' + answer.elsewhere[key] + ' 里，请在那里改';
        }
        undress(key);
        var before = answer.previous[key];
        if (before !== undefined && field.matches('.figure input')) {
          field.parentNode.dataset.last = before;
          field.parentNode.classList.add('last');
        }
      });
      all('[data-sum]').forEach(function (cell) {
        var sum = answer.sums[cell.dataset.sum];
        cell.textContent = sum === undefined ? '' : sum;
      });
      byId('left').textContent = answer.empty.length;
      byId('next').hidden = byId('zeros').hidden = !answer.empty.length;
      findings(answer);
      showSaved();
      window.nianbao.set = answer.set;
      document.dispatchEvent(new CustomEvent('set', { detail: answer.set }));
    }
    function at(key) {
      if (!key) { return null; }
      return fields[key] || document.querySelector('[data-sum="' + key + '"]') ||
        document.querySelector('[data-key^="' + key + '."]');
    }
    function element(name, words, type) {
      var made = document.createElement(name);
      if (words) { made.textContent = words; }
      if (type) { made.className = type; }
      return made;
    }
    function findings(answer) {
      var list = byId('findings');
      list.textContent = '';
      remedies = {};
      all('.wrong, .doubt').forEach(function (field) {
        field.classList.remove('wrong', 'doubt');
        field.removeAttribute('aria-invalid');
        field.removeAttribute('aria-describedby');
      });
      var errors = 0;
      answer.findings.forEach(function (finding, number) {
        if (finding.severity === 'error') { errors += 1; }
        var item = element('li', finding.message, finding.severity), buttons = [];
        item.id = 'finding-' + number;
        finding.keys.forEach(function (key, place) {
          var field = at(key);
          if (!field) { return; }
          if (place === 0) {
            field.classList.add(finding.severity === 'error' ? 'wrong' : 'doubt');
            if (finding.severity === 'error' && 'value' in field) { field.setAttribute('aria-invalid', 'true'); }
            field.setAttribute('aria-describedby', item.id);
            var go = element('button', '去看');
            go.type = 'button';
            go.addEventListener('click', function () { show(field); });
            buttons.push(go);
          }
        });
        var key = finding.keys[0], first = fields[key];
        var better = first && first.matches('.figure input') ? remedy(finding, first) : null;
        if (better) {
          if (better.words) { item.appendChild(element('span', '改法：' + better.words, 'remedy')); }
          if (better.value !== undefined) {
            remedies[key] = better;
            buttons.push(accepting('改成 ' + better.value, [[key, better.value]]));
          }
        }
        if (finding.remedy && !(better && better.words)) { item.appendChild(element('span', '改法：' + finding.remedy, 'remedy')); }
        buttons.forEach(function (button) { item.appendChild(button); });
        list.appendChild(item);
      });
      var dashes = cells.filter(function (cell) { return isDash(cell.value); });
      if (dashes.length) {
        var all0 = element('li', dashes.length + ' 格写的是横线或斜线：是 0 吗？', 'error');
        all0.appendChild(accepting('都改成 0', dashes.map(function (cell) { return [cell.dataset.key, '0']; })));
        list.insertBefore(all0, list.firstChild);
      }
      var words = errors ? '有 ' + errors + ' 处错误，改好才能报送' :
        answer.sound ? '可以报送' : '填写中，还差 ' + answer.empty.length + ' 处';
      byId('verdict').textContent = words;
      byId('make').disabled = !answer.sound;
      beside(document.activeElement);
    }
    // A button that makes cells say what they should, in one step that can be taken back.
    function accepting(words, pairs) {
      var button = element('button', words);
      button.type = 'button';
      button.addEventListener('click', function () { change(pairs); show(fields[pairs[0][0]]); });
      return button;
    }
    var remedies = {};     // what Enter takes, by key
    function isDash(text) { return /^[-—–－―/／\\]+$/.test(text.trim()); }
    // What to do about a cell that isn't a number, by what stands in it.
    function remedy(finding, field) {
      if (finding.fix) { return { value: finding.fix }; }
      if (!/^(not-a-count|not-an-amount|wrong-type)$/.test(finding.code)) { return null; }
      var text = plain(field.value), kind = field.dataset.kind, found;
      if (/^#+$/.test(text)) { return { words: 'Excel 里列太窄，显示不出数：拉宽再复制' }; }
      if (/^#/.test(text)) { return { words: 'Excel 的公式出错了：在 Excel 里改好再复制' }; }
      if (/^-?[\d.]+[eE][+-]?\d+$/.test(text)) { return { words: 'Excel 里列太窄，显示成了缩写：拉宽再复制' }; }
      if (isDash(text)) { return { words: '没有就写 0', value: '0' }; }
      found = /^(\d+)(件|条|项|宗|份|个|次|人)$/.exec(text);
      if (found) { return { words: '只写数字', value: found[1] }; }
      found = /^(\d+(?:\.\d+)?)(万元|元)$/.exec(text);
      if (found && /amount|money/.test(kind)) {
        return { words: '只写数字，以万元计', value: found[2] === '元' ? tenThousandth(found[1]) : shorter(found[1]) };
      }
      if (found) { return { words: '这里写件数，不写金额' }; }
      found = /^([增减])(\d+)$/.exec(text);
      if (found && kind === 'signed') { return { words: '增写正数，减写负数', value: (found[1] === '减' ? '-' : '') + found[2] }; }
      if (/^(约|近|大约|超过?)?\d+(余|多|左右|以上)?(件|条|项)?$/.test(text)) { return { words: '表里要准确的数，不写“约”“余”' }; }
      if (kind === 'count' && /^\d+\.\d+$/.test(text)) { return { words: '件数是整数，不带小数' }; }
      if (/^[\d,，]+$/.test(text)) { return { words: '逗号的位置不对：核对是几位数，只写数字' }; }
      return null;
    }
    function shorter(number) { return /\./.test(number) ? number.replace(/0+$/, '').replace(/\.$/, '') : number; }
    // Yuan in units of ten thousand, digit by digit.
    function tenThousandth(number) {
      var parts = number.split('.'), whole = ('0000' + parts[0]).replace(/^0+(?=\d{5})/, '');
      return shorter(whole.slice(0, -4) + '.' + whole.slice(-4) + (parts[1] || ''));
    }
    function show(field) {
      field.scrollIntoView({ block: 'center' });
      field.focus();
    }
    // What is said of a cell stands beside it while she is in it.
    function beside(field) {
      var note = byId('note');
      note.style.display = 'none';
      note.textContent = '';
      if (!last || !field || !field.dataset || !(field.dataset.key || field.dataset.sum)) { return; }
      var key = field.dataset.key || field.dataset.sum;
      if (told) { note.appendChild(element('p', told)); }
      last.findings.forEach(function (finding) {
        if (finding.keys.indexOf(key) >= 0) {
          var better = finding.keys[0] === key && field.matches('.figure input') ? remedy(finding, field) : null;
          var words = better && better.words || finding.remedy;
          note.appendChild(element('p', finding.message + (words ? ' 改法：' + words : '')));
          if (better && better.value !== undefined) { note.appendChild(element('p', '按 Enter 改成 ' + better.value)); }
        }
      });
      if (said[key]) { note.appendChild(element('p', said[key])); }
      if (!note.childNodes.length) { return; }
      var box = field.getBoundingClientRect();
      note.style.display = 'block';
      note.style.left = Math.max(4, Math.min(box.left, window.innerWidth - 360)) + window.pageXOffset + 'px';
      // Above where there is no room below; over nothing that is asked under a text.
      var below = field.matches('textarea') ? box.top - note.offsetHeight - 4 : box.bottom + 4;
      note.style.top = Math.max(4, below) + window.pageYOffset + 'px';
    }
    function conflict(found) {
      if (conflicted[found.key]) { return; }
      conflicted[found.key] = true;
      var field = fields[found.key];
      var box = element('div', nameOf(found.key) + '：别处写的是“' + found.theirs + '”，您写的是“' + found.yours + '”');
      [['用我的', found.yours], ['用别处的', found.theirs]].forEach(function (choice) {
        var button = element('button', choice[0]);
        button.type = 'button';
        button.addEventListener('click', function () {
          delete conflicted[found.key];
          box.parentNode.removeChild(box);
          saved[found.key] = found.theirs;
          field.value = choice[1];
          typed(found.key);
        });
        box.appendChild(button);
      });
      byId('conflicts').appendChild(box);
      say('这一格别的窗口也改了，请选用哪一个');
    }

    // ------------------------------------------------------------------ one step back, one forth
    function change(pairs) {
      var step = pairs.map(function (pair) { return { key: pair[0], from: value(pair[0]), to: pair[1] }; })
        .filter(function (one) { return one.from !== one.to; });
      if (!step.length) { return 0; }
      done.push(step);
      undone = [];
      apply(step, 'to');
      return step.length;
    }
    function apply(step, which) {
      step.forEach(function (one) { fields[one.key].value = one[which]; typed(one.key); });
      began = null;
      if (document.activeElement && document.activeElement.dataset.key) { entered(document.activeElement); }
      saveSoon();
    }
    function undo() {
      commit();
      var step = done.pop();
      if (step) { undone.push(step); apply(step, 'from'); show(fields[step[0].key]); }
    }
    function redo() {
      var step = undone.pop();
      if (step) { done.push(step); apply(step, 'to'); show(fields[step[0].key]); }
    }
    byId('undo').addEventListener('click', undo);

    // ------------------------------------------------------------------ a cell
    var began = null;      // the cell that is being typed into, and what it said before
    var caret = false;     // whether the arrows move within it
    var said = {};         // what was made plain, by key
    var told = '';         // what was pasted, until she goes elsewhere
    function entered(field) {
      began = { key: field.dataset.key, from: field.value };
      caret = byId('caret').checked && field.matches('input');
      if (field.select) { field.select(); }
    }
    // Full-width digits and separators are made plain, and that is said.
    function plain(text) {
      var out = text.replace(/[０-９]/g, function (c) { return String.fromCharCode(c.charCodeAt(0) - 0xFEE0); })
        .replace(/[\s\u00A0\u3000\u200B\uFEFF]/g, '').replace(/^["'’‘“”]|["'’‘“”]$/g, '');
      out = out.replace(/^[－−﹣]/, '-').replace(/(\d)[。．](\d)/g, '$1.$2');
      if (/^-?\d{1,3}([,，]\d{3})+(\.\d+)?$/.test(out)) { out = out.replace(/[,，]/g, ''); }
      if (/^-?\d+\.0+$/.test(out)) { out = out.replace(/\.0+$/, ''); }
      if (/^0+\d/.test(out)) { out = out.replace(/^0+(?=\d)/, ''); }
      return out;
    }
    function commit() {
      if (!began || composing) { return; }
      var field = fields[began.key];
      if (field.matches('.figure input')) {
        var out = plain(field.value);
        delete said[began.key];
        if (out !== field.value.trim()) { said[began.key] = '“' + field.value + '”记作 ' + out; say(said[began.key]); }
        if (out !== field.value) { field.value = out; typed(began.key); }
      }
      if (field.value !== began.from && !field.matches('textarea')) {
        done.push([{ key: began.key, from: began.from, to: field.value }]);
        undone = [];
      }
      began.from = field.value;
    }
    document.addEventListener('focusin', function (event) {
      var field = event.target;
      if (field.dataset && field.dataset.key && fields[field.dataset.key] === field) { entered(field); }
      told = '';
      if (field.dataset) { beside(field); }
    });
    document.addEventListener('focusout', function (event) {
      if (began && event.target === fields[began.key]) {
        var key = began.key;
        commit();
        began = null;
        if (!pending[key] && saved[key] !== undefined) { event.target.value = saved[key]; undress(key); }
        saveSoon();
      }
    });
    document.addEventListener('mouseup', function (event) {
      if (event.target === document.activeElement && event.target.matches('.figure input')) { caret = true; }
    });
    document.addEventListener('input', function (event) {
      var key = event.target.dataset && event.target.dataset.key;
      if (key && !composing) { typed(key); }
    });
    document.addEventListener('compositionstart', function () { composing = true; });
    document.addEventListener('compositionend', function (event) {
      composing = false;
      var key = event.target.dataset && event.target.dataset.key;
      if (key) { typed(key); }
    });

    // ------------------------------------------------------------------ moving over the printed squares
    var squares = {};
    all('.grid').forEach(function (table) {
      var grid = squares[table.dataset.table] = [];
      all('input[data-row], .sum', table).forEach(function (cell) {
        var row = parseInt(cell.dataset.row, 10), column = parseInt(cell.dataset.column, 10);
        var box = cell.closest('td');
        for (var r = row; r < row + box.rowSpan; r += 1) {
          grid[r] = grid[r] || [];
          for (var c = column; c < column + box.colSpan; c += 1) { grid[r][c] = cell; }
        }
      });
    });
    function place(cell) {
      var table = cell.closest('.grid');
      return table && cell.dataset.row !== undefined && {
        grid: squares[table.dataset.table],
        rows: parseInt(table.dataset.rows, 10), columns: parseInt(table.dataset.columns, 10),
        row: parseInt(cell.dataset.row, 10), column: parseInt(cell.dataset.column, 10)
      };
    }
    var kept = null;       // the column that up and down keep to
    function move(cell, down, right) {
      var from = place(cell);
      if (!from) { return false; }
      if (right) { kept = null; }
      if (down && kept === null) { kept = from.column; }
      var row = from.row, column = down ? kept : from.column;
      for (;;) {
        row += down; column += right;
        if (row < 0 || column < 0 || row >= from.rows || column >= from.columns) { return false; }
        var next = (from.grid[row] || [])[column];
        if (next && next !== cell) { var keep = kept; show(next); kept = keep; return true; }
      }
    }
    function nextEmpty() {
      commit();
      var wanted = all('[data-key]').filter(function (field) {
        return !field.readOnly && (field.classList.contains('empty') || (last && last.empty.indexOf(field.dataset.key) >= 0 && !field.value));
      });
      var here = document.activeElement;
      var after = wanted.filter(function (field) {
        return here.compareDocumentPosition(field) & Node.DOCUMENT_POSITION_FOLLOWING;
      });
      if (here === document.body) { after = wanted; }
      var next = after[0] || wanted[0];
      if (next) { show(next); } else { say('都填好了'); }
    }
    byId('next').addEventListener('click', nextEmpty);

    document.addEventListener('keydown', function (event) {
      if (event.isComposing || event.keyCode === 229) { return; }
      var field = event.target, key = event.key;
      var command = event.ctrlKey || event.metaKey;
      if (command && key.toLowerCase() === 's') { event.preventDefault(); commit(); save().then(function () { say(byId('saved').textContent); }, function () {}); return; }
      if (command && key.toLowerCase() === 'p') { event.preventDefault(); openPages(); return; }
      if (key === 'F8' || (command && key === '.')) { event.preventDefault(); nextEmpty(); return; }
      if (event.altKey && key.toLowerCase() === 's') { event.preventDefault(); speakSum(field); return; }
      var isCell = field.matches && field.matches('.figure input, .sum');
      if (!isCell) { return; }
      var typing = began && field.value !== began.from;
      if (command && key.toLowerCase() === 'z' && !event.shiftKey && !typing) { event.preventDefault(); undo(); return; }
      if (command && (key.toLowerCase() === 'y' || (key.toLowerCase() === 'z' && event.shiftKey)) && !typing) { event.preventDefault(); redo(); return; }
      if (command || event.altKey) { return; }
      if (key === 'Escape' && began) { field.value = began.from; typed(began.key); field.select(); caret = false; return; }
      if (key === 'F2') { event.preventDefault(); caret = true; field.setSelectionRange(field.value.length, field.value.length); return; }
      var moved = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] }[key];
      if (key === 'Enter' && !event.shiftKey && !typing && remedies[field.dataset.key]) {
        event.preventDefault();
        change([[field.dataset.key, remedies[field.dataset.key].value]]);
        delete remedies[field.dataset.key];
        return;
      }
      if (key === 'Enter') { moved = event.shiftKey ? [-1, 0] : [1, 0]; }
      if (moved && (key === 'Enter' || !caret || moved[0])) {
        event.preventDefault();
        commit();
        move(field, moved[0], moved[1]);
      }
    });
    function speakSum(cell) {
      var from = place(cell);
      if (!from) { return; }
      var words = [];
      (from.grid[from.row] || []).concat(from.grid.map(function (row) { return row && row[from.column]; }))
        .forEach(function (one) {
          if (one && one.dataset.sum) { words.push(one.title + ' ' + (one.textContent || '还没有')); }
        });
      if (last) { last.findings.forEach(function (finding) { if (finding.keys.indexOf(cell.dataset.key) >= 0) { words.push(finding.message); } }); }
      say(words.filter(function (one, at) { return words.indexOf(one) === at; }).join('；'));
    }

    // ------------------------------------------------------------------ 补零
    var asked = false;
    byId('zeros').addEventListener('click', function () {
      var open = cells.filter(function (cell) { return cell.value.trim() === ''; });
      if (!asked) {
        asked = true;
        byId('zeros').textContent = '确定：' + open.length + ' 格写 0';
        setTimeout(function () { asked = false; byId('zeros').textContent = '其余补 0'; }, 5000);
        return;
      }
      asked = false;
      byId('zeros').textContent = '其余补 0';
      var count = change(open.map(function (cell) { return [cell.dataset.key, '0']; }));
      say(count + ' 格写了 0，可以撤销');
    });

    function tell(words) {
      told = words;
      say(words);
      beside(document.activeElement);
    }

    // ------------------------------------------------------------------ look and take
    function openPages() {
      commit();
      save().then(function () {
        if (!last.sound) { say(byId('verdict').textContent); show(byId('findings').querySelector('button') || byId('next')); return; }
        var address = base + 'look';
        byId('open-pages').href = address;
        document.querySelector('#pages iframe').src = address;
        byId('pages').hidden = false;
        byId('close-pages').focus();
      }, function () {});
    }
    byId('look').addEventListener('click', openPages);
    byId('close-pages').addEventListener('click', function () { byId('pages').hidden = true; byId('look').focus(); });
    byId('make').addEventListener('click', function () {
      commit();
      save().then(function () { return send(base + 'make', {}); }).then(function (made) {
        var box = byId('taken');
        box.textContent = '';
        box.appendChild(element('p', '已写在数据文件旁边：'));
        made.forEach(function (one) {
          var link = element('a', one.file + (one.pages ? '（' + one.pages + ' 页）' : '') + ' 另存一份');
          link.href = base + 'take/' + one.kind;
          box.appendChild(link);
        });
        var data = element('a', '数据文件 另存一份');
        data.href = base + 'take/toml';
        box.appendChild(data);
        say('两份文件都写好了');
      }, function (error) { byId('taken').textContent = error.told || '程序没在运行'; });
    });
    byId('seal').addEventListener('change', function (event) {
      var file = event.target.files[0];
      if (!file) { return; }
      send(base + 'seal', file, 'application/octet-stream').then(function (name) {
        change([['signature.seal', name]]);
      }, function (error) { tell(error.told || '程序没在运行'); byId('taken').textContent = error.told || '程序没在运行'; });
    });
    function nameOf(key) {
      var field = fields[key];
      if (!field) { return key; }
      var heading = field.getAttribute('aria-labelledby');
      var label = field.closest('label');
      return field.getAttribute('aria-label') || (heading ? byId(heading).textContent : label.querySelector('span').textContent);
    }
    function brief(text) {
      if (!text) { return '没有填'; }
      return text.length > 24 ? text.slice(0, 24) + '…（' + text.length + ' 字）' : text;
    }
    if (byId('begun')) {
      byId('begun').querySelector('button').addEventListener('click', function () {
        byId('earlier').open = true;
        show(byId('earlier').querySelector('summary'));
      });
    }
    byId('earlier').addEventListener('toggle', function () {
      if (!byId('earlier').open) { return; }
      fetch(base + 'earlier').then(read).then(function (states) {
        var list = byId('earlier').querySelector('ul');
        list.textContent = '';
        if (!states.length) { list.appendChild(element('li', '还没有')); }
        states.forEach(function (one) {
          var when = new Date(parseInt(one.state, 10));
          var begun = /saving$/.test(one.state);
          var item = element('li', (begun ? '上次没来得及写完的一稿' : when.toLocaleString('zh-CN')) + '，' + one.differing.length + ' 处不同 ');
          var differing = element('ul');
          one.differing.slice(0, 12).forEach(function (cell) {
            differing.appendChild(element('li', nameOf(cell.key) + '：当时 ' + brief(cell.then) + '，现在 ' + brief(cell.now)));
          });
          if (one.differing.length > 12) { differing.appendChild(element('li', '还有 ' + (one.differing.length - 12) + ' 处')); }
          var back = element('button', '恢复这一稿');
          back.type = 'button';
          back.addEventListener('click', function () {
            send(base + 'earlier', { state: one.state }).then(function (answer) {
              pending = {};
              began = null;
              take(answer);
              say('已恢复；刚才的一稿也留着');
            }, function (error) { trouble(error.told || '程序没在运行'); });
          });
          item.appendChild(back);
          item.appendChild(differing);
          list.appendChild(item);
        });
      });
    });
    // What the scripts of pasting and of texts work with.
    window.nianbao = {
      all: all, element: element, fields: fields, squares: squares, place: place, move: move,
      plain: plain, change: change, commit: commit, save: save, typed: typed, show: show,
      say: say, tell: tell, isEditing: function () { return caret || (began && document.activeElement.value !== began.from); }
    };
    look();
  }
})();
