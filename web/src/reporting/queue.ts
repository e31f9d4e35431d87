// What a reporter entered and the server does not have yet, and the last form
// that it sent. Kept in the browser (IndexedDB), so that neither a lost
// connection nor a closed page loses a count.

import { openDB, type DBSchema } from 'idb'
import type { ProblemKind } from '@/api/problem'
import type { DailyForm, DailyValue, Place } from '@/api/types'

/** Waiting is one daily report on its way. Its key makes sending it twice harmless. */
export interface Waiting {
  key: string
  /** Who entered it; another user of the same phone must not send it. */
  user: string
  day: string
  values: DailyValue[]
  /** When it was entered, in milliseconds; reports are sent in this order. */
  entered: number
  /** Why the server would not take it; it stays until the reporter corrects or removes it. */
  refused?: { kind: ProblemKind; message: string; places: Place[] }
}

/** Kept is the last form, with the user for whom it was made. */
export interface Kept {
  user: string
  form: DailyForm
}

interface Schema extends DBSchema {
  waiting: { key: string; value: Waiting }
  kept: { key: string; value: Kept }
}

const open = () =>
  openDB<Schema>('breakwater', 1, {
    upgrade(db) {
      db.createObjectStore('waiting', { keyPath: 'key' })
      db.createObjectStore('kept')
    },
  })

/** waitingOf lists a user's reports on their way, the oldest first. */
export async function waitingOf(user: string): Promise<Waiting[]> {
  const all = await (await open()).getAll('waiting')
  return all.filter((w) => w.user === user).sort((a, b) => a.entered - b.entered)
}

export const putWaiting = async (report: Waiting) => void (await (await open()).put('waiting', report))
export const dropWaiting = async (key: string) => (await open()).delete('waiting', key)
export const keepForm = async (kept: Kept) => void (await (await open()).put('kept', kept, 'form'))
export const keptForm = async () => (await open()).get('kept', 'form')
