'use client'
import { isEdit, isVerdict } from '../folder/evidence-words'
import { useWords } from '../text/words'
import { evidenceOf } from './evidence'

interface Judged {
  readonly verdict: string
  readonly probability: number
  readonly evidence: unknown
}

/** `An edited copy`, in the page's language. */
function useVerdict(): (verdict: string) => string {
  const { t } = useWords()
  return (verdict) => (isVerdict(verdict) ? t(`folderVerdict_${verdict}`) : t('libraryVerdict_linked'))
}

/** A verdict in a line: what it is, how sure that is, what was done. */
export function VerdictLine({ judged: { verdict, probability, evidence } }: { judged: Judged }) {
  const { format } = useWords()
  const verdictText = useVerdict()
  const editsText = useEdits()
  const edits = editsText(evidenceOf(evidence)?.edits ?? [])
  return (
    <p className="px-1 text-xs">
      <strong className="font-semibold">{verdictText(verdict)}</strong>{' '}
      <span className="text-muted tabular-nums">{format.percent(probability)}</span>
      {edits && <span className="block text-muted">{edits}</span>}
    </p>
  )
}

function useEdits(): (edits: readonly string[]) => string {
  const { t, locale } = useWords()
  const list = new Intl.ListFormat(locale, { type: 'conjunction', style: 'narrow' })
  return (edits) => list.format(edits.filter(isEdit).map((edit) => t(`folderEdit_${edit}`)))
}

/** All that speaks for two pictures being copies. */
export function Said({ judged }: { judged: Judged }) {
  const { t, format } = useWords()
  const verdictText = useVerdict()
  const editsText = useEdits()
  const evidence = evidenceOf(judged.evidence)
  return (
    <div className="flex flex-col gap-2">
      <p className="font-semibold text-base">{verdictText(judged.verdict)}</p>
      {evidence ? (
        <dl className="flex flex-wrap gap-x-6 gap-y-2 text-sm">
          <Fact title={t('folderEdits')}>{editsText(evidence.edits) || t('folderNoEdits')}</Fact>
          <Fact title={t('folderProbability')}>{format.percent(judged.probability)}</Fact>
          {evidence.similarity !== null && (
            <Fact title={t('folderSimilarity')}>{format.fixed(evidence.similarity, 2)}</Fact>
          )}
          <Fact title={t('folderInliers')}>{format.number(evidence.inliers, 0)}</Fact>
          <Fact title={t('folderPdq')}>{t('folderPdqOf', { bits: evidence.pdq_distance })}</Fact>
        </dl>
      ) : (
        <p className="text-muted text-sm">{t('libraryEvidenceNone')}</p>
      )}
    </div>
  )
}

export function Fact({ title, children }: { title: string; children: React.ReactNode }) {
  return (
    <div className="min-w-0">
      <dt className="text-muted text-xs">{title}</dt>
      <dd className="break-words tabular-nums">{children}</dd>
    </div>
  )
}
