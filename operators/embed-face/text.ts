import type { SpecText } from '../../core/text'

export const text: SpecText = {
  ru: {
    title: 'Вектор лица',
    summary: 'Превращает вырезанное лицо в числа, по которым лица можно сравнивать.',
    labels: {
      'The face of an astronaut': 'Лицо астронавта',
      file: 'Лицо',
      'A picture of one face, cropped': 'Изображение одного лица, вырезанное',
      Face: 'Лицо',
      embedding_dim: 'Чисел',
      model: 'Модель',
      input_size: 'Размер на входе',
      model_contract: 'Сравнимо с',
      face_found: 'Лицо найдено',
      score: 'Уверенность',
      Width: 'Ширина',
      Height: 'Высота',
      Age: 'Возраст',
      Gender: 'Пол',
      Male: 'Мужской',
      Female: 'Женский',
      Head: 'Голова',
      'No face seems to be in the picture: the vector says little about a person':
        'На изображении, похоже, нет лица: вектор мало что скажет о человеке',
      'More than one face is in the picture: the vector is of the surest':
        'На изображении больше одного лица: вектор построен по самому уверенному',
    },
    params: {
      include_attributes: { title: 'Возраст, пол, поворот', help: 'Оценить и их: втрое больше работы.' },
      normalize: {
        title: 'Единичная длина',
        help: 'Привести числа к длине 1 (L2), чтобы скалярное произведение было косинусом.',
      },
      alignment: {
        title: 'Выравнивание',
        help: 'landmarks ставит глаза, нос и рот туда, где их ждёт модель; none лишь масштабирует, для уже выровненных.',
      },
      model: { title: 'Модель', help: 'Векторы разных моделей сравнивать нельзя.' },
    },
  },
  zh: {
    title: '人脸向量',
    summary: '把裁好的人脸变成可供比较的一组数字。',
    labels: {
      'The face of an astronaut': '宇航员的脸',
      file: '人脸',
      'A picture of one face, cropped': '裁好的单张人脸图片',
      Face: '人脸',
      embedding_dim: '数字个数',
      model: '模型',
      input_size: '输入尺寸',
      model_contract: '可比较的范围',
      face_found: '找到人脸',
      score: '可信度',
      Width: '宽',
      Height: '高',
      Age: '年龄',
      Gender: '性别',
      Male: '男',
      Female: '女',
      Head: '头部',
      'No face seems to be in the picture: the vector says little about a person':
        '图片中似乎没有人脸：该向量几乎不能说明是谁',
      'More than one face is in the picture: the vector is of the surest': '图片中不止一张人脸：向量取自最可信的一张',
    },
    params: {
      include_attributes: { title: '年龄、性别、姿态', help: '一并估计，工作量约三倍。' },
      normalize: { title: '单位长度', help: '把数字缩放到长度 1（L2），点积即为余弦。' },
      alignment: {
        title: '对齐',
        help: 'landmarks 把眼、鼻、嘴移到模型期望的位置；none 只做缩放，适合已对齐的图片。',
      },
      model: { title: '模型', help: '不同模型的向量不能比较。' },
    },
  },
}
