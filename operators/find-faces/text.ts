import type { SpecText } from '../../core/text'

export const text: SpecText = {
  ru: {
    title: 'Поиск лиц',
    summary: 'Находит лица на снимке и вырезает каждое прямо, как его ждут нейросети.',
    labels: {
      'An astronaut': 'Астронавт',
      image: 'Снимок',
      'A picture with any number of people': 'Изображение с любым числом людей',
      face: 'Лицо',
      Faces: 'Лица',
      faces_found: 'Найдено лиц',
      model: 'Модель',
      score: 'Уверенность',
      Width: 'Ширина',
      Height: 'Высота',
      crop: 'Файл',
    },
    params: {
      threshold: {
        title: 'Наименьшая уверенность',
        help: 'Насколько уверен должен быть поиск; ниже — больше лиц и больше ложных находок.',
      },
      detail: {
        title: 'Подробность',
        help: 'Сколько раз снимок делится мельче ради маленьких лиц. 0 находит лица от 1/20 ширины; каждый шаг вдвое мельче и вчетверо дольше.',
      },
      max_faces: { title: 'Не больше лиц', help: 'Сколько самых уверенных находок вернуть.' },
      margin: {
        title: 'Поля',
        help: 'Место с каждой стороны выровненного лица, в долях его стороны; 0 — как ждут нейросети.',
      },
    },
  },
  zh: {
    title: '人脸查找',
    summary: '在照片中找到所有人脸，并按网络所需的姿态逐一裁出。',
    labels: {
      'An astronaut': '宇航员',
      image: '照片',
      'A picture with any number of people': '含有任意人数的图片',
      face: '人脸',
      Faces: '人脸',
      faces_found: '找到的人脸',
      model: '模型',
      score: '可信度',
      Width: '宽',
      Height: '高',
      crop: '文件',
    },
    params: {
      threshold: { title: '最低可信度', help: '查找需要多大把握；越低找到越多，误报也越多。' },
      detail: {
        title: '精细程度',
        help: '为找小脸把照片再细分几次。0 能找到宽度 1/20 以上的人脸；每加一级尺寸减半，耗时四倍。',
      },
      max_faces: { title: '最多人脸', help: '返回多少个最可信的人脸。' },
      margin: { title: '留白', help: '对齐后的人脸每侧留出的空间，占边长的比例；0 即网络所需。' },
    },
  },
}
