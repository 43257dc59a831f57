/**
 * What moves on a page: the current step by keyboard, buttons and links; the state after it; columns that come and go.
 * Without it the page is complete but for the state. Plain browser JavaScript, tried in a real browser by test/browser.
 */
export const script = `
for (const section of document.querySelectorAll('section[data-trace]')) {
  const trace = JSON.parse(section.querySelector('script[type="application/json"]').textContent);
  const rows = [...section.querySelectorAll('tbody tr[data-step]')];
  const where = section.querySelector('.where');
  const panel = section.querySelector('.state');
  const last = rows.length - 1;
  let current = 0;

  const stateAfter = (step) => {
    const state = new Map(Object.entries(trace.initial));
    for (const one of trace.steps.slice(0, step)) for (const { component, after } of one.changes) state.set(component, after);
    return state;
  };

  const go = (step, scroll = true) => {
    current = Math.min(last, Math.max(0, step));
    for (const [i, row] of rows.entries()) row.toggleAttribute('aria-current', i === current);
    rows[current].setAttribute('aria-current', 'step');
    where.textContent = 'step ' + current + ' of ' + last;
    section.querySelector('.after').textContent = current === 0 ? 'The first state' : 'The state after step ' + current;
    const changed = new Set(current === 0 ? [] : trace.steps[current - 1].changes.map(({ component }) => component));
    panel.replaceChildren(...[...stateAfter(current)].map(([name, value]) => {
      const line = document.createElement('div');
      const code = document.createElement('code');
      code.textContent = name + ': ' + JSON.stringify(value);
      line.append(code);
      if (changed.has(name)) line.className = 'now';
      return line;
    }));
    if (scroll) {
      rows[current].scrollIntoView({ block: 'nearest' });
      history.replaceState(null, '', '#' + rows[current].id);
    }
  };

  section.querySelector('.previous').addEventListener('click', () => go(current - 1));
  section.querySelector('.next').addEventListener('click', () => go(current + 1));
  for (const [i, row] of rows.entries()) row.addEventListener('click', (event) => { if (!event.target.closest('a')) go(i); });
  for (const box of section.querySelectorAll('fieldset input')) {
    const show = () => { for (const cell of section.querySelectorAll('[data-column="' + box.value + '"]')) cell.hidden = !box.checked; };
    box.addEventListener('change', show);
    show();
  }
  const moves = { ArrowDown: () => current + 1, j: () => current + 1, ArrowUp: () => current - 1, k: () => current - 1, Home: () => 0, End: () => last };
  document.addEventListener('keydown', (event) => {
    const move = moves[event.key];
    const elsewhere = event.target.closest?.('input, button') || event.ctrlKey || event.metaKey || event.altKey;
    if (!move || elsewhere || (document.activeElement?.closest?.('section[data-trace]') ?? document.querySelector('section[data-trace]')) !== section) return;
    event.preventDefault();
    go(move());
  });
  const fromLink = () => rows.findIndex((row) => '#' + row.id === location.hash);
  window.addEventListener('hashchange', () => { if (fromLink() >= 0) go(fromLink()); });
  go(Math.max(0, fromLink()), fromLink() >= 0);
}
`;
