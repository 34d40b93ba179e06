/**
 * Whether a text is an address that a browser can open. `Get-Help` fails altogether at a command whose first link is none
 * for .NET, which takes an authority after the scheme for granted where the WHATWG's rules do without.
 */
export function isWebAddress(text: string): boolean {
  return /^https?:\/\/[^/\\?#]/i.test(text) && URL.canParse(text);
}
