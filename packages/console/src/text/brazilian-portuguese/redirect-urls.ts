import type { redirectUrls as english } from '../english/redirect-urls.js';

export const redirectUrls = {
  'redirectUrl.missing': 'É preciso pelo menos uma URL de retorno.',
  'redirectUrl.too-many': 'Um aplicativo tem no máximo {most} URLs de retorno.',
  'redirectUrl.of-machine': 'Um aplicativo de máquina não tem URLs de retorno: ninguém entra por meio dele.',
  'redirectUrl.too-long': '“{url}…” tem mais de {most} caracteres.',
  'redirectUrl.not-ascii':
    '“{url}” contém espaços, caracteres de controle ou caracteres não ASCII; codifique-os com % (percent-encoding).',
  'redirectUrl.wildcard': '“{url}” contém um curinga (*); registre cada URL separadamente.',
  'redirectUrl.backslash':
    '“{url}” contém uma barra invertida, que os navegadores interpretam de formas diferentes.',
  'redirectUrl.fragment': '“{url}” tem um fragmento (#…), atrás do qual uma resposta se perderia.',
  'redirectUrl.not-absolute':
    '“{url}” não é uma URL absoluta, como por exemplo https://app.example.com/callback.',
  'redirectUrl.credentials':
    '“{url}” contém um nome de usuário ou uma senha (…@), o que esconde para onde ela leva.',
  'redirectUrl.http': '“{url}” usa http, permitido apenas para localhost, 127.0.0.1 e [::1]; use https.',
  'redirectUrl.scheme': '“{url}” usa o esquema “{scheme}”; use https.',
  'redirectUrl.private-use-scheme':
    '“{url}” usa o esquema “{scheme}”; um esquema de uso privado precisa de um ponto, por exemplo com.example.app:/callback.',
  'redirectUrl.not-normal': '“{url}” não está na forma normal; escreva {normal}',
  'redirectUrl.answer-parameter':
    '“{url}” tem “{parameter}” na query, que a resposta usa; escolha outro nome.',
  'redirectUrl.own-host': '“{url}” leva a este próprio servidor; use o endereço do aplicativo.',
} satisfies Readonly<Record<keyof typeof english, string>>;
