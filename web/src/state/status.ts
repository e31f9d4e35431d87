// Which records are shown: actual, exercise or test. The choice lasts as long
// as the tab, so that nobody comes back to an exercise unawares.

import type { Status } from '@/api/types'
import { watched } from './store'

const status = watched<Status>('actual')

export const statuses: Status[] = ['actual', 'exercise', 'test']
export const setStatus = status.set
export const useStatus = status.use
