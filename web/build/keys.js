// Writes the type of all console keys before the compiler runs: resolving
// Vite's configuration makes the words plugin write it.

import { resolveConfig } from 'vite'

await resolveConfig({}, 'build')
