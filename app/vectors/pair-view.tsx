'use client'
import { useWords } from '../text/words'
import { Thumbnail } from '../ui/thumbnail'
import type { Entry } from './entries'

interface PairViewProps {
  a: Entry
  b: Entry
  cosine: number
  threshold: number
}

/** Two results side by side, and how alike they are. */
export function PairView({ a, b, cosine, threshold }: PairViewProps) {
  const { t, format } = useWords()
  const same = cosine >= threshold
  return (
    <div className="flex flex-col gap-2">
      <div className="grid grid-cols-2 gap-2">
        <Side entry={a} />
        <Side entry={b} />
      </div>
      <p className="flex items-baseline gap-2 tabular-nums">
        <strong className="font-semibold text-2xl">{format.fixed(cosine, 3)}</strong>
        <span className="text-muted text-xs">{t('vectorsCosine')}</span>
        <span
          className={`ml-auto rounded px-2 py-0.5 text-sm ${same ? 'bg-accent-soft text-accent-text' : 'bg-pressed text-ink'}`}
        >
          {t(a === b ? 'vectorsSelf' : same ? 'vectorsSame' : 'vectorsDifferent')}
        </span>
      </p>
    </div>
  )
}

function Side({ entry: { file, name } }: { entry: Entry }) {
  const { t } = useWords()
  return (
    <figure className="flex min-w-0 flex-col gap-1">
      {file ? (
        <Thumbnail file={file} className="aspect-square w-full" />
      ) : (
        <span className="grid aspect-square w-full place-items-center rounded-md bg-pressed text-muted text-xs">
          {t('vectorsFromBefore')}
        </span>
      )}
      <figcaption className="truncate text-muted text-xs" title={name}>
        {name}
      </figcaption>
    </figure>
  )
}
