// What the page shows. Everything from outside goes in as text, never as markup.

const at = id => document.getElementById(id);
const euros = new Intl.NumberFormat(undefined, { style: 'currency', currency: 'EUR' });

export const money = amount => euros.format(amount);

export function show(id, text) {
  at(id).textContent = text;
}

/** Fills a table's body; numbers and amounts stand to the right, as the head of their column does. */
export function rows(id, lines) {
  const heads = at(id).closest('table').tHead.rows[0].cells;
  at(id).replaceChildren(...lines.map(line => {
    const row = document.createElement('tr');
    row.append(...line.map((value, column) => {
      const cell = document.createElement('td');
      cell.className = heads[column].className;
      cell.textContent = value;
      return cell;
    }));
    return row;
  }));
}

/** Fills a list of names and values; what has no value is left out. */
export function facts(id, named) {
  at(id).replaceChildren(...Object.entries(named).filter(([, value]) => value != null).flatMap(([name, value]) => {
    const term = document.createElement('dt');
    const detail = document.createElement('dd');
    term.textContent = name;
    detail.textContent = value;
    return [term, detail];
  }));
}

export function showMessage({ title, text, facts: named = {}, bad = false }) {
  show('message-title', title);
  show('message-text', text);
  facts('message-facts', named);
  at('message').classList.toggle('bad', bad);
  at('message').hidden = false;
  at('message').scrollIntoView({ block: 'nearest' });
}

export function clearMessage() {
  at('message').hidden = true;
}
