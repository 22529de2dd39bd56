import type { applicationConnect as english } from '../english/application-connect.js';

export const applicationConnect = {
  'create.lead': 'Três perguntas curtas. Todo o resto começa com um valor sensato e pode ser mudado depois.',
  'create.step.kind': 'Tipo',
  'create.step.name': 'Nome',
  'create.step.urls': 'URLs de retorno',
  'create.kindQuestion': 'Que tipo de aplicativo é?',
  'create.kind.web.bestFor': 'Ideal para aplicativos com servidor próprio, que conseguem guardar um segredo.',
  'create.kind.web.examples':
    'Por exemplo, uma ferramenta de planejamento, um serviço de relatórios, uma plataforma de integração.',
  'create.kind.spa.bestFor':
    'Ideal para código que roda no dispositivo da pessoa: não tem segredo, usa PKCE.',
  'create.kind.spa.examples':
    'Por exemplo, um aplicativo de página única, um app de celular, um programa de computador.',
  'create.kind.machine.bestFor':
    'Ideal para programas que rodam sem ninguém à frente e assinam com uma chave.',
  'create.kind.machine.examples':
    'Por exemplo, uma importação noturna, um script que usa a API, um servidor de build.',
  'create.nameQuestion': 'Como ele se chama?',
  'create.nameHelp': 'As pessoas leem este nome quando o acesso é pedido.',
  'create.urlsQuestion': 'Para onde as pessoas voltam?',
  'create.submit': 'Criar o aplicativo',
  'create.done': '{name} foi criado.',

  'application.nameMissing': 'Dê um nome a ele.',
  'application.connectedUsers':
    '{count, plural, =0 {ninguém conectado} one {# pessoa conectada} other {# pessoas conectadas}}',
  'application.lastUsed': 'último uso: {when}',
  'application.clientId': 'Client ID',
  'application.redirectUrls': 'URLs de retorno',
  'application.redirectUrl': 'URL de retorno {number}',
  'application.redirectUrlsHelp':
    'Comparadas letra por letra com o que o aplicativo envia. https, ou http na sua própria máquina (localhost, 127.0.0.1).',
  'application.addRedirectUrl': 'Adicionar outra',
  'application.removeRedirectUrl': 'Remover {url}',
  'application.redirectUrlFine': 'Esta serve.',
  'application.tab.connect': 'Conectar',
  'application.tab.try': 'Experimentar',
  'application.tab.settings': 'Configurações',
  'application.tab.secrets': 'Secrets',
  'application.tab.keys': 'Chaves e secrets',
  'application.tab.people': 'Pessoas',

  'connect.values': 'O que o aplicativo precisa saber',
  'connect.origin': 'Origem da organização',
  'connect.snippets': 'Pronto para colar',
  'connect.leadWithSecret': 'O client secret está nestes trechos enquanto for mostrado acima.',
  'connect.leadWithoutSecret': 'Coloque seu client secret onde está YOUR_CLIENT_SECRET.',
  'connect.leadPublic': 'Este aplicativo não tem segredo: o PKCE prova que o código volta para quem pediu.',
  'connect.noRedirectUrl':
    'Este aplicativo ainda não tem URL de retorno, então ninguém consegue se conectar a ele.',
  'connect.addRedirectUrl': 'Adicione uma nas configurações',
  'connect.whichUrl': 'URL de retorno',
  'snippet.link': 'Link de autorização',
  'snippet.linkHelp':
    'Envie as pessoas para cá. Coloque em state um valor aleatório seu e compare-o quando elas voltarem.',
  'snippet.linkSpaHelp':
    'Envie as pessoas para cá. O code challenge é novo para cada uma: BASE64URL(SHA256(code verifier)), veja a RFC 7636.',
  'snippet.html': 'Botão HTML',
  'snippet.htmlHelp': 'Para uma página do seu aplicativo.',
  'snippet.curlDialect': 'curl',
  'snippet.curlHelp': 'Troque o código em até dois minutos. THE_CODE é o que voltou no endereço.',
  'snippet.curlStandard': 'curl, padrão',
  'snippet.refresh': 'Renovação',
  'snippet.refreshHelp': 'Toda resposta traz um refresh token: guarde o mais recente.',
  'snippet.node': 'Node.js',
  'snippet.nodeHelp':
    'Um programa inteiro com @fluxo/client. Funciona com qualquer URL de retorno: você cola o endereço.',
  'snippet.python': 'Python',
  'snippet.pythonHelp': 'Um programa inteiro, só com a biblioteca padrão do Python.',
  'snippet.machineNode': 'Node.js',
  'snippet.machineNodeHelp':
    'Um programa inteiro: assina com sua chave privada e lê projetos. Age por quem registrou a chave; sub abaixo é você.',
  'snippet.machineCurl': 'curl',
  'snippet.machineCurlHelp': 'Troque por uma sessão um JWT assinado com sua chave.',

  'try.disabled': 'Este aplicativo está desativado: ative-o nas configurações e então experimente.',
  'try.linkTitle': '1. O link',
  'try.lead':
    'Uma autorização real em seu nome, passo a passo. Depois você estará conectado; desconecte em Pessoas.',
  'try.family': 'Endpoints',
  'try.dialect': 'Dialeto',
  'try.standard': 'Padrão',
  'try.begin': 'Criar um link',
  'try.open': 'Abrir o link',
  'try.again': 'Começar de novo',
  'try.openHelp':
    'Lá, permita o acesso. Você chega então a {host}; não importa se algo responde. Copie o endereço da barra de endereços.',
  'try.pasteTitle': '2. O endereço que voltou',
  'try.pasteHelp': 'O console não o vê: ele pertence ao seu aplicativo. O código nele vale por dois minutos.',
  'try.pasted': 'O endereço inteiro',
  'try.not-a-url': 'Isso não é um endereço. Copie-o inteiro, a partir de https:// ou http://.',
  'try.other-url': 'Essa não é a URL de retorno desta tentativa.',
  'try.other-state':
    'O state é outro: este endereço pertence a outra tentativa. Um aplicativo deve recusá-lo.',
  'try.no-code': 'Não há código neste endereço.',
  'try.refused': 'O acesso não foi dado: {error}. {description}',
  'try.exchangeTitle': '3. A troca',
  'try.exchangeHelp': 'O código é trocado por uma sessão e um refresh token.',
  'try.secret': 'Client secret',
  'try.secretHelp': 'Usado só nesta requisição, e não guardado em lugar nenhum.',
  'try.showSecret': 'Mostrar o secret',
  'try.exchange': 'Trocar o código',
  'try.callTitle': '4. Uma primeira chamada',
  'try.callHelp': 'Com a sessão como sessionID, como seu aplicativo faria.',
  'try.call': 'Buscar projetos',
  'try.request': 'Requisição',
  'try.answer': 'Resposta',
  'try.answered': 'Respondido: {status}',
  'try.answeredNo': 'Recusado: {status}',
} as const satisfies Readonly<Record<keyof typeof english, string>>;
