'use client'
import { Notice } from '../dashboard/notices'
import { SignedInPage } from '../dashboard/signed-in-page'
import { useWords } from '../text/words'
import { Library } from './library'

/** Pictures that the server keeps, and the copies among them. */
export function LibraryPage() {
  const { t } = useWords()
  return (
    <SignedInPage title={t('library')} notice={<InPrivate />} unreachable={t('libraryUnreachable')}>
      {({ user }) => <Library key={user?.id ?? ''} />}
    </SignedInPage>
  )
}

function InPrivate() {
  const { t } = useWords()
  return (
    <Notice text={t('libraryPrivate')}>
      <a href="/folder" className="text-accent-text text-sm underline">
        {t('folder')}
      </a>
    </Notice>
  )
}
