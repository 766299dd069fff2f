'use client'
import { useWords } from '../text/words'
import { Button } from '../ui/button'
import type { AsidePair } from './folder-state'

interface AsideListProps {
  aside: readonly AsidePair[]
  onBringBack: (pair: AsidePair) => void
}

/** Pairs of this folder that are never grouped, until they are brought back. */
export function AsideList({ aside, onBringBack }: AsideListProps) {
  const { t } = useWords()
  if (aside.length === 0) return null
  return (
    <details className="rounded-xl border border-line bg-surface p-4 text-sm">
      <summary className="cursor-pointer">{t('folderAside', { count: aside.length })}</summary>
      <ul className="mt-3 flex flex-col gap-2">
        {aside.map((pair) => {
          const [{ path: name }, { path: other }] = pair.map(({ files }) => files[0])
          return (
            <li key={`${name} ${other}`} className="flex flex-wrap items-center justify-between gap-2">
              <span className="min-w-0 [overflow-wrap:anywhere]">{t('folderAsidePair', { name, other })}</span>
              <Button size="small" onClick={() => onBringBack(pair)}>
                {t('folderBringBack')}
              </Button>
            </li>
          )
        })}
      </ul>
    </details>
  )
}
