import type { identityProviders as english } from '../english/identity-providers.js';

export const identityProviders = {
  'providers.title': 'Provedores de identidade',
  'providers.lead':
    'Deixe as pessoas entrarem por onde a empresa delas entra: Entra ID, Okta, Google, Keycloak e outros.',
  'providers.create': 'Novo provedor de identidade',
  'providers.name': 'Nome',
  'providers.kind': 'Tipo',
  'providers.kind.oidc': 'OpenID Connect',
  'providers.kind.saml': 'SAML 2.0',
  'providers.domains': 'Domínios de e-mail',
  'providers.lastUsed': 'Último uso',
  'providers.state': 'Situação',
  'providers.none': 'Ainda não há provedores de identidade',
  'providers.noneHelp':
    'As pessoas entram com nome de usuário e senha. Configure o primeiro provedor para mudar isso.',
  'providers.rule': 'Quem entra por lá',
  'providers.ruleLead': 'A regra para todos aqui, qualquer que seja o provedor de identidade.',
  'providers.back': 'Todos os provedores de identidade',

  'providers.new.title': 'Novo provedor de identidade',
  'providers.new.lead': 'Comece com o que você sabe. Você termina na próxima página, passo a passo.',
  'providers.new.kind': 'Como ele é consultado?',
  'providers.new.oidcHelp': 'O caminho mais curto, onde o provedor da empresa o oferece.',
  'providers.new.samlHelp': 'Onde o provedor só conhece SAML.',
  'providers.new.submit': 'Criar e continuar',
  'providers.new.done': '{name}: provedor criado. Fica desligado até você ativá-lo.',
  'providers.nameHelp': 'O que o botão diz: Continuar com …',

  'providers.steps.register': '1. Registre o Fluxo no provedor',
  'providers.steps.registerOidc':
    'Registre lá um aplicativo web (um cliente confidencial), com a URL de callback como única URI de redirecionamento. O outro endereço é para quem também sai por lá.',
  'providers.steps.registerSaml':
    'Entregue isto ao provedor. Ele precisa assinar a asserção ou a resposta com SHA-256 ou melhor, e não criptografar. As saídas chegam à URL de SLO, por redirecionamento.',
  'providers.address.callback_url': 'URL de callback (URI de redirecionamento)',
  'providers.address.post_logout_redirect_url': 'Endereço depois de sair (post-logout redirect URI)',
  'providers.address.acs_url': 'URL do ACS (URL de resposta)',
  'providers.address.slo_url': 'URL de SLO (URL de logout)',
  'providers.address.metadata_url': 'Metadados',
  'providers.address.service_provider_entity_id': 'Entity ID (audience)',
  'providers.steps.settings': '2. Diga o que é o provedor',
  'providers.steps.settingsLead': 'O que o provedor mostra depois que você registrou o Fluxo lá.',
  'providers.steps.people': '3. Diga quem é quem',
  'providers.steps.peopleLead':
    'Nomes vazios valem pelo que é comum. O teste abaixo mostra o que vem de verdade.',
  'providers.steps.test': '4. Experimente',
  'providers.steps.testLead': 'Entre por lá e veja tudo o que vem. Ninguém entra aqui com isso.',
  'providers.steps.enable': '5. Ligue',

  'providers.issuer': 'Issuer',
  'providers.issuerHelp':
    'Exatamente como o provedor o escreve: o endereço do documento de descoberta sem /.well-known/openid-configuration.',
  'providers.clientId': 'Client ID',
  'providers.clientIdHelp': 'Como o provedor conhece o Fluxo. Vem de lá.',
  'providers.clientSecret': 'Client secret',
  'providers.clientSecretHelp': 'Guardado criptografado e nunca mais exibido.',
  'providers.clientSecretKept': 'Há um guardado. Deixe vazio para mantê-lo.',
  'providers.clientAuthentication': 'Como o client secret é enviado',
  'providers.clientAuthentication.client_secret_basic': 'No cabeçalho (client_secret_basic)',
  'providers.clientAuthentication.client_secret_post': 'No corpo (client_secret_post)',
  'providers.clientAuthentication.none': 'Sem client secret (none)',
  'providers.scope': 'Scope',
  'providers.scopeHelp': 'O que é pedido. Precisa conter openid.',

  'providers.metadata': 'Metadados do provedor',
  'providers.metadataHelp': 'O XML dele, colado ou de um arquivo. Preenche os campos abaixo.',
  'providers.metadataFile': 'Escolher um arquivo',
  'providers.metadataTaken': '{file} foi lido. Salve para aplicá-lo.',
  'providers.metadataUnreadable': 'Não foi possível ler o arquivo.',
  'providers.entityId': 'Entity ID do provedor',
  'providers.signOnUrl': 'URL de entrada',
  'providers.signOnUrlHelp': 'Onde ele recebe as requisições.',
  'providers.signOnBinding': 'Como uma requisição chega lá',
  'providers.signOnBinding.redirect': 'Por redirecionamento (HTTP-Redirect)',
  'providers.signOnBinding.post': 'Por formulário (HTTP-POST)',
  'providers.signOutUrl': 'URL de saída',
  'providers.signOutUrlHelp':
    'Onde ele recebe saídas por redirecionamento (SingleLogoutService). Vazio: ninguém é convidado a sair por lá também.',
  'providers.signOutAnswerUrl': 'URL de resposta às saídas',
  'providers.signOutAnswerUrlHelp':
    'Para onde vão as respostas às saídas que ele mesmo pede (ResponseLocation). Vazio: para a URL de saída.',
  'providers.signRequests': 'Assinar requisições',
  'providers.signRequestsHelp': 'Com uma chave nossa, cujo certificado está nos nossos metadados.',
  'providers.certificates': 'Certificados do provedor',
  'providers.certificatesHelp':
    'PEM, um depois do outro, no máximo quatro. Qualquer um deles pode ter assinado.',
  'providers.certificateEnds': 'Certificado {number}: termina {moment}',
  'providers.certificateEnded': 'O certificado {number} terminou {moment}: ninguém consegue entrar com ele.',
  'providers.certificateEndsSoon':
    'O certificado {number} termina {moment}. Adicione antes disso o novo do provedor, ou ninguém conseguirá entrar.',
  'providers.certificateWarning': 'Um certificado termina',
  'providers.certificateBadge': 'Certificado termina',

  'providers.emailDomains': 'Domínios de e-mail',
  'providers.emailDomainsHelp':
    'Quem tem um endereço que termina assim é levado para lá. Separe vários por vírgulas.',
  'providers.federationId': 'Federation ID',
  'providers.federationIdHelp': 'Pelo que as pessoas são conhecidas. Comum: sub (OpenID), NameID (SAML).',
  'providers.firstName': 'Primeiro nome',
  'providers.lastName': 'Sobrenome',
  'providers.email': 'E-mail',
  'providers.attributes': 'Nomes das claims ou dos atributos',
  'providers.autoProvision': 'Criar usuários para pessoas novas',
  'providers.autoProvisionHelp':
    'Quem vem pela primeira vez recebe um usuário, com o e-mail como nome de usuário.',
  'providers.updateNames': 'Manter os nomes em dia',
  'providers.updateNamesHelp': 'A cada entrada, com o que o provedor diz.',
  'providers.saved': '{name}: provedor salvo.',

  'providers.test': 'Testar em uma nova aba',
  'providers.testOpen': 'Abrir o teste',
  'providers.testReady': 'O teste está aberto em outra aba. Se não estiver, abra aqui em até 15 minutos.',
  'providers.testNone': 'Ninguém experimentou ainda.',
  'providers.testWell': 'O último teste deu certo',
  'providers.testWellHelp': 'Experimentado {when}. Alguém com estes valores poderia entrar.',
  'providers.testRefused': 'O último teste foi recusado',
  'providers.testRefusedHelp': 'Experimentado {when}.',
  'providers.mapped': 'O que o Fluxo entende',
  'providers.received': 'O que veio',
  'providers.value': 'Valor',
  'providers.nothingCame': 'Não veio nada.',
  'providers.refusal.unreachable':
    'Não foi possível falar com o provedor. O issuer está certo, e este servidor pode consultá-lo (FLUXO_PROVIDER_NETWORKS)?',
  'providers.refusal.misconfigured':
    'O provedor não nos conhece assim: verifique o client ID, o client secret e como ele é enviado.',
  'providers.refusal.refused': 'O provedor disse não. Pergunte lá.',
  'providers.refusal.invalid':
    'A resposta não está provada: verifique issuer, relógios, chaves e certificados.',
  'providers.refusal.federation-id-missing':
    'Falta aquilo pelo que as pessoas são conhecidas, ou há vários valores.',
  'providers.refusal.email-unverified': 'O provedor não garante o e-mail.',
  'providers.refusal.not-linked':
    'Ninguém aqui é conhecido por este federation ID. Vincule o usuário, ou deixe criar usuários para pessoas novas.',
  'providers.refusal.email-missing':
    'Não veio nenhum e-mail. Peça o scope email, ou diga o nome do atributo.',
  'providers.refusal.email-domain': 'O e-mail não é de um dos domínios do provedor.',
  'providers.refusal.username-taken': 'Já há um usuário com esse nome. Vincule-o se for a mesma pessoa.',
  'providers.refusal.user-disabled': 'O usuário está desativado aqui.',

  'providers.enable': 'Ativar',
  'providers.enableHelp': 'Aparece na página de entrada assim que a regra o oferece ou exige.',
  'providers.enabledNow': '{name} está ligado.',
  'providers.enableDone': '{name}: provedor ativado.',
  'providers.disable': 'Desativar',
  'providers.disableHelp':
    'Encerra o que ele abriu: entradas em andamento, sessões e códigos ainda não usados.',
  'providers.disableTitle': 'Desativar {name}?',
  'providers.disableText':
    'As sessões que ele abriu terminam agora, e ninguém entra por lá até você ativá-lo de novo. Os aplicativos conectados continuam.',
  'providers.disableDone': '{name}: provedor desativado.',
  'providers.delete': 'Excluir provedor de identidade',
  'providers.deleteLead': 'Para sempre. O que ele abriu termina, e quem é quem lá é esquecido.',
  'providers.deleteTitle': 'Excluir {name}?',
  'providers.deleteText':
    'As sessões que ele abriu terminam, e ninguém mais é conhecido por ele. Quem não tem senha não consegue mais entrar. Isso não pode ser desfeito.',
  'providers.deleteDone': '{name}: provedor excluído.',
} as const satisfies Readonly<Record<keyof typeof english, string>>;
