import type { Texts } from '../../spec/words/language.ts';

/** Reasons for which a message was not sent and a customer left. They follow "не отправлено:" and "выход:". */
export const texts: Texts = {
  'the frequency cap "{0}" was reached': 'достигнуто ограничение частоты «{0}»',
  'the hold-out "{0}" keeps the customer from marketing': 'клиент в контрольной группе «{0}» без рекламных рассылок',
  'no consent for {0}': 'нет согласия на {0}',
  'no valid address for {0}': 'нет верного адреса для {0}',
  '{0} happened before it left': 'до отправки произошло {0}',
  'the customer or the address was suppressed on {0}': 'клиент или адрес был в стоп-листе ({0})',
  'the customer was suppressed on {0} ({1})': 'клиент был в стоп-листе ({0}; {1})',
  'the address was suppressed on {0} ({1})': 'адрес был в стоп-листе ({0}; {1})',
  'the address of then was suppressed on {0} ({1})': 'тогдашний адрес был в стоп-листе ({0}; {1})',

  'we ended the connection': 'соединение закрыто нами',
  'the login was refused': 'логин и пароль не приняты',
  'no connection, or a broken one': 'нет связи, или она прервалась',
  'nobody listens at that address': 'по этому адресу никто не отвечает',
  'the other side broke the connection off': 'другая сторона оборвала связь',
  'the name of the server is not known': 'имя сервера неизвестно',
  'there is no way to the server': 'до сервера нет пути',
  'there is no way to the network': 'до сети нет пути',
  'the server does not speak SMTP as it should': 'сервер нарушает протокол SMTP',
  'the connection broke': 'связь прервалась',
  'no answer in time': 'нет ответа вовремя',
  'no encrypted connection could be made': 'не удалось установить шифрованное соединение',

  '{0} happened': 'произошло {0}',
};
