import type { applicationParts as english } from '../english/application-parts.js';

export const applicationParts = {
  'secret.title': 'Client secret',
  'secret.help':
    'Esta é a única vez em que ele é mostrado: o Fluxo guarda apenas um resumo criptográfico. Salve-o onde seu aplicativo o lê.',
  'secret.stored': 'Já salvei',

  'secrets.title': 'Client secrets',
  'secrets.lead':
    'Todos funcionam. Para trocar um: adicione outro, passe o aplicativo para ele, veja que o antigo não é mais usado e exclua-o.',
  'secrets.secret': 'Termina em',
  'secrets.note': 'Nota',
  'secrets.noteHelp': 'Onde este será usado, por exemplo “produção”.',
  'secrets.add': 'Adicionar um secret',
  'secrets.created': 'Criado',
  'secrets.deleted': 'Excluído',
  'secrets.none': 'Nenhum secret. Sem um, o aplicativo não consegue provar quem é.',
  'secrets.deleteOne': 'Excluir o secret que termina em {characters}',
  'secrets.deleteTitle': 'Excluir este secret?',
  'secrets.deleteHelp':
    'Quem ainda envia o secret que termina em {characters} é recusado na hora. As pessoas continuam conectadas; um secret não pode ser recuperado.',
  'secrets.deletedDone': 'O secret foi excluído.',

  'keys.title': 'Chaves',
  'keys.lead': 'A máquina assina com a metade privada; o Fluxo tem apenas a pública.',
  'keys.none': 'Ainda não há chave. Adicione uma, e a máquina poderá obter sua primeira sessão.',
  'keys.key': 'Chave',
  'keys.unnamed': 'Chave',
  'keys.actsFor': 'Age por',
  'keys.add': 'Adicionar uma chave',
  'keys.added': 'A chave foi adicionada.',
  'keys.generate': 'Gerar um par',
  'keys.paste': 'Colar uma chave pública',
  'keys.publicKey': 'Chave pública',
  'keys.publicKeyHelp': 'PEM, um certificado ou um JWK. Nunca a privada.',
  'keys.missing': 'Cole a chave pública.',
  'keys.algorithm': 'Algoritmo',
  'keys.actsForYou':
    'O que assinar com esta chave age por você, com os seus direitos, enquanto sua conta estiver ativa.',
  'keys.privateKey': 'Chave privada',
  'keys.privateKeyHelp':
    'Esta é a única vez em que ela é mostrada; o Fluxo não a guardou. Entregue-a à máquina, e a mais ninguém.',
  'keys.deleteOne': 'Excluir a chave {fingerprint}…',
  'keys.deleteTitle': 'Excluir esta chave?',
  'keys.deleteHelp':
    'O que ela assina é recusado na hora. As sessões que ela obteve terminam sozinhas em horas; para encerrá-las já, desconecte todos.',
  'keys.deletedDone': 'A chave foi excluída.',

  'people.title': 'Pessoas conectadas',
  'people.lead':
    'Quem permitiu que este aplicativo agisse em seu nome. Cada pessoa também pode encerrar isso na página da própria conta.',
  'people.none': 'Ninguém está conectado.',
  'people.person': 'Pessoa',
  'people.since': 'Desde',
  'people.disconnect': 'Desconectar',
  'people.disconnectOne': 'Desconectar {person}',
  'people.disconnectTitle': 'Desconectar {person}?',
  'people.disconnectHelp': '{name} deixa de agir por {person} na hora. A pessoa pode se conectar de novo.',
  'people.disconnected': '{person} foi desconectada.',
  'people.disconnectAll': 'Desconectar todos',
  'people.disconnectAllTitle': 'Desconectar todos?',
  'people.disconnectAllHelp':
    '{name} perde na hora o acesso que {count, plural, one {# pessoa deu} other {# pessoas deram}}. Elas podem se conectar de novo.',
  'people.disconnectedAll': '{count, plural, one {# pessoa desconectada} other {# pessoas desconectadas}}.',
} as const satisfies Readonly<Record<keyof typeof english, string>>;
