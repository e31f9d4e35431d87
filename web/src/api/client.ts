// The one way to the server: typed routes, the session's CSRF token, the
// idempotency key, and refusals as Problems.

import createClient, { type Middleware } from 'openapi-fetch'
import type { paths } from './schema.gen'
import { problemOf } from './problem'

const csrf = { token: '' }

/** holdCsrf keeps the token of the present session for the writes to come. */
export function holdCsrf(token: string) {
  csrf.token = token
}

const guards: Middleware = {
  onRequest({ request }) {
    if (request.method !== 'GET') {
      request.headers.set('X-CSRF', csrf.token)
      if (!request.headers.has('Idempotency-Key')) request.headers.set('Idempotency-Key', newKey())
    }
    return request
  },
}

/** newKey makes an idempotency key. */
export const newKey = () => crypto.randomUUID()

/** api is the client; every call goes through answer. */
// Lists in a query are one word with commas, as the server reads them.
export const api = createClient<paths>({
  baseUrl: globalThis.location?.origin ?? '',
  fetch: (r) => globalThis.fetch(r),
  querySerializer: { array: { style: 'form', explode: false } },
})
api.use(guards)

/** answer unwraps a call: the data, or a Problem thrown. */
export async function answer<T>(call: Promise<{ data?: T; error?: unknown; response: Response }>): Promise<T> {
  const { data, error, response } = await call
  if (!response.ok) throw problemOf(response.status, error)
  return data as T
}

/** keyed puts an idempotency key on one call. */
export const keyed = (key: string) => ({ headers: { 'Idempotency-Key': key } })
