import { benchEn } from '../bench/text/en'
import { canvasEn } from '../canvas/text/en'
import { cloudEn } from '../cloud/text/en'
import { dashboardEn } from '../dashboard/text/en'
import { folderEn } from '../folder/text/en'
import { libraryEn } from '../library/text/en'
import { maskEn } from '../mask/text/en'
import { modelsEn } from '../models/text/en'
import { panelEn } from '../panel/text/en'
import { reviewEn } from '../review/text/en'
import { sheetsEn } from '../sheets/text/en'
import { shellEn } from '../shell/text/en'
import { stripEn } from '../strip/text/en'
import { vectorsEn } from '../vectors/text/en'
import { webhooksEn } from '../webhooks/text/en'
import { errorsEn } from './errors/en'

/** What the page says; `{name}` is filled in. The other languages have the same keys. */
export const en = {
  ...benchEn,
  ...canvasEn,
  ...cloudEn,
  ...dashboardEn,
  ...errorsEn,
  ...folderEn,
  ...libraryEn,
  ...maskEn,
  ...modelsEn,
  ...panelEn,
  ...reviewEn,
  ...sheetsEn,
  ...shellEn,
  ...stripEn,
  ...vectorsEn,
  ...webhooksEn,
  add: 'Add',
  cancel: 'Cancel',
  chooseFiles: 'Choose files',
  chooseFolder: 'Choose a folder',
  clear: 'Clear',
  close: 'Close',
  copied: 'Copied',
  copyRefused: 'The browser did not allow copying. Save the picture instead.',
  cores: 'Processor cores',
  files: { one: '{count} file', other: '{count} files' },
  hideLayer: 'Hide “{layer}”',
  layers: 'Layers',
  memory: 'Memory',
  no: 'no',
  notFoundHelp: 'There is no page at this address.',
  notFoundTitle: 'Not found',
  pageFailed: 'The page could not be drawn',
  pageFailedHelp: 'Your files are untouched. Try again, or reload the page.',
  private: 'Private',
  progress: 'Progress',
  'reason_device-memory': 'The picture needs more memory than a page may use here.',
  'reason_device-preferred': 'Sending the pictures would save little time.',
  'reason_device-quick': 'This device is quick enough, so nothing needs to be sent.',
  'reason_no-wasm-simd': 'This browser is too old to run it.',
  reason_offline: 'There is no network.',
  'reason_private-mode': 'Private mode is on.',
  'reason_server-chosen': 'You chose the server.',
  'reason_server-home': '3D scans are heavy work, so the server does it. Turn on private mode to keep them here.',
  'reason_server-much-quicker': 'The server is much quicker for this much work.',
  'reason_server-unreachable': 'The server does not answer.',
  result: 'Result',
  showLayer: 'Show “{layer}”',
  speedOfReference: '{percent} of a server core',
  stop: 'Stop',
  storage: 'Storage',
  timeLeft: '{time} left',
  toWorkbench: 'To the workbench',
  tryAgain: 'Try again',
  undo: 'Undo',
  unknown: 'not told',
  yes: 'yes',
  zoomIn: 'Zoom in',
  zoomOut: 'Zoom out',
  loading: 'Loading…',
  quoted: '“{text}”',
} as const
