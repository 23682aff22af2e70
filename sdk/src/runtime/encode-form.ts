import type { BodyEncoder } from './encode-body.ts';

/**
 * `application/x-www-form-urlencoded`: arrays repeat their name, objects are sent as JSON, undefined members are
 * left out. Source: OpenAPI 3.1 section 4.8.14.4.
 */
export const formBody: BodyEncoder = (body) => {
  const form = new URLSearchParams();
  for (const [name, value] of Object.entries(Object(body))) {
    for (const item of Array.isArray(value) ? value : [value]) {
      if (item !== undefined)
        form.append(name, typeof item === 'object' ? JSON.stringify(item) : String(item));
    }
  }
  return form;
};
