import { escapeHtml } from './html-text.ts';

/**
 * The page that a browser shows at the end of an interactive sign-in. The message may come from elsewhere: it is text
 * here, never markup.
 */
export function resultPage(succeeded: boolean, message: string): string {
  const title = succeeded ? 'Signed in' : 'Not signed in';
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>${title}</title>
<style>
:root { color-scheme: light dark }
body { font: 1rem/1.5 system-ui, sans-serif; margin: 15vh auto; max-width: 36rem; padding: 0 1rem }
h1 { font-size: 1.5rem }
</style>
</head>
<body>
<h1>${title}</h1>
<p>${escapeHtml(message)}</p>
<p>You may close this window and go back to PowerShell.</p>
</body>
</html>
`;
}
