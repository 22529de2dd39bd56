/** The applications: list, creation, and everything about one. */
export const applications = {
  'applications.title': 'Applications',
  'applications.lead': 'Programs that people here may connect to. Each has its own client ID.',
  'applications.create': 'New application',
  'applications.search': 'Search by name or client ID',
  'applications.name': 'Name',
  'applications.kind': 'Kind',
  'applications.anyKind': 'Any kind',
  'applications.kind.web': 'Web application',
  'applications.kind.spa': 'Browser or mobile app',
  'applications.kind.machine': 'Machine',
  'applications.connectedUsers': 'People connected',
  'applications.lastUsed': 'Last used',
  'applications.state': 'State',
  'applications.state.all': 'All',
  'applications.state.enabled': 'Enabled',
  'applications.state.disabled': 'Disabled',
  'applications.none': 'No applications yet',
  'applications.noneHelp':
    'Register the first one: it takes a name, a kind and the address that people come back to.',
  'applications.noneFound': 'Nothing found',
  'applications.noneFoundHelp': 'No application matches. Try another word, or another kind or state.',
} as const;
