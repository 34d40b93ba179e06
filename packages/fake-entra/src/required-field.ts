import { AadstsRefusal } from './aadsts.ts';

/** A field that the request has to have. */
export function requiredField(form: URLSearchParams, name: string): string {
  const value = form.get(name);
  if (value === null || value === '') throw new AadstsRefusal(900144, { reason: `'${name}'` });
  return value;
}
