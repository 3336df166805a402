import { configuration, overview, refusals, routes, services, state } from "./views.js";
import { byId } from "./dom.js";
import { listen, tools } from "./tools.js";

const views = { overview, routes, services, refusals, configuration, tools };
const every = 2000;
const current = () => location.hash.slice(1) in views ? location.hash.slice(1) : "overview";

function choose() {
  const name = current();
  for (const other of Object.keys(views)) byId(`view-${other}`).hidden = other !== name;
  for (const link of document.querySelectorAll("nav a")) {
    if (link.hash === `#${name}`) link.setAttribute("aria-current", "page");
    else link.removeAttribute("aria-current");
  }
  document.title = `Gateway: ${name}`;
}

async function refresh() {
  try {
    await Promise.all([views[current()](), state()]);
  } catch {
    byId("state").textContent = "The gateway doesn't answer";
    byId("state").className = "bad";
  }
}

async function run() {
  if (!document.hidden) await refresh();
  setTimeout(run, every);
}

addEventListener("hashchange", () => { choose(); refresh(); });
listen();
choose();
run();
