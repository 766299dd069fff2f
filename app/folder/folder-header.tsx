'use client'
import { PageHeader } from '../shell/page-header'
import { PrivateSwitch } from '../shell/private-switch'
import { useWords } from '../text/words'

export function FolderHeader() {
  const { t } = useWords()
  return (
    <PageHeader title={t('folder')} isNameOnPhones={false}>
      <PrivateSwitch />
    </PageHeader>
  )
}
