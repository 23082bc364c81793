// Blocks of cells: pasted out of Excel, WPS or Word, picked, and copied out.
// ES2018 without anything newer than Chromium 69 and Firefox 62.
(function () {
  'use strict';
  var desk = window.nianbao;
  if (!desk) { return; }
  var all = desk.all, element = desk.element, squares = desk.squares, place = desk.place, plain = desk.plain;
  var change = desk.change, commit = desk.commit, save = desk.save, tell = desk.tell, say = desk.say;

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
    unpick();
    ask(null);
    var text = event.clipboardData.getData('text/plain');
    var markup = event.clipboardData.getData('text/html');
    if (text.length > 1000000) { event.preventDefault(); tell('复制的内容太多，没有粘贴'); return; }
    var rows = rowsOf(text);
    var block = /\t/.test(text) || rows.length > 1;
    if (!/\t/.test(text) && markup) {
      var table = rowsOfTable(markup);
      if (table && (table.length > 1 || table[0].length > 1)) { rows = table; block = true; }
    }
    if (!block) {
      if (!text && event.clipboardData.files && event.clipboardData.files.length) {
        event.preventDefault();
        tell('图片放不进格子');
      }
      return;
    }
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
    // Rows that a filter hides aren't copied, those that are hidden by hand are: a block that is taller than
    // its place may not be what she means.
    var room = from.rows - from.row;
    if (rows.length > room) {
      ask('复制的有 ' + rows.length + ' 行，从这一格往下只有 ' + room + ' 行。筛选掉的行不会被复制，隐藏的行会：请核对。', '粘贴放得下的', write);
      return;
    }
    write();
    function write() {
      if (cleaned) { words.push(cleaned + ' 格去掉了空格或逗号'); }
      if (outside) { words.push('余 ' + outside + ' 格在表外'); }
      if (kept) { words.push(kept + ' 格是空的，原来的没有动'); }
      finish(pairs, compared, words);
    }
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

  // A question beside the table, before anything is written.
  function ask(words, yes, then) {
    var box = document.getElementById('ask');
    box.textContent = '';
    box.hidden = !words;
    if (!words) { return; }
    var cell = document.activeElement;
    box.appendChild(element('p', words));
    [[yes, then], ['不粘贴', function () {}]].forEach(function (choice) {
      var button = element('button', choice[0]);
      button.type = 'button';
      button.addEventListener('click', function () {
        box.hidden = true;
        cell.focus();
        choice[1]();
      });
      box.appendChild(button);
    });
    say(words);
    box.querySelector('button').focus();
  }

  // ------------------------------------------------------------------ picking a block and copying it out
  var picked = null;     // the table, and the squares at two corners
  function unpick() {
    all('.picked').forEach(function (box) { box.classList.remove('picked'); });
    picked = null;
  }
  function boxOf(cell) { return cell.closest('td'); }
  function pick(cell, row, column) {
    all('.picked').forEach(function (box) { box.classList.remove('picked'); });
    var from = place(cell);
    picked = { cell: cell, grid: from.grid, rows: from.rows, columns: from.columns, row: row, column: column, top: from.row, left: from.column };
    corners(function (square) { if (square) { boxOf(square).classList.add('picked'); } });
  }
  // Goes over the picked squares row by row.
  function corners(each, endOfRow) {
    var up = Math.min(picked.top, picked.row), down = Math.max(picked.top, picked.row);
    var left = Math.min(picked.left, picked.column), right = Math.max(picked.left, picked.column);
    for (var row = up; row <= down; row += 1) {
      for (var column = left; column <= right; column += 1) { each((picked.grid[row] || [])[column], row, column); }
      if (endOfRow) { endOfRow(); }
    }
  }
  function cellAt(target) {
    var box = target && target.closest && target.closest('.grid .figure, .grid .sum');
    return box && (box.querySelector('input') || box);
  }
  var held = null;
  document.addEventListener('mousedown', function (event) {
    var cell = cellAt(event.target);
    if (event.shiftKey && cell && cellAt(document.activeElement) && cell.closest('.grid') === document.activeElement.closest('.grid')) {
      event.preventDefault();
      var to = place(cell);
      pick(cellAt(document.activeElement), to.row, to.column);
      return;
    }
    unpick();
    held = event.button === 0 ? cell : null;
  });
  document.addEventListener('mouseover', function (event) {
    var cell = cellAt(event.target);
    if (!held || !event.buttons || !cell || cell.closest('.grid') !== held.closest('.grid')) { return; }
    if (cell === held && !picked) { return; }
    var to = place(cell);
    pick(held, to.row, to.column);
  });
  document.addEventListener('mouseup', function () { held = null; });
  document.addEventListener('keydown', function (event) {
    if (event.isComposing || event.keyCode === 229) { return; }
    var cell = cellAt(event.target), key = event.key;
    var command = event.ctrlKey || event.metaKey;
    if (!cell || desk.isEditing() || key === 'Shift' || key === 'Control' || key === 'Meta') { return; }
    var step = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] }[key];
    if (step && event.shiftKey) {
      event.preventDefault();
      event.stopImmediatePropagation();
      var from = place(cell), row = picked ? picked.row : from.row, column = picked ? picked.column : from.column;
      pick(cell, Math.max(0, Math.min(from.rows - 1, row + step[0])), Math.max(0, Math.min(from.columns - 1, column + step[1])));
    } else if (command && key.toLowerCase() === 'a') {
      event.preventDefault();
      var at = place(cell);
      pick(cell, at.rows - 1, at.columns - 1);
      picked.top = picked.left = 0;
      corners(function (square) { if (square) { boxOf(square).classList.add('picked'); } });
    } else if (picked && (key === 'Delete' || key === 'Backspace')) {
      event.preventDefault();
      event.stopImmediatePropagation();
      var pairs = [];
      corners(function (square) { if (square && square.dataset.key) { pairs.push([square.dataset.key, '']); } });
      tell('清空了 ' + change(pairs) + ' 格，可以撤销');
    } else if (!command) {
      unpick();
    }
  }, true);
  function saidBy(square) { return square.dataset.sum ? square.textContent : square.value; }
  document.addEventListener('copy', function (event) {
    var cell = cellAt(event.target);
    if (picked) {
      var lines = [], line = [], seen = [];
      corners(function (square) {
        // A merged cell says what it says once.
        var first = square && seen.indexOf(square) < 0;
        if (first) { seen.push(square); }
        line.push(first ? saidBy(square) : '');
      }, function () { lines.push(line.join('\t')); line = []; });
      event.clipboardData.setData('text/plain', lines.join('\r\n') + '\r\n');
      event.preventDefault();
      say('复制了 ' + seen.length + ' 格');
    } else if (cell && cell.dataset.sum) {
      event.clipboardData.setData('text/plain', cell.textContent);
      event.preventDefault();
    }
  });
})();
