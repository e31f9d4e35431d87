// The console's start: language, session, pages.

import '@fontsource-variable/inter/wght.css'
import '@mantine/core/styles.css'
import './app/tokens.css'
import './app/base.css'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { App } from './app/App'
import { startLang } from './state/lang'

await startLang()
const root = document.getElementById('root')
if (root) createRoot(root).render(<StrictMode><App /></StrictMode>)
