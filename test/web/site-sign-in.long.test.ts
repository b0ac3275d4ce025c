/**
 * Sign-in as on a deployed site: with Google, and attested by App Check. Google's own scripts and pages are not available
 * here, so the test answers in their place. It checks the page's policy (CSP, Trusted Types, the opener of a popup),
 * Firebase's part in the sign-in, and the exchange with the Auth emulator.
 */

import type { BrowserContext, Request } from 'playwright-core';
import { expect } from 'vitest';
import type { Stage } from './stage.ts';
import { it } from './staged.ts';

const SITE_KEY = `6L${'k'.repeat(38)}`;
const ATTESTED = 'attested-by-app-check';
const AUTH_DOMAIN = 'reddyfit-site.firebaseapp.com';

/** Replaces Google's loader: provides a frame that hears when the popup ends. `tellAuth` reports that end. */
const GAPI = `{
  const iframe = {
    restyle() {},
    ping: async (pong) => pong(),
    register(_, handler) { globalThis.tellAuth = (authEvent) => handler({ authEvent }); },
    // Google's, too, answers later: Firebase throws in what hears it.
    send(_, __, answer) { Promise.resolve([{ webStorageSupport: true }]).then(answer).catch(() => undefined); },
  };
  const context = { open: (_, opened) => opened(iframe) };
  globalThis.gapi = {
    load: (_, { callback }) => callback(),
    iframes: { CROSS_ORIGIN_IFRAMES_FILTER: {}, getContext: () => context },
  };
  globalThis[new URL(document.currentScript.src).searchParams.get('onload')]();
}`;

/** Replaces the script of reCAPTCHA Enterprise. */
const RECAPTCHA = `{
  let solved;
  globalThis.grecaptcha = { enterprise: {
    ready: (act) => act(),
    render: (_, { callback }) => { solved = callback; return 'widget'; },
    execute: async () => { solved(); return 'a-token-of-recaptcha'; },
  } };
}`;

/** Sets a page up like a site that was built with an App Check key. `asked` collects the requests to Google's servers. */
async function asSite(
  context: BrowserContext,
  { servers: { stack } }: Stage,
  asked: Request[],
): Promise<void> {
  await context.route('**/__/firebase/init.json', (route) =>
    route.fulfill({
      json: {
        projectId: stack.projectId,
        apiKey: 'site',
        appId: '1:1:web:1',
        authDomain: AUTH_DOMAIN,
      },
    }),
  );
  await context.route('https://*.googleapis.com/**', async (route) => {
    asked.push(route.request());
    const { hostname, pathname, search } = new URL(route.request().url());
    const headers = { 'access-control-allow-origin': '*' };
    if (hostname === 'content-firebaseappcheck.googleapis.com')
      return route.fulfill({ headers, json: { token: ATTESTED, ttl: '3600s' } });
    if (pathname.endsWith('/projects'))
      return route.fulfill({ headers, json: { authorizedDomains: ['127.0.0.1', 'localhost'] } });
    if (!/^(identitytoolkit|securetoken)\./.test(hostname)) return route.abort();
    const response = await route.fetch({ url: `http://${stack.auth}/${hostname}${pathname}${search}` });
    return route.fulfill({ response });
  });
  const script = (body: string) => ({ contentType: 'text/javascript', body });
  await context.route('https://apis.google.com/js/api.js*', (route) => route.fulfill(script(GAPI)));
  await context.route('https://www.google.com/recaptcha/enterprise.js*', (route) =>
    route.fulfill(script(RECAPTCHA)),
  );
  await context.route(`https://${AUTH_DOMAIN}/**`, (route) =>
    route.fulfill({ contentType: 'text/html', body: 'Google asks who you are.' }),
  );
  await context.addInitScript(`document.addEventListener('readystatechange', () => {
    document.head?.append(Object.assign(document.createElement('meta'), { name: 'app-check-key', content: '${SITE_KEY}' }));
  }, { once: true });`);
}

const attestationOf = (request: Request) => request.headers()['x-firebase-appcheck'];

it('signs in with Google by a popup', async ({ stage }) => {
  const asked: Request[] = [];
  const page = await stage.open({}, (context) => asSite(context, stage, asked));
  const button = page.getByRole('button', { name: 'Continue with Google' });
  await button.waitFor();
  const [popup] = await Promise.all([page.waitForEvent('popup'), button.click()]);
  await popup.waitForURL(`https://${AUTH_DOMAIN}/**`);
  const address = new URL(popup.url());
  expect(address.searchParams.get('providerId')).toBe('google.com');

  const email = `by-google-${Date.now().toString(36)}@reddyfit.example`;
  const claims = { sub: email, email, email_verified: true };
  const answer = new URL(`https://${AUTH_DOMAIN}/__/auth/handler`);
  answer.searchParams.set('providerId', 'google.com');
  answer.searchParams.set('id_token', JSON.stringify(claims));
  const ended = {
    type: 'signInViaPopup',
    eventId: address.searchParams.get('eventId'),
    urlResponse: answer.href,
    sessionId: 'session',
    postBody: null,
    tenantId: null,
    error: null,
  };
  const closed = popup.waitForEvent('close');
  await page.evaluate(`tellAuth(${JSON.stringify(ended)})`);
  await closed;
  await page.getByLabel('E-mail').waitFor({ state: 'detached' });
  const user = await stage.servers.auth.getUserByEmail(email);
  expect(user.providerData.map(({ providerId }) => providerId)).toEqual(['google.com']);
  await page.context().close();
});

it('sends App Check’s token with each request for a sign-in', async ({ stage }) => {
  const asked: Request[] = [];
  const page = await stage.open({}, (context) => asSite(context, stage, asked));
  const email = `attested-${Date.now().toString(36)}@reddyfit.example`;
  await page.getByLabel('E-mail').fill(email);
  await page.getByRole('button', { name: 'Send me a link' }).click();
  await page.getByText(`A link is on its way to ${email}.`).waitFor();
  const exchange = asked.find((request) => request.url().includes(':exchangeRecaptchaEnterpriseToken'));
  expect(exchange?.postDataJSON()).toEqual({ recaptcha_enterprise_token: 'a-token-of-recaptcha' });
  const calls = asked.filter((request) => request.url().includes('identitytoolkit'));
  expect(calls.some((request) => request.url().includes(':sendOobCode'))).toBe(true);
  expect(new Set(calls.map(attestationOf))).toEqual(new Set([ATTESTED]));
  await page.context().close();
});
