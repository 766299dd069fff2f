import type { Translated } from '../../text/dictionary'
import type { cloudEn } from './en'

export const cloudRu: Translated<typeof cloudEn> = {
  curveTitle: 'Невязка на каждом шаге уточнения',
  moveModel: 'Поза на этапе',
  noWebgl: 'Этот браузер не может показать 3D (нет WebGL). Здесь изображение, которое сделал запуск.',
  noWebglYet: 'Этот браузер не может показать 3D (нет WebGL). После запуска здесь появится изображение результата.',
  notCloud: '{name} не читается как облако точек. Выберите файл PLY.',
  pointSize: 'Размер точек',
  points: { one: '{count} точка', few: '{count} точки', many: '{count} точек', other: '{count} точки' },
  pointsShown: '{shown} из {total} точек',
  poseNumber: 'Поза {number}',
  poses: 'Позы',
  poseScore: 'видно {score}, невязка {residual}',
  poseShown: 'Модель показана в позе {number} из {count}.',
  readingPoints: 'Чтение точек…',
  solidHelp:
    'Тяните, чтобы повернуть; правой кнопкой или двумя пальцами — сдвинуть; колесо или щипок — масштаб. Клавиши: стрелки поворачивают, Shift и стрелки сдвигают, плюс и минус меняют масштаб, 0 вписывает.',
  solidView: '3D-вид {name}, точек: {points}.',
  stage_clustered: 'Группировка',
  stage_refined: 'Уточнение',
  stage_verified: 'Проверка',
  stage_voted: 'Голосование',
  votesTitle: 'Голоса сильнейших групп',
  whyThisPose: 'Почему эта поза',
  zoomFitSolid: 'Вписать сцену',
}
