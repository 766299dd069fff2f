'use client'
import { KeyRound, RefreshCw, Trash2 } from 'lucide-react'
import { useState } from 'react'
import { type Failure, failure } from '../../core/errors'
import { accountsClient, type MadeKey, type Usage } from '../../workers/accounts-client'
import { Problem } from '../panel/problem'
import { toast } from '../state/toasts'
import { useWords } from '../text/words'
import { Button } from '../ui/button'
import { When } from '../webhooks/when'
import { Sure } from './sure'
import { useFailureText } from './use-failure-text'

type Entry = Usage['keys'][number]

interface KeyRowProps {
  entry: Entry
  onMade: (key: MadeKey) => void
  onChanged: () => void
}

/** One key as people recognise it, and what ends it. */
export function KeyRow({ entry, onMade, onChanged }: KeyRowProps) {
  const { t } = useWords()
  const failureText = useFailureText()
  const [asked, ask] = useState<'rotate' | 'revoke'>()
  const [failed, setFailed] = useState<Failure>()
  const isGood = entry.revoked_at === null

  const attempt = async (work: () => Promise<void>) => {
    setFailed(undefined)
    try {
      await work()
      ask(undefined)
    } catch (error) {
      setFailed(failure(error))
    }
  }
  const rotate = () => attempt(async () => onMade(await accountsClient.rotateKey(entry.id)))
  const revoke = () =>
    attempt(async () => {
      await accountsClient.revokeKey(entry.id)
      toast({ text: t('keyRevoked') })
      onChanged()
    })

  return (
    <li className="flex flex-col gap-2 py-3 first:pt-0">
      <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
        <KeyRound size={16} className="shrink-0 text-muted max-md:hidden" aria-hidden />
        <div className="flex min-w-0 grow basis-60 flex-col gap-0.5">
          <p className="flex flex-wrap items-baseline gap-x-2">
            <span className={`font-medium text-sm ${isGood ? '' : 'text-muted line-through'}`}>{entry.name}</span>
            <Shown entry={entry} />
          </p>
          <Story entry={entry} />
        </div>
        {isGood && asked === undefined && (
          <div className="flex gap-2">
            <Button size="small" aria-label={t('keyRotateOf', { name: entry.name })} onClick={() => ask('rotate')}>
              <RefreshCw size={13} aria-hidden />
              {t('keyRotate')}
            </Button>
            <Button size="small" aria-label={t('keyRevokeOf', { name: entry.name })} onClick={() => ask('revoke')}>
              <Trash2 size={13} aria-hidden />
              {t('keyRevoke')}
            </Button>
          </div>
        )}
      </div>
      {asked && (
        <Sure
          text={t(asked === 'rotate' ? 'keyRotateSure' : 'keyRevokeSure')}
          yes={t(asked === 'rotate' ? 'keyRotate' : 'keyRevoke')}
          onYes={asked === 'rotate' ? rotate : revoke}
          onNo={() => ask(undefined)}
        />
      )}
      {failed && <Problem text={failureText(failed)} />}
    </li>
  )
}

function Shown({ entry: { prefix, last_four } }: { entry: Entry }) {
  const { t } = useWords()
  if (prefix === '' && last_four === '') return <span className="text-muted text-xs">{t('keyChosen')}</span>
  return (
    <code className="font-mono text-muted text-xs">
      {prefix}…{last_four}
    </code>
  )
}

function Story({ entry: { created_at, rotated_at, revoked_at, last_used_at, success, failed } }: { entry: Entry }) {
  const { t } = useWords()
  return (
    <p className="flex flex-wrap gap-x-3 text-muted text-xs">
      {rotated_at ? <When text="keyRotated" time={rotated_at} /> : <When text="keyCreated" time={created_at} />}
      {revoked_at && <When text="keyRevokedAt" time={revoked_at} />}
      {!revoked_at && (last_used_at ? <When text="keyUsed" time={last_used_at} /> : <span>{t('keyNeverUsed')}</span>)}
      {success + failed > 0 && <span className="tabular-nums">{t('keyCounts', { success, failed })}</span>}
    </p>
  )
}
