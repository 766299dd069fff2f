'use client'
import { useState } from 'react'
import type { MadeKey, Usage } from '../../workers/accounts-client'
import { useWords } from '../text/words'
import { Card } from './card'
import { KeyRow } from './key-row'
import { MadeKeyNotice } from './made-key-notice'
import { NewKey } from './new-key'

interface KeysProps {
  user: Usage['user']
  keys: Usage['keys']
  onChanged: () => void
}

export function Keys({ user, keys, onChanged }: KeysProps) {
  const { t } = useWords()
  const [made, setMade] = useState<MadeKey>()
  const good = keys.filter(({ revoked_at }) => revoked_at === null)
  const revoked = keys.filter(({ revoked_at }) => revoked_at !== null)
  const onMade = (key: MadeKey) => {
    setMade(key)
    onChanged()
  }
  return (
    <Card title={t('keys')}>
      {made && <MadeKeyNotice made={made} onDone={() => setMade(undefined)} />}
      {good.length === 0 && <p className="text-muted text-sm">{t('keysNone')}</p>}
      {good.length > 0 && (
        <ul className="flex flex-col divide-y divide-line">
          {good.map((key) => (
            <KeyRow key={key.id} entry={key} onMade={onMade} onChanged={onChanged} />
          ))}
        </ul>
      )}
      <NewKey user={user.id} onMade={onMade} />
      {revoked.length > 0 && (
        <details>
          <summary className="w-max cursor-pointer rounded-md text-muted text-xs hover:text-ink max-md:py-3">
            {t('keysRevoked', { count: revoked.length })}
          </summary>
          <ul className="mt-1 flex flex-col divide-y divide-line">
            {revoked.map((key) => (
              <KeyRow key={key.id} entry={key} onMade={onMade} onChanged={onChanged} />
            ))}
          </ul>
        </details>
      )}
    </Card>
  )
}
