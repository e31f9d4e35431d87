// Whether live updates arrive. True until the first failure, so that a page
// does not open with an alarm.

import { watched } from './store'

const connected = watched(true)

export const setConnected = connected.set
export const useConnected = connected.use
