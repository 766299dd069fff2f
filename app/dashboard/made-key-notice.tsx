'use client'
import { Copy } from 'lucide-react'
import type { MadeKey } from '../../workers/accounts-client'
import { copyText } from '../export/clipboard'
import { toast } from '../state/toasts'
import { useWords } from '../text/words'
import { Button } from '../ui/button'

/** The only time that a key is seen. */
export function MadeKeyNotice({ made: { name, key }, onDone }: { made: MadeKey; onDone: () => void }) {
  const { t } = useWords()
  const copy = () =>
    copyText(key).then(
      () => toast({ text: t('keyCopied') }),
      () => toast({ text: t('copyRefused'), wrong: true }),
    )
  return (
    <div role="status" className="flex flex-col gap-3 rounded-lg border border-accent bg-accent-soft p-4">
      <p className="text-sm">{t('keyMade', { name })}</p>
      <code className="select-all break-all rounded-md border border-line bg-surface px-3 py-2 font-mono text-sm">
        {key}
      </code>
      <div className="flex flex-wrap gap-2">
        <Button look="accent" onClick={copy}>
          <Copy size={14} aria-hidden />
          {t('keyCopy')}
        </Button>
        <Button onClick={onDone}>{t('keyDone')}</Button>
      </div>
    </div>
  )
}
