import { IconPlugConnectedX } from '@tabler/icons-react'
import { useConnected } from '@/state/connection'
import { useWords } from '@/words/useWords'
import css from './OfflineBadge.module.css'

/** OfflineBadge says that what is shown may be old, because live updates do not arrive. */
export function OfflineBadge() {
  const say = useWords()
  const connected = useConnected()
  return (
    <span role="status" className={connected ? undefined : css.badge}>
      {!connected && <><IconPlugConnectedX size={14} aria-hidden="true" /><span className={css.text}>{say('ui.offline')}</span></>}
    </span>
  )
}
