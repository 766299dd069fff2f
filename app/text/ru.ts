import { benchRu } from '../bench/text/ru'
import { canvasRu } from '../canvas/text/ru'
import { cloudRu } from '../cloud/text/ru'
import { dashboardRu } from '../dashboard/text/ru'
import { folderRu } from '../folder/text/ru'
import { libraryRu } from '../library/text/ru'
import { maskRu } from '../mask/text/ru'
import { modelsRu } from '../models/text/ru'
import { panelRu } from '../panel/text/ru'
import { reviewRu } from '../review/text/ru'
import { sheetsRu } from '../sheets/text/ru'
import { shellRu } from '../shell/text/ru'
import { stripRu } from '../strip/text/ru'
import { vectorsRu } from '../vectors/text/ru'
import { webhooksRu } from '../webhooks/text/ru'
import type { Dictionary } from './dictionary'
import { errorsRu } from './errors/ru'

export const ru: Dictionary = {
  ...benchRu,
  ...canvasRu,
  ...cloudRu,
  ...dashboardRu,
  ...errorsRu,
  ...folderRu,
  ...libraryRu,
  ...maskRu,
  ...modelsRu,
  ...panelRu,
  ...reviewRu,
  ...sheetsRu,
  ...shellRu,
  ...stripRu,
  ...vectorsRu,
  ...webhooksRu,
  add: 'Добавить',
  cancel: 'Отмена',
  chooseFiles: 'Выбрать файлы',
  chooseFolder: 'Выбрать папку',
  clear: 'Очистить',
  close: 'Закрыть',
  copied: 'Скопировано',
  copyRefused: 'Браузер не разрешил копирование. Сохраните снимок.',
  cores: 'Ядра процессора',
  files: { one: '{count} файл', few: '{count} файла', many: '{count} файлов', other: '{count} файла' },
  hideLayer: 'Скрыть «{layer}»',
  layers: 'Слои',
  memory: 'Память',
  no: 'нет',
  notFoundHelp: 'По этому адресу страницы нет.',
  notFoundTitle: 'Не найдено',
  pageFailed: 'Не удалось показать страницу',
  pageFailedHelp: 'Ваши файлы не тронуты. Повторите или перезагрузите страницу.',
  private: 'Приватно',
  progress: 'Ход выполнения',
  'reason_device-memory': 'Снимку нужно больше памяти, чем доступно странице.',
  'reason_device-preferred': 'Отправка снимков сберегла бы мало времени.',
  'reason_device-quick': 'Это устройство достаточно быстрое, отправлять ничего не нужно.',
  'reason_no-wasm-simd': 'Этот браузер слишком стар для этого.',
  reason_offline: 'Сети нет.',
  'reason_private-mode': 'Включён приватный режим.',
  'reason_server-chosen': 'Вы выбрали сервер.',
  'reason_server-home':
    '3D-сканы — тяжёлая работа, её выполняет сервер. Включите приватный режим, чтобы они остались здесь.',
  'reason_server-much-quicker': 'Для такого объёма сервер намного быстрее.',
  'reason_server-unreachable': 'Сервер не отвечает.',
  result: 'Результат',
  showLayer: 'Показать «{layer}»',
  speedOfReference: '{percent} от ядра сервера',
  stop: 'Стоп',
  storage: 'Хранилище',
  timeLeft: 'осталось {time}',
  toWorkbench: 'К рабочему столу',
  tryAgain: 'Повторить',
  undo: 'Вернуть',
  unknown: 'не сообщается',
  yes: 'да',
  zoomIn: 'Крупнее',
  zoomOut: 'Мельче',
  loading: 'Загрузка…',
  quoted: '«{text}»',
}
