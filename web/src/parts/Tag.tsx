import type { ReactNode } from 'react'
import css from './Tag.module.css'

export type Tone = 'neutral' | 'info' | 'good' | 'warn' | 'bad' | 'special'
export type Shape = 'empty' | 'half' | 'full' | 'ring' | 'check' | 'cross' | 'arrow' | 'clock' | 'diamond' | 'double'

const shapes: Record<Shape, ReactNode> = {
  empty: <circle cx="6" cy="6" r="4" fill="none" strokeWidth="1.6" />,
  half: <><circle cx="6" cy="6" r="4" fill="none" strokeWidth="1.6" /><path d="M6 2a4 4 0 0 1 0 8z" fill="currentColor" stroke="none" /></>,
  full: <circle cx="6" cy="6" r="4.4" fill="currentColor" stroke="none" />,
  ring: <><circle cx="6" cy="6" r="4" fill="none" strokeWidth="1.6" /><circle cx="6" cy="6" r="1.6" fill="currentColor" stroke="none" /></>,
  check: <path d="M2 6.4 4.8 9 10 3.2" fill="none" strokeWidth="1.8" />,
  cross: <path d="m2.8 2.8 6.4 6.4m0-6.4L2.8 9.2" fill="none" strokeWidth="1.8" />,
  arrow: <path d="M1.5 6h8m-3.2-3.2L9.6 6 6.3 9.2" fill="none" strokeWidth="1.6" />,
  clock: <><circle cx="6" cy="6" r="4.4" fill="none" strokeWidth="1.5" /><path d="M6 3.4V6l1.9 1.2" fill="none" strokeWidth="1.5" /></>,
  diamond: <path d="M6 1.4 10.6 6 6 10.6 1.4 6z" fill="none" strokeWidth="1.6" />,
  double: <path d="m1.6 6.4 2.2 2.2L7.4 4M5.6 8.6 10.6 3.4" fill="none" strokeWidth="1.6" />,
}

/** Glyph is the shape that says the same as a colour. */
export function Glyph({ shape }: { shape: Shape }) {
  return (
    <svg className={css.glyph} viewBox="0 0 12 12" width="12" height="12" stroke="currentColor" aria-hidden="true">
      {shapes[shape]}
    </svg>
  )
}

interface Props {
  tone: Tone
  shape?: Shape
  children: ReactNode
  /** Solid draws attention to itself: high level, overdue. */
  solid?: boolean
}

/** Tag is a word with a tone and a shape. */
export function Tag({ tone, shape, children, solid }: Props) {
  return (
    <span className={`${css.tag} ${solid ? css.solid : ''}`} data-tone={tone}>
      {shape && <Glyph shape={shape} />}
      {children}
    </span>
  )
}
