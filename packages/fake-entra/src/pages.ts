import { escapeHtml } from './http-message.ts';

/** The pages a person sees. Plain HTML that needs no script, but for the answer that posts itself. */

function page(title: string, body: string): string {
  return `<!DOCTYPE html>
<html lang="en">
<head><meta charset="utf-8"><title>${escapeHtml(title)}</title></head>
<body>
<main>
<h1>${escapeHtml(title)}</h1>
${body}
</main>
</body>
</html>
`;
}

const paragraph = (text: string, role = ''): string =>
  text === '' ? '' : `<p${role === '' ? '' : ` role="${role}"`}>${escapeHtml(text)}</p>`;

const hidden = (name: string, value: string): string =>
  `<input type="hidden" name="${escapeHtml(name)}" value="${escapeHtml(value)}">`;

/** What a sign-in page needs: which sign-in it is of, whom it is for, and what went wrong. */
export interface SignInPage {
  readonly action: string;
  readonly flow: string;
  readonly application: string;
  readonly userName?: string;
  readonly problem?: string;
}

/** User name and password. */
export function signInPage({ action, flow, application, userName = '', problem = '' }: SignInPage): string {
  return page(
    'Sign in',
    `${paragraph(`to continue to ${application}`)}
${paragraph(problem, 'alert')}
<form method="post" action="${escapeHtml(action)}">
${hidden('ctx', flow)}
<p><label for="login">User name</label> <input id="login" name="login" type="email" autocomplete="username" value="${escapeHtml(userName)}"></p>
<p><label for="passwd">Password</label> <input id="passwd" name="passwd" type="password" autocomplete="current-password"></p>
<p><button id="sign-in" name="action" value="sign-in">Sign in</button>
<button id="cancel" name="action" value="cancel">Cancel</button></p>
</form>`,
  );
}

/** Asks for a yes or a no: to what an application wants to do, or to a device that is to be signed in. */
export function confirmationPage({ action, flow, application }: SignInPage, wants: readonly string[]): string {
  const list = wants.map(item => `<li>${escapeHtml(item)}</li>`).join('');
  return page(
    wants.length > 0 ? 'Permissions requested' : `Are you trying to sign in to ${application}?`,
    `${paragraph(application)}
${list === '' ? '' : `<ul>${list}</ul>`}
<form method="post" action="${escapeHtml(action)}">
${hidden('ctx', flow)}
<p><button id="accept" name="action" value="accept">${wants.length > 0 ? 'Accept' : 'Continue'}</button>
<button id="cancel" name="action" value="cancel">Cancel</button></p>
</form>`,
  );
}

/** Where a person types the code that a device shows. */
export function deviceCodePage(action: string, problem = ''): string {
  return page(
    'Enter code',
    `${paragraph(problem, 'alert')}
<form method="post" action="${escapeHtml(action)}">
<p><label for="otc">Code</label> <input id="otc" name="otc" autocomplete="off"></p>
<p><button id="next">Next</button></p>
</form>`,
  );
}

/** Says something, and there is nothing to do but to close it. */
export function messagePage(title: string, text: string): string {
  return page(title, paragraph(text));
}

/** The form that carries the answer to the redirect URI; without scripts, at a click. */
export function formPostPage(redirectUri: string, fields: URLSearchParams): string {
  const inputs = [...fields].map(([name, value]) => hidden(name, value)).join('\n');
  return `<!DOCTYPE html>
<html lang="en">
<head><meta charset="utf-8"><title>Working...</title></head>
<body>
<form method="post" action="${escapeHtml(redirectUri)}">
${inputs}
<noscript><p>Script is disabled. Click Submit to continue.</p><button>Submit</button></noscript>
</form>
<script>document.forms[0].submit();</script>
</body>
</html>
`;
}
