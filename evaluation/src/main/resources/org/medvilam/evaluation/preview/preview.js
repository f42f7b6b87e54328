(() => {
  'use strict';
  const SVG = 'http://www.w3.org/2000/svg';
  const STEP = 48;
  const find = (id) => document.getElementById(id);
  const cards = JSON.parse(find('cards').textContent);
  const gallery = find('gallery');
  const dialog = find('detail');
  let chosen = [];
  let drawn = 0;
  let open = -1;

  cards.forEach((card, place) => {
    card.place = place;
    card.regions = card.boxes.length + card.outlines.length + card.boxes3d.length + card.points.length;
    card.iou = card.ious.length ? Math.min(...card.ious) : 2;
    card.text = [card.id, card.label, card.nativeLabel, card.group, card.question, card.answer]
      .join('\n').toLowerCase();
  });

  function element(name, className, text) {
    const node = document.createElement(name);
    if (className) node.className = className;
    if (text !== undefined) node.textContent = text;
    return node;
  }

  function shape(parent, name, attributes) {
    const node = document.createElementNS(SVG, name);
    for (const [key, value] of Object.entries(attributes)) node.setAttribute(key, value);
    parent.append(node);
    return node;
  }

  /** A line with a dark casing, so that it shows on light and on dark pictures. */
  function line(parent, className, d, transform) {
    shape(parent, 'path', { class: 'casing', d, transform });
    shape(parent, 'path', { class: className, d, transform });
  }

  const boxPath = ([x1, y1, x2, y2]) => `M${x1} ${y1}H${x2}V${y2}H${x1}Z`;

  /** An outline with its points, the first of them larger, and an arrow to where it runs. */
  function outline(parent, points, card, scale, size) {
    if (points.length < 2) return;
    line(parent, 'truth', 'M' + points.map((p) => p.join(' ')).join('L') + 'Z', scale);
    const pixels = points.map(([x, y]) => [x * card.width / 1000, y * card.height / 1000]);
    for (const [cx, cy] of pixels.slice(1)) shape(parent, 'circle', { class: 'dot', cx, cy, r: 0.5 * size });
    const [cx, cy] = pixels[0];
    const [tx, ty] = pixels[2] ?? pixels[1];
    const length = Math.hypot(tx - cx, ty - cy) || 1;
    const [dx, dy] = [(tx - cx) / length * size, (ty - cy) / length * size];
    const tip = `M${cx + 4.2 * dx} ${cy + 4.2 * dy}L${cx + 1.6 * dx - 1.2 * dy} ${cy + 1.6 * dy + 1.2 * dx}`
      + `L${cx + 1.6 * dx + 1.2 * dy} ${cy + 1.6 * dy - 1.2 * dx}Z`;
    shape(parent, 'path', { class: 'arrow', d: tip });
    shape(parent, 'circle', { class: 'start', cx, cy, r: 1.2 * size });
  }

  const axials = (card) => card.cuts.filter((cut) => cut.axis === 'axial');

  const middle = (low, high, size) => Math.min(size - 1, Math.floor((low + high) * size / 2000));

  const whole = [0, 0, 0, 1000, 1000, 1000];

  /** Where the axial slice through the middle of the first box stands among those of the page. */
  function central(card) {
    const [, , z1, , , z2] = card.boxes3d[0] ?? whole;
    const index = middle(z1, z2, card.depth);
    return axials(card).findIndex((cut) => cut.index === index);
  }

  /** A still picture as it is looked at: its number, its size, and no axis. */
  const still = (card) => ({ picture: card.picture, width: card.width, height: card.height });

  /** A slice as it is looked at: stretched to millimetres, and where it lies in the grid. */
  function view(card, cut) {
    const [x, y, z] = [card.width, card.height, card.depth].map((n, i) => n * (card.spacing?.[i] ?? 1));
    const [width, height, count] = {
      axial: [x, y, card.depth], coronal: [x, z, card.height], sagittal: [y, z, card.width],
    }[cut.axis];
    return { ...cut, width, height, count, at: (cut.index + 0.5) / count * 1000 };
  }

  /** What a slice shows of a 3D box: nothing where it passes by; upright ones have the feet below. */
  function section([x1, y1, z1, x2, y2, z2], { axis, at, index, count }) {
    const [low, high, rectangle] = {
      axial: [z1, z2, [x1, y1, x2, y2]],
      coronal: [y1, y2, [x1, 1000 - z2, x2, 1000 - z1]],
      sagittal: [x1, x2, [y1, 1000 - z2, y2, 1000 - z1]],
    }[axis];
    // A box thinner than a slice may hold the middle of none.
    return (low <= at && at < high) || index === middle(low, high, count) ? rectangle : null;
  }

  function regions(svg, card, seen, only) {
    const scale = `scale(${seen.width / 1000} ${seen.height / 1000})`;
    if (seen.axis) {
      for (const rectangle of card.boxes3d.map((box) => section(box, seen)).filter(Boolean)) {
        line(svg, 'truth', boxPath(rectangle), scale);
      }
      return;
    }
    const size = Math.max(card.width, card.height) / 80;
    if (only !== 'points') for (const d of card.natives) line(svg, 'native', d, '');
    if (only === 'natives') return;
    for (const box of card.boxes) line(svg, 'truth', boxPath(box), scale);
    for (const points of card.outlines) outline(svg, points, card, scale, size);
    for (const [x, y] of card.points) {
      shape(svg, 'circle', { class: 'start', cx: x * card.width / 1000, cy: y * card.height / 1000, r: size });
    }
  }

  function picture(card, seen, only) {
    const { width, height } = seen;
    const svg = document.createElementNS(SVG, 'svg');
    svg.setAttribute('class', 'picture');
    svg.setAttribute('viewBox', `0 0 ${width} ${height}`);
    svg.setAttribute('role', 'img');
    svg.setAttribute('aria-label', [card.label, regionsOf(card), place(seen)].filter(Boolean).join(', '));
    const image = shape(svg, 'image', { width, height });
    // The frame of a rejected picture is not known; that of a record is what its regions are in.
    if (card.split) image.setAttribute('preserveAspectRatio', 'none');
    image.dataset.picture = seen.picture;
    if (!find('p' + seen.picture).dataset.type) shape(svg, 'rect', { class: 'blank', width, height });
    regions(svg, card, seen, only);
    return svg;
  }

  function load(image) {
    const store = find('p' + image.dataset.picture);
    if (store.dataset.type && !image.hasAttribute('href')) {
      image.setAttribute('href', `data:${store.dataset.type};base64,${store.textContent}`);
    }
  }

  const regionsOf = (card) => `${card.regions} region${card.regions === 1 ? '' : 's'}`;

  const place = (seen) => (seen.axis ? `${seen.axis} slice ${seen.index + 1} of ${seen.count}` : '');

  /** What a card opens with. */
  const first = (card) => (card.cuts.length ? view(card, axials(card)[central(card)]) : still(card));

  const notes = (seen) => [find('p' + seen.picture).dataset.note, place(seen)].filter(Boolean).join('; ');

  function tile(card) {
    const button = element('button', 'tile');
    button.type = 'button';
    button.dataset.place = card.place;
    const frame = element('span', 'frame');
    frame.append(picture(card, first(card)));
    if (notes(first(card))) frame.append(element('span', 'note', notes(first(card))));
    const said = element('span', 'said');
    said.append(
      element('b', '', card.question),
      element('span', 'answer', card.answer),
      element('span', 'what', [card.label, card.task, card.split].filter(Boolean).join(' · ')
        + (card.ious.length ? ` · IoU ${card.ious.join(', ')}` : '')),
      element('span', 'what', card.id));
    button.append(frame, said);
    return button;
  }

  // Pictures far from the window are let go, so that thousands cost no memory.
  const near = new IntersectionObserver((entries) => {
    for (const { target, isIntersecting } of entries) {
      const image = target.querySelector('image');
      if (isIntersecting) load(image);
      else image.removeAttribute('href');
    }
  }, { rootMargin: '800px' });

  function drawMore() {
    const until = Math.min(chosen.length, drawn + STEP);
    for (; drawn < until; drawn++) {
      const node = tile(chosen[drawn]);
      gallery.append(node);
      near.observe(node);
    }
  }

  const end = new IntersectionObserver((entries) => {
    if (!entries.some((e) => e.isIntersecting) || drawn >= chosen.length) return;
    drawMore();
    // Asks again, for a window that is taller than what was drawn.
    end.unobserve(find('more'));
    end.observe(find('more'));
  }, { rootMargin: '1200px' });

  const value = (id) => find(id)?.value ?? '';

  function fits(card, words) {
    return ['split', 'task', 'label'].every((field) => !value(field) || card[field] === value(field))
      && words.every((word) => card.text.includes(word));
  }

  function apply() {
    const words = value('text').toLowerCase().split(/\s+/).filter(Boolean);
    const sort = value('sort');
    const field = sort.replace('-', '');
    const sign = sort.startsWith('-') ? -1 : 1;
    chosen = cards.filter((card) => fits(card, words));
    if (field) chosen.sort((a, b) => sign * (a[field] - b[field]) || a.place - b.place);
    near.disconnect();
    gallery.replaceChildren();
    drawn = 0;
    drawMore();
    end.unobserve(find('more'));
    end.observe(find('more'));
    find('count').textContent = `${chosen.length} of ${cards.length} shown`;
    find('none').hidden = chosen.length > 0;
  }

  function panel(card, caption, seen, only) {
    const figure = element('figure', 'panel');
    const svg = picture(card, seen, only);
    load(svg.querySelector('image'));
    figure.append(svg, element('figcaption', '', caption));
    return figure;
  }

  function showPanels(card) {
    const seen = still(card);
    const points = card.outlines[0]?.length ?? 0;
    find('panels').replaceChildren(...(card.natives.length
      ? [panel(card, `${points} points, IoU ${card.ious.join(', ')}`, seen, 'points'),
        panel(card, 'native outline', seen, 'natives')]
      : [panel(card, notes(seen) || `${card.width} × ${card.height}`, seen)]));
  }

  /** A box that an axial slice meets, and the first where it meets none. */
  const metBy = (card, axial) => card.boxes3d.find((box) => section(box, axial)) ?? card.boxes3d[0] ?? whole;

  /** An axial slice, and the two upright ones through the middle of the box that it meets. */
  function showSlices() {
    const card = chosen[open];
    const axial = view(card, axials(card)[Number(find('slice').value)]);
    const [x1, y1, , x2, y2] = metBy(card, axial);
    const uprights = { coronal: middle(y1, y2, card.height), sagittal: middle(x1, x2, card.width) };
    const seen = [axial];
    for (const cut of card.cuts) if (cut.index === uprights[cut.axis]) seen.push(view(card, cut));
    find('panels').replaceChildren(...seen.map((one) => {
      const made = panel(card, notes(one), one);
      const y = (1 - axial.at / 1000) * one.height;
      if (one !== axial) shape(made.querySelector('svg'), 'path', { class: 'level', d: `M0 ${y}H${one.width}` });
      return made;
    }));
    find('slice-text').textContent = `${axial.index + 1} of ${card.depth}`;
    find('slice').setAttribute('aria-valuetext', place(axial));
  }

  function facts(card) {
    const rows = [
      ['answer', card.answer], ['label', card.label], ['native label', card.nativeLabel],
      ['task', card.task], ['split', card.split], ['group', card.group], ['dataset', card.dataset],
      ['area', card.regions ? `${(100 * card.area).toFixed(2)} % of the picture, ${regionsOf(card)}` : ''],
      ['picture', find('p' + card.picture).dataset.note], ['id', card.id],
    ];
    find('facts').replaceChildren(...rows.filter(([, text]) => text).map(([name, text]) => {
      const row = element('div');
      row.append(element('dt', '', name), element('dd', '', text));
      return row;
    }));
  }

  function step(by) {
    find('slice').value = Number(find('slice').value) + by;
    showSlices();
  }

  function show(index) {
    if (index < 0 || index >= chosen.length) return;
    open = index;
    const card = chosen[index];
    find('detail-title').textContent = card.question;
    find('place').textContent = `${index + 1} of ${chosen.length}`;
    find('back').disabled = index === 0;
    find('next').disabled = index === chosen.length - 1;
    facts(card);
    find('slices').hidden = !card.cuts.length;
    if (card.cuts.length) {
      find('slice').max = axials(card).length - 1;
      find('slice').value = central(card);
      showSlices();
    } else {
      showPanels(card);
    }
    if (!dialog.open) dialog.showModal();
    dialog.scrollTop = 0;
  }

  function focusTile(index) {
    while (index >= drawn && drawn < chosen.length) drawMore();
    const node = gallery.children[Math.max(0, Math.min(chosen.length - 1, index))];
    node?.focus({ preventScroll: true });
    node?.scrollIntoView({ block: 'nearest' });
  }

  function columns() {
    return getComputedStyle(gallery).gridTemplateColumns.split(' ').length;
  }

  function onKey(event) {
    if (event.ctrlKey || event.altKey || event.metaKey || event.target.closest('select, input:not([type=checkbox])')) return;
    const at = [...gallery.children].indexOf(document.activeElement);
    const moves = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -columns(), ArrowDown: columns() };
    if (dialog.open && (event.key === 'ArrowLeft' || event.key === 'ArrowRight')) {
      show(open + moves[event.key]);
    } else if (dialog.open && event.key in moves && !find('slices').hidden) {
      step(event.key === 'ArrowUp' ? 1 : -1);
    } else if (!dialog.open && event.key in moves && (at >= 0 || /Left|Right/.test(event.key))) {
      const to = at < 0 ? 0 : at + moves[event.key];
      if (to >= 0 && to < chosen.length) focusTile(to);
    } else if (!dialog.open && event.key === '/') {
      find('text').focus();
    } else if (event.key.toLowerCase() === 'o' && find('natives')) {
      find('natives').click();
    } else {
      return;
    }
    event.preventDefault();
  }

  function fill(id) {
    const counts = new Map();
    for (const card of cards) counts.set(card[id], (counts.get(card[id]) ?? 0) + 1);
    for (const name of [...counts.keys()].sort()) {
      const option = element('option', '', `${name} (${counts.get(name)})`);
      option.value = name;
      find(id)?.append(option);
    }
  }

  for (const id of ['split', 'task', 'label']) fill(id);
  // A list changes once, when something is chosen; the search does with every letter.
  find('filters').addEventListener('change', (event) => {
    if (event.target.id === 'natives') document.body.classList.toggle('bare', !event.target.checked);
    else if (event.target.id !== 'text') apply();
  });
  find('text').addEventListener('input', apply);
  find('filters').addEventListener('submit', (event) => event.preventDefault());
  gallery.addEventListener('click', (event) => {
    const node = event.target.closest('.tile');
    if (node) show([...gallery.children].indexOf(node));
  });
  find('back').addEventListener('click', () => show(open - 1));
  find('next').addEventListener('click', () => show(open + 1));
  find('close').addEventListener('click', () => dialog.close());
  find('slice').addEventListener('input', showSlices);
  dialog.addEventListener('close', () => focusTile(open));
  document.addEventListener('keydown', onKey);
  apply();
})();
