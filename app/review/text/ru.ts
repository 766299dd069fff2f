import type { Translated } from '../../text/dictionary'
import type { reviewEn } from './en'

export const reviewRu: Translated<typeof reviewEn> = {
  review: 'Проверка найденного',
  reviewQuad: '{title} {number}, уверенность {score}',
  reviewGivenQuad: '{title} {number}, отмечено вручную',
  reviewFreeQuad: '{title} {number}, уверенность {score}, в зоне исключения',
  reviewResidual: 'Ещё видно, уверенность {score}: щёлкните, чтобы закрыть и это',
  reviewZone: 'Зона исключения {number}',
  reviewCorner: 'Угол {number}',
  reviewKeys: 'Стрелки двигают (Shift: 10 px), , и . поворачивают, Delete удаляет, Tab переходит к углам.',
  reviewAdd: 'Отметить вручную',
  reviewAddZone: 'Нарисовать зону исключения',
  reviewTurnLeft: 'Повернуть влево на 1°',
  reviewTurnRight: 'Повернуть вправо на 1°',
  reviewDelete: 'Убрать выбранное',
  reviewUndo: 'Отменить на этом снимке',
  reviewRedo: 'Вернуть на этом снимке',
  reviewZonesToAll: 'Эти зоны — на всех снимках',
  reviewZonesUsed: 'Зоны теперь действуют на всех снимках',
  reviewReset: 'Вернуть найденное',
  reviewDrawHint: 'Обведите номер. Escape — закончить.',
  reviewDrawZoneHint: 'Обведите то, что не трогать. Escape — закончить.',
  reviewResiduals: 'Ещё видно в результате: {count}',
  reviewAgain: 'Закрыть заново',
}
