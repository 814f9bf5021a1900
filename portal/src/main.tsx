import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { App } from './app.tsx'
import { Speaking } from './i18n/language.tsx'
import { applyTheme, keptTheme } from './parts/theme.ts'
import './styles/base.css'
import './styles/parts.css'

const root = document.getElementById('root')
if (root === null) throw new TypeError('the page has no place for the portal')
applyTheme(keptTheme())
createRoot(root).render(<StrictMode><Speaking><App /></Speaking></StrictMode>)
