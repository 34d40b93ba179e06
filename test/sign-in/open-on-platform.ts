// A process of its own, since the package `open` reads the platform when it is loaded. Opens a page as on the platform
// that the command line names, and prints why that failed: `null` where it did not.

const [, , platform, url = ''] = process.argv;
Object.defineProperty(process, 'platform', { value: platform });
const { openBrowser } = await import('../../src/auth/flows/browser.ts');
// Nothing waits for an opener, so that this process would not either.
const staying = setInterval(() => {}, 60_000);
process.stdout.write(JSON.stringify((await openBrowser(url, {})) ?? null));
clearInterval(staying);
