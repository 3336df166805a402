import { chart } from "./charts.js";
import { byId, cell, clock, el, heads, ms, number, read, row, since, tag, words } from "./dom.js";

/** Minutes that can be shown, and how many pieces each bar is made of then. */
const windows = { 2: 1, 5: 3, 10: 5 };
let wanted = null;

function fact(name, value, mood = "") {
  return el("div", { class: mood }, el("dt", {}, name), el("dd", {}, `${value}`));
}

/** Sums of so many pieces each, parted at the same places however often they are asked for. */
function grouped(pieces, next, size) {
  const groups = [];
  pieces.forEach((piece, i) => {
    const group = Math.floor((next - pieces.length + i) / size);
    if (groups.at(-1)?.group !== group) groups.push({ group, pieces: 0, sums: [0, 0, 0, 0] });
    const last = groups.at(-1);
    last.pieces++;
    last.sums = last.sums.map((sum, j) => sum + piece[j]);
  });
  return groups;
}

function charts(traffic, pieces, minutes) {
  const { secondsPerPiece: seconds, next } = traffic;
  const size = windows[minutes];
  const shown = pieces.slice(-minutes * 60 / seconds);
  const groups = grouped(shown, next, size);
  const slots = minutes * 60 / seconds;
  const end = Date.parse(traffic.now);
  chart(byId("chart-traffic"), byId("legend-traffic"), {
    series: ["ok", "redirect", "client", "server"].map((kind, j) => ({ name: `${j + 2}xx`, kind, values: groups.map(g => g.sums[j] / (g.pieces * seconds)) })).reverse(),
    slots: Math.max(Math.ceil(slots / size), groups.length), minutes, end, stacked: true, format: value => value.toFixed(1),
  });
  chart(byId("chart-latency"), byId("legend-latency"), {
    series: ["p99", "p95", "p50"].map((kind, j) => ({ name: kind, kind, values: shown.map(p => p[6 - j]) })), slots, minutes, end, stacked: false, format: ms,
  });
}

/** A list whose entries are as long as their share of the greatest. */
function ranked(place, entries, empty) {
  const most = Math.max(...entries.map(e => e.count));
  byId(place).replaceChildren(...(entries.length ? entries.map(e => el("li", {}, el("code", {}, e.name), el("span", { class: "quiet" }, e.note ?? ""), el("b", {}, number(e.count)), el("progress", { max: most, value: e.count, "aria-hidden": "true" }))) : [el("li", { class: "quiet" }, empty)]));
}

async function lists() {
  const [{ routes, version }, { counts }] = await Promise.all([read("/routes/traffic"), read("/refusals")]);
  if (shown?.version !== version) shown = await read("/routes");
  const templates = new Map(shown.routes.map(r => [r.path, `${r.methods.join(" ")} ${(r.host ?? "") + (r.template || r.name)}`.trim()]));
  const busiest = routes.filter(r => r.requests > 0).sort((a, b) => b.requests - a.requests).slice(0, 6);
  ranked("busiest", busiest.map(r => ({ name: templates.get(r.path) ?? r.path, note: `p95 ${ms(r.p95)} ms${r.serverErrors ? `, ${number(r.serverErrors)} failed` : ""}`, count: r.requests })), "No request has come so far");
  ranked("refused", counts.slice(0, 6).map(c => ({ name: c.code, count: c.count })), "None so far");
}

export async function overview() {
  const traffic = await read("/traffic");
  const seconds = traffic.secondsPerPiece;
  const pieces = traffic.series.map(p => p ?? [0, 0, 0, 0, null, null, null]);
  const age = pieces.length * seconds / 60;
  const minutes = wanted ?? [2, 5].find(m => age <= m) ?? 10;
  for (const choice of document.querySelectorAll("#minutes input")) {
    choice.checked = Number(choice.value) === minutes;
    choice.onchange = () => { wanted = Number(choice.value); overview(); };
  }
  charts(traffic, pieces, minutes);

  const last = pieces.slice(-30);
  const sum = index => last.reduce((all, p) => all + p[index], 0);
  const all = sum(0) + sum(1) + sum(2) + sum(3);
  const busy = last.filter(p => p[5] !== null).map(p => p[5]).sort((a, b) => a - b);
  const failed = all ? 100 * sum(3) / all : 0;
  byId("facts").replaceChildren(
    fact("Requests per s", (all / Math.max(1, last.length * seconds)).toFixed(1)),
    fact("Failed, last minute", all ? `${failed.toFixed(1)} %` : "–", failed >= 5 ? "bad" : failed > 0 ? "warn" : ""),
    fact("p95, last minute", busy.length ? `${ms(busy[Math.floor(busy.length / 2)])} ms` : "–"),
    fact("Under way", number(traffic.active)),
    fact("Routes", number(traffic.configuration.routes)),
    fact("Services in trouble", `${traffic.services.degraded} / ${traffic.services.total}`, traffic.services.degraded ? "bad" : ""),
    fact("Memory", `${Math.round(traffic.memoryBytes / 1048576)} MB`),
    fact("Up for", since(traffic.startedAt, traffic.now)));
  await lists();
}

/** What every view shows at the top: whether the newest configuration is the one in use. */
export async function state() {
  const { configuration, services } = await read("/traffic");
  const bad = configuration.rejectedAt !== null;
  const text = bad ? `The newest configuration is refused; version ${configuration.version} stays` : services.degraded ? `${services.degraded} services in trouble` : `Version ${configuration.version} in use`;
  const place = byId("state");
  if (place.textContent !== text) place.textContent = text;
  place.className = bad || services.degraded ? "bad" : "good";
}

let shown = null;
let listed = null;
let drawing = 0;
const batch = 250;
let common = new Set();
const cells = new Map();

function routeRow(route) {
  const count = el("div", { role: "cell", class: "number", "data-name": "served" }, "0");
  const failed = el("div", { role: "cell", class: "number", "data-name": "failed" }, "");
  const latency = el("div", { role: "cell", class: "number", "data-name": "p95, ms" }, "–");
  const circuit = el("span");
  const marks = [route.isProtected ? tag("token", "good") : null, route.mediationPlan ? tag("mediation") : null, circuit];
  const steps = [...route.steps, ...route.handlers].filter(step => !common.has(step)).map(step => tag(words(step)));
  const template = cell(el("code", {}, (route.host ?? "") + (route.template || route.name)), " ", ...marks.filter(m => m !== null));
  if (route.shadowedBy) template.append(el("div", { class: "shadow" }, `⚠ never reached: ${route.shadowExample} goes to ${route.shadowedBy}`));
  const line = row(el("div", { role: "cell", class: "quiet" }, route.path), cell(route.methods.join(" ") || "any"), template, cell(route.service?.replaceAll(",", ", ") ?? "–", el("div", { class: "quiet mono" }, route.downstream ?? "")), cell(...(steps.length ? steps : ["–"])), count, failed, latency);
  line.title = `${route.path} ${route.at ?? ""}`;
  cells.set(route.path, { count, failed, latency, circuit });
  return line;
}

function filterRoutes() {
  const wanted = byId("route-filter").value.trim().toLowerCase();
  const found = shown.routes.filter(r => {
    r.words ??= [r.name, r.template, r.host, r.service, r.path, ...r.steps, ...r.handlers, ...r.methods].join("\n").toLowerCase();
    return r.words.includes(wanted);
  });
  // What every route does tells nothing of one.
  common = new Set(shown.routes.length > 1 ? shown.routes[0].steps.filter(step => shown.routes.every(r => r.steps.includes(step))) : []);
  byId("route-common").textContent = common.size ? ` · each with ${[...common].map(words).join(", ")}` : "";
  cells.clear();
  byId("route-table").replaceChildren(heads("Entry", "Methods", "Requests for", "Go to", "Steps", "Served", "Failed", "p95, ms"));
  const mine = ++drawing;
  // A few at a time, so that the page answers meanwhile however many there are.
  const more = from => {
    if (mine !== drawing) return;
    byId("route-table").append(...found.slice(from, from + batch).map(routeRow));
    if (from + batch < found.length) requestAnimationFrame(() => more(from + batch));
    else fill().catch(() => { });
  };
  more(0);
  byId("route-count").textContent = `${found.length} of ${shown.routes.length} routes`;
}

/** Writes into each row what its route has served. */
async function fill() {
  const traffic = await read("/routes/traffic");
  for (const served of traffic.routes) {
    const place = cells.get(served.path);
    if (!place) continue;
    place.count.textContent = number(served.requests);
    place.failed.textContent = served.serverErrors ? number(served.serverErrors) : "";
    place.latency.textContent = ms(served.p95);
    place.circuit.replaceChildren(...(served.circuit === null ? [] : [tag(`circuit ${served.circuit}`, served.circuit === "open" ? "bad" : "good")]));
  }
  return traffic.version;
}

export async function routes() {
  const version = await fill();
  if (listed === version) return;
  if (shown?.version !== version) shown = await read("/routes");
  listed = shown.version;
  filterRoutes();
  byId("route-filter").oninput = filterRoutes;
}

export async function services() {
  const { services } = await read("/services");
  byId("service-list").replaceChildren(...services.map(s => {
    const instances = s.instances.map(i => el("li", {}, el("code", {}, i.address), " ", i.resting ? tag("resting", "bad") : tag("in use", "good"), i.inFlight ? tag(`${i.inFlight} under way`) : null, ...i.tags.map(t => tag(t))));
    return el("article", { class: "card" }, el("h3", {}, s.service.replaceAll(",", ", ")), tag(s.provider), tag(s.routes.length === 1 ? "1 route" : `${s.routes.length} routes`),
      s.circuits ? tag(s.openCircuits ? `${s.openCircuits} of ${s.circuits} circuits open` : "circuits closed", s.openCircuits ? "bad" : "good") : null,
      s.error ? el("p", { class: "shadow" }, `${s.error}${s.staleForSeconds ? `; the list is ${s.staleForSeconds} s old` : ""}`) : null,
      instances.length ? el("ul", { class: "plain" }, ...instances) : el("p", { class: "shadow" }, "No instance"));
  }));
}

export async function refusals() {
  const { counts, last } = await read("/refusals");
  byId("refusal-counts").replaceChildren(...(counts.length ? counts.map(c => el("li", {}, el("code", {}, c.code), ` ${number(c.count)}`)) : [el("li", {}, "None so far")]));
  byId("refusal-table").replaceChildren(heads("At", "Code", "Status", "Request", "Route", "Request id"),
    ...last.map(r => row(cell(clock(r.at)), cell(r.code), cell(`${r.status}`), cell(el("code", {}, `${r.method} ${r.path}`)), cell(r.route ?? "–"), cell(el("code", {}, r.requestId)))));
}

const problem = p => el("li", {}, tag(p.severity, p.severity === "error" ? "bad" : "warn"), el("code", {}, `${p.file}:${p.line}:${p.column} ${p.path}`), el("div", {}, p.message), p.fix ? el("div", { class: "quiet" }, `Fix: ${p.fix}`) : null);

export async function configuration() {
  const [{ problems }, { reloads }] = await Promise.all([read("/problems"), read("/reloads")]);
  byId("problem-list").replaceChildren(...(problems.length ? problems.map(problem) : [el("li", {}, "None")]));
  byId("reload-list").replaceChildren(...reloads.map(r => el("li", {}, tag(r.accepted ? "in use since" : "refused", r.accepted ? "good" : "bad"), `${clock(r.at)}, version ${r.version}`,
    r.problems.length ? el("span", { class: "quiet" }, ` ${r.problems.length === 1 ? "1 problem" : `${r.problems.length} problems`}`) : null,
    r.changes?.length ? el("pre", {}, r.changes.join("\n")) : null)));
}
