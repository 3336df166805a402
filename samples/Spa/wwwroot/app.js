import * as auth from './auth.js';
import { call, useGateway } from './gateway.js';
import { show, showMessage, clearMessage, rows, facts, money } from './view.js';

const { gateway, identity } = await (await fetch('config.json')).json();
useGateway(gateway);
show('gateway-address', gateway);

on('login', () => auth.login());
on('logout', () => auth.logout());
on('cart-load', loadCart);
on('cart-add', addNotebook);
on('cart-pay', pay);
on('try-401', () => call(`/carts/${subject()}`, { anonymous: true }));
on('try-403', () => call('/carts'));
on('try-429', callUntilRefused);
on('try-502', () => call('/broken'));

await attempt(async () => {
  try {
    await auth.start(identity);
  } finally {
    showUser(); // the button to log in is there from now on: before, it could not know where to go
  }
  if (!auth.user()) return;
  await Promise.all([loadCart(), loadPage()]);
});

async function loadCart() {
  const { text, headers } = await call(`/carts/${subject()}`);
  const cart = JSON.parse(text);
  show('cart-instance', headers.get('x-instance') ?? '');
  rows('cart-items', cart.items.map(item => [item.name, item.quantity, money(item.price)]));
  show('cart-total', money(cart.total));
  document.getElementById('cart-pay').dataset.amount = cart.total;
}

async function addNotebook() {
  await call(`/carts/${subject()}/items`, { method: 'POST', body: { sku: 'book', quantity: 1 } });
  await loadCart();
}

async function pay({ dataset }) {
  const body = { cartId: subject(), amount: Number(dataset.amount), currency: 'EUR' };
  const { text } = await call('/payments', { method: 'POST', body });
  const payment = JSON.parse(text);
  showMessage({ title: 'Paid', text: `${money(payment.amount)} for the cart of ${payment.cartId}.`, facts: { Payment: payment.id } });
}

async function loadPage() {
  const [mediated, raw] = await Promise.all([call(`/mypage/${subject()}`), call(`/raw/mypage/${subject()}`)]);
  const page = JSON.parse(mediated.text);
  facts('page-facts', { Name: page.name, Mail: page.email, 'Bonus points': page.bonusPoints });
  // The numbers of orders are too long for a JavaScript number, so they are cut from the text.
  const numbers = [...mediated.text.matchAll(/"orderId":\s*(\d+)/g)].map(match => match[1]);
  rows('page-orders', page.openOrders.map((order, i) => [numbers[i], order.orderState, money(order.orderTotal)]));
  show('page-mediated', indented(mediated.text));
  show('page-raw', indented(raw.text));
}

async function callUntilRefused() {
  for (let i = 0; i < 10; i++) await call(`/limited/carts/${subject()}`);
}

function showUser() {
  const user = auth.user();
  show('user', user ? user.name : 'Nobody is logged in');
  for (const [id, shown] of [['login', !user], ['logout', user], ['welcome', !user], ['shop', user]]) {
    document.getElementById(id).hidden = !shown;
  }
}

function on(id, action) {
  const button = document.getElementById(id);
  button.addEventListener('click', async () => {
    button.disabled = true;
    clearMessage();
    await attempt(() => action(button));
    button.disabled = false;
  });
}

async function attempt(action) {
  try {
    await action();
  } catch (error) {
    showMessage({ title: error.title ?? 'That did not work', text: error.message, facts: error.facts ?? {}, bad: true });
  }
}

// Nobody logged in asks for a cart too: to be refused.
function subject() {
  return auth.user()?.sub ?? 'alice';
}

// Indents without reading the numbers, whose digits would suffer.
function indented(json) {
  let depth = 0;
  return json.replace(/"(?:[^"\\]|\\.)*"|[{}[\],:]|\s+/g, token => {
    if (token.startsWith('"')) return token;
    if (token === '{' || token === '[') return token + newLine(++depth);
    if (token === '}' || token === ']') return newLine(--depth) + token;
    if (token === ',') return token + newLine(depth);
    return token === ':' ? ': ' : '';
  });
}

function newLine(depth) {
  return '\n' + '  '.repeat(depth);
}
