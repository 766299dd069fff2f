'use client'
import { SunMoon } from 'lucide-react'
import { THEMES, theme } from '../state/preferences'
import { useStore } from '../state/store'
import { useWords } from '../text/words'
import { Menu } from '../ui/menu'

export function ThemeMenu() {
  const { t } = useWords()
  return (
    <Menu
      label={t('theme')}
      icon={<SunMoon size={17} aria-hidden />}
      value={useStore(theme)}
      options={THEMES.map((value) => ({ value, label: t(`theme_${value}`) }))}
      onChange={theme.set}
    />
  )
}
