const space = "http://www.w3.org/2000/svg";
const [height, left, bottom] = [240, 40, 20];
let width = 640;

function add(svg, tag, attributes, text) {
  const element = document.createElementNS(space, tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  if (text !== undefined) element.textContent = text;
  svg.append(element);
}

function begin(svg, most, minutes) {
  width = svg.clientWidth || width;
  svg.setAttribute("viewBox", `0 0 ${width} ${height}`);
  svg.replaceChildren();
  for (const share of [0, 0.5, 1]) {
    const y = 8 + (height - bottom - 8) * (1 - share);
    add(svg, "line", { class: "grid-line", x1: left, x2: width, y1: y, y2: y });
    add(svg, "text", { x: left - 6, y: y + 4, "text-anchor": "end" }, most * share >= 10 ? Math.round(most * share) : +(most * share).toFixed(1));
  }
  add(svg, "text", { x: left, y: height - 4 }, `${minutes} min ago`);
  add(svg, "text", { x: width, y: height - 4, "text-anchor": "end" }, "now");
}

const scale = most => value => (height - bottom - 8) * value / most;

/** A round number that is not below the greatest value. */
function ceiling(values) {
  const most = Math.max(1, ...values);
  const power = 10 ** Math.floor(Math.log10(most));
  return [1, 2, 5, 10].map(step => step * power).find(step => step >= most);
}

/** Stacked bars: one for each piece, its parts from the bottom. */
export function bars(svg, pieces, slots, classes, minutes) {
  const most = ceiling(pieces.map(piece => piece.reduce((sum, part) => sum + part, 0)));
  begin(svg, most, minutes);
  const y = scale(most);
  const step = (width - left) / slots;
  pieces.forEach((piece, i) => {
    let top = height - bottom;
    piece.forEach((part, j) => {
      if (part === 0) return;
      top -= y(part);
      add(svg, "rect", { class: classes[j], x: width - (pieces.length - i) * step, y: top, width: Math.max(step - 0.3, 1), height: y(part) });
    });
  });
}

/** Lines, broken where there is no value. */
export function lines(svg, series, slots, classes, minutes) {
  const most = ceiling(series.flat().filter(value => value !== null));
  begin(svg, most, minutes);
  const y = scale(most);
  const step = (width - left) / slots;
  series.forEach((values, j) => {
    let path = "";
    let pen = "M";
    values.forEach((value, i) => {
      if (value === null) { pen = "M"; return; }
      path += `${pen}${(width - (values.length - i) * step).toFixed(1)} ${(height - bottom - y(value)).toFixed(1)}`;
      if (pen === "M") path += "h1";
      pen = "L";
    });
    if (path) add(svg, "path", { class: classes[j], d: path });
  });
}
