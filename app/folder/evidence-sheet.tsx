'use client'
import type { Member } from '../../workers/folder/folder-groups'
import type { FolderSession } from '../../workers/folder/session'
import type { Evidence } from '../../workers/folder/tools'
import { Problem } from '../panel/problem'
import { useErrorText } from '../text/error-text'
import { useWords } from '../text/words'
import { Button } from '../ui/button'
import { Sheet } from '../ui/sheet'
import { type EditWord, isEdit, isVerdict } from './evidence-words'
import { Overlay } from './overlay'
import { useEvidence } from './use-evidence'

interface EvidenceSheetProps {
  session: FolderSession | undefined
  member: Member
  other: Member
  onSetAside: () => void
  onClose: () => void
}

/** Why two files are taken for copies: one laid on the other, what differs, and what was done, in words. */
export function EvidenceSheet({ session, member, other, onSetAside, onClose }: EvidenceSheetProps) {
  const { t } = useWords()
  const errorText = useErrorText()
  const isSame = member.picture === other.picture
  const { evidence, failure } = useEvidence(session, member.picture, other.picture)
  // The picture that is laid is the first by content, whichever of the two was pressed.
  const [laid, base] = evidence?.pair.a === other.picture.print.sha256 ? [other, member] : [member, other]
  return (
    <Sheet open onClose={onClose} title={t('folderEvidence')} side="full">
      <div className="mx-auto flex w-full max-w-5xl flex-col gap-4 p-4">
        <p className="[overflow-wrap:anywhere] font-medium text-sm">
          {t('folderAsidePair', { name: member.path, other: other.path })}
        </p>
        {failure && <Problem text={errorText(failure)} />}
        {!isSame && !failure && !evidence && (
          <p role="status" className="py-10 text-center text-muted text-sm">
            {t('folderEvidenceWait')}
          </p>
        )}
        {isSame && <p className="font-semibold text-base">{t('folderVerdict_same_file')}</p>}
        {evidence && <Said evidence={evidence} />}
        <Overlay evidence={evidence ?? {}} laid={laid} base={base} />
        {evidence && !evidence.aligned && <p className="text-muted text-sm">{t('folderNotAligned')}</p>}
        {!isSame && (
          <Button className="self-start" onClick={onSetAside}>
            {t('folderSetAside')}
          </Button>
        )}
      </div>
    </Sheet>
  )
}

function Said({ evidence: { pair, similarity, inliers, pdqDistance } }: { evidence: Evidence }) {
  const { t, format } = useWords()
  const { verdict, probability } = pair
  const edits = pair.edits.filter(isEdit).map((edit: EditWord) => t(`folderEdit_${edit}`))
  return (
    <div className="flex flex-col gap-2">
      {isVerdict(verdict) && <p className="font-semibold text-base">{t(`folderVerdict_${verdict}`)}</p>}
      <dl className="flex flex-wrap gap-x-6 gap-y-2 text-sm">
        <Fact title={t('folderEdits')}>{edits.length > 0 ? edits.join(', ') : t('folderNoEdits')}</Fact>
        <Fact title={t('folderProbability')}>{format.percent(probability)}</Fact>
        {similarity !== null && <Fact title={t('folderSimilarity')}>{format.fixed(similarity, 2)}</Fact>}
        <Fact title={t('folderInliers')}>{format.number(inliers, 0)}</Fact>
        <Fact title={t('folderPdq')}>{t('folderPdqOf', { bits: pdqDistance })}</Fact>
      </dl>
    </div>
  )
}

function Fact({ title, children }: { title: string; children: React.ReactNode }) {
  return (
    <div>
      <dt className="text-muted text-xs">{title}</dt>
      <dd className="tabular-nums">{children}</dd>
    </div>
  )
}
