(() => {
  'use strict';
  const body = document.body;
  const { study, rater } = body.dataset;
  const shelf = `medvilam-study:${study}:${rater}`;
  const items = [...document.querySelectorAll('.item')];
  const find = (id) => document.getElementById(id);
  const end = find('end');
  let at = 0;
  let saved = '';

  const choice = (item) => item.querySelector('.choice input:checked')?.value ?? null;
  const numbers = (item) => [...item.querySelectorAll('input[type=number]')];
  const isComparison = (item) => item.dataset.part === 'comparison';
  const count = (input) => Math.min(99, Math.max(0, Math.trunc(Number(input.value)) || 0));

  function rating(item) {
    const errors = {};
    for (const input of numbers(item)) {
      const { category, weight } = input.dataset;
      errors[category] ??= { significant: 0, insignificant: 0 };
      errors[category][weight] = count(input);
    }
    const acceptable = choice(item);
    return { errors, acceptable: acceptable === null ? null : acceptable === 'yes' };
  }

  /** What was entered; an item that nobody touched is not in it. */
  function form() {
    const comparisons = {};
    const ratings = {};
    for (const item of items) {
      const { code } = item.dataset;
      if (isComparison(item)) {
        if (choice(item) !== null) comparisons[code] = choice(item);
      } else if (choice(item) !== null || numbers(item).some((n) => count(n) > 0)) {
        ratings[code] = rating(item);
      }
    }
    return { study, rater, comparisons, ratings };
  }

  const text = () => JSON.stringify(form(), null, 2) + '\n';
  const unanswered = () => items.filter((item) => choice(item) === null);
  const entered = () => text() !== empty;

  function select(item, value) {
    for (const input of item.querySelectorAll('.choice input')) input.checked = input.value === value;
  }

  /** Puts a form into the page; says what is wrong with one of another page. */
  function restore(given) {
    if (given?.study !== study || given?.rater !== rater) {
      return `These are not answers of rater ${rater} in this study; nothing was changed.`;
    }
    for (const item of items) {
      const { code } = item.dataset;
      const rated = given.ratings?.[code];
      for (const input of numbers(item)) {
        input.value = rated?.errors?.[input.dataset.category]?.[input.dataset.weight] ?? 0;
        input.value = count(input);
      }
      const acceptable = { true: 'yes', false: 'no' }[rated?.acceptable] ?? null;
      select(item, isComparison(item) ? given.comparisons?.[code] ?? null : acceptable);
    }
    return '';
  }

  /** Keeps the answers in the browser; some forbid it to pages from a disk. */
  function keep() {
    try {
      localStorage.setItem(shelf, text());
      return true;
    } catch {
      return false;
    }
  }

  function kept() {
    try {
      return JSON.parse(localStorage.getItem(shelf));
    } catch {
      return null;
    }
  }

  function progress() {
    const open = unanswered();
    const done = items.length - open.length;
    find('progress').value = done;
    find('count').textContent = `${done} of ${items.length} answered`;
    find('end-text').textContent = open.length
      ? `${open.length} of ${items.length} items have no answer yet:`
      : 'Every item has an answer. Save the answers and send the file back.';
    find('open-items').replaceChildren(
      ...open.map((item) => {
        const button = document.createElement('button');
        button.type = 'button';
        button.textContent = items.indexOf(item) + 1;
        button.addEventListener('click', () => show(items.indexOf(item)));
        return button;
      }));
  }

  function changed() {
    keep();
    progress();
  }

  function show(index) {
    at = Math.max(0, Math.min(items.length, index));
    items.forEach((item, i) => { item.hidden = i !== at; });
    end.hidden = at !== items.length;
    find('back').disabled = at === 0;
    find('next').disabled = at === items.length;
    if (at > 0) find('help').open = false;
    const section = at === items.length ? end : items[at];
    window.scrollTo(0, 0);
    section.querySelector('h2').focus({ preventScroll: true });
  }

  function save() {
    saved = text();
    const link = document.createElement('a');
    link.href = URL.createObjectURL(new Blob([saved], { type: 'application/json' }));
    link.download = `answers-${rater}.json`;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 60000);
  }

  function toggleDrawings() {
    const bare = body.classList.toggle('bare');
    find('draw-text').textContent = bare ? 'Show drawings' : 'Hide drawings';
  }

  function press(key) {
    const input = items[at]?.querySelector(`.choice input[data-key="${key}"]`);
    if (!input) return false;
    input.checked = true;
    input.focus({ preventScroll: true });
    changed();
    return true;
  }

  function onKey(event) {
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    const target = event.target;
    if (event.key === 'Enter') {
      if (target.closest('button, summary, a, label.load')) return;
      event.preventDefault();
      show(at + (event.shiftKey ? -1 : 1));
      return;
    }
    const key = event.key.toLowerCase();
    const commands = { h: toggleDrawings, s: save };
    if (commands[key]) commands[key]();
    // A number field would take letters such as e, and then hold nothing.
    else if (!press(key) && !(target.type === 'number' && /^\D$/.test(key))) return;
    event.preventDefault();
  }

  function onStep(event) {
    const button = event.target.closest('[data-step]');
    if (!button) return;
    const input = button.parentElement.querySelector('input');
    input.value = Math.min(99, Math.max(0, count(input) + Number(button.dataset.step)));
    changed();
  }

  async function onLoad(event) {
    const file = event.target.files[0];
    if (!file) return;
    let wrong;
    try {
      wrong = restore(JSON.parse(await file.text()));
    } catch {
      wrong = 'This file holds no answers; nothing was changed.';
    }
    find('loaded').textContent = wrong || 'Loaded.';
    event.target.value = '';
    changed();
  }

  const empty = text();
  restore(kept() ?? {});
  const keeps = keep();
  find('kept').textContent = keeps
    ? 'What you enter also stays in this browser.'
    : 'This browser keeps nothing for pages from a disk.';
  body.classList.add('live');
  find('bar').hidden = false;
  document.addEventListener('keydown', onKey);
  document.querySelector('main').addEventListener('input', changed);
  document.querySelector('main').addEventListener('click', onStep);
  // A wheel over a focused number would change it unseen.
  document.addEventListener('wheel', () => {
    if (document.activeElement?.type === 'number') document.activeElement.blur();
  }, { passive: true });
  for (const input of document.querySelectorAll('input[type=number]')) {
    input.addEventListener('focus', () => input.select());
    input.addEventListener('change', () => { input.value = count(input); });
  }
  // In steps of a camera, since dark pictures are dark by factors.
  find('light').addEventListener('input', (event) => {
    body.style.setProperty('--light', 2 ** event.target.value);
  });
  find('draw').addEventListener('click', toggleDrawings);
  find('save').addEventListener('click', save);
  find('back').addEventListener('click', () => show(at - 1));
  find('next').addEventListener('click', () => show(at + 1));
  find('load').addEventListener('change', onLoad);
  window.addEventListener('beforeunload', (event) => {
    if (entered() && (unanswered().length > 0 || text() !== saved)) event.preventDefault();
  });
  progress();
  const open = unanswered();
  show(open.length === items.length || open.length === 0 ? 0 : items.indexOf(open[0]));
})();
