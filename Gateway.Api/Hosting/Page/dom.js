/** Makes an element; texts are always texts, never markup. */
export function el(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) if (value !== null && value !== undefined) element.setAttribute(name, value);
  element.append(...children.filter(c => c !== null && c !== undefined));
  return element;
}

export const byId = id => document.getElementById(id);

export const tag = (text, kind = "") => el("span", { class: `tag ${kind}` }, text);

export const row = (...cells) => el("div", { role: "row" }, ...cells);

export const cell = (...content) => el("div", { role: "cell" }, ...content);

export const heads = (...names) => row(...names.map(name => el("div", { role: "columnheader" }, name)));

export async function read(path) {
  const answer = await fetch(path);
  return answer.json();
}

export const number = value => value >= 1e6 ? `${(value / 1e6).toFixed(1)} M` : value >= 1e4 ? `${(value / 1e3).toFixed(1)} k` : `${value}`;

export const ms = value => value === null || value === undefined ? "–" : value < 10 ? value.toFixed(1) : Math.round(value).toString();

export const clock = at => new Date(at).toLocaleTimeString();
