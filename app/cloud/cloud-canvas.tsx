'use client'
import { CircleAlert } from 'lucide-react'
import type { ReactNode } from 'react'
import { useBench } from '../shell/bench'
import { objectUrl } from '../state/object-url'
import { useWords } from '../text/words'
import { useCloud } from './load-cloud'
import { SolidView } from './solid-view'

/** The canvas of a tool that takes point clouds: its first input in 3D, and the other one where it was found. */
export function CloudCanvas() {
  const { t } = useWords()
  const { card, session, item } = useBench()
  const other = card.inputs.find(({ name, kind }) => kind === 'cloud' && name !== card.batch)
  const file = item?.picture.file
  const cloud = useCloud(file)
  const model = useCloud(session.fixed[other?.name ?? '']?.file)
  if (!file) return null
  if (!cloud) return <Note>{t('readingPoints')}</Note>
  if (cloud === 'unreadable') {
    return (
      <Note>
        <CircleAlert aria-hidden />
        {t('notCloud', { name: file.name })}
      </Note>
    )
  }
  return <SolidView cloud={cloud} model={model === 'unreadable' ? undefined : model} fallback={<Flat />} />
}

/** What the run drew, for a browser without WebGL. */
function Flat() {
  const { t } = useWords()
  const { card, words, item } = useBench()
  const drawn = item?.run.status === 'done' ? item.run.outcome.files[0] : undefined
  if (!drawn) return <Note>{t('noWebglYet')}</Note>
  const artefact = card.artefacts.find(({ name }) => `${name}.png` === drawn.name)
  return (
    <figure className="absolute inset-0 flex flex-col gap-2 p-3">
      <img
        src={objectUrl(drawn.blob)}
        alt={words.label(artefact?.name ?? drawn.name, artefact?.title ?? drawn.name)}
        className="min-h-0 grow object-contain"
      />
      <figcaption className="text-center text-muted text-xs">{t('noWebgl')}</figcaption>
    </figure>
  )
}

function Note({ children }: { children: ReactNode }) {
  return (
    <p className="absolute inset-0 grid place-content-center justify-items-center gap-2 p-6 text-center text-muted text-sm">
      {children}
    </p>
  )
}
