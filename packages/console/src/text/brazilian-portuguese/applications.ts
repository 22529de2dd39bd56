import type { applications as english } from '../english/applications.js';

export const applications = {
  'applications.title': 'Aplicativos',
  'applications.lead':
    'Programas aos quais as pessoas daqui podem se conectar. Cada um tem seu próprio client ID.',
  'applications.create': 'Novo aplicativo',
  'applications.search': 'Buscar por nome ou client ID',
  'applications.name': 'Nome',
  'applications.kind': 'Tipo',
  'applications.anyKind': 'Qualquer tipo',
  'applications.kind.web': 'Aplicativo web',
  'applications.kind.spa': 'App de navegador ou celular',
  'applications.kind.machine': 'Máquina',
  'applications.connectedUsers': 'Pessoas conectadas',
  'applications.lastUsed': 'Último uso',
  'applications.state': 'Situação',
  'applications.state.all': 'Todos',
  'applications.state.enabled': 'Ativos',
  'applications.state.disabled': 'Desativados',
  'applications.none': 'Ainda não há aplicativos',
  'applications.noneHelp':
    'Registre o primeiro: basta um nome, um tipo e o endereço para onde as pessoas voltam.',
  'applications.noneFound': 'Nada encontrado',
  'applications.noneFoundHelp':
    'Nenhum aplicativo corresponde. Tente outra palavra, ou outro tipo ou situação.',
} as const satisfies Readonly<Record<keyof typeof english, string>>;
