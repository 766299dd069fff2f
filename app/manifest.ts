import type { MetadataRoute } from 'next'

export default function manifest(): MetadataRoute.Manifest {
  return {
    id: '/',
    name: 'Darkroom',
    short_name: 'Darkroom',
    description: 'A workbench for pictures that stays on your device.',
    start_url: '/',
    scope: '/',
    display: 'standalone',
    background_color: '#141517',
    theme_color: '#1a1c1e',
    categories: ['photo', 'productivity', 'utilities'],
    icons: [
      { src: '/icons/icon.svg', sizes: 'any', type: 'image/svg+xml' },
      { src: '/icons/icon-192.png', sizes: '192x192', type: 'image/png' },
      { src: '/icons/icon-512.png', sizes: '512x512', type: 'image/png' },
      { src: '/icons/maskable-512.png', sizes: '512x512', type: 'image/png', purpose: 'maskable' },
    ],
  }
}
