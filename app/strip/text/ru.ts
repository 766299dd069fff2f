import type { Translated } from '../../text/dictionary'
import type { stripEn } from './en'

export const stripRu: Translated<typeof stripEn> = {
  addFiles: 'Добавить файлы',
  allAsCsv: 'Всё в CSV',
  allAsZip: 'Всё в ZIP',
  batch: 'Пакет',
  filesDone: { one: '{count} готов', few: '{count} готовы', many: '{count} готовы', other: '{count} готовы' },
  filesFailed: {
    one: '{count} не готов',
    few: '{count} не готовы',
    many: '{count} не готовы',
    other: '{count} не готовы',
  },
  removeFile: 'Убрать {name}',
  retryFailed: 'Повторить неготовые',
  retryFile: 'Повторить {name}',
  state_done: 'готов',
  state_failed: 'ошибка',
  state_ready: 'ждёт запуска',
  state_running: 'выполняется',
  state_stopped: 'остановлен',
  stopFile: 'Остановить {name}',
}
