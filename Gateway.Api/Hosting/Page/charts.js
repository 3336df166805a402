const space = "http://www.w3.org/2000/svg";
const [height, left, bottom, top] = [230, 42, 22, 10];
const floor = height - bottom;

/** The slot under the pointer of each chart, which stays while the chart is drawn anew. */
const pointed = new WeakMap();

function add(parent, tag, attributes, text) {
  const element = document.createElementNS(space, tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  if (text !== undefined) element.textContent = text;
  parent.append(element);
  return element;
}

/** A round number that is not below the greatest value. */
function ceiling(most) {
  const power = 10 ** Math.floor(Math.log10(Math.max(1, most)));
  return [1, 2, 4, 5, 10].map(step => step * power).find(step => step >= most);
}

const short = value => value >= 10000 ? `${value / 1000}k` : value >= 10 || Number.isInteger(value) ? `${Math.round(value)}` : value.toFixed(1);

function grid(svg, width, most, minutes) {
  for (const share of [0, 0.5, 1]) {
    const y = floor - (floor - top) * share;
    add(svg, "line", { class: "grid-line", x1: left, x2: width, y1: y, y2: y });
    add(svg, "text", { x: left - 8, y: y + 4, "text-anchor": "end" }, short(most * share));
  }
  for (const share of [0, 0.5, 1]) {
    const ago = minutes * (1 - share);
    add(svg, "text", { x: left + (width - left) * share, y: height - 4, "text-anchor": ["start", "middle", "end"][share * 2] }, ago ? `${ago} min ago` : "now");
  }
}

function drawBars(svg, series, slots, x, step, y) {
  const first = slots - series[0].values.length;
  series[0].values.forEach((_, i) => {
    let level = floor;
    for (const { kind, values } of series) {
      if (!values[i]) continue;
      const size = Math.max(floor - y(values[i]), 1.5);
      level -= size;
      add(svg, "rect", { class: kind, x: x(first + i) + step * 0.1, y: level, width: step * 0.8, height: size, rx: Math.min(2, step / 4) });
    }
  });
}

function drawLines(svg, series, slots, x, step, y) {
  for (const { kind, values } of series) {
    const first = slots - values.length;
    let path = "";
    let pen = "M";
    values.forEach((value, i) => {
      if (value === null) { pen = "M"; return; }
      path += `${pen}${(x(first + i) + step / 2).toFixed(1)} ${y(value).toFixed(1)}`;
      if (pen === "M") path += "h.01"; // so that a single one shows, as a dot
      pen = "L";
    });
    if (path) add(svg, "path", { class: kind, d: path });
  }
}

/**
 * Draws what happened over the last minutes: bars on top of each other, or lines that break where there is no value. The legend tells the
 * newest values, or those under the pointer.
 * @param series Name, class and values of each, oldest first; the newest is at the right.
 * @param slots How many values the width holds.
 * @param end The time at the right, in milliseconds.
 */
export function chart(svg, legend, { series, slots, minutes, end, stacked, format }) {
  const width = svg.clientWidth || 640;
  const count = series[0].values.length;
  const sums = stacked ? series[0].values.map((_, i) => series.reduce((sum, s) => sum + s.values[i], 0)) : series.flatMap(s => s.values.filter(v => v !== null));
  const most = ceiling(Math.max(1, ...sums));
  const step = (width - left) / slots;
  const x = slot => left + slot * step;
  const y = value => floor - (floor - top) * value / most;
  svg.setAttribute("viewBox", `0 0 ${width} ${height}`);
  svg.replaceChildren();
  grid(svg, width, most, minutes);
  (stacked ? drawBars : drawLines)(svg, series, slots, x, step, y);
  const cross = add(svg, "g", { class: "cross" });

  const tell = () => {
    const slot = pointed.get(svg);
    const index = slot === undefined ? count - 1 : slot - (slots - count);
    cross.replaceChildren();
    if (slot !== undefined) {
      const at = x(slot) + step / 2;
      add(cross, "line", { x1: at, x2: at, y1: top, y2: floor });
      add(cross, "text", { x: Math.min(Math.max(at, left + 30), width - 30), y: top + 2, "text-anchor": "middle" }, new Date(end - (slots - slot - 0.5) * minutes * 60000 / slots).toLocaleTimeString());
    }
    const values = series.map(s => index >= 0 && index < count && s.values[index] !== null ? format(s.values[index]) : "–");
    legend.replaceChildren(...series.flatMap((s, i) => {
      const key = document.createElement("i");
      key.className = `k ${s.kind}`;
      const value = document.createElement("b");
      value.textContent = values[i];
      return [key, `${s.name} `, value];
    }));
  };
  svg.onpointermove = event => {
    const slot = Math.floor((event.clientX - svg.getBoundingClientRect().left - left) / step);
    if (slot >= 0 && slot < slots) pointed.set(svg, slot);
    else pointed.delete(svg);
    tell();
  };
  svg.onpointerleave = () => { pointed.delete(svg); tell(); };
  tell();
  const newest = series.map(s => `${s.name} ${s.values.at(-1) === null || count === 0 ? "none" : format(s.values.at(-1))}`);
  svg.setAttribute("aria-label", `${svg.dataset.name} over the last ${minutes} minutes; now ${newest.join(", ")}; at most ${short(Math.max(0, ...sums))}`);
}
