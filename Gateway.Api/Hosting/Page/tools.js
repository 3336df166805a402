import { byId, el, read, tag } from "./dom.js";

const line = (name, ...content) => el("p", {}, el("strong", {}, `${name} `), ...content);

async function explain(event) {
  event.preventDefault();
  const form = new FormData(event.target);
  const found = await read(`/explain?${new URLSearchParams({ method: form.get("method"), url: form.get("url") })}`);
  const place = byId("explanation");
  if (found.error) { place.replaceChildren(el("p", { class: "shadow" }, found.error)); return; }
  const others = found.verdicts.filter(v => v.outcome !== "Chosen");
  place.replaceChildren(
    line("Route", found.route ? el("code", {}, `${found.route.path} ${found.route.template}`) : "none: 404"),
    line("Steps", ...(found.steps.length ? found.steps.map(s => tag(s)) : ["none"])),
    found.downstream ? line("Sends", el("code", {}, `${found.method} ${found.downstream}`)) : found.status ? line("Answers", `${found.status} ${found.answer}`) : "",
    ...others.map(v => line("Not", el("code", {}, `${v.path} ${v.template}`), `: ${v.reason}`)));
}

async function mediate(event) {
  event.preventDefault();
  const form = new FormData(event.target);
  const answer = await fetch("/mediate", { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(Object.fromEntries(form)) });
  const result = await answer.json();
  byId("mediated").textContent = result.problems ? result.problems.join("\n") : result.head + result.body;
}

export function listen() {
  byId("explain").addEventListener("submit", explain);
  byId("mediate").addEventListener("submit", mediate);
}

let listed = false;

export async function tools() {
  if (listed) return;
  listed = true;
  const { routes } = await read("/routes");
  const mediated = routes.filter(r => r.mediationPlan);
  document.querySelector("#mediate select[name=route]").replaceChildren(...(mediated.length ? mediated.map(r => el("option", { value: r.path }, `${r.path} ${r.name}`)) : [el("option", { value: "" }, "No route mediates")]));
}
