/** Common first names and surnames, for invented people; surnames that end in -v, -n or -y have a feminine form. */
export const RUSSIAN = {
  f: [
    'Анна',
    'Мария',
    'Елена',
    'Ольга',
    'Наталья',
    'Екатерина',
    'Татьяна',
    'Ирина',
    'Светлана',
    'Юлия',
    'Алёна',
    'Дарья',
    'Ксения',
    'Полина',
    'Вера',
    'Людмила',
    'Алина',
    'Виктория',
  ],
  m: [
    'Александр',
    'Дмитрий',
    'Сергей',
    'Андрей',
    'Алексей',
    'Максим',
    'Иван',
    'Михаил',
    'Артём',
    'Николай',
    'Павел',
    'Роман',
    'Пётр',
    'Егор',
    'Кирилл',
    'Олег',
    'Фёдор',
    'Илья',
  ],
  surnames: [
    'Иванов',
    'Смирнов',
    'Кузнецов',
    'Попов',
    'Васильев',
    'Петров',
    'Соколов',
    'Михайлов',
    'Новиков',
    'Фёдоров',
    'Морозов',
    'Волков',
    'Алексеев',
    'Лебедев',
    'Семёнов',
    'Егоров',
    'Павлов',
    'Козлов',
    'Степанов',
    'Николаев',
    'Орлов',
    'Андреев',
    'Макаров',
    'Никитин',
    'Захаров',
    'Зайцев',
    'Соловьёв',
    'Борисов',
    'Яковлев',
    'Ковалёв',
  ],
} as const;

export const ENGLISH = {
  f: ['Emma', 'Olivia', 'Sophie', 'Laura', 'Hannah', 'Julia', 'Alice', 'Grace', 'Nina', 'Clara'],
  m: ['James', 'Thomas', 'Daniel', 'Lukas', 'David', 'Oliver', 'Max', 'Peter', 'Simon', 'Adam'],
  surnames: [
    'Smith',
    'Taylor',
    'Brown',
    'Wilson',
    'Clark',
    'Walker',
    'Hill',
    'Green',
    'Baker',
    'Cooper',
    'Fischer',
    'Weber',
    'Keller',
    'Hughes',
    'Young',
  ],
} as const;

const LATIN: Record<string, string> = Object.fromEntries(
  'а-a б-b в-v г-g д-d е-e ё-e ж-zh з-z и-i й-y к-k л-l м-m н-n о-o п-p р-r с-s т-t у-u ф-f х-kh ц-ts ч-ch ш-sh щ-sch ъ- ы-y ь- э-e ю-yu я-ya'
    .split(' ')
    .map((pair) => pair.split('-')),
);

/** Converts a text to lower-case Latin letters. */
export function latin(text: string): string {
  return Array.from(text.toLowerCase(), (letter) => LATIN[letter] ?? letter).join('');
}

export interface Place {
  city: string;
  zone: string;
  /** The time zone's offset, hours before UTC, in winter. */
  ahead: number;
}

/** The cities, each with its share of the customers. */
export const RUSSIAN_CITIES: readonly (readonly [Place, number])[] = [
  [{ city: 'Калининград', zone: 'Europe/Kaliningrad', ahead: 2 }, 3],
  [{ city: 'Москва', zone: 'Europe/Moscow', ahead: 3 }, 34],
  [{ city: 'Санкт-Петербург', zone: 'Europe/Moscow', ahead: 3 }, 15],
  [{ city: 'Казань', zone: 'Europe/Moscow', ahead: 3 }, 6],
  [{ city: 'Самара', zone: 'Europe/Samara', ahead: 4 }, 5],
  [{ city: 'Екатеринбург', zone: 'Asia/Yekaterinburg', ahead: 5 }, 9],
  [{ city: 'Алматы', zone: 'Asia/Almaty', ahead: 5 }, 4],
  [{ city: 'Омск', zone: 'Asia/Omsk', ahead: 6 }, 3],
  [{ city: 'Новосибирск', zone: 'Asia/Novosibirsk', ahead: 7 }, 7],
  [{ city: 'Красноярск', zone: 'Asia/Krasnoyarsk', ahead: 7 }, 4],
  [{ city: 'Иркутск', zone: 'Asia/Irkutsk', ahead: 8 }, 3],
  [{ city: 'Якутск', zone: 'Asia/Yakutsk', ahead: 9 }, 1],
  [{ city: 'Владивосток', zone: 'Asia/Vladivostok', ahead: 10 }, 3],
];

export const OTHER_CITIES: readonly (readonly [Place, number])[] = [
  [{ city: 'Moscow', zone: 'Europe/Moscow', ahead: 3 }, 4],
  [{ city: 'Almaty', zone: 'Asia/Almaty', ahead: 5 }, 3],
  [{ city: 'Berlin', zone: 'Europe/Berlin', ahead: 1 }, 4],
  [{ city: 'London', zone: 'Europe/London', ahead: 0 }, 4],
];

export type Category = 'clothes' | 'gadgets' | 'kids' | 'care';

/** The goods: name and price in roubles. */
export const GOODS: Record<Category, readonly (readonly [string, number])[]> = {
  clothes: [
    ['Платье льняное', 3490],
    ['Джинсы прямые', 2990],
    ['Свитер', 2790],
    ['Футболка', 890],
    ['Куртка', 6490],
    ['Рубашка', 1990],
    ['Кеды', 3290],
    ['Шарф', 1190],
  ],
  gadgets: [
    ['Наушники', 4990],
    ['Умные часы', 8990],
    ['Зарядка', 1290],
    ['Колонка', 3990],
    ['Чехол', 690],
    ['Клавиатура', 2490],
    ['Лампа', 1790],
  ],
  kids: [
    ['Комбинезон', 3190],
    ['Конструктор', 2290],
    ['Платье детское', 1490],
    ['Пижама', 990],
    ['Самокат', 4590],
    ['Книга с окошками', 590],
    ['Пазл', 450],
  ],
  care: [
    ['Крем для рук', 390],
    ['Шампунь', 490],
    ['Сыворотка', 1590],
    ['Бальзам', 450],
    ['Маска для лица', 290],
    ['Набор для ванны', 1290],
  ],
};

/** The days after which a used-up product is usually bought again. */
export const REFILLS: Readonly<Record<string, number>> = {
  'Крем для рук': 45,
  Шампунь: 30,
  Сыворотка: 60,
  Бальзам: 30,
  'Маска для лица': 30,
};

/** The sum from which delivery is free, in roubles. */
export const FREE_DELIVERY_FROM = 2500;
