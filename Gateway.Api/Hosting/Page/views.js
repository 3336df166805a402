import { bars, lines } from "./charts.js";
import { byId, cell, clock, el, heads, ms, number, read, row, tag } from "./dom.js";

function fact(name, value) {
  return el("div", {}, el("dt", {}, name), el("dd", {}, `${value}`));
}

export async function overview() {
  const traffic = await read("/traffic");
  const seconds = traffic.secondsPerPiece;
  const minutes = Math.round(traffic.pieces * seconds / 60);
  const pieces = traffic.series.map(p => p ?? [0, 0, 0, 0, null, null, null]);
  bars(byId("chart-traffic"), pieces.map(p => p.slice(0, 4).map(n => n / seconds)), traffic.pieces, ["ok", "redirect", "client", "server"], minutes);
  lines(byId("chart-latency"), [4, 5, 6].map(i => pieces.map(p => p[i])), traffic.pieces, ["p50", "p95", "p99"], minutes);

  const last = pieces.slice(-30);
  const sum = index => last.reduce((all, p) => all + p[index], 0);
  const all = sum(0) + sum(1) + sum(2) + sum(3);
  const busy = last.filter(p => p[5] !== null).map(p => p[5]).sort((a, b) => a - b);
  byId("facts").replaceChildren(
    fact("Requests per second", (all / Math.max(1, last.length * seconds)).toFixed(1)),
    fact("Failed (5xx), last minute", all ? `${(100 * sum(3) / all).toFixed(1)} %` : "–"),
    fact("p95, last minute", busy.length ? `${ms(busy[Math.floor(busy.length / 2)])} ms` : "–"),
    fact("Under way", number(traffic.active)),
    fact("Routes", number(traffic.configuration.routes)),
    fact("Services in trouble", `${traffic.services.degraded} / ${traffic.services.total}`),
    fact("Memory", `${Math.round(traffic.memoryBytes / 1048576)} MB`));
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
const cells = new Map();

function routeRow(route) {
  const count = el("div", { role: "cell", class: "number" }, "0");
  const failed = el("div", { role: "cell", class: "number" }, "");
  const latency = el("div", { role: "cell", class: "number" }, "–");
  const circuit = el("span");
  const marks = [route.isProtected ? tag("token", "good") : null, route.mediationPlan ? tag("mediation") : null, circuit];
  const steps = [...route.steps, ...route.handlers].map(step => tag(step));
  const template = cell(el("code", {}, (route.host ?? "") + (route.template || route.name)), " ", ...marks.filter(m => m !== null));
  if (route.shadowedBy) template.append(el("div", { class: "shadow" }, `⚠ never reached: ${route.shadowExample} goes to ${route.shadowedBy}`));
  const line = row(cell(`${route.path.replace(/^.*\[|\]$/g, "")}`), cell(route.methods.join(" ") || "any"), template, cell(route.service ?? "–", el("div", { class: "quiet mono" }, route.downstream ?? "")), cell(...steps), count, failed, latency);
  line.title = `${route.path} ${route.at ?? ""}`;
  cells.set(route.path, { count, failed, latency, circuit });
  return line;
}

function filterRoutes() {
  const wanted = byId("route-filter").value.trim().toLowerCase();
  const found = shown.routes.filter(r => !wanted || JSON.stringify([r.name, r.template, r.host, r.service, r.steps, r.handlers, r.methods]).toLowerCase().includes(wanted));
  cells.clear();
  byId("route-table").replaceChildren(heads("#", "Methods", "Requests for", "Go to", "Steps", "Served", "Failed", "p95, ms"), ...found.map(routeRow));
  byId("route-count").textContent = `${found.length} of ${shown.routes.length} routes`;
}

export async function routes() {
  const traffic = await read("/routes/traffic");
  if (shown?.version !== traffic.version) {
    shown = await read("/routes");
    filterRoutes();
    byId("route-filter").oninput = () => { filterRoutes(); routes(); };
  }
  for (const served of traffic.routes) {
    const place = cells.get(served.path);
    if (!place) continue;
    place.count.textContent = number(served.requests);
    place.failed.textContent = served.serverErrors ? number(served.serverErrors) : "";
    place.latency.textContent = ms(served.p95);
    place.circuit.replaceChildren(...(served.circuit === null ? [] : [tag(`circuit ${served.circuit}`, served.circuit === "open" ? "bad" : "good")]));
  }
}

export async function services() {
  const { services } = await read("/services");
  byId("service-list").replaceChildren(...services.map(s => {
    const instances = s.instances.map(i => el("li", {}, el("code", {}, i.address), " ", i.resting ? tag("resting", "bad") : tag("in use", "good"), i.inFlight ? tag(`${i.inFlight} under way`) : null, ...i.tags.map(t => tag(t))));
    return el("article", { class: "card" }, el("h3", {}, s.service), tag(s.provider), tag(`${s.routes.length} routes`),
      s.circuits ? tag(s.openCircuits ? `${s.openCircuits} of ${s.circuits} circuits open` : "circuits closed", s.openCircuits ? "bad" : "good") : null,
      s.error ? el("p", { class: "shadow" }, `${s.error}${s.staleForSeconds ? `; the list is ${s.staleForSeconds} s old` : ""}`) : null,
      instances.length ? el("ul", {}, ...instances) : el("p", { class: "shadow" }, "No instance"));
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
    r.problems.length ? el("span", { class: "quiet" }, ` ${r.problems.length} problems`) : null,
    r.changes?.length ? el("pre", {}, r.changes.join("\n")) : null)));
}
