// Calls through the gateway. An answer that isn't a success becomes a Refusal, which knows what to tell the user.

import { accessToken } from './auth.js';

let address;

export const useGateway = url => { address = url; };

/** Calls the gateway and gives the answer's JSON text and headers. */
export async function call(path, { method = 'GET', body, anonymous = false } = {}) {
  const headers = { accept: 'application/json' };
  if (body !== undefined) headers['content-type'] = 'application/json';
  if (!anonymous && accessToken()) headers.authorization = `Bearer ${accessToken()}`;

  const send = () => fetch(address + path, { method, headers, body: body === undefined ? undefined : JSON.stringify(body) });
  let answer;
  try {
    // A browser breaks off what is under way when the machine's network changes; what only reads may be asked for once more.
    answer = await (method === 'GET' ? send().catch(send) : send());
  } catch {
    throw new Refusal(0, {}, new Headers()); // no answer that the browser lets the app see: away, or not allowed by CORS
  }
  if (!answer.ok) throw new Refusal(answer.status, await problemOf(answer), answer.headers);
  return { text: await answer.text(), headers: answer.headers };
}

/** A call that did not succeed: in words, and with the facts that help whoever is asked for help. */
export class Refusal extends Error {
  constructor(status, problem, headers) {
    const [title, text] = wordsFor(status, problem, headers);
    super(text);
    this.status = status;
    this.title = title;
    this.facts = {
      Status: status || undefined,
      Code: problem.code,
      Request: problem.requestId,
      Asks: headers.get('www-authenticate'),
    };
  }
}

function wordsFor(status, problem, headers) {
  switch (status) {
    case 0: return ['The gateway does not answer', 'It may be down, or it does not allow this page’s origin.'];
    case 401: return ['Please log in', 'The gateway does not know who is asking: there is no token, or it is no longer good.'];
    case 403: return ['You may not do that', 'The gateway knows who you are; your account lacks the right that this needs.'];
    case 429: return ['Too many requests', `Please wait ${seconds(headers.get('retry-after'))} and try again.`];
    case 502: return ['The service is not available', 'The gateway could not reach it. Nothing is wrong with your request.'];
    default: return [problem.title ?? `The answer was ${status}`, problem.detail ?? 'The service refused the request.'];
  }
}

const seconds = text => text === null ? 'a moment' : text === '1' ? 'one second' : `${text} seconds`;

async function problemOf(answer) {
  if (!/^application\/(problem\+)?json\b/.test(answer.headers.get('content-type') ?? '')) return {};
  try {
    return await answer.json();
  } catch {
    return {};
  }
}
