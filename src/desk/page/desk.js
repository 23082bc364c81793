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

  function send(path, body, type, more) {
    var headers = { 'Content-Type': type || 'application/json', 'X-Nianbao': '1' };
    Object.keys(more || {}).forEach(function (name) { headers[name] = more[name]; });
    var options = { method: 'POST', headers: headers, body: type ? body : JSON.stringify(body) };
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
  function trouble(words) { byId('trouble').textContent = words || ''; }
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
    var busy = false, underway = null, waiting = null, composing = false;
    var done = [], undone = [];
    var conflicted = {};

    // ------------------------------------------------------------------ what is typed is saved
    function value(key) { return fields[key].value; }
    function typed(key) {
      pending[key] = true;
      undress(key);
      clearTimeout(waiting);
      waiting = setTimeout(saveSoon, 300);
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
      // Whoever waits for what is typed now to be saved waits for the save under way, and for the next.
      if (busy) { return underway.then(function () { return save(); }); }
      if (composing || version === null) { return Promise.resolve(); }
      var sent = changes().filter(function (change) { return change.was !== change.now; });
      Object.keys(pending).forEach(function (key) { if (value(key) === (saved[key] || '')) { delete pending[key]; } });
      if (!sent.length) { showSaved(); return Promise.resolve(); }
      busy = true;
      showSaved();
      underway = send(base + 'save', { version: version, changes: sent }).then(function (answer) {
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
        if (changes().length) { waiting = setTimeout(saveSoon, 0); }
      }, function (error) {
        busy = false;
        trouble(error.told ? '没有保存：' + error.told : '程序没在运行，您写的还在这里。重新打开程序后会接着保存；也可以选中复制出去。');
        showSaved();
        waiting = setTimeout(saveSoon, 2000);
        throw error;
      });
      // What went wrong is shown already; only who waits for the save need know.
      underway.catch(function () {});
      return underway;
    }
    function look() {
      if (busy || composing || changes().length) { return; }
      fetch(base + 'now').then(read).then(function (answer) {
        trouble('');
        if (answer.version !== version && !busy && !changes().length) {
          if (version !== null) { say('这份报告在别处改过，已换成新的'); }
          take(answer);
        }
      }, function (error) {
        trouble(error.told || '程序没在运行，您写的还在这里');
      });
    }
    function showSaved() {
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
      (name === 'visibilitychange' ? document : window).addEventListener(name, function () { commit(); saveSoon(); });
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
      all('.wrong, .doubt').forEach(function (field) {
        field.classList.remove('wrong', 'doubt');
        field.removeAttribute('aria-invalid');
        field.removeAttribute('aria-describedby');
      });
      var errors = 0;
      answer.findings.forEach(function (finding, number) {
        if (finding.severity === 'error') { errors += 1; }
        var item = element('li', finding.message, finding.severity);
        item.id = 'finding-' + number;
        if (finding.remedy) { item.appendChild(element('span', '改法：' + finding.remedy, 'remedy')); }
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
            item.appendChild(go);
          }
        });
        var first = fields[finding.keys[0]];
        if (finding.expected && first && first.matches('.figure input') && /^-?[\d.]+$/.test(finding.expected)) {
          var accept = element('button', '改成 ' + finding.expected);
          accept.type = 'button';
          accept.addEventListener('click', function () { change([[finding.keys[0], finding.expected]]); show(first); });
          item.appendChild(accept);
        }
        list.appendChild(item);
      });
      var words = errors ? '有 ' + errors + ' 处错误，改好才能报送' :
        answer.sound ? '可以报送' : '填写中，还差 ' + answer.empty.length + ' 处';
      byId('verdict').textContent = words;
      byId('make').disabled = !answer.sound;
      beside(document.activeElement);
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
          note.appendChild(element('p', finding.message + (finding.remedy ? ' 改法：' + finding.remedy : '')));
        }
      });
      if (said[key]) { note.appendChild(element('p', said[key])); }
      if (!note.childNodes.length) { return; }
      var box = field.getBoundingClientRect();
      note.style.display = 'block';
      note.style.left = Math.max(4, Math.min(box.left, window.innerWidth - 360)) + window.pageXOffset + 'px';
      note.style.top = box.bottom + 4 + window.pageYOffset + 'px';
    }
    function conflict(found) {
      if (conflicted[found.key]) { return; }
      conflicted[found.key] = true;
      var field = fields[found.key];
      var box = element('div', (field.getAttribute('aria-label') || found.key) + '：别处写的是“' + found.theirs + '”，您写的是“' + found.yours + '”');
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
      caret = false;
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

    // ------------------------------------------------------------------ paste
    function rowsOf(text) {
      var rows = [[]], cell = '', quoted = false;
      text = text.replace(/\r\n?/g, '\n');
      for (var at = 0; at < text.length; at += 1) {
        var c = text[at];
        if (quoted) {
          if (c === '"' && text[at + 1] === '"') { cell += '"'; at += 1; } else if (c === '"') { quoted = false; } else { cell += c; }
        } else if (c === '"' && cell === '') { quoted = true;
        } else if (c === '\t') { rows[rows.length - 1].push(cell); cell = '';
        } else if (c === '\n') { rows[rows.length - 1].push(cell); cell = ''; rows.push([]);
        } else { cell += c; }
      }
      rows[rows.length - 1].push(cell);
      while (rows.length > 1 && rows[rows.length - 1].join('') === '') { rows.pop(); }
      return rows;
    }
    // A table of a Word document or a page, its spans opened.
    function rowsOfTable(markup) {
      var table = new DOMParser().parseFromString(markup, 'text/html').querySelector('table');
      if (!table) { return null; }
      var rows = [];
      all('tr', table).forEach(function (tr, r) {
        rows[r] = rows[r] || [];
        var c = 0;
        all('td, th', tr).forEach(function (cell) {
          while (rows[r][c] !== undefined) { c += 1; }
          var down = Math.min(cell.rowSpan || 1, 100), across = Math.min(cell.colSpan || 1, 100);
          for (var i = 0; i < down; i += 1) {
            rows[r + i] = rows[r + i] || [];
            for (var j = 0; j < across; j += 1) { rows[r + i][c + j] = cell.textContent; }
          }
          c += across;
        });
      });
      return rows;
    }
    var squeeze = function (text) { return (text || '').replace(/[\s\u00A0\u3000]/g, ''); };
    var isWords = function (text) { return /[\u4E00-\u9FFF]/.test(text) && !/^[\d,.，。约增减－-]+(件|条|项|元|万元|宗|份|个|次)?$/.test(squeeze(text)); };
    // The wording in each square of a table of the form.
    function wordsOf(table) {
      var rows = [];
      all('tr', table).forEach(function (tr, r) {
        rows[r] = rows[r] || [];
        var c = 0;
        all('td, th', tr).forEach(function (cell) {
          while (rows[r][c] !== undefined) { c += 1; }
          for (var i = 0; i < cell.rowSpan; i += 1) {
            rows[r + i] = rows[r + i] || [];
            for (var j = 0; j < cell.colSpan; j += 1) {
              rows[r + i][c + j] = cell.querySelector('input') || cell.classList.contains('sum') ? '' : squeeze(cell.textContent);
            }
          }
          c += cell.colSpan;
        });
      });
      return rows;
    }
    // A pasted table with its labels goes by the form's wording, wherever it is pasted.
    function byWording(rows, table) {
      var form = wordsOf(table), grid = squares[table.dataset.table], pairs = [], compared = [], found = 0;
      var columns = parseInt(table.dataset.columns, 10);
      var used = {};
      rows.forEach(function (row) {
        var labels = row.map(squeeze).filter(isWords);
        if (!labels.length || row.length !== columns) { return; }
        var r = form.findIndex(function (words, number) {
          return !used[number] && words.join('|') === row.map(function (text, c) { return words[c] ? squeeze(text) : ''; }).join('|') && words.join('');
        });
        if (r < 0) { return; }
        used[r] = true;
        row.forEach(function (text, c) {
          var cell = (grid[r] || [])[c];
          if (!cell) { return; }
          found += 1;
          if (cell.dataset.sum) { compared.push([cell, plain(text)]); } else if (plain(text) !== '') { pairs.push([cell.dataset.key, plain(text)]); }
        });
      });
      return found ? { pairs: pairs, compared: compared } : null;
    }
    document.addEventListener('paste', function (event) {
      var cell = event.target;
      if (!cell.matches || !cell.matches('.figure input')) { return; }
      var text = event.clipboardData.getData('text/plain');
      var markup = event.clipboardData.getData('text/html');
      if (text.length > 1000000) { event.preventDefault(); tell('复制的内容太多，没有粘贴'); return; }
      var rows = rowsOf(text);
      var block = /\t/.test(text) || rows.length > 1;
      if (!/\t/.test(text) && markup) {
        var table = rowsOfTable(markup);
        if (table && (table.length > 1 || table[0].length > 1)) { rows = table; block = true; }
      }
      if (!block) { return; }
      event.preventDefault();
      commit();
      var from = place(cell), words = [];
      var labelled = rows.some(function (row) { return row.some(isWords); });
      if (labelled) {
        var match = byWording(rows, cell.closest('.grid'));
        if (match) { finish(match.pairs, match.compared, words); return; }
        // Labels before the figures, as in a list copied with its names.
        var lead = 0;
        while (rows.every(function (row) { return row[lead] === undefined || isWords(row[lead]) || row[lead] === ''; }) && lead < rows[0].length) { lead += 1; }
        rows = rows.map(function (row) { return row.slice(lead); });
        if (!lead || !rows.some(function (row) { return row.some(function (text) { return /\d/.test(text); }); }) || rows.some(function (row) { return row.some(isWords) && row.length > 1; })) {
          tell('粘贴的表和这张表的行名对不上，没有粘贴');
          return;
        }
        words.push('行名没有粘贴');
      }
      var pairs = [], compared = [], outside = 0, kept = 0, cleaned = 0;
      rows.forEach(function (row, i) {
        row.forEach(function (raw, j) {
          var square = (from.grid[from.row + i] || [])[from.column + j];
          var out = plain(raw);
          if (!square) { if (out !== '') { outside += 1; } return; }
          if (square.dataset.sum) { compared.push([square, out]); return; }
          if (out === '') { kept += 1; return; }
          if (out !== raw) { cleaned += 1; }
          pairs.push([square.dataset.key, out]);
        });
      });
      if (cleaned) { words.push(cleaned + ' 格去掉了空格或逗号'); }
      if (outside) { words.push('余 ' + outside + ' 格在表外'); }
      if (kept) { words.push(kept + ' 格是空的，原来的没有动'); }
      finish(pairs, compared, words);
    });
    function finish(pairs, compared, words) {
      var count = change(pairs);
      words.unshift('粘贴了 ' + count + ' 格');
      save().then(function () {
        compared.forEach(function (one) {
          if (one[1] !== '' && one[0].textContent !== '' && one[1] !== one[0].textContent) {
            words.push(one[0].title + '：粘贴的合计是 ' + one[1] + '，算出来是 ' + one[0].textContent);
          }
        });
        tell(words.join('；'));
      }, function () {});
    }
    function tell(words) {
      told = words;
      say(words);
      beside(document.activeElement);
    }
    document.addEventListener('copy', function (event) {
      if (event.target.matches && event.target.matches('.sum')) {
        event.clipboardData.setData('text/plain', event.target.textContent);
        event.preventDefault();
      }
    });

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
    byId('earlier').addEventListener('toggle', function () {
      if (!byId('earlier').open) { return; }
      fetch(base + 'earlier').then(read).then(function (states) {
        var list = byId('earlier').querySelector('ul');
        list.textContent = '';
        if (!states.length) { list.appendChild(element('li', '还没有')); }
        states.forEach(function (one) {
          var when = new Date(parseInt(one.state, 10));
          var item = element('li', (isNaN(when) ? '没写完的一稿' : when.toLocaleString('zh-CN')) + '，' + one.differing + ' 格不同 ');
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
          list.appendChild(item);
        });
      });
    });
    look();
  }
})();
