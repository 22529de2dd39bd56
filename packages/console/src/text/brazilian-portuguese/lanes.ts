import type { lanes as english } from '../english/lanes.js';

export const lanes = {
  'lanes.title': 'Cópias',
  'lanes.lead':
    'Cópias desta organização: a produção, e cópias de teste onde nada prejudica a produção. Usuários, concessões e segredos nunca passam de uma para outra.',
  'lanes.lane': 'Cópia',
  'lanes.name': 'Nome',
  'lanes.applications': 'Aplicativos',
  'lanes.current': 'Você está aqui',
  'lanes.production': 'Produção',
  'lanes.open': 'Abrir o console dela',
  'lanes.openOne': 'Abrir o console de {lane}',
  'lanes.compare': 'Comparar e copiar',
  'lanes.compareOne': 'Comparar com {lane} e copiar',
  'lanes.none': 'Só existe esta cópia',
  'lanes.new.title': 'Nova cópia',
  'lanes.new.help':
    'Um ambiente novo e vazio, com as configurações deste. Você vira administrador dele e escolhe uma senha lá.',
  'lanes.new.field': 'Nome da cópia',
  'lanes.new.fieldHelp': 'preview, ou um sandbox: sb01, sb02, …',
  'lanes.new.submit': 'Criar cópia',
  'lanes.new.done': 'A cópia {lane} foi criada.',
  'lanes.new.linkTitle': 'Sua entrada em {lane}',
  'lanes.new.linkHelp': 'Abra este link para escolher sua senha lá. Funciona uma vez e só aparece agora.',
  'lanes.new.link': 'Link para definir sua senha',

  'lanes.back': 'Todas as cópias',
  'lanes.comparison.title': 'Comparar com {lane}',
  'lanes.comparison.lead':
    'Os aplicativos daqui ao lado dos de {lane}. Escolha o que copiar para lá. Segredos e chaves nunca são copiados.',
  'lanes.comparison.application': 'Aplicativo',
  'lanes.comparison.choose': 'Escolher {name}',
  'lanes.comparison.state': 'Em {lane}',
  'lanes.state.missing': 'Não existe',
  'lanes.state.same': 'Igual',
  'lanes.state.different': 'Diferente',
  'lanes.differences': 'Diferenças',
  'lanes.differencesShow': '{count, plural, one {Mostrar # diferença} other {Mostrar # diferenças}}',
  'lanes.differencesOf': 'Diferenças de {name}',
  'lanes.field': 'Campo',
  'lanes.here': 'Aqui',
  'lanes.there': 'Em {lane}',
  'lanes.nothingToCopy': 'Não há aplicativos aqui para copiar.',
  'lanes.chooseAll': 'Escolher todos os que faltam ou diferem',
  'lanes.chosen':
    '{count, plural, =0 {Nada escolhido} one {# aplicativo escolhido} other {# aplicativos escolhidos}}',
  'lanes.copy': 'Copiar para {lane}',
  'lanes.copyTitle': 'Copiar para {lane}?',
  'lanes.copyCreates':
    '{count, plural, one {# aplicativo é criado} other {# aplicativos são criados}} em {lane}, com um segredo novo.',
  'lanes.copyUpdates':
    '{count, plural, one {# aplicativo é substituído} other {# aplicativos são substituídos}} em {lane} pelo que está aqui.',
  'lanes.copyDone':
    '{count, plural, one {# aplicativo foi copiado} other {# aplicativos foram copiados}} para {lane}.',
  'lanes.copied.title': 'Copiado para {lane}',
  'lanes.copied.secrets':
    'Aplicativos novos têm segredos novos. Eles só aparecem agora: guarde-os antes de continuar.',
  'lanes.action.created': 'Criado',
  'lanes.action.updated': 'Substituído',
  'lanes.action.unchanged': 'Já era igual',
  'lanes.secretOf': 'Client secret de {name}',
  'lanes.clientIdOf': 'Client ID de {name}',
  'lanes.stored': 'Já os guardei',
} as const satisfies Readonly<Record<keyof typeof english, string>>;
