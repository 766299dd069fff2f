'use client'
import { ChevronRight } from 'lucide-react'
import { type ReactNode, useState } from 'react'
import type { Model, Source, TensorSpec } from '../../models/model'
import { useWords } from '../text/words'

/** What a careful user wants to know of a model before trusting it. */
export function ModelDetails({ model }: { model: Model }) {
  const { t } = useWords()
  const [open, setOpen] = useState(false)
  return (
    <div className="flex flex-col gap-3">
      <button
        type="button"
        aria-expanded={open}
        aria-label={`${t('modelDetails')}: ${model.title}`}
        onClick={() => setOpen(!open)}
        className="flex items-center gap-1 self-start rounded text-accent-text text-xs max-md:min-h-11"
      >
        <ChevronRight
          size={13}
          aria-hidden
          className={`transition-transform duration-150 ${open ? 'rotate-90' : ''}`}
        />
        {t('modelDetails')}
      </button>
      {open && <Details model={model} />}
    </div>
  )
}

function Details({ model }: { model: Model }) {
  const { t, format } = useWords()
  const { licence, quality, files, inputs, outputs, memory } = model
  return (
    <dl className="flex flex-col gap-3 text-xs">
      <Fact name={t('modelQuality')}>
        {quality.length === 0 && t('modelQualityNone')}
        {quality.map(({ measure, value, source }) => (
          <p key={measure} className="flex flex-col">
            <span className="flex justify-between gap-3">
              {measure}
              <strong className="font-semibold tabular-nums">{format.number(value, 4)}</strong>
            </span>
            <span className="text-muted">{source}</span>
          </p>
        ))}
      </Fact>
      <Fact name={t('modelLicence')}>
        <p>
          {t('modelLicenceWeights')}: {licence.weights} · {t('modelLicenceCode')}: {licence.code} ·{' '}
          {t('modelCommercial')}: {t(`modelCommercial_${licence.commercial}`)}
        </p>
        {licence.note && <p className="text-muted">{licence.note}</p>}
        {licence.url && (
          <a
            href={licence.url}
            target="_blank"
            rel="noreferrer"
            className="break-all text-accent-text underline underline-offset-2"
          >
            {licence.url}
          </a>
        )}
      </Fact>
      <Fact name={t('modelFiles')}>
        {files.map(({ name, bytes, sha256 }) => (
          <p key={name} className="flex flex-col">
            <span className="flex justify-between gap-3">
              {name}
              <span className="tabular-nums">{format.bytes(bytes)}</span>
            </span>
            {sha256 ? (
              <code className="break-all font-mono text-[0.6875rem] text-muted">sha256 {sha256}</code>
            ) : (
              <span className="text-muted">{t('modelFilesUnchecked')}</span>
            )}
          </p>
        ))}
      </Fact>
      <Fact name={t('modelFrom')}>
        {model.sources.map((source) => (
          <p key={nameOf(source)} className="break-words">
            {t(`modelFrom_${source.kind}`, { name: nameOf(source) })}
          </p>
        ))}
      </Fact>
      <Fact name={t('modelInput')}>{inputs.map(shapeOf).join(', ')}</Fact>
      <Fact name={t('modelOutput')}>{outputs.map(shapeOf).join(', ')}</Fact>
      <Fact name={t('modelMemory')}>{format.bytes(memory + files.reduce((sum, { bytes }) => sum + bytes, 0))}</Fact>
    </dl>
  )
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div className="grid grid-cols-[6rem_minmax(0,1fr)] gap-x-3 max-md:grid-cols-1 max-md:gap-y-0.5">
      <dt className="text-muted">{name}</dt>
      <dd className="flex min-w-0 flex-col gap-1.5">{children}</dd>
    </div>
  )
}

const shapeOf = ({ name, shape, type }: TensorSpec): string => `${name} ${type}[${shape.join('×')}]`

function nameOf(source: Source): string {
  switch (source.kind) {
    case 'supplied':
      return 'MODELS_DIR'
    case 'bundled':
      return source.path
    case 'npm':
      return `${source.package}@${source.version}`
    case 'url':
      return new URL(source.urls[0]).host
  }
}
