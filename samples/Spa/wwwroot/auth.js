// Logging in by authorization code with PKCE (RFC 6749 section 4.1, RFC 7636). The tokens live in this module alone: a script that
// got into the page would have to be there at the right time, and a reload forgets them.

const client = 'spa';
const scopes = 'openid profile email roles cart payment mypage';
const attemptKey = 'login-attempt';
const redirectUri = `${location.origin}/`;

let metadata;
let tokens;

/** Reads where the identity server's endpoints are and, when the browser comes back from it, turns the code into tokens. */
export async function start(identity) {
  const answer = await fetch(`${identity}/.well-known/openid-configuration`);
  if (!answer.ok) throw new Error(`The identity server answered ${answer.status}.`);
  metadata = await answer.json();

  const query = new URLSearchParams(location.search);
  if (!query.has('state')) return;
  history.replaceState(null, '', location.pathname); // a code is good once; a reload must not send it again
  await comeBack(query);
}

/** Leaves for the login page. */
export async function login() {
  if (!metadata) throw new Error('The identity server could not be asked. Load the page again.');
  const attempt = { state: random(), verifier: random() };
  sessionStorage.setItem(attemptKey, JSON.stringify(attempt));
  const challenge = base64url(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(attempt.verifier)));
  location.assign(`${metadata.authorization_endpoint}?${new URLSearchParams({
    client_id: client,
    response_type: 'code',
    redirect_uri: redirectUri,
    scope: scopes,
    state: attempt.state,
    code_challenge: challenge,
    code_challenge_method: 'S256',
  })}`);
}

/** Leaves for the identity server, which forgets the login and comes back. */
export function logout() {
  const query = new URLSearchParams({ id_token_hint: tokens.id, client_id: client, post_logout_redirect_uri: redirectUri });
  tokens = undefined;
  location.assign(`${metadata.end_session_endpoint}?${query}`);
}

/** The token for the gateway, or undefined when nobody is logged in. */
export const accessToken = () => tokens?.access;

/** The claims of the user who is logged in, or undefined. */
export const user = () => tokens?.claims;

async function comeBack(query) {
  const attempt = JSON.parse(sessionStorage.getItem(attemptKey) ?? 'null');
  sessionStorage.removeItem(attemptKey);
  if (query.get('state') !== attempt?.state) throw new Error('This login was not begun here.');
  if (query.get('iss') !== metadata.issuer) throw new Error('The answer is not from the identity server that was asked.'); // RFC 9207
  if (query.has('error')) throw new Error(query.get('error_description') ?? query.get('error'));

  const answer = await fetch(metadata.token_endpoint, {
    method: 'POST',
    body: new URLSearchParams({
      client_id: client,
      grant_type: 'authorization_code',
      code: query.get('code'),
      redirect_uri: redirectUri,
      code_verifier: attempt.verifier,
    }),
  });
  const body = await answer.json();
  if (!answer.ok) throw new Error(body.error_description ?? body.error);
  tokens = { access: body.access_token, id: body.id_token, claims: claimsOf(body.id_token) };
}

// The token came straight from the identity server, so its signature tells nothing new (OpenID Connect Core 3.1.3.7, point 6).
function claimsOf(token) {
  const payload = atob(token.split('.')[1].replaceAll('-', '+').replaceAll('_', '/'));
  return JSON.parse(new TextDecoder().decode(Uint8Array.from(payload, c => c.charCodeAt(0))));
}

const random = () => base64url(crypto.getRandomValues(new Uint8Array(32)));

const base64url = bytes =>
  btoa(String.fromCharCode(...new Uint8Array(bytes))).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
