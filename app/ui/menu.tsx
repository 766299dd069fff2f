'use client'
import { type ComponentType, useState } from 'react'
import { IconButton } from './icon-button'
import type { MenuProps } from './open-menu'

const load = () => import('./open-menu')

/** A button that opens a list of which one is chosen. Most visits open none, so its code comes with the pointer. */
export function Menu<T extends string>(props: MenuProps<T>) {
  const [Opened, setOpened] = useState<ComponentType<MenuProps<T>>>()
  if (Opened) return <Opened {...props} />
  return (
    <IconButton
      label={props.label}
      aria-haspopup="menu"
      aria-expanded={false}
      onPointerEnter={load}
      onFocus={load}
      onClick={() => load().then(({ OpenMenu }) => setOpened(() => OpenMenu<T>))}
    >
      {props.icon}
    </IconButton>
  )
}
